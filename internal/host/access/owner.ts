import { isMoRef, type MoRef } from "../../vim25/types.ts";
import { type Inventory, isKind, type ManagedObject } from "../inventory/inventory.ts";
import type { Refs } from "../inventory/refs.ts";

/** Service-wide objects that everybody who is logged in may use; their methods ask for privileges one by one. */
const openTypes = new Set([
  "AuthorizationManager",
  "CustomFieldsManager",
  "DatastoreNamespaceManager",
  "DistributedVirtualSwitchManager",
  "EventManager",
  "ExtensionManager",
  "FileManager",
  "GuestAuthManager",
  "GuestFileManager",
  "GuestOperationsManager",
  "GuestProcessManager",
  "PerformanceManager",
  "PropertyCollector",
  "ScheduledTaskManager",
  "SearchIndex",
  "ServiceInstance",
  "SessionManager",
  "TaskManager",
  "UserDirectory",
  "ViewManager",
  "VirtualDiskManager",
]);

/** Properties that lead from an object to the entity it belongs to, by type. */
const leadsTo: Record<string, string> = {
  HostDatastoreBrowser: "datastore",
  VirtualMachineSnapshot: "vm",
};

/** Whether permissions can be on it. */
export const isEntity = (ref: MoRef): boolean => isKind(ref.type, "ManagedEntity");

/** Entities that decide about an object: one of them is enough. "open": nobody is asked. */
export function ownersOf(
  inventory: Inventory,
  refs: Refs,
  object: ManagedObject,
): MoRef[] | "open" {
  const { ref } = object;
  if (isEntity(ref)) return [ref];
  if (openTypes.has(ref.type)) return "open";
  const property = leadsTo[ref.type];
  if (property !== undefined) return refsOf(object.properties[property]?.());
  if (ref.type === "Task") return refsOf(taskInfo(object).entity);
  if (ref.type === "EnvironmentBrowser") return environmentOwners(inventory, ref);
  if (ref.type.startsWith("Host")) return [refs.host];
  if (["DynamicTypeManager", "ManagedMethodExecuter"].includes(ref.type)) return [refs.host];
  return [refs.rootFolder];
}

function environmentOwners(inventory: Inventory, browser: MoRef): MoRef[] {
  const owners: MoRef[] = [];
  for (const { ref, properties } of inventory.all()) {
    if (!isKind(ref.type, "ComputeResource")) continue;
    const own = properties["environmentBrowser"]?.();
    if (isMoRef(own) && own.value === browser.value) owners.push(ref);
  }
  return owners;
}

/** What decides about a task: what it is about, and who started it. */
export function taskInfo(task: ManagedObject): { entity?: MoRef; reason?: { userName?: string } } {
  return task.properties["info"]?.() ?? {};
}

/** Entities from which an entity inherits permissions: its parent, and for a VM also its pool. */
export function parentsOf(object: ManagedObject): MoRef[] {
  const { properties } = object;
  const parents = refsOf(properties["parent"]?.());
  if (object.ref.type !== "VirtualMachine") return parents;
  return [...parents, ...refsOf(properties["resourcePool"]?.())];
}

function refsOf(value: unknown): MoRef[] {
  if (isMoRef(value)) return [value];
  return Array.isArray(value) ? value.filter(isMoRef) : [];
}
