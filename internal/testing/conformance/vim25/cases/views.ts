import { expect } from "bun:test";
import { retrieveSpec } from "../../../../vim25/properties.ts";
import { viewSpec } from "../../../../vim25/specs.ts";
import type { MoRef } from "../../../../vim25/types.ts";
import type { Scene } from "../scene.ts";
import { topic } from "../suite.ts";

async function containerView(
  t: Scene,
  type: string[],
  parts: { container?: MoRef; recursive?: boolean } = {},
): Promise<MoRef> {
  const { container = t.content.rootFolder, recursive = true } = parts;
  const params = { container, type, recursive };
  const view = await t.call(t.manager("viewManager"), "CreateContainerView", params);
  t.defer(() => t.call(view, "DestroyView"));
  return view;
}
async function listView(t: Scene, obj: MoRef[]): Promise<MoRef> {
  const view = await t.call(t.manager("viewManager"), "CreateListView", { obj });
  t.defer(() => t.call(view, "DestroyView"));
  return view;
}
const members = async (t: Scene, view: MoRef) =>
  (await t.get<MoRef[] | undefined>(view, "view")) ?? [];

/** ViewManager: container views and list views. */
export const viewCases = topic("views", {
  "a view of all VMs below the root": async (t) => {
    const vm = await t.vm();
    const view = await containerView(t, ["VirtualMachine"]);
    const found = await members(t, view);
    expect(found).toContainEqual(vm);
    expect(new Set(found.map((ref) => ref.type))).toEqual(new Set(["VirtualMachine"]));
  },
  "a view of several types": async (t) => {
    const view = await containerView(t, ["Datacenter", "HostSystem", "Datastore", "ResourcePool"]);
    const types = new Set((await members(t, view)).map((ref) => ref.type));
    expect(
      types.isSupersetOf(new Set(["Datacenter", "HostSystem", "Datastore", "ResourcePool"])),
    ).toBe(true);
  },
  "a view of a base type has its subtypes": async (t) => {
    const view = await containerView(t, ["ComputeResource"]);
    expect(await members(t, view)).toContainEqual(t.session.compute);
  },
  "a view without types has everything below": async (t) => {
    const view = await containerView(t, []);
    const found = await members(t, view);
    expect(found).toContainEqual(t.datacenter);
    expect(found).toContainEqual(t.host);
  },
  "a view that does not recurse has the children only": async (t) => {
    const view = await containerView(t, [], { recursive: false });
    expect(await members(t, view)).toContainEqual(t.datacenter);
    expect(await members(t, view)).not.toContainEqual(t.host);
  },
  "a view of a pool has the VMs in it": async (t) => {
    const vm = await t.vm();
    const view = await containerView(t, ["VirtualMachine"], { container: t.pool });
    expect(await members(t, view)).toContainEqual(vm);
  },
  "a view of a host has its VMs": async (t) => {
    const vm = await t.vm();
    const container = await t.get<MoRef>(vm, "runtime.host");
    const view = await containerView(t, ["VirtualMachine"], { container });
    expect(await members(t, view)).toContainEqual(vm);
  },
  "a view follows what comes and goes": async (t) => {
    const view = await containerView(t, ["VirtualMachine"]);
    const vm = await t.vm();
    expect(await members(t, view)).toContainEqual(vm);
    await t.task(vm, "Destroy_Task");
    expect(await members(t, view)).not.toContainEqual(vm);
  },
  "properties are read through a view": async (t) => {
    const name = t.name("vm");
    const ref = await t.vm({ name });
    const view = await containerView(t, ["VirtualMachine"]);
    const found = await retrieveSpec(t.client, viewSpec(view, "VirtualMachine", ["name"]));
    expect(found).toContainEqual({ ref, props: { name } });
  },
  "the view manager lists the views of the session": async (t) => {
    const view = await containerView(t, ["VirtualMachine"]);
    expect(await t.get<MoRef[]>(t.manager("viewManager"), "viewList")).toContainEqual(view);
  },
  "a destroyed view is gone": async (t) => {
    const view = await containerView(t, ["VirtualMachine"]);
    await t.call(view, "DestroyView");
    expect(await t.fault(t.call(view, "DestroyView"))).toBe("ManagedObjectNotFound");
  },
  "a container has to be one": async (t) => {
    const vm = await t.vm();
    expect(await t.fault(containerView(t, [], { container: vm }))).toBe("InvalidArgument");
  },
  "a type has to be one of the inventory": async (t) => {
    expect(await t.fault(containerView(t, ["NoSuchType"]))).toBe("InvalidArgument");
  },
  "a view is told what it was made of": async (t) => {
    const view = await containerView(t, ["VirtualMachine"], { container: t.folder });
    expect(await t.get<MoRef>(view, "container")).toEqual(t.folder);
    expect(await t.get<string[]>(view, "type")).toEqual(["VirtualMachine"]);
    expect(await t.get<boolean>(view, "recursive")).toBe(true);
  },
  "a list view has what it is given": async (t) => {
    const view = await listView(t, [t.host, t.datacenter]);
    expect(await members(t, view)).toEqual([t.host, t.datacenter]);
  },
  "a list view takes and gives back": async (t) => {
    const view = await listView(t, [t.host]);
    await t.call(view, "ModifyListView", { add: [t.datacenter], remove: [t.host] });
    expect(await members(t, view)).toEqual([t.datacenter]);
  },
  "a list view says what it could not take": async (t) => {
    const view = await listView(t, [t.host]);
    const gone = { type: "Folder", value: "no-such" };
    const unresolved = await t.call<MoRef[]>(view, "ModifyListView", { add: [gone] });
    expect(unresolved).toEqual([gone]);
    expect(await members(t, view)).toEqual([t.host]);
  },
  "a list view begins anew": async (t) => {
    const view = await listView(t, [t.host]);
    await t.call(view, "ResetListView", { obj: [t.datacenter] });
    expect(await members(t, view)).toEqual([t.datacenter]);
  },
});
