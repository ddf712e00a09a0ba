/** The control channels that tethers opened, by container. */
import { VicError } from "../../errors/errors.ts";
import type { Hello } from "../../guest/control.ts";
import type { Mux } from "../../guest/mux.ts";
import { orAbort } from "../time.ts";

/** A channel and what its tether said of itself. */
interface Connection {
  mux: Mux;
  run: number;
}

/** See the file's head. */
export class Connections {
  readonly #byId = new Map<string, Connection>();
  readonly #waiting = new Map<string, PromiseWithResolvers<void>>();

  /** Takes a new channel; an older one of the same container is given up. */
  add(mux: Mux, { id, run }: Pick<Hello, "id" | "run">): void {
    this.#byId.get(id)?.mux.close(new VicError("unavailable", "replaced by a newer connection"));
    const connection = { mux, run };
    this.#byId.set(id, connection);
    void mux.closed.then(() => {
      if (this.#byId.get(id) === connection) this.#byId.delete(id);
    });
    this.#waiting.get(id)?.resolve();
    this.#waiting.delete(id);
  }

  /**
   * The channel of a container's run, if there is one. That of a VM which waited for its first start goes on to be the one
   * of that run.
   */
  get(id: string, run: number): Mux | undefined {
    const connection = this.#byId.get(id);
    const isIt = connection?.run === run || (connection?.run === 0 && run === 1);
    return isIt && !connection.mux.reason ? connection.mux : undefined;
  }

  /** The channel of a container's run; waits for the tether to connect, at most `ms`. */
  async until(id: string, run: number, ms: number, signal?: AbortSignal): Promise<Mux> {
    const late = AbortSignal.timeout(ms);
    const either = signal ? AbortSignal.any([signal, late]) : late;
    for (;;) {
      const mux = this.get(id, run);
      if (mux) return mux;
      const next = this.#waiting.get(id) ?? Promise.withResolvers<void>();
      this.#waiting.set(id, next);
      await orAbort(next.promise, either).catch((cause: unknown) => {
        if (signal?.aborted) throw cause;
        throw new VicError("unavailable", "the container's VM does not answer", {
          hint: "it may be starting, overloaded, or cut off from the bridge network",
          cause,
        });
      });
    }
  }

  /** Ends a container's channel; those who wait for one wait for the next. */
  hangUp(id: string): void {
    this.#byId.get(id)?.mux.close();
    this.#byId.delete(id);
  }

  /** Ends a container's channel; nobody waits for it any more either. */
  drop(id: string): void {
    this.hangUp(id);
    this.#waiting.delete(id);
  }
}
