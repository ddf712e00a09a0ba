/** An address by DHCP, through busybox's udhcpc. */
import { readFileSync, writeFileSync } from "node:fs";
import { VicError } from "../../internal/errors/errors.ts";
import type { NetworkEndpoint } from "../../internal/guest/config.ts";
import { spawn } from "../sys/spawn.ts";
import { configure } from "./network.ts";
import { linkRequest } from "./netlink.ts";
import { interfaceIndex, netlink, type NetNamespace } from "./namespace.ts";

const leaseTimeoutMs = 60_000;
const pollMs = 20;

/** udhcpc runs this for every event of a lease; it leaves the facts for us, and renewals need no change. */
const script = (file: string): string => `#!/bin/sh
case "$1" in
bound|renew)
  printf '%s\\n' "$ip/\${mask:-24}" "$router" > ${file}.new && mv ${file}.new ${file};;
esac
`;

/** A lease as the script wrote it: address with prefix, then routers. */
export function parseLease(text: string): { address: string; gateway?: string } | undefined {
  const [address = "", routers = ""] = text.split("\n");
  if (!/^\d+(\.\d+){3}\/\d{1,2}$/.test(address)) return undefined;
  const gateway = routers.trim().split(/\s+/)[0];
  return gateway ? { address, gateway } : { address };
}

/** Leases an address for an interface in `namespace`, configures it, and keeps the lease while the VM lives. */
export async function leaseAddress(
  namespace: NetNamespace,
  name: string,
  endpoint: NetworkEndpoint,
  signal: AbortSignal,
): Promise<string> {
  namespace.run(() => netlink([linkRequest(interfaceIndex(name), { isUp: true })]));
  const file = `/run/vic/lease-${name}`;
  writeFileSync(`${file}.sh`, script(file), { mode: 0o755 });
  const inside = ["nsenter", `--net=${namespace.path}`];
  const client = ["udhcpc", "-f", "-i", name, "-s", `${file}.sh`, "-t", "30", "-T", "1", "-A", "1"];
  spawn([...inside, ...client], ["ignore", "ignore", "ignore"]);
  const deadline = performance.now() + leaseTimeoutMs;
  for (;;) {
    signal.throwIfAborted();
    const lease = parseLease(readOrEmpty(file));
    if (lease !== undefined) {
      namespace.run(() => configure(name, { ...endpoint, ...lease }));
      return lease.address;
    }
    if (performance.now() > deadline)
      throw new VicError("unavailable", `no DHCP answer on network ${endpoint.network}`);
    await Bun.sleep(pollMs);
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
