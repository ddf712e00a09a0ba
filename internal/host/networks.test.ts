import { afterAll, beforeAll, expect, test } from "bun:test";
import { waitFor } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import { callsOf, fails } from "./testing/calls.ts";
import { TestHost, vmSpec } from "./testing/fakes.ts";

// What came over the wire: the expectations below say what it must look like.
// oxlint-disable-next-line typescript/no-explicit-any
type Fields = Record<string, any>;

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
});
afterAll(() => host[Symbol.asyncDispose]());

const call = (method: string, params: Record<string, unknown>) =>
  host.client.call(refs.networkSystem, method, params);
const { get } = callsOf(() => host);
const portgrp = (name: string, vswitchName: string, vlanId = 0) => ({
  portgrp: { name, vswitchName, vlanId, policy: {} },
});
const network = (name: string) =>
  host.client.call<MoRef | undefined>(refs.searchIndex, "FindByInventoryPath", {
    inventoryPath: `ha-datacenter/network/${name}`,
  });
const isNat = (name: string) => host.hypervisor.portGroups.find((g) => g.name === name)?.isNat;

test("port groups come and go with their Network", async () => {
  await call("AddVirtualSwitch", { vswitchName: "vSwitch1", spec: { numPorts: 64 } });
  expect(await fails(call("AddVirtualSwitch", { vswitchName: "vSwitch1" }))).toBe("AlreadyExists");
  const seen = waitFor(host.client, refs.networkFolder, ["childEntity"], (props) =>
    (props["childEntity"] as MoRef[]).some(({ value }) => value === "HaNetwork-app"),
  );
  await call("AddPortGroup", portgrp("app", "vSwitch1"));
  await seen;
  const ref = (await network("app"))!;
  expect(await get(ref, "host")).toEqual([refs.host]);
  expect(await fails(call("AddPortGroup", portgrp("app", "vSwitch1")))).toBe("AlreadyExists");
  expect(await fails(call("AddPortGroup", portgrp("b", "none")))).toBe("NotFound");
  expect(await fails(call("AddPortGroup", portgrp("b", "vSwitch1", 4096)))).toBe("InvalidArgument");
  const key = portgrp("dvportgroup-21", "vSwitch1");
  expect(await fails(call("AddPortGroup", key))).toBe("InvalidArgument");
  expect(await fails(call("RemoveVirtualSwitch", { vswitchName: "vSwitch1" }))).toBe(
    "ResourceInUse",
  );
  const info = (await get(refs.host, "config.network")) as Fields;
  const group = info["portgroup"].find((g: Fields) => g["spec"].name === "app");
  expect(group).toMatchObject({ vswitch: "key-vim.host.VirtualSwitch-vSwitch1" });
  await call("RemovePortGroup", { pgName: "app" });
  expect(await network("app")).toBeUndefined();
  expect(await fails(get(ref, "name"))).toBe("ManagedObjectNotFound");
  expect(await fails(call("RemovePortGroup", { pgName: "app" }))).toBe("NotFound");
  await call("RemoveVirtualSwitch", { vswitchName: "vSwitch1" });
  expect(await fails(call("RemoveVirtualSwitch", { vswitchName: "vSwitch1" }))).toBe("NotFound");
});

test("a port group that VMs are on changes its VLAN, and keeps its name", async () => {
  await call("AddPortGroup", portgrp("used", "vSwitch0", 5));
  const { deviceChange } = vmSpec("web") as { deviceChange: Fields[] };
  deviceChange[2]!["device"].backing.deviceName = "used";
  const vm = await runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
    config: vmSpec("web", { deviceChange }),
    pool: refs.rootPool,
  });
  expect(isNat("used")).toBe(false);
  await call("UpdatePortGroup", { pgName: "used", ...portgrp("used", "vSwitch0") });
  expect(isNat("used")).toBe(true);
  const rename = { pgName: "used", ...portgrp("other", "vSwitch0") };
  expect(await fails(call("UpdatePortGroup", rename))).toBe("ResourceInUse");
  expect(await fails(call("RemovePortGroup", { pgName: "used" }))).toBe("ResourceInUse");
  await runTask(host.client, vm, "PowerOnVM_Task");
  const info = (await get(refs.host, "config.network")) as Fields;
  const group = info["portgroup"].find((g: Fields) => g["spec"].name === "used");
  expect(group["port"]).toMatchObject([{ type: "virtualMachine" }]);
  const vswitch = info["vswitch"].find((s: Fields) => s["name"] === "vSwitch0");
  expect(vswitch["numPortsAvailable"]).toBe(vswitch["numPorts"] - 1);
  await runTask(host.client, vm, "PowerOffVM_Task");
  await runTask(host.client, vm, "Destroy_Task");
  await call("UpdatePortGroup", rename);
  expect(await network("used")).toBeUndefined();
  await host.halt();
  await host.boot();
  expect(await network("other")).toBeDefined();
  expect(isNat("other")).toBe(true);
});

test("a switch has the ports that it is told to have, and no bridge", async () => {
  await call("AddVirtualSwitch", { vswitchName: "vs" });
  const update = (spec: Record<string, unknown>) =>
    call("UpdateVirtualSwitch", { vswitchName: "vs", spec });
  await update({ numPorts: 256 });
  const info = (await get(refs.networkSystem, "networkInfo")) as Fields;
  expect(info["vswitch"].find((s: Fields) => s["name"] === "vs")["numPorts"]).toBe(256);
  expect(await fails(update({ numPorts: 1_000_000 }))).toBe("InvalidArgument");
  const bridge = { _type: "HostVirtualSwitchBondBridge", nicDevice: ["vmnic0"] };
  expect(await fails(update({ numPorts: 8, bridge }))).toBe("NotFound");
  const none = call("UpdateVirtualSwitch", { vswitchName: "no", spec: { numPorts: 8 } });
  expect(await fails(none)).toBe("NotFound");
});
