/** DHCPv4 client: takes a lease, keeps it, gives it back (RFC 2131). */
import { randomInt } from "node:crypto";
import { VicError } from "../../errors/errors.ts";
import { bitsOf, type Cidr } from "../cidr.ts";
import { decodeDatagram, encodeDatagram } from "./frame.ts";
import {
  bytesOf,
  decodeDhcp,
  encodeDhcp,
  messageTypes,
  optionAddresses,
  optionNumber,
  options,
  typeOf,
  type DhcpMessage,
  type MessageType,
} from "./message.ts";

/** Carries IPv4 packets between the client and one link. */
export interface Link {
  readonly mac: Uint8Array;
  /** Broadcasts a packet. */
  send(packet: Uint8Array): void;
  /** The next packet that arrived, undefined when none did within the time. */
  receive(timeoutMs: number): Promise<Uint8Array | undefined>;
  close(): void;
}

/** What the server granted. Addresses are 32-bit numbers. */
export interface Lease {
  address: Cidr;
  router: number | undefined;
  nameservers: number[];
  domain: string | undefined;
  server: number;
  leaseSeconds: number;
  renewSeconds: number;
  rebindSeconds: number;
}

/** What a client asks with. */
export interface DhcpOptions {
  /** Opens the link; it is closed again after every exchange. */
  open: () => Link;
  hostName?: string;
  /** Option 61; the MAC address when missing. */
  clientId?: Uint8Array;
  signal?: AbortSignal;
}

const ports = { client: 68, server: 67 };
const broadcast = 0xffffffff;
const firstRetryMs = 500;
const longestRetryMs = 8_000;
/** Some servers grant leases of seconds; asking more often than this helps nobody. */
const shortestLeaseSeconds = 30;
const defaultLeaseSeconds = 3_600;
const infinity = 0xffffffff;
const wanted = [
  options.mask,
  options.routers,
  options.dns,
  options.domainName,
  options.leaseSeconds,
  options.renewSeconds,
  options.rebindSeconds,
];

/** Takes a lease, within `timeoutMs`. `previous` is asked for again. */
export async function acquire(
  dhcp: DhcpOptions,
  timeoutMs: number,
  previous?: number,
): Promise<Lease> {
  const deadline = performance.now() + timeoutMs;
  const link = dhcp.open();
  try {
    for (;;) {
      const xid = randomInt(2 ** 32);
      const hint: [number, Uint8Array][] =
        previous === undefined ? [] : [[options.requestedAddress, bytesOf(previous)]];
      const discover = compose(dhcp, link, xid, "discover", hint);
      const offer = await exchange(dhcp, link, discover, deadline, (m) =>
        typeOf(m) === "offer" ? readLease(m) : undefined,
      );
      const request = compose(dhcp, link, xid, "request", [
        [options.requestedAddress, bytesOf(offer.address.address)],
        [options.server, bytesOf(offer.server)],
      ]);
      const lease = await exchange(dhcp, link, request, deadline, answerOf);
      if (lease !== "refused") return lease;
    }
  } finally {
    link.close();
  }
}

/** Extends a lease; undefined when the server refuses, and the address must no longer be used. */
export async function renew(
  dhcp: DhcpOptions,
  lease: Lease,
  timeoutMs: number,
): Promise<Lease | undefined> {
  const link = dhcp.open();
  try {
    // By broadcast, as when rebinding: any server may answer, and no neighbour entry is needed.
    const request = compose(dhcp, link, randomInt(2 ** 32), "request", [], lease.address.address);
    const deadline = performance.now() + timeoutMs;
    const answer = await exchange(dhcp, link, request, deadline, answerOf);
    return answer === "refused" ? undefined : answer;
  } finally {
    link.close();
  }
}

/** Gives the address back; nothing answers. */
export function release(dhcp: DhcpOptions, lease: Lease): void {
  const link = dhcp.open();
  const server: [number, Uint8Array] = [options.server, bytesOf(lease.server)];
  const message = compose(
    dhcp,
    link,
    randomInt(2 ** 32),
    "release",
    [server],
    lease.address.address,
  );
  link.send(wrap(message));
  link.close();
}

/**
 * Seconds until the next renewal attempt: at half the lease first, then half of what is left, at least a
 * minute apart (RFC 2131, 4.4.5).
 */
export function renewalDelaySeconds(lease: Lease, elapsedSeconds: number): number {
  if (elapsedSeconds < lease.renewSeconds) return lease.renewSeconds - elapsedSeconds;
  return Math.max(60, (lease.leaseSeconds - elapsedSeconds) / 2);
}

