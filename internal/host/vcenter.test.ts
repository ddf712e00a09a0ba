import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { MoRef } from "../vim25/types.ts";
import { refsOf } from "./inventory/refs.ts";
import { callsOf, fails } from "./testing/calls.ts";
import { TestHost } from "./testing/fakes.ts";

// What came over the wire: the expectations below say what it must look like.
// oxlint-disable-next-line typescript/no-explicit-any
type Fields = Record<string, any>;

const refs = refsOf("vcenter");
let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start({ mode: "vcenter" });
});
afterAll(() => host[Symbol.asyncDispose]());

const { create, task, get } = callsOf(() => host);
const find = (inventoryPath: string) =>
  host.client.call<MoRef | undefined>(refs.searchIndex, "FindByInventoryPath", { inventoryPath });

const nicOn = (portgroupKey: string, switchUuid: string) => ({
  operation: "add",
  device: {
    _type: "VirtualVmxnet3",
    key: -9,
    backing: {
      _type: "VirtualEthernetCardDistributedVirtualPortBackingInfo",
      port: { portgroupKey, switchUuid },
    },
  },
});

test("a vCenter says so, and names things as vCenters do", async () => {
  expect(host.client.isVCenter).toBe(true);
  expect(host.client.content.about).toMatchObject({ productLineId: "vpx" });
  expect(host.client.content.rootFolder).toEqual({ type: "Folder", value: "group-d1" });
  expect(await find("DC0/host/DC0_C0")).toEqual(refs.computeResource);
  expect(refs.computeResource.type).toBe("ClusterComputeResource");
  expect(await find("DC0/network/VM Network")).toEqual({ type: "Network", value: "network-12" });
  const config = (await get(refs.computeResource, "configurationEx")) as Fields;
  expect(config["drsConfig"].enabled).toBe(true);
  const vm = await create("named");
  expect(vm.value).toMatch(/^vm-\d+$/);
  const pool = await host.client.call<MoRef>(refs.rootPool, "CreateResourcePool", {
    name: "p",
    spec: { cpuAllocation: {}, memoryAllocation: {} },
  });
  expect(pool.value).toMatch(/^resgroup-\d+$/);
  expect((await host.fetch("named/named.vmx")).status).toBe(200);
});

test("a data folder keeps the mode it was made with", async () => {
  await host.halt();
  host.options.mode = "esx";
  await expect(host.boot()).rejects.toThrow("made with --mode vcenter");
  delete host.options.mode;
  await host.boot();
  expect(host.client.isVCenter).toBe(true);
});

