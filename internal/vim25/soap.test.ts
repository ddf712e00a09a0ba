import { expect, test } from "bun:test";
import { propertyType, propertyValue, splitPath } from "./property-path.ts";
import {
  decodeRequest,
  decodeResponse,
  encodeFault,
  encodeRequest,
  encodeResponse,
  findMethod,
} from "./soap.ts";
import type { MoRef } from "./types.ts";

const vm: MoRef = { type: "VirtualMachine", value: "1" };

test("a call arrives as it was made", () => {
  const spec = { name: "x", extraConfig: [{ key: "a", value: "b" }] };
  const request = decodeRequest(encodeRequest(vm, "ReconfigVM_Task", { spec }));
  expect(request).toMatchObject({ method: "ReconfigVM_Task", self: vm, params: { spec } });
});

test("methods are inherited, optional parameters absent, lists always there", () => {
  expect(findMethod("VirtualApp", "UpdateConfig")?.name).toBe("UpdateConfig");
  expect(findMethod("ContainerView", "DestroyView")?.name).toBe("DestroyView");
  expect(findMethod("VirtualMachine", "Destroy_Task")?.result?.type).toBe("ManagedObjectReference");
  expect(findMethod("Folder", "PowerOnVM_Task")).toBeUndefined();
  const datacenter: MoRef = { type: "Datacenter", value: "d" };
  expect(
    decodeRequest(encodeRequest(datacenter, "PowerOnMultiVM_Task", { vm: [vm] })).params,
  ).toEqual({
    vm: [vm],
    option: [],
  });
});

test("internal methods travel in their own namespace", () => {
  const manager: MoRef = { type: "VirtualDiskManager", value: "m" };
  const text = encodeRequest(manager, "QueryVirtualDiskInfo_Task", {
    name: "[ds] a",
    includeParents: true,
  });
  expect(text).toContain('<QueryVirtualDiskInfo_Task xmlns="urn:internalvim25">');
});

test("a call of no such method says which", () => {
  const text = encodeRequest(vm, "PowerOnVM_Task", {}).replaceAll("PowerOnVM_Task", "Fly");
  expect(() => decodeRequest(text)).toThrow(
    expect.objectContaining({ detail: { fault: "MethodNotFound", method: "Fly", receiver: vm } }),
  );
  expect(() => encodeRequest(vm, "Fly", {})).toThrow(/no method/);
  expect(() => encodeRequest(vm, "PowerOnVM_Task", { hots: 1 })).toThrow(/takes no hots/);
});

test("a call without a required parameter is refused", () => {
  const text = encodeRequest(vm, "ReconfigVM_Task", {});
  expect(() => decodeRequest(text)).toThrow(/lacks spec/);
  expect(() => decodeRequest("<a/>")).toThrow(/envelope/);
});

test("property values carry their declared types", () => {
  const row = findMethod("PropertyCollector", "RetrieveProperties")!;
  const values: Record<string, unknown> = {
    "runtime.powerState": "poweredOn",
    "config.hardware.device": [{ _type: "VirtualDisk", key: 1, capacityInKB: 1 }],
    "config.hardware.memoryMB": 64,
    "summary.quickStats": { uptimeSeconds: 3 },
    datastore: [],
  };
  const propSet = Object.entries(values).map(([name, value]) => ({
    name,
    val: propertyValue("VirtualMachine", name, value),
  }));
  const text = encodeResponse(row, [{ obj: vm, propSet }]);
  expect(text).toContain('<val xsi:type="VirtualMachinePowerState">');
  expect(text).toContain('<val xsi:type="ArrayOfManagedObjectReference"></val>');
  const answer = decodeResponse(row, text) as {
    result: { propSet: { name: string; val: unknown }[] }[];
  };
  const back = Object.fromEntries(answer.result[0]!.propSet.map((p) => [p.name, p.val]));
  expect(back).toEqual({
    ...values,
    "summary.quickStats": { _type: "VirtualMachineQuickStats", uptimeSeconds: 3 },
  });
});

test("a fault arrives as it was sent", () => {
  const fault = {
    _type: "InvalidPowerState",
    requestedState: "poweredOn",
    existingState: "poweredOff",
  };
  const row = findMethod("VirtualMachine", "PowerOnVM_Task")!;
  expect(decodeResponse(row, encodeFault({ fault, message: "no <way>" }))).toEqual({
    fault: { fault, message: "no <way>" },
  });
});

test("a fault without xsi:type is known by its element", () => {
  const text =
    '<e:Envelope xmlns:e="x"><e:Body><e:Fault><faultstring>m</faultstring><detail>' +
    "<NotAuthenticatedFault/></detail></e:Fault></e:Body></e:Envelope>";
  const row = findMethod("VirtualMachine", "PowerOnVM_Task")!;
  expect(decodeResponse(row, text)).toEqual({
    fault: { fault: { _type: "NotAuthenticated" }, message: "m" },
  });
});

test("property paths with keys", () => {
  expect(splitPath('config.extraConfig["a.b[0]"].value')).toEqual([
    { name: "config", key: undefined },
    { name: "extraConfig", key: "a.b[0]" },
    { name: "value", key: undefined },
  ]);
  expect(splitPath("device[4000]")).toEqual([{ name: "device", key: "4000" }]);
  for (const bad of ["", "a.", ".a", "a..b", "a[", 'a["]', "a b"])
    expect(splitPath(bad)).toBeUndefined();
  expect(propertyType("VirtualMachine", "config.hardware.device")).toEqual({
    type: "VirtualDevice",
    isArray: true,
  });
  expect(propertyType("VirtualMachine", "config.hardware.device[2000]")).toEqual({
    type: "VirtualDevice",
    isArray: false,
  });
  expect(propertyType("VirtualApp", "vm")).toEqual({
    type: "ManagedObjectReference",
    isArray: true,
  });
  expect(propertyType("VirtualMachine", "nope")).toBeUndefined();
});
