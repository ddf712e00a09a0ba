/** The processes of a guest as /proc tells them, and how those ended that were started through here. */
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import type { ProcessInfo } from "./contract.ts";

/** How long an ended process is still listed, and how many at most. */
const endedMs = 5 * 60 * 1000;
const endedMax = 256;
const listMax = 400;
const commandLineMax = 512;
/** Clock ticks per second in /proc; fixed at 100 for user space on Linux. */
const ticksPerSecond = 100;

/** A process under its number here and its number for its own name space. */
export interface FoundProcess {
  hostPid: number;
  uid: number;
  info: ProcessInfo;
}

/** Which processes there are: those in the PID name space of process `leader`, or all. */
export type Leader = () => number | undefined;

/** See the file's head. */
export class ProcessTable {
  readonly #leader: Leader;
  readonly #nameOf: (uid: number) => string;
  /** Started through here, oldest first. */
  readonly #known = new Map<number, ProcessInfo>();

  constructor(leader: Leader, nameOf: (uid: number) => string) {
    this.#leader = leader;
    this.#nameOf = nameOf;
  }

  /** Remembers a process that was started, and its end. */
  add(info: ProcessInfo, exited: Promise<number>): void {
    this.#trim();
    this.#known.delete(info.pid);
    this.#known.set(info.pid, info);
    void exited.then((exitCode) => {
      info.endedMs = Date.now();
      info.exitCode = exitCode;
    });
  }

  /** Running processes and those that ended a short while ago, by pid. */
  list(pids?: number[]): ProcessInfo[] {
    this.#trim();
    const wanted = pids === undefined || pids.length === 0 ? undefined : new Set(pids);
    const all = new Map(this.running().map(({ info }) => [info.pid, info]));
    for (const [pid, info] of this.#known) {
      // What was started through here is told as it was asked for.
      if (info.endedMs !== undefined || all.has(pid)) all.set(pid, info);
      else if (wanted?.has(pid)) all.set(pid, info);
    }
    const list = [...all.values()].filter(({ pid }) => wanted?.has(pid) ?? true);
    return list.sort((a, b) => a.pid - b.pid).slice(0, listMax);
  }

  find(pid: number): FoundProcess | undefined {
    return this.running().find(({ info }) => info.pid === pid);
  }

  running(): FoundProcess[] {
    const leader = this.#leader();
    const space = leader === undefined ? undefined : link(`/proc/${leader}/ns/pid`);
    if (leader !== undefined && space === undefined) return [];
    // A name costs the reading of a file, and many processes have the same owner.
    const names = new Map<number, string>();
    const nameOf = (uid: number): string => {
      const name = names.get(uid) ?? this.#nameOf(uid);
      names.set(uid, name);
      return name;
    };
    const bootMs = Date.now() - Number(text("/proc/uptime").split(" ")[0] ?? 0) * 1000;
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => space === undefined || link(`/proc/${pid}/ns/pid`) === space)
      .flatMap((pid) => read(Number(pid), bootMs, nameOf));
  }

  #trim(): void {
    const old = Date.now() - endedMs;
    for (const [pid, info] of this.#known) {
      const isOver = this.#known.size >= endedMax && info.endedMs !== undefined;
      if (isOver || (info.endedMs ?? Infinity) < old) this.#known.delete(pid);
    }
  }
}

function read(hostPid: number, bootMs: number, nameOf: (uid: number) => string): FoundProcess[] {
  try {
    const status = readFileSync(`/proc/${hostPid}/status`, "utf8");
    const stat = readFileSync(`/proc/${hostPid}/stat`, "utf8");
    // Kernel threads have no memory of their own.
    if (!/^VmSize:/m.test(status)) return [];
    const { uid } = statSync(`/proc/${hostPid}`);
    // Field 2 is the name in parentheses and may hold anything; 22 is the start in ticks since boot.
    const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
    const commandLine = text(`/proc/${hostPid}/cmdline`).replaceAll("\0", " ").trimEnd();
    const info: ProcessInfo = {
      pid: innerPid(status) ?? hostPid,
      name: /^Name:\s*(.*)$/m.exec(status)?.[1] ?? "",
      owner: nameOf(uid),
      commandLine: commandLine.slice(0, commandLineMax),
      startedMs: Math.round(bootMs + (ticks * 1000) / ticksPerSecond),
    };
    return [{ hostPid, uid, info }];
  } catch {
    // It has ended since.
    return [];
  }
}

/** The number a process has in its own PID name space; undefined when it is gone. */
export function pidInside(hostPid: number): number | undefined {
  return innerPid(text(`/proc/${hostPid}/status`));
}

function innerPid(status: string): number | undefined {
  const numbers = /^NSpid:\s*(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/);
  const last = Number(numbers?.at(-1));
  return Number.isSafeInteger(last) && last > 0 ? last : undefined;
}

function text(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function link(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
