/**
 * A guest's view of its VM's `guestinfo.*` keys and of what the hypervisor asks of it. One interface, two transports:
 * a virtio-serial port on vic-host, `vmware-rpctool` on VMware.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VicError } from "../errors/errors.ts";
import type { Spawn } from "./guestinfo-rpc.ts";
import type { Operate } from "./operations/call-server.ts";
import { toolsPort } from "./tools-wire.ts";

/** Addresses (CIDR) of one NIC. */
export interface NicReport {
  mac: string;
  addresses: string[];
}
/** A port that something in the guest listens on. */
export interface PortReport {
  protocol: "tcp" | "udp";
  port: number;
}
/** What the hypervisor asks a guest to do. */
export type PowerRequest = "shutdown" | "reboot";

/** See the file's head. Methods wait for a host that is away; they reject only when it refuses. */
export interface GuestInfo {
  /** The value of a key, undefined when there is none. */
  get(key: string): Promise<string | undefined>;
  /** Writes a `guestinfo.*` key; "" removes it. */
  set(key: string, value: string): Promise<void>;
  /** Milliseconds since the epoch as the host has them, where it says so: a VM's real time clock may be a second behind. */
  time(): Promise<number | undefined>;
  /**
   * Freezes the VM where it is, ready to be cloned. Resolves in each clone, whose time, addresses and values are
   * others; never in the VM itself. Rejects when the VM cannot be frozen.
   * @returns milliseconds since the epoch as the host has them, where it says so
   */
  freeze(): Promise<number | undefined>;
  /** Names of keys that have a new value: of all keys on vic-host, of those read with `get` before on VMware. */
  changes(): AsyncIterable<string[]>;
  /** The addresses of every NIC; call it whenever they change. */
  reportNics(nics: NicReport[]): void;
  /** Everything listening on a non-loopback address; call it whenever that changes. */
  reportPorts(ports: PortReport[]): void;
  /** Calls `handler` for each request from the hypervisor. Those that came earlier are delivered at once. */
  onPower(handler: (request: PowerRequest) => void): void;
  /** Answers operations from now on (operations/contract.ts). On VMware vmtoolsd does that, and nothing is called. */
  serve(operate: Operate): void;
  close(): void;
}

/** How long the devices of a booting VM may take to show up. */
const openTimeoutMs = 10_000;
const openPollMs = 10;

/** Device node of the virtio-serial port that vic-host gives its VMs; undefined when there is none. */
function findToolsPort(sysRoot = "/sys", devRoot = "/dev"): string | undefined {
  const folder = join(sysRoot, "class/virtio-ports");
  for (const port of list(folder)) {
    if (text(join(folder, port, "name")) === toolsPort) return join(devRoot, port);
  }
  return undefined;
}

/**
 * Finds out on what the guest runs and connects to it. Rejects `unavailable` on an unknown hypervisor. A process that
 * reaps children itself passes how to start programs.
 */
export async function openGuestInfo(spawn?: Spawn): Promise<GuestInfo> {
  for (let waitedMs = 0; waitedMs < openTimeoutMs; waitedMs += openPollMs) {
    const port = findToolsPort();
    if (port !== undefined) {
      const { VirtioGuestInfo, openPort } = await import("./guestinfo-virtio.ts");
      return new VirtioGuestInfo(() => openPort(port));
    }
    if (text("/sys/class/dmi/id/sys_vendor").startsWith("VMware")) {
      const { plainSpawn, RpcGuestInfo, rpctool } = await import("./guestinfo-rpc.ts");
      return new RpcGuestInfo(rpctool(spawn ?? plainSpawn));
    }
    await Bun.sleep(openPollMs);
  }
  throw new VicError("unavailable", "this machine is neither a VM of vic-host nor of VMware");
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
