/** Limits of the container inside its VM: what the OCI runtime is told at the start, and changes while it runs. */
import { writeFileSync } from "node:fs";
import { VicError } from "../internal/errors/errors.ts";
import type { ResourceLimits } from "../internal/guest/config.ts";
import { cgroupPath } from "./oci/spec.ts";

const folder = `/sys/fs/cgroup${cgroupPath}`;
/** Left for kernel and tether: without it a container that needs too much thrashes the page cache for a long time. */
const reservedBytes = 64 * 1024 * 1024;
const periodDefaultUs = 100_000;

/** What a container may use in a VM with this much memory. */
export function containerMemoryBytes(totalBytes: number): number {
  return Math.max(totalBytes - reservedBytes, Math.floor(totalBytes / 2));
}

/** Docker's shares (2 to 262144) as a weight of cgroup v2 (1 to 10000), as runc and crun convert them. */
export function cpuWeight(shares: number): number {
  const bounded = Math.min(Math.max(shares, 2), 262_144);
  return 1 + Math.floor(((bounded - 2) * 9999) / 262_142);
}

/** Files of the container's cgroup with what they are set to. `roomBytes`: what the VM has for its container. */
export function limitFiles(
  pidsLimit: number,
  limits: ResourceLimits,
  roomBytes: number,
): Record<string, string> {
  const { cpuShares, cpuQuotaUs, cpuPeriodUs, memoryBytes, memoryReservationBytes } = limits;
  return {
    "pids.max": pidsLimit > 0 ? String(pidsLimit) : "max",
    "cpu.weight": cpuShares === undefined ? "100" : String(cpuWeight(cpuShares)),
    "cpu.max": `${cpuQuotaUs ?? "max"} ${cpuPeriodUs ?? periodDefaultUs}`,
    "memory.low": String(memoryReservationBytes ?? 0),
    "memory.max": String(Math.min(memoryBytes ?? roomBytes, roomBytes)),
  };
}

/** Sets them on the running container. `invalid` when the kernel does not take a value. */
export function setLimits(pidsLimit: number, limits: ResourceLimits, roomBytes: number): void {
  for (const [name, value] of Object.entries(limitFiles(pidsLimit, limits, roomBytes))) {
    try {
      writeFileSync(`${folder}/${name}`, value);
    } catch (error) {
      throw new VicError("invalid", `cannot set ${name} to ${value}`, { cause: error });
    }
  }
}
