import { isMoRef, type MoRef, refKey, sameRef } from "../../vim25/types.ts";
import { type Inventory, isKind, type ManagedObject } from "../inventory/inventory.ts";
import type { Resolve } from "./select.ts";

/** Properties by which the inventory hangs together, by the type that has them. */
const childProperties: Record<string, string[]> = {
  Folder: ["childEntity"],
  Datacenter: ["vmFolder", "hostFolder", "datastoreFolder", "networkFolder"],
  ComputeResource: ["host", "resourcePool"],
  ResourcePool: ["resourcePool", "vm"],
  HostSystem: ["vm"],
};
const listMax = 10_000;
/** Types looked up once; names of types come from clients, too. */
const containerTypesMax = 100;

const containers = new Map<string, boolean>();

/** Whether something can be in an entity of this type, also by its base: a cluster is a ComputeResource. */
export function isContainer(type: string): boolean {
  let is = containers.get(type);
  if (is === undefined) {
    is = Object.keys(childProperties).some((of) => isKind(type, of));
    if (containers.size < containerTypesMax) containers.set(type, is);
  }
  return is;
}

/** References of the direct children of an entity. */
export function childrenOf(object: ManagedObject): MoRef[] {
  const names = Object.entries(childProperties).flatMap(([type, properties]) =>
    isKind(object.ref.type, type) ? properties : [],
  );
  return [...new Set(names)].flatMap((name) => {
    const value = object.properties[name]?.();
    if (isMoRef(value)) return [value];
    return Array.isArray(value) ? value.filter(isMoRef) : [];
  });
}

/** A ContainerView: whatever of the wanted types is below an entity now. */
export class ContainerView implements ManagedObject {
  readonly ref: MoRef;
  readonly properties: Record<string, () => unknown>;

  constructor(parts: {
    ref: MoRef;
    container: MoRef;
    types: string[];
    isRecursive: boolean;
    resolve: Resolve;
  }) {
    const { ref, container, types, isRecursive, resolve } = parts;
    this.ref = ref;
    this.properties = {
      container: () => container,
      type: () => types,
      recursive: () => isRecursive,
      view: () => contents(container, types, isRecursive, resolve),
    };
  }

  close(): void {
    // Nothing is held: the view is looked up each time.
  }
}

function contents(
  container: MoRef,
  types: string[],
  isRecursive: boolean,
  resolve: Resolve,
): MoRef[] {
  const found = new Map<string, MoRef>();
  const seen = new Set<string>();
  const start = resolve(container);
  const queue = start ? [start] : [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const ref of childrenOf(next)) {
      const key = refKey(ref);
      if (seen.has(key)) continue;
      seen.add(key);
      const child = resolve(ref);
      if (!child) continue;
      if (types.length === 0 || types.some((t) => isKind(ref.type, t))) found.set(key, ref);
      if (isRecursive && isContainer(ref.type)) queue.push(child);
    }
  }
  return [...found.values()];
}

/** A ListView: objects that somebody listed. */
export class ListView implements ManagedObject {
  readonly ref: MoRef;
  readonly properties: Record<string, () => unknown>;
  readonly #inventory: Inventory;
  #list: MoRef[];

  constructor(ref: MoRef, inventory: Inventory, list: MoRef[]) {
    this.ref = ref;
    this.#inventory = inventory;
    this.#list = list.slice(0, listMax);
    this.properties = { view: () => this.#list };
  }

  /** Adds and removes; returns those of `add` that are not there. */
  modify(add: MoRef[], remove: MoRef[], resolve: Resolve): MoRef[] {
    const unresolved = add.filter((ref) => !resolve(ref));
    const kept = this.#list.filter((ref) => !remove.some((r) => sameRef(r, ref)));
    const isNew = (ref: MoRef) => resolve(ref) && !kept.some((k) => sameRef(k, ref));
    this.#list = [...kept, ...add.filter(isNew)].slice(0, listMax);
    this.#inventory.changed(this.ref);
    return unresolved;
  }

  reset(list: MoRef[], resolve: Resolve): MoRef[] {
    this.#list = [];
    return this.modify(list, [], resolve);
  }

  close(): void {
    // Nothing is held.
  }
}
