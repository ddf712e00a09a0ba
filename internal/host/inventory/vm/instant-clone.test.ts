import { afterEach, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { faultOf } from "../../../vim25/fault.ts";
import { retrieveOne } from "../../../vim25/properties.ts";
import { runTask } from "../../../vim25/task.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { TestHost, vmSpec } from "../../testing/fakes.ts";
import { refs } from "../refs.ts";
import type { Device } from "./record.ts";

// A loaded machine takes its time.
setDefaultTimeout(60_000);

let host: TestHost;
let source: MoRef;
beforeEach(async () => {
  host = await TestHost.start();
  const config = vmSpec("source", {
    extraConfig: [
      { key: "guestinfo.a", value: "of the source" },
      { key: "guestinfo.b", value: "both" },
    ],
  });
  (config["deviceChange"] as unknown[]).push({
    operation: "add",
    device: {
      _type: "VirtualSerialPort",
      key: -9,
      yieldOnPoll: true,
      backing: {
        _type: "VirtualSerialPortFileBackingInfo",
        fileName: "[datastore1] source/console.log",
      },
    },
  });
  const parts = { config, pool: refs.rootPool };
  source = await runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", parts);
});
afterEach(() => host[Symbol.asyncDispose]());

const vmOf = (ref: MoRef) => host.world.vms.get(ref);
const machineOf = (ref: MoRef) => host.hypervisor.machines.get(ref.value)!;
const task = (ref: MoRef, method: string, params = {}) =>
  runTask<MoRef>(host.client, ref, method, params);
const clone = (name: string, more: Record<string, unknown> = {}) =>
  task(source, "InstantClone_Task", { spec: { name, location: {}, ...more } });
const fails = (work: Promise<unknown>) => work.then(() => undefined, faultOf);
const device = (ref: MoRef, type: string): Device =>
  vmOf(ref).record.config.devices.find((d) => d._type === type)!;
const names = () => host.world.vms.all().map((vm) => vm.record.name);

async function freeze(): Promise<void> {
  await task(source, "PowerOnVM_Task");
  machineOf(source).freeze(7);
}

test("a clone of a frozen VM runs on its memory, with what is its own", async () => {
  await freeze();
  const runtime = await retrieveOne(host.client, source, ["runtime.instantCloneFrozen"]);
  expect(runtime["runtime.instantCloneFrozen"]).toBe(true);
  const config = [{ key: "guestinfo.a", value: "of the clone" }];
  const biosUuid = "564d0000-0000-0000-0000-00000000000A";
  const ref = await clone("clone", { config, biosUuid });
  const vm = vmOf(ref);
  expect(vm.powerState).toBe("poweredOn");
  expect(vm.record.config.uuid).toBe(biosUuid.toLowerCase());
  const { spec } = machineOf(ref);
  expect(spec.restore).toMatchObject({ statePath: "/frozen", memoryPath: "/memory" });
  expect(spec).toMatchObject({ thawed: 7, uuid: biosUuid.toLowerCase() });
  expect(spec.guestInfo).toEqual({ "guestinfo.a": "of the clone", "guestinfo.b": "both" });
  expect(device(ref, "VirtualSerialPort").backing?.fileName).toBe("[datastore1] clone/console.log");
  expect(device(ref, "VirtualDisk").backing).toMatchObject({
    fileName: "[datastore1] clone/clone.vmdk",
    parent: { fileName: "[datastore1] source/source.vmdk" },
  });
  const macs = [source, ref].map((each) => device(each, "VirtualVmxnet3").macAddress);
  expect(macs[1]).toMatch(/^00:0c:29:/);
  expect(macs[0]).not.toBe(macs[1]);
  expect(spec.restore?.macs).toEqual({ [device(source, "VirtualVmxnet3").key]: macs[0]! });
  const types = host.world.events.events.map((event) => event._type);
  expect(types).toContain("VmBeingClonedEvent");
  expect(types).toContain("VmClonedEvent");
});

test("a frozen VM is cloned or powered off, and is no longer frozen then", async () => {
  await freeze();
  await clone("clone");
  for (const method of ["ResetVM_Task", "SuspendVM_Task"]) {
    expect(await fails(task(source, method))).toBe("InvalidState");
  }
  const remove = { operation: "remove", device: { _type: "VirtualDisk", key: 2000 } };
  const spec = { deviceChange: [remove] };
  expect(await fails(task(source, "ReconfigVM_Task", { spec }))).toBe("InvalidState");
  await task(source, "PowerOffVM_Task");
  expect(vmOf(source).record.frozen).toBeUndefined();
  // The clone's disk is a child of its disk, and open.
  expect(await fails(task(source, "PowerOnVM_Task"))).toBe("FileLocked");
  expect(await fails(task(source, "Destroy_Task"))).toBe("FileLocked");
});

test("a VM that runs is cloned through a snapshot of a moment", async () => {
  await task(source, "PowerOnVM_Task");
  const ref = await clone("clone");
  expect(vmOf(ref).powerState).toBe("poweredOn");
  expect(machineOf(ref).spec.restore?.memoryPath).toBeUndefined();
  expect(vmOf(ref).record.suspended).toBeUndefined();
  expect(machineOf(source).isPaused).toBe(false);
  expect(vmOf(source).record.snapshots ?? []).toEqual([]);
  const parent = device(ref, "VirtualDisk").backing?.parent?.fileName;
  expect(parent).toBe("[datastore1] source/source.vmdk");
  expect(device(source, "VirtualDisk").backing?.fileName).not.toBe(parent);
});

test("what cannot be cloned is refused, and nothing is left of it", async () => {
  expect(await fails(clone("off"))).toBe("InvalidPowerState");
  await freeze();
  const add = { operation: "add", device: { _type: "VirtualVmxnet3", key: -1 } };
  const cases: [string, Record<string, unknown>][] = [
    ["DuplicateName", { name: "source" }],
    ["InvalidArgument", { biosUuid: "no" }],
    ["NotSupported", { location: { diskMoveType: "moveAllDiskBackingsAndAllowSharing" } }],
    ["NotSupported", { location: { deviceChange: [add] } }],
    ["ManagedObjectNotFound", { location: { pool: { type: "ResourcePool", value: "none" } } }],
    ["InvalidFolder", { location: { folder: { type: "Folder", value: "none" } } }],
    ["ManagedObjectNotFound", { location: { host: { type: "HostSystem", value: "none" } } }],
    ["ManagedObjectNotFound", { location: { datastore: { type: "Datastore", value: "none" } } }],
  ];
  for (const [fault, more] of cases) expect(await fails(clone("new", more))).toBe(fault);
  expect(names()).toEqual(["source"]);
  expect(existsSync(join(host.dir, "datastore1", "new"))).toBe(false);
});

test("a clone that does not start is gone again", async () => {
  await freeze();
  host.hypervisor.start = () => Promise.reject(new Error("no memory"));
  await expect(clone("new")).rejects.toThrow("no memory");
  expect(names()).toEqual(["source"]);
  expect(existsSync(join(host.dir, "datastore1", "new"))).toBe(false);
});
