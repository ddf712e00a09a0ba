import { propertyValue } from "../../vim25/property-path.ts";
import { type MoRef, refKey } from "../../vim25/types.ts";
import { isKind, type ManagedObject, notFound, propertyNames } from "../inventory/inventory.ts";
import { checkPath, readPath } from "../inventory/path.ts";
import { type ObjectSpec, type Resolve, select } from "./select.ts";
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
    const paths = pathsOf(spec.propSet, object);
    if (!paths) continue;
    const values = new Map<string, unknown>();
    for (const path of paths) values.set(path, readPath(object, path));
    found.push({ ref: object.ref, values });
  }
  return found;
}

/** Paths to read of an object; undefined: no PropertySpec is for its type. */
function pathsOf(specs: PropertySpec[], object: ManagedObject): Set<string> | undefined {
  const fitting = specs.filter((spec) => isKind(object.ref.type, spec.type));
  if (fitting.length === 0) return undefined;
  // The spec for the type itself wins over those for its bases, as the API says.
  const exact = fitting.filter((spec) => spec.type === object.ref.type);
  const paths = new Set<string>();
  for (const spec of exact.length > 0 ? exact : fitting) {
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
  /** Keys of objects without a traversal; undefined when what is selected can change. */
  readonly #fixed: Set<string> | undefined;
  #isStale = true;

  constructor(ref: MoRef, spec: FilterSpec, resolve: Resolve) {
    this.ref = ref;
    this.#spec = spec;
    this.#resolve = resolve;
    this.properties = { spec: () => spec, partialUpdates: () => false };
    const isFixed = spec.objectSet.every((o) => (o.selectSet ?? []).length === 0);
    if (isFixed) this.#fixed = new Set(spec.objectSet.map((o) => refKey(o.obj)));
  }

  /** These objects changed; whether that may concern the filter. */
  note(keys: ReadonlySet<string>): boolean {
    if (this.#fixed && ![...this.#fixed].some((key) => keys.has(key))) return false;
    this.#isStale = true;
    return true;
  }

  /** Forgets what was reported: the next {@link update} tells everything. */
  reset(): void {
    this.#reported.clear();
    this.#isStale = true;
  }

  /** PropertyFilterUpdate with at most `max` objects; undefined: nothing new. */
  update(max: number): { update: Record<string, unknown>; count: number } | undefined {
    if (!this.#isStale) return undefined;
    const now = new Map<string, Selected>();
    for (const selected of evaluate(this.#spec, this.#resolve, false)) {
      now.set(refKey(selected.ref), selected);
    }
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
    for (const [key, { ref }] of isWhole ? this.#reported : []) {
      if (now.has(key)) continue;
      if (objectSet.length >= max) {
        isWhole = false;
        break;
      }
      this.#reported.delete(key);
      objectSet.push({ kind: "leave", obj: ref });
    }
    this.#isStale = !isWhole;
    if (objectSet.length === 0) return undefined;
    return { update: { filter: this.ref, objectSet }, count: objectSet.length };
  }

  /** Whether there may be more to tell right now. */
  get isStale(): boolean {
    return this.#isStale;
  }
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
