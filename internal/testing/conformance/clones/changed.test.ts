/** Clones of VMs whose devices were changed while they ran, and clones of such clones. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTask } from "../../../vim25/task.ts";
import type { DataObject, MoRef } from "../../../vim25/types.ts";
import { runInMiniGuest } from "../../fixtures/mini-guest.ts";
import { openHere } from "./here.ts";
import type { Scene } from "./scene.ts";

let dir = "";
let scene: Scene;
const made: MoRef[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "vic-changed-"));
  scene = await openHere(dir, "127.0.93.0/24");
});
afterAll(async () => {
  for (const vm of made.reverse()) {
    await runTask(scene.client, vm, "PowerOffVM_Task").catch(() => undefined);
    await runTask(scene.client, vm, "Destroy_Task");
  }
  await scene[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true, force: true });
});

const connectable = { startConnected: true, connected: true, allowGuestControl: true };
const network = { _type: "VirtualEthernetCardNetworkBackingInfo", deviceName: "VM Network" };
const nic = (key: number): DataObject => ({
  operation: "add",
  device: { _type: "VirtualVmxnet3", key, backing: network, connectable },
});
const disk = (key: number, unitNumber: number, controllerKey: number): DataObject => ({
  operation: "add",
  fileOperation: "create",
  device: {
    _type: "VirtualDisk",
    key,
    controllerKey,
    unitNumber,
    capacityInKB: 1024,
    backing: { _type: "VirtualDiskFlatVer2BackingInfo", fileName: "", diskMode: "persistent" },
  },
});

const devices = (vm: MoRef) => scene.get<DataObject[]>(vm, "config.hardware.device");
const change = (vm: MoRef, ...deviceChange: DataObject[]) =>
  runTask(scene.client, vm, "ReconfigVM_Task", { spec: { deviceChange } });
async function find(vm: MoRef, type: string): Promise<DataObject[]> {
  return (await devices(vm)).filter(({ _type }) => _type === type);
}
async function run(vm: MoRef, command: string): Promise<string> {
  const { exitCode, output } = await runInMiniGuest(scene.client, vm, command);
  if (exitCode !== 0) throw new Error(`${command}: ${output}`);
  return output.trim();
}
async function clone(source: MoRef, name: string): Promise<MoRef> {
  const vm = await scene.clone(source, name);
  made.push(vm);
  return vm;
}

/** Until the guest has as many NICs and disks as the VM, and then what is on the disk named. */
async function look(vm: MoRef, name: string): Promise<{ addresses: string[]; words: string }> {
  const macs = (await find(vm, "VirtualVmxnet3")).map((d) => String(d["macAddress"]));
  const wait = `n=0; while [ $(ls -d /sys/class/net/eth* | wc -l) != ${macs.length} ] || ${macs
    .map((mac) => `! grep -q ${mac} /sys/class/net/*/address`)
    .join(" || ")}; do sleep 0.1; n=$((n+1)); [ $n -lt 200 ] || exit 1; done`;
  const read = `echo 3 > /proc/sys/vm/drop_caches; cat /tmp/word; head -c 8 /dev/${name}`;
  const text = await run(vm, `${wait}; cat /sys/class/net/eth*/address; ${read}`);
  const lines = text.split("\n");
  expect(lines.slice(0, macs.length).sort()).toEqual(macs.sort());
  return { addresses: macs, words: lines.slice(macs.length).join(" ") };
}

test("a VM whose devices were all changed while it ran is cloned, and so is its clone", async () => {
  const mini = await scene.mini("source");
  const source = await scene.create({
    ...mini,
    deviceChange: [disk(-4, 0, -1), nic(-5), nic(-6)],
  });
  made.push(source);
  await scene.powerOn(source);
  await scene.isReady(source);
  const [first] = await find(source, "VirtualVmxnet3");
  await change(source, disk(-9, 3, 1000), nic(-10), nic(-11));
  await change(source, { operation: "remove", device: first });
  const [drive] = await find(source, "VirtualCdrom");
  const ejected = { ...connectable, connected: false };
  await change(source, { operation: "edit", device: { ...drive, connectable: ejected } });
  expect(
    await run(source, "printf thedisk1 > /dev/sdb; sync; echo word > /tmp/word; ls /dev/sd*"),
  ).toBe("/dev/sda\n/dev/sdb");
  const before = await look(source, "sdb");
  expect(before).toMatchObject({ words: "word thedisk1" });
  expect(before.addresses).toHaveLength(3);

  const second = await clone(source, "second");
  const own = await look(second, "sdb");
  expect(own.words).toBe("word thedisk1");
  expect(own.addresses.filter((mac) => before.addresses.includes(mac))).toEqual([]);
  expect(
    await run(second, "printf thedisk2 > /dev/sdb; sync; echo more > /tmp/word; echo well"),
  ).toBe("well");
  // More changes, so that the third has devices of both.
  await change(second, disk(-9, 5, 1000), nic(-10));
  const third = await clone(second, "third");
  expect((await look(third, "sdb")).words).toBe("more thedisk2");
  expect((await look(source, "sdb")).words).toBe("word thedisk1");

  await scene.freezeMini(third);
  const fourth = await clone(third, "fourth");
  expect((await look(fourth, "sdb")).words).toBe("more thedisk2");
  await scene.freezeMini(fourth);
  const fifth = await clone(fourth, "fifth");
  expect((await look(fifth, "sdb")).words).toBe("more thedisk2");
});
