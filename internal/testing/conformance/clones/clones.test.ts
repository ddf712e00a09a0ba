/** One frozen mini guest and its clones: 12 of them, or 100 with VIC_SOAK=1. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { runTask } from "../../../vim25/task.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { runInMiniGuest } from "../../fixtures/mini-guest.ts";
import { memoryOf, Scene } from "./scene.ts";

const count = process.env["VIC_SOAK"] ? 100 : 12;
/** As many at once as a client may well ask for. */
const atOnce = 8;
/** Of its own memory; the guest has 80 MiB. */
const privateMaxMiB = 48;

let scene: Scene;
let template: MoRef;
const clones: MoRef[] = [];

/** `work` for each of these, `atOnce` at a time. */
async function each<T>(items: T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) await work(item, index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { detail?: { fault?: string } }) => error.detail?.fault ?? String(error),
  );

beforeAll(async () => {
  scene = await Scene.open("127.0.97.0/24");
  const backing = { _type: "VirtualDiskFlatVer2BackingInfo", fileName: "", diskMode: "persistent" };
  const disk = { _type: "VirtualDisk", key: -4, controllerKey: -1, unitNumber: 0, backing };
  const change = { operation: "add", fileOperation: "create" };
  template = await scene.create({
    ...(await scene.mini("template")),
    deviceChange: [{ ...change, device: { ...disk, capacityInKB: 1024 } }],
  });
  await scene.powerOn(template);
  const write = "echo written by the template > /dev/sda; sync; echo $?";
  expect(await runInMiniGuest(scene.client, template, write)).toMatchObject({ output: "0\n" });
  await scene.freezeMini(template);
});
afterAll(() => scene[Symbol.asyncDispose]());

test("all clones run at once, each knows its values and nobody else's random numbers", async () => {
  const start = performance.now();
  await each(Array.from({ length: count }), async (_, index) => {
    const value = `value ${index}`;
    clones[index] = await scene.clone(template, `clone${index}`, { "guestinfo.mini.own": value });
  });
  await each(clones, (clone) => scene.isReady(clone));
  const seconds = (performance.now() - start) / 1000;
  const uuids = await Promise.all(clones.map((c) => scene.get<string>(c, "config.uuid")));
  expect(new Set(uuids).size).toBe(count);
  const said: string[] = [];
  const command = "cat /proc/sys/kernel/random/uuid; cat /proc/sys/kernel/random/boot_id";
  await each(clones, async (clone, index) => {
    said[index] = (await runInMiniGuest(scene.client, clone, command)).output;
  });
  const lines = said.flatMap((text) => text.trim().split("\n"));
  expect(lines).toHaveLength(2 * count);
  expect(new Set(lines).size).toBe(2 * count);
  const memory = [...memoryOf(scene.host.dir)].filter(([name]) => name.startsWith("clone"));
  const each_ = memory.map(([, { privateMiB }]) => privateMiB).toSorted((a, b) => a - b);
  expect(each_).toHaveLength(count);
  expect(each_.at(-1)).toBeLessThan(privateMaxMiB);
  const median = each_[count >> 1]!.toFixed(1);
  console.log(`${count} clones ready in ${seconds.toFixed(1)} s, ${median} MiB private each`);
});

test("a clone reads the template's disk and writes its own", async () => {
  const [first, second] = clones as [MoRef, MoRef];
  const run = (vm: MoRef, command: string) => runInMiniGuest(scene.client, vm, command);
  const read = "head -c 11 /dev/sda";
  expect((await run(first, "printf first-clone > /dev/sda; sync; echo $?")).output).toBe("0\n");
  expect((await run(first, read)).output).toBe("first-clone");
  expect((await run(second, `echo 3 > /proc/sys/vm/drop_caches; ${read}`)).output).toBe(
    "written by ",
  );
});

test("a frozen template can be powered off under its clones, but not reset, changed or deleted", async () => {
  const vm = (method: string, params = {}) =>
    failure(runTask(scene.client, template, method, params));
  expect(await vm("ResetVM_Task")).toBe("InvalidState");
  expect(await vm("SuspendVM_Task")).toBe("InvalidState");
  expect(await vm("PowerOffVM_Task")).toBe("done");
  // Its disk is open in the clones, and later, in the next case, the parent of theirs.
  expect(await vm("Destroy_Task")).toBe("FileLocked");
  const taken = await failure(scene.clone(template, "late"));
  expect(taken).toBe("InvalidPowerState");
  const [first] = clones as [MoRef];
  const hello = await runInMiniGuest(
    scene.client,
    first,
    "grep -c . /proc/meminfo > /dev/null; echo well",
  );
  expect(hello.output).toBe("well\n");
});

test("once its clones are gone the template goes too, and nothing is left", async () => {
  await each(clones, (clone) => runTask(scene.client, clone, "PowerOffVM_Task").then(() => {}));
  const refused = await failure(runTask(scene.client, template, "Destroy_Task"));
  expect(refused).toBe("CannotDeleteFile");
  await each(clones, (clone) => runTask(scene.client, clone, "Destroy_Task").then(() => {}));
  await runTask(scene.client, template, "Destroy_Task");
  expect(memoryOf(scene.host.dir).size).toBe(0);
});
