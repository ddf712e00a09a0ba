import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import { callsOf, fails } from "./testing/calls.ts";
import { diskChange, TestHost } from "./testing/fakes.ts";

// What came over the wire: the expectations below say what it must look like.
// oxlint-disable-next-line typescript/no-explicit-any
type Fields = Record<string, any>;

let host: TestHost;
let folder = "";
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vic-datastores-"));
  host = await TestHost.start();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const { create, task, get } = callsOf(() => host);
const add = (name: string, path: string) =>
  host.client.call<MoRef>(refs.datastoreSystem, "CreateLocalDatastore", { name, path });
const remove = (datastore: MoRef) =>
  host.client.call(refs.datastoreSystem, "RemoveDatastore", { datastore });

test("a datastore that was added holds VMs, and is there after a restart", async () => {
  const ssd = await add("ssd", folder);
  const web = await create("web", { files: { vmPathName: "[ssd]" } });
  expect(existsSync(join(folder, "web/web.vmdk"))).toBe(true);
  expect(await get(web, "datastore")).toEqual([ssd]);
  const change = diskChange({
    fileOperation: "create",
    capacityInKB: 1024,
    controllerKey: 1000,
    fileName: "[datastore1]",
  });
  await task(web, "ReconfigVM_Task", { spec: { deviceChange: [change] } });
  expect(await get(web, "datastore")).toEqual([ssd, refs.datastore]);
  expect(await get(refs.datastore, "vm")).toEqual([web]);
  const disk = (await get(web, "config.hardware.device[2001]")) as Fields;
  expect(disk["backing"].datastore).toEqual(refs.datastore);
  await host.halt();
  await host.boot();
  expect(await get(web, "datastore")).toEqual([ssd, refs.datastore]);
  const all = [refs.datastore, ssd];
  for (const ref of [refs.datacenter, refs.host, refs.computeResource]) {
    expect(await get(ref, "datastore")).toEqual(all);
  }
  await task(web, "PowerOnVM_Task");
  expect(host.machine(web.value).devices.get(2000)).toMatchObject({
    path: join(folder, "web/web.vmdk"),
  });
  expect(existsSync(join(host.dir, "datastore1/web/web.vmdk"))).toBe(true);
  await task(web, "PowerOffVM_Task");
  await task(web, "Destroy_Task");
  expect(existsSync(join(host.dir, "datastore1/web"))).toBe(false);
});

test("a datastore in use stays, and one that is not in use goes without its files", async () => {
  const ssd = await add("ssd", folder);
  const web = await create("web", { files: { vmPathName: "[ssd]" } });
  expect(await fails(remove(ssd))).toBe("ResourceInUse");
  await host.client.call(web, "UnregisterVM");
  await remove(ssd);
  expect(await fails(get(ssd, "name"))).toBe("ManagedObjectNotFound");
  expect(existsSync(join(folder, "web/web.vmx"))).toBe(true);
  expect(await fails(remove(refs.datastore))).toBe("ResourceInUse");
  await add("again", folder);
  const found = await task(refs.vmFolder, "RegisterVM_Task", {
    path: "[again] web/web.vmx",
    asTemplate: false,
    pool: refs.rootPool,
  });
  expect(found).toMatchObject({ type: "VirtualMachine" });
});

test("a new name is in the path of every file", async () => {
  const ssd = await add("ssd", folder);
  const web = await create("web", {
    files: { vmPathName: "[ssd]" },
    annotation: "[ssd] is text here",
  });
  const other = await create("other");
  const disk = { fileOperation: "create", capacityInKB: 1024, controllerKey: 1000 };
  const deviceChange = [diskChange({ ...disk, fileName: "[ssd]" })];
  await task(other, "ReconfigVM_Task", { spec: { deviceChange } });
  await host.client.call(ssd, "RenameDatastore", { newName: "fast" });
  const see = async () => {
    const config = (await get(web, "config")) as Fields;
    expect(config["files"].vmPathName).toBe("[fast] web/web.vmx");
    expect(config["annotation"]).toBe("[ssd] is text here");
    const disk = (await get(web, "config.hardware.device[2000]")) as Fields;
    expect(disk["backing"].fileName).toBe("[fast] web/web.vmdk");
    expect(await get(ssd, "name")).toBe("fast");
    expect(await Bun.file(join(host.dir, "datastore1/other/other.vmx")).text()).toContain("[fast]");
  };
  await see();
  const old = host.client.call(refs.fileManager, "MakeDirectory", { name: "[ssd] x" });
  expect(await fails(old)).toBe("InvalidDatastorePath");
  await host.halt();
  await host.boot();
  await see();
  expect(await fails(add("fast", join(folder, "x")))).toBe("DuplicateName");
});

