/** What happened lately, for any number of readers at their own pace, in bounded memory. */
import type { Event } from "../api/types.ts";
import { nowNs } from "../time.ts";

/** Events kept; a reader that is further behind misses the oldest. Docker keeps 256. */
export const eventsMax = 4096;

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

  /** Adds an event that happens now; times never repeat. */
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

  /** What has happened from `sinceNs` on, as far as it is kept. */
  past(sinceNs: bigint): Event[] {
    return this.#events.filter((event) => BigInt(event.timeNs) >= sinceNs);
  }

  /** Events from `sinceNs` on, or from now on; goes on until `signal`. */
  async *follow(sinceNs: bigint | undefined, signal: AbortSignal): AsyncGenerator<Event> {
    let next = this.#first + this.#events.length;
    if (sinceNs !== undefined) {
      const at = this.#events.findIndex((event) => BigInt(event.timeNs) >= sinceNs);
      if (at >= 0) next = this.#first + at;
    }
    const aborted = Promise.withResolvers<void>();
    const abort = () => aborted.resolve();
    signal.addEventListener("abort", abort, { once: true });
    try {
      while (!signal.aborted) {
        const wake = this.#wake.promise;
        next = Math.max(next, this.#first);
        const event = this.#events[next - this.#first];
        if (event) {
          next += 1;
          yield event;
        } else await Promise.race([wake, aborted.promise]);
      }
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }
}
