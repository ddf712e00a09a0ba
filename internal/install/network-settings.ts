/** What the network flags of create say, checked as far as that goes without asking vSphere. */
import { list, text, type RawOptions } from "./options.ts";
import type { Problems } from "./problems.ts";
import {
  formatCidr,
  isWithin,
  networkAddress,
  parseCidr,
  parseGateway,
  parseInteger,
  parseIp,
  type Cidr,
  type Gateway,
} from "./values.ts";

/** Roles a NIC of the appliance can have beside the bridge. */
export const outerRoles = ["public", "client", "management"] as const;
/** One of {@link outerRoles}. */
export type OuterRole = (typeof outerRoles)[number];

/** One role's network; `ip` undefined means DHCP. */
export interface RoleSettings {
  /** Name or inventory path; undefined when the flag is absent. */
  network: string | undefined;
  ip: Cidr | undefined;
  gateway: Gateway | undefined;
}

/** All network settings. */
export interface NetworkSettings {
  roles: Record<OuterRole, RoleSettings>;
  /** Undefined: named as the VCH. */
  bridge: string | undefined;
  range: Cidr;
  width: number;
  dns: string[];
}

const publicDefault = "VM Network";
const rangeDefault: Cidr = { address: "172.16.0.0", prefix: 12 };
const widthDefault = 16;
const widthMax = 30;
const dnsWhenStatic = ["8.8.8.8", "8.8.4.4"];

/** Reads the network flags. */
export function parseNetworks(raw: RawOptions, problems: Problems): NetworkSettings {
  const roles = {
    public: parseRole("public", raw, problems),
    client: parseRole("client", raw, problems),
    management: parseRole("management", raw, problems),
  };
  roles.public.network ??= publicDefault;
  roles.client.network ??= roles.public.network;
  roles.management.network ??= roles.client.network;
  for (const role of outerRoles) checkRole(role, roles[role], roles, problems);
  const dns = list(raw, "dns-server").flatMap((ip) =>
    problems.take(() => [parseIp("dns-server", ip)], []),
  );
  const isAllStatic = outerRoles.every((role) => addressOf(role, roles) !== undefined);
  return {
    roles,
    bridge: text(raw, "bridge-network") || undefined,
    ...parseBridge(raw, problems),
    dns: dns.length === 0 && isAllStatic ? [...dnsWhenStatic] : dns,
  };
}

function parseRole(role: OuterRole, raw: RawOptions, problems: Problems): RoleSettings {
  const value = <T>(flag: string, parse: (flag: string, given: string) => T): T | undefined => {
    const given = text(raw, flag);
    return given ? problems.take(() => parse(flag, given), undefined) : undefined;
  };
  return {
    network: text(raw, `${role}-network`) || undefined,
    ip: value(`${role}-network-ip`, parseCidr),
    gateway: value(`${role}-network-gateway`, parseGateway),
  };
}

/** The static address of a role: its own, or that of the role whose network it shares. */
export function addressOf(
  role: OuterRole,
  roles: Record<OuterRole, RoleSettings>,
): Cidr | undefined {
  const { network } = roles[role];
  return outerRoles.map((r) => roles[r]).find((r) => r.network === network && r.ip)?.ip;
}

function checkRole(
  role: OuterRole,
  { ip, gateway, network }: RoleSettings,
  roles: Record<OuterRole, RoleSettings>,
  problems: Problems,
): void {
  if (role === "public") {
    if (gateway && gateway.destinations.length > 0) {
      problems.add(
        "public network has the default route and must not have any routing destinations specified for gateway",
      );
    }
    if ((ip === undefined) !== (gateway === undefined)) {
      problems.add("public network must have both static IP and gateway specified");
    }
  } else {
    const isShared = network === roles.public.network;
    if (gateway && gateway.destinations.length === 0 && !isShared) {
      problems.add(`${role} network gateway specified without at least one routing destination`);
    }
    if (gateway && !ip) {
      problems.add(`${role} network gateway specified without a static IP`);
    }
    const others = outerRoles.filter((r) => r !== role && roles[r].network === network);
    if (ip && others.some((r) => roles[r].ip || r === "public")) {
      problems.add(
        `Incorrect static IP configuration for networks on port group "${network}"`,
        `one port group has one address: give it with --${others[0]}-network-ip only`,
      );
    }
  }
  if (ip && gateway && !isWithin(gateway.address, ip)) {
    problems.add(
      `${role} network gateway ${gateway.address} is not in the network of ${formatCidr(ip)}`,
    );
  }
}

function parseBridge(raw: RawOptions, problems: Problems): { range: Cidr; width: number } {
  const rangeText = text(raw, "bridge-network-range");
  const widthText = text(raw, "bridge-network-width");
  const given = rangeText
    ? problems.take(() => parseCidr("bridge-network-range", rangeText), rangeDefault)
    : rangeDefault;
  const range = { address: networkAddress(given), prefix: given.prefix };
  const width = widthText
    ? problems.take(() => parseInteger("bridge-network-width", widthText, 1, widthMax), widthMax)
    : widthDefault;
  if (!widthText && range.prefix > width) {
    problems.add(
      "Specified bridge network range is not large enough for the default bridge network size",
      "--bridge-network-range must be /16 or larger, or give --bridge-network-width as well",
    );
  }
  if (widthText && width <= range.prefix) {
    problems.add(
      `Error specifying bridge network width: ${width}`,
      `it must be more than ${range.prefix}, the prefix length of the range`,
    );
  }
  return { range, width };
}

/** The static address clients will use, as name for a server certificate; and whose it is. */
export function defaultCname(
  roles: Record<OuterRole, RoleSettings>,
): { cname: string; role: OuterRole } | undefined {
  const order: OuterRole[] = ["client", "public", "management"];
  const role = order.find((r) => roles[r].ip && roles[r].network === roles.client.network);
  return role === undefined ? undefined : { cname: roles[role].ip!.address, role };
}
