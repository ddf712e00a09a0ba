/** IPv4 addresses and prefixes as numbers; IPv6 is only ever link-local here and needs no arithmetic. */
import { VicError } from "../errors/errors.ts";

/** A prefix: `address` need not be the network's first one (as in an interface address). */
export interface Cidr {
  /** 32-bit unsigned. */
  address: number;
  /** 0 to 32 */
  bits: number;
}

/**
 * The 32-bit number of a dotted quad; anything else is an error.
 *
 * @example parseAddress("10.0.2.2") // 0x0a000202
 */
export function parseAddress(text: string): number {
  const parts = text.split(".");
  const isQuad = parts.length === 4 && parts.every((p) => /^(0|[1-9]\d{0,2})$/.test(p) && +p < 256);
  if (!isQuad) throw new VicError("invalid", `${JSON.stringify(text)} is not an IPv4 address`);
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The inverse of {@link parseAddress}. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

/**
 * Reads `address/bits`.
 *
 * @example parseCidr("172.16.0.1/16")
 */
export function parseCidr(text: string): Cidr {
  const [address = "", bits = "", ...rest] = text.split("/");
  if (rest.length > 0 || !/^\d{1,2}$/.test(bits) || Number(bits) > 32)
    throw new VicError("invalid", `${JSON.stringify(text)} is not a CIDR such as 172.16.0.0/16`);
  return { address: parseAddress(address), bits: Number(bits) };
}

/** The inverse of {@link parseCidr}. */
export function formatCidr(cidr: Cidr): string {
  return `${formatAddress(cidr.address)}/${cidr.bits}`;
}

/** Netmask of a prefix length as a number. */
export function maskOf(bits: number): number {
  return bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
}

/** Prefix length of a contiguous netmask; undefined for any other number. */
export function bitsOf(mask: number): number | undefined {
  for (let bits = 0; bits <= 32; bits++) if (maskOf(bits) === mask >>> 0) return bits;
  return undefined;
}

/** First address of the prefix. */
export function networkOf(cidr: Cidr): number {
  return (cidr.address & maskOf(cidr.bits)) >>> 0;
}

/** Last address of the prefix. */
export function broadcastOf(cidr: Cidr): number {
  return (cidr.address | ~maskOf(cidr.bits)) >>> 0;
}

/** Whether `address` lies in the prefix. */
export function contains(cidr: Cidr, address: number): boolean {
  return (address & maskOf(cidr.bits)) >>> 0 === networkOf(cidr);
}

/**
 * The prefixes of length `bits` within `range`, lowest first.
 *
 * @example [...subnets(parseCidr("172.16.0.0/12"), 16)].length // 16
 */
export function* subnets(range: Cidr, bits: number): Generator<Cidr> {
  if (bits < range.bits || bits > 32)
    throw new VicError("invalid", `${formatCidr(range)} has no subnets of ${bits} bits`);
  const size = 2 ** (32 - bits);
  for (let at = networkOf(range); at <= broadcastOf(range); at += size) yield { address: at, bits };
}

/** EUI-64 link-local address that Linux gives an interface with this MAC address. */
export function linkLocalOf(mac: string): string {
  const bytes = mac.split(":").map((part) => Number.parseInt(part, 16));
  if (bytes.length !== 6 || bytes.some((b) => !(b >= 0 && b < 256)))
    throw new VicError("invalid", `${JSON.stringify(mac)} is not a MAC address`);
  const [a, b, c, d, e, f] = bytes as [number, number, number, number, number, number];
  const groups = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
  return compressZeros(["fe80", "0", "0", "0", ...groups.map((group) => group.toString(16))]);
}

/** RFC 5952: the longest run of two or more zero groups becomes `::`. */
function compressZeros(groups: string[]): string {
  let best = { at: 0, length: 0 };
  for (let at = 0; at < groups.length; at++) {
    let length = 0;
    while (groups[at + length] === "0") length++;
    if (length > best.length) best = { at, length };
  }
  if (best.length < 2) return groups.join(":");
  return `${groups.slice(0, best.at).join(":")}::${groups.slice(best.at + best.length).join(":")}`;
}
