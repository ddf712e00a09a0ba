import { beforeEach, describe, expect, test } from "bun:test";
import { VicError } from "../../errors/errors.ts";
import { Chores } from "../chores.ts";
import type { BeginImage } from "../api/types.ts";
import { digestOf, longestPrefix, parseRecord, type ImageRecord } from "./image-record.ts";
import { ImageStore, type ImageFiles } from "./image-store.ts";

const folder = "[ds] vch/images";
const digest = (n: number) => digestOf(String(n));

function record(n: number, diffs: number[], more: Partial<ImageRecord> = {}): ImageRecord {
  const config = `{"n":${n}}`;
  return {
    version: 1,
    id: digestOf(config),
    config,
    tags: [],
    digests: [],
    storedAt: "2026-01-01T00:00:00Z",
    namedAt: "2026-01-01T00:00:00Z",
    parent: null,
    depth: 1,
    layers: diffs.map((d, i) => ({
      diffId: digest(d),
      sizeBytes: 10,
      partition: {
        number: i + 1,
        firstSector: 2048 * (i + 1),
        lastSector: 2048 * (i + 2) - 1,
        name: "",
      },
    })),
    ...more,
  };
}

let contents: Map<string, string>;
const files: ImageFiles = {
  makeDirectory: async () => {},
  list: async (path) => [...contents.keys()].map((p) => p.slice(path.length + 1)),
  read: async (path) => contents.get(path)!,
  write: async (path, text) => void contents.set(path, text),
  remove: async (path) => void contents.delete(path),
  removeDisk: async (path) => void contents.delete(path),
};
const noDisks = {
  attach: () => Promise.reject(new VicError("exhausted", "the datastore is full")),
};
const open = () =>
  ImageStore.open({
    folder,
    files,
    disks: noDisks,
    spoolDir: "/tmp",
    chores: new Chores(undefined, 1),
  });
const path = (r: ImageRecord, ending: string) => `${folder}/${r.id.slice(7)}.${ending}`;

function put(...records: ImageRecord[]): void {
  for (const r of records) {
    contents.set(path(r, "json"), JSON.stringify(r));
    contents.set(path(r, "vmdk"), "disk");
  }
}

beforeEach(() => void (contents = new Map()));

describe("longestPrefix", () => {
  const one = record(1, [1]);
  const two = record(2, [1, 2]);
  test("takes the longest image that is wholly contained", () => {
    expect(longestPrefix([one, two], [1, 2, 3].map(digest))).toBe(two);
    expect(longestPrefix([one, two], [1, 3].map(digest))).toBe(one);
    expect(longestPrefix([one, two], [2, 1].map(digest))).toBeUndefined();
  });
  test("leaves chains that are deep enough alone", () => {
    expect(longestPrefix([record(2, [1], { depth: 8 })], [digest(1)])).toBeUndefined();
  });
});

test("a record with a changed config is not one", () => {
  expect(parseRecord(JSON.stringify(record(1, [1])))).toBeDefined();
  expect(parseRecord(JSON.stringify({ ...record(1, [1]), config: "{}" }))).toBeUndefined();
  expect(parseRecord('{"version":1,')).toBeUndefined();
});

describe("ImageStore", () => {
  test("removes disks that no record names, and records that broke off", async () => {
    const kept = record(1, [1]);
    put(kept);
    contents.set(path(kept, "json.new"), '{"version":');
    contents.set(path(record(2, []), "vmdk"), "leftover");
    const store = await open();
    expect(store.list().map((image) => image.id)).toEqual([kept.id]);
    expect([...contents.keys()].toSorted()).toEqual([path(kept, "json"), path(kept, "vmdk")]);
  });

  test("a tag moves to the image named last, also after a crash between the two writes", async () => {
    const old = record(1, [1], { tags: ["x:1"] });
    const young = record(2, [2], { tags: ["x:1"], namedAt: "2026-02-01T00:00:00Z" });
    put(old, young);
    const store = await open();
    expect(store.get(old.id).tags).toEqual([]);
    await store.setNames(old.id, { tags: ["x:1", "y:1"], digests: [] });
    expect(store.get(old.id).tags).toEqual(["x:1", "y:1"]);
    expect((await open()).get(young.id).tags).toEqual([]);
  });

  test("a disk that cannot be removed now goes later", async () => {
    const image = record(1, [1]);
    put(image);
    const gone = Promise.withResolvers<string>();
    let tries = 0;
    const removeDisk = async (disk: string) => {
      if (++tries === 1) throw new VicError("unavailable", "vSphere is away");
      gone.resolve(disk);
    };
    const chores = new Chores(undefined, 1);
    const own = { folder, files: { ...files, removeDisk }, disks: noDisks, spoolDir: "/tmp" };
    const images = await ImageStore.open({ ...own, chores });
    expect(images.remove(image.id, [])).rejects.toThrow("vSphere is away");
    expect(await gone.promise).toBe(path(image, "vmdk"));
    expect(images.list()).toEqual([]);
  });

  test("what is in use stays, out of sight where only another image's disk needs it", async () => {
    const parent = record(1, [1], { tags: ["x:1"] });
    const child = record(2, [1, 2], { parent: parent.id, depth: 2 });
    put(parent, child);
    const store = await open();
    const list = () => store.list().map(({ id }) => id);
    expect(store.remove(child.id, ["c1"])).rejects.toMatchObject({ code: "conflict" });
    await store.remove(parent.id, []);
    expect(list()).toEqual([child.id]);
    expect((await open()).list().map(({ id }) => id)).toEqual([child.id]);
    expect(() => store.get(parent.id)).toThrow("there is no image");
    const layers = [{ diffId: digest(1), sizeBytes: 5 }];
    const again = await store.begin({ config: parent.config, layers });
    expect(again.image).toMatchObject({ id: parent.id, tags: [] });
    expect(list().toSorted()).toEqual([parent.id, child.id].toSorted());
    await store.remove(parent.id, []);
    await store.remove(child.id, []);
    expect(contents.size).toBe(0);
  });

  test("what was kept for an image that is gone goes when the store is opened", async () => {
    const kept = record(1, [1], { isRemoved: true });
    put(kept);
    await open();
    expect(contents.size).toBe(0);
  });

  test("an upload that cannot start leaves nothing and can be tried again", async () => {
    const store = await open();
    const begin: BeginImage = { config: "{}", layers: [{ diffId: digest(1), sizeBytes: 5 }] };
    for (const _ of [1, 2]) await expect(store.begin(begin)).rejects.toThrow("full");
    await expect(
      store.begin({ ...begin, layers: [{ diffId: "sha256:no", sizeBytes: 5 }] }),
    ).rejects.toMatchObject({ code: "invalid" });
  });
});
