/**
 * What a guest and vic-host say to each other in place of VMware's backdoor: one JSON object per line (UTF-8, at most
 * {@link lineMaxBytes}) on the virtio-serial port {@link toolsPort}. On VMware the same is done by
 * vmware-rpctool and vmtoolsd; `guestinfo.ts` is the one interface to both.
 *
 * The host may vanish and come back (vic-host restarts, QEMU stays). It says `hello` on every connection; the guest
 * then repeats `hello`, `nics`, `ports` and every request that has no reply yet. All requests are idempotent.
 */
export const toolsPort = "org.vic.tools.0";
/** Longest line in either direction. */
export const lineMaxBytes = 1024 * 1024;

/** Guest to host. */
export type GuestMessage =
  | { hello: { version: string } }
  /** Answered by a `reply` with the value, null when there is none. */
  | { id: number; get: string }
  /** Answered by a `reply`; "" removes the key. Only guestinfo.* keys; others are refused. */
  | { id: number; set: string; value: string }
  /** Addresses of every NIC, by MAC; sent whenever they change. */
  | { nics: { mac: string; addresses: string[] }[] }
  /** TCP and UDP ports that something in the guest listens on at a non-loopback address; sent whenever they change. */
  | { ports: { protocol: "tcp" | "udp"; port: number }[] };

/** Host to guest. */
export type HostMessage =
  | { hello: Record<string, never> }
  | { reply: number; value?: string | null; error?: string }
  /** These guestinfo keys have new values. */
  | { changed: string[] }
  | { power: "shutdown" | "reboot" };
