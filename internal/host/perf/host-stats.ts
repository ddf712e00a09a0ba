/** What this machine as a whole uses, as /proc tells. Elsewhere than on Linux most of it is not told. */
import { readFile } from "node:fs/promises";
import { cpus, freemem, totalmem, uptime } from "node:os";
import type { DiskUsage, NicUsage } from "../vm/machine.ts";
import { deltas, type Figures, FigureSet, type Looks } from "./figures.ts";

/** Use of the whole machine; times and what went through only grow. */
export interface HostStats {
  /** Milliseconds that each processor was not idle. */
  cpus: { key: string; busyMs: number }[];
  memory: { totalBytes: number; consumedBytes: number; activeBytes: number };
  nics: ({ key: string } & Omit<NicUsage, "key">)[];
  disks: ({ key: string } & Omit<DiskUsage, "key">)[];
  uptimeSeconds: number;
}

const kib = 1024;
const sectorBytes = 512;
/** Virtual devices, and partitions, whose use is told by what they are on. */
const otherDisks = /^(loop|ram|zram|dm-|md|sr|fd|nbd)|^(sd[a-z]+|vd[a-z]+|xvd[a-z]+)\d+$|p\d+$/;

/** Looks at the machine. */
export async function readHostStats(): Promise<HostStats> {
  const [memory, network, disks] = await Promise.all([
    textOf("/proc/meminfo"),
    textOf("/proc/net/dev"),
    textOf("/proc/diskstats"),
  ]);
  return {
    cpus: cpus().map(({ times }, index) => ({
      key: String(index),
      busyMs: times.user + times.nice + times.sys + times.irq,
    })),
    memory: parseMemory(memory),
    nics: parseNetwork(network),
    disks: parseDisks(disks),
    uptimeSeconds: uptime(),
  };
}

/** Figures of the host. */
export function hostFigures({ before, now }: Looks<HostStats>, cpuMhz: number): Figures {
  const seconds = before ? (now.at - before.at) / 1000 : 0;
  const set = new FigureSet(seconds);
  const { memory } = now.stats;
  set.put("sys.uptime", now.stats.uptimeSeconds);
  set.put("mem.consumed", memory.consumedBytes / kib);
  set.put("mem.active", memory.activeBytes / kib);
  set.put("mem.usage", (memory.consumedBytes / memory.totalBytes) * 10_000);
  if (!before || seconds <= 0) return set.figures;
  const cores = deltas(before.stats.cpus, now.stats.cpus);
  const shares = cores.map(({ busyMs }) => Math.min(1, busyMs / 1000 / seconds));
  const share = shares.reduce((sum, one) => sum + one, 0);
  set.put("cpu.usage", (share / Math.max(1, shares.length)) * 10_000);
  set.put("cpu.usagemhz", share * cpuMhz);
  for (const [index, one] of shares.entries()) set.put("cpu.usage", one * 10_000, String(index));
  const nics = deltas(before.stats.nics, now.stats.nics);
  if (nics.length > 0) set.putNetwork(nics.map(({ key, ...usage }) => ({ instance: key, usage })));
  const disks = deltas(before.stats.disks, now.stats.disks);
  if (disks.length > 0) set.putDisks(disks);
  for (const { key, ...usage } of disks) set.putDisks([usage], key);
  return set.figures;
}

/** /proc/meminfo */
export function parseMemory(text: string): HostStats["memory"] {
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? Number.NaN) * kib;
  const total = field("MemTotal");
  if (Number.isNaN(total)) {
    const consumedBytes = totalmem() - freemem();
    return { totalBytes: totalmem(), consumedBytes, activeBytes: Number.NaN };
  }
  return {
    totalBytes: total,
    consumedBytes: total - field("MemAvailable"),
    activeBytes: field("Active"),
  };
}

/** /proc/net/dev without the loopback interface. */
export function parseNetwork(text: string): HostStats["nics"] {
  return text.split("\n").flatMap((line) => {
    const match = /^\s*([^\s:]+):\s*(.*)$/.exec(line);
    const [, key = "lo", rest = ""] = match ?? [];
    if (key === "lo") return [];
    const fields = rest.split(/\s+/).map(Number);
    const [receivedBytes = 0, receivedPackets = 0, , droppedPackets = 0] = fields;
    const [sentBytes = 0, sentPackets = 0] = fields.slice(8);
    return [{ key, receivedBytes, receivedPackets, droppedPackets, sentBytes, sentPackets }];
  });
}

/** /proc/diskstats, whole disks only. */
export function parseDisks(text: string): HostStats["disks"] {
  return text.split("\n").flatMap((line) => {
    const [, , key = "", ...rest] = line.trim().split(/\s+/);
    if (key === "" || otherDisks.test(key)) return [];
    const [reads = 0, , read = 0, readMs = 0, writes = 0, , written = 0, writeMs = 0] =
      rest.map(Number);
    const [readBytes, writtenBytes] = [read * sectorBytes, written * sectorBytes];
    return [{ key, reads, readBytes, readMs, writes, writtenBytes, writeMs }];
  });
}

const textOf = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "");
