/** The configuration of an appliance, from settings and from what was found on the target. */
import { createHash } from "node:crypto";
import type { ApplianceConfig, ApplianceNic, Role } from "../guest/config.ts";
import { versionString } from "../version/version.ts";
import type { Certificates } from "./certificates.ts";
import { addressOf, outerRoles, type NetworkSettings, type OuterRole } from "./network-settings.ts";
import type { CreateSettings } from "./settings.ts";
import { formatCidr, hostAddress } from "./values.ts";

/** Port of the Docker API with and without TLS. */
const dockerPorts = { tls: 2376, plain: 2375 } as const;

/** Networks as found: name by role. */
export type RoleNetworks = Record<Role, string>;

/**
 * A MAC address of the range VMware keeps for those set by hand, 00:50:56:00:00:00 to 3f:ff:ff. One seed gives one
 * address: a VCH that is made again on the same target gets the same address from DHCP.
 */
export function macOf(seed: string): string {
  const digest = createHash("sha256").update(seed).digest();
  const bytes = [digest[0]! & 0x3f, digest[1]!, digest[2]!];
  return `00:50:56:${bytes.map((b) => b.toString(16).padStart(2, "0")).join(":")}`;
}

/** One NIC for each distinct network: its MAC, by network name. `seed` names the VCH as nobody else's. */
export function assignMacs(
  networks: RoleNetworks,
  seed: string,
  toMac: (seed: string) => string = macOf,
): Map<string, string> {
  const macs = new Map<string, string>();
  for (const network of Object.values(networks)) {
    if (macs.has(network)) continue;
    let attempt = 0;
    let mac: string;
    do mac = toMac(JSON.stringify([seed, network, attempt++]));
    while ([...macs.values()].includes(mac));
    macs.set(network, mac);
  }
  return macs;
}

function outerNic(
  role: OuterRole,
  settings: NetworkSettings,
  network: string,
  mac: string,
): ApplianceNic {
  const address = addressOf(role, settings.roles);
  if (!address) return { network, mac, mode: "dhcp" };
  const { gateway } = settings.roles[role];
  return {
    network,
    mac,
    mode: "static",
    address: formatCidr(address),
    ...(gateway ? { gateway: gateway.address, destinations: gateway.destinations } : {}),
  };
}

/** The NICs of the appliance by role; roles on one network share one. */
export function buildNics(
  settings: NetworkSettings,
  networks: RoleNetworks,
  macs: ReadonlyMap<string, string>,
): Record<Role, ApplianceNic> {
  const mac = (role: Role) => macs.get(networks[role])!;
  const outer = Object.fromEntries(
    outerRoles.map((role) => [role, outerNic(role, settings, networks[role], mac(role))]),
  ) as Record<OuterRole, ApplianceNic>;
  // The default bridge network is the first of the range; the appliance is its first address.
  const address = hostAddress(settings.range, 1);
  return {
    ...outer,
    bridge: {
      network: networks.bridge,
      mac: mac("bridge"),
      mode: "static",
      address: `${address}/${settings.width}`,
    },
  };
}

/** What create found or made on the target. */
export interface Place {
  vm: string;
  targetUrl: string;
  thumbprint: string;
  inventory: ApplianceConfig["inventory"];
  imageStore: string;
  bootstrapIso: string;
  networks: RoleNetworks;
  macs: ReadonlyMap<string, string>;
}

/** The whole configuration. */
export function buildConfig(
  settings: CreateSettings,
  certificates: Certificates,
  controlCaPem: string,
  place: Place,
): ApplianceConfig {
  const { networks, tls, registries } = settings;
  return {
    version: 1,
    name: settings.name,
    build: versionString,
    vm: place.vm,
    debug: settings.debug,
    nics: buildNics(networks, place.networks, place.macs),
    nameservers: networks.dns,
    target: {
      url: place.targetUrl,
      username: settings.target.username,
      thumbprint: place.thumbprint,
    },
    inventory: place.inventory,
    storage: {
      imageStore: place.imageStore,
      volumeStores: {},
      scratchBytes: settings.scratchBytes,
    },
    bootstrapIso: place.bootstrapIso,
    bridge: { range: formatCidr(networks.range), width: networks.width },
    docker: {
      port: tls.mode === "none" ? dockerPorts.plain : dockerPorts.tls,
      tls: tls.mode,
      serverCertPem: certificates.server?.certPem ?? "",
      clientCaPem: certificates.clientCaPem,
    },
    registries,
    proxies: settings.proxies,
    controlCaPem,
  };
}
