/** Disks that were taken from a VM that has snapshots. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { MoRef } from "../vim25/types.ts";
import { callsOf, fails } from "./testing/calls.ts";
import { diskChange, TestHost } from "./testing/fakes.ts";

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
  mkdirSync(join(host.dir, "datastore1/volumes"));
});
afterAll(() => host[Symbol.asyncDispose]());

const { create, task } = callsOf(() => host);
const isThere = (name: string) => existsSync(join(host.dir, "datastore1/volumes", name));
const path = (name: string) => `[datastore1] volumes/${name}`;
const reconfigure = (vm: MoRef, ...deviceChange: unknown[]) =>
  task(vm, "ReconfigVM_Task", { spec: { deviceChange } });
const add = (more: Record<string, unknown>) => diskChange({ controllerKey: 1000, ...more });
const snap = (vm: MoRef, name: string) =>
  task<MoRef>(vm, "CreateSnapshot_Task", { name, memory: false, quiesce: false });

/** A VM with two snapshots from which a disk in another folder was taken after them. */
async function withDetached(name: string): Promise<MoRef> {
  const vm = await create(name);
  const fileName = path(`${name}.vmdk`);
  await reconfigure(vm, add({ fileOperation: "create", capacityInKB: 1024, fileName }));
  await snap(vm, "first");
  await snap(vm, "second");
  await reconfigure(vm, { operation: "remove", device: { _type: "VirtualDisk", key: 2001 } });
  return vm;
}

test("a disk that was taken from a VM is still whole when the VM is destroyed", async () => {
  const vm = await withDetached("a");
  await task(vm, "Destroy_Task");
  expect(existsSync(join(host.dir, "datastore1/a"))).toBe(false);
  expect(["a.vmdk", "a-000001.vmdk", "a-000002.vmdk"].map(isThere)).toEqual([true, true, true]);
  const other = await create("other");
  await reconfigure(other, add({ fileName: path("a-000002.vmdk") }));
  await task(other, "PowerOnVM_Task");
  await task(other, "PowerOffVM_Task");
});

test("a VM is not destroyed while that disk is another VM's", async () => {
  const vm = await withDetached("b");
  const other = await create("another");
  await reconfigure(other, add({ fileName: path("b-000002.vmdk") }));
  expect(await fails(task(vm, "Destroy_Task"))).toBe("CannotDeleteFile");
  await reconfigure(other, { operation: "remove", device: { _type: "VirtualDisk", key: 2001 } });
  await task(vm, "Destroy_Task");
  expect(["b.vmdk", "b-000001.vmdk", "b-000002.vmdk"].map(isThere)).toEqual([true, true, true]);
});

test("when that disk is deleted, all its files go with the VM", async () => {
  const vm = await withDetached("c");
  const { virtualDiskManager } = host.client.content as { virtualDiskManager?: MoRef };
  await task(virtualDiskManager!, "DeleteVirtualDisk_Task", { name: path("c-000002.vmdk") });
  await task(vm, "Destroy_Task");
  expect(["c.vmdk", "c-000001.vmdk", "c-000002.vmdk"].map(isThere)).toEqual([false, false, false]);
});
