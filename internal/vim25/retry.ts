import { hasFault } from "./fault.ts";
import { pause } from "./gate.ts";

/** Faults that pass by themselves. */
const passing = [
  "TaskInProgress",
  "VAppTaskInProgress",
  "NetworkDisruptedAndConfigRolledBack",
  "FailToLockFaultToleranceVMs",
  "HostCommunication",
];
/** Unit of waiting: 50 to 149 ms, times 1, 2, 4, 8, 16, 16, ... */
const unitMs = { least: 50, spread: 100 };
const factorMax = 16;
const elapsedMsMax = 60_000;

/** Options of {@link retryBusy}. */
export interface RetryOptions {
  signal?: AbortSignal | undefined;
  /** No further try after this; default one minute. */
  elapsedMs?: number;
  /** Faults to try again on besides those that say the object is busy, e.g. ConcurrentAccess with a fresh read. */
  also?: readonly string[];
}

/**
 * Runs `work` again while it fails because the object is busy with another task or its host is away for a moment.
 *
 * @example await retryBusy(() => runTask(client, vm, "ReconfigVM_Task", { spec }), { signal });
 */
export async function retryBusy<T>(work: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const until = Date.now() + (options.elapsedMs ?? elapsedMsMax);
  for (let factor = 1; ; factor = Math.min(factor * 2, factorMax)) {
    try {
      return await work();
    } catch (error) {
      if (!hasFault(error, ...passing, ...(options.also ?? [])) || Date.now() >= until) throw error;
    }
    await pause(factor * (unitMs.least + Math.random() * unitMs.spread), options.signal);
  }
}
