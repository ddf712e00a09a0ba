import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { faultOf } from "../vim25/fault.ts";
import { waitFor } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import { callsOf } from "./testing/calls.ts";
import { diskChange, TestHost, vmSpec } from "./testing/fakes.ts";

// What came over the wire: the expectations below say what it must look like.
// oxlint-disable-next-line typescript/no-explicit-any
type Fields = Record<string, any>;

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
});
afterAll(() => host[Symbol.asyncDispose]());

const { create, task, get } = callsOf(() => host);
const fails = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  return faultOf(error);
};
const onDisk = (path: string) => existsSync(join(host.dir, "datastore1", path));
const eventTypes = () => host.world.events.events.map((event) => event._type);

describe("a VM", () => {
  test("is created as its spec says", async () => {
    const vm = await create("web", { extraConfig: [{ key: "guestinfo.a/b|c~1", value: "x" }] });
    const config = (await get(vm, "config")) as Fields;
    expect(config["files"].vmPathName).toBe("[datastore1] web/web.vmx");
    expect(config["extraConfig"]).toEqual([{ key: "guestinfo.a/b|c~1", value: "x" }]);
    const devices = config["hardware"].device as Fields[];
    const byType = (type: string) => devices.find((d) => d["_type"] === type);
    expect(byType("VirtualDisk")).toMatchObject({
      key: 2000,
      controllerKey: 1000,
      unitNumber: 0,
      capacityInKB: 1024,
      backing: { fileName: "[datastore1] web/web.vmdk" },
    });
    expect(byType("VirtualVmxnet3")?.["macAddress"]).toMatch(/^00:0c:29:/);
    expect(onDisk("web/web.vmx") && onDisk("web/web.vmdk")).toBe(true);
    expect(eventTypes()).toContain("VmCreatedEvent");
    expect(await fails(create("web"))).toBe("DuplicateName");
    const found = await host.client.call<MoRef>(refs.searchIndex, "FindByInventoryPath", {
      inventoryPath: "ha-datacenter/vm/web",
    });
    expect(found).toEqual(vm);
    await task(vm, "Destroy_Task");
    expect(onDisk("web")).toBe(false);
    expect(await fails(get(vm, "name"))).toBe("ManagedObjectNotFound");
  });

  test("leaves nothing behind when it cannot be created", async () => {
    const bad = { operation: "add", device: { _type: "VirtualFloppy", key: -9 } };
    const { deviceChange } = vmSpec("x") as { deviceChange: unknown[] };
    const spec = { deviceChange: [...deviceChange, bad] };
    expect(await fails(create("half", spec))).toBe("DeviceUnsupportedForVmPlatform");
    expect(onDisk("half")).toBe(false);
  });

  test("powers on, reports its guest, and off", async () => {
    const vm = await create("power");
    await task(vm, "PowerOnVM_Task");
    expect(await fails(task(vm, "PowerOnVM_Task"))).toBe("InvalidPowerState");
    expect(await fails(task(vm, "Destroy_Task"))).toBe("InvalidPowerState");
    expect(await fails(host.client.call(vm, "ShutdownGuest"))).toBe("ToolsUnavailable");
    const machine = host.machine(vm.value);
    const mac = (machine.devices.get(4000) as { mac: string }).mac;
    machine.events.toolsRunning(true);
    machine.events.guestNics([{ mac, addresses: ["10.0.2.15/24", "fe80::1/64"] }]);
    const guest = (await get(vm, "guest")) as Fields;
    expect(guest["ipAddress"]).toBe("127.0.2.15");
    expect(guest["net"][0].ipAddress).toEqual(["127.0.2.15", "fe80::1"]);
    expect(guest["toolsRunningStatus"]).toBe("guestToolsRunning");
    await host.client.call(vm, "ShutdownGuest");
    const isOff = (props: Record<string, unknown>) => props["runtime.powerState"] === "poweredOff";
    await waitFor(host.client, vm, ["runtime.powerState"], isOff);
    expect(eventTypes().slice(-2)).toEqual(["VmGuestShutdownEvent", "VmPoweredOffEvent"]);
    await task(vm, "PowerOnVM_Task");
    host.machine(vm.value).events.exited("crash", "boom");
    expect(await get(vm, "runtime.powerState")).toBe("poweredOff");
    host.hypervisor.startFailure = "no memory";
    expect(await fails(task(vm, "PowerOnVM_Task"))).toBe("SystemError");
    host.hypervisor.startFailure = undefined;
    await task(vm, "PowerOnVM_Task");
    await task(vm, "PowerOffVM_Task");
    await task(vm, "Destroy_Task");
  });

  test("is reconfigured only from the version its client knows", async () => {
    const vm = await create("gate");
    const before = await get(vm, "config.changeVersion");
    const change = (value: string, changeVersion: unknown) =>
      task(vm, "ReconfigVM_Task", {
        spec: { changeVersion, extraConfig: [{ key: "k", value }] },
      });
    await change("1", before);
    expect(await fails(change("2", before))).toBe("ConcurrentAccess");
    await change("", await get(vm, "config.changeVersion"));
    expect(await get(vm, "config.extraConfig")).toEqual([]);
    await task(vm, "Destroy_Task");
  });

  test("shows what its guest writes, without a new version", async () => {
    const vm = await create("writer", { extraConfig: [{ key: "guestinfo.in", value: "1" }] });
    await task(vm, "PowerOnVM_Task");
    const machine = host.machine(vm.value);
    expect(machine.guestInfo.get("guestinfo.in")).toBe("1");
    const version = await get(vm, "config.changeVersion");
    const seen = waitFor(host.client, vm, ["config.extraConfig"], (props) =>
      (props["config.extraConfig"] as { key: string; value: string }[]).some(
        ({ key, value }) => key === "guestinfo.out" && value === "done",
      ),
    );
    machine.events.guestInfo("guestinfo.out", "done");
    machine.events.guestInfo("disk.EnableUUID", "hostile");
    await seen;
    expect(await get(vm, "config.changeVersion")).toBe(version);
    const keys = (await get(vm, "config.extraConfig")) as { key: string }[];
    expect(keys.map((k) => k.key)).toEqual(["guestinfo.in", "guestinfo.out"]);
    await task(vm, "ReconfigVM_Task", {
      spec: { changeVersion: version, extraConfig: [{ key: "guestinfo.in", value: "2" }] },
    });
    expect(machine.guestInfo.get("guestinfo.in")).toBe("2");
    await task(vm, "PowerOffVM_Task");
    await task(vm, "Destroy_Task");
  });

  test("takes linked children while it runs, and nothing when one step fails", async () => {
    const base = await create("base");
    const vm = await create("hot");
    await task(vm, "PowerOnVM_Task");
    const machine = host.machine(vm.value);
    const child = diskChange({
      fileOperation: "create",
      controllerKey: 1000,
      fileName: "[datastore1] hot/child.vmdk",
      parent: "[datastore1] base/base.vmdk",
    });
    machine.failures.add("set guestinfo.x");
    const spec = { deviceChange: [child], extraConfig: [{ key: "guestinfo.x", value: "1" }] };
    expect(await fails(task(vm, "ReconfigVM_Task", { spec }))).toBe("InvalidState");
    expect(machine.devices.has(2001)).toBe(false);
    expect(onDisk("hot/child.vmdk")).toBe(false);
    machine.failures.clear();
    await task(vm, "ReconfigVM_Task", { spec });
    expect(machine.devices.get(2001)).toMatchObject({ kind: "disk", unit: 1 });
    expect(machine.done.slice(-2)).toEqual(["add 2001", "set guestinfo.x"]);
    const disk = (await get(vm, "config.hardware.device[2001]")) as Fields;
    expect(disk["backing"].parent.fileName).toBe("[datastore1] base/base.vmdk");
    // A parent is never opened for writing again, nor deleted.
    expect(await fails(task(base, "PowerOnVM_Task"))).toBe("FileLocked");
    expect(await fails(task(base, "Destroy_Task"))).toBe("FileLocked");
    const remove = (fileOperation?: string) => ({
      spec: {
        deviceChange: [
          {
            operation: "remove",
            fileOperation,
            device: { _type: "VirtualDisk", key: 2001, capacityInKB: 0 },
          },
        ],
      },
    });
    await task(vm, "ReconfigVM_Task", remove());
    expect(await fails(task(base, "Destroy_Task"))).toBe("CannotDeleteFile");
    await task(vm, "ReconfigVM_Task", {
      spec: {
        deviceChange: [
          diskChange({ controllerKey: 1000, fileName: "[datastore1] hot/child.vmdk" }),
        ],
      },
    });
    await task(vm, "ReconfigVM_Task", remove("destroy"));
    expect(onDisk("hot/child.vmdk")).toBe(false);
    await task(vm, "PowerOffVM_Task");
    for (const each of [base, vm]) await task(each, "Destroy_Task");
  });

  test("cannot have a disk that another running VM writes", async () => {
    const owner = await create("owner");
    await task(owner, "PowerOnVM_Task");
    const thief = await create("thief");
    const spec = {
      deviceChange: [
        diskChange({ controllerKey: 1000, fileName: "[datastore1] owner/owner.vmdk" }),
      ],
    };
    await task(thief, "ReconfigVM_Task", { spec });
    expect(await fails(task(thief, "PowerOnVM_Task"))).toBe("GenericVmConfigFault");
    await task(owner, "PowerOffVM_Task");
    await task(thief, "PowerOnVM_Task");
    await task(thief, "PowerOffVM_Task");
  });

  test("cannot make its raw disk name a file of this machine", async () => {
    const vm = await create("hostile");
    const header = Buffer.from("QFI\xfb", "latin1");
    await Bun.write(join(host.dir, "datastore1/hostile/hostile.vmdk"), header);
    expect(await fails(task(vm, "PowerOnVM_Task"))).toBe("FileFault");
  });

  test("comes back from its .vmx", async () => {
    const extraConfig = [{ key: 'guestinfo.k e="y', value: 'line\n"quoted" | bar' }];
    const vm = await create("reg", { extraConfig });
    const before = (await get(vm, "config")) as Fields;
    await host.client.call(vm, "UnregisterVM");
    expect(await fails(get(vm, "name"))).toBe("ManagedObjectNotFound");
    const again = await runTask<MoRef>(host.client, refs.vmFolder, "RegisterVM_Task", {
      path: "[datastore1] reg/reg.vmx",
      asTemplate: false,
      pool: refs.rootPool,
    });
    const after = (await get(again, "config")) as Fields;
    for (const field of ["name", "uuid", "instanceUuid", "extraConfig", "guestId"]) {
      expect(after[field]).toEqual(before[field]);
    }
    const shapes = (config: Fields) =>
      (config["hardware"].device as Fields[])
        .map((d) => [d["key"], d["_type"], d["macAddress"], d["backing"]])
        .sort((a, b) => a[0] - b[0]);
    expect(shapes(after)).toEqual(shapes(before));
  });

  test("can be protected from being destroyed", async () => {
    const vm = await create("kept");
    const method = [{ method: "Destroy_Task", reasonId: "managed" }];
    const entity = [vm];
    await host.client.call(refs.authorizationManager, "DisableMethods", {
      entity,
      method,
      sourceId: "VIC",
    });
    expect(await fails(task(vm, "Destroy_Task"))).toBe("MethodDisabled");
    await host.client.call(refs.authorizationManager, "EnableMethods", {
      entity,
      method: ["Destroy_Task"],
      sourceId: "VIC",
    });
    await task(vm, "Destroy_Task");
  });
});

