/** What Docker's resource flags limit inside a container's VM, beside the VM's own size (resources.ts). */
import { VicError } from "../../errors/errors.ts";
import type { ResourceLimits } from "../../guest/config.ts";
import type { Fields } from "../wire/decode.ts";

/** A VM with less does not hold a kernel and the guest agent, MiB: below it the container gets less of its VM. */
export const memoryMinMiB = 128;
const MiB = 1024 * 1024;
const periodDefaultUs = 100_000;
/** Docker's lower bound of `--memory-reservation`. */
const reservationMinBytes = 6 * 1024 * 1024;
const cpusetMax = 4096;

/** Limits of HostConfig's fields. A whole number of CPUs needs none: the VM has no more. */
export function resourceLimits(hostConfig: Fields): ResourceLimits {
  const shares = hostConfig.int("CpuShares");
  const memory = hostConfig.int("Memory");
  const reservation = hostConfig.int("MemoryReservation");
  checkReservation(reservation, memory);
  return {
    ...cpuTime(hostConfig),
    ...(shares === 0 ? {} : { cpuShares: shares }),
    ...(memory > 0 && memory < memoryMinMiB * MiB ? { memoryBytes: memory } : {}),
    ...(reservation === 0 ? {} : { memoryReservationBytes: reservation }),
  };
}

function cpuTime(hostConfig: Fields): Pick<ResourceLimits, "cpuQuotaUs" | "cpuPeriodUs"> {
  const nano = hostConfig.int("NanoCpus");
  const period = hostConfig.int("CpuPeriod");
  const quota = hostConfig.int("CpuQuota");
  const isPinned = hostConfig.string("CpusetCpus") !== "";
  if (nano > 0 && (nano % 1e9 !== 0 || isPinned)) {
    return { cpuQuotaUs: Math.ceil((nano * periodDefaultUs) / 1e9), cpuPeriodUs: periodDefaultUs };
  }
  return {
    ...(quota > 0 ? { cpuQuotaUs: quota } : {}),
    ...(period > 0 ? { cpuPeriodUs: period } : {}),
  };
}

function checkReservation(bytes: number, memoryBytes: number): void {
  if (bytes < 0 || (bytes > 0 && bytes < reservationMinBytes))
    throw new VicError("invalid", "Minimum memory reservation allowed is 6MB");
  if (memoryBytes > 0 && bytes > memoryBytes)
    throw new VicError(
      "invalid",
      "Minimum memory limit can not be less than memory reservation limit, see usage",
    );
}

/** Number of CPUs in a set like `0-3,8`: the VM has as many; undefined for an empty one. */
export function cpusetSize(text: string): number | undefined {
  if (text === "") return undefined;
  const set = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part.trim());
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? first);
    if (!match || last < first || last >= cpusetMax)
      throw new VicError("invalid", `Invalid value ${text} for cpuset cpus`);
    for (let cpu = first; cpu <= last; cpu++) set.add(cpu);
  }
  return set.size;
}
