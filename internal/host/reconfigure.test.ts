/** Reconfigurations that fail at their end, and guests that are asked for something. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { retrieveOne } from "../vim25/properties.ts";
import { callsOf, fails } from "./testing/calls.ts";
import { diskChange, TestHost } from "./testing/fakes.ts";

setDefaultTimeout(60_000);

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
});
afterAll(() => host[Symbol.asyncDispose]());

const { create, task } = callsOf(() => host);

test("what was plugged in is taken back when it cannot be stored", async () => {
  const vm = await create("late");
  await task(vm, "PowerOnVM_Task");
  const machine = host.machine(vm.value);
  const { vms } = host.world;
  const update = vms.update.bind(vms);
  const before = (await retrieveOne(host.client, vm, ["config"]))["config"];
  vms.update = () => {
    throw new Error("the database is full");
  };
  try {
    const change = diskChange({ fileOperation: "create", capacityInKB: 1024, controllerKey: 1000 });
    const spec = {
      deviceChange: [change],
      extraConfig: [{ key: "guestinfo.late", value: "x" }],
    };
    expect(await fails(task(vm, "ReconfigVM_Task", { spec }))).toBe("SystemError");
  } finally {
    vms.update = update;
  }
  expect(machine.done).toEqual([
    "add 2001",
    "set guestinfo.late",
    "set guestinfo.late",
    "remove 2001",
  ]);
  expect(machine.guestInfo.has("guestinfo.late")).toBe(false);
  expect(existsSync(join(host.dir, "datastore1/late/late_1.vmdk"))).toBe(false);
  expect((await retrieveOne(host.client, vm, ["config"]))["config"]).toEqual(before);
  await task(vm, "PowerOffVM_Task");
});

test("a guest is asked to reboot, cannot be put to sleep, and can be ended at once", async () => {
  const vm = await create("guest");
  expect(await fails(host.client.call(vm, "RebootGuest"))).toBe("InvalidPowerState");
  await task(vm, "PowerOnVM_Task");
  expect(await fails(host.client.call(vm, "RebootGuest"))).toBe("ToolsUnavailable");
  expect(await fails(host.client.call(vm, "StandbyGuest"))).toBe("ToolsUnavailable");
  const machine = host.machine(vm.value);
  machine.events.toolsRunning(true);
  await host.client.call(vm, "RebootGuest");
  expect(machine.done).toEqual(["reboot"]);
  expect(await fails(host.client.call(vm, "StandbyGuest"))).toBe("NotSupported");
  await host.client.call(vm, "TerminateVM");
  const state = (await retrieveOne(host.client, vm, ["runtime.powerState"]))["runtime.powerState"];
  expect(state).toBe("poweredOff");
  expect(await fails(host.client.call(vm, "TerminateVM"))).toBe("InvalidPowerState");
  const areas = { deviceKey: 2000, startOffset: 0, changeId: "*" };
  expect(await fails(host.client.call(vm, "QueryChangedDiskAreas", areas))).toBe("NotSupported");
});
