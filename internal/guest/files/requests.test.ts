import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { baseName, respond, type FileRequest } from "./requests.ts";

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "requests-"));
  mkdirSync(join(root, "etc"));
  writeFileSync(join(root, "etc/passwd"), "root:x:0:0\n", { mode: 0o640 });
  symlinkSync("../etc/passwd", join(root, "etc/link"));
  symlinkSync("/no/where", join(root, "broken"));
});
afterAll(() => rmSync(root, { recursive: true }));

async function ask(request: FileRequest): Promise<Buffer> {
  async function* nothing() {}
  const files = { root, upper: root, lowers: [] };
  return Buffer.concat(await Array.fromAsync(respond(files, request, nothing())));
}

const stat = async (path: string) => JSON.parse((await ask({ kind: "stat", path })).toString());

test("stat tells what a path is, and where a link ends", async () => {
  expect(await stat("/etc/passwd")).toMatchObject({
    name: "passwd",
    sizeBytes: 11,
    mode: 0o100640,
    linkTarget: "",
  });
  expect((await stat("/etc/link")).linkTarget).toBe("/etc/passwd");
  expect((await stat("broken")).linkTarget).toBe("/no/where");
  await expect(stat("/missing")).rejects.toThrow("no such file or directory: /missing");
});

test("archives are named after what was asked for", () => {
  const names = ["/etc", "etc/", "/etc/.", "/", ".", "/a/../b"].map(baseName);
  expect(names).toEqual(["etc", "etc", ".", "/", ".", "b"]);
});

test("changes come as lines of lists", async () => {
  const lines = (await ask({ kind: "changes" })).toString().trim().split("\n");
  const paths = lines.flatMap((line) => JSON.parse(line).map((c: { path: string }) => c.path));
  expect(paths).toEqual(["/broken", "/etc", "/etc/link", "/etc/passwd"]);
});

test("requests that make no sense are refused", async () => {
  await expect(ask({ kind: "stat", path: "" })).rejects.toThrow("no path");
  await expect(ask({ kind: "burn" } as unknown as FileRequest)).rejects.toThrow("unknown request");
});
