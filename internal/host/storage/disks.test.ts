import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultOf } from "../../vim25/fault.ts";
import { Store } from "../inventory/store.ts";
import { FakeDiskStore } from "../testing/fakes.ts";
import { Datastores } from "./datastores.ts";

let folder = "";
let store: Store;
let diskStore: FakeDiskStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vic-disks-"));
  store = new Store(join(folder, "db"));
  diskStore = new FakeDiskStore();
});
afterEach(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

function open() {
  const dataDir = folder;
  const firstId = "datastore1";
  const quotaBytes = undefined;
  const datastores = new Datastores({ dataDir, firstId, specs: [], quotaBytes, store, diskStore });
  const { disks, files } = datastores;
  return { disks, files, places: datastores.first.places };
}

test("a child whose file went while vic-host was killed does not hold its parent", async () => {
  const { disks, places } = open();
  mkdirSync(places.at("image").absolute);
  mkdirSync(places.at("c").absolute);
  const parent = places.at("image/image.vmdk");
  const child = places.at("c/c.vmdk");
  await disks.create(parent, 1024 * 1024);
  await disks.createChild(child, parent);
  await expect(disks.delete(parent)).rejects.toThrow("delete that first");
  // Killed between the files and their records.
  rmSync(places.at("c").absolute, { recursive: true });
  const next = open();
  await next.disks.assertWritable(parent);
  next.disks.assertNoParent(parent);
  await next.files.delete(places.at("image"));
});

test("a child holds its parent from before its file is there", async () => {
  const { disks, places } = open();
  const parent = places.at("image.vmdk");
  await disks.create(parent, 1024 * 1024);
  const begun = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  diskStore.createChild = async () => {
    begun.resolve();
    await go.promise;
    throw new Error("refused");
  };
  const making = disks.createChild(places.at("c.vmdk"), parent);
  await begun.promise;
  await expect(disks.assertWritable(parent)).rejects.toThrow("can no longer be written");
  expect(() => disks.assertRemovable(parent)).toThrow("delete that first");
  go.resolve();
  await expect(making).rejects.toThrow("refused");
  await disks.assertWritable(parent);
});

test("of two that make the same disk one gets it, and it stays", async () => {
  const { disks, places } = open();
  const place = places.at("a.vmdk");
  const make = () => disks.create(place, 1024 * 1024);
  const outcomes = await Promise.allSettled([make(), make()]);
  expect(outcomes.map((o) => o.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const failed = outcomes.find((o) => o.status === "rejected");
  expect(faultOf(failed?.reason)).toBe("FileAlreadyExists");
  expect((await disks.info(place)).capacityBytes).toBe(1024 * 1024);
});