describe("a distributed switch", () => {
  const addGroup = async (spec: Record<string, unknown>) => {
    await task((await find("DC0/network/DVS0"))!, "AddDVPortgroup_Task", { spec: [spec] });
    return (await find(`DC0/network/${String(spec["name"])}`))!;
  };

  test("has port groups that VMs are on by key, and whose names may change", async () => {
    const dvs = (await find("DC0/network/DVS0"))!;
    const uuid = (await get(dvs, "uuid")) as string;
    const group = await addGroup({ name: "app", type: "earlyBinding", numPorts: 8 });
    const vm = await create("on-dvs");
    const change = nicOn(group.value, uuid);
    await task(vm, "ReconfigVM_Task", { spec: { deviceChange: [change] } });
    expect(await get(vm, "network")).toEqual([{ type: "Network", value: "network-12" }, group]);
    expect(await get(group, "vm")).toEqual([vm]);
    const ports = (criteria: Record<string, unknown>) =>
      host.client.call<Fields[]>(dvs, "FetchDVPorts", { criteria });
    const [port, ...others] = await ports({ portgroupKey: [group.value], inside: true });
    expect(port).toMatchObject({ portgroupKey: group.value, connectee: { connectedEntity: vm } });
    expect(others).toEqual([]);
    expect(await ports({ portgroupKey: [group.value], inside: false })).toEqual([]);
    await task(vm, "PowerOnVM_Task");
    expect(host.machine(vm.value).devices.get(4001)).toMatchObject({ portGroup: group.value });
    await task(group, "Rename_Task", { newName: "web" });
    expect(await get(group, "config.name")).toBe("web");
    expect(await fails(task(group, "Destroy_Task"))).toBe("ResourceInUse");
    expect(await fails(task(dvs, "Destroy_Task"))).toBe("ResourceInUse");
    await task(vm, "PowerOffVM_Task");
    await task(vm, "Destroy_Task");
    await task(group, "Destroy_Task");
    expect(await fails(get(group, "name"))).toBe("ManagedObjectNotFound");
    expect((await get(dvs, "portgroup")) as MoRef[]).not.toContainEqual(group);
  });

  test("leads out without a VLAN, and is a segment of its own with one", async () => {
    const vlan = (vlanId: number) => ({
      _type: "VMwareDVSPortSetting",
      vlan: { _type: "VmwareDistributedVirtualSwitchVlanIdSpec", inherited: false, vlanId },
    });
    const out = await addGroup({ name: "out" });
    const own = await addGroup({ name: "own", defaultPortConfig: vlan(7) });
    const isNat = (ref: MoRef) =>
      host.hypervisor.portGroups.find((group) => group.name === ref.value)?.isNat;
    expect([isNat(out), isNat(own)]).toEqual([true, false]);
    expect(await get(own, "config.defaultPortConfig")).toMatchObject(vlan(7));
    await task(own, "ReconfigureDVPortgroup_Task", { spec: { defaultPortConfig: vlan(0) } });
    expect(isNat(own)).toBe(true);
    const stale = { configVersion: "1", description: "late" };
    const change = task(own, "ReconfigureDVPortgroup_Task", { spec: stale });
    expect(await fails(change)).toBe("ConcurrentAccess");
    expect(await fails(addGroup({ name: "own" }))).toBe("DuplicateName");
    expect(await fails(addGroup({ name: "VM Network" }))).toBe("DuplicateName");
    expect(await fails(addGroup({ name: "far", defaultPortConfig: vlan(5000) }))).toBe(
      "InvalidArgument",
    );
  });

  test("takes VMs only when the host is its member", async () => {
    const configSpec = { _type: "VMwareDVSConfigSpec", name: "apart" };
    const dvs = await task<MoRef>(refs.networkFolder, "CreateDVS_Task", {
      spec: { configSpec },
    });
    await task(dvs, "AddDVPortgroup_Task", { spec: [{ name: "far" }] });
    const group = (await find("DC0/network/far"))!;
    const uuid = (await get(dvs, "uuid")) as string;
    const vm = await create("apart");
    const put = () =>
      task(vm, "ReconfigVM_Task", { spec: { deviceChange: [nicOn(group.value, uuid)] } });
    expect(await fails(put())).toBe("InvalidDeviceBacking");
    const member = { operation: "add", host: refs.host };
    await task(dvs, "ReconfigureDvs_Task", { spec: { host: [member] } });
    expect(await get(group, "host")).toEqual([refs.host]);
    await put();
    const remove = { spec: { host: [{ operation: "remove", host: refs.host }] } };
    expect(await fails(task(dvs, "ReconfigureDvs_Task", remove))).toBe("ResourceInUse");
    const wrong = nicOn(group.value, "50 00");
    const other = task(vm, "ReconfigVM_Task", { spec: { deviceChange: [wrong] } });
    expect(await fails(other)).toBe("InvalidDeviceBacking");
    await host.halt();
    await host.boot();
    expect(await get(group, "vm")).toEqual([vm]);
    expect(await get(dvs, "uuid")).toBe(uuid);
  });
});

