/** Text of flags to values. Each parser throws a VicError that names the flag. */
import ipaddr from "ipaddr.js";
import { VicError } from "../errors/errors.ts";

/** An IPv4 address with the prefix length of its network. */
export interface Cidr {
  address: string;
  prefix: number;
}

/** Share of a resource pool: a level, or a number of shares. */
export type Shares = { level: "high" | "normal" | "low" } | { level: "custom"; shares: number };

const durationUnitsMs: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
/** Longest timer the run time can set, a little less than 25 days. */
const durationMaxMs = 2 ** 31 - 1;

function wrong(flag: string, text: string, expected: string): VicError {
  return new VicError("invalid", `--${flag}: "${text}" is not ${expected}`);
}

/** A duration as Go writes it (`3m0s`, `1.5h`), in milliseconds. */
export function parseDurationMs(flag: string, text: string): number {
  const pieces = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  const isWhole = pieces.map((p) => p[0]).join("") === text;
  const ms = pieces.reduce((sum, p) => sum + Number(p[1]) * durationUnitsMs[p[2]!]!, 0);
  if (!isWhole || ms <= 0) throw wrong(flag, text, "a duration like 90s, 3m or 1h30m");
  if (ms > durationMaxMs) throw wrong(flag, text, "a duration of less than 24 days");
  return ms;
}

/** `3m0s` for 180000: the form {@link parseDurationMs} reads. */
export function formatDuration(ms: number): string {
  const s = ms / 1000;
  if (s < 60) return `${s}s`;
  const [hours, minutes, seconds] = [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60];
  return `${hours > 0 ? `${hours}h` : ""}${minutes}m${seconds}s`;
}

const sizeUnits = ["", "K", "M", "G", "T", "P"];

/** A size for people in bytes: `8GB` is decimal, `8GiB` binary. */
export function parseSizeBytes(flag: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGTP]?)(i?)B?$/i.exec(text.trim());
  if (!match) throw wrong(flag, text, "a size like 8GB");
  const base = match[3] ? 1024 : 1000;
  const bytes = Number(match[1]) * base ** sizeUnits.indexOf(match[2]!.toUpperCase());
  if (!Number.isSafeInteger(Math.ceil(bytes))) throw wrong(flag, text, "a size that exists");
  return Math.ceil(bytes);
}

/** A whole number within limits. */
export function parseInteger(flag: string, text: string, min: number, max: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw wrong(flag, text, `a whole number from ${min} to ${max}`);
  }
  return value;
}

/** `high`, `normal`, `low`, or a number of shares. */
export function parseShares(flag: string, text: string): Shares {
  const level = text.toLowerCase();
  if (level === "high" || level === "normal" || level === "low") return { level };
  if (!/^\d{1,7}$/.test(text) || Number(text) === 0) {
    throw wrong(flag, text, "high, normal, low, or a number of shares");
  }
  return { level: "custom", shares: Number(text) };
}

/** An IPv4 address. */
export function parseIp(flag: string, text: string): string {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text)) throw wrong(flag, text, "an IPv4 address");
  return text;
}

/** An IPv4 address with prefix length. */
export function parseCidr(flag: string, text: string): Cidr {
  const [address = "", prefix = ""] = text.split("/");
  const isCidr =
    ipaddr.IPv4.isValidFourPartDecimal(address) &&
    /^\d{1,2}$/.test(prefix) &&
    Number(prefix) <= 32 &&
    text.split("/").length === 2;
  if (!isCidr) throw wrong(flag, text, "an address in CIDR form like 10.0.0.2/24");
  return { address, prefix: Number(prefix) };
}

/** Whether `address` lies in the network of `cidr`. */
export function isWithin(address: string, cidr: Cidr): boolean {
  return ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parse(cidr.address), cidr.prefix);
}

/** `10.0.0.2/24` */
export function formatCidr(cidr: Cidr): string {
  return `${cidr.address}/${cidr.prefix}`;
}

