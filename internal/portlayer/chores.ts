/**
 * What must be done some time, whatever is away at the moment: mostly removing what a failed operation has left, and it often
 * failed because vSphere was away. What cannot be done is tried again in the background until it can. A port layer that
 * ends leaves it to the next one, which looks for leftovers when it starts.
 */
import { findCode, VicError } from "../errors/errors.ts";
import { hasFault } from "../vim25/fault.ts";
import { logger } from "./log.ts";

const log = logger("chores");
/** Before the second try; later ones wait longer. */
const retryFirstMs = 1_000;
const retryLastMs = 30_000;

/** See the file's head. */
export class Chores {
  readonly #signal: AbortSignal | undefined;
  readonly #firstMs: number;

  /** `signal`: nothing is tried any more. `firstMs`: before the second try. */
  constructor(signal?: AbortSignal, firstMs = retryFirstMs) {
    this.#signal = signal;
    this.#firstMs = firstMs;
  }

  /**
   * Does `work`, which can be done again and is done when what it is about does not exist. Rejects when the first try fails;
   * then it goes on in the background.
   */
  async do(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await once(work);
    } catch (error) {
      log.warn(`${what}: will be tried again: ${VicError.from(error).text}`);
      this.#again(what, work, this.#firstMs);
      throw error;
    }
  }

  #again(what: string, work: () => Promise<unknown>, delayMs: number): void {
    const timer = setTimeout(() => {
      if (this.#signal?.aborted) return;
      once(work).then(
        () => log.info(`${what}: done`),
        () => this.#again(what, work, Math.min(delayMs * 2, retryLastMs)),
      );
    }, delayMs);
    // It keeps no process alive.
    timer.unref();
  }
}

async function once(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Whether what it is about does not exist. */
export function isGone(error: unknown): boolean {
  const faults = ["ManagedObjectNotFound", "FileNotFound"];
  return findCode(error, "not-found") !== undefined || faults.some((name) => hasFault(error, name));
}
