import { afterEach, beforeEach, expect, test } from "bun:test";
import {
  chmodSync,
  chownSync,
  existsSync,
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
import { VicError } from "../../errors/errors.ts";
import type { CallStream } from "./call-server.ts";
import { GuestFiles } from "./files.ts";
import { namePattern } from "./name-pattern.ts";
import { readFile, writeFile } from "./transfer.ts";

const isRoot = process.getuid?.() === 0;
const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, groups: [] };
let root = "";
let files: GuestFiles;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vic-files-"));
  chmodSync(root, 0o755);
  mkdirSync(join(root, "tmp"));
  chmodSync(join(root, "tmp"), 0o1777);
  files = new GuestFiles({ root, user: self });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The fault of what is expected to fail. */
function faultOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return VicError.from(error).detail["fault"];
  }
  return "none";
}

/** A call's stream that brings these bytes and keeps what is written. */
function streamOf(...pieces: string[]): CallStream & { text: () => string } {
  const written: Uint8Array[] = [];
  return {
    read: async function* () {
      for (const piece of pieces) yield Buffer.from(piece);
    },
    write: async (bytes) => void written.push(bytes.slice()),
    signal: new AbortController().signal,
    text: () => Buffer.concat(written).toString(),
  };
}

test("directories and files are made, listed, moved and removed", () => {
  files.makeDirectory({ path: "/a/b", parents: true } as never);
  writeFileSync(join(root, "a/one"), "1");
  const { path } = files.makeTemporary({ kind: "file", prefix: "p-", suffix: ".s" } as never);
  expect(path).toMatch(/^\/tmp\/p-[0-9a-f]{12}\.s$/);
  expect(lstatSync(join(root, path)).mode & 0o777).toBe(0o600);
  const list = files.list({ path: "/a", index: 0, count: 50 } as never);
  expect(list.files.map((f) => [f.path, f.type])).toEqual([
    [".", "directory"],
    ["..", "directory"],
    ["b", "directory"],
    ["one", "file"],
  ]);
  const page = files.list({ path: "/a", index: 2, count: 1 } as never);
  expect([page.files[0]?.path, page.remaining]).toEqual(["b", 1]);
  const found = files.list({ path: "/a", index: 0, count: 9, pattern: "o.*" } as never);
  expect(found.files.map((f) => f.path)).toEqual(["one"]);
  files.move({ from: "/a/one", to: "/a/two", kind: "file", overwrite: false } as never);
  files.move({ from: "/a", to: "/c", kind: "directory", overwrite: false } as never);
  expect(readFileSync(join(root, "c/two"), "utf8")).toBe("1");
  expect(faultOf(() => files.removeDirectory({ path: "/c", isRecursive: false } as never))).toBe(
    "DirectoryNotEmpty",
  );
  files.removeDirectory({ path: "/c", isRecursive: true } as never);
  expect(existsSync(join(root, "c"))).toBe(false);
});

test("what cannot be done is told by the fault of vSphere for it", () => {
  writeFileSync(join(root, "file"), "");
  mkdirSync(join(root, "dir"));
  const move = (from: string, to: string, kind = "file", overwrite = false) =>
    faultOf(() => files.move({ from, to, kind, overwrite } as never));
  expect(faultOf(() => files.stat({ path: "/none" }))).toBe("FileNotFound");
  expect(faultOf(() => files.stat({ path: "relative" }))).toBe("InvalidArgument");
  expect(faultOf(() => files.removeFile({ path: "/dir" }))).toBe("NotAFile");
  expect(faultOf(() => files.removeDirectory({ path: "/file" } as never))).toBe("NotADirectory");
  expect(faultOf(() => files.makeDirectory({ path: "/dir" } as never))).toBe("FileAlreadyExists");
  expect(faultOf(() => files.makeDirectory({ path: "/x/y" } as never))).toBe("FileNotFound");
  expect(faultOf(() => files.removeDirectory({ path: "/", isRecursive: true } as never))).toBe(
    "InvalidArgument",
  );
  expect(move("/file", "/dir", "file")).toBe("FileAlreadyExists");
  expect(move("/dir", "/file", "directory")).toBe("FileAlreadyExists");
  expect(move("/dir", "/other", "file")).toBe("NotAFile");
});

