/** The few system calls that Bun has no function for. Everything here is synchronous and short. */
import { CString, dlopen, FFIType as T, ptr, read, type Pointer } from "bun:ffi";
import { constants } from "node:os";
import { VicError } from "../../internal/errors/errors.ts";

const { symbols: c } = dlopen("libc.so.6", {
  __errno_location: { args: [], returns: T.ptr },
  strerror: { args: [T.i32], returns: T.ptr },
  mount: { args: [T.ptr, T.ptr, T.ptr, T.u64, T.ptr], returns: T.i32 },
  umount2: { args: [T.ptr, T.i32], returns: T.i32 },
  sync: { args: [], returns: T.void },
  reboot: { args: [T.i32], returns: T.i32 },
  setns: { args: [T.i32, T.i32], returns: T.i32 },
  unshare: { args: [T.i32], returns: T.i32 },
  sethostname: { args: [T.ptr, T.u64], returns: T.i32 },
  if_nametoindex: { args: [T.ptr], returns: T.u32 },
  pipe2: { args: [T.ptr, T.i32], returns: T.i32 },
  ioctl: { args: [T.i32, T.u64, T.ptr], returns: T.i32 },
  kill: { args: [T.i32, T.i32], returns: T.i32 },
  waitid: { args: [T.i32, T.i32, T.ptr, T.i32], returns: T.i32 },
  waitpid: { args: [T.i32, T.ptr, T.i32], returns: T.i32 },
  clock_gettime: { args: [T.i32, T.ptr], returns: T.i32 },
  clock_settime: { args: [T.i32, T.ptr], returns: T.i32 },
  socket: { args: [T.i32, T.i32, T.i32], returns: T.i32 },
  bind: { args: [T.i32, T.ptr, T.u32], returns: T.i32 },
  listen: { args: [T.i32, T.i32], returns: T.i32 },
  accept4: { args: [T.i32, T.ptr, T.ptr, T.i32], returns: T.i32 },
  setsockopt: { args: [T.i32, T.i32, T.i32, T.ptr, T.u32], returns: T.i32 },
  send: { args: [T.i32, T.ptr, T.u64, T.i32], returns: T.i64 },
  recv: { args: [T.i32, T.ptr, T.u64, T.i32], returns: T.i64 },
  recvmsg: { args: [T.i32, T.ptr, T.i32], returns: T.i64 },
  fcntl: { args: [T.i32, T.i32, T.i32], returns: T.i32 },
  personality: { args: [T.u64], returns: T.i32 },
});

/** The functions themselves, for the modules of this folder. A pointer must stay referenced during the call. */
export const libc = c;

/** NUL-terminated copy of `text`. Keep the buffer in a variable until the call that reads it has returned. */
export function cstring(text: string): Buffer {
  if (text.includes("\0")) throw new VicError("invalid", "NUL in a path or name");
  return Buffer.from(`${text}\0`);
}

/** errno of the last failed call. */
export function errno(): number {
  return read.i32(c.__errno_location() as Pointer, 0);
}

/** The result, or a VicError that names the call and the reason; `detail.errno` has the name. */
export function check(result: number | bigint, what: string): number {
  if (Number(result) >= 0) return Number(result);
  const number = errno();
  const name = Object.entries(constants.errno).find(([, n]) => n === number)?.[0] ?? `${number}`;
  const reason: string = new CString(c.strerror(number));
  throw new VicError("internal", `${what}: ${reason}`, { detail: { errno: name } });
}

/** True when `error` is a failed system call with this errno name. */
export function isErrno(error: unknown, name: string): boolean {
  if (error instanceof VicError) return error.detail["errno"] === name;
  return (error as NodeJS.ErrnoException | undefined)?.code === name;
}

/** Signal numbers by name. */
export const signals: Readonly<Record<string, number>> = constants.signals;

/** `SIGTERM`, `term` or `15` as a number; undefined for anything else. */
export function signalNumber(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text))
    return Number(text) >= 1 && Number(text) <= 64 ? Number(text) : undefined;
  const name = text.toUpperCase().replace(/^(?!SIG)/, "SIG");
  const realtime = /^SIGRT(MIN|MAX)(?:([+-])(\d{1,2}))?$/.exec(name);
  if (realtime !== null) {
    // Numbers as glibc has them for programs.
    const base = realtime[1] === "MIN" ? 34 : 64;
    const number = base + Number(`${realtime[2] ?? "+"}${realtime[3] ?? 0}`);
    return number >= 34 && number <= 64 ? number : undefined;
  }
  return Object.hasOwn(signals, name) ? signals[name] : undefined;
}

const clockRealtime = 0;
const timespec = new BigInt64Array(2);

/** Nanoseconds since the epoch. */
export function nowNs(): bigint {
  c.clock_gettime(clockRealtime, ptr(timespec));
  return timespec[0]! * 1_000_000_000n + timespec[1]!;
}

/** Sets the clock; a fraction counts. */
export function setClock(seconds: number): void {
  const whole = Math.floor(seconds);
  const time = new BigInt64Array([BigInt(whole), BigInt(Math.floor((seconds - whole) * 1e9))]);
  check(c.clock_settime(clockRealtime, ptr(time)), "clock_settime");
}

/** RFC 3339 with nanoseconds. */
export function formatTime(ns: bigint): string {
  const seconds = new Date(Number(ns / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${(ns % 1_000_000_000n).toString().padStart(9, "0")}Z`;
}

/** Sets the kernel's host name (of the root UTS namespace). */
export function setHostname(name: string): void {
  const bytes = Buffer.from(name.slice(0, 64));
  check(c.sethostname(ptr(bytes), bytes.length), "sethostname");
}

/** Sends a signal; false when there is no such process. */
export function kill(pid: number, signal: number): boolean {
  if (pid <= 1) throw new VicError("internal", `refusing to signal pid ${pid}`);
  const result = c.kill(pid, signal);
  if (result !== 0 && errno() === constants.errno.ESRCH) return false;
  check(result, `kill ${pid}`);
  return true;
}

/** Writes everything to the disks. */
export function sync(): void {
  c.sync();
}

/** Ends the machine. Does not return when this is PID 1 of a VM. */
export function powerOff(how: "off" | "reboot"): void {
  const command = how === "off" ? 0x4321fedc : 0x01234567;
  check(c.reboot(command), "reboot");
}

/** A pipe whose ends close on exec. */
export function pipe(): { read: number; write: number } {
  const fds = new Int32Array(2);
  check(c.pipe2(ptr(fds), 0o2000000), "pipe");
  return { read: fds[0]!, write: fds[1]! };
}

/** Makes reads and writes of `fd` return EAGAIN instead of waiting. */
export function setNonBlocking(fd: number): void {
  const [getFlags, setFlags, nonBlock] = [3, 4, 0o4000];
  const flags = check(c.fcntl(fd, getFlags, 0), "fcntl");
  check(c.fcntl(fd, setFlags, flags | nonBlock), "fcntl");
}

/** Size of the terminal behind a PTY master. */
export function setWindowSize(fd: number, rows: number, columns: number): void {
  const tiocswinsz = 0x5414;
  const size = new Uint16Array([rows, columns, 0, 0]);
  check(c.ioctl(fd, tiocswinsz, ptr(size)), "TIOCSWINSZ");
}

/**
 * Programs started from now on are loaded at the same addresses every time: an emulator translates the code of one once,
 * not at each start. See personality(2).
 */
export function keepAddresses(): void {
  const addrNoRandomize = 0x0040000;
  check(c.personality(addrNoRandomize), "personality");
}
