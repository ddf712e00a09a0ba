import { baseOf, managedProperties } from "../../vim25/schema/schema.ts";
import { type MoRef, refKey } from "../../vim25/types.ts";
import { fault } from "../fault.ts";
import { type Refs, refsOf } from "./refs.ts";

/** Anything of the API that has a reference. */
export interface ManagedObject {
  readonly ref: MoRef;
  /**
   * Every top-level property by name, computed when asked; undefined: unset. Values are never changed in place, so
   * that a property collector can keep them and compare.
   */
  readonly properties: Readonly<Record<string, () => unknown>>;
}

/** Called with the keys (see refKey) of everything that changed since the last call. */
export type ChangeListener = (keys: ReadonlySet<string>) => void;

/**
 * All managed objects that every session sees, and the one bus on which their changes are told. Changes made in one
 * turn of the event loop are told together.
 */
export class Inventory {
  /** Whatever is always there, by the names it has here. */
  readonly refs: Refs;
  readonly #objects = new Map<string, ManagedObject>();
  readonly #listeners = new Set<ChangeListener>();
  #changed = new Set<string>();

  constructor(refs: Refs = refsOf("esx")) {
    this.refs = refs;
  }

  add(object: ManagedObject): void {
    this.#objects.set(refKey(object.ref), object);
    this.changed(object.ref);
  }

  remove(ref: MoRef): void {
    if (this.#objects.delete(refKey(ref))) this.changed(ref);
  }

  find(ref: MoRef): ManagedObject | undefined {
    return this.#objects.get(refKey(ref));
  }

  /** Whether there is an object with this key (see refKey). */
  has(key: string): boolean {
    return this.#objects.has(key);
  }

  /** The object, or a ManagedObjectNotFound fault. */
  get(ref: MoRef): ManagedObject {
    const object = this.find(ref);
    if (!object) throw notFound(ref);
    return object;
  }

  all(): Iterable<ManagedObject> {
    return this.#objects.values();
  }

  /** Tells listeners, at the end of this turn, that properties of these objects may be different. */
  changed(...refs: MoRef[]): void {
    if (this.#changed.size === 0 && refs.length > 0) queueMicrotask(() => this.#tell());
    for (const ref of refs) this.#changed.add(refKey(ref));
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    const keys = this.#changed;
    this.#changed = new Set();
    for (const listener of this.#listeners) listener(keys);
  }
}

/** Whether an object of managed type `type` is also a `wanted`. */
export function isKind(type: string, wanted: string): boolean {
  return wanted === "ManagedObject" || lineage(type).includes(wanted);
}

/** The type and everything it derives from, nearest first. */
export function lineage(type: string): string[] {
  const line: string[] = [];
  for (let t: string | undefined = type; t !== undefined; t = baseOf(t) ?? extraBases[t]) {
    line.push(t);
  }
  return line;
}

/** Bases that only matter for methods. */
const extraBases: Record<string, string> = { ManagedObjectView: "View" };

/** Names of all properties that vim25 declares for the type. */
export function propertyNames(type: string): string[] {
  return [...new Set((managedProperties(type) ?? []).map((field) => field.name))];
}

/** The fault for a reference that leads nowhere. */
export function notFound(ref: MoRef): Error {
  const text = `the object ${ref.type} "${ref.value}" has been deleted or was never created`;
  return fault("ManagedObjectNotFound", text, { obj: ref });
}
