/** What a vic-host finds that was killed in the middle of something. */
import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { retrieveOne } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import type { Pending } from "./inventory/vm/record.ts";
import { TestHost, vmSpec } from "./testing/fakes.ts";

setDefaultTimeout(60_000);

let host: TestHost;
let vm: MoRef;
beforeEach(async () => {
  host = await TestHost.start();
  vm = await runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
    config: vmSpec("vm"),
    pool: refs.rootPool,
  });
  await task("PowerOnVM_Task");
});
afterEach(() => host[Symbol.asyncDispose]());

const task = (method: string, params: Record<string, unknown> = {}) =>
  runTask(host.client, vm, method, params);
const get = async (path: string) => (await retrieveOne(host.client, vm, [path]))[path];
const own = () => host.world.vms.get(vm);
const path = (name: string) => join(host.dir, "datastore1/vm", name);
const text = (name: string) => `[datastore1] vm/${name}`;
const diskFile = () =>
  own().record.config.devices.find((d) => d._type === "VirtualDisk")?.backing?.fileName;

async function restart(): Promise<void> {
  await host.halt();
  await host.boot();
}

/** A snapshot that was begun, with the child that its disk goes on with. */
async function begunSnapshot(): Promise<void> {
  const { record } = own();
  const pending: Pending = {
    kind: "snapshot",
    snapshot: {
      id: "s",
      number: 1,
      name: "s",
      description: "",
      createTime: new Date().toISOString(),
      isQuiesced: false,
      powerState: "poweredOn",
      config: record.config,
      state: { path: text("vm-Snapshot1.vmsn") },
    },
    disks: [{ key: 2000, from: text("vm.vmdk"), to: text("vm-000001.vmdk") }],
  };
  host.world.vms.update(own(), { pending });
  const { places, disks } = host.world.datastores;
  await disks.createChild(
    places.parse(text("vm-000001.vmdk")),
    places.parse(text("vm.vmdk")),
    vm.value,
  );
  writeFileSync(path("vm-Snapshot1.vmsn"), "half a state");
}

describe("a snapshot that was begun", () => {
  test("is taken back when the machine still writes the old file", async () => {
    await begunSnapshot();
    await restart();
    expect(diskFile()).toBe(text("vm.vmdk"));
    expect(existsSync(path("vm-000001.vmdk"))).toBe(false);
    expect(existsSync(path("vm-Snapshot1.vmsn"))).toBe(false);
    expect(own().record.pending).toBeUndefined();
    await task("CreateSnapshot_Task", { name: "s", memory: false, quiesce: false });
    expect(diskFile()).toBe(text("vm-000001.vmdk"));
  });

  test("leaves the machine the file that it writes by now", async () => {
    await begunSnapshot();
    await host.machine(vm.value).snapshotDisks([{ key: 2000, path: path("vm-000001.vmdk") }]);
    await restart();
    expect(diskFile()).toBe(text("vm-000001.vmdk"));
    expect(existsSync(path("vm-Snapshot1.vmsn"))).toBe(false);
    expect(await get("snapshot")).toBeUndefined();
    expect(await get("runtime.consolidationNeeded")).toBe(true);
    await task("ConsolidateVMDisks_Task");
    expect(diskFile()).toBe(text("vm.vmdk"));
  });

  test("keeps what may have been written when the machine is gone", async () => {
    await begunSnapshot();
    host.hypervisor.machines.clear();
    await restart();
    expect(await get("runtime.powerState")).toBe("poweredOff");
    expect(diskFile()).toBe(text("vm-000001.vmdk"));
    await task("PowerOnVM_Task");
  });
});

