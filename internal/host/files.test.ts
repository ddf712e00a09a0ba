import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { retrieveOne } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import { callsOf, fails } from "./testing/calls.ts";
import { diskChange, TestHost, vmSpec } from "./testing/fakes.ts";

// What came over the wire: the expectations below say what it must look like.
// oxlint-disable-next-line typescript/no-explicit-any
type Fields = Record<string, any>;

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start({ capacityBytes: 64 * 1024 * 1024 });
  const name = "ssd";
  await host.client.call(refs.datastoreSystem, "CreateLocalDatastore", { name, path: name });
});
afterAll(() => host[Symbol.asyncDispose]());

const ssd = (path: string) => join(host.dir, "datastores/ssd", path);
const first = (path: string) => join(host.dir, "datastore1", path);
const { task } = callsOf(() => host);
const fileTask = (method: string, sourceName: string, destinationName: string, force = false) =>
  task(refs.fileManager, method, { sourceName, destinationName, force });
const copy = (from: string, to: string) => fileTask("CopyDatastoreFile_Task", from, to);
const move = (from: string, to: string) => fileTask("MoveDatastoreFile_Task", from, to);
const disk = (method: string, params: Record<string, unknown>) =>
  task(refs.virtualDiskManager, method, params);
const ask = <T = string>(method: string, name: string, more = {}) =>
  host.client.call<T>(refs.virtualDiskManager, method, { name, ...more });
const makeFolder = (name: string) => host.client.call(refs.fileManager, "MakeDirectory", { name });
const create = (name: string, capacityKb = 1024) =>
  disk("CreateVirtualDisk_Task", {
    name,
    spec: { _type: "FileBackedVirtualDiskSpec", capacityKb },
  });
const createVm = (name: string, more: Record<string, unknown> = {}) =>
  runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
    config: vmSpec(name, more),
    pool: refs.rootPool,
  });
const parentOf = async (name: string) => {
  const params = { name, includeParents: false };
  return ((await disk("QueryVirtualDiskInfo_Task", params)) as Fields[])[0]?.["parent"];
};