test("a disk stays where its parent or children find it", async () => {
  const base = await create("images");
  const child = await create("child");
  const spec = {
    deviceChange: [
      diskChange({
        fileOperation: "create",
        controllerKey: 1000,
        fileName: "[datastore1] child/c.vmdk",
        parent: "[datastore1] images/images.vmdk",
      }),
    ],
  };
  await task(child, "ReconfigVM_Task", { spec });
  const move = (sourceName: string, destinationName: string) =>
    fails(task(refs.fileManager, "MoveDatastoreFile_Task", { sourceName, destinationName }));
  expect(await move("[datastore1] images", "[datastore1] other")).toBe("CannotDeleteFile");
  const deeper = { name: "[datastore1] x/y", createParentDirectories: true };
  await host.client.call(refs.fileManager, "MakeDirectory", deeper);
  const file = "[datastore1] child/c.vmdk";
  expect(await move(file, "[datastore1] x/y/c.vmdk")).toBeUndefined();
  expect(await move("[datastore1] x/y/c.vmdk", "[datastore1] x/c.vmdk")).toBeUndefined();
  const info = await task(refs.virtualDiskManager, "QueryVirtualDiskInfo_Task", {
    name: "[datastore1] x/c.vmdk",
    includeParents: true,
  });
  expect((info as { parent?: string }[]).map((disk) => disk.parent)).toEqual([
    "[datastore1] images/images.vmdk",
    undefined,
  ]);
  expect(await fails(task(base, "Destroy_Task"))).toBe("CannotDeleteFile");
});
