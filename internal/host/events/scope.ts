import { type MoRef, refKey } from "../../vim25/types.ts";
import type { Inventory } from "../inventory/inventory.ts";

/** How far something that happened is from an entity: it is about the entity itself, or about something below it. */
export type Scope = (about: object, entity: MoRef) => { isSelf: boolean; isBelow: boolean };

/** Arguments of an event that say what it is about, nearest first. */
const subjects = [
  "info",
  "vm",
  "entity",
  "datastore",
  "resourcePool",
  "ds",
  "net",
  "dvs",
  "host",
  "computeResource",
  "datacenter",
];
/** Properties that lead from an entity to what it is in. */
const upwards = ["parent", "resourcePool", "parentVApp"];
/** Steps upwards that are taken at most: the inventory is not that deep. */
const stepsMax = 64;

/** Tells scopes by what the inventory looks like now; what is gone is known by its event's own arguments. */
export function scopeIn(inventory: Inventory, root: () => MoRef): Scope {
  const isRoot = (entity: MoRef): boolean => refKey(entity) === refKey(root());
  return (about, entity) => {
    const found = subjectsOf(about);
    const [first] = found;
    if (!first) return { isSelf: isRoot(entity), isBelow: false };
    const key = refKey(entity);
    if (refKey(first) === key) return { isSelf: true, isBelow: false };
    return { isSelf: false, isBelow: isRoot(entity) || isAbove(inventory, found, key) };
  };
}

/** References that an event (or a task) names, nearest first. */
function subjectsOf(about: object): MoRef[] {
  return subjects.flatMap((name) => {
    const argument: unknown = (about as Record<string, unknown>)[name];
    if (argument === null || typeof argument !== "object") return [];
    // The reference itself, or a TaskInfo, or an EntityEventArgument, which holds it in its last field.
    const values: unknown[] = [argument, (argument as { entity?: unknown }).entity];
    if (name !== "info") values.push(...Object.values(argument));
    const ref = values.find(isRef);
    return ref ? [ref] : [];
  });
}

const isRef = (value: unknown): value is MoRef =>
  value !== null &&
  typeof value === "object" &&
  typeof (value as MoRef).type === "string" &&
  typeof (value as MoRef).value === "string";

function isAbove(inventory: Inventory, from: MoRef[], key: string): boolean {
  const seen = new Set<string>();
  const left = [...from];
  for (let ref = left.pop(); ref && seen.size < stepsMax; ref = left.pop()) {
    const own = refKey(ref);
    if (own === key) return true;
    if (seen.has(own)) continue;
    seen.add(own);
    const properties = inventory.find(ref)?.properties;
    for (const name of upwards) {
      const next: unknown = properties?.[name]?.();
      if (isRef(next)) left.push(next);
    }
  }
  return false;
}
