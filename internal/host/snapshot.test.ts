import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import { callsOf, fails } from "./testing/calls.ts";
import { diskChange, TestHost } from "./testing/fakes.ts";

// What came over the wire: the expectations below say what it must look like.
// oxlint-disable-next-line typescript/no-explicit-any
type Fields = Record<string, any>;

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
});
afterAll(() => host[Symbol.asyncDispose]());

const { create, task, get: read } = callsOf(() => host);
const get = async (ref: MoRef, path: string) => (await read(ref, path)) as Fields;
const onDisk = (path: string) => existsSync(join(host.dir, "datastore1", path));
const snap = (vm: MoRef, name: string, memory = false) =>
  task<MoRef>(vm, "CreateSnapshot_Task", { name, description: "", memory, quiesce: false });
const diskOf = async (vm: MoRef) => {
  const hardware = await get(vm, "config.hardware");
  const disk = (hardware["device"] as Fields[]).find((d) => d["_type"] === "VirtualDisk");
  return String(disk?.["backing"].fileName).replace("[datastore1] ", "");
};
const trees = async (vm: MoRef) => {
  const shape = (tree: Fields): unknown => [
    tree["name"],
    ...(tree["childSnapshotList"] ?? []).map(shape),
  ];
  return ((await get(vm, "snapshot"))?.["rootSnapshotList"] ?? []).map(shape);
};
const needsConsolidation = (vm: MoRef) => get(vm, "runtime.consolidationNeeded");
const merges = () => host.diskStore.done.splice(0);

