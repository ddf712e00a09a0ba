import { expect, test } from "bun:test";
import { containerMemoryBytes, cpuWeight, limitFiles } from "./limits.ts";

const MiB = 1024 * 1024;

test("the tether keeps memory for itself, but not more than half", () => {
  expect(containerMemoryBytes(512 * MiB)).toBe(448 * MiB);
  expect(containerMemoryBytes(100 * MiB)).toBe(50 * MiB);
});

test("shares become weights as the runtimes convert them", () => {
  expect([2, 1024, 262_144, 1, 10 ** 9].map(cpuWeight)).toEqual([1, 39, 10_000, 1, 10_000]);
});

test("what is absent has no limit; memory never more than the VM has", () => {
  expect(limitFiles(0, {}, 100)).toEqual({
    "pids.max": "max",
    "cpu.weight": "100",
    "cpu.max": "max 100000",
    "memory.low": "0",
    "memory.max": "100",
  });
  const limits = { cpuShares: 2, cpuQuotaUs: 50, cpuPeriodUs: 1000, memoryBytes: 200 };
  expect(limitFiles(7, { ...limits, memoryReservationBytes: 10 }, 100)).toEqual({
    "pids.max": "7",
    "cpu.weight": "1",
    "cpu.max": "50 1000",
    "memory.low": "10",
    "memory.max": "100",
  });
});