describe("a suspension that was begun", () => {
  test("is taken back while it is not stored", async () => {
    host.world.vms.update(own(), { pending: { kind: "suspend", path: text("vm-1.vmss") } });
    writeFileSync(path("vm-1.vmss"), "half a state");
    await restart();
    expect(await get("runtime.powerState")).toBe("poweredOn");
    expect(existsSync(path("vm-1.vmss"))).toBe(false);
  });

  test("is finished once it is stored", async () => {
    const state = { path: text("vm-1.vmss") };
    const at = new Date().toISOString();
    writeFileSync(path("vm-1.vmss"), "a state");
    host.world.vms.update(own(), { isPoweredOn: false, suspended: { state, at, isOwn: true } });
    await restart();
    expect(await get("runtime.powerState")).toBe("suspended");
    expect(host.hypervisor.machines.has(vm.value)).toBe(false);
    await task("PowerOnVM_Task");
    expect(host.machine(vm.value).spec.restore?.statePath).toBe(path("vm-1.vmss"));
  });

  test("is over when the VM had begun to go on, whether it runs or not", async () => {
    for (const isThere of [true, false]) {
      await task("SuspendVM_Task");
      await task("PowerOnVM_Task");
      const state = { path: text("vm-2.vmss") };
      writeFileSync(path("vm-2.vmss"), "a state that the guest went on from");
      const suspended = { state, at: new Date().toISOString(), isOwn: true };
      host.world.vms.update(own(), { isPoweredOn: false, isStarting: true, suspended });
      if (!isThere) host.hypervisor.machines.clear();
      await restart();
      expect(await get("runtime.powerState")).toBe(isThere ? "poweredOn" : "poweredOff");
      expect(existsSync(path("vm-2.vmss"))).toBe(false);
    }
  });
});

test("a disk that nobody needs since a revert is deleted", async () => {
  await task("CreateSnapshot_Task", { name: "s", memory: false, quiesce: false });
  await task("PowerOffVM_Task");
  const { places, disks } = host.world.datastores;
  const left = places.parse(text("vm-000002.vmdk"));
  await disks.createChild(left, places.parse(text("vm.vmdk")));
  const { layers = [] } = own().record;
  host.world.vms.update(own(), { layers: [...layers, left.text] });
  await restart();
  expect(existsSync(left.absolute)).toBe(false);
  expect(own().record.layers).toEqual(layers);
});

test("files that a merge left are deleted", async () => {
  writeFileSync(path("vm-000007.vmdk"), "merged");
  host.world.vms.update(own(), { trash: [text("vm-000007.vmdk")] });
  await restart();
  expect(existsSync(path("vm-000007.vmdk"))).toBe(false);
  expect(own().record.trash).toEqual([]);
});

describe("an instant clone that was begun", () => {
  const cloneSpec = { name: "clone", location: {} };

  /** Clones the VM; vic-host dies at the start of the clone, or right after it. */
  async function dieWhileCloning(isStarted: boolean): Promise<void> {
    const { hypervisor, dir } = host;
    const start = hypervisor.start.bind(hypervisor);
    const source = host.machine(vm.value);
    const atDeath = `${dir}-at-death`;
    let devices = new Map(source.devices);
    hypervisor.start = async (spec, events) => {
      if (isStarted) await start(spec, events);
      cpSync(dir, atDeath, { recursive: true });
      devices = new Map(source.devices);
      throw new Error("killed");
    };
    try {
      await expect(task("InstantClone_Task", { spec: cloneSpec })).rejects.toThrow("killed");
      await host.halt();
      // What is done after the death is not done.
      rmSync(dir, { recursive: true });
      cpSync(atDeath, dir, { recursive: true });
      for (const [key, device] of devices) source.devices.set(key, device);
    } finally {
      hypervisor.start = start;
      rmSync(atDeath, { recursive: true, force: true });
    }
    expect(existsSync(join(dir, "datastore1/clone"))).toBe(true);
    await host.boot();
  }

  function expectNothingLeft(): void {
    expect(host.world.vms.all().map(({ record }) => record.name)).toEqual(["vm"]);
    expect(existsSync(join(host.dir, "datastore1/clone"))).toBe(false);
    expect([...host.hypervisor.machines.keys()]).toEqual([vm.value]);
  }

  for (const isStarted of [false, true]) {
    test(`of a running VM is gone, as is its snapshot; started: ${isStarted}`, async () => {
      await dieWhileCloning(isStarted);
      expectNothingLeft();
      expect(await get("runtime.powerState")).toBe("poweredOn");
      expect(await get("snapshot")).toBeUndefined();
      expect(diskFile()).toBe(text("vm.vmdk"));
    });

    test(`of a frozen VM is gone, and it can be cloned; started: ${isStarted}`, async () => {
      host.machine(vm.value).freeze(7);
      await dieWhileCloning(isStarted);
      expectNothingLeft();
      await task("InstantClone_Task", { spec: cloneSpec });
      expect(host.world.vms.all()).toHaveLength(2);
      expect(host.world.vms.all().map(({ record }) => record.pending)).toEqual([
        undefined,
        undefined,
      ]);
    });
  }
});
