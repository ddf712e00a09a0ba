import { isMoRef, type MoRef } from "../../vim25/types.ts";
import { type StaticNeed, staticNeeds } from "../access/needs.ts";
import { taskInfo } from "../access/owner.ts";
import { fault } from "../fault.ts";
import { lineage } from "../inventory/inventory.ts";
import { type Call, param } from "./call.ts";
import { datastoreOf } from "./lookup.ts";
import {
  type Need,
  needsOfClone,
  needsOfCreate,
  needsOfReconfigure,
  needsOfRegister,
  needsOfRelocate,
} from "./needs-of-vm.ts";

const readable = (call: Call, entity: MoRef | undefined): Need[] => [
  { privilege: "System.Read", on: entity ?? call.world.refs.rootFolder },
];

/** Methods whose needs depend on their parameters. */
const dynamicNeeds: Record<string, (call: Call) => Need[]> = {
  "EventManager.CreateCollectorForEvents": (call) => readable(call, filteredEntity(call)),
  "EventManager.QueryEvents": (call) => readable(call, filteredEntity(call)),
  "TaskManager.CreateCollectorForTasks": (call) => readable(call, filteredEntity(call)),
  "Folder.CreateVM_Task": (call) =>
    needsOfCreate(call, call.object.ref, param<MoRef>(call, "pool")),
  "Folder.RegisterVM_Task": (call) =>
    needsOfRegister(call, call.object.ref, param<MoRef | undefined>(call, "pool")),
  "Folder.MoveIntoFolder_Task": (call) =>
    param<MoRef[]>(call, "list").flatMap((ref) => {
      const privilege =
        ref.type === "VirtualMachine" ? "VirtualMachine.Inventory.Move" : "Folder.Move";
      return [
        { privilege, on: ref },
        { privilege, on: call.object.ref },
      ];
    }),
  "OptionManager.UpdateOptions": ({ object, world: { refs } }) => [
    object.ref.value === refs.setting.value
      ? { privilege: "Global.Settings", on: refs.rootFolder }
      : { privilege: "Host.Config.AdvancedConfig", on: refs.host },
  ],
  "PerformanceManager.QueryPerf": (call) =>
    param<{ entity: MoRef }[]>(call, "querySpec").flatMap((spec) => readable(call, spec.entity)),
  "ResourcePool.CreateChildVM_Task": (call) =>
    needsOfCreate(call, call.object.ref, call.object.ref),
  "ResourcePool.RegisterChildVM_Task": (call) =>
    needsOfRegister(call, call.object.ref, call.object.ref),
  "ResourcePool.MoveIntoResourcePool": (call) =>
    param<MoRef[]>(call, "list").flatMap((ref) =>
      ref.type === "VirtualMachine"
        ? [
            { privilege: "Resource.AssignVMToPool", on: call.object.ref },
            { privilege: "Resource.ColdMigrate", on: ref },
          ]
        : [
            { privilege: "Resource.MovePool", on: ref },
            { privilege: "Resource.MovePool", on: call.object.ref },
          ],
    ),
  // Who started a task may end it.
  "Task.CancelTask": ({ object, session }) =>
    taskInfo(object).reason?.userName === session?.userName
      ? []
      : [{ privilege: "Global.CancelTask", on: object.ref }],
  "VirtualMachine.CloneVM_Task": needsOfClone,
  "VirtualMachine.InstantClone_Task": needsOfClone,
  "VirtualMachine.ReconfigVM_Task": needsOfReconfigure,
  "VirtualMachine.RelocateVM_Task": needsOfRelocate,
};

/** Throws NoPermission unless the caller has every privilege that the method asks for. */
export function assertAllowed(call: Call): void {
  const { session, world, object } = call;
  if (!session || world.access.isUnlimited(session.userName)) return;
  // What belongs to the session alone nobody else can reach.
  if (!session.owns(object.ref) && !world.access.sees(session.userName, object)) {
    throw noPermission(object.ref, "System.View");
  }
  const needs = needsOf(call);
  if (!needs) throw noPermission(object.ref, "Global.Settings");
  for (const { privilege, on } of needs) {
    // What is not there the method itself refuses.
    if (!on || !world.inventory.find(on)) continue;
    if (!world.access.has(session.userName, privilege, on)) throw noPermission(on, privilege);
  }
}

/** Whether somebody has said what a method asks for; what nobody has said is for administrators. */
export function hasNeeds(type: string, method: string): boolean {
  return lineage(type).some((t) => rowOf(`${t}.${method}`) !== undefined);
}

/** Whether the caller may know what happens to an entity; undefined or gone: who reads the root folder may. */
export function mayKnow({ session, world }: Call, entity: MoRef | undefined): boolean {
  const user = session?.userName ?? "";
  if (world.access.isUnlimited(user)) return true;
  const about = entity && world.inventory.find(entity) ? entity : world.refs.rootFolder;
  return world.access.has(user, "System.Read", about);
}

/** Leaves out of what a search found what the caller may not see. */
export function visibleResult(call: Call, result: unknown): unknown {
  const { session, object, world } = call;
  if (object.ref.type !== "SearchIndex" || !session) return result;
  const isVisible = (ref: unknown) => isMoRef(ref) && session.see(ref) !== undefined;
  if (world.access.isUnlimited(session.userName)) return result;
  if (Array.isArray(result)) return result.filter(isVisible);
  return isVisible(result) ? result : undefined;
}

function needsOf(call: Call): Need[] | undefined {
  for (const type of lineage(call.object.ref.type)) {
    const row = rowOf(`${type}.${call.method}`);
    if (typeof row === "function") return row(call);
    if (row) return row.flatMap((need) => place(call, need));
  }
  return undefined;
}

function rowOf(key: string): StaticNeed[] | ((call: Call) => Need[]) | undefined {
  return Object.hasOwn(dynamicNeeds, key) ? dynamicNeeds[key] : staticNeeds.get(key);
}

function place(call: Call, { privilege, where }: StaticNeed): Need[] {
  const { refs } = call.world;
  const [kind, name = ""] = where.split(":");
  switch (kind) {
    case "self":
      return [{ privilege, on: call.object.ref }];
    case "root":
      return [{ privilege, on: refs.rootFolder }];
    case "host":
      return [{ privilege, on: refs.host }];
    case "path":
      return [{ privilege, on: datastoreOf(call, param<string | undefined>(call, name)) }];
    case "caller":
      return call.params[name] === call.session?.userName
        ? []
        : [{ privilege, on: refs.rootFolder }];
    default: {
      const value = call.params[where];
      const found = Array.isArray(value) ? value.filter(isMoRef) : isMoRef(value) ? [value] : [];
      return found.map((on) => ({ privilege, on }));
    }
  }
}

function filteredEntity(call: Call): MoRef | undefined {
  return param<{ entity?: { entity?: MoRef } }>(call, "filter").entity?.entity;
}

/** The fault for somebody who lacks a privilege. */
function noPermission(object: MoRef, privilegeId: string): Error {
  const text = `permission to perform this operation was denied: it takes ${privilegeId}`;
  const missing = { entity: object, privilegeIds: [privilegeId] };
  return fault("NoPermission", `${text} on ${object.type} "${object.value}"`, {
    object,
    privilegeId,
    missingPrivileges: [missing],
  });
}
