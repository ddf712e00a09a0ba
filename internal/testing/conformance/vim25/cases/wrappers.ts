import { expect } from "bun:test";
import { poolVmsSpec } from "../../../../vim25/specs.ts";
import { sharedWatcher } from "../../../../vim25/properties.ts";
import { Client } from "../../../../vim25/client.ts";
import type { ObjectChange } from "../../../../vim25/watcher.ts";
import * as device from "../../../../vsphere/device.ts";
import * as network from "../../../../vsphere/network.ts";
import { createDisk, deleteDisk, diskChain } from "../../../../vsphere/virtual-disk.ts";
import { VirtualMachine } from "../../../../vsphere/vm.ts";
import type { Scene } from "../scene.ts";
import { topic } from "../suite.ts";

async function make(
  t: Scene,
  name: string,
  more: device.DeviceChange[] = [],
): Promise<VirtualMachine> {
  const { session } = t;
  const vm = await VirtualMachine.create(
    t.client,
    { folder: session.vmFolder, pool: session.pool },
    {
      name,
      numCPUs: 1,
      memoryMB: 64,
      guestId: "otherGuest64",
      files: { vmPathName: t.path("") },
      extraConfig: [{ key: "guestinfo.x", value: "1" }],
      deviceChange: [device.add(device.pvscsi()), ...more],
    },
  );
  t.removeVmLater(vm.ref);
  return vm;
}