describe("snapshots of a VM that is off", () => {
  test("freeze its disks, keep its settings, and can be gone back to and removed", async () => {
    const vm = await create("off");
    const first = await snap(vm, "first");
    expect(await diskOf(vm)).toBe("off/off-000001.vmdk");
    await task(vm, "ReconfigVM_Task", { spec: { memoryMB: 128, annotation: "later" } });
    const second = await snap(vm, "second");
    expect(await trees(vm)).toEqual([["first", ["second"]]]);
    expect((await get(vm, "snapshot"))["currentSnapshot"]).toEqual(second);
    expect(await get(vm, "rootSnapshot")).toEqual([first]);
    expect(await get(first, "childSnapshot")).toEqual([second]);
    expect(await get(first, "vm")).toEqual(vm);
    expect((await get(first, "config"))["hardware"].memoryMB).toBe(64);

    await task(first, "RevertToSnapshot_Task");
    expect(await diskOf(vm)).toBe("off/off-000003.vmdk");
    expect(onDisk("off/off-000002.vmdk")).toBe(false);
    const config = await get(vm, "config");
    expect([config["hardware"].memoryMB, config["annotation"]]).toEqual([64, ""]);
    await snap(vm, "third");
    expect(await trees(vm)).toEqual([["first", ["second"], ["third"]]]);

    // The disk of "first" has two children: it stays until one of them is gone.
    await task(first, "RemoveSnapshot_Task", { removeChildren: false });
    expect(await trees(vm)).toEqual([["second"], ["third"]]);
    expect(merges()).toEqual([]);
    expect(await needsConsolidation(vm)).toBe(false as never);
    await task(second, "RemoveSnapshot_Task", { removeChildren: false });
    expect(merges()).toEqual([
      "commit off-000003.vmdk to off.vmdk",
      "rebase off-000002.vmdk on off.vmdk",
    ]);
    await task(vm, "RemoveAllSnapshots_Task");
    expect(await get(vm, "snapshot")).toBeUndefined();
    expect(await diskOf(vm)).toBe("off/off.vmdk");
    expect(["off/off-000001.vmdk", "off/off-000002.vmdk"].some(onDisk)).toBe(false);
    expect(await fails(get(first, "vm"))).toBe("ManagedObjectNotFound");
    await task(vm, "Destroy_Task");
    expect(onDisk("off")).toBe(false);
  });

  test("can be left for a later consolidation", async () => {
    const vm = await create("later");
    const first = await snap(vm, "first");
    await task(first, "RemoveSnapshot_Task", { removeChildren: false, consolidate: false });
    expect(await needsConsolidation(vm)).toBe(true as never);
    await task(vm, "ConsolidateVMDisks_Task");
    expect(await needsConsolidation(vm)).toBe(false as never);
    expect(await diskOf(vm)).toBe("later/later.vmdk");
    await task(vm, "Destroy_Task");
  });

  test("do not go while another VM's disk is based on them", async () => {
    const vm = await create("base");
    const first = await snap(vm, "first");
    const other = await create("linked");
    const change = diskChange({
      fileOperation: "create",
      controllerKey: 1000,
      fileName: "[datastore1] linked/linked-disk.vmdk",
      parent: "[datastore1] base/base.vmdk",
    });
    await task(other, "ReconfigVM_Task", { spec: { deviceChange: [change] } });
    expect(await fails(task(first, "RemoveSnapshot_Task", { removeChildren: false }))).toBe(
      "FileLocked",
    );
    expect(await fails(task(vm, "RemoveAllSnapshots_Task"))).toBe("FileLocked");
    expect(await fails(task(vm, "Destroy_Task"))).toBe("CannotDeleteFile");
    expect(await trees(vm)).toEqual([["first"]]);
    await task(other, "Destroy_Task");
    await task(first, "RemoveSnapshot_Task", { removeChildren: false });
    await task(vm, "Destroy_Task");
  });

  test("are renamed, and go with all that come after", async () => {
    const vm = await create("branch");
    const first = await snap(vm, "first");
    await snap(vm, "second");
    await task(first, "RevertToSnapshot_Task");
    const third = await snap(vm, "third");
    const name = { name: "third again", description: "why" };
    await host.client.call(third, "RenameSnapshot", name);
    expect(await trees(vm)).toEqual([["first", ["second"], ["third again"]]]);
    await host.client.call(third, "RenameSnapshot", { description: "another reason" });
    expect(await fails(host.client.call(third, "RenameSnapshot", { name: "" }))).toBe(
      "InvalidName",
    );
    await task(first, "RemoveSnapshot_Task", { removeChildren: true });
    expect(await get(vm, "snapshot")).toBeUndefined();
    expect(await diskOf(vm)).toBe("branch/branch.vmdk");
    const left = readdirSync(join(host.dir, "datastore1/branch")).filter((f) => f.endsWith("vmdk"));
    expect(left).toEqual(["branch.vmdk"]);
    await task(vm, "Destroy_Task");
  });

  test("are refused with the reason", async () => {
    const vm = await create("refused");
    expect(await fails(snap(vm, ""))).toBe("InvalidName");
    expect(await fails(task(vm, "RevertToCurrentSnapshot_Task"))).toBe("NotFound");
    await task(vm, "Destroy_Task");
  });
});

