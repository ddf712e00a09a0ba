import { type MoRef, sameRef } from "../../vim25/types.ts";
import { type Chain, runInChain } from "../events/chain.ts";
import type { EventLog } from "../events/event-log.ts";
import { fault, type FaultDetail, faultOf } from "../fault.ts";
import type { Inventory } from "./inventory.ts";
import type { Store } from "./store.ts";
import { TaskHistory, type TaskInfo } from "./task-history.ts";
import { descriptionId, methodLabel } from "./task-names.ts";

/** Finished tasks kept for those who look late, and for how long. */
const finishedMax = 1000;
const finishedMs = 10 * 60 * 1000;
/** Tasks shown as recent. */
const recentMax = 20;
/** Tasks that may be under way at once. */
const runningMax = 2000;
/** Shortest time between two reports of progress, milliseconds: each wakes every collector that looks. */
const progressMs = 100;

/** Reports 0 to 100. */
export type Progress = (percent: number) => void;

/** What a task is about. */
export interface TaskSubject {
  entity: MoRef;
  entityName: string;
  /** Method, for example "PowerOnVM_Task". */
  method: string;
  userName: string;
  /** The work ends early, with RequestCanceled, when its signal does. */
  isCancelable?: boolean;
}

/** A task of an extension: vic-host only shows it. */
export interface ForeignTask {
  entity: MoRef;
  entityName: string;
  taskTypeId: string;
  userName: string;
  isCancelable: boolean;
  parentTaskKey: string | undefined;
  activationId: string | undefined;
}

interface Entry {
  ref: MoRef;
  number: number;
  info: TaskInfo;
  chain: Chain;
  /** Of the work; undefined for a task of an extension. */
  abort: AbortController | undefined;
  finishedAt?: number;
}

/** Makes Task objects and runs what they stand for. */
export class Tasks {
  readonly history: TaskHistory;
  readonly #inventory: Inventory;
  readonly #events: EventLog;
  readonly #entries = new Map<string, Entry>();
  readonly #running = new Set<Promise<void>>();

  constructor(inventory: Inventory, store: Store, events: EventLog) {
    this.#inventory = inventory;
    this.#events = events;
    this.history = new TaskHistory(store);
    this.#endInterrupted();
    this.#showEarlier();
  }

