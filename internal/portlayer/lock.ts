/** Mutual exclusion for asynchronous work, first come, first served. */
import { VicError } from "../errors/errors.ts";

/** Waiters of one lock; more than that is a client gone wild. */
const waitersMax = 256;

/**
 * Runs one piece of work at a time.
 *
 * @example await lock.run(() => reconfigure(vm));
 */
export class Lock {
  #tail: Promise<unknown> = Promise.resolve();
  #count = 0;

  /** Whether work is going on or waits. */
  get isBusy(): boolean {
    return this.#count > 0;
  }

  /** Resolves with what `work` gives, once everything that came before is over. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#count >= waitersMax)
      throw new VicError("exhausted", "too many operations wait for the same container");
    this.#count += 1;
    const before = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    try {
      await before;
      return await work();
    } finally {
      this.#count -= 1;
      resolve();
    }
  }
}
