import { propertyValue } from "../../vim25/property-path.ts";
import { type MoRef, refKey } from "../../vim25/types.ts";
import { isKind, type ManagedObject, notFound, propertyNames } from "../inventory/inventory.ts";
import { checkPath, readPath } from "../inventory/path.ts";
import { type ObjectSpec, type Resolve, select } from "./select.ts";
import { isContainer } from "./views.ts";
import { fault } from "../fault.ts";

/** Decoded PropertySpec. */
export interface PropertySpec {
  type: string;
  all?: boolean;
  pathSet?: string[];
}

/** Decoded PropertyFilterSpec. */
export interface FilterSpec {
  propSet: PropertySpec[];
  objectSet: ObjectSpec[];
  reportMissingObjectsInResults?: boolean;
}

/** An object and the values of its selected properties, by path. */
export interface Selected {
  ref: MoRef;
  values: Map<string, unknown>;
}

/** Checks what can be checked without looking at objects: types and paths. */
export function checkSpec(spec: FilterSpec): void {
  for (const { type, pathSet } of spec.propSet) {
    if (propertyNames(type).length === 0 && !isBase(type)) {
      throw fault("InvalidType", `there is no managed object type "${type}"`, { argument: type });
    }
    if (!isBase(type)) for (const path of pathSet ?? []) checkPath(type, path);
  }
}

const isBase = (type: string): boolean => ["ManagedObject", "View"].includes(type);

/** Selects and reads. With `isStrict`, an object of the spec that is not there is a ManagedObjectNotFound fault. */
export function evaluate(spec: FilterSpec, resolve: Resolve, isStrict: boolean): Selected[] {
  if (isStrict && !spec.reportMissingObjectsInResults) {
    for (const { obj } of spec.objectSet) if (!resolve(obj)) throw notFound(obj);
  }
  const found: Selected[] = [];
  for (const object of select(spec.objectSet, resolve).values()) {
    const selected = readObject(spec, object);
    if (selected) found.push(selected);
  }
  return found;
}

function readObject(spec: FilterSpec, object: ManagedObject): Selected | undefined {
  const paths = pathsOf(spec.propSet, object);
  if (!paths) return undefined;
  const values = new Map<string, unknown>();
  for (const path of paths) values.set(path, readPath(object, path));
  return { ref: object.ref, values };
}

/** Paths to read of an object; undefined: no PropertySpec is for its type. */
function pathsOf(specs: PropertySpec[], object: ManagedObject): Set<string> | undefined {
  const fitting = specs.filter((spec) => isKind(object.ref.type, spec.type));
  if (fitting.length === 0) return undefined;
  // Specs for a base and for the type itself add up: govmomi asks both, and takes what came of either.
  const paths = new Set<string>();
  for (const spec of fitting) {
    for (const path of spec.all ? Object.keys(object.properties) : (spec.pathSet ?? [])) {
      paths.add(path);
    }
  }
  return paths;
}

/** ObjectContent of what was read; unset properties are left out. */
export function objectContent({ ref, values }: Selected): Record<string, unknown> {
  return { obj: ref, propSet: changes(ref, values).filter((p) => p.val !== undefined) };
}

function changes(ref: MoRef, values: Map<string, unknown>) {
  return [...values].map(([name, value]) => ({
    name,
    val: propertyValue(ref.type, name, value),
  }));
}

/** A PropertyFilter: remembers what it reported and tells the differences. */
export class PropertyFilter implements ManagedObject {
  readonly ref: MoRef;
  readonly properties: Record<string, () => unknown>;
  readonly #spec: FilterSpec;
  readonly #resolve: Resolve;
  readonly #reported = new Map<string, Selected>();
  readonly #starts: Map<string, MoRef>;
  /** Whether a change of an object of a type can change what is selected. */
  readonly #isTraversed: (type: string) => boolean;
  /** Keys of what may be different from what was reported; "all" also when the selection may be. */
  #stale: Set<string> | "all" = "all";

  constructor(ref: MoRef, spec: FilterSpec, resolve: Resolve) {
    this.ref = ref;
    this.#spec = spec;
    this.#resolve = resolve;
    this.properties = { spec: () => spec, partialUpdates: () => false };
    this.#starts = new Map(spec.objectSet.map((o) => [refKey(o.obj), o.obj]));
    this.#isTraversed = traversed(spec.objectSet);
  }

