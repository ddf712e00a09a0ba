import { type MoRef, sameRef } from "../../vim25/types.ts";
import { fault } from "../fault.ts";
import type { Inventory, ManagedObject } from "../inventory/inventory.ts";
import { checkSpec, evaluate, type FilterSpec, objectContent, PropertyFilter } from "./filter.ts";
import type { Resolve } from "./select.ts";

const filtersMax = 1000;
/** Retrievals that wait for ContinueRetrievePropertiesEx; the oldest is dropped. */
const continuationsMax = 16;
const objectsDefault = 10_000;
/** Objects in one set of updates when the client does not say. */
const updatesDefault = 10_000;
const waitMaxSeconds = 30 * 60;

/** Decoded WaitOptions. */
export interface WaitOptions {
  maxWaitSeconds?: number;
  maxObjectUpdates?: number;
}

/** UpdateSet. */
export type UpdateSet = Record<string, unknown>;

/** A PropertyCollector of one session: one-time reads, and filters whose changes are waited for. */
export class PropertyCollector implements ManagedObject {
  readonly ref: MoRef;
  readonly properties: Record<string, () => unknown>;
  readonly #inventory: Inventory;
  readonly #resolve: Resolve;
  readonly #filters = new Map<string, PropertyFilter>();
  readonly #rest = new Map<string, Record<string, unknown>[]>();
  readonly #unsubscribe: () => void;
  #count = 0;
  #version = 0;
  /** What was answered last, for a client that lost the answer and asks for the version before again. */
  #last: { asked: number; answer: UpdateSet } | undefined;
  /** Ends the wait that is under way; there is one at a time. */
  #wake: ((why: "changed" | "cancelled") => void) | undefined;

