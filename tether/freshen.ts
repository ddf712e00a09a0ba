/**
 * VMs cloned from one running template start with the same random state and a clock that stood still; all that must
 * differ is made so before anything else happens.
 */
import { ptr } from "bun:ffi";
import { closeSync, constants, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import type { ContainerConfig, ContainerSecret } from "../internal/guest/config.ts";
import type { GuestInfo } from "../internal/guest/guestinfo.ts";
import { check, libc, setClock, setHostname } from "./sys/libc.ts";
import { debug } from "./debug.ts";

const [rndAddEntropy, rndReseedCrng] = [0x4008_5203, 0x5207];
/**
 * Drivers keep up to 128 bytes that they were given earlier, in a clone those that its source was given: what is read
 * beyond them is new. That takes a blocking read.
 */
const hardwareBytes = 256;
const clockToleranceSeconds = 1;

/**
 * What a clone needs at once, before it knows who it is. `hostMs`: the time, where the host told it. Nothing here may come
 * from this process's random numbers: they are those of every clone. Returns its machine id, which is as new as the
 * entropy that it was given.
 */
export function freshenClone(hostMs: number | undefined): string {
  const hardware = readHardware();
  attempt("entropy", () => mixEntropy("", hardware));
  attempt("clock", () => (hostMs === undefined ? adjustClock() : setClock(hostMs / 1000)));
  const fresh = hardware.length > 0 ? hardware : readFileSync("/proc/sys/kernel/random/uuid");
  const id = machineId(createHash("sha256").update(fresh).digest("hex"));
  attempt("machine id", () => writeFileSync("/etc/machine-id", `${id}\n`));
  return id;
}

/** Mixes in entropy that belongs to the owner of this secret. What the VM lacks is left as it is. */
export function freshen({ keyPem }: ContainerSecret): void {
  attempt("entropy", () => mixEntropy(keyPem, readHardware()));
}

/** Sets the clock by the host's, or where that is not told by the VM's own. */
export async function freshenClock(info: Pick<GuestInfo, "time">): Promise<void> {
  const hostMs = await info.time();
  attempt("clock", () => (hostMs === undefined ? adjustClock() : setClock(hostMs / 1000)));
}

/** Sets host name and machine id to a container's. */
export function becomeContainer({ id, hostname }: ContainerConfig): void {
  attempt("host name", () => setHostname(hostname));
  attempt("machine id", () => writeFileSync("/etc/machine-id", `${machineId(id)}\n`));
}

const machineId = (id: string): string => id.replaceAll("-", "").slice(0, 32);

function attempt(what: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    debug(1, `${what}: ${String(error)}`);
  }
}

/** The key is unique to this VM and unknown outside, but public entropy cannot be told from it: not credited. */
function mixEntropy(keyPem: string, hardware: Uint8Array): void {
  const fd = openSync("/dev/random", constants.O_RDWR);
  try {
    add(fd, createHash("sha512").update(keyPem).digest(), 0);
    add(fd, hardware, hardware.length * 8);
    check(libc.ioctl(fd, rndReseedCrng, null), "RNDRESEEDCRNG");
  } finally {
    closeSync(fd);
  }
}

function add(fd: number, bytes: Uint8Array, creditBits: number): void {
  if (bytes.length === 0) return;
  const info = Buffer.alloc(8 + bytes.length);
  info.writeInt32LE(creditBits, 0);
  info.writeInt32LE(bytes.length, 4);
  info.set(bytes, 8);
  check(libc.ioctl(fd, rndAddEntropy, ptr(info)), "RNDADDENTROPY");
}

function readHardware(): Uint8Array {
  try {
    const fd = openSync("/dev/hwrng", constants.O_RDONLY);
    try {
      const bytes = new Uint8Array(hardwareBytes);
      return bytes.subarray(0, readSync(fd, bytes));
    } finally {
      closeSync(fd);
    }
  } catch {
    return new Uint8Array(0);
  }
}

function adjustClock(): void {
  const seconds = Number(readFileSync("/sys/class/rtc/rtc0/since_epoch", "utf8"));
  if (Math.abs(seconds - Date.now() / 1000) > clockToleranceSeconds) setClock(seconds);
}
