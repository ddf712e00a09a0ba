/** Templates and clones outlive vic-host: what is frozen stays so and can be cloned by the next vic-host. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTask } from "../../../vim25/task.ts";
import { runInMiniGuest } from "../../fixtures/mini-guest.ts";
import { openHere } from "./here.ts";
import { memoryOf, type Scene } from "./scene.ts";

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "vic-restart-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const open = (): Promise<Scene> => openHere(dir, "127.0.99.0/24");

test("a frozen template is cloned by the next vic-host too, and its clones go on", async () => {
  const before = await open();
  const template = await before.frozenMini("template");
  const first = await before.clone(template, "first");
  await before.isReady(first);
  await before[Symbol.asyncDispose]();

  await using after = await open();
  expect(await after.get<boolean>(template, "runtime.instantCloneFrozen")).toBe(true);
  const second = await after.clone(template, "second", { "guestinfo.mini.own": "2" });
  for (const vm of [first, second]) {
    expect((await runInMiniGuest(after.client, vm, "echo $((6 * 7))")).output).toBe("42\n");
  }
  // Frozen also means that it used no processor time meanwhile: nobody let it go on.
  expect(await after.get<string>(template, "runtime.powerState")).toBe("poweredOn");
  for (const vm of [first, second, template]) {
    await runTask(after.client, vm, "PowerOffVM_Task");
    await runTask(after.client, vm, "Destroy_Task");
  }
  expect(memoryOf(dir).size).toBe(0);
});

test("a VM that is not frozen is cloned with all its memory, and both go on", async () => {
  await using scene = await open();
  const source = await scene.create(await scene.mini("source"));
  await scene.powerOn(source);
  const run = async (vm: typeof source, command: string) =>
    (await runInMiniGuest(scene.client, vm, command)).output;
  expect(await run(source, "echo before > /tmp/a; cat /tmp/a")).toBe("before\n");
  const clone = await scene.clone(source, "copy");
  expect(await run(source, "echo after > /tmp/a; cat /tmp/a")).toBe("after\n");
  expect(await run(clone, "cat /tmp/a")).toBe("before\n");
  for (const vm of [source, clone]) {
    await runTask(scene.client, vm, "PowerOffVM_Task");
    await runTask(scene.client, vm, "Destroy_Task");
  }
});
