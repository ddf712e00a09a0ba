import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Scope } from "./scope.ts";

let folder: string;
let scope: Scope;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scope-"));
  writeFileSync(join(folder, "secret"), "outside");
  const root = join(folder, "root");
  mkdirSync(join(root, "a/b"), { recursive: true });
  writeFileSync(join(root, "a/file"), "inside");
  writeFileSync(join(root, "secret"), "inside too");
  symlinkSync("/secret", join(root, "absolute"));
  symlinkSync("../../../../secret", join(root, "a/b/climbs"));
  symlinkSync("loop", join(root, "loop"));
  symlinkSync("/a", join(root, "directory"));
  scope = new Scope(root);
});
afterAll(() => {
  scope[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

function read(path: string): string {
  using found = scope.find(path, true);
  return readFileSync(found.path, "utf8");
}

test("links and dots stay inside", () => {
  expect(read("/absolute")).toBe("inside too");
  expect(read("a/b/climbs")).toBe("inside too");
  expect(read("../../secret")).toBe("inside too");
  expect(read("/directory/file")).toBe("inside");
  expect(read("/directory/../a/./file")).toBe("inside");
});

test("the last link is followed only when asked, or with a slash behind it", () => {
  using link = scope.find("/directory", false);
  expect(link.stat.isSymbolicLink()).toBe(true);
  using directory = scope.find("/directory/", false);
  expect(directory.stat.isDirectory()).toBe(true);
  expect(directory.inside).toBe("/a");
});

test("what is not there, no directory, or a loop is told", () => {
  expect(() => scope.find("/missing", true)).toThrow("no such file or directory: /missing");
  expect(() => scope.find("/a/file/x", true)).toThrow("no such file");
  expect(() => scope.find("/a/file/", true)).toThrow("no such file");
  expect(() => scope.find("/loop", true)).toThrow("too many links");
  expect(() => scope.find("a\0b", true)).toThrow("no path");
});
