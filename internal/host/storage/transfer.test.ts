import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "../inventory/store.ts";
import { createDiskStore } from "../qemu/disk-store.ts";
import { Datastores } from "./datastores.ts";

const diskBytes = 4 * 1024 * 1024;

let folder = "";
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vic-transfer-"));
  store = new Store(join(folder, "db"));
});
afterEach(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

function open(): Datastores {
  return new Datastores({
    store,
    diskStore: createDiskStore(),
    dataDir: join(folder, "data"),
    firstId: "datastore1",
    specs: ["one", "two"].map((name) => ({
      name,
      path: join(folder, "deeper", name === "two" ? "far/two" : name),
      capacityBytes: undefined,
    })),
    quotaBytes: undefined,
  });
}

/** What a disk reads as, with all that it is based on. */
async function content(path: string): Promise<Uint8Array> {
  const out = join(folder, "out.raw");
  const format = (await Bun.file(path).slice(0, 3).text()) === "QFI" ? "qcow2" : "raw";
  const done = Bun.spawnSync(["qemu-img", "convert", "-f", format, "-O", "raw", path, out]);
  if (done.exitCode !== 0) throw new Error(done.stderr.toString());
  return Bun.file(out).bytes();
}

async function chain(datastores: Datastores) {
  const { places, disks } = datastores;
  mkdirSync(places.parse("[one] image").absolute);
  mkdirSync(places.parse("[one] vm").absolute);
  const image = places.parse("[one] image/image.vmdk");
  const frozen = places.parse("[one] vm/frozen.vmdk");
  const top = places.parse("[one] vm/top.vmdk");
  await disks.create(image, diskBytes);
  await Bun.write(image.absolute, new Uint8Array(diskBytes).fill(1));
  await disks.createChild(frozen, image);
  const io = (text: string, at: number) => {
    const path = at === 0 ? frozen.absolute : top.absolute;
    const command = `write -P ${text} ${at} 65536`;
    const done = Bun.spawnSync(["qemu-io", "-f", "qcow2", "-c", command, path]);
    if (done.exitCode !== 0) throw new Error(done.stderr.toString());
  };
  io("2", 0);
  await disks.createChild(top, frozen);
  io("3", 131072);
  return { image, frozen, top };
}

test("a chain reads the same from another datastore, over a parent that stayed", async () => {
  const datastores = open();
  const { image, top } = await chain(datastores);
  const { places, files, disks } = datastores;
  const before = await content(top.absolute);
  expect([before[0], before[70_000], before[131_072]]).toEqual([2, 1, 3]);
  await files.copy(places.parse("[one] vm"), places.parse("[two] vm"));
  const copy = places.parse("[two] vm/top.vmdk");
  expect(disks.chain(copy).map(({ text }) => text)).toEqual([
    "[two] vm/top.vmdk",
    "[two] vm/frozen.vmdk",
    image.text,
  ]);
  await disks.assertChain(copy);
  await files.delete(places.parse("[one] vm"));
  expect(Buffer.from(await content(copy.absolute)).equals(before)).toBe(true);
  const flat = places.parse("[two] flat.vmdk");
  await files.copy(copy, flat, { isFlat: true });
  await files.delete(places.parse("[two] vm"));
  await files.delete(image);
  expect(Buffer.from(await content(flat.absolute)).equals(before)).toBe(true);
  expect(store.all("intent")).toEqual([]);
});

test("a copy that was killed is gone at the next start, and the files that it read are not", async () => {
  const datastores = open();
  const { top } = await chain(datastores);
  const { places, files } = datastores;
  const list = (from: Parameters<typeof files.list>[0]) => files.list(from);
  const [from, to] = [places.parse("[one] vm"), places.parse("[two] vm")];
  await files.transfer.copy(await files.transfer.planTree(from, to, list));
  const next = open();
  next.intents.recover(next.disks);
  expect(await next.files.exists(next.places.parse("[two] vm"))).toBe(false);
  expect(next.disks.isRecorded(next.places.parse("[two] vm/top.vmdk"))).toBe(false);
  await next.disks.assertChain(next.places.parse(top.text));
  expect(store.all("intent")).toEqual([]);
});
