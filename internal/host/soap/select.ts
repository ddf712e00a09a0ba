import { isMoRef, type MoRef, refKey } from "../../vim25/types.ts";
import { fault } from "../fault.ts";
import { isKind, type ManagedObject } from "../inventory/inventory.ts";
import { readPath } from "../inventory/path.ts";

/** Decoded TraversalSpec, or a SelectionSpec that only names one. */
export interface SelectionSpec {
  name?: string;
  type?: string;
  path?: string;
  skip?: boolean;
  selectSet?: SelectionSpec[];
}

/** Decoded ObjectSpec. */
export interface ObjectSpec {
  obj: MoRef;
  skip?: boolean;
  selectSet?: SelectionSpec[];
}

/** Steps one selection may take; a guard against specs that multiply. */
const stepsMax = 1_000_000;
const depthMax = 64;

/** Finds an object by reference; undefined: not there (any more). */
export type Resolve = (ref: MoRef) => ManagedObject | undefined;

/**
 * Every object that the specs select, by key. Named specs may refer to each other in circles: each spec is applied to
 * each object once.
 */
export function select(specs: ObjectSpec[], resolve: Resolve): Map<string, ManagedObject> {
  const selected = new Map<string, ManagedObject>();
  for (const spec of specs) {
    const start = resolve(spec.obj);
    if (!start) continue;
    if (!spec.skip) selected.set(refKey(start.ref), start);
    traverse(start, spec.selectSet ?? [], resolve, selected);
  }
  return selected;
}

function traverse(
  start: ManagedObject,
  selectSet: SelectionSpec[],
  resolve: Resolve,
  selected: Map<string, ManagedObject>,
): void {
  const named = new Map<string, SelectionSpec>();
  collectNames(selectSet, named, 0);
  const done = new Map<SelectionSpec, Set<string>>();
  const queue: [ManagedObject, SelectionSpec[]][] = [[start, selectSet]];
  let steps = 0;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [object, set] = next;
    for (const reference of set) {
      const spec = reference.path === undefined ? named.get(reference.name ?? "") : reference;
      if (!spec) {
        const text = `no TraversalSpec is named "${reference.name}"`;
        throw fault("InvalidArgument", text, { invalidProperty: "selectSet" });
      }
      if (!isKind(object.ref.type, spec.type ?? "")) continue;
      const seen = done.get(spec) ?? new Set<string>();
      done.set(spec, seen);
      const key = refKey(object.ref);
      if (seen.has(key)) continue;
      seen.add(key);
      if (++steps > stepsMax) throw fault("LimitExceeded", "the selection is too large");
      for (const ref of refsOf(readPath(object, spec.path ?? ""))) {
        const child = resolve(ref);
        if (!child) continue;
        if (!spec.skip) selected.set(refKey(ref), child);
        if (spec.selectSet) queue.push([child, spec.selectSet]);
      }
    }
  }
}

function collectNames(
  set: SelectionSpec[],
  named: Map<string, SelectionSpec>,
  depth: number,
): void {
  if (depth > depthMax) throw fault("InvalidArgument", "selectSet is nested too deeply");
  for (const spec of set) {
    if (spec.path === undefined) continue;
    if (spec.name) named.set(spec.name, spec);
    collectNames(spec.selectSet ?? [], named, depth + 1);
  }
}

function refsOf(value: unknown): MoRef[] {
  if (isMoRef(value)) return [value];
  return Array.isArray(value) ? value.filter(isMoRef) : [];
}
