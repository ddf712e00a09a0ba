/** Real QEMU processes whose guest, a boot sector, prints the letters one after the other, a letter a timer tick. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hypervisor, MachineDisk, MachineEvents, MachineSpec } from "../vm/machine.ts";
import { createDiskStore, inspectDisk } from "./disk-store.ts";
import { createHypervisor } from "./hypervisor.ts";

setDefaultTimeout(60_000);

const letters = [
  [0x31, 0xc0, 0x8e, 0xd8, 0xfb], // xor ax, ax; mov ds, ax; sti
  [0xb3, 0x61], // again: mov bl, 'a'
  [0xf4], // next: hlt
  [0xba, 0xf8, 0x03, 0x88, 0xd8, 0xee], // mov dx, 0x3f8; mov al, bl; out dx, al
  [0xfe, 0xc3, 0x80, 0xfb, 0x7b], // inc bl; cmp bl, 'z' + 1
  [0x75, 0xf2, 0xeb, 0xee], // jne next; jmp again
].flat();

const store = createDiskStore();
const events: MachineEvents = {
  exited: () => undefined,
  guestInfo: () => undefined,
  guestNics: () => undefined,
  toolsRunning: () => undefined,
};
let folder = "";
let hypervisor: Hypervisor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vic-state-"));
  const options = { dataDir: join(folder, "data"), loopback: "127.0.93.0/24" };
  hypervisor = await createHypervisor({ ...options, log: () => undefined });
});
afterAll(async () => {
  await hypervisor.close();
  await rm(folder, { recursive: true, force: true });
});

const at = (name: string) => join(folder, name);
const printed = () => readFile(at("serial.log"), "latin1").catch(() => "");

/** Waits until the guest has printed so many letters more than `before`. */
async function printedMore(before: number, count: number): Promise<string> {
  for (;;) {
    const text = await printed();
    if (text.length >= before + count) return text;
    await new Promise((fulfil) => setImmediate(fulfil));
  }
}

test("a machine goes on from a saved state, with the devices that were plugged in later", async () => {
  await store.create(at("base.vmdk"), 1024 * 1024);
  {
    await using file = await open(at("base.vmdk"), "r+");
    const sector = Buffer.alloc(512);
    sector.set(letters);
    sector.writeUInt16LE(0xaa55, 510);
    await file.write(sector);
  }
  await store.create(at("data.vmdk"), 1024 * 1024);
  const disk = (key: number, path: string): MachineDisk => {
    return { kind: "disk", key, unit: key - 2000, path, isReadOnly: false };
  };
  const nic = { kind: "nic" as const, portGroup: "bridge", model: "vmxnet3" as const };
  const later = { ...nic, key: 4003, mac: "00:0c:29:00:00:04", isConnected: true };
  const spec: MachineSpec = {
    id: "state",
    name: "state",
    uuid: "564d0000-0000-0000-0000-000000000001",
    cpus: 1,
    memoryMiB: 32,
    guestInfo: {},
    devices: [
      disk(2000, at("base.vmdk")),
      { ...nic, key: 4000, mac: "00:0c:29:00:00:01", isConnected: true },
      { kind: "serial", key: 9000, path: at("serial.log") },
    ],
  };
  const machine = await hypervisor.start(spec, events);
  await printedMore(0, 3);
  await machine.addDevice(disk(2001, at("data.vmdk")));
  await machine.addDevice(later);

  await machine.pause();
  const before = await printed();
  await store.createChild(at("child.vmdk"), at("base.vmdk"));
  await store.createChild(at("data-child.vmdk"), at("data.vmdk"));
  await machine.snapshotDisks([
    { key: 2000, path: at("child.vmdk") },
    { key: 2001, path: at("data-child.vmdk") },
  ]);
  expect(Object.fromEntries(await machine.diskPaths())).toEqual({
    2000: at("child.vmdk"),
    2001: at("data-child.vmdk"),
  });
  await machine.saveState(at("one.state"));
  expect(await printed()).toBe(before);
  await machine.resume();
  await printedMore(before.length, 2);
  await machine.pause();
  expect(await machine.saveState(at("one.state")).catch(String)).toContain("EEXIST");
  await machine.resume();
  await machine.resizeDisk(2001, 2 * 1024 * 1024);
  expect(await inspectDisk(at("data-child.vmdk"))).toMatchObject({ capacityBytes: 2 ** 21 });
  await machine.removeDevice(2001).catch(() => undefined);
  await machine.powerOff();

  const first = (await printed()).length;
  const child = { ...disk(2001, at("data-child.vmdk")), parents: [at("data.vmdk")] };
  const devices = [...spec.devices, child, later];
  const restore = { statePath: at("one.state") };
  const again = await hypervisor.start({ ...spec, devices, restore }, events);
  const text = await printedMore(first, 3);
  const last = before.at(-1)!.charCodeAt(0) - 97;
  const expected = [1, 2, 3].map((n) => String.fromCharCode(97 + ((last + n) % 26))).join("");
  expect(text.slice(first, first + 3)).toBe(expected);
  await again.powerOff();

  const foreign = { ...spec, memoryMiB: 64, restore };
  expect(await hypervisor.start(foreign, events).catch(String)).toContain("QEMU");
  expect(existsSync(at("one.state"))).toBe(true);
});
