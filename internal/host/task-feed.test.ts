import { expect, setDefaultTimeout, spyOn, test } from "bun:test";
import { runTask } from "../vim25/task.ts";
import type { MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import { TestHost, vmSpec } from "./testing/fakes.ts";

// A password hash takes long on a busy machine.
setDefaultTimeout(60_000);

test("to learn how a task ended costs no call of its own", async () => {
  await using host = await TestHost.start();
  const { client } = host;
  const create = (name: string) =>
    runTask<MoRef>(client, refs.vmFolder, "CreateVM_Task", {
      config: vmSpec(name),
      pool: refs.rootPool,
    });
  const vm = await create("first");
  // What the feed is worth shows with a task that came after it.
  await create("another");
  const call = spyOn(client, "call");
  const second = await create("second");
  await runTask(client, vm, "PowerOnVM_Task");
  await Promise.all([runTask(client, vm, "PowerOffVM_Task"), create("third")]);
  await expect(runTask(client, second, "PowerOffVM_Task")).rejects.toThrow("poweredOff");
  const methods = call.mock.calls.map(([, method]) => method);
  expect(methods.filter((method) => method !== "WaitForUpdatesEx")).toEqual([
    "CreateVM_Task",
    "PowerOnVM_Task",
    "PowerOffVM_Task",
    "CreateVM_Task",
    "PowerOffVM_Task",
  ]);
});