describe("snapshots of a running VM", () => {
  test("freeze its disks while it runs", async () => {
    const vm = await create("runs");
    await task(vm, "PowerOnVM_Task");
    const machine = host.machine(vm.value);
    const first = await snap(vm, "first");
    expect(machine.done).toEqual(["pause", "snapshot 2000", "resume"]);
    expect(await get(first, "config")).toBeDefined();
    await task(first, "RemoveSnapshot_Task", { removeChildren: false });
    expect(machine.done.at(-1)).toBe("merge runs-000001.vmdk to runs.vmdk");
    expect(await diskOf(vm)).toBe("runs/runs.vmdk");
    expect(onDisk("runs/runs-000001.vmdk")).toBe(false);
    await task(vm, "PowerOffVM_Task");
    await task(vm, "Destroy_Task");
  });

  test("go back to the running state when they have the memory", async () => {
    const vm = await create("memory");
    await task(vm, "PowerOnVM_Task");
    const first = await snap(vm, "first", true);
    expect(onDisk("memory/memory-Snapshot1.vmsn")).toBe(true);
    const { file, snapshot } = await get(vm, "layoutEx");
    expect(snapshot[0].key).toEqual(first);
    const nameOf = (key: number) => (file as Fields[]).find((f) => f["key"] === key)?.["name"];
    expect(nameOf(snapshot[0].memoryKey)).toBe("[datastore1] memory/memory-Snapshot1.vmsn");
    expect(nameOf(snapshot[0].disk[0].chain[0].fileKey[0])).toBe("[datastore1] memory/memory.vmdk");
    await task(vm, "PowerOffVM_Task");
    await task(vm, "RevertToCurrentSnapshot_Task", { suppressPowerOn: true });
    expect(await get(vm, "runtime.powerState")).toBe("poweredOff" as never);
    await task(first, "RevertToSnapshot_Task");
    expect(await get(vm, "runtime.powerState")).toBe("poweredOn" as never);
    const { restore } = host.machine(vm.value).spec;
    expect(restore?.statePath).toEndWith("memory/memory-Snapshot1.vmsn");
    await task(vm, "PowerOffVM_Task");
    await task(vm, "RemoveAllSnapshots_Task");
    expect(onDisk("memory/memory-Snapshot1.vmsn")).toBe(false);
    await task(vm, "Destroy_Task");
  });

  test("leave it as it was when they fail", async () => {
    const vm = await create("fails");
    await task(vm, "PowerOnVM_Task");
    const machine = host.machine(vm.value);
    machine.failures.add("snapshot 2000");
    expect(await fails(snap(vm, "first"))).toBe("InvalidState");
    expect(machine.isPaused).toBe(false);
    expect(await get(vm, "snapshot")).toBeUndefined();
    expect(await diskOf(vm)).toBe("fails/fails.vmdk");
    expect(onDisk("fails/fails-000001.vmdk")).toBe(false);
    // The disks have changed over when the state cannot be saved: they are merged back.
    machine.failures.clear();
    machine.failures.add("save");
    expect(await fails(snap(vm, "second", true))).toBe("InvalidState");
    expect(await diskOf(vm)).toBe("fails/fails-000001.vmdk");
    expect(await needsConsolidation(vm)).toBe(true as never);
    await task(vm, "ConsolidateVMDisks_Task");
    expect(await diskOf(vm)).toBe("fails/fails.vmdk");
    await task(vm, "PowerOffVM_Task");
    await task(vm, "Destroy_Task");
  });
});

describe("a suspended VM", () => {
  test("goes on from its state, once", async () => {
    const vm = await create("suspend");
    expect(await fails(task(vm, "SuspendVM_Task"))).toBe("InvalidPowerState");
    await task(vm, "PowerOnVM_Task");
    await task(vm, "SuspendVM_Task");
    expect(await get(vm, "runtime.powerState")).toBe("suspended" as never);
    expect(host.hypervisor.machines.has(vm.value)).toBe(false);
    expect(await fails(task(vm, "ResetVM_Task"))).toBe("InvalidPowerState");
    expect(await fails(task(vm, "ReconfigVM_Task", { spec: { memoryMB: 256 } }))).toBe(
      "InvalidPowerState",
    );
    await task(vm, "PowerOnVM_Task");
    const { restore } = host.machine(vm.value).spec;
    expect(restore?.statePath).toMatch(/suspend\/suspend-\w+\.vmss$/);
    expect(existsSync(restore?.statePath ?? "")).toBe(false);
    await task(vm, "PowerOffVM_Task");
    await task(vm, "PowerOnVM_Task");
    expect(host.machine(vm.value).spec.restore).toBeUndefined();
    await task(vm, "SuspendVM_Task");
    const { state } = host.world.vms.get(vm).record.suspended!;
    rmSync(host.world.datastores.places.parse(state.path).absolute);
    expect(await fails(task(vm, "PowerOnVM_Task"))).toBe("FileNotFound");
    await task(vm, "PowerOffVM_Task");
    expect(await get(vm, "runtime.powerState")).toBe("poweredOff" as never);
    await task(vm, "Destroy_Task");
  });
});

