import { VicError } from "../errors/errors.ts";

/** Lets a bounded number in at once; the others wait in order, a bounded number of them. */
export class Gate {
  readonly #widthMax: number;
  readonly #waitersMax: number;
  readonly #waiters: (() => void)[] = [];
  #inside = 0;

  constructor(widthMax: number, waitersMax: number) {
    this.#widthMax = widthMax;
    this.#waitersMax = waitersMax;
  }

  /** Runs `work` when there is room; rejects `cancelled` when the signal comes while waiting. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#enter(signal);
    try {
      return await work();
    } finally {
      const next = this.#waiters.shift();
      if (next) next();
      else this.#inside -= 1;
    }
  }

  async #enter(signal?: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    if (this.#inside < this.#widthMax) {
      this.#inside += 1;
      return;
    }
    if (this.#waiters.length >= this.#waitersMax) {
      throw new VicError("exhausted", `over ${this.#waitersMax} vSphere calls are waiting`);
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => {
      const at = this.#waiters.indexOf(resolve);
      // Let in at this very moment: the work itself looks at the signal.
      if (at < 0) return;
      this.#waiters.splice(at, 1);
      reject(cancelled(signal));
    };
    this.#waiters.push(resolve);
    signal?.addEventListener("abort", abort, { once: true });
    await promise.finally(() => signal?.removeEventListener("abort", abort));
  }
}

/** The error of an aborted signal. */
export function cancelled(signal?: AbortSignal): VicError {
  const reason: unknown = signal?.reason;
  if (reason instanceof VicError) return reason;
  return new VicError("cancelled", "cancelled", { cause: reason });
}

/** Throws {@link cancelled} when the signal is aborted already. */
export function throwIfAborted(signal?: AbortSignal): void {
  if (signal?.aborted) throw cancelled(signal);
}

/** Resolves after `ms`; rejects `cancelled` when the signal comes first. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const abort = () => reject(cancelled(signal));
  signal?.addEventListener("abort", abort, { once: true });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** Waits for something that goes on without us when the signal comes: rejects `cancelled` then. */
export async function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  work.catch(() => undefined); // after the signal nobody listens
  throwIfAborted(signal);
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(cancelled(signal));
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