/** The words of internal/vsphere and the shared watcher, on every endpoint. */
export const wrapperCases = topic("our client", {
  "lists every kind of thing by its path and finds it again": async (t) => {
    const { finder } = t.session;
    for (const kind of ["datacenter", "compute", "host", "pool", "datastore", "network"] as const) {
      const [first] = await finder.list(kind);
      expect(first?.path).toStartWith("/");
      expect((await finder.find(kind, first!.path)).ref).toEqual(first!.ref);
      expect(await finder.pathOf(first!.ref)).toBe(first!.path);
    }
    const missing = await t.error(finder.datastore("no-such"));
    expect(missing).toMatchObject({
      code: "not-found",
      detail: { candidates: [expect.any(String)] },
    });
  },
  "sends and gets large files in a stream": async (t) => {
    const datastore = await t.session.datastore();
    const dir = t.name("dir");
    await datastore.mkdir(dir);
    t.defer(() => datastore.remove(dir));
    const bytes = new Uint8Array(3 * 1024 * 1024).fill(7);
    let sent = 0;
    const onProgress = (count: number) => void (sent = count);
    await datastore.upload(new Blob([bytes]).stream(), `${dir}/big.bin`, {
      sizeBytes: bytes.length,
      onProgress,
    });
    expect(sent).toBe(bytes.length);
    expect(await datastore.stat(`${dir}/big.bin`)).toMatchObject({ sizeBytes: bytes.length });
    expect(await datastore.read(`${dir}/big.bin`)).toEqual(Buffer.from(bytes));
    expect((await datastore.space()).freeBytes).toBeGreaterThan(0);
  },
  "makes folders, moves and removes files, whether there or not": async (t) => {
    const datastore = await t.session.datastore();
    const dir = t.name("dir");
    await datastore.mkdir(`${dir}/a b`);
    await datastore.mkdir(`${dir}/a b`);
    t.defer(() => datastore.remove(dir));
    await datastore.upload("x", `${dir}/x.txt`);
    await datastore.move(`${dir}/x.txt`, `${dir}/a b/y.txt`);
    const deep = await datastore.list(dir, { isDeep: true, pattern: "*.txt" });
    expect(deep).toMatchObject([{ path: `${dir}/a b/y.txt`, sizeBytes: 1, isFolder: false }]);
    await datastore.remove(`${dir}/a b/y.txt`);
    await datastore.remove(`${dir}/a b/y.txt`);
  },
  "makes a VM with a linked disk, runs it and takes it apart": async (t) => {
    const datastore = await t.session.datastore();
    const networks = await t.session.finder.list("network");
    const mac = "00:50:56:01:02:03";
    const backing = await network.networkBacking(t.client, networks[0]!.ref);
    const name = t.name("vm");
    const vm = await make(t, name, [device.add(device.vmxnet3({ mac, backing }))]);
    expect((await t.session.finder.vm(name)).ref).toEqual(vm.ref);
    const devices = await vm.devices();
    expect(device.findNic(devices, mac)?._type).toBe("VirtualVmxnet3");
    const controllerKey = device.devicesOf(devices, "VirtualSCSIController")[0]!.key;
    const dir = t.name("dir");
    await datastore.mkdir(dir);
    t.defer(() => datastore.remove(dir));
    await createDisk(datastore, `${dir}/base.vmdk`, 1024);
    const place = { controllerKey, unitNumber: device.freeUnit(devices, controllerKey) };
    const [child, base] = [datastore.full(`${dir}/child.vmdk`), datastore.full(`${dir}/base.vmdk`)];
    await vm.reconfigure({ deviceChange: [device.create(device.childDisk(child, base, place))] });
    const disk = device.findDisk(await vm.devices(), child);
    expect(disk).toMatchObject(place);
    await vm.powerOn();
    await vm.powerOn();
    await vm.setExtraConfig([
      ["guestinfo.x", ""],
      ["guestinfo.y", "2 <&>"],
    ]);
    const { values } = await vm.extraConfig();
    expect([values.has("guestinfo.x"), values.get("guestinfo.y")]).toEqual([false, "2 <&>"]);
    await vm.powerOff();
    await vm.powerOff();
    await vm.reconfigure({ deviceChange: [device.remove(disk!, true)] });
    await vm.destroy();
    await vm.destroy();
    await deleteDisk(datastore, `${dir}/base.vmdk`);
    await deleteDisk(datastore, `${dir}/base.vmdk`);
  },
  "is refused a change on top of one it has not seen": async (t) => {
    const vm = await make(t, t.name("vm"));
    const { changeVersion } = await vm.extraConfig();
    await vm.setExtraConfig([["guestinfo.a", "1"]], changeVersion);
    const stale = await t.error(vm.setExtraConfig([["guestinfo.a", "2"]], changeVersion));
    expect(stale).toMatchObject({ code: "concurrent" });
  },
  "reads the chain of a disk": async (t) => {
    const datastore = await t.session.datastore();
    const dir = t.name("dir");
    await datastore.mkdir(dir);
    t.defer(() => datastore.remove(dir));
    await createDisk(datastore, `${dir}/chain.vmdk`, 1024);
    const chain = await diskChain(datastore, `${dir}/chain.vmdk`);
    expect(chain.map((info) => info.name)).toEqual([datastore.full(`${dir}/chain.vmdk`)]);
    await deleteDisk(datastore, `${dir}/chain.vmdk`);
  },
  "adds port groups once and removes them once": async (t) => {
    const system = await network.networkSystem(t.client, t.host);
    const [name, switchName] = [t.name("group"), t.name("switch")];
    expect(await network.addSwitch(t.client, system, switchName)).toBe(true);
    t.defer(() => network.removeSwitch(t.client, system, switchName));
    expect(await network.addPortGroup(t.client, system, { name, switchName })).toBe(true);
    expect(await network.addPortGroup(t.client, system, { name, switchName })).toBe(false);
    const found = await t.session.finder.network(name);
    expect(await network.networkBacking(t.client, found.ref)).toEqual(
      network.standardBacking(name),
    );
    await network.removePortGroup(t.client, system, name);
    await network.removePortGroup(t.client, system, name);
  },
  "follows VMs as they come, change and go": async (t) => {
    const seen: ObjectChange[] = [];
    let wake = () => undefined as void;
    const until = async (fits: (change: ObjectChange) => boolean) => {
      while (!seen.some(fits)) await new Promise<void>((resolve) => (wake = resolve));
    };
    const spec = poolVmsSpec(t.pool, ["name", "runtime.powerState"]);
    const subscription = sharedWatcher(t.client).watch(spec, (changes) => {
      seen.push(...changes);
      wake();
    });
    t.defer(async () => subscription.close());
    const vm = await make(t, t.name("vm"));
    const isIn = (state: string) => (change: ObjectChange) =>
      change.ref.value === vm.ref.value && change.props["runtime.powerState"] === state;
    await until(isIn("poweredOff"));
    await vm.powerOn();
    await until(isIn("poweredOn"));
    await vm.powerOff();
    await vm.destroy();
    await until((change) => change.ref.value === vm.ref.value && change.kind === "leave");
  },
  "goes on with tasks after it has lost its session": async (t) => {
    const vm = await make(t, t.name("vm"));
    const manager = t.manager("sessionManager");
    const { key } = await t.get<{ key: string }>(manager, "currentSession");
    await using other = await Client.connect(t.target.login);
    await other.call(manager, "TerminateSession", { sessionId: [key] });
    expect(await t.get<string>(vm.ref, "config.name")).toBeString();
    await vm.powerOn();
    await vm.powerOff();
    expect((await t.get<{ key: string }>(manager, "currentSession")).key).not.toBe(key);
  },
});
