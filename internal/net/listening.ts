/** Which ports something on this machine listens on, read from /proc/net. */
import { readFile } from "node:fs/promises";

/** A port somebody can reach from another machine. */
export interface ListeningPort {
  protocol: "tcp" | "udp";
  port: number;
}

/** State column of a listening TCP socket, and of a UDP socket that is not connected. */
const states = { tcp: "0A", udp: "07" };
const loopback6 = "00000000000000000000000001000000";

/** Reads one /proc/net table; loopback listeners are left out. */
export function parseTable(table: string, protocol: "tcp" | "udp"): ListeningPort[] {
  const found: ListeningPort[] = [];
  for (const line of table.split("\n").slice(1)) {
    const [, local, , state] = line.trim().split(/\s+/);
    const [address = "", port = ""] = (local ?? "").split(":");
    if (state !== states[protocol] || port === "" || isLoopback(address)) continue;
    found.push({ protocol, port: Number.parseInt(port, 16) });
  }
  return found;
}

function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith("7F");
  return address === loopback6 || /^0{16}FFFF0000.{6}7F$/.test(address);
}

/** Every port that is listened on at an address other than loopback, sorted, each once. */
export async function listeningPorts(proc = "/proc/net"): Promise<ListeningPort[]> {
  const tables = await Promise.all(
    (["tcp", "tcp6", "udp", "udp6"] as const).map(async (name) => {
      const text = await readFile(`${proc}/${name}`, "latin1").catch(() => "");
      return parseTable(text, name.startsWith("tcp") ? "tcp" : "udp");
    }),
  );
  const unique = new Map(tables.flat().map((entry) => [`${entry.protocol}/${entry.port}`, entry]));
  return [...unique.values()].toSorted(
    (a, b) => a.protocol.localeCompare(b.protocol) || a.port - b.port,
  );
}
