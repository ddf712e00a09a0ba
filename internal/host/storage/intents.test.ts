import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "../inventory/store.ts";
import { FakeDiskStore } from "../testing/fakes.ts";
import { Datastores } from "./datastores.ts";

const mib = 1024 * 1024;
let folder = "";
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vic-intents-"));
  store = new Store(join(folder, "db"));
});
afterEach(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** A vic-host's datastores, as they are after a start. */
function open(diskStore = new FakeDiskStore()) {
  const parts = { dataDir: folder, firstId: "datastore1", specs: [], quotaBytes: undefined };
  const datastores = new Datastores({ ...parts, store, diskStore });
  datastores.intents.recover(datastores.disks);
  const { disks, files, intents: own, first } = datastores;
  return { disks, files, intents: own, places: first.places };
}

const intents = () => store.all("intent").map(({ id }) => id);
const records = () => store.all("disk").map(({ id }) => id);

test("a disk that was not finished is removed, and what it was made in", async () => {
  const diskStore = new FakeDiskStore();
  const { disks, places } = open(diskStore);
  const place = places.at("a/disk.vmdk");
  mkdirSync(places.at("a").absolute);
  diskStore.create = async () => {
    mkdirSync(places.at("a/.new-abc123").absolute);
    await Bun.write(places.at("a/.new-abc123/disk").absolute, "half");
    await Bun.write(place.absolute, "half");
    return new Promise(() => undefined);
  };
  void disks.create(place, mib);
  while (!existsSync(place.absolute)) await new Promise((fulfil) => setImmediate(fulfil));
  open();
  expect(existsSync(place.absolute) || existsSync(places.at("a/.new-abc123").absolute)).toBe(false);
  expect([...intents(), ...records()]).toEqual([]);
});

test("a disk that is part of a change stays only when the change was stored", async () => {
  const { disks, places, intents: own } = open();
  const [kept, dropped] = [places.at("kept.vmdk"), places.at("dropped.vmdk")];
  await disks.create(kept, mib, true);
  await disks.create(dropped, mib, true);
  own.end(kept);
  open();
  expect([kept, dropped].map(({ absolute }) => existsSync(absolute))).toEqual([true, false]);
  expect(records()).toEqual([kept.key]);
});

test("what was to be deleted is deleted, with all that is in it", async () => {
  const { disks, places, intents: own } = open();
  mkdirSync(places.at("a/b").absolute, { recursive: true });
  await disks.create(places.at("a/b/disk.vmdk"), mib);
  own.remove(places.at("a"));
  open();
  expect(existsSync(places.at("a").absolute)).toBe(false);
  expect([...intents(), ...records()]).toEqual([]);
});

test("a move that came to the disk but not to the database is recorded", async () => {
  const { disks, files, places, intents: own } = open();
  const [from, to] = [places.at("from.vmdk"), places.at("to.vmdk")];
  await disks.create(from, mib);
  own.move(from, to);
  renameSync(from.absolute, to.absolute);
  open();
  expect(records()).toEqual([to.key]);
  // One that did not get so far is forgotten.
  own.move(to, from);
  open();
  expect([records(), intents()]).toEqual([[to.key], []]);
  await files.delete(to);
});

test("a whole change leaves no intent", async () => {
  const { disks, files, places } = open();
  const [a, b, c] = [places.at("a.vmdk"), places.at("b.vmdk"), places.at("c.vmdk")];
  await disks.create(a, mib);
  await disks.createChild(c, a);
  await disks.delete(c);
  await files.move(a, b, false);
  await files.copy(b, a);
  await expect(files.copy(b, a)).rejects.toThrow("there already");
  await files.delete(b);
  await expect(disks.delete(c)).rejects.toThrow("not there");
  expect([intents(), records()]).toEqual([[], [a.key]]);
});

test("what cannot be cleared away stops neither the rest nor the start", async () => {
  const { disks, places, intents: own } = open();
  const [odd, disk] = [places.at("a-link"), places.at("disk.vmdk")];
  await disks.create(disk, mib);
  own.remove(odd, disk);
  symlinkSync("/etc", odd.absolute);
  open();
  expect(existsSync(disk.absolute)).toBe(false);
  expect(existsSync("/etc/passwd")).toBe(true);
  expect(intents()).toEqual([odd.key]);
});

test("what is put where something was to be removed stays", async () => {
  const { files, intents: own, places } = open();
  const [folder, inside] = [places.at("vm"), places.at("vm/notes")];
  own.remove(folder);
  await files.makeFolder(folder, false);
  own.remove(folder);
  await files.makeFolder(inside, false);
  expect(intents()).toEqual([]);
  open();
  expect(existsSync(inside.absolute)).toBe(true);
});

test("a user's folders stay, whatever they are called", () => {
  const { intents: own, places } = open();
  const names = [".new-plans", ".new-abcdef"];
  for (const name of names) mkdirSync(join(places.at(name).absolute, "kept"), { recursive: true });
  own.remove(places.at("gone.vmdk"));
  open();
  expect(names.map((name) => existsSync(places.at(`${name}/kept`).absolute))).toEqual([true, true]);
});
