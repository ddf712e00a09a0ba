import { readFileSync } from "node:fs";
import { isIP } from "node:net";

/** Docker takes what a resolver takes. */
const nameserversMax = 3;

/** The name servers in a resolv.conf(5). Those on the loopback answer nobody else, so they are left out. */
export function parseNameservers(text: string): string[] {
  return text
    .split("\n")
    .flatMap((line) => /^\s*nameserver\s+(\S+)/.exec(line)?.[1] ?? [])
    .filter((address) => isIP(address) !== 0 && !/^(127\.|::1$)/.test(address))
    .slice(0, nameserversMax);
}

/** What the appliance asks now: as configured, or as its lease says. */
export function applianceNameservers(configured: string[]): string[] {
  if (configured.length > 0) return configured;
  try {
    return parseNameservers(readFileSync("/etc/resolv.conf", "utf8"));
  } catch {
    return [];
  }
}
