/** A mutex per key. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs the job after every earlier one with the same key. */
  async run<T>(key: string, job: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    let release!: () => void;
    const tail = new Promise<void>((done) => (release = done));
    this.#tails.set(key, tail);
    await before;
    try {
      return await job();
    } finally {
      release();
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    }
  }
}