  constructor(ref: MoRef, inventory: Inventory, resolve: Resolve) {
    this.ref = ref;
    this.#inventory = inventory;
    this.#resolve = resolve;
    this.properties = { filter: () => [...this.#filters.values()].map((f) => f.ref) };
    this.#unsubscribe = this.#inventory.subscribe((keys) => {
      let isConcerned = false;
      for (const filter of this.#filters.values()) isConcerned = filter.note(keys) || isConcerned;
      if (isConcerned) this.#wake?.("changed");
    });
  }

  /** One-time read. */
  retrieve(
    specs: FilterSpec[],
    maxObjects: number | undefined,
  ): Record<string, unknown> | undefined {
    const objects: Record<string, unknown>[] = [];
    for (const spec of specs) {
      checkSpec(spec);
      objects.push(...evaluate(spec, this.#resolve, true).map(objectContent));
    }
    return objects.length === 0 ? undefined : this.#page(objects, maxObjects);
  }

  /** The rest of a read that was cut. */
  proceed(token: string): Record<string, unknown> {
    const objects = this.#take(token);
    return this.#page(objects, objects.length);
  }

  cancelRetrieve(token: string): void {
    this.#take(token);
  }

  #take(token: string): Record<string, unknown>[] {
    const rest = this.#rest.get(token);
    if (!rest) {
      throw fault("InvalidProperty", "no retrieval goes on by this token", { name: "token" });
    }
    this.#rest.delete(token);
    return rest;
  }

  #page(objects: Record<string, unknown>[], max = objectsDefault): Record<string, unknown> {
    if (!(max > 0) || objects.length <= max) return { objects };
    const token = String(++this.#count);
    const [oldest] = this.#rest.size >= continuationsMax ? this.#rest.keys() : [];
    if (oldest !== undefined) this.#rest.delete(oldest);
    this.#rest.set(token, objects.slice(max));
    return { token, objects: objects.slice(0, max) };
  }

  createFilter(spec: FilterSpec): MoRef {
    checkSpec(spec);
    if (this.#filters.size >= filtersMax) {
      throw fault("LimitExceeded", `a collector has at most ${filtersMax} filters`);
    }
    evaluate(spec, this.#resolve, true);
    const value = `${this.ref.value}-filter-${++this.#count}`;
    const filter = new PropertyFilter({ type: "PropertyFilter", value }, spec, this.#resolve);
    this.#filters.set(value, filter);
    this.#wake?.("changed");
    return filter.ref;
  }

  destroyFilter(ref: MoRef): boolean {
    return this.#filters.delete(ref.value);
  }

  filter(ref: MoRef): PropertyFilter | undefined {
    const filter = this.#filters.get(ref.value);
    return filter && sameRef(filter.ref, ref) ? filter : undefined;
  }

  /** What changed since `version`, at once; undefined: nothing. */
  check(version: string | undefined, options: WaitOptions = {}): UpdateSet | undefined {
    const asked = this.#parseVersion(version);
    if (asked === 0) for (const filter of this.#filters.values()) filter.reset();
    else if (this.#last?.asked === asked && asked !== this.#version) return this.#last.answer;
    else if (asked !== this.#version) {
      throw fault("InvalidCollectorVersion", `version ${asked} is too old`);
    }
    const answer = this.#updates(options.maxObjectUpdates);
    if (answer) this.#last = { asked, answer };
    return answer;
  }

  /** What changed since `version`; waits for it. Undefined: nothing within the time. */
  async wait(
    version: string | undefined,
    options: WaitOptions,
    signal: AbortSignal,
  ): Promise<UpdateSet | undefined> {
    this.#wake?.("cancelled");
    const seconds = Math.min(options.maxWaitSeconds ?? waitMaxSeconds, waitMaxSeconds);
    const deadline = performance.now() + seconds * 1000;
    let asked = version;
    for (;;) {
      const answer = this.check(asked, options);
      if (answer) return answer;
      // The first look reported everything there was: from here on only differences.
      if (this.#parseVersion(asked) === 0) {
        this.#version ||= 1;
        asked = String(this.#version);
      }
      const left = deadline - performance.now();
      if (left <= 0) return undefined;
      const why = await this.#sleep(left, signal);
      if (why === "timeout") return undefined;
      if (why === "cancelled") throw fault("RequestCanceled", "the wait was cancelled");
    }
  }

  /** Ends the wait that is under way. */
  cancelWait(): void {
    this.#wake?.("cancelled");
  }

  close(): void {
    this.#unsubscribe();
    this.#filters.clear();
    this.#rest.clear();
    this.cancelWait();
  }

  #parseVersion(version: string | undefined): number {
    if (version === undefined || version === "") return 0;
    const number = Number(version);
    if (Number.isInteger(number) && number >= 0) return number;
    throw fault("InvalidCollectorVersion", `"${version}" is not a version`);
  }

  #updates(max = updatesDefault): UpdateSet | undefined {
    const most = max > 0 ? max : updatesDefault;
    const filterSet: Record<string, unknown>[] = [];
    let left = most;
    for (const filter of this.#filters.values()) {
      if (left === 0) break;
      const found = filter.update(left);
      if (!found) continue;
      filterSet.push(found.update);
      left -= found.count;
    }
    if (filterSet.length === 0) return undefined;
    const isTruncated = left === 0 && [...this.#filters.values()].some((f) => f.isStale);
    this.#version++;
    return {
      version: String(this.#version),
      filterSet,
      ...(isTruncated ? { truncated: true } : {}),
    };
  }

  #sleep(ms: number, signal: AbortSignal): Promise<"changed" | "cancelled" | "timeout"> {
    return new Promise((resolve) => {
      const finish = (why: "changed" | "cancelled" | "timeout") => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        if (this.#wake === finish) this.#wake = undefined;
        resolve(why);
      };
      const abort = () => finish("cancelled");
      const timer = setTimeout(() => finish("timeout"), ms);
      signal.addEventListener("abort", abort);
      this.#wake = finish;
      if (signal.aborted) abort();
    });
  }
}
