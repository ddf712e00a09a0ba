import { expect } from "bun:test";
import { faultOf, hasFault } from "../../../../vim25/fault.ts";
import type { DataObject, MoRef } from "../../../../vim25/types.ts";
import { topic } from "../suite.ts";

/** A VM's life: made, started, stopped, suspended, renamed, registered, destroyed. */
export const vmCases = topic("vm", {
  "is made with what its spec says": async (t) => {
    const name = t.name("vm");
    const vm = await t.vm({
      name,
      numCPUs: 2,
      memoryMB: 128,
      annotation: "a & b <c>",
      guestId: "otherLinux64Guest",
    });
    expect(await t.get<DataObject>(vm, "config")).toMatchObject({
      name,
      annotation: "a & b <c>",
      guestId: "otherLinux64Guest",
      template: false,
      hardware: { numCPU: 2, memoryMB: 128 },
    });
  },
  "has uuids and a change version": async (t) => {
    const config = await t.get<DataObject>(await t.vm(), "config");
    for (const field of ["uuid", "instanceUuid"])
      expect(config[field]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(config["changeVersion"]).toBeString();
    expect(config["version"]).toMatch(/^vmx-\d+$/);
  },
  "lies in a folder of its own name": async (t) => {
    const name = t.name("vm");
    const vm = await t.vm({ name });
    expect(await t.get<string>(vm, "config.files.vmPathName")).toBe(t.path(`${name}/${name}.vmx`));
  },
  "a second one of its name is DuplicateName": async (t) => {
    const name = t.name("vm");
    const vm = await t.vm({ name });
    const error = await t.error(t.vm({ name }));
    expect(error).toMatchObject({ detail: { fault: "DuplicateName", data: { name, object: vm } } });
  },
  "a name may hold what people write": async (t) => {
    const name = `${t.name("vm")} ü & <x> "q"`;
    const vm = await t.vm({ name });
    expect(await t.get<string>(vm, "name")).toBe(name);
  },
  "without a place for its files is refused": async (t) => {
    const made = t.task(t.folder, "CreateVM_Task", {
      config: { name: t.name("vm") },
      pool: t.pool,
    });
    expect(hasFault(await t.error(made), "InvalidVmConfig", "InvalidArgument")).toBe(true);
  },
  "on a datastore that is not there is refused": async (t) => {
    const made = t.vm({ files: { vmPathName: "[no-such]" } });
    expect(hasFault(await t.error(made), "InvalidDatastore", "FileFault")).toBe(true);
  },
  "is off at first": async (t) => {
    const runtime = await t.get<DataObject>(await t.vm(), "runtime");
    expect(runtime).toMatchObject({ powerState: "poweredOff", connectionState: "connected" });
  },
  "is on after PowerOn": async (t) => {
    expect(await t.get<string>(await t.runningVm(), "runtime.powerState")).toBe("poweredOn");
  },
  "has a boot time while on": async (t) => {
    const bootTime = await t.get<string>(await t.runningVm(), "runtime.bootTime");
    expect(Math.abs(Date.parse(bootTime) - Date.now())).toBeLessThan(60_000);
  },
  "on twice is InvalidPowerState": async (t) => {
    const error = await t.error(t.task(await t.runningVm(), "PowerOnVM_Task"));
    expect(error).toMatchObject({
      code: "conflict",
      detail: {
        fault: "InvalidPowerState",
        data: { requestedState: "poweredOn", existingState: "poweredOn" },
      },
    });
  },
  "off twice is InvalidPowerState": async (t) => {
    expect(await t.fault(t.task(await t.vm(), "PowerOffVM_Task"))).toBe("InvalidPowerState");
  },
  "goes off and on again": async (t) => {
    const vm = await t.runningVm();
    await t.task(vm, "PowerOffVM_Task");
    expect(await t.get<string>(vm, "runtime.powerState")).toBe("poweredOff");
    await t.task(vm, "PowerOnVM_Task");
    expect(await t.get<string>(vm, "summary.runtime.powerState")).toBe("poweredOn");
  },
  "is suspended and goes on": async (t) => {
    const vm = await t.runningVm();
    await t.task(vm, "SuspendVM_Task");
    expect(await t.get<string>(vm, "runtime.powerState")).toBe("suspended");
    await t.task(vm, "PowerOnVM_Task");
    expect(await t.get<string>(vm, "runtime.powerState")).toBe("poweredOn");
  },
  "suspended while off is InvalidPowerState": async (t) => {
    expect(await t.fault(t.task(await t.vm(), "SuspendVM_Task"))).toBe("InvalidPowerState");
  },
  "a suspended one can be powered off": async (t) => {
    const vm = await t.runningVm();
    await t.task(vm, "SuspendVM_Task");
    await t.task(vm, "PowerOffVM_Task");
    expect(await t.get<string>(vm, "runtime.powerState")).toBe("poweredOff");
  },
  "is reset while on": async (t) => {
    const vm = await t.runningVm();
    await t.task(vm, "ResetVM_Task");
    expect(await t.get<string>(vm, "runtime.powerState")).toBe("poweredOn");
  },
  "reset while off is InvalidPowerState": async (t) => {
    expect(await t.fault(t.task(await t.vm(), "ResetVM_Task"))).toBe("InvalidPowerState");
  },
  "a guest shutdown needs tools": async (t) => {
    expect(await t.fault(t.call(await t.runningVm(), "ShutdownGuest"))).toBe("ToolsUnavailable");
  },
  "a guest shutdown while off is InvalidPowerState": async (t) => {
    expect(await t.fault(t.call(await t.vm(), "ShutdownGuest"))).toBe("InvalidPowerState");
  },
  "a guest reboot while off is InvalidPowerState": async (t) => {
    expect(await t.fault(t.call(await t.vm(), "RebootGuest"))).toBe("InvalidPowerState");
  },
  "is renamed": async (t) => {
    const vm = await t.vm();
    const newName = t.name("renamed");
    await t.task(vm, "Rename_Task", { newName });
    expect(await t.get<string>(vm, "name")).toBe(newName);
  },
  "a new name is in its configuration too": async (t) => {
    const vm = await t.vm();
    const newName = t.name("renamed");
    await t.task(vm, "Rename_Task", { newName });
    expect(await t.get<string>(vm, "config.name")).toBe(newName);
    expect(await t.get<string>(vm, "summary.config.name")).toBe(newName);
  },
  "a new name that is taken is DuplicateName": async (t) => {
    const newName = t.name("vm");
    await t.vm({ name: newName });
    const vm = await t.vm();
    expect(await t.fault(t.task(vm, "Rename_Task", { newName }))).toBe("DuplicateName");
  },
  "is destroyed with its files": async (t) => {
    const name = t.name("vm");
    const vm = await t.vm({ name });
    await t.task(vm, "Destroy_Task");
    expect(faultOf(await t.error(t.get(vm, "name")))).toBe("ManagedObjectNotFound");
    const datastore = await t.session.datastore();
    expect(await datastore.stat(`${name}/${name}.vmx`)).toBeUndefined();
  },
  "is not destroyed while on": async (t) => {
    const vm = await t.runningVm();
    expect(await t.fault(t.task(vm, "Destroy_Task"))).toBe("InvalidPowerState");
    expect(await t.get<string>(vm, "runtime.powerState")).toBe("poweredOn");
  },
  "is not unregistered while on": async (t) => {
    const vm = await t.runningVm();
    expect(await t.fault(t.call(vm, "UnregisterVM"))).toBe("InvalidPowerState");
  },
  "is unregistered with its files left, and registered again": async (t) => {
    const name = t.name("vm");
    const vm = await t.vm({ name, annotation: "kept" });
    const path = await t.get<string>(vm, "config.files.vmPathName");
    await t.call(vm, "UnregisterVM");
    expect(faultOf(await t.error(t.get(vm, "name")))).toBe("ManagedObjectNotFound");
    const datastore = await t.session.datastore();
    expect(await datastore.stat(`${name}/${name}.vmx`)).toBeDefined();
    const params = { path, name, asTemplate: false, pool: t.pool };
    const again = await t.task(t.folder, "RegisterVM_Task", params);
    t.removeVmLater(again);
    expect(await t.get<string>(again, "name")).toBe(name);
    expect(await t.get<string>(again, "config.files.vmPathName")).toBe(path);
  },
  "a registered VM has the configuration of its file": async (t) => {
    const name = t.name("vm");
    const vm = await t.vm({
      name,
      annotation: "kept",
      memoryMB: 96,
      extraConfig: [{ key: "guestinfo.k", value: "v" }],
    });
    const path = await t.get<string>(vm, "config.files.vmPathName");
    await t.call(vm, "UnregisterVM");
    const params = { path, asTemplate: false, pool: t.pool };
    const again = await t.task(t.folder, "RegisterVM_Task", params);
    t.removeVmLater(again);
    expect(await t.get<string>(again, "name")).toBe(name);
    expect(await t.get<number>(again, "config.hardware.memoryMB")).toBe(96);
    expect(await t.get<string>(again, "config.annotation")).toBe("kept");
    expect((await t.options(again)).get("guestinfo.k")).toBe("v");
  },
  "a file that is registered already is AlreadyExists": async (t) => {
    const vm = await t.vm();
    const path = await t.get<string>(vm, "config.files.vmPathName");
    const params = { path, name: t.name("vm"), asTemplate: false, pool: t.pool };
    expect(await t.fault(t.task(t.folder, "RegisterVM_Task", params))).toBe("AlreadyExists");
  },
  "a file that is not there is not registered": async (t) => {
    const params = { path: t.path("no/such.vmx"), asTemplate: false, pool: t.pool };
    const error = await t.error(t.task(t.folder, "RegisterVM_Task", params));
    expect(hasFault(error, "NotFound", "FileNotFound")).toBe(true);
  },
  "several are powered on at once": async (t) => {
    const vms = [await t.vm(), await t.vm()];
    const result = await t.task<{
      attempted?: { task?: MoRef; vm: MoRef }[];
      notAttempted?: unknown[];
    }>(t.datacenter, "PowerOnMultiVM_Task", { vm: vms });
    expect(result.notAttempted ?? []).toEqual([]);
    expect((result.attempted ?? []).map(({ vm }) => vm)).toEqual(vms);
    for (const vm of vms) await t.until(vm, "runtime.powerState", (state) => state === "poweredOn");
  },
  "its summary agrees with its configuration": async (t) => {
    const vm = await t.vm({ memoryMB: 96, numCPUs: 2 });
    const summary = await t.get<DataObject>(vm, "summary.config");
    expect(summary).toMatchObject({ memorySizeMB: 96, numCpu: 2, template: false });
    expect(summary["vmPathName"]).toBe(await t.get(vm, "config.files.vmPathName"));
    expect(await t.get<MoRef>(vm, "summary.vm")).toEqual(vm);
  },
  "its files are listed": async (t) => {
    const vm = await t.vm({ deviceChange: [] });
    const files = await t.get<{ file: { name: string; type: string }[] }>(vm, "layoutEx");
    expect(files.file.map(({ type }) => type)).toContain("config");
  },
  "tells which of its methods make no sense now": async (t) => {
    const vm = await t.vm();
    expect(await t.get<string[]>(vm, "disabledMethod")).toEqual(
      expect.arrayContaining(["PowerOffVM_Task"]),
    );
  },
  "a guest without tools tells so": async (t) => {
    const guest = await t.get<DataObject>(await t.runningVm(), "guest");
    expect(guest["toolsRunningStatus"]).toBe("guestToolsNotRunning");
  },
  "becomes a template, cannot be started, and is a VM again": {
    vcenter: async (t) => {
      const vm = await t.vm();
      await t.call(vm, "MarkAsTemplate");
      expect(await t.get<boolean>(vm, "config.template")).toBe(true);
      const error = await t.error(t.task(vm, "PowerOnVM_Task"));
      expect(hasFault(error, "NotSupported", "InvalidState")).toBe(true);
      await t.call(vm, "MarkAsVirtualMachine", { pool: t.pool });
      expect(await t.get<boolean>(vm, "config.template")).toBe(false);
    },
  },
});