/** Address of the network `cidr` is in. */
export function networkAddress(cidr: Cidr): string {
  return ipaddr.IPv4.networkAddressFromCIDR(formatCidr(cidr)).toString();
}

/** Address number `n` of the network of `cidr`. */
export function hostAddress(cidr: Cidr, n: number): string {
  const bytes = ipaddr.IPv4.parse(networkAddress(cidr)).octets;
  let value = bytes.reduce((sum, b) => sum * 256 + b, 0) + n;
  const octets: number[] = [];
  for (let i = 0; i < 4; i++) {
    octets.unshift(value % 256);
    value = Math.floor(value / 256);
  }
  return octets.join(".");
}

/** A router, with the networks reached over it; none means everything. */
export interface Gateway {
  address: string;
  destinations: string[];
}

/** `gw`, or `dest[,dest]:gw`. */
export function parseGateway(flag: string, text: string): Gateway {
  const colon = text.lastIndexOf(":");
  const destinations = colon < 0 ? [] : text.slice(0, colon).split(",");
  // As everywhere, an address of a gateway may carry the prefix length of its network.
  const address = parseIp(flag, text.slice(colon + 1).replace(/\/\d+$/, ""));
  return {
    address,
    destinations: destinations.map((d) => {
      const cidr = parseCidr(flag, d.trim());
      return `${networkAddress(cidr)}/${cidr.prefix}`;
    }),
  };
}

const nameLengthMax = 31;
const forbiddenInNames = /[%&*$#@!\\/:?"<>;'|]/;

/** A VCH's name: also that of its VM, pool, folder, and by default of its bridge network. */
export function parseName(flag: string, text: string): string {
  if (text.length > nameLengthMax) {
    throw new VicError(
      "invalid",
      `--${flag}: "${text}" exceeds the permitted ${nameLengthMax} characters limit`,
    );
  }
  if (text.trim() === "" || forbiddenInNames.test(text) || /^\.+$/.test(text)) {
    throw new VicError("invalid", `--${flag}: "${text}" cannot be a name`, {
      hint: "it needs a character, and none of % & * $ # @ ! \\ / : ? \" < > ; ' |",
    });
  }
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    throw new VicError("invalid", `--${flag}: a name has no control characters`);
  }
  return text;
}

/** Where images go: a datastore, and a folder on it ("" for the VCH's own). */
export interface StoreLocation {
  datastore: string;
  path: string;
}

/** `datastore[/path]` or `ds://datastore/path`. */
export function parseStore(flag: string, text: string): StoreLocation {
  const scheme = /^([a-z]+):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "ds") {
    throw wrong(flag, text, "a datastore: only ds:// is known");
  }
  const plain = text.replace(/^ds:\/\//i, "");
  const [datastore = "", ...rest] = plain.split("/");
  const path = rest.filter((part) => part !== "").join("/");
  const bad = [datastore, ...rest].find((part) => forbiddenInNames.test(part) || part === "..");
  if (datastore === "" || bad !== undefined) throw wrong(flag, text, "datastore[/path]");
  return { datastore, path };
}

/** A proxy: http(s)://host[:port]. */
export function parseProxy(flag: string, text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "") {
    throw wrong(flag, text, "a proxy URL like http://host:port");
  }
  return text;
}

const domain = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*";
const registryPattern = new RegExp(`^(https?://)?(\\*\\.)?${domain}(:\\d{1,5})?/?$`, "i");

/** A registry: host[:port] or *.domain, with or without scheme; where allowed also a CIDR. */
export function parseRegistry(flag: string, text: string, mayBeCidr: boolean): string {
  if (/^[\d.]+\/\d+$/.test(text)) {
    if (!mayBeCidr) {
      throw new VicError("invalid", `--${flag}: invalid insecure registry entry "${text}"`, {
        hint: "name hosts or *.domain: a CIDR is only possible in --whitelist-registry",
      });
    }
    const cidr = parseCidr(flag, text);
    return formatCidr(cidr);
  }
  if (!registryPattern.test(text)) throw wrong(flag, text, "a registry like host:port or *.domain");
  return text.replace(/\/$/, "");
}
