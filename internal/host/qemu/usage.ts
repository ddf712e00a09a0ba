/** What a QEMU process uses, as /proc and its monitor tell. */
import { createReadStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { VicError } from "../../errors/errors.ts";
import type { DiskUsage, MachineStats } from "../vm/machine.ts";
import { parseDeviceId } from "./devices.ts";
import type { Qmp } from "./qmp.ts";

/** Clock ticks per second in /proc; fixed at 100 for user space on Linux. */
const ticksPerSecond = 100;
const kib = 1024;

type Memory = MachineStats["memory"];

/** Processor time used so far, seconds. */
export async function cpuSeconds(pid: number): Promise<number> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // Field 2 is the name in parentheses and may hold anything; 14 and 15 are user and system time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch (cause) {
    throw new VicError("unavailable", `process ${pid} is gone`, { cause });
  }
}

/**
 * Memory of a process that has a guest's RAM mapped. What the guest has touched since the last call is known because
 * the marks of it are then removed; under KVM the guest's accesses leave no marks here.
 */
export async function memoryUse(
  pid: number,
  ramBytes: number,
  options: { isEmulated: boolean },
): Promise<Memory> {
  const input = createReadStream(`/proc/${pid}/smaps`);
  const memory: Memory = { residentBytes: 0, grantedBytes: 0, consumedBytes: 0, overheadBytes: 0 };
  let activeBytes = 0;
  let isRam = false;
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      // Executable is what an emulator has translated, and that can be as large.
      const range = /^([0-9a-f]+)-([0-9a-f]+) (rw-)?/.exec(line);
      if (range) isRam = range[3] !== undefined && isRamSize(bytesOf(range), ramBytes);
      const value = /^(Rss|Pss|Referenced): +(\d+) kB/.exec(line);
      if (!value) continue;
      const bytes = Number(value[2]) * kib;
      if (value[1] === "Rss") {
        memory.residentBytes += bytes;
        if (isRam) memory.grantedBytes += bytes;
      } else if (value[1] === "Pss") {
        if (isRam) memory.consumedBytes += bytes;
        else memory.overheadBytes += bytes;
      } else if (isRam) activeBytes += bytes;
    }
    if (!options.isEmulated) return memory;
    await writeFile(`/proc/${pid}/clear_refs`, "1");
    return { ...memory, activeBytes };
  } catch (cause) {
    throw new VicError("unavailable", `the memory of process ${pid} cannot be read`, { cause });
  } finally {
    input.destroy();
  }
}

/** The guest's RAM is one mapping, or two where something has split it; nothing else is of that size. */
const isRamSize = (bytes: number, ramBytes: number) => bytes >= ramBytes / 2 && bytes <= ramBytes;

/** Length of a mapping. */
function bytesOf([, start = "0", end = "0"]: RegExpExecArray): number {
  return Number.parseInt(end, 16) - Number.parseInt(start, 16);
}

interface BlockStats {
  qdev?: string;
  stats?: Record<string, number>;
}

/** What went through each disk since the machine was started. */
export async function diskUse(qmp: Qmp): Promise<DiskUsage[]> {
  const all = (await qmp.execute("query-blockstats")) as BlockStats[];
  return all.flatMap(({ qdev = "", stats = {} }) => {
    const device = parseDeviceId(/((?:disk)--?\d+)/.exec(qdev)?.[1] ?? "");
    if (!device) return [];
    return [
      {
        key: device.key,
        readBytes: stats["rd_bytes"] ?? 0,
        writtenBytes: stats["wr_bytes"] ?? 0,
        reads: stats["rd_operations"] ?? 0,
        writes: stats["wr_operations"] ?? 0,
        readMs: (stats["rd_total_time_ns"] ?? 0) / 1e6,
        writeMs: (stats["wr_total_time_ns"] ?? 0) / 1e6,
      },
    ];
  });
}
