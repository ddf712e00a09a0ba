import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { retrieveOne } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { DataDir } from "./data-dir.ts";
import { refs } from "./inventory/refs.ts";
import { TestHost, vmSpec } from "./testing/fakes.ts";

test("what was acknowledged is there after a restart, and running VMs are taken over", async () => {
  await using host = await TestHost.start();
  const create = (name: string) =>
    runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
      config: vmSpec(name),
      pool: refs.rootPool,
    });
  const stays = await create("stays");
  const dies = await create("dies");
  const client = host.client;
  await client.call(refs.networkSystem, "AddVirtualSwitch", { vswitchName: "bridge" });
  await client.call(refs.networkSystem, "AddPortGroup", {
    portgrp: { name: "bridge", vlanId: 0, vswitchName: "bridge", policy: {} },
  });
  const pool = await client.call<MoRef>(refs.rootPool, "CreateResourcePool", {
    name: "vch",
    spec: { cpuAllocation: { limit: 100 }, memoryAllocation: {} },
  });
  for (const vm of [stays, dies]) await runTask(client, vm, "PowerOnVM_Task");
  host.machine(stays.value).events.guestInfo("guestinfo.done", "yes");
  const events = host.world.events.latest?.key ?? 0;
  await host.halt();
  expect(host.hypervisor.machines.get(stays.value)?.done).toContain("release");
  host.hypervisor.machines.delete(dies.value);
  await host.boot();
  const state = async (vm: MoRef) =>
    retrieveOne(host.client, vm, ["runtime.powerState", "config.extraConfig"]);
  expect(await state(stays)).toEqual({
    "runtime.powerState": "poweredOn",
    "config.extraConfig": [{ key: "guestinfo.done", value: "yes" }],
  });
  expect(await state(dies)).toMatchObject({ "runtime.powerState": "poweredOff" });
  expect(host.hypervisor.portGroups).toContainEqual({ name: "bridge", isNat: false });
  expect(await retrieveOne(host.client, pool, ["name", "config.cpuAllocation.limit"])).toEqual({
    name: "vch",
    "config.cpuAllocation.limit": 100,
  });
  const isOfSession = (type: string) => type.endsWith("SessionEvent");
  const after = host.world.events.events.filter((e) => e.key > events && !isOfSession(e._type));
  expect(after.map((event) => event._type)).toEqual(["VmMessageErrorEvent", "VmPoweredOffEvent"]);
  // The one taken over still tells its new owner, and holds its files.
  host.machine(stays.value).events.exited("guest", "");
  expect(await state(stays)).toMatchObject({ "runtime.powerState": "poweredOff" });
});

test("a second vic-host on the same folder is refused", async () => {
  await using host = await TestHost.start();
  await expect(host.boot()).rejects.toThrow("another vic-host uses");
  await using other = await TestHost.start();
  expect(other.running.url).not.toBe(host.running.url);
});

/** Holds the lock of the folder in its last argument, says so, and ends a moment later, as what was killed does. */
const ending = `
  const { DataDir } = await import(process.argv.at(-2));
  globalThis.held = new DataDir(process.argv.at(-1));
  process.stdout.write("held");
  setTimeout(() => process.exit(), 300);
`;

test("a vic-host that is just ending is waited for", async () => {
  const path = mkdtempSync(join(tmpdir(), "vic-lock-"));
  const module = join(import.meta.dir, "data-dir.ts");
  const command = [process.execPath, "-e", ending, module, path];
  const child = Bun.spawn(command, { stdout: "pipe", stderr: "inherit" });
  await child.stdout.getReader().read();
  new DataDir(path)[Symbol.dispose]();
  expect(await child.exited).toBe(0);
  rmSync(path, { recursive: true });
});
