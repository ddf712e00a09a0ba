/** The container's cgroup (v2): holding its processes, and what they use. */
import { existsSync, readdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { totalmem } from "node:os";
import { VicError } from "../internal/errors/errors.ts";
import type { GuestStats, NetworkCounters } from "../internal/guest/control.ts";
import { cgroupPath } from "./oci/spec.ts";
import { formatTime, nowNs } from "./sys/libc.ts";

const folder = `/sys/fs/cgroup${cgroupPath}`;
/** /proc/stat counts in this unit (USER_HZ of every Linux that there is). */
const tickNs = 10_000_000;
/** A process that sits in the kernel may take a while to stop. */
const freezeMs = 10_000;

/** Freezes or thaws everything in the container; resolves once it is so. */
export async function setFrozen(isFrozen: boolean): Promise<void> {
  const wanted = isFrozen ? 1 : 0;
  const events = `${folder}/cgroup.events`;
  const isThere = (): boolean => keyed(read(events))["frozen"] === wanted;
  const changed = Promise.withResolvers<void>();
  const watcher = watch(events, () => {
    if (isThere()) changed.resolve();
  });
  const timer = setTimeout(() => {
    changed.reject(new VicError("unavailable", "the processes do not stop in time"));
  }, freezeMs);
  try {
    writeFileSync(`${folder}/cgroup.freeze`, String(wanted));
    if (!isThere()) await changed.promise;
  } catch (error) {
    if (isFrozen) writeFileSync(`${folder}/cgroup.freeze`, "0");
    throw error;
  } finally {
    clearTimeout(timer);
    watcher.close();
  }
}

/** Pids of everything in the container, also in cgroups that it made itself. */
export function containerPids(): Set<number> {
  const pids = new Set<number>();
  const collect = (path: string): void => {
    for (const line of read(`${path}/cgroup.procs`).split("\n"))
      if (line !== "") pids.add(Number(line));
    for (const child of readdirSync(path, { withFileTypes: true }))
      if (child.isDirectory()) collect(`${path}/${child.name}`);
  };
  if (existsSync(folder)) collect(folder);
  return pids;
}

/** What the container uses; `pid` is one of its processes, in whose network namespace is counted. */
export function readStats(pid: number): GuestStats {
  const cpu = keyed(read(`${folder}/cpu.stat`));
  const machine = machineTime(read("/proc/stat"));
  return {
    readAt: formatTime(nowNs()),
    cpu: {
      totalNs: (cpu["usage_usec"] ?? 0) * 1000,
      userNs: (cpu["user_usec"] ?? 0) * 1000,
      systemNs: (cpu["system_usec"] ?? 0) * 1000,
      periods: cpu["nr_periods"] ?? 0,
      throttledPeriods: cpu["nr_throttled"] ?? 0,
      throttledNs: (cpu["throttled_usec"] ?? 0) * 1000,
      machineNs: machine.totalNs,
      online: machine.online,
    },
    memory: {
      usageBytes: Number(read(`${folder}/memory.current`)) || 0,
      limitBytes: limit(`${folder}/memory.max`) ?? totalmem(),
      stat: keyed(read(`${folder}/memory.stat`)),
    },
    pids: {
      current: Number(read(`${folder}/pids.current`)) || 0,
      limit: limit(`${folder}/pids.max`) ?? 0,
    },
    block: blockCounters(read(`${folder}/io.stat`)),
    networks: networkCounters(read(`/proc/${pid}/net/dev`)),
  };
}

/** Lines of `name number`, as most files of a cgroup have them. */
export function keyed(text: string): Record<string, number> {
  const entries: Record<string, number> = {};
  for (const line of text.split("\n")) {
    const [name = "", value = ""] = line.split(" ");
    if (/^\d+$/.test(value)) entries[name] = Number(value);
  }
  return entries;
}

/** All time that the VM's CPUs have had, from /proc/stat (proc(5)); guest time is in user time already. */
export function machineTime(text: string): { totalNs: number; online: number } {
  let ticks = 0;
  let online = 0;
  for (const line of text.split("\n")) {
    const [name = "", ...fields] = line.trim().split(/\s+/);
    if (name === "cpu") for (const field of fields.slice(0, 8)) ticks += Number(field);
    else if (/^cpu\d+$/.test(name)) online++;
  }
  return { totalNs: ticks * tickNs, online };
}

/** io.stat: `8:16 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6` for each device. */
export function blockCounters(text: string): GuestStats["block"] {
  return text.split("\n").flatMap((line) => {
    const match = /^(\d+):(\d+) (.*)$/.exec(line);
    if (!match) return [];
    const counter = (name: string): number =>
      Number(new RegExp(`(?:^| )${name}=(\\d+)`).exec(match[3]!)?.[1] ?? 0);
    return {
      major: Number(match[1]),
      minor: Number(match[2]),
      readBytes: counter("rbytes"),
      writtenBytes: counter("wbytes"),
      reads: counter("rios"),
      writes: counter("wios"),
    };
  });
}

/** /proc/net/dev: two lines of titles, then `name: 8 numbers of receiving, 8 of sending`. */
export function networkCounters(text: string): Record<string, NetworkCounters> {
  const networks: Record<string, NetworkCounters> = {};
  for (const line of text.split("\n").slice(2)) {
    const match = /^\s*(\S+):\s*(.*)$/.exec(line);
    if (!match || match[1] === "lo") continue;
    const n = match[2]!.split(/\s+/).map(Number);
    networks[match[1]!] = {
      receivedBytes: n[0] ?? 0,
      receivedPackets: n[1] ?? 0,
      receiveErrors: n[2] ?? 0,
      receiveDropped: n[3] ?? 0,
      sentBytes: n[8] ?? 0,
      sentPackets: n[9] ?? 0,
      sendErrors: n[10] ?? 0,
      sendDropped: n[11] ?? 0,
    };
  }
  return networks;
}

/** undefined: without a limit. */
function limit(path: string): number | undefined {
  const text = read(path).trim();
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** "" where the kernel has no such file, or the process is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
