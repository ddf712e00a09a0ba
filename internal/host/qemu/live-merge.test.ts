/** A real QEMU, whose guest only counts, and disks that are written with qemu-io before it starts. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hypervisor, Machine, MachineEvents, MachineSpec } from "../vm/machine.ts";
import { commitDisk, copyDisk, flattenDisk, growDisk, rebaseDisk } from "./disk-image.ts";
import { createDiskStore, inspectDisk } from "./disk-store.ts";
import { createHypervisor } from "./hypervisor.ts";

setDefaultTimeout(120_000);

const store = createDiskStore();
const events: MachineEvents = {
  exited: () => undefined,
  guestInfo: () => undefined,
  guestNics: () => undefined,
  toolsRunning: () => undefined,
  guestOperations: () => undefined,
  frozen: () => undefined,
};
const kib = 1024;
let folder = "";
let hypervisor: Hypervisor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vic-merge-"));
  const options = { dataDir: join(folder, "data"), loopback: "127.0.92.0/24" };
  hypervisor = await createHypervisor({ ...options, log: () => undefined });
});
afterAll(async () => {
  await hypervisor.close();
  await rm(folder, { recursive: true, force: true });
});

const at = (name: string) => join(folder, name);

/** Fills 4 KiB at `offset` of a child with a byte. */
function fill(name: string, offset: number, byte: number): void {
  const command = `write -P ${byte} ${offset} 4096`;
  const { exitCode } = Bun.spawnSync(["qemu-io", "-f", "qcow2", "-c", command, at(name)]);
  expect(exitCode).toBe(0);
}

async function byteAt(name: string, offset: number): Promise<number> {
  await using file = await open(at(name), "r");
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, offset);
  return buffer[0]!;
}

/** A base, and children each of which holds 4 KiB of its own number, at that number times 64 KiB. */
async function makeChain(name: string, count: number): Promise<void> {
  await store.create(at(`${name}-0`), 1024 * kib);
  for (let i = 1; i <= count; i++) {
    await store.createChild(at(`${name}-${i}`), at(`${name}-${i - 1}`));
    fill(`${name}-${i}`, i * 64 * kib, i);
  }
}

function specOf(id: string, path: string, chain: string): MachineSpec {
  return {
    id,
    name: id,
    uuid: "564d0000-0000-0000-0000-000000000002",
    cpus: 1,
    memoryMiB: 32,
    guestInfo: {},
    devices: [
      {
        kind: "disk",
        key: 2000,
        unit: 0,
        path: at(path),
        parents: [2, 1, 0].map((i) => at(`${chain}-${i}`)).filter((parent) => parent !== at(path)),
        isReadOnly: false,
      },
    ],
  };
}

test("files of a running disk are merged, from the middle and from the top", async () => {
  await makeChain("live", 3);
  const machine = await hypervisor.start(specOf("merge", "live-3", "live"), events);
  const files = (child: number) => ({
    child: at(`live-${child}`),
    parent: at(`live-${child - 1}`),
  });
  let isCalled = false;
  await machine.mergeDisk(2000, { child: at("live-1"), parent: at("live-0") }, () => {
    isCalled = true;
  });
  expect(isCalled).toBe(false);
  expect(await byteAt("live-0", 64 * kib)).toBe(1);
  expect((await inspectDisk(at("live-2"))).parent).toBe(at("live-0"));
  // Done before: nothing is left to do.
  await machine.mergeDisk(2000, files(1), () => undefined);

  const refuse = () => {
    throw new Error("not stored");
  };
  expect(machine.mergeDisk(2000, files(3), refuse)).rejects.toThrow("not stored");
  await machine.pause();
  await machine.resume();
  expect((await machine.diskPaths()).get(2000)).toBe(at("live-3"));

  await machine.mergeDisk(2000, files(3), () => {
    isCalled = true;
  });
  expect(isCalled).toBe(true);
  expect((await machine.diskPaths()).get(2000)).toBe(at("live-2"));
  await machine.mergeDisk(2000, { child: at("live-2"), parent: at("live-0") }, () => undefined);
  expect((await machine.diskPaths()).get(2000)).toBe(at("live-0"));
  // And a child again, as the next snapshot makes it.
  await store.createChild(at("live-4"), at("live-0"));
  await machine.snapshotDisks([{ key: 2000, path: at("live-4") }]);
  expect((await machine.diskPaths()).get(2000)).toBe(at("live-4"));
  await machine.powerOff();
  for (const i of [1, 2, 3]) expect(await byteAt("live-0", i * 64 * kib)).toBe(i);
});

test("a merge that its vic-host did not finish ends as it was stored", async () => {
  await makeChain("left", 3);
  const before = specOf("left", "left-3", "left");
  const after = specOf("left", "left-2", "left");
  const files = { child: at("left-3"), parent: at("left-2") };
  /** Begins the merge and loses the machine when it is to be stored. */
  const lose = async (machine: Machine) => {
    let released: Promise<void> | undefined;
    const merge = machine.mergeDisk(2000, files, () => {
      released = machine.release();
    });
    await merge.catch(() => undefined);
    await released;
  };
  await lose(await hypervisor.start(before, events));
  const again = await hypervisor.adopt(before, events);
  expect((await again!.diskPaths()).get(2000)).toBe(at("left-3"));
  await lose(again!);
  const last = await hypervisor.adopt(after, events);
  expect((await last!.diskPaths()).get(2000)).toBe(at("left-2"));
  await last!.powerOff();
});

test("a disk that no machine has open is merged, copied, flattened and made larger", async () => {
  await makeChain("off", 2);
  await copyDisk(at("off-2"), at("off-copy"), at("off-1"));
  expect((await inspectDisk(at("off-copy"))).parent).toBe(at("off-1"));
  await flattenDisk(at("off-2"), at("off-flat"));
  for (const i of [1, 2]) expect(await byteAt("off-flat", i * 64 * kib)).toBe(i);
  expect(commitDisk(at("off-2"), at("off-0"))).rejects.toMatchObject({ code: "damaged" });
  for (const _ of ["once", "and again"]) await commitDisk(at("off-1"), at("off-0"));
  await rebaseDisk(at("off-2"), at("off-0"));
  expect((await inspectDisk(at("off-2"))).parent).toBe(at("off-0"));
  expect(await byteAt("off-0", 64 * kib)).toBe(1);
  await growDisk(at("off-2"), 2048 * kib);
  await growDisk(at("off-flat"), 2048 * kib);
  for (const name of ["off-2", "off-flat"]) {
    expect((await inspectDisk(at(name))).capacityBytes).toBe(2048 * kib);
  }
  expect(growDisk(at("off-flat"), kib)).rejects.toMatchObject({ code: "invalid" });
});
