/** Wrong passwords for one name that cost no delay, the first delay after them, and the longest, milliseconds. */
const freeFailures = 5;
const firstDelayMs = 250;
const longestDelayMs = 2000;
/** Failures are forgotten after this time without another one, milliseconds. */
const memoryMs = 15 * 60 * 1000;
/** Longest time that an attempt is made to wait for its turn, milliseconds. */
const queueMaxMs = 10_000;

/** The clock of a {@link Throttle}; tests have their own. */
export interface Clock {
  /** Milliseconds. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

const realClock: Clock = { now: () => performance.now(), sleep: (ms) => Bun.sleep(ms) };

interface Entry {
  failures: number;
  lastAt: number;
  /** When the next attempt may be made. */
  nextAt: number;
}

/**
 * Slows guessing down: after some wrong passwords each further attempt on the same name has to wait, and attempts that
 * come at once wait one after the other. Names are those of accounts that exist, so there are not many.
 */
export class Throttle {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock = realClock) {
    this.#clock = clock;
  }

  /** Waits for the turn of an attempt; false: too many wait already. */
  async turn(name: string): Promise<boolean> {
    const entry = this.#entries.get(name);
    if (!entry || entry.failures < freeFailures) return true;
    const now = this.#clock.now();
    if (now - entry.lastAt > memoryMs) {
      this.#entries.delete(name);
      return true;
    }
    const at = Math.max(now, entry.nextAt);
    if (at - now > queueMaxMs) return false;
    entry.nextAt = at + delayMs(entry.failures);
    await this.#clock.sleep(at - now);
    return true;
  }

  failed(name: string): void {
    const entry = this.#entries.get(name) ?? { failures: 0, lastAt: 0, nextAt: 0 };
    const now = this.#clock.now();
    entry.failures = now - entry.lastAt > memoryMs ? 1 : entry.failures + 1;
    entry.lastAt = now;
    entry.nextAt = Math.max(entry.nextAt, now + delayMs(entry.failures));
    this.#entries.set(name, entry);
  }

  succeeded(name: string): void {
    this.#entries.delete(name);
  }
}

function delayMs(failures: number): number {
  if (failures < freeFailures) return 0;
  return Math.min(firstDelayMs * 2 ** (failures - freeFailures), longestDelayMs);
}