describe("files", () => {
  test("are copied and moved between datastores, with all that is in a folder", async () => {
    await makeFolder("[datastore1] tree");
    mkdirSync(first("tree/sub"));
    await Bun.write(first("tree/a.txt"), "a");
    await Bun.write(first("tree/sub/b.txt"), "b");
    await copy("[datastore1] tree", "[ssd] copied");
    expect(await Bun.file(ssd("copied/sub/b.txt")).text()).toBe("b");
    expect(await fails(copy("[datastore1] tree", "[ssd] copied"))).toBe("FileAlreadyExists");
    await move("[datastore1] tree", "[ssd] moved");
    expect(await Bun.file(ssd("moved/sub/b.txt")).text()).toBe("b");
    expect(existsSync(first("tree"))).toBe(false);
    expect(await fails(move("[ssd] moved", "[ssd] moved/x"))).toBe("FileAlreadyExists");
    expect(await fails(move("[ssd] moved", "[ssd] ../x"))).toBe("InvalidDatastorePath");
    expect(await fails(copy("[ssd] none", "[ssd] x"))).toBe("FileNotFound");
    expect(host.world.store.all("intent")).toEqual([]);
  });

  test("that do not fit leave nothing behind", async () => {
    await Bun.write(first("large"), new Uint8Array(40 * 1024 * 1024).fill(7));
    await host.client.call(refs.datastore, "RefreshDatastore");
    expect(await fails(copy("[datastore1] large", "[datastore1] larger"))).toBe("NoDiskSpace");
    expect(existsSync(first("larger"))).toBe(false);
    expect(host.world.store.all("intent")).toEqual([]);
    await task(refs.fileManager, "DeleteDatastoreFile_Task", { name: "[datastore1] large" });
  });

  test("a child that is copied or moved finds its parent, or the copy of it", async () => {
    await makeFolder("[datastore1] chain");
    await create("[datastore1] chain/base.vmdk");
    const { disks, places } = host.world.datastores;
    const place = (text: string) => places.parse(text);
    await disks.createChild(
      place("[datastore1] chain/child.vmdk"),
      place("[datastore1] chain/base.vmdk"),
    );
    await copy("[datastore1] chain/child.vmdk", "[ssd] alone.vmdk");
    expect(await parentOf("[ssd] alone.vmdk")).toBe("[datastore1] chain/base.vmdk");
    await copy("[datastore1] chain", "[ssd] chain");
    expect(await parentOf("[ssd] chain/child.vmdk")).toBe("[ssd] chain/base.vmdk");
    await disks.assertChain(place("[ssd] chain/child.vmdk"));
    expect(await fails(move("[datastore1] chain/base.vmdk", "[ssd] b.vmdk"))).toBe(
      "CannotDeleteFile",
    );
    await move("[ssd] alone.vmdk", "[datastore1] alone.vmdk");
    await disks.assertChain(place("[datastore1] alone.vmdk"));
    expect(existsSync(ssd("alone.vmdk"))).toBe(false);
    await disk("CopyVirtualDisk_Task", {
      sourceName: "[datastore1] alone.vmdk",
      destName: "[ssd] flat.vmdk",
    });
    expect(await parentOf("[ssd] flat.vmdk")).toBeUndefined();
  });

  test("of a running VM are neither moved nor copied", async () => {
    const vm = await createVm("busy");
    await task(vm, "PowerOnVM_Task");
    expect(await fails(move("[datastore1] busy", "[ssd] busy"))).toBe("FileLocked");
    expect(await fails(copy("[datastore1] busy/busy.vmdk", "[ssd] b.vmdk"))).toBe("FileLocked");
    const params = { name: "[datastore1] busy/busy.vmdk" };
    expect(await fails(disk("InflateVirtualDisk_Task", params))).toBe("FileLocked");
    await task(vm, "PowerOffVM_Task");
    await task(vm, "Destroy_Task");
  });

  test("are meant in the one datacenter", async () => {
    const datacenter = { type: "Datacenter", value: "other" };
    const params = { name: "[ssd] x", datacenter };
    const make = host.client.call(refs.fileManager, "MakeDirectory", params);
    expect(await fails(make)).toBe("InvalidArgument");
    await host.client.call(refs.fileManager, "MakeDirectory", {
      name: "[ssd] y",
      datacenter: refs.datacenter,
    });
  });
});

describe("a virtual disk", () => {
  test("keeps its UUID wherever it is moved, and a copy has its own", async () => {
    const name = "[datastore1] u.vmdk";
    await create(name);
    const uuid = await ask("QueryVirtualDiskUuid", name);
    expect(uuid).toMatch(/^([\da-f]{2} ){7}[\da-f]{2}-([\da-f]{2} ){7}[\da-f]{2}$/);
    const wanted = "60 00 c2 93 7b a0 3a 03-9f 22 56 29 93 b7 a7 25";
    await ask("SetVirtualDiskUuid", name, { uuid: wanted });
    expect(await fails(ask("SetVirtualDiskUuid", name, { uuid: "x" }))).toBe("InvalidArgument");
    await disk("MoveVirtualDisk_Task", { sourceName: name, destName: "[datastore1] v.vmdk" });
    await disk("MoveVirtualDisk_Task", {
      sourceName: "[datastore1] v.vmdk",
      destName: "[ssd] w.vmdk",
    });
    expect(await ask("QueryVirtualDiskUuid", "[ssd] w.vmdk")).toBe(wanted);
    await disk("CopyVirtualDisk_Task", { sourceName: "[ssd] w.vmdk", destName: "[ssd] c.vmdk" });
    expect(await ask("QueryVirtualDiskUuid", "[ssd] c.vmdk")).not.toBe(wanted);
    expect(await fails(ask("QueryVirtualDiskUuid", name))).toBe("FileNotFound");
  });

  test("grows, never shrinks, and can take all of its room", async () => {
    const name = "[datastore1] grow.vmdk";
    await create(name, 2048);
    const extend = (newCapacityKb: number) =>
      disk("ExtendVirtualDisk_Task", { name, newCapacityKb, eagerZero: false });
    expect(await fails(extend(1024))).toBe("InvalidArgument");
    await disk("InflateVirtualDisk_Task", { name });
    expect(statSync(first("grow.vmdk")).blocks * 512).toBeGreaterThanOrEqual(2048 * 1024);
    await extend(4096);
    const geometry = await ask<Fields>("QueryVirtualDiskGeometry", name);
    expect(geometry).toMatchObject({ head: 255, sector: 63, cylinder: 1 });
    await create("[datastore1] huge.vmdk", 1024 * 1024);
    const huge = disk("InflateVirtualDisk_Task", { name: "[datastore1] huge.vmdk" });
    expect(await fails(huge)).toBe("NoDiskSpace");
    await disk("DeleteVirtualDisk_Task", { name: "[datastore1] huge.vmdk" });
  });
});