function answerOf(message: DhcpMessage): Lease | "refused" | undefined {
  const type = typeOf(message);
  if (type === "nak") return "refused";
  return type === "ack" ? readLease(message) : undefined;
}

/** Sends until `read` makes something of an answer: 0.5 s, doubling to 8 s, with jitter. */
async function exchange<T>(
  dhcp: DhcpOptions,
  link: Link,
  message: DhcpMessage,
  deadline: number,
  read: (answer: DhcpMessage) => T | undefined,
): Promise<T> {
  const started = performance.now();
  for (let wait = firstRetryMs; ; wait = Math.min(wait * 2, longestRetryMs)) {
    message.secs = Math.min(0xffff, Math.floor((performance.now() - started) / 1000));
    link.send(wrap(message));
    const until = Math.min(deadline, performance.now() + wait * (0.75 + Math.random() / 2));
    for (let left = until - performance.now(); left > 0; left = until - performance.now()) {
      const packet = await link.receive(left);
      dhcp.signal?.throwIfAborted();
      const answer = packet && unwrap(packet, message);
      const result = answer && read(answer);
      if (result !== undefined) return result;
    }
    if (performance.now() >= deadline)
      throw new VicError("unavailable", "no DHCP server answered", {
        hint: "check that the network has one, or give a static address",
      });
  }
}

function compose(
  dhcp: DhcpOptions,
  link: Link,
  xid: number,
  type: MessageType,
  extra: [number, Uint8Array][],
  ciaddr = 0,
): DhcpMessage {
  const hardware = Buffer.concat([Uint8Array.of(1), link.mac]);
  const fields: [number, Uint8Array][] = [
    [options.type, Uint8Array.of(messageTypes[type])],
    [options.clientId, dhcp.clientId ?? hardware],
    ...extra,
  ];
  if (type !== "release") fields.push([options.parameters, Uint8Array.from(wanted)]);
  if (dhcp.hostName && type !== "release")
    fields.push([options.hostName, Buffer.from(dhcp.hostName)]);
  // Unicast answers would go to an address that is not configured yet.
  const isBroadcast = ciaddr === 0;
  const map = new Map(fields);
  return { op: 1, xid, secs: 0, isBroadcast, ciaddr, yiaddr: 0, mac: link.mac, options: map };
}

function wrap(message: DhcpMessage): Uint8Array {
  return encodeDatagram({
    source: message.ciaddr,
    destination: broadcast,
    sourcePort: ports.client,
    destinationPort: ports.server,
    payload: encodeDhcp(message),
  });
}

/** The answer to `request` in a packet, if it is one. */
function unwrap(packet: Uint8Array, request: DhcpMessage): DhcpMessage | undefined {
  const datagram = decodeDatagram(packet);
  if (datagram?.destinationPort !== ports.client) return undefined;
  const message = decodeDhcp(datagram.payload);
  if (message?.op !== 2 || message.xid !== request.xid) return undefined;
  return Buffer.compare(message.mac, request.mac) === 0 ? message : undefined;
}

/** What an offer or acknowledgement grants; undefined when it lacks what a lease needs. */
function readLease(message: DhcpMessage): Lease | undefined {
  const bits = bitsOf(optionNumber(message, options.mask) ?? 1);
  const server = optionNumber(message, options.server);
  if (bits === undefined || server === undefined || message.yiaddr === 0) return undefined;
  const granted = optionNumber(message, options.leaseSeconds) ?? defaultLeaseSeconds;
  const leaseSeconds = granted === infinity ? Infinity : Math.max(shortestLeaseSeconds, granted);
  const renewAt = optionNumber(message, options.renewSeconds) ?? leaseSeconds / 2;
  const rebindAt = optionNumber(message, options.rebindSeconds) ?? (leaseSeconds * 7) / 8;
  const domain = Buffer.from(message.options.get(options.domainName) ?? "").toString("latin1");
  return {
    address: { address: message.yiaddr, bits },
    router: optionAddresses(message, options.routers)[0],
    nameservers: optionAddresses(message, options.dns),
    // It ends up in resolv.conf: a server must not be able to write other lines there.
    domain: /^[a-zA-Z0-9.-]{1,253}/.exec(domain)?.[0],
    server,
    leaseSeconds,
    renewSeconds: Math.min(renewAt, leaseSeconds),
    rebindSeconds: Math.min(rebindAt, leaseSeconds),
  };
}
