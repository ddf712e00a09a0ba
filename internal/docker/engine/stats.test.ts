import { expect, test } from "bun:test";
import type { Container, GuestStats } from "../../portlayer/api/types.ts";
import { statsOf } from "./stats.ts";

const container = { record: { id: "a".repeat(64), name: "web" } } as Container;

const guest = (totalNs: number, machineNs: number): GuestStats => ({
  readAt: "2026-01-02T03:04:05.000000006Z",
  cpu: {
    totalNs,
    userNs: 1,
    systemNs: 2,
    periods: 0,
    throttledPeriods: 0,
    throttledNs: 0,
    machineNs,
    online: 2,
  },
  memory: { usageBytes: 100, limitBytes: 1000, stat: { inactive_file: 40 } },
  pids: { current: 3, limit: 0 },
  block: [{ major: 8, minor: 0, readBytes: 5, writtenBytes: 6, reads: 1, writes: 2 }],
  networks: {},
});

test("two samples become what the CLI computes its percentages from", () => {
  const stats = statsOf(container, guest(300, 2000), guest(100, 1000));
  expect(stats).toMatchObject({
    cpu_stats: { cpu_usage: { total_usage: 300 }, system_cpu_usage: 2000, online_cpus: 2 },
    precpu_stats: { cpu_usage: { total_usage: 100 }, system_cpu_usage: 1000, online_cpus: 2 },
    memory_stats: { usage: 100, limit: 1000, stats: { inactive_file: 40 } },
    blkio_stats: {
      io_service_bytes_recursive: [
        { major: 8, minor: 0, op: "read", value: 5 },
        { major: 8, minor: 0, op: "write", value: 6 },
      ],
    },
  });
  expect(stats["pids_stats"]).toEqual({ current: 3 });
  expect(stats).not.toHaveProperty("networks");
});

test("a container that does not run has nothing but its names", () => {
  const stats = statsOf(container, undefined, undefined);
  expect(stats).toMatchObject({ name: "/web", read: "0001-01-01T00:00:00Z" });
  expect(stats["memory_stats"]).toEqual({});
  expect(stats["cpu_stats"]).not.toHaveProperty("system_cpu_usage");
});