describe("a clone", () => {
  const location = (diskMoveType: string) => ({ location: { diskMoveType }, template: false });
  const clone = (vm: MoRef, name: string, spec: Record<string, unknown>) =>
    task<MoRef>(vm, "CloneVM_Task", { folder: refs.vmFolder, name, spec });

  test("is a VM of its own", async () => {
    const vm = await create("source", { annotation: "copied", memoryMB: 256 });
    const full = { location: {}, template: false, powerOn: true, config: { numCPUs: 2 } };
    const copy = await clone(vm, "copy", full);
    const [before, after] = [await get(vm, "config"), await get(copy, "config")];
    expect(after["annotation"]).toBe("copied");
    expect([after["hardware"].memoryMB, after["hardware"].numCPU]).toEqual([256, 2]);
    expect(await diskOf(copy)).toBe("copy/copy.vmdk");
    for (const field of ["uuid", "instanceUuid"]) expect(after[field]).not.toBe(before[field]);
    const mac = (config: Fields) =>
      (config["hardware"].device as Fields[]).find((d) => d["macAddress"])?.["macAddress"];
    expect(mac(after)).not.toBe(mac(before));
    expect(await get(copy, "runtime.powerState")).toBe("poweredOn" as never);
    const types = host.world.events.events.map((event) => event._type);
    expect(types).toContain("VmBeingClonedEvent");
    expect(types).toContain("VmClonedEvent");
    await task(copy, "PowerOffVM_Task");
    for (const each of [copy, vm]) await task(each, "Destroy_Task");
  });

  test("linked to a snapshot keeps that from going", async () => {
    const vm = await create("parent");
    const linked = { ...location("createNewChildDiskBacking"), powerOn: false };
    expect(await fails(clone(vm, "linked2", linked))).toBe("InvalidArgument");
    const first = await snap(vm, "first");
    const copy = await clone(vm, "linked2", { ...linked, snapshot: first });
    expect(await diskOf(copy)).toBe("linked2/linked2.vmdk");
    expect(await fails(task(first, "RemoveSnapshot_Task", { removeChildren: false }))).toBe(
      "FileLocked",
    );
    expect(await fails(clone(vm, "linked2", { ...linked, snapshot: first }))).toBe("DuplicateName");
    await task(copy, "Destroy_Task");
    await task(vm, "RemoveAllSnapshots_Task");
    await task(vm, "Destroy_Task");
  });

  test("of a running VM is as of one moment, and leaves no snapshot", async () => {
    const vm = await create("live");
    await task(vm, "PowerOnVM_Task");
    const copy = await clone(vm, "live-copy", { ...location(""), powerOn: false });
    expect(await get(vm, "snapshot")).toBeUndefined();
    expect(await diskOf(vm)).toBe("live/live.vmdk");
    await task(copy, "Destroy_Task");
    await task(vm, "PowerOffVM_Task");
    await task(vm, "Destroy_Task");
  });

  test("is not made with what vic-host cannot do", async () => {
    const vm = await create("plain");
    const identity = { _type: "CustomizationIdentitySettings" };
    const customization = { identity, globalIPSettings: {} };
    const spec = { ...location(""), powerOn: false, customization };
    expect(await fails(clone(vm, "custom", spec))).toBe("NotSupported");
    await task(vm, "Destroy_Task");
  });

  test("can be a template, which can only be cloned", async () => {
    const vm = await create("tmpl");
    await host.client.call(vm, "MarkAsTemplate");
    expect((await get(vm, "config"))["template"]).toBe(true);
    expect(await fails(task(vm, "PowerOnVM_Task"))).toBe("InvalidVmState");
    const copy = await clone(vm, "from-tmpl", { ...location(""), powerOn: false });
    expect((await get(copy, "summary.config"))["template"]).toBe(false);
    await host.client.call(vm, "UnregisterVM");
    const again = await task<MoRef>(refs.vmFolder, "RegisterVM_Task", {
      path: "[datastore1] tmpl/tmpl.vmx",
      asTemplate: true,
    });
    expect(await fails(task(again, "PowerOnVM_Task"))).toBe("InvalidVmState");
    await host.client.call(again, "MarkAsVirtualMachine", { pool: refs.rootPool });
    await task(again, "PowerOnVM_Task");
    await task(again, "PowerOffVM_Task");
    for (const each of [copy, again]) await task(each, "Destroy_Task");
  });
});