test("a child knows its parent on another datastore", async () => {
  await add("ssd", folder);
  const base = await create("base");
  const child = diskChange({
    fileOperation: "create",
    controllerKey: 1000,
    fileName: "[ssd] web/c.vmdk",
    parent: "[datastore1] base/base.vmdk",
  });
  const web = await create("web", { files: { vmPathName: "[ssd]" } });
  await task(web, "ReconfigVM_Task", { spec: { deviceChange: [child] } });
  expect(await fails(task(base, "Destroy_Task"))).toBe("CannotDeleteFile");
  const disk = (await get(web, "config.hardware.device[2001]")) as Fields;
  expect(disk["backing"].parent).toMatchObject({
    fileName: "[datastore1] base/base.vmdk",
    datastore: refs.datastore,
  });
  await task(web, "Destroy_Task");
  await task(base, "Destroy_Task");
});

test("a datastore is never made where it would show what is not its own", async () => {
  mkdirSync(join(folder, "used/inner"), { recursive: true });
  for (const path of ["/", host.dir, join(folder, "used"), "../x", "", "a/b"]) {
    expect([path, await fails(add("bad", path))]).toEqual([path, "InvalidArgument"]);
  }
  expect(await fails(add("bad", join(folder, "none")))).toBe("NotFound");
  await add("outer", join(folder, "used/inner"));
  mkdirSync(join(folder, "used/inner/deep"));
  expect(await fails(add("bad", join(folder, "used/inner/deep")))).toBe("DuplicateName");
  for (const name of ["", "a]b", "x".repeat(43), " a"]) {
    expect([name, await fails(add(name, "fine"))]).toEqual([name, "InvalidName"]);
  }
  await add("below", "fine");
  expect(existsSync(join(host.dir, "datastores/fine"))).toBe(true);
});

test("a datastore of the command line that cannot be used is not remembered", async () => {
  await host.halt();
  const spec = (name: string, path: string) => ({ name, path, capacityBytes: undefined });
  for (const wrong of [spec("all", "/"), spec("datastore1", folder)]) {
    host.options.datastores = [wrong];
    await expect(host.boot()).rejects.toThrow(/overlaps|is at/);
  }
  host.options.datastores = [{ ...spec("fast", folder), capacityBytes: 1 << 30 }];
  await host.boot();
  const names = () => host.world.datastores.all().map(({ name }) => name);
  expect(names()).toEqual(["datastore1", "fast"]);
  await host.halt();
  delete host.options.datastores;
  await host.boot();
  expect(names()).toEqual(["datastore1", "fast"]);
  expect(host.world.datastores.byName("fast")?.space.capacityBytes).toBe(1 << 30);
});

test("files are served by the name of their datastore", async () => {
  await add("ssd", folder);
  const { url } = host.running;
  const authorization = `Basic ${Buffer.from(`root:${host.password}`).toString("base64")}`;
  const request = (path: string, init: RequestInit = {}) =>
    fetch(url + path, { ...init, headers: { authorization }, tls: { rejectUnauthorized: false } });
  const put = await request("/folder/a?dsName=ssd", { method: "PUT", body: "hello" });
  expect(put.status).toBe(201);
  expect(await Bun.file(join(folder, "a")).text()).toBe("hello");
  expect((await request("/folder/a?dsName=datastore1")).status).toBe(404);
  expect((await request("/folder/a?dsName=none")).status).toBe(404);
  const list = await (await request("/folder")).text();
  for (const name of ["datastore1", "ssd"]) expect(list).toContain(`dsName=${name}`);
});

test("folders and VMs move into a folder together, or none does", async () => {
  const folder = (parent: MoRef, name: string) =>
    host.client.call<MoRef>(parent, "CreateFolder", { name });
  const into = (target: MoRef, list: MoRef[]) => task(target, "MoveIntoFolder_Task", { list });
  const [web, target, outer] = [
    await create("web"),
    await folder(refs.vmFolder, "target"),
    await folder(refs.vmFolder, "outer"),
  ];
  const inner = await folder(outer, "inner");
  await folder(target, "taken");
  const taken = await folder(refs.vmFolder, "taken");
  expect(await fails(into(target, [web, taken]))).toBe("DuplicateName");
  expect(await get(web, "parent")).toEqual(refs.vmFolder);
  expect(await fails(into(inner, [web, outer]))).toBe("InvalidFolder");
  expect(await fails(into(target, [web, refs.datastore]))).toBe("NotSupported");
  expect(await fails(into(refs.hostFolder, [web]))).toBe("InvalidFolder");
  expect(await get(web, "parent")).toEqual(refs.vmFolder);
  await into(target, [web, outer]);
  expect(await get(web, "parent")).toEqual(target);
  const found = await host.client.call(refs.searchIndex, "FindByInventoryPath", {
    inventoryPath: "ha-datacenter/vm/target/outer/inner",
  });
  expect(found).toEqual(inner);
  expect(await fails(task(target, "Destroy_Task"))).toBe("ResourceInUse");
  expect(await fails(task(refs.hostFolder, "Destroy_Task"))).toBe("NotSupported");
});
