/** Which networks a new container joins, and how networks are shown. */
import { isIPv4 } from "node:net";
import { VicError } from "../../errors/errors.ts";
import type { CreateContainer, Network } from "../../portlayer/api/types.ts";
import type { Fields } from "../wire/decode.ts";
import { refused } from "./refused.ts";

/** The default network. */
export const bridgeName = "bridge";

const onlyIpv4 = "containers have one IPv4 address in each network; use --ip";

/** A network to join. */
export type NetworkChoice = CreateContainer["networks"][number];

/** From NetworkMode, EndpointsConfig and MacAddress; empty for `none`. */
export function chooseNetworks(
  networks: Network[],
  config: Fields,
  hostConfig: Fields,
  networking: Fields,
): NetworkChoice[] {
  const mode = hostConfig.string("NetworkMode");
  const endpoints = networking.object("EndpointsConfig");
  if (mode === "none" || config.bool("NetworkDisabled")) return [];
  if (mode === "host" || mode.startsWith("container:")) {
    throw refused(
      `--network ${mode}`,
      "every container is a VM with network interfaces of its own",
    );
  }
  const isDefault = mode === "" || mode === "default";
  const main = knownNetwork(networks, isDefault ? bridgeName : mode);
  const chosen = new Map<string, NetworkChoice>([[main.name, { name: main.name, aliases: [] }]]);
  for (const key of Object.keys(endpoints.json)) {
    const name = key === "default" && isDefault ? main.name : knownNetwork(networks, key).name;
    chosen.set(name, endpoint(name, endpoints.object(key)));
  }
  const mac = config.string("MacAddress");
  const first = chosen.get(main.name)!;
  if (mac !== "" && first.mac === undefined) first.mac = checkMac(mac);
  return [...chosen.values()];
}

/** The network with this name, id, or unique prefix of an id. */
export function findNetwork<T extends { id: string; name: string }>(networks: T[], ref: string): T {
  const exact = networks.find((n) => n.name === ref || n.id === ref);
  if (exact) return exact;
  const matches = ref === "" ? [] : networks.filter((n) => n.id.startsWith(ref));
  if (matches.length > 1) {
    throw new VicError("invalid", `network ${ref} is ambiguous (${matches.length} matches found)`);
  }
  if (matches[0]) return matches[0];
  throw new VicError("not-found", `network ${ref} not found`);
}

/** {@link findNetwork}; as a 400, because the CLI takes a 404 of create for a missing image and pulls it. */
function knownNetwork(networks: Network[], ref: string): Network {
  try {
    return findNetwork(networks, ref);
  } catch (error) {
    throw new VicError("invalid", VicError.from(error).message, { cause: error });
  }
}

function endpoint(name: string, fields: Fields): NetworkChoice {
  if (Object.keys(fields.stringMap("DriverOpts")).length > 0)
    throw refused("a driver option", "networks are those of vSphere");
  if (fields.int("GwPriority") !== 0)
    throw refused("gw-priority", "the first network is the default route");
  const ipam = fields.object("IPAMConfig");
  if (ipam.string("IPv6Address") !== "") throw refused("--ip6", onlyIpv4);
  if (ipam.strings("LinkLocalIPs").length > 0) throw refused("--link-local-ip", onlyIpv4);
  const address = ipam.string("IPv4Address");
  if (address !== "" && !isIPv4(address)) {
    throw new VicError("invalid", `invalid IPv4 address: ${address}`);
  }
  const mac = fields.string("MacAddress");
  const aliases = fields.strings("Aliases");
  if (name === bridgeName && aliases.length > 0) {
    throw new VicError(
      "invalid",
      "network-scoped alias is supported only for containers in user defined networks",
      { hint: "nobody answers names on the default network; use --link, or --add-host" },
    );
  }
  return {
    name,
    aliases,
    ...(address === "" ? {} : { address }),
    ...(mac === "" ? {} : { mac: checkMac(mac) }),
  };
}

function checkMac(text: string): string {
  const mac = text.toLowerCase().replaceAll("-", ":");
  const isUnicast = /^[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$/.test(mac);
  if (!isUnicast) throw new VicError("invalid", `invalid MAC address: ${text}`);
  return mac;
}
