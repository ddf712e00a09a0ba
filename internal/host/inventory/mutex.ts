import { fault } from "../fault.ts";

/** Callers that may wait for one VM. */
const waitersMax = 32;

/** Lets one piece of work at a time through, in order; more than {@link waitersMax} waiting is a TaskInProgress fault. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();
  #waiters = 0;

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiters >= waitersMax) {
      throw fault("TaskInProgress", `${waitersMax} operations already wait for this object`);
    }
    this.#waiters++;
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiters--;
    }
  }
}
