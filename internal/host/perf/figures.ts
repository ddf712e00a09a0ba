/** From what /proc and QEMU count to the figures of counters: differences between two looks. */
import type { DiskUsage, MachineStats, NicUsage } from "../vm/machine.ts";
import { counterId, type CounterName } from "./counters.ts";

/** Figures of one moment by `counter id|instance`; the instance "" is the entity as a whole. */
export type Figures = Map<string, number>;

/** Two looks at the same thing. */
export interface Looks<T> {
  /** Undefined at the first look: then there are no rates yet. */
  before: { at: number; stats: T } | undefined;
  now: { at: number; stats: T };
}

const kib = 1024;

/** Key of a figure. */
export const figureKey = (id: number, instance: string): string => `${id}|${instance}`;

/** Collects figures. Percentages are in hundredths, as vSphere has them. */
export class FigureSet {
  readonly figures: Figures = new Map();
  readonly #seconds: number;

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  put(name: CounterName, value: number, instance = ""): void {
    if (Number.isFinite(value)) {
      this.figures.set(figureKey(counterId(name), instance), Math.round(Math.max(0, value)));
    }
  }

  /** An amount of bytes as KB a second. */
  putRate(name: CounterName, bytes: number, instance = ""): void {
    this.put(name, bytes / kib / this.#seconds, instance);
  }

  putPerSecond(name: CounterName, count: number, instance = ""): void {
    this.put(name, count / this.#seconds, instance);
  }

  /** What went through network interfaces, each and together. */
  putNetwork(deltas: { instance: string; usage: Omit<NicUsage, "key"> }[]): void {
    const total = sumOf(deltas.map(({ usage }) => usage));
    for (const { instance, usage } of [...deltas, { instance: "", usage: total }]) {
      const { receivedBytes, sentBytes } = usage;
      this.putRate("net.received", receivedBytes, instance);
      this.putRate("net.transmitted", sentBytes, instance);
      this.putRate("net.bytesRx", receivedBytes, instance);
      this.putRate("net.bytesTx", sentBytes, instance);
      this.putRate("net.usage", receivedBytes + sentBytes, instance);
      this.put("net.packetsRx", usage.receivedPackets, instance);
      this.put("net.packetsTx", usage.sentPackets, instance);
      this.put("net.droppedRx", usage.droppedPackets, instance);
    }
  }

  /** What went through disks together. */
  putDisks(usages: Omit<DiskUsage, "key">[], instance = ""): void {
    const { readBytes, writtenBytes, reads, writes } = sumOf(usages);
    this.putRate("disk.read", readBytes, instance);
    this.putRate("disk.write", writtenBytes, instance);
    this.putRate("disk.usage", readBytes + writtenBytes, instance);
    this.put("disk.numberRead", reads, instance);
    this.put("disk.numberWrite", writes, instance);
  }
}

/** What a VM is, as far as figures depend on it. */
export interface VmShape {
  cpus: number;
  hostMhz: number;
  memoryMiB: number;
  uptimeSeconds: number;
  /** `scsi0:1` of a disk's device key. */
  diskName: (key: number) => string;
}

/** Figures of a VM. */
export function vmFigures({ before, now }: Looks<MachineStats>, shape: VmShape): Figures {
  const seconds = before ? (now.at - before.at) / 1000 : 0;
  const set = new FigureSet(seconds);
  const { memory } = now.stats;
  set.put("sys.uptime", shape.uptimeSeconds);
  set.put("mem.granted", memory.grantedBytes / kib);
  set.put("mem.consumed", memory.consumedBytes / kib);
  set.put("mem.shared", (memory.grantedBytes - memory.consumedBytes) / kib);
  set.put("mem.overhead", memory.overheadBytes / kib);
  if (before && memory.activeBytes !== undefined) {
    set.put("mem.active", memory.activeBytes / kib);
    set.put("mem.usage", (memory.activeBytes / (shape.memoryMiB * kib * kib)) * 10_000);
  }
  if (!before || seconds <= 0) return set.figures;
  const usedSeconds = now.stats.cpuSeconds - before.stats.cpuSeconds;
  const share = usedSeconds / seconds;
  set.put("cpu.usagemhz", share * shape.hostMhz);
  // An emulated processor has helpers besides: more than all of it is still all of it.
  set.put("cpu.usage", Math.min(1, share / shape.cpus) * 10_000);
  set.put("cpu.used", usedSeconds * 1000);
  const nics = deltas(before.stats.nics, now.stats.nics);
  set.putNetwork(nics.map(({ key, ...usage }) => ({ instance: String(key), usage })));
  const disks = deltas(before.stats.disks, now.stats.disks);
  set.putDisks(disks);
  for (const disk of disks) {
    const instance = shape.diskName(disk.key);
    set.putRate("virtualDisk.read", disk.readBytes, instance);
    set.putRate("virtualDisk.write", disk.writtenBytes, instance);
    set.putPerSecond("virtualDisk.numberReadAveraged", disk.reads, instance);
    set.putPerSecond("virtualDisk.numberWriteAveraged", disk.writes, instance);
    set.put("virtualDisk.totalReadLatency", disk.readMs / Math.max(1, disk.reads), instance);
    set.put("virtualDisk.totalWriteLatency", disk.writeMs / Math.max(1, disk.writes), instance);
  }
  return set.figures;
}

/** What was added since an earlier look, by key; what was not there then, or began anew, counts from nothing. */
export function deltas<T extends { key: number | string }>(
  before: readonly T[],
  now: readonly T[],
): T[] {
  const known = new Map(before.map((item) => [item.key, item]));
  return now.map((item) => {
    const then = known.get(item.key) as Record<string, unknown> | undefined;
    const entries = Object.entries(item as Record<string, unknown>);
    const hasRestarted = entries.some(([name, value]) => isLess(value, then?.[name]));
    return Object.fromEntries(
      entries.map(([name, value]) => [
        name,
        name === "key" || typeof value !== "number" || hasRestarted
          ? value
          : value - Number(then?.[name] ?? 0),
      ]),
    ) as T;
  });
}

const isLess = (now: unknown, then: unknown): boolean =>
  typeof now === "number" && typeof then === "number" && now < then;

function sumOf<T extends object>(usages: T[]): T & Record<string, number> {
  const sum: Record<string, number> = {};
  for (const usage of usages) {
    for (const [name, value] of Object.entries(usage)) {
      if (name !== "key") sum[name] = (sum[name] ?? 0) + Number(value);
    }
  }
  return sum as T & Record<string, number>;
}
