import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultOf } from "../../vim25/fault.ts";
import { Store } from "../inventory/store.ts";
import { FakeDiskStore } from "../testing/fakes.ts";
import { Datastores } from "./datastores.ts";

test("of a child and a writer of the same disk, begun at once, only one gets it", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "vic-hold-"));
  using store = new Store(join(dataDir, "db"));
  const parts = { dataDir, firstId: "datastore1", specs: [], quotaBytes: undefined };
  const datastores = new Datastores({ ...parts, store, diskStore: new FakeDiskStore() });
  const { disks, first, locks } = datastores;
  const [parent, child] = [first.places.at("parent.vmdk"), first.places.at("child.vmdk")];
  await disks.create(parent, 1024 * 1024);
  const files = [{ place: parent, isWriter: true }];
  const vm = { id: "1", name: "web" };
  const outcome = (work: Promise<unknown>) => work.then(() => "done", faultOf);

  // Both have looked at the disk before either has taken it: the child asks for room in between.
  await disks.assertWritable(parent);
  const { space } = first;
  const claim = space.claim.bind(space);
  space.claim = (bytes) => {
    datastores.hold(vm, files);
    return claim(bytes);
  };
  expect(await outcome(disks.createChild(child, parent))).toBe("FileLocked");
  space.claim = claim;
  locks.releaseAll(vm.id);

  const later = disks.createChild(child, parent);
  await later;
  expect(() => datastores.hold(vm, files)).toThrow("is the parent of");
  expect(locks.isHeld(parent)).toBe(false);
  await disks.delete(child);
  datastores.hold(vm, files);
  rmSync(dataDir, { recursive: true });
});
