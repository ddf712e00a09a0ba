/** A transfer that stands still for this long ends, and how often that is looked at, milliseconds. */
const stallMs = 120_000;
const lookMs = 15_000;

/** Notices that a transfer stands still. */
export class Progress implements Disposable {
  readonly #timer: Timer;
  #last = performance.now();

  constructor(stalled: () => void) {
    this.#timer = setInterval(() => {
      if (performance.now() - this.#last > stallMs) stalled();
    }, lookMs);
    this.#timer.unref();
  }

  /** Something was transferred. */
  readonly touch = (): void => {
    this.#last = performance.now();
  };

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
