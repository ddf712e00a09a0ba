/** What happened lately, for any number of readers at their own pace, in bounded memory. */
import type { Event } from "../api/types.ts";
import { nowNs, within } from "../time.ts";

/** Events kept; a reader that is further behind misses the oldest. Docker keeps 256. */
export const eventsMax = 4096;

/** A longer timer would fire at once. */
const timerMaxMs = 2 ** 31 - 1;

/** Times in nanoseconds since the epoch, both inclusive. */
export interface EventRange {
  since?: bigint | undefined;
  until?: bigint | undefined;
}

/** The port layer's events. */
export class EventRing {
  readonly #max: number;
  #events: Event[] = [];
  /** Sequence number of #events[0]. */
  #first = 0;
  #lastNs = 0n;
  #wake = Promise.withResolvers<void>();

  constructor(max = eventsMax) {
    this.#max = max;
  }

  /** Adds an event that happens now; times grow and never repeat. */
  publish(event: Omit<Event, "timeNs">): void {
    const now = nowNs();
    this.#lastNs = now > this.#lastNs ? now : this.#lastNs + 1n;
    this.#events.push({ timeNs: String(this.#lastNs), ...event });
    if (this.#events.length > this.#max) {
      this.#events.shift();
      this.#first += 1;
    }
    const wake = this.#wake;
    this.#wake = Promise.withResolvers<void>();
    wake.resolve();
  }

  /**
   * Events from `since` on, or from this call on, each once and in order; ends with `signal`, or when `until` is over and
   * everything up to it was read.
   */
  follow({ since, until }: EventRange, signal: AbortSignal): AsyncGenerator<Event> {
    let next = this.#first + this.#events.length;
    if (since !== undefined) {
      const at = this.#events.findIndex((event) => BigInt(event.timeNs) >= since);
      if (at >= 0) next = this.#first + at;
    }
    return this.#read(next, until, signal);
  }

  async *#read(
    from: number,
    until: bigint | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Event> {
    let next = from;
    const aborted = Promise.withResolvers<void>();
    const abort = () => aborted.resolve();
    signal.addEventListener("abort", abort, { once: true });
    try {
      while (!signal.aborted) {
        const wake = this.#wake.promise;
        next = Math.max(next, this.#first);
        const event = this.#events[next - this.#first];
        if (event) {
          if (until !== undefined && BigInt(event.timeNs) > until) return;
          next += 1;
          yield event;
        } else {
          const leftMs = until === undefined ? timerMaxMs : Number((until - nowNs()) / 1_000_000n);
          if (leftMs < 0) return;
          await within(Promise.race([wake, aborted.promise]), Math.min(leftMs + 1, timerMaxMs));
        }
      }
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }
}
