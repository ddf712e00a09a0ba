import { describe, expect, test } from "bun:test";
import type { Health } from "../internal/guest/config.ts";
import { HealthMonitor, storedHealth, type Probed } from "./health.ts";

const config = {
  args: ["check"],
  intervalMs: 30_000,
  timeoutMs: 2_000,
  startPeriodMs: 0,
  startIntervalMs: 5_000,
  retries: 2,
};

/** A monitor on a clock that only the monitor's own waiting moves; ends when the probes are used up. */
async function watch(probes: (Probed | Error | "hangs")[], more: Partial<typeof config> = {}) {
  const stop = new AbortController();
  const told: Health["status"][] = [];
  const waited: number[] = [];
  let nowMs = 0;
  const monitor = new HealthMonitor({
    config: { ...config, ...more },
    clock: () => nowMs,
    isPaused: () => false,
    changed: ({ status }) => told.push(status),
    async pause(ms, signal) {
      if (ms === config.timeoutMs) {
        // A time limit only passes where the probe hangs.
        const isHanging = probes[0] === "hangs";
        if (isHanging) return;
        return new Promise((_, reject) =>
          signal.addEventListener("abort", () => reject(new Error())),
        );
      }
      if (probes.length === 0) stop.abort();
      signal.throwIfAborted();
      waited.push(ms);
      nowMs += ms;
    },
    async probe(signal) {
      const next = probes[0]!;
      if (next === "hangs") {
        await new Promise<void>((done) => signal.addEventListener("abort", () => done()));
        probes.shift();
        return { exitCode: 137, output: "partly" };
      }
      probes.shift();
      if (next instanceof Error) throw next;
      return next;
    },
  });
  await monitor.run(stop.signal);
  return { told, waited, last: monitor.health };
}

const good = { exitCode: 0, output: "ok" };
const bad = { exitCode: 1, output: "no" };

describe("health", () => {
  test("becomes healthy, then unhealthy after the failures in a row that it takes", async () => {
    const { told, waited } = await watch([good, bad, good, bad, bad, bad, good]);
    expect(told).toEqual(["healthy", "unhealthy", "healthy"]);
    expect(waited).toEqual(Array.from({ length: 7 }, () => 30_000));
  });

  test("failures in the start period do not count, and probes come more often", async () => {
    const { told, waited, last } = await watch([bad, bad, bad, bad], { startPeriodMs: 12_000 });
    expect(waited).toEqual([5_000, 5_000, 5_000, 30_000]);
    expect(told).toEqual(["unhealthy"]);
    expect(last.failingStreak).toBe(2);
  });

  test("a probe that takes too long or cannot be run has failed", async () => {
    const { told, last } = await watch(["hangs", new Error("no such file")]);
    expect(told).toEqual(["unhealthy"]);
    expect(last.log.map((r) => [r.exitCode, r.output])).toEqual([
      [-1, "Health check exceeded timeout (2s): partly"],
      [-1, "no such file"],
    ]);
  });

  test("remembers five results, and cuts what is stored", async () => {
    const long = { exitCode: 0, output: "x".repeat(5000) };
    const { last } = await watch([good, long, long, long, long, long]);
    expect(last.status).toBe("unhealthy");
    expect(last.log).toHaveLength(5);
    expect(last.log[0]!.output).toBe(`${"x".repeat(4096)}...`);
    const nasty = { ...last, log: last.log.map((r) => ({ ...r, output: "\u0001".repeat(4096) })) };
    expect(JSON.stringify(storedHealth(nasty)).length).toBeLessThan(32 * 1024);
  });
});
