/** The health check of a container: probes at intervals, and what Docker makes of their results. */
import type { Health, HealthcheckConfig, HealthResult } from "../internal/guest/config.ts";
import { formatTime, nowNs } from "./sys/libc.ts";

/** Results that are remembered. */
const logMax = 5;
/** Bytes of a probe's output that are kept. */
export const outputMaxBytes = 4096;
/** Bytes of each output in the state that vSphere keeps: with every byte escaped it stays below 32 KiB. */
const storedMaxBytes = 1024;

/** How a probe ended. A rejection says why it could not be run. */
export interface Probed {
  exitCode: number;
  output: string;
}

/** What a {@link HealthMonitor} works with; a seam for tests. */
export interface HealthParts {
  config: HealthcheckConfig;
  /** Runs the probe once; aborting ends it. */
  probe: (signal: AbortSignal) => Promise<Probed>;
  /** No probe is run while this holds. */
  isPaused: () => boolean;
  /** The status has changed. */
  changed: (health: Health) => void;
  /** Resolves after so long; rejects when aborted. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds of a clock that only goes forward. */
  clock: () => number;
}

/** See the file's head. */
export class HealthMonitor {
  readonly #parts: HealthParts;
  #health: Health = { status: "starting", failingStreak: 0, log: [] };

  constructor(parts: HealthParts) {
    this.#parts = parts;
  }

  /** As it is now. */
  get health(): Health {
    return this.#health;
  }

  /** Probes until `signal`. Never rejects. As in Docker, what is not watched any more counts as unhealthy. */
  async run(signal: AbortSignal): Promise<void> {
    const { config, clock, pause, isPaused } = this.#parts;
    const startedAt = clock();
    const sinceStart = (): number => clock() - startedAt;
    while (!signal.aborted) {
      const isEarly = this.#health.status === "starting" && sinceStart() < config.startPeriodMs;
      try {
        await pause(isEarly ? config.startIntervalMs : config.intervalMs, signal);
      } catch {
        break;
      }
      if (isPaused()) continue;
      const begunMs = sinceStart();
      const result = await this.#probe(signal);
      if (!signal.aborted) this.#take(result, begunMs);
    }
    this.#health = { ...this.#health, status: "unhealthy" };
  }

  async #probe(outer: AbortSignal): Promise<HealthResult> {
    const { config, probe, pause } = this.#parts;
    const start = formatTime(nowNs());
    const over = new AbortController();
    const signal = AbortSignal.any([outer, over.signal]);
    const late = pause(config.timeoutMs, signal).then(
      () => true,
      () => false,
    );
    const probed = probe(signal).catch((error: unknown) => ({
      exitCode: -1,
      output: error instanceof Error ? error.message : String(error),
    }));
    const first = await Promise.race([probed, late]);
    over.abort();
    const ended = await probed;
    const isLate = first === true;
    const output = isLate
      ? `Health check exceeded timeout (${duration(config.timeoutMs)})${ended.output === "" ? "" : `: ${ended.output}`}`
      : ended.output;
    const exitCode = isLate ? -1 : ended.exitCode;
    return { start, end: formatTime(nowNs()), exitCode, output: cut(output, outputMaxBytes) };
  }

  #take(result: HealthResult, begunMs: number): void {
    const { retries, startPeriodMs } = this.#parts.config;
    const before = this.#health;
    const log = [...before.log, result].slice(-logMax);
    let { status, failingStreak } = before;
    if (result.exitCode === 0) {
      failingStreak = 0;
      status = "healthy";
    } else if (status !== "starting" || begunMs >= startPeriodMs) {
      failingStreak++;
      if (failingStreak >= retries) status = "unhealthy";
    }
    this.#health = { status, failingStreak, log };
    if (status !== before.status) this.#parts.changed(this.#health);
  }
}

/** The part of it that goes into the guest's state. */
export function storedHealth(health: Health): Health {
  const log = health.log.map((result) => ({
    ...result,
    output: cut(result.output, storedMaxBytes),
  }));
  return { ...health, log };
}

/** At most so many bytes; what is cut shows. */
function cut(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  return `${bytes
    .subarray(0, maxBytes)
    .toString()
    .replace(/\uFFFD$/, "")}...`;
}

/** As Go prints a duration: 500ms, 1.5s, 1m30s. */
function duration(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = (ms % 60_000) / 1000;
  const hours = Math.floor(minutes / 60);
  const text = minutes === 0 ? "" : `${minutes % 60}m`;
  return `${hours === 0 ? "" : `${hours}h`}${text}${seconds}s`;
}
