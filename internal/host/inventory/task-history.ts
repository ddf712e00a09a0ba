import type { MoRef } from "../../vim25/types.ts";
import type { HistorySource } from "../events/history.ts";
import { tasksMax, type Store } from "./store.ts";

/** TaskInfo, as far as vic-host reads it itself. */
export interface TaskInfo {
  key: string;
  task: MoRef;
  state: "queued" | "running" | "success" | "error";
  entity?: MoRef;
  queueTime: string;
  startTime?: string | undefined;
  completeTime?: string | undefined;
  cancelled: boolean;
  cancelable: boolean;
  eventChainId: number;
  reason: { _type: string; userName?: string };
  [field: string]: unknown;
}

/** A task that was begun, by the number under which it is stored. */
export interface TaskEntry {
  readonly number: number;
  readonly info: TaskInfo;
}

/** Longest result or error that is stored, characters; longer ones are only there until vic-host ends. */
const partMaxChars = 64 * 1024;

/**
 * The last {@link tasksMax} tasks, durable. The history is a help for people and no acknowledged state, so a database
 * that takes nothing (the disk is full) costs a task its place in it and not its success.
 */
export class TaskHistory implements HistorySource<TaskEntry> {
  readonly #store: Store;
  readonly #listeners = new Set<(entry: TaskEntry) => void>();
  #entries: TaskEntry[];

  constructor(store: Store) {
    this.#store = store;
    this.#entries = store
      .tasks()
      .map(({ key, json }) => ({ number: key, info: JSON.parse(json) as TaskInfo }));
  }

  /** The number for a task that is about to begin: greater than that of every task that was stored. */
  nextNumber(): number {
    return (this.#entries.at(-1)?.number ?? 0) + 1;
  }

  /** Puts a new task into the history, or tells what has become of one. */
  put(number: number, info: TaskInfo, isDurable: boolean): void {
    const entry: TaskEntry = { number, info };
    const at = this.#entries.findLastIndex((known) => known.number === number);
    if (at >= 0) this.#entries[at] = entry;
    else this.#entries.push(entry);
    if (this.#entries.length > tasksMax * 1.1) this.#entries = this.#entries.slice(-tasksMax);
    if (isDurable) this.#save(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  /** Oldest first. */
  items(): readonly TaskEntry[] {
    return this.#entries;
  }
  keyOf(entry: TaskEntry): number {
    return entry.number;
  }
  subscribe(listener: (entry: TaskEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #save({ number, info }: TaskEntry): void {
    const short = (value: unknown) =>
      (JSON.stringify(value)?.length ?? 0) > partMaxChars ? undefined : value;
    try {
      this.#store.putTask(number, {
        ...info,
        result: short(info["result"]),
        error: short(info["error"]),
      });
    } catch {
      // See the class's description.
    }
  }
}
