import { expect } from "bun:test";
import { hasFault } from "../../../../vim25/fault.ts";
import type { DataObject, MoRef } from "../../../../vim25/types.ts";
import { disk, type Scene } from "../scene.ts";
import { topic } from "../suite.ts";

interface Tree {
  snapshot: MoRef;
  vm: MoRef;
  name: string;
  description: string;
  state: string;
  id: number;
  childSnapshotList?: Tree[];
}
interface Info {
  currentSnapshot?: MoRef;
  rootSnapshotList: Tree[];
}

const take = (t: Scene, vm: MoRef, name: string, more: DataObject = {}) =>
  t.task(vm, "CreateSnapshot_Task", {
    name,
    description: `about ${name}`,
    memory: false,
    quiesce: false,
    ...more,
  });
const info = (t: Scene, vm: MoRef) => t.get<Info | undefined>(vm, "snapshot");

/** Snapshots: trees, revert, removal. */
export const snapshotCases = topic("snapshots", {
  "a VM has none at first": async (t) => {
    expect(await info(t, await t.vm())).toBeUndefined();
  },
  "one is taken and is the current": async (t) => {
    const vm = await t.vm();
    const snapshot = await take(t, vm, "one");
    expect(snapshot.type).toBe("VirtualMachineSnapshot");
    const { currentSnapshot, rootSnapshotList } = (await info(t, vm))!;
    expect(currentSnapshot).toEqual(snapshot);
    expect(rootSnapshotList).toMatchObject([
      { snapshot, vm, name: "one", description: "about one", state: "poweredOff" },
    ]);
    expect(await t.get<MoRef[]>(vm, "rootSnapshot")).toEqual([snapshot]);
  },
  "a second is a child of the first": async (t) => {
    const vm = await t.vm();
    const first = await take(t, vm, "one");
    const second = await take(t, vm, "two");
    const { rootSnapshotList, currentSnapshot } = (await info(t, vm))!;
    expect(currentSnapshot).toEqual(second);
    expect(rootSnapshotList).toMatchObject([
      { snapshot: first, childSnapshotList: [{ snapshot: second, name: "two" }] },
    ]);
    expect(await t.get<MoRef[]>(first, "childSnapshot")).toEqual([second]);
  },
  "has the configuration of its time": async (t) => {
    const vm = await t.vm({ annotation: "then" });
    const snapshot = await take(t, vm, "one");
    await t.reconfigure(vm, { annotation: "now" });
    expect(await t.get<string>(snapshot, "config.annotation")).toBe("then");
    expect(await t.get<MoRef>(snapshot, "vm")).toEqual(vm);
  },
  "reverting brings the configuration back": async (t) => {
    const vm = await t.vm({ annotation: "then" });
    const snapshot = await take(t, vm, "one");
    await t.reconfigure(vm, { annotation: "now" });
    await t.task(snapshot, "RevertToSnapshot_Task", {});
    expect(await t.get<string>(vm, "config.annotation")).toBe("then");
  },
  "reverting makes it the current": async (t) => {
    const vm = await t.vm();
    const first = await take(t, vm, "one");
    await take(t, vm, "two");
    await t.task(first, "RevertToSnapshot_Task", {});
    expect((await info(t, vm))!.currentSnapshot).toEqual(first);
    const third = await take(t, vm, "three");
    const [root] = (await info(t, vm))!.rootSnapshotList;
    expect(root!.childSnapshotList!.map((tree) => tree.name).toSorted()).toEqual(["three", "two"]);
    expect((await info(t, vm))!.currentSnapshot).toEqual(third);
  },
  "reverting a running VM to one without memory powers it off": async (t) => {
    const vm = await t.vm();
    const snapshot = await take(t, vm, "off");
    await t.task(vm, "PowerOnVM_Task");
    await t.task(snapshot, "RevertToSnapshot_Task", {});
    expect(await t.get<string>(vm, "runtime.powerState")).toBe("poweredOff");
  },
  "one with memory brings the VM back running": async (t) => {
    const vm = await t.runningVm();
    const snapshot = await take(t, vm, "on", { memory: true });
    expect((await info(t, vm))!.rootSnapshotList[0]!.state).toBe("poweredOn");
    await t.task(vm, "PowerOffVM_Task");
    await t.task(snapshot, "RevertToSnapshot_Task", {});
    expect(await t.get<string>(vm, "runtime.powerState")).toBe("poweredOn");
  },
  "reverting to the current one": async (t) => {
    const vm = await t.vm({ annotation: "then" });
    await take(t, vm, "one");
    await t.reconfigure(vm, { annotation: "now" });
    await t.task(vm, "RevertToCurrentSnapshot_Task");
    expect(await t.get<string>(vm, "config.annotation")).toBe("then");
  },
  "reverting without a snapshot is NotFound": async (t) => {
    expect(await t.fault(t.task(await t.vm(), "RevertToCurrentSnapshot_Task"))).toBe("NotFound");
  },
  "one is removed, its children move up": async (t) => {
    const vm = await t.vm();
    const first = await take(t, vm, "one");
    const second = await take(t, vm, "two");
    await t.task(first, "RemoveSnapshot_Task", { removeChildren: false });
    const { rootSnapshotList, currentSnapshot } = (await info(t, vm))!;
    expect(rootSnapshotList).toMatchObject([{ snapshot: second, name: "two" }]);
    expect(currentSnapshot).toEqual(second);
    expect(await t.fault(t.task(first, "RevertToSnapshot_Task", {}))).toBe("ManagedObjectNotFound");
  },
  "one is removed with its children": async (t) => {
    const vm = await t.vm();
    const first = await take(t, vm, "one");
    await take(t, vm, "two");
    await t.task(first, "RemoveSnapshot_Task", { removeChildren: true });
    expect(await info(t, vm)).toBeUndefined();
  },
  "the last of a line is removed, its parent is current": async (t) => {
    const vm = await t.vm();
    const first = await take(t, vm, "one");
    const second = await take(t, vm, "two");
    await t.task(second, "RemoveSnapshot_Task", { removeChildren: false });
    expect((await info(t, vm))!.currentSnapshot).toEqual(first);
  },
  "all are removed": async (t) => {
    const vm = await t.vm();
    await take(t, vm, "one");
    await take(t, vm, "two");
    await t.task(vm, "RemoveAllSnapshots_Task", { consolidate: true });
    expect(await info(t, vm)).toBeUndefined();
  },
  "one gets another name": async (t) => {
    const vm = await t.vm();
    const snapshot = await take(t, vm, "one");
    await t.call(snapshot, "RenameSnapshot", { name: "uno", description: "otherwise" });
    expect((await info(t, vm))!.rootSnapshotList).toMatchObject([
      { name: "uno", description: "otherwise" },
    ]);
  },
  "a disk goes on in a child of the snapshot's": async (t) => {
    const vm = await t.vm({ deviceChange: [disk(-1, { sizeKb: 1024 })] });
    const before = (await t.device(vm, "VirtualDisk"))[0]!.backing!;
    await take(t, vm, "one");
    const after = (await t.device(vm, "VirtualDisk"))[0]!.backing!;
    expect(after).toMatchObject({ parent: { fileName: before["fileName"] } });
    expect(after["fileName"]).not.toBe(before["fileName"]);
    await t.task(vm, "RemoveAllSnapshots_Task");
    expect((await t.device(vm, "VirtualDisk"))[0]!.backing!["parent"]).toBeUndefined();
  },
  "a VM is destroyed with its snapshots": async (t) => {
    const vm = await t.vm({ deviceChange: [disk(-1, { sizeKb: 64 })] });
    const snapshot = await take(t, vm, "one");
    await t.task(vm, "Destroy_Task");
    const error = await t.error(t.get(snapshot, "vm"));
    expect(hasFault(error, "ManagedObjectNotFound")).toBe(true);
  },
  "taking one is told in the tree's ids": async (t) => {
    const vm = await t.vm();
    await take(t, vm, "one");
    await take(t, vm, "two");
    const [root] = (await info(t, vm))!.rootSnapshotList;
    expect(root!.childSnapshotList![0]!.id).toBeGreaterThan(root!.id);
  },
});
