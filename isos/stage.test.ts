import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stage } from "./stage.ts";

let root: string;
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), "stage-"))));
afterEach(() => rm(root, { recursive: true }));

test("the same inputs are built once, others replace them", async () => {
  let runs = 0;
  const make = async (folder: string): Promise<void> => {
    runs += 1;
    await Bun.write(join(folder, "result"), String(runs));
  };
  const first = await stage("thing", [1, "a"], make, root);
  const again = await stage("thing", [1, "a"], make, root);
  expect(again).toEqual(first);
  expect(runs).toBe(1);
  const other = await stage("thing", [2, "a"], make, root);
  expect(await Bun.file(join(other.folder, "result")).text()).toBe("2");
  expect(await readdir(root)).toEqual([`thing-${other.key}`]);
});

test("a failed stage leaves nothing", async () => {
  const make = async (folder: string): Promise<void> => {
    await Bun.write(join(folder, "half"), "x");
    throw new Error("no");
  };
  expect(stage("thing", [], make, root)).rejects.toThrow("no");
  expect(await readdir(root)).toEqual([]);
});
