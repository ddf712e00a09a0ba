import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pack, type Header } from "tar-stream";
import { Scope } from "./scope.ts";
import { untar } from "./tar-in.ts";
import { tarOf } from "./tar-out.ts";

type NewHeader = Partial<Header> & Pick<Header, "name">;

let folder: string;
let root: string;
let scope: Scope;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "files-"));
  root = join(folder, "root");
  mkdirSync(root);
  writeFileSync(join(folder, "outside"), "outside");
  scope = new Scope(root);
});
afterAll(() => {
  scope[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

const keep = { keepKinds: false };

async function* archive(...entries: [NewHeader, string?][]): AsyncGenerator<Uint8Array> {
  const tar = pack();
  for (const [header, content] of entries) {
    if (content === undefined) tar.entry(header);
    else tar.entry(header, content);
  }
  tar.finalize();
  for await (const bytes of tar) yield bytes as Uint8Array;
}

async function names(bytes: AsyncIterable<Uint8Array>): Promise<string[]> {
  const child = Bun.spawn(["tar", "-tf", "-"], {
    stdin: new Blob([Buffer.concat(await Array.fromAsync(bytes))]),
    stdout: "pipe",
  });
  return (await child.stdout.text()).trim().split("\n");
}

test("a tree comes back as it was, GNU tar reads it too", async () => {
  const tree = join(root, "tree");
  mkdirSync(join(tree, "sub"), { recursive: true });
  writeFileSync(join(tree, "big"), Buffer.alloc(3 * 1024 * 1024, 7), { mode: 0o751 });
  linkSync(join(tree, "big"), join(tree, "sub/second"));
  symlinkSync("/no/where", join(tree, "link"));
  writeFileSync(join(tree, "sub", "n".repeat(200)), "long");
  using found = scope.find("/tree", false);
  expect(await names(tarOf(found, "copy"))).toEqual([
    "copy/",
    "copy/big",
    "copy/link",
    "copy/sub/",
    `copy/sub/${"n".repeat(200)}`,
    "copy/sub/second",
  ]);
  await untar(scope, "/", tarOf(found, "copy"), keep);
  const copy = join(root, "copy");
  expect(readFileSync(join(copy, "sub/second")).equals(readFileSync(join(tree, "big")))).toBe(true);
  expect(lstatSync(join(copy, "big")).ino).toBe(lstatSync(join(copy, "sub/second")).ino);
  expect(lstatSync(join(copy, "big")).mode & 0o7777).toBe(0o751);
  expect(readlinkSync(join(copy, "link"))).toBe("/no/where");
  const seconds = (path: string) => Math.floor(lstatSync(path).mtimeMs / 1000);
  expect(seconds(join(copy, "sub"))).toBe(seconds(join(tree, "sub")));
});

test("a link itself, and the choice of what to leave out", async () => {
  using link = scope.find("/tree/link", false);
  expect(await names(tarOf(link, "x"))).toEqual(["x"]);
  using tree = scope.find("/tree", false);
  const choose = (below: string) =>
    below === "sub"
      ? { kind: "skip" as const }
      : below === "link"
        ? { kind: "replace" as const, names: [".wh.link"] }
        : { kind: "take" as const };
  expect(await names(tarOf(tree, "", { choose }))).toEqual(["big", ".wh.link"]);
});

test("no entry gets out of the target", async () => {
  symlinkSync("..", join(root, "up"));
  symlinkSync(folder, join(root, "away"));
  mkdirSync(join(root, "target"));
  for (const name of ["../escape", "a/../../escape", "/../escape"]) {
    const got = untar(scope, "/target", archive([{ name }, "x"]), keep);
    await expect(got).rejects.toThrow("leads out of the target directory");
  }
  await untar(scope, "/", archive([{ name: "up/through" }, "x"]), keep);
  expect(readFileSync(join(root, "through"), "utf8")).toBe("x");
  // The absolute link means a directory of the container, which is not there.
  await untar(scope, "/", archive([{ name: "away/file" }, "x"]), keep).catch(() => {});
  expect(existsSync(join(folder, "file"))).toBe(false);
  const link = archive([{ name: "hard", type: "link", linkname: "../../outside" }]);
  await expect(untar(scope, "/target", link, keep)).rejects.toThrow("leads out");
  const swap = archive(
    [{ name: "l", type: "symlink", linkname: folder }],
    [{ name: "l/file" }, "x"],
  );
  await untar(scope, "/target", swap, keep).catch(() => {});
  expect(existsSync(join(folder, "file"))).toBe(false);
});

test("what is there is replaced, a link not written through", async () => {
  writeFileSync(join(root, "kept"), "kept");
  symlinkSync("kept", join(root, "alias"));
  await untar(scope, "/", archive([{ name: "alias" }, "new"]), keep);
  expect(readFileSync(join(root, "kept"), "utf8")).toBe("kept");
  expect(lstatSync(join(root, "alias")).isFile()).toBe(true);
});

test("kinds are kept when asked", async () => {
  const file = archive([{ name: "tree" }, "x"]);
  await expect(untar(scope, "/", file, { keepKinds: true })).rejects.toThrow(
    "cannot overwrite directory",
  );
  const directory = archive([{ name: "kept", type: "directory" }]);
  await expect(untar(scope, "/", directory, { keepKinds: true })).rejects.toThrow(
    "cannot overwrite non-directory",
  );
});

test("damaged archives and wrong targets are told", async () => {
  const whole = Buffer.concat(await Array.fromAsync(archive([{ name: "part" }, "y".repeat(4096)])));
  async function* half() {
    yield whole.subarray(0, 2000);
  }
  await expect(untar(scope, "/", half(), keep)).rejects.toThrow("damaged");
  async function* noise() {
    yield Buffer.alloc(1024, 0x41);
  }
  await expect(untar(scope, "/", noise(), keep)).rejects.toThrow("damaged");
  await expect(untar(scope, "/missing", archive(), keep)).rejects.toThrow("no such file");
  await expect(untar(scope, "/kept", archive(), keep)).rejects.toThrow("not a directory");
});
