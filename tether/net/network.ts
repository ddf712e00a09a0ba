/** Puts the container's NICs into its network name space and leaves the control NIC in the root one. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { VicError } from "../../internal/errors/errors.ts";
import type { ContainerConfig, NetworkEndpoint } from "../../internal/guest/config.ts";
import { poll } from "../poll.ts";
import { interfaceIndex, NetNamespace, netlink } from "./namespace.ts";
import { addressRequest, linkRequest, routeRequest } from "./netlink.ts";

const timeoutMs = 60_000;
/** The container's network name space. */
export const namespacePath = "/run/vic/net";

/** Name of the interface with this MAC in the root name space; waits for one that is being hot-added. */
export async function waitForNic(mac: string, signal: AbortSignal): Promise<string> {
  const deadline = performance.now() + timeoutMs;
  return poll(() => {
    const name = findNic(mac);
    if (name === undefined && performance.now() > deadline)
      throw new VicError("unavailable", `no network interface with address ${mac}`);
    return name;
  }, signal);
}

/** Name of the interface with this MAC. */
export function findNic(mac: string, sysRoot = "/sys"): string | undefined {
  const folder = `${sysRoot}/class/net`;
  return readdirSync(folder).find((name) => {
    try {
      return readFileSync(`${folder}/${name}/address`, "utf8").trim() === mac.toLowerCase();
    } catch {
      return false;
    }
  });
}

/**
 * Takes the control NIC up with nothing but its link-local address, at once: duplicate address
 * detection would cost a second, and the address is made from a MAC that vSphere keeps unique.
 */
export async function setUpControl(mac: string, signal: AbortSignal): Promise<string> {
  const name = await waitForNic(mac, signal);
  const settings = { accept_ra: 0, accept_dad: 0, dad_transmits: 0, addr_gen_mode: 0 };
  for (const [key, value] of Object.entries(settings))
    writeFileSync(`/proc/sys/net/ipv6/conf/${name}/${key}`, `${value}`);
  // An emulated vmxnet3 that cuts a large IPv6 packet up damages the source address of the pieces (it mends
  // an IPv4 checksum there); the kernel cuts it up instead. Without this: 0.3 MB/s and lost packets.
  netlink([linkRequest(interfaceIndex(name), { isUp: true, segmentsMax: 1 })]);
  return name;
}

/** Makes the name space with the interfaces that have these MACs, named eth0 and so on; waits for those still to come. */
export async function moveNics(macs: string[], signal: AbortSignal): Promise<NetNamespace> {
  const namespace = NetNamespace.create(namespacePath);
  namespace.run(() => netlink([linkRequest(interfaceIndex("lo"), { isUp: true })]));
  const names = await Promise.all(macs.map((mac) => waitForNic(mac, signal)));
  // Names in the root name space may be taken there: eth0 can still be another NIC.
  for (const [index, name] of names.entries()) {
    const move = { name: nicName(index), namespaceFd: namespace.fd };
    netlink([linkRequest(interfaceIndex(name), { move })]);
  }
  return namespace;
}

/** Gives the interfaces that were moved there their addresses. Returns addresses by MAC. */
export async function configureNics(
  namespace: NetNamespace,
  networks: ContainerConfig["networks"],
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const addresses: Record<string, string> = {};
  for (const [index, endpoint] of networks.entries()) {
    const name = nicName(index);
    if (endpoint.mode === "static") {
      namespace.run(() => configure(name, endpoint));
      if (endpoint.address !== undefined) addresses[endpoint.mac] = endpoint.address;
    } else {
      const { leaseAddress } = await import("./dhcp.ts");
      addresses[endpoint.mac] = await leaseAddress(namespace, name, endpoint, signal);
    }
  }
  return addresses;
}

const nicName = (index: number): string => `eth${index}`;

/** Static configuration; runs inside the name space. */
export function configure(name: string, endpoint: NetworkEndpoint): void {
  const index = interfaceIndex(name);
  // As in Docker: no IPv6 on an interface that was given no IPv6 address.
  const isIpv6 = endpoint.address?.includes(":") === true;
  if (!isIpv6) writeFileSync(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`, "1");
  netlink([
    linkRequest(index, { isUp: true }),
    ...(endpoint.address === undefined ? [] : [addressRequest(index, endpoint.address)]),
    ...(endpoint.isDefault && endpoint.gateway !== undefined
      ? [routeRequest(index, { gateway: endpoint.gateway })]
      : []),
  ]);
}
