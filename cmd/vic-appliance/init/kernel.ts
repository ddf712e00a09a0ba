import { dlopen, FFIType as T, ptr } from "bun:ffi";
import { readdirSync, readFileSync } from "node:fs";

const { symbols: libc } = dlopen("libc.so.6", {
  waitpid: { args: [T.i32, T.ptr, T.i32], returns: T.i32 },
  sync: { args: [], returns: T.void },
  umount2: { args: [T.ptr, T.i32], returns: T.i32 },
  reboot: { args: [T.i32], returns: T.i32 },
  clock_settime: { args: [T.i32, T.ptr], returns: T.i32 },
});

const noHang = 1;
const lookMs = 1_000;

/**
 * Reaps the orphans that process 1 inherits. The runtime reaps its own children as soon as they exit, and
 * taking one first would lose its exit code: so only a process that has been a zombie for a second is taken.
 */
export function reapOrphans(): void {
  let before = new Set<number>();
  let isScheduled = false;
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(look, lookMs);
  };
  const look = (): void => {
    isScheduled = false;
    const now = zombiesOf(process.pid);
    const status = new Int32Array(1); // referenced until the calls below have returned
    for (const pid of now) {
      if (!before.has(pid)) continue;
      libc.waitpid(pid, ptr(status), noHang);
      now.delete(pid);
    }
    before = now;
    if (now.size > 0) schedule();
  };
  process.on("SIGCHLD", schedule);
}

/** Children of `parent` that have exited and that nobody waited for. */
export function zombiesOf(parent: number, proc = "/proc"): Set<number> {
  const found = new Set<number>();
  for (const entry of readdirSync(proc)) {
    if (!/^\d+$/.test(entry)) continue;
    let stat: string;
    try {
      stat = readFileSync(`${proc}/${entry}/stat`, "latin1");
    } catch {
      continue; // gone meanwhile
    }
    // The name, in parentheses, may hold anything.
    const [state, ppid] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z" && Number(ppid) === parent) found.add(Number(entry));
  }
  return found;
}

const clockRealtime = 0;

/** Sets the clock, in seconds since the epoch; a fraction counts. */
export function setClock(seconds: number): void {
  const whole = Math.floor(seconds);
  const time = new BigInt64Array([BigInt(whole), BigInt(Math.floor((seconds - whole) * 1e9))]);
  if (libc.clock_settime(clockRealtime, ptr(time)) !== 0) throw new Error("clock_settime failed");
}

const commands = { "power-off": 0x4321fedc, restart: 0x01234567 };
const detach = 2; // MNT_DETACH
const systemTypes = new Set([
  "proc",
  "sysfs",
  "devtmpfs",
  "devpts",
  "tmpfs",
  "cgroup2",
  "overlay",
  "mqueue",
  "ramfs",
]);

/** Unmounts what has a disk or a server behind it, last mounted first, then ends the machine. */
export function endMachine(how: keyof typeof commands): never {
  libc.sync();
  const mounts = readFileSync("/proc/self/mounts", "utf8").trim().split("\n");
  for (const line of mounts.toReversed()) {
    const [, path = "", type = ""] = line.split(" ");
    // Spaces and the like in a path are written as octal numbers.
    const target = path.replace(/\\(\d{3})/g, (_, code) => String.fromCharCode(parseInt(code, 8)));
    if (!systemTypes.has(type)) libc.umount2(ptr(Buffer.from(`${target}\0`)), detach);
  }
  libc.sync();
  libc.reboot(commands[how]);
  throw new Error("the machine did not end");
}
