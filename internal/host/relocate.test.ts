import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import { callsOf, fails } from "./testing/calls.ts";
import { diskChange, TestHost } from "./testing/fakes.ts";

// What came over the wire: the expectations below say what it must look like.
// oxlint-disable-next-line typescript/no-explicit-any
type Fields = Record<string, any>;

let host: TestHost;
let ssd: MoRef;
beforeAll(async () => {
  host = await TestHost.start();
  const spec = { name: "ssd", path: "ssd" };
  ssd = await host.client.call<MoRef>(refs.datastoreSystem, "CreateLocalDatastore", spec);
});
afterAll(() => host[Symbol.asyncDispose]());

const onSsd = (path: string) => existsSync(join(host.dir, "datastores/ssd", path));
const onFirst = (path: string) => existsSync(join(host.dir, "datastore1", path));
const { create, task, get } = callsOf(() => host);
const relocate = (vm: MoRef, spec: Record<string, unknown>) =>
  task(vm, "RelocateVM_Task", { spec });
const backing = async (vm: MoRef, key: number) =>
  ((await get(vm, `config.hardware.device[${key}]`)) as Fields)["backing"] as Fields;
const serial = (fileName: string) => ({
  operation: "add",
  device: {
    _type: "VirtualSerialPort",
    key: -8,
    yieldOnPoll: true,
    backing: { _type: "VirtualSerialPortFileBackingInfo", fileName },
  },
});
const left = () => host.world.store.all("intent");

test("a VM moves with all that is in its folder, and starts from there", async () => {
  const vm = await create("mover", { extraConfig: [{ key: "k", value: "[datastore1] x" }] });
  const change = [serial("[datastore1] mover/serial.log")];
  await task(vm, "ReconfigVM_Task", { spec: { deviceChange: change } });
  await Bun.write(join(host.dir, "datastore1/mover/notes.txt"), "kept");
  const uuid = () =>
    backing(vm, 2000).then(({ fileName }) =>
      host.client.call<string>(refs.virtualDiskManager, "QueryVirtualDiskUuid", { name: fileName }),
    );
  const before = await uuid();
  await relocate(vm, { datastore: ssd });
  expect(await get(vm, "datastore")).toEqual([ssd]);
  expect(await get(vm, "config.files.vmPathName")).toBe("[ssd] mover/mover.vmx");
  expect(await backing(vm, 2000)).toMatchObject({
    fileName: "[ssd] mover/mover.vmdk",
    datastore: ssd,
  });
  expect(await backing(vm, 9000)).toMatchObject({ fileName: "[ssd] mover/serial.log" });
  expect(await get(vm, "config.extraConfig")).toEqual([{ key: "k", value: "[datastore1] x" }]);
  expect(await uuid()).toBe(before);
  expect([onFirst("mover"), onSsd("mover/notes.txt"), onSsd("mover/mover.vmx")]).toEqual([
    false,
    true,
    true,
  ]);
  expect(left()).toEqual([]);
  expect(host.world.events.events.at(-1)).toMatchObject({
    _type: "VmRelocatedEvent",
    sourceDatastore: { name: "datastore1" },
  });
  await host.halt();
  await host.boot();
  await task(vm, "PowerOnVM_Task");
  expect(await fails(relocate(vm, { datastore: refs.datastore }))).toBe("NotSupported");
  await task(vm, "PowerOffVM_Task");
  await host.client.call(vm, "UnregisterVM");
  const again = await runTask<MoRef>(host.client, refs.vmFolder, "RegisterVM_Task", {
    path: "[ssd] mover/mover.vmx",
    asTemplate: false,
    pool: refs.rootPool,
  });
  expect(await get(again, "datastore")).toEqual([ssd]);
  await task(again, "Destroy_Task");
  expect(onSsd("mover")).toBe(false);
});

test("a linked child keeps its parent, unless it is to stand on its own", async () => {
  const image = await create("image");
  const child = diskChange({
    fileOperation: "create",
    controllerKey: 1000,
    fileName: "[datastore1] linked/child.vmdk",
    parent: "[datastore1] image/image.vmdk",
  });
  const vm = await create("linked");
  await task(vm, "ReconfigVM_Task", { spec: { deviceChange: [child] } });
  await relocate(vm, { datastore: ssd });
  expect(await backing(vm, 2001)).toMatchObject({
    fileName: "[ssd] linked/child.vmdk",
    datastore: ssd,
    parent: { fileName: "[datastore1] image/image.vmdk", datastore: refs.datastore },
  });
  const { disks, places } = host.world.datastores;
  await disks.assertChain(places.parse("[ssd] linked/child.vmdk"));
  expect(await fails(task(image, "Destroy_Task"))).toBe("CannotDeleteFile");
  const away = { datastore: refs.datastore, diskMoveType: "createNewChildDiskBacking" };
  expect(await fails(relocate(vm, away))).toBe("NotSupported");
  await relocate(vm, {
    datastore: refs.datastore,
    diskMoveType: "moveAllDiskBackingsAndConsolidate",
  });
  expect((await backing(vm, 2001))["parent"]).toBeUndefined();
  expect(await get(vm, "datastore")).toEqual([refs.datastore]);
  await task(image, "Destroy_Task");
  await task(vm, "PowerOnVM_Task");
  await task(vm, "PowerOffVM_Task");
  await task(vm, "Destroy_Task");
});