  /** These objects changed; whether that may concern the filter. */
  note(keys: ReadonlySet<string>): boolean {
    if (this.#stale === "all") return true;
    for (const key of keys) {
      if (this.#isTraversed(key.slice(0, key.indexOf(":")))) {
        this.#stale = "all";
        return true;
      }
      if (this.#reported.has(key) || this.#starts.has(key)) this.#stale.add(key);
    }
    return this.isStale;
  }

  /** Forgets what was reported: the next {@link update} tells everything. */
  reset(): void {
    this.#reported.clear();
    this.#stale = "all";
  }

  /** PropertyFilterUpdate with at most `max` objects; undefined: nothing new. */
  update(max: number): { update: Record<string, unknown>; count: number } | undefined {
    if (!this.isStale) return undefined;
    const now = this.#read();
    const left = this.#stale === "all" ? this.#reported.keys() : this.#stale;
    const objectSet: Record<string, unknown>[] = [];
    let isWhole = true;
    for (const [key, selected] of now) {
      const before = this.#reported.get(key);
      const update = before ? difference(before, selected) : entered(selected);
      if (!update) continue;
      if (objectSet.length >= max) {
        isWhole = false;
        break;
      }
      this.#reported.set(key, selected);
      objectSet.push(update);
    }
    for (const key of isWhole ? [...left] : []) {
      const ref = this.#reported.get(key)?.ref;
      if (!ref || now.has(key)) continue;
      if (objectSet.length >= max) {
        isWhole = false;
        break;
      }
      this.#reported.delete(key);
      objectSet.push({ kind: "leave", obj: ref });
    }
    this.#stale = isWhole ? new Set() : "all";
    if (objectSet.length === 0) return undefined;
    return { update: { filter: this.ref, objectSet }, count: objectSet.length };
  }

  /** Whether there may be more to tell right now. */
  get isStale(): boolean {
    return this.#stale === "all" || this.#stale.size > 0;
  }

  /** What is stale, as it is now. */
  #read(): Map<string, Selected> {
    const now = new Map<string, Selected>();
    if (this.#stale === "all") {
      for (const selected of evaluate(this.#spec, this.#resolve, false)) {
        now.set(refKey(selected.ref), selected);
      }
      return now;
    }
    for (const key of this.#stale) {
      const ref = this.#reported.get(key)?.ref ?? this.#starts.get(key);
      const object = ref && this.#resolve(ref);
      const selected = object && readObject(this.#spec, object);
      if (selected) now.set(key, selected);
    }
    return now;
  }
}

/** Says of which types a traversal reads references; a view's are those of everything that has children. */
function traversed(specs: ObjectSpec[]): (type: string) => boolean {
  const types = new Set<string>();
  const queue = specs.flatMap((spec) => spec.selectSet ?? []);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next.path !== undefined) types.add(next.type ?? "");
    queue.push(...(next.selectSet ?? []));
  }
  const isView = [...types].some((type) => isKind("ContainerView", type));
  const known = new Map<string, boolean>();
  return (type) => {
    let is = known.get(type);
    if (is === undefined) {
      is = (isView && isContainer(type)) || [...types].some((wanted) => isKind(type, wanted));
      known.set(type, is);
    }
    return is;
  };
}

function entered({ ref, values }: Selected): Record<string, unknown> {
  const changeSet = changes(ref, values)
    .filter((c) => c.val !== undefined)
    .map((c) => ({ name: c.name, op: "assign", val: c.val }));
  return { kind: "enter", obj: ref, changeSet };
}

function difference(before: Selected, now: Selected): Record<string, unknown> | undefined {
  const changed = new Map<string, unknown>();
  for (const [path, value] of now.values) {
    if (!Bun.deepEquals(value, before.values.get(path), true)) changed.set(path, value);
  }
  if (changed.size === 0) return undefined;
  // An assign without a value says that the property is unset now.
  const changeSet = changes(now.ref, changed).map((c) => ({
    name: c.name,
    op: "assign",
    ...(c.val === undefined ? {} : { val: c.val }),
  }));
  return { kind: "modify", obj: now.ref, changeSet };
}