test("snapshots come back when the VM is registered again", async () => {
  const vm = await create("again");
  await snap(vm, 'a "quoted" | name');
  await task(vm, "ReconfigVM_Task", { spec: { memoryMB: 128 } });
  await snap(vm, "second");
  await host.client.call(vm, "UnregisterVM");
  const back = await task<MoRef>(refs.vmFolder, "RegisterVM_Task", {
    path: "[datastore1] again/again.vmx",
    asTemplate: false,
    pool: refs.rootPool,
  });
  expect(await trees(back)).toEqual([['a "quoted" | name', ["second"]]]);
  const [root] = (await get(back, "rootSnapshot")) as MoRef[];
  await task(root!, "RevertToSnapshot_Task");
  expect((await get(back, "config"))["hardware"].memoryMB).toBe(64);
  await task(back, "RemoveAllSnapshots_Task");
  expect(await diskOf(back)).toBe("again/again.vmdk");
  await task(back, "Destroy_Task");
});

describe("a disk", () => {
  const grow = async (vm: MoRef, capacityInKB: number) => {
    const { device } = await get(vm, "config.hardware");
    const disk = (device as Fields[]).find((d) => d["_type"] === "VirtualDisk")!;
    const { capacityInBytes: _, ...rest } = disk;
    const edit = { operation: "edit", device: { ...rest, capacityInKB } };
    await task(vm, "ReconfigVM_Task", { spec: { deviceChange: [edit] } });
  };

  test("becomes larger, off and running, and never smaller", async () => {
    const vm = await create("grow");
    await grow(vm, 2048);
    await task(vm, "PowerOnVM_Task");
    await grow(vm, 4096);
    expect(host.machine(vm.value).done).toContain(`resize 2000 ${4096 * 1024}`);
    expect(await fails(grow(vm, 1024))).toBe("InvalidDeviceOperation");
    await task(vm, "PowerOffVM_Task");
    await snap(vm, "fixed");
    expect(await fails(grow(vm, 8192))).toBe("InvalidDeviceOperation");
    await task(vm, "Destroy_Task");
  });

  test("that is not persistent forgets what was written when the VM is off", async () => {
    const vm = await create("redo");
    const { device } = await get(vm, "config.hardware");
    const disk = (device as Fields[]).find((d) => d["_type"] === "VirtualDisk")!;
    const backing = { ...disk["backing"], diskMode: "independent_nonpersistent" };
    const change = { operation: "edit", device: { ...disk, backing } };
    await task(vm, "ReconfigVM_Task", { spec: { deviceChange: [change] } });
    await task(vm, "PowerOnVM_Task");
    const paths = await host.machine(vm.value).diskPaths();
    expect(paths.get(2000)).toEndWith("redo/redo-000001.vmdk");
    expect(await diskOf(vm)).toBe("redo/redo.vmdk");
    expect(await fails(snap(vm, "memory", true))).toBe("MemorySnapshotOnIndependentDisk");
    await task(vm, "SuspendVM_Task");
    await task(vm, "PowerOnVM_Task");
    expect(await host.machine(vm.value).diskPaths()).toEqual(paths);
    await task(vm, "PowerOffVM_Task");
    await task(vm, "ReconfigVM_Task", { spec: { annotation: "waits until the VM is idle" } });
    expect(
      host.world.datastores.disks.children(
        host.world.datastores.places.parse("[datastore1] redo/redo.vmdk"),
      ),
    ).toEqual([]);
    expect(onDisk("redo/redo-000001.vmdk")).toBe(false);
    await task(vm, "Destroy_Task");
  });
});
