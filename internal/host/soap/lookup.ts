import type { MoRef } from "../../vim25/types.ts";
import { escapeName } from "../inventory/entity.ts";
import { type Inventory, isKind, type ManagedObject } from "../inventory/inventory.ts";
import type { Call } from "./call.ts";

/** The datastore that a path such as `[datastore1] a/b` is on; undefined: no such one. */
export const datastoreOf = (call: Call, path: string | undefined): MoRef | undefined =>
  datastoreNamed(call.world.inventory, /^\s*\[([^\]]*)\]/.exec(path ?? "")?.[1]);

/** The datastore with this name. */
export const datastoreNamed = (inventory: Inventory, name: string | undefined): MoRef | undefined =>
  find(inventory, "Datastore", name);

/** The network with this name, as a NIC's backing has it. */
export const networkNamed = (call: Call, name: string | undefined): MoRef | undefined =>
  find(call.world.inventory, "Network", name);

/** The distributed port group with this key. */
export function portGroupWithKey(call: Call, key: string): MoRef | undefined {
  for (const { ref, properties } of call.world.inventory.all()) {
    const isGroup = ref.type === "DistributedVirtualPortgroup";
    if (isGroup && properties["key"]?.() === key) return ref;
  }
  return undefined;
}

function find(inventory: Inventory, type: string, name: string | undefined): MoRef | undefined {
  if (name === undefined) return undefined;
  const wanted = escapeName(name);
  const isWanted = ({ ref, properties }: ManagedObject) =>
    isKind(ref.type, type) && properties["name"]?.() === wanted;
  for (const object of inventory.all()) if (isWanted(object)) return object.ref;
  return undefined;
}
