import type { VicError } from "../../errors/errors.ts";

/** Most ports forwarded at a time. */
const forwardsMax = 4096;
/** Pause before a port that could not be had is tried again, milliseconds. */
const retryMs = 5_000;

/** A port of this machine that leads into a guest. */
export interface Forward {
  protocol: "tcp" | "udp";
  outside: string;
  inside: string;
  port: number;
}

/** Whoever really listens. */
export interface Forwarder {
  add(forward: Forward): Promise<void>;
  remove(forward: Forward): Promise<void>;
}

const keyOf = (f: Forward): string => `${f.protocol}:${f.outside}:${f.port}`;

/**
 * Brings the forwards that exist in line with those that the guests' tools ask for. Works in the background, one
 * change at a time; a port that is in use or needs privileges is logged once and tried again.
 */
export class Forwards {
  readonly #log: (line: string) => void;
  /** What each guest wants. */
  readonly #wanted = new Map<string, Forward[]>();
  readonly #present = new Map<string, Forward>();
  /** Failed, and why (to log each reason once). */
  readonly #failed = new Map<string, string>();
  #forwarder: Forwarder | undefined;
  #isWorking = false;
  #isStale = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** A fresh forwarder that has no forwards yet, or none any more. */
  use(forwarder: Forwarder | undefined): void {
    this.#forwarder = forwarder;
    this.#present.clear();
    this.#update();
  }

  /** What a guest wants from now on; an empty list when it is gone. */
  set(guest: string, forwards: Forward[]): void {
    if (forwards.length === 0) this.#wanted.delete(guest);
    else this.#wanted.set(guest, forwards);
    this.#update();
  }

  close(): void {
    this.#forwarder = undefined;
    clearTimeout(this.#timer);
  }

  #update(): void {
    this.#isStale = true;
    if (!this.#isWorking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    while (this.#isStale) {
      this.#isStale = false;
      await this.#reconcile();
    }
    this.#isWorking = false;
  }

  async #reconcile(): Promise<void> {
    const goal = new Map<string, Forward>();
    for (const forward of [...this.#wanted.values()].flat()) {
      // The first guest that claims an address keeps it.
      const key = keyOf(forward);
      if (goal.size < forwardsMax && !goal.has(key)) goal.set(key, forward);
    }
    for (const key of this.#failed.keys()) if (!goal.has(key)) this.#failed.delete(key);
    for (const [key, forward] of this.#present) {
      if (!goal.has(key)) await this.#change("remove", key, forward);
    }
    for (const [key, forward] of goal) {
      if (!this.#present.has(key)) await this.#change("add", key, forward);
    }
    clearTimeout(this.#timer);
    if (this.#failed.size === 0 || !this.#forwarder) return;
    this.#timer = setTimeout(() => this.#update(), retryMs);
    this.#timer.unref();
  }

  async #change(action: "add" | "remove", key: string, forward: Forward): Promise<void> {
    const forwarder = this.#forwarder;
    if (!forwarder) return;
    try {
      await forwarder[action](forward);
      // The forwarder may have been replaced while it worked; the new one starts from nothing.
      if (forwarder !== this.#forwarder) return;
      if (action === "add") this.#present.set(key, forward);
      else this.#present.delete(key);
      this.#failed.delete(key);
    } catch (error) {
      if (forwarder !== this.#forwarder) return;
      if (action === "remove") this.#present.delete(key);
      const reason = (error as VicError).message;
      if (action === "add" && this.#failed.get(key) !== reason) {
        this.#failed.set(key, reason);
        this.#log(`port ${forward.protocol} ${forward.outside}:${forward.port}: ${reason}`);
      }
    }
  }
}