describe("the cluster", () => {
  const reconfigure = (spec: Record<string, unknown>, modify = true) =>
    task(refs.computeResource, "ReconfigureComputeResource_Task", {
      spec: { _type: "ClusterConfigSpecEx", ...spec },
      modify,
    });
  const group = (operation: string, info: Record<string, unknown> | undefined, key?: string) => ({
    groupSpec: [{ operation, ...(info ? { info } : {}), ...(key ? { removeKey: key } : {}) }],
  });
  const config = async () => (await get(refs.computeResource, "configurationEx")) as Fields;

  test("keeps groups of VMs and the rules about them", async () => {
    const vm = await create("member");
    const info = { _type: "ClusterVmGroup", name: "vms", vm: [vm] };
    await reconfigure(group("add", info));
    expect(await fails(reconfigure(group("add", info)))).toBe("DuplicateName");
    expect(await fails(reconfigure(group("edit", { ...info, name: "x" })))).toBe("InvalidArgument");
    const rule = {
      _type: "ClusterVmHostRuleInfo",
      name: "stay",
      vmGroupName: "vms",
      affineHostGroupName: "hosts",
    };
    const rules = { rulesSpec: [{ operation: "add", info: rule }] };
    expect(await fails(reconfigure(rules))).toBe("InvalidArgument");
    const hosts = { _type: "ClusterHostGroup", name: "hosts", host: [refs.host] };
    await reconfigure({ ...group("add", hosts), ...rules });
    expect((await config())["rule"]).toMatchObject([{ name: "stay", key: 1, enabled: true }]);
    await host.halt();
    await host.boot();
    expect((await config())["group"]).toMatchObject([{ name: "vms", vm: [vm] }, { name: "hosts" }]);
    await task(vm, "Destroy_Task");
    expect((await config())["group"][0].vm).toBeUndefined();
    await reconfigure({ rulesSpec: [{ operation: "remove", removeKey: 1 }] });
    await reconfigure(group("remove", undefined, "vms"));
    expect((await config())["group"]).toMatchObject([{ name: "hosts" }]);
  });

  test("can have DRS switched off, and nothing that needs two hosts", async () => {
    await reconfigure({ drsConfig: { enabled: false } });
    expect((await config())["drsConfig"]).toMatchObject({ enabled: false, vmotionRate: 3 });
    await reconfigure({}, false);
    expect((await config())["drsConfig"].enabled).toBe(true);
    expect(await fails(reconfigure({ dasConfig: { enabled: true } }))).toBe("NotSupported");
  });

  test("powers several VMs on, each with a task", async () => {
    const [one, two] = [await create("one"), await create("two")];
    await task(one, "PowerOnVM_Task");
    const gone = await create("gone");
    await task(gone, "Destroy_Task");
    const params = { vm: [one, two] };
    const result = await task<Fields>(refs.datacenter, "PowerOnMultiVM_Task", params);
    expect(result["attempted"]).toMatchObject([{ vm: two, task: { type: "Task" } }]);
    expect(result["notAttempted"]).toMatchObject([
      { vm: one, fault: { fault: { _type: "InvalidPowerState" } } },
    ]);
    const types = () => host.world.events.events.map((event) => event._type);
    await host.world.tasks.idle();
    expect(await get(two, "runtime.powerState")).toBe("poweredOn");
    expect(types().at(-1)).toBe("DrsVmPoweredOnEvent");
  });
});

test("says what VMs may be and what there is for them", async () => {
  const browser = (await get(refs.computeResource, "environmentBrowser")) as MoRef;
  const option = await host.client.call<Fields>(browser, "QueryConfigOption", {});
  expect(option["hardwareOptions"].memoryMB.max).toBe(6 * 1024 * 1024);
  expect(option["guestOSDescriptor"].map((guest: Fields) => guest["id"])).toContain("otherGuest64");
  expect(await host.client.call(browser, "QueryConfigOption", { key: "vmx-99" })).toBeUndefined();
  const target = await host.client.call<Fields>(browser, "QueryConfigTarget", {});
  const names = (list: Fields[]) => list.map((item) => item["name"] ?? item["portgroupName"]);
  expect(names(target["datastore"])).toEqual(["datastore1"]);
  expect(names(target["network"])).toEqual(["VM Network"]);
  expect(names(target["distributedVirtualPortgroup"])).toContain("bridge");
});

test("has one datacenter, one cluster and one host", async () => {
  const { rootFolder, hostFolder, datacenter } = refs;
  const call = (ref: MoRef, method: string, params: Record<string, unknown>) =>
    fails(host.client.call(ref, method, params));
  expect(await call(rootFolder, "CreateDatacenter", { name: "x" })).toBe("NotSupported");
  expect(await call(hostFolder, "CreateClusterEx", { name: "x", spec: {} })).toBe("NotSupported");
  expect(await fails(task(datacenter, "Destroy_Task"))).toBe("NotSupported");
});