  /** References of the newest tasks, oldest first. */
  get recent(): MoRef[] {
    return [...this.#entries.values()].slice(-recentMax).map((entry) => entry.ref);
  }

  /** Those of {@link recent} that are about an entity. */
  recentOf(entity: MoRef): MoRef[] {
    return [...this.#entries.values()]
      .slice(-recentMax)
      .filter(({ info }) => sameRef(info.entity, entity))
      .map(({ ref }) => ref);
  }

  /** Starts `work` and returns the Task at once. */
  start(
    subject: TaskSubject,
    work: (progress: Progress, signal: AbortSignal) => Promise<unknown>,
  ): MoRef {
    this.#makeRoom();
    const abort = new AbortController();
    const entry = this.#begin(abort, {
      name: subject.method,
      descriptionId: descriptionId(subject.entity.type, subject.method),
      entity: subject.entity,
      entityName: subject.entityName,
      state: "running",
      cancelable: subject.isCancelable ?? false,
      reason: { _type: "TaskReasonUser", userName: subject.userName },
    });
    const run = async (): Promise<void> => {
      try {
        const result = await work(this.#progressOf(entry), abort.signal);
        this.#end(entry, { state: "success", result, progress: undefined });
      } catch (error) {
        this.#end(entry, { state: "error", error: localized(error) });
      }
    };
    const running = runInChain(entry.chain, run).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return entry.ref;
  }

  /** Shows a task that somebody else does; who made it says how it goes. */
  createForeign(task: ForeignTask): TaskInfo {
    this.#makeRoom();
    const { entity, entityName, taskTypeId, userName, parentTaskKey, activationId } = task;
    return this.#begin(undefined, {
      name: taskTypeId,
      descriptionId: taskTypeId,
      entity,
      entityName,
      state: "queued",
      cancelable: task.isCancelable,
      reason: { _type: "TaskReasonUser", userName },
      ...(parentTaskKey === undefined ? {} : { parentTaskKey, rootTaskKey: parentTaskKey }),
      ...(activationId === undefined ? {} : { activationId }),
    }).info;
  }

  /** Asks for the early end of a task. */
  cancel(ref: MoRef): void {
    const entry = this.#unfinished(ref);
    if (!entry.info.cancelable) {
      throw fault("NotSupported", `${ref.value} cannot be cancelled: wait for its end`);
    }
    this.#change(entry, { cancelled: true });
    entry.abort?.abort(fault("RequestCanceled", "the task was cancelled"));
  }

  /** Changes what a task of an extension shows; the tasks of vic-host tell of themselves. */
  updateForeign(ref: MoRef, changes: Partial<TaskInfo>): void {
    const entry = this.#unfinished(ref);
    if (entry.abort) {
      throw fault(
        "InvalidState",
        `${ref.value} is a task of vic-host itself: nobody else steers it`,
      );
    }
    if (changes.state === "success" || changes.state === "error") return this.#end(entry, changes);
    const isStarted = changes.state === "running" && entry.info.startTime === undefined;
    this.#change(entry, { ...changes, ...(isStarted ? { startTime: now() } : {}) });
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #begin(
    abort: AbortController | undefined,
    parts: Omit<TaskInfo, "key" | "task" | "queueTime" | "cancelled" | "eventChainId">,
  ): Entry {
    const at = now();
    const number = this.history.nextNumber();
    const ref: MoRef = { type: "Task", value: `haTask-${number}` };
    const { userName = "" } = parts.reason as TaskInfo["reason"];
    const info = {
      key: ref.value,
      task: ref,
      cancelled: false,
      queueTime: at,
      ...(parts.state === "running" ? { startTime: at } : {}),
      eventChainId: 0,
      ...parts,
    } as TaskInfo;
    const chain: Chain = { id: undefined, userName, isOver: false };
    const entry: Entry = { ref, number, info, chain, abort };
    chain.id = this.#post(entry, userName);
    entry.info = { ...info, eventChainId: chain.id ?? 0 };
    this.history.put(number, entry.info, true);
    this.#show(entry);
    return entry;
  }

  /** The event that tells of a new task; the key of that is the chain's id. */
  #post({ info }: Entry, userName: string): number | undefined {
    const { entity, entityName, name } = info;
    const label = methodLabel(String(name));
    const isVm = entity?.type === "VirtualMachine";
    try {
      return this.#events.post({
        type: "TaskEvent",
        message: `Task: ${label} ${String(entityName)}`,
        userName,
        ...(isVm ? { vm: { name: String(entityName), vm: entity } } : {}),
        fields: { info },
      }).key;
    } catch {
      // The task goes on all the same: see TaskHistory.
      return undefined;
    }
  }

  #progressOf(entry: Entry): Progress {
    let toldAt = 0;
    return (percent) => {
      const at = performance.now();
      if (entry.finishedAt !== undefined || at - toldAt < progressMs) return;
      toldAt = at;
      this.#change(entry, { progress: Math.min(100, Math.max(0, Math.round(percent))) }, false);
    };
  }

  #end(entry: Entry, changes: Partial<TaskInfo>): void {
    entry.finishedAt = performance.now();
    entry.chain.isOver = true;
    this.#change(entry, { ...changes, cancelable: false, completeTime: now() });
    this.#changedAround(entry);
  }

  #change(entry: Entry, changes: Partial<TaskInfo>, isDurable = true): void {
    entry.info = { ...entry.info, ...changes };
    this.history.put(entry.number, entry.info, isDurable);
    this.#inventory.changed(entry.ref);
  }

  #unfinished(ref: MoRef): Entry {
    const entry = this.#entries.get(ref.value);
    if (!entry) throw fault("ManagedObjectNotFound", `${ref.value} is over`, { obj: ref });
    if (entry.finishedAt !== undefined) {
      throw fault("InvalidState", `${ref.value} has ended: ${entry.info.state}`);
    }
    return entry;
  }

  /** Tasks that an earlier vic-host did not bring to an end: nobody does now. */
  #endInterrupted(): void {
    for (const { number, info } of this.history.items()) {
      if (info.state !== "running" && info.state !== "queued") continue;
      const reason = "vic-host ended while the task was under way";
      const error = localized(fault("SystemError", reason, { reason }));
      const end = { state: "error", error, cancelable: false, completeTime: now() } as const;
      this.history.put(number, { ...info, ...end }, true);
    }
  }

  /** Tasks that ended a short while before vic-host was started: who waits for one learns how it went. */
  #showEarlier(): void {
    for (const { number, info } of this.history.items()) {
      const ageMs = Date.now() - Date.parse(info.completeTime ?? "");
      if (!(ageMs < finishedMs)) continue;
      const chain: Chain = { id: info.eventChainId, userName: "", isOver: true };
      const finishedAt = performance.now() - ageMs;
      this.#show({ ref: info.task, number, info, chain, abort: undefined, finishedAt });
    }
  }

  #show(entry: Entry): void {
    this.#entries.set(entry.ref.value, entry);
    this.#inventory.add({ ref: entry.ref, properties: { info: () => entry.info } });
    this.#changedAround(entry);
  }

  #changedAround({ info }: Entry): void {
    this.#inventory.changed({ type: "TaskManager", value: "ha-taskmgr" });
    if (info.entity) this.#inventory.changed(info.entity);
  }

  #makeRoom(): void {
    this.#trim();
    const unfinished = [...this.#entries.values()].filter((e) => e.finishedAt === undefined);
    if (unfinished.length >= runningMax) {
      throw fault("LimitExceeded", `more than ${runningMax} tasks are under way: wait for some`, {
        property: "task",
        limit: runningMax,
      });
    }
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

/** The fault object of the API for an error. */
export function methodFault({ fault: name, properties }: FaultDetail): {
  _type: string;
  [field: string]: unknown;
} {
  return { ...properties, _type: name };
}

/** An error as LocalizedMethodFault. */
function localized(error: unknown): Record<string, unknown> {
  const detail = faultOf(error);
  return { fault: methodFault(detail), localizedMessage: detail.message };
}
