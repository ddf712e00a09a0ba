/** DHCPv4 messages (RFC 2131 and 2132): only what a client sends and reads. */

/** Values of option 53. */
export const messageTypes = {
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  ack: 5,
  nak: 6,
  release: 7,
} as const;
/** Name of a message type. */
export type MessageType = keyof typeof messageTypes;

/** Option numbers that are used here. */
export const options = {
  mask: 1,
  routers: 3,
  dns: 6,
  hostName: 12,
  domainName: 15,
  requestedAddress: 50,
  leaseSeconds: 51,
  overload: 52,
  type: 53,
  server: 54,
  parameters: 55,
  renewSeconds: 58,
  rebindSeconds: 59,
  clientId: 61,
  domainSearch: 119,
  classlessRoutes: 121,
} as const;

/** A message, header fields by their RFC names. */
export interface DhcpMessage {
  /** 1 from a client, 2 from a server */
  op: 1 | 2;
  xid: number;
  secs: number;
  isBroadcast: boolean;
  /** Addresses are 32-bit numbers. */
  ciaddr: number;
  yiaddr: number;
  mac: Uint8Array;
  /** Content by option number; a repeated option is joined (RFC 3396). */
  options: Map<number, Uint8Array>;
}

const headerBytes = 236;
const cookie = 0x63825363;
/** Some relays and servers drop anything shorter. */
const minimumBytes = 300;
const optionMaxBytes = 255;
const pad = 0;
const end = 255;
const serverNameAt = { from: 44, to: 108 };
const fileAt = { from: 108, to: 236 };

/** The bytes of a message. */
export function encodeDhcp(message: DhcpMessage): Uint8Array {
  const parts: number[] = [];
  for (const [code, value] of message.options) {
    for (let at = 0; at === 0 || at < value.length; at += optionMaxBytes) {
      const piece = value.subarray(at, at + optionMaxBytes);
      parts.push(code, piece.length, ...piece);
    }
  }
  parts.push(end);
  const out = new Uint8Array(Math.max(minimumBytes, headerBytes + 4 + parts.length));
  const view = new DataView(out.buffer);
  out.set([message.op, 1, 6, 0]);
  view.setUint32(4, message.xid);
  view.setUint16(8, message.secs);
  view.setUint16(10, message.isBroadcast ? 0x8000 : 0);
  view.setUint32(12, message.ciaddr);
  view.setUint32(16, message.yiaddr);
  out.set(message.mac.subarray(0, 6), 28);
  view.setUint32(headerBytes, cookie);
  out.set(parts, headerBytes + 4);
  return out;
}

/** Reads a message; undefined for what is not a well-formed one. */
export function decodeDhcp(bytes: Uint8Array): DhcpMessage | undefined {
  if (bytes.length < headerBytes + 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const op = bytes[0];
  if ((op !== 1 && op !== 2) || bytes[1] !== 1 || bytes[2] !== 6) return undefined;
  if (view.getUint32(headerBytes) !== cookie) return undefined;
  const found = new Map<number, Uint8Array>();
  if (!readOptions(bytes.subarray(headerBytes + 4), found)) return undefined;
  // Option 52: the fields for names hold further options.
  const overload = found.get(options.overload)?.[0] ?? 0;
  if (overload & 1 && !readOptions(bytes.subarray(fileAt.from, fileAt.to), found)) return undefined;
  if (overload & 2 && !readOptions(bytes.subarray(serverNameAt.from, serverNameAt.to), found))
    return undefined;
  return {
    op,
    xid: view.getUint32(4),
    secs: view.getUint16(8),
    isBroadcast: (view.getUint16(10) & 0x8000) !== 0,
    ciaddr: view.getUint32(12),
    yiaddr: view.getUint32(16),
    mac: bytes.slice(28, 34),
    options: found,
  };
}

function readOptions(bytes: Uint8Array, found: Map<number, Uint8Array>): boolean {
  let at = 0;
  while (at < bytes.length) {
    const code = bytes[at]!;
    if (code === end) return true;
    if (code === pad) {
      at += 1;
      continue;
    }
    const length = bytes[at + 1];
    if (length === undefined || at + 2 + length > bytes.length) return false;
    const value = bytes.slice(at + 2, at + 2 + length);
    const before = found.get(code);
    found.set(code, before === undefined ? value : Buffer.concat([before, value]));
    at += 2 + length;
  }
  return true;
}

/** A 32-bit option; undefined when it is missing or of another length. */
export function optionNumber(message: DhcpMessage, code: number): number | undefined {
  const value = message.options.get(code);
  if (value?.length !== 4) return undefined;
  return new DataView(value.buffer, value.byteOffset, 4).getUint32(0);
}

/** A list of addresses; what does not fill one is dropped. */
export function optionAddresses(message: DhcpMessage, code: number): number[] {
  const value = message.options.get(code) ?? new Uint8Array(0);
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  return Array.from({ length: Math.floor(value.length / 4) }, (_, i) => view.getUint32(i * 4));
}

/** Which of {@link messageTypes} a message is. */
export function typeOf(message: DhcpMessage): MessageType | undefined {
  const value = message.options.get(options.type)?.[0];
  return (Object.keys(messageTypes) as MessageType[]).find((name) => messageTypes[name] === value);
}

/** Four bytes of a 32-bit number. */
export function bytesOf(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value);
  return out;
}
