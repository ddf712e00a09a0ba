/**
 * What a guest and vic-host say to each other in place of VMware's backdoor: one JSON object per line (UTF-8, at most
 * {@link lineMaxBytes}) on the virtio-serial port {@link toolsPort}. On VMware the same is done by
 * vmware-rpctool and vmtoolsd; `guestinfo.ts` is the one interface to both.
 *
 * The host may vanish and come back (vic-host restarts, QEMU stays). It says `hello` on every connection; the guest
 * then repeats `hello`, `nics`, `ports` and every request that has no reply yet. All requests are idempotent.
 */
import type { ErrorJson } from "../errors/errors.ts";

/** Name of the port. */
export const toolsPort = "org.vic.tools.0";
/** Longest line in either direction. */
export const lineMaxBytes = 1024 * 1024;

/** Bytes of one piece of a file that is transferred. */
export const chunkBytes = 32 * 1024;
/**
 * Pieces of one transfer that may be under way without an acknowledgement: a transfer delays what else is on the wire
 * by at most their 350 kB, and neither end keeps more of it in memory.
 */
export const chunkWindow = 8;
/** Calls that may be under way at once. */
export const callsMax = 32;

/**
 * Bytes that belong to a call, in either direction: a transfer to the guest for `write`, from the guest for `read`.
 * `data` is base64; `ack` answers each piece once it has been taken.
 */
export type StreamMessage = { data: number; bytes: string } | { end: number } | { ack: number };

/** Guest to host. */
export type GuestMessage =
  /** `operations`: the guest answers calls (see operations/contract.ts). */
  | { hello: { version: string; operations?: boolean } }
  | StreamMessage
  /** The end of a call. `error` is the JSON of a VicError, whose detail.fault names a vSphere fault. */
  | { result: number; value?: unknown; error?: ErrorJson }
  /** Answered by a `reply` with the value, null when there is none. */
  | { id: number; get: string }
  /** Answered by a `reply`; "" removes the key. Only guestinfo.* keys; others are refused. */
  | { id: number; set: string; value: string }
  /** Answered with the time, ms since the epoch. */
  | { id: number; time: true }
  /** Freezes the VM. Answered with the time (ms since the epoch) in each of its clones only, or with an error. */
  | { id: number; freeze: true }
  /** Addresses of every NIC, by MAC; sent whenever they change. */
  | { nics: { mac: string; addresses: string[] }[] }
  /** TCP and UDP ports that something in the guest listens on at a non-loopback address; sent whenever they change. */
  | { ports: { protocol: "tcp" | "udp"; port: number }[] };

/** Host to guest. */
export type HostMessage =
  /** Does an operation (see operations/contract.ts). Calls of an earlier connection are over: nobody waits for them. */
  | { call: number; operation: string; params: Record<string, unknown> }
  | { cancel: number }
  | StreamMessage
  | { hello: Record<string, never> }
  | { reply: number; value?: string | null; error?: string }
  /** These guestinfo keys have new values. */
  | { changed: string[] }
  | { power: "shutdown" | "reboot" };
