import { writeFile } from "node:fs/promises";

/** Kernel settings of a machine that routes and translates for others. */
const settings: Record<string, string> = {
  "net.ipv4.ip_forward": "1",
  "net.ipv4.tcp_syncookies": "1",
  "net.ipv4.icmp_echo_ignore_broadcasts": "1",
  "net.ipv4.conf.all.rp_filter": "1",
  "net.ipv4.conf.default.rp_filter": "1",
  "net.ipv4.conf.all.accept_redirects": "0",
  "net.ipv4.conf.default.accept_redirects": "0",
  "net.ipv4.conf.all.send_redirects": "0",
  "net.ipv4.conf.default.send_redirects": "0",
  "net.ipv4.conf.all.accept_source_route": "0",
  "net.ipv4.conf.default.accept_source_route": "0",
  // Every container VM that starts is a new neighbour on the bridge.
  "net.ipv4.neigh.default.gc_thresh2": "4096",
  "net.ipv4.neigh.default.gc_thresh3": "8192",
  "net.ipv6.neigh.default.gc_thresh2": "4096",
  "net.ipv6.neigh.default.gc_thresh3": "8192",
  "net.ipv6.conf.default.accept_ra": "0",
  // Addresses come from the MAC, so nobody else has them: no second of duplicate detection.
  "net.ipv6.conf.default.accept_dad": "0",
  "net.core.somaxconn": "4096",
};

/** Writes {@link settings}; returns those that this kernel does not have. */
export async function applySysctls(root = "/proc/sys"): Promise<string[]> {
  const missing: string[] = [];
  for (const [name, value] of Object.entries(settings))
    await writeFile(`${root}/${name.replaceAll(".", "/")}`, value).catch(() => missing.push(name));
  return missing;
}