test("links do not lead out of the tree, and are removed and not followed", () => {
  const outside = mkdtempSync(join(tmpdir(), "vic-outside-"));
  try {
    writeFileSync(join(outside, "secret"), "s");
    symlinkSync(outside, join(root, "out"));
    symlinkSync("../../../../../../etc", join(root, "up"));
    expect(faultOf(() => files.stat({ path: "/out/secret" }))).toBe("FileNotFound");
    expect(faultOf(() => files.stat({ path: "/up/passwd" }))).toBe("FileNotFound");
    expect(faultOf(() => files.stat({ path: "/tmp/../../../../etc/passwd" }))).toBe("FileNotFound");
    mkdirSync(join(root, "d"));
    symlinkSync(outside, join(root, "d/link"));
    files.removeDirectory({ path: "/d", isRecursive: true } as never);
    expect(readFileSync(join(outside, "secret"), "utf8")).toBe("s");
  } finally {
    rmSync(outside, { recursive: true });
  }
});

test.if(isRoot)("another user has the rights of that user", async () => {
  const user = { uid: 65534, gid: 65534, groups: [1234] };
  const theirs = new GuestFiles({ root, user });
  writeFileSync(join(root, "mine"), "m", { mode: 0o600 });
  expect(faultOf(() => theirs.makeDirectory({ path: "/d", parents: false } as never))).toBe(
    "GuestPermissionDenied",
  );
  await expect(readFile({ root, user }, "/mine", streamOf())).rejects.toMatchObject({
    detail: { fault: "GuestPermissionDenied" },
  });
  const { path } = theirs.makeTemporary({ kind: "file", prefix: "", suffix: "" } as never);
  expect(lstatSync(join(root, path)).uid).toBe(65534);
  // A further group counts, and this program has its own rights again afterwards.
  mkdirSync(join(root, "shared"));
  chownSync(join(root, "shared"), 0, 1234);
  chmodSync(join(root, "shared"), 0o770);
  theirs.makeDirectory({ path: "/shared/d", parents: false } as never);
  expect(readFileSync(join(root, "mine"), "utf8")).toBe("m");
  expect(
    faultOf(() => theirs.setAttributes({ path: "/mine", attributes: { mode: 0o777 } } as never)),
  ).toBe("GuestPermissionDenied");
});

test("a file arrives whole or not at all", async () => {
  const place = { root, user: self };
  const params = (more: object = {}) =>
    ({ path: "/file", sizeBytes: 6, overwrite: false, attributes: {}, ...more }) as never;
  await writeFile(
    place,
    params({ attributes: { mode: 0o640, modifiedMs: 5000 } }),
    streamOf("abc", "def"),
  );
  expect(readFileSync(join(root, "file"), "utf8")).toBe("abcdef");
  expect(lstatSync(join(root, "file"))).toMatchObject({ mode: 0o100640, mtimeMs: 5000 });
  const failing = [
    [params(), streamOf("123456"), "FileAlreadyExists"],
    [params({ overwrite: true }), streamOf("123"), "InvalidArgument"],
    [params({ overwrite: true }), streamOf("1234567"), "InvalidArgument"],
    [params({ path: "/tmp", overwrite: true }), streamOf("123456"), "NotAFile"],
    [params({ path: "/none/file" }), streamOf("123456"), "FileNotFound"],
  ] as const;
  for (const [params_, stream, fault] of failing) {
    await expect(writeFile(place, params_, stream)).rejects.toMatchObject({ detail: { fault } });
  }
  const out = streamOf();
  await readFile(place, "/file", out);
  expect(out.text()).toBe("abcdef");
  await writeFile(place, params({ overwrite: true }), streamOf("ABCDEF"));
  expect(lstatSync(join(root, "file")).mode & 0o777).toBe(0o640);
  const left = files.list({ path: "/", index: 0, count: 50 } as never).files.map((f) => f.path);
  expect(left).toEqual([".", "..", "file", "tmp"]);
});

test("a pattern that could match for ever is refused", () => {
  expect(namePattern("a.*\\.txt").test("ab.txt")).toBe(true);
  expect(namePattern("a").test("ab")).toBe(false);
  for (const pattern of ["(a+)+$", "(a|a)*", "a*a*a*a*", "(.)\\1", "["]) {
    expect(faultOf(() => namePattern(pattern))).toBe("InvalidArgument");
  }
});
