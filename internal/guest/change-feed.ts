/** Subscribers kept at once. */
const subscribersMax = 16;

/** Hands sets of key names to any number of subscribers; what one has not taken yet is merged, never queued. */
export class ChangeFeed {
  readonly #subscribers = new Set<{ pending: Set<string>; wake: () => void }>();
  #isClosed = false;

  publish(names: Iterable<string>): void {
    const added = [...names];
    if (added.length === 0) return;
    for (const subscriber of this.#subscribers) {
      for (const name of added) subscriber.pending.add(name);
      subscriber.wake();
    }
  }

  /** Everything published from now on. The subscription starts with this call, not with the first `next`. */
  subscribe(): AsyncIterableIterator<string[]> {
    if (this.#subscribers.size >= subscribersMax) throw new RangeError("too many subscribers");
    const subscriber = { pending: new Set<string>(), wake: (): void => {} };
    this.#subscribers.add(subscriber);
    const end = (): void => void this.#subscribers.delete(subscriber);
    const iterator: AsyncIterableIterator<string[]> = {
      [Symbol.asyncIterator]: () => iterator,
      next: async () => {
        while (subscriber.pending.size === 0 && !this.#isClosed)
          await new Promise<void>((resolve) => (subscriber.wake = resolve));
        if (this.#isClosed) return { done: true, value: undefined };
        const value = [...subscriber.pending];
        subscriber.pending.clear();
        return { done: false, value };
      },
      return: async () => {
        end();
        return { done: true, value: undefined };
      },
    };
    return iterator;
  }

  close(): void {
    this.#isClosed = true;
    for (const subscriber of this.#subscribers) subscriber.wake();
    this.#subscribers.clear();
  }
}

/** Keeps what happened before somebody listened; at most {@link heldMax} of it. */
export class EarlyBird<T> {
  #handlers: ((value: T) => void)[] = [];
  #held: T[] = [];

  emit(value: T): void {
    if (this.#handlers.length > 0) for (const handler of this.#handlers) handler(value);
    else if (this.#held.length < heldMax) this.#held.push(value);
  }

  on(handler: (value: T) => void): void {
    this.#handlers.push(handler);
    for (const value of this.#held.splice(0)) handler(value);
  }
}
const heldMax = 4;
