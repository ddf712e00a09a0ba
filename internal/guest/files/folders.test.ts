import { afterEach, beforeEach, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolders } from "./folders.ts";

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vic-folders-"));
  root = join(folder, "root");
  mkdirSync(join(root, "etc"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what is missing is made, what is there stays", () => {
  mkdirSync(join(root, "data"), { mode: 0o700 });
  makeFolders(root, ["/data", "/a/b", "/a/b/c", "/etc/x/"]);
  expect(statSync(join(root, "data")).mode & 0o777).toBe(0o700);
  for (const path of ["a/b/c", "etc/x"])
    expect(statSync(join(root, path)).mode & 0o777).toBe(0o755);
});

test("a link leads to where it leads in the container, and never out of it", () => {
  symlinkSync("/etc", join(root, "inside"));
  symlinkSync(folder, join(root, "outside"));
  symlinkSync("/nowhere", join(root, "dangling"));
  makeFolders(root, ["/inside/x"]);
  expect(existsSync(join(root, "etc/x"))).toBe(true);
  expect(() => makeFolders(root, ["/outside/x"])).toThrow("cannot be made");
  expect(() => makeFolders(root, ["/dangling/x"])).toThrow("cannot be made");
  expect(existsSync(join(folder, "x"))).toBe(false);
});

test("what is in the way is named", () => {
  writeFileSync(join(root, "file"), "");
  expect(() => makeFolders(root, ["/file/x"])).toThrow("/file/x in the container is no folder");
  expect(() => makeFolders(root, ["/file"])).toThrow("/file in the container is no folder");
});
