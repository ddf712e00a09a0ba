/** Route netlink: builds the few requests the tether needs. Pure; `socket.ts` sends them. */
import { isIP } from "node:net";
import { VicError } from "../../internal/errors/errors.ts";

/** Message types. */
export const rtm = { newLink: 16, newAddress: 20, newRoute: 24 } as const;
const [flagRequest, flagAck, flagReplace, flagCreate] = [1, 4, 0x100, 0x400];
const [iflaIfname, iflaNetNsFd, iflaGsoMaxSegs] = [3, 28, 40];
const [ifaAddress, ifaLocal] = [1, 2];
const [rtaDestination, rtaOif, rtaGateway] = [1, 4, 5];
const [afUnspec, afInet, afInet6] = [0, 2, 10];
const iffUp = 1;
const [tableMain, protocolBoot, scopeUniverse, scopeLink, typeUnicast] = [254, 3, 0, 253, 1];

/** Bytes of an address: 4 or 16. */
export function addressBytes(text: string): Uint8Array {
  const version = isIP(text);
  if (version === 4) return Uint8Array.from(text.split("."), Number);
  if (version !== 6 || text.includes("%")) throw new VicError("invalid", `no IP address: ${text}`);
  // A trailing IPv4 part counts as two groups.
  const mapped = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const plain =
    mapped === null
      ? text
      : `${mapped[1]}${hex(mapped[2]!, mapped[3]!)}:${hex(mapped[4]!, mapped[5]!)}`;
  const [head = "", tail] = plain.split("::");
  const groups = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const [front, back] = [groups(head), groups(tail ?? "")];
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => 0);
  return Uint8Array.from(
    [...front, ...zeros, ...back].flatMap((group) => [group >> 8, group & 255]),
  );
}

function hex(high: string, low: string): string {
  return (Number(high) * 256 + Number(low)).toString(16);
}

/** Address and prefix length of a CIDR. */
export function parseCidr(text: string): { address: Uint8Array; prefixBits: number } {
  const [address = "", prefix = "", ...rest] = text.split("/");
  const bytes = addressBytes(address);
  const prefixBits = Number(prefix);
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix) || prefixBits > bytes.length * 8)
    throw new VicError("invalid", `no address with prefix: ${text}`);
  return { address: bytes, prefixBits };
}

/**
 * Takes a link up; `move` also renames it and moves it to another network name space first; `segmentsMax` is how many
 * TCP segments the NIC may be given as one packet to cut up.
 */
export function linkRequest(
  index: number,
  change: { isUp?: boolean; move?: { name: string; namespaceFd: number }; segmentsMax?: number },
): Uint8Array {
  const body = Buffer.alloc(16);
  body.writeInt32LE(index, 4);
  if (change.isUp === true) {
    body.writeUInt32LE(iffUp, 8);
    body.writeUInt32LE(iffUp, 12);
  }
  const attributes: Uint8Array[] = [];
  if (change.move !== undefined) {
    attributes.push(attribute(iflaIfname, Buffer.from(`${change.move.name}\0`)));
    attributes.push(attribute(iflaNetNsFd, u32(change.move.namespaceFd)));
  }
  if (change.segmentsMax !== undefined)
    attributes.push(attribute(iflaGsoMaxSegs, u32(change.segmentsMax)));
  return request(rtm.newLink, 0, body, attributes);
}

/** Adds an address (CIDR) to a link. */
export function addressRequest(index: number, cidr: string): Uint8Array {
  const { address, prefixBits } = parseCidr(cidr);
  const body = Buffer.alloc(8);
  body[0] = familyOf(address);
  body[1] = prefixBits;
  body.writeUInt32LE(index, 4);
  return request(rtm.newAddress, flagCreate | flagReplace, body, [
    attribute(ifaLocal, address),
    attribute(ifaAddress, address),
  ]);
}

/** A route over a link; without a destination the default route, without a gateway a directly connected network. */
export function routeRequest(
  index: number,
  route: { destination?: string; gateway?: string },
): Uint8Array {
  const gateway = route.gateway === undefined ? undefined : addressBytes(route.gateway);
  const destination = route.destination === undefined ? undefined : parseCidr(route.destination);
  const family = familyOf(gateway ?? destination?.address ?? new Uint8Array(0));
  const body = Buffer.alloc(12);
  body[0] = family;
  body[1] = destination?.prefixBits ?? 0;
  body[4] = tableMain;
  body[5] = protocolBoot;
  body[6] = gateway === undefined ? scopeLink : scopeUniverse;
  body[7] = typeUnicast;
  return request(rtm.newRoute, flagCreate | flagReplace, body, [
    ...(destination === undefined ? [] : [attribute(rtaDestination, destination.address)]),
    ...(gateway === undefined ? [] : [attribute(rtaGateway, gateway)]),
    attribute(rtaOif, u32(index)),
  ]);
}

/** errno in the kernel's acknowledgement, 0 for success; undefined when it is none. */
export function acknowledgement(message: Uint8Array): number | undefined {
  const typeError = 2;
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  if (message.length < 20 || view.getUint16(4, true) !== typeError) return undefined;
  return -view.getInt32(16, true);
}

function request(
  type: number,
  flags: number,
  body: Uint8Array,
  attributes: Uint8Array[],
): Uint8Array {
  const header = Buffer.alloc(16);
  const message = Buffer.concat([header, body, ...attributes]);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt16LE(type, 4);
  message.writeUInt16LE(flagRequest | flagAck | flags, 6);
  return message;
}

function attribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc((4 + value.length + 3) & ~3);
  bytes.writeUInt16LE(4 + value.length, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.set(value, 4);
  return bytes;
}

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function familyOf(address: Uint8Array): number {
  return address.length === 4 ? afInet : address.length === 16 ? afInet6 : afUnspec;
}
