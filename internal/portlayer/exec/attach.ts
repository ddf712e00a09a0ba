/** Sessions on a container's streams, also ones that were opened before it runs. */
import { VicError } from "../../errors/errors.ts";
import type { Call, Mux } from "../../guest/mux.ts";
import type { Attach } from "../api/types.ts";
import type { Connections } from "./connections.ts";
import type { Entry } from "./entry.ts";

/** Sessions that wait for a start, for one container. */
const pendingMax = 64;
/** A running container's tether connects within this, also after the appliance came back. */
const connectMs = 30_000;

interface Pending {
  streams: Attach;
  signal: AbortSignal;
  resolve: (call: Call<"attach">) => void;
  reject: (error: unknown) => void;
}

/** See the file's head. */
export class AttachSessions {
  readonly #connections: Connections;
  readonly #pending = new Map<string, Set<Pending>>();
  readonly #open = new Map<string, Set<Call<"attach">>>();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Whether a start must hold the process back until the sessions are open. */
  isAwaited(id: string): boolean {
    return (this.#pending.get(id)?.size ?? 0) > 0;
  }

  /** Joins at once when the container runs, otherwise with its next start. `signal`: the client went. */
  async join(entry: Entry, streams: Attach, signal: AbortSignal): Promise<Call<"attach">> {
    if (entry.isRunning) {
      const { run } = entry.facts.config;
      const mux = await this.#connections.until(entry.id, run, connectMs, signal);
      return this.#call(entry.id, mux, streams, signal);
    }
    return this.#wait(entry, streams, signal);
  }

  #wait(entry: Entry, streams: Attach, signal: AbortSignal): Promise<Call<"attach">> {
    const set = this.#pending.get(entry.id) ?? new Set();
    if (set.size >= pendingMax)
      throw new VicError("exhausted", `${pendingMax} sessions wait for this container already`);
    this.#pending.set(entry.id, set);
    const { promise, resolve, reject } = Promise.withResolvers<Call<"attach">>();
    const pending = { streams, signal, resolve, reject };
    set.add(pending);
    const forget = () => {
      set.delete(pending);
      if (set.size === 0 && this.#pending.get(entry.id) === set) this.#pending.delete(entry.id);
    };
    const abort = () => {
      forget();
      reject(new VicError("cancelled", "the client went away"));
    };
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    return promise.finally(() => {
      forget();
      signal.removeEventListener("abort", abort);
    });
  }

  /** Opens all waiting sessions on a fresh channel, in the order they came. */
  open(id: string, mux: Mux): void {
    for (const { streams, signal, resolve, reject } of this.#take(id)) {
      try {
        resolve(this.#call(id, mux, streams, signal));
      } catch (error) {
        reject(error);
      }
    }
  }

  /** The start they wait for failed, or will never come. */
  fail(id: string, error: VicError): void {
    for (const pending of this.#take(id)) pending.reject(error);
  }

  /** Resolves when no session is open: the streams of a process that ended have reached their clients. */
  async drained(id: string): Promise<void> {
    for (let open = this.#open.get(id); open; open = this.#open.get(id))
      await Promise.allSettled([...open].map((call) => call.result));
  }

  #call(id: string, mux: Mux, streams: Attach, signal: AbortSignal): Call<"attach"> {
    const call = mux.call("attach", { ...streams }, signal);
    const open = this.#open.get(id) ?? new Set();
    this.#open.set(id, open.add(call));
    const forget = () => {
      open.delete(call);
      if (open.size === 0 && this.#open.get(id) === open) this.#open.delete(id);
    };
    void call.result.then(forget, forget);
    return call;
  }

  #take(id: string): Pending[] {
    const set = this.#pending.get(id);
    this.#pending.delete(id);
    return set ? [...set] : [];
  }
}
