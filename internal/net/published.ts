/** Ports of the appliance that lead to containers: nftables elements, and a list for init to report. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { VicError } from "../errors/errors.ts";
import { appliancePaths } from "../guest/paths.ts";
import { formatAddress, parseAddress } from "./cidr.ts";
import type { ListeningPort } from "./listening.ts";
import { nft } from "./links.ts";

/** One published port. */
export interface PublishedPort {
  protocol: "tcp" | "udp";
  /** Address of the appliance it is published on; every one when missing. */
  hostAddress?: string;
  hostPort: number;
  /** Address of the container on the bridge. */
  address: string;
  port: number;
}

/**
 * Publishes exactly these ports, in one transaction: call it with all of them whenever one changes. The tables are
 * made by the appliance's init.
 */
export async function applyPublished(ports: PublishedPort[]): Promise<void> {
  await nft(publishedScript(ports));
  const list: ListeningPort[] = ports.map(({ protocol, hostPort }) => ({
    protocol,
    port: hostPort,
  }));
  const partial = `${appliancePaths.publishedPorts}.new`;
  await writeFile(partial, JSON.stringify(list));
  await rename(partial, appliancePaths.publishedPorts);
}

/** What {@link applyPublished} wrote last; nothing is published before it. */
export async function publishedPorts(
  path: string = appliancePaths.publishedPorts,
): Promise<ListeningPort[]> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as ListeningPort[];
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new VicError("damaged", `cannot read ${path}`, { cause });
  }
}

/** The transaction of {@link applyPublished}. */
export function publishedScript(ports: PublishedPort[]): string {
  const lines = [
    "flush chain inet vic published",
    "flush map inet vic published_tcp",
    "flush map inet vic published_udp",
  ];
  for (const { protocol, hostAddress, hostPort, address, port } of ports) {
    if (![hostPort, port].every((n) => Number.isInteger(n) && n > 0 && n < 65_536))
      throw new VicError("invalid", `${hostPort}:${port} is not a pair of ports`);
    // Written anew from the number: what is not an address cannot get into the script.
    const target = formatAddress(parseAddress(address));
    if (hostAddress === undefined) {
      const element = `${hostPort} : ${target} . ${port}`;
      lines.push(`add element inet vic published_${protocol} { ${element} }`);
    } else {
      const match = `ip daddr ${formatAddress(parseAddress(hostAddress))} ${protocol} dport ${hostPort}`;
      lines.push(`add rule inet vic published ${match} dnat ip to ${target}:${port}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
