import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chmodNoLink } from "./chmod.ts";
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

test("a path is told as the container has it, and a link as it is written", () => {
  using found = scope.find("/directory/../a/b/climbs", false);
  expect(found.inside).toBe("/a/b/climbs");
  expect(found.linkTarget).toBe("../../../../secret");
  using top = scope.find("/..", true);
  expect(top.inside).toBe("/");
});

test("what a link leads to keeps its permissions when those of the link are set", () => {
  const [file, link] = [join(folder, "root/a/file"), join(folder, "root/link")];
  symlinkSync(file, link);
  const before = lstatSync(file).mode;
  chmodNoLink(link, 0o777);
  expect(lstatSync(file).mode).toBe(before);
  chmodNoLink(file, 0o4711);
  expect(lstatSync(file).mode & 0o7777).toBe(0o4711);
});

test("what is not there, no directory, or a loop is told", () => {
  expect(() => scope.find("/missing", true)).toThrow("no such file or directory: /missing");
  expect(() => scope.find("/a/file/x", true)).toThrow("no such file");
  expect(() => scope.find("/a/file/", true)).toThrow("no such file");
  expect(() => scope.find("/loop", true)).toThrow("too many links");
  expect(() => scope.find("a\0b", true)).toThrow("no path");
});
