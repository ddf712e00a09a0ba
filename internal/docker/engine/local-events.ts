/** Events only the Docker API knows of: the port layer sees an image commit, not whether it was a pull or a load. */
import type { Event } from "../../portlayer/api/types.ts";

const historyMax = 256;

/** A short history and its listeners. */
export class LocalEvents {
  readonly #history: Event[] = [];
  readonly #listeners = new Set<(event: Event) => void>();

  /** Number of `docker events` clients. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Records an event of now. */
  emit(
    type: Event["type"],
    action: Event["action"],
    id: string,
    attributes: Record<string, string>,
  ): void {
    const timeNs = (BigInt(Date.now()) * 1_000_000n).toString();
    const event: Event = { timeNs, type, action, id, attributes };
    this.#history.push(event);
    if (this.#history.length > historyMax) this.#history.shift();
    for (const listener of this.#listeners) listener(event);
  }

  /** Replays what happened since (when given) and calls for each new event until unsubscribed. */
  subscribe(sinceNs: bigint | undefined, listener: (event: Event) => void): () => void {
    if (sinceNs !== undefined) {
      for (const event of this.#history) if (BigInt(event.timeNs) >= sinceNs) listener(event);
    }
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
