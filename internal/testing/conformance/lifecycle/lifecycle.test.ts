/** A real VM goes through snapshots, reverts and suspension; what its guest remembers says whether that was right. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { runTask } from "../../../vim25/task.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { runInMiniGuest } from "../../fixtures/mini-guest.ts";
import { Scene } from "../clones/scene.ts";

setDefaultTimeout(600_000);

let scene: Scene;
let vm: MoRef;

beforeAll(async () => {
  scene = await Scene.open("127.0.91.0/24");
  vm = await scene.create(await scene.mini("life"));
  await task("PowerOnVM_Task");
  await scene.isReady(vm);
});
afterAll(() => scene[Symbol.asyncDispose]());

const task = <T = unknown>(method: string, params: Record<string, unknown> = {}, of = vm) =>
  runTask<T>(scene.client, of, method, params);
const snapshot = (name: string, memory: boolean) =>
  task<MoRef>("CreateSnapshot_Task", { name, description: "", memory, quiesce: false });

async function guest(command: string): Promise<string> {
  const { exitCode, output } = await runInMiniGuest(scene.client, vm, command);
  if (exitCode !== 0) throw new Error(`${command}: ${output}`);
  return output.trim();
}

/** Has the guest remember a word in its RAM and on each disk. */
const remember = (word: string) =>
  guest(
    `echo ${word} > /tmp/word; for d in sda sdb; do ` +
      `echo ${word} | dd of=/dev/$d bs=512 conv=sync,fsync 2> /dev/null || exit 1; done`,
  );
/** The words in RAM and on the disks, read from the disks themselves. */
const remembered = () =>
  guest(
    "echo 3 > /proc/sys/vm/drop_caches; cat /tmp/word; " +
      "for d in sda sdb; do dd if=/dev/$d bs=512 count=1 2> /dev/null | tr -d '\\0'; done",
  ).then((text) => text.split("\n"));

async function addDisk(): Promise<void> {
  const backing = { _type: "VirtualDiskFlatVer2BackingInfo", fileName: "", diskMode: "persistent" };
  const where = { key: -1, controllerKey: 1000, unitNumber: -1, capacityInKB: 4096 };
  const device = { _type: "VirtualDisk", ...where, backing };
  const deviceChange = [{ operation: "add", fileOperation: "create", device }];
  await task("ReconfigVM_Task", { spec: { deviceChange } });
}

/** Takes the CD that the guest was booted from out of its drive. */
async function eject(): Promise<void> {
  const { device } = await scene.get<{ device: Record<string, unknown>[] }>(vm, "config.hardware");
  const drive = device.find((d) => d["_type"] === "VirtualCdrom");
  const connectable = { startConnected: true, connected: false, allowGuestControl: false };
  const deviceChange = [{ operation: "edit", device: { ...drive, connectable } }];
  await task("ReconfigVM_Task", { spec: { deviceChange } });
}

test("a VM goes back to a snapshot with its memory, is suspended, and merges its disks while it runs", async () => {
  // Plugged in while it runs: a restored machine has to have them at the same places.
  await addDisk();
  await addDisk();
  await guest("until [ -e /dev/sda ] && [ -e /dev/sdb ]; do sleep 0.1; done");
  await remember("one");
  // The kernel that a restored machine has on hand for a reset is the one it was booted with.
  await eject();
  const withMemory = await snapshot("with memory", true);
  await remember("two");
  const disksOnly = await snapshot("disks only", false);
  await remember("three");
  expect(await remembered()).toEqual(["three", "three", "three"]);

  await task("RevertToSnapshot_Task", {}, withMemory);
  expect(await scene.get<string>(vm, "runtime.powerState")).toBe("poweredOn");
  expect(await remembered()).toEqual(["one", "one", "one"]);

  await remember("four");
  const bootId = await guest("cat /proc/sys/kernel/random/boot_id");
  await task("SuspendVM_Task");
  expect(await scene.get<string>(vm, "runtime.powerState")).toBe("suspended");
  await task("PowerOnVM_Task");
  expect(await guest("cat /proc/sys/kernel/random/boot_id")).toBe(bootId);
  expect(await remembered()).toEqual(["four", "four", "four"]);

  await task("RemoveSnapshot_Task", { removeChildren: false }, disksOnly);
  await task("RemoveAllSnapshots_Task");
  expect(await scene.get<boolean>(vm, "runtime.consolidationNeeded")).toBe(false);
  expect(await remembered()).toEqual(["four", "four", "four"]);
  await remember("five");
  await task("PowerOffVM_Task");
  await task("PowerOnVM_Task");
  await scene.isReady(vm);
  await guest("echo booted > /tmp/word");
  expect(await remembered()).toEqual(["booted", "five", "five"]);
});
