import type { MoRef } from "../../vim25/types.ts";
import { type FaultDetail, faultOf } from "../fault.ts";
import type { Inventory } from "./inventory.ts";

/** Finished tasks kept for those who look late, and for how long. */
const finishedMax = 1000;
const finishedMs = 10 * 60 * 1000;
/** Tasks that may be under way at once. */
const runningMax = 2000;

/** Reports 0 to 100. */
export type Progress = (percent: number) => void;

/** What a task is about. */
export interface TaskSubject {
  entity: MoRef;
  entityName: string;
  /** Method, for example "PowerOnVM_Task". */
  method: string;
  userName: string;
}

interface TaskEntry {
  ref: MoRef;
  finishedAt?: number;
}

/** Makes Task objects and runs what they stand for. */
export class Tasks {
  readonly #inventory: Inventory;
  readonly #entries = new Map<string, TaskEntry>();
  readonly #running = new Set<Promise<void>>();
  /** Different after every start, so that references of an earlier run lead nowhere. */
  readonly #run = Date.now().toString(36);
  #count = 0;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
  }

  /** References of the newest tasks, oldest first. */
  get recent(): MoRef[] {
    return [...this.#entries.values()].slice(-20).map((entry) => entry.ref);
  }

  /** Starts `work` and returns the Task at once. */
  start(subject: TaskSubject, work: (progress: Progress) => Promise<unknown>): MoRef {
    this.#trim();
    if (this.#running.size >= runningMax) {
      throw new Error(`more than ${runningMax} tasks are under way`);
    }
    const ref: MoRef = { type: "Task", value: `haTask-${this.#run}-${++this.#count}` };
    const entry: TaskEntry = { ref };
    let info: Record<string, unknown> = {
      ...firstInfo(ref, subject, this.#count),
      state: "running",
      startTime: now(),
    };
    const update = (changes: Record<string, unknown>): void => {
      info = { ...info, ...changes };
      this.#inventory.changed(ref);
    };
    this.#entries.set(ref.value, entry);
    this.#inventory.add({ ref, properties: { info: () => info } });
    const run = async (): Promise<void> => {
      try {
        const result = await work((progress) => update({ progress: Math.round(progress) }));
        update({ state: "success", result, progress: undefined, completeTime: now() });
      } catch (error) {
        update({ state: "error", error: localized(error), completeTime: now() });
      }
      entry.finishedAt = performance.now();
    };
    const running = run().finally(() => this.#running.delete(running));
    this.#running.add(running);
    return ref;
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #trim(): void {
    const finished = [...this.#entries.values()].filter((e) => e.finishedAt !== undefined);
    const old = performance.now() - finishedMs;
    for (const [index, entry] of finished.entries()) {
      const isOver = finished.length - index >= finishedMax;
      if (!isOver && (entry.finishedAt ?? 0) > old) continue;
      this.#entries.delete(entry.ref.value);
      this.#inventory.remove(entry.ref);
    }
  }
}

const now = (): string => new Date().toISOString();

function firstInfo(ref: MoRef, subject: TaskSubject, count: number): Record<string, unknown> {
  const verb = subject.method.replace(/_Task$/, "");
  return {
    key: ref.value,
    task: ref,
    name: subject.method,
    descriptionId: `${subject.entity.type}.${verb.charAt(0).toLowerCase()}${verb.slice(1)}`,
    entity: subject.entity,
    entityName: subject.entityName,
    cancelled: false,
    cancelable: false,
    reason: { _type: "TaskReasonUser", userName: subject.userName },
    queueTime: now(),
    eventChainId: count,
  };
}

/** The fault object of the API for an error. */
export function methodFault({ fault, properties }: FaultDetail): {
  _type: string;
  [field: string]: unknown;
} {
  return { ...properties, _type: fault };
}

/** An error as LocalizedMethodFault. */
function localized(error: unknown): Record<string, unknown> {
  const detail = faultOf(error);
  return { fault: methodFault(detail), localizedMessage: detail.message };
}