test("one disk moves alone", async () => {
  const vm = await create("apart");
  const disk = (diskId: number) => ({ disk: [{ diskId, datastore: ssd }] });
  expect(await fails(relocate(vm, disk(2009)))).toBe("InvalidArgument");
  await relocate(vm, disk(2000));
  expect(await get(vm, "datastore")).toEqual([refs.datastore, ssd]);
  expect(await get(vm, "config.files.vmPathName")).toBe("[datastore1] apart/apart.vmx");
  expect([onFirst("apart/apart.vmx"), onFirst("apart/apart.vmdk")]).toEqual([true, false]);
  expect(onSsd("apart/apart.vmdk")).toBe(true);
  await task(vm, "Destroy_Task");
  expect(onSsd("apart/apart.vmdk")).toBe(false);
});

test("a datastore that only a snapshot has a disk on is in use", async () => {
  const vm = await create("kept");
  const fileName = "[ssd]";
  const add = diskChange({
    fileOperation: "create",
    capacityInKB: 1024,
    controllerKey: 1000,
    fileName,
  });
  await task(vm, "ReconfigVM_Task", { spec: { deviceChange: [add] } });
  const params = { name: "one", description: "", memory: false, quiesce: false };
  await task(vm, "CreateSnapshot_Task", params);
  const device = { _type: "VirtualDisk", key: 2001, capacityInKB: 0 };
  const remove = { operation: "remove", fileOperation: "destroy", device };
  await task(vm, "ReconfigVM_Task", { spec: { deviceChange: [remove] } });
  expect(await get(vm, "datastore")).toEqual([refs.datastore, ssd]);
  const gone = host.client.call(refs.datastoreSystem, "RemoveDatastore", { datastore: ssd });
  expect(await fails(gone)).toBe("ResourceInUse");
  await task(vm, "Destroy_Task");
  expect(onSsd("kept")).toBe(false);
});

test("a VM with a snapshot moves with what that froze", async () => {
  const vm = await create("snapped");
  const name = "one";
  const params = { name, description: "", memory: false, quiesce: false };
  await task(vm, "CreateSnapshot_Task", params);
  await relocate(vm, { datastore: ssd });
  const { parent, fileName } = await backing(vm, 2000);
  expect([fileName.startsWith("[ssd] "), parent.fileName.startsWith("[ssd] ")]).toEqual([
    true,
    true,
  ]);
  expect(onFirst("snapped")).toBe(false);
  const [snapshot] = (await get(vm, "rootSnapshot")) as MoRef[];
  await task(snapshot!, "RevertToSnapshot_Task");
  await task(vm, "PowerOnVM_Task");
  await task(vm, "PowerOffVM_Task");
  await task(snapshot!, "RemoveSnapshot_Task", { removeChildren: false });
  await task(vm, "Destroy_Task");
  expect(left()).toEqual([]);
});

test("a move that fails leaves everything where it was", async () => {
  const vm = await create("stays");
  const { transfer } = host.world.datastores.files;
  const keep = transfer.keepUuids.bind(transfer);
  transfer.keepUuids = () => {
    throw new Error("refused");
  };
  await expect(relocate(vm, { datastore: ssd })).rejects.toThrow("refused");
  transfer.keepUuids = keep;
  expect([onSsd("stays"), onFirst("stays/stays.vmdk")]).toEqual([false, true]);
  expect(left()).toEqual([]);
  await task(vm, "PowerOnVM_Task");
  await task(vm, "PowerOffVM_Task");
});

test("goes to another pool and folder, and nowhere that there is not", async () => {
  const vm = await create("placed");
  const allocation = { cpuAllocation: {}, memoryAllocation: {} };
  const pool = await host.client.call<MoRef>(refs.rootPool, "CreateResourcePool", {
    name: "p",
    spec: allocation,
  });
  const folder = await host.client.call<MoRef>(refs.vmFolder, "CreateFolder", { name: "f" });
  await relocate(vm, { pool, folder, host: refs.host });
  expect(await get(vm, "resourcePool")).toEqual(pool);
  expect(await get(vm, "parent")).toEqual(folder);
  const other = { type: "HostSystem", value: "host-99" };
  expect(await fails(relocate(vm, { host: other }))).toBe("ManagedObjectNotFound");
  const datastore = { type: "Datastore", value: "none" };
  expect(await fails(relocate(vm, { datastore }))).toBe("InvalidDatastore");
  expect(await fails(relocate(vm, { folder: refs.hostFolder }))).toBe("InvalidFolder");
  const deviceChange = [serial("[datastore1] placed/x")];
  expect(await fails(relocate(vm, { deviceChange }))).toBe("NotSupported");
});
