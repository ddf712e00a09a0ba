import type { DataObject, MoRef } from "./types.ts";

/** PropertySpec: which properties of which type; no paths: all. */
export function propertySpec(type: string, paths?: readonly string[]): DataObject {
  return paths === undefined ? { type, all: true } : { type, pathSet: [...paths] };
}

/** TraversalSpec `name`: from `type` along `path`, then on by the named specs. */
export function step(name: string, type: string, path: string, next: string[] = []): DataObject {
  return {
    _type: "TraversalSpec",
    name,
    type,
    path,
    skip: false,
    selectSet: next.map((n) => ({ name: n })),
  };
}

/** PropertyFilterSpec over objects named one by one. */
export function objectsSpec(refs: readonly MoRef[], paths?: readonly string[]): DataObject {
  const types = [...new Set(refs.map((ref) => ref.type))];
  return {
    propSet: types.map((type) => propertySpec(type, paths)),
    objectSet: refs.map((obj) => ({ obj, skip: false })),
  };
}

/** PropertyFilterSpec over all objects of `type` in a view, followed as the view changes. */
export function viewSpec(view: MoRef, type: string, paths?: readonly string[]): DataObject {
  return {
    propSet: [propertySpec(type, paths)],
    objectSet: [{ obj: view, skip: true, selectSet: [step("view", view.type, "view")] }],
  };
}

/** PropertyFilterSpec over the VMs of a resource pool (or vApp) and of the pools in it. */
export function poolVmsSpec(pool: MoRef, paths: readonly string[]): DataObject {
  const next = ["pools", "vms"];
  return {
    propSet: [propertySpec("VirtualMachine", paths)],
    objectSet: [
      {
        obj: pool,
        skip: true,
        selectSet: [
          step("pools", "ResourcePool", "resourcePool", next),
          step("vms", "ResourcePool", "vm"),
        ],
      },
    ],
  };
}