test("a browser finds disks, and tells of them what it is asked", async () => {
  const browser = (await retrieveOne(host.client, refs.datastore, ["browser"]))["browser"] as MoRef;
  await makeFolder("[datastore1] look");
  await create("[datastore1] look/d.vmdk", 2048);
  await Bun.write(first("look/n.txt"), "12345");
  const search = (searchSpec: Record<string, unknown>) =>
    task(browser, "SearchDatastore_Task", { datastorePath: "[datastore1] look", searchSpec });
  const details = { fileType: true, fileSize: true, modification: true };
  const query = [
    {
      _type: "VmDiskFileQuery",
      details: { diskType: true, capacityKb: true, hardwareVersion: false, thin: true },
    },
  ];
  const found = (await search({ query, details })) as Fields;
  expect(found["file"]).toMatchObject([
    {
      _type: "VmDiskFileInfo",
      path: "d.vmdk",
      capacityKb: 2048,
      thin: true,
      diskType: "VirtualDiskFlatVer2BackingInfo",
    },
  ]);
  const text = (await search({ matchPattern: ["N*"], details })) as Fields;
  expect(text["file"]).toMatchObject([{ path: "n.txt", fileSize: 5 }]);
  const strict = { matchPattern: ["N*"], searchCaseInsensitive: false };
  expect(((await search(strict)) as Fields)["file"]).toBeUndefined();
  const other = task(browser, "SearchDatastore_Task", { datastorePath: "[ssd] " });
  expect(await fails(other)).toBe("InvalidDatastore");
});

test("namespaces are top-level folders of a datastore", async () => {
  await using vcenter = await TestHost.start({ mode: "vcenter" });
  const { client, world } = vcenter;
  const manager = client.content.datastoreNamespaceManager!;
  const datastore = world.refs.datastore;
  const make = (displayName: string) =>
    client.call<string>(manager, "CreateDirectory", { datastore, displayName });
  const path = await make("space");
  expect(path).toBe(join(vcenter.dir, "datastore1/space"));
  expect(await fails(make("space"))).toBe("FileAlreadyExists");
  expect(await fails(make("a/b"))).toBe("InvalidArgument");
  expect(await fails(make("../b"))).toBe("InvalidDatastorePath");
  const remove = (datastorePath: string) =>
    client.call(manager, "DeleteDirectory", { datastorePath });
  expect(await fails(remove("/etc"))).toBe("InvalidDatastorePath");
  expect(await fails(remove("[datastore1]"))).toBe("InvalidDatastorePath");
  await remove(path);
  expect(existsSync(path)).toBe(false);
});

test("a VM's disk that is moved away is not taken by a new one", async () => {
  const vm = await createVm("mover");
  const change = diskChange({ fileOperation: "create", capacityInKB: 1024, controllerKey: 1000 });
  await task(vm, "ReconfigVM_Task", { spec: { deviceChange: [change] } });
  await move("[datastore1] mover/mover_1.vmdk", "[ssd] mover_1.vmdk");
  expect(await fails(task(vm, "PowerOnVM_Task"))).toBe("FileNotFound");
});
