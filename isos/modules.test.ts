import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { modinfo, resolveModules } from "./modules.ts";

let root: string;
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), "modules-"))));
afterEach(() => rm(root, { recursive: true }));

const put = (path: string, ...info: string[]): Promise<number> =>
  Bun.write(join(root, "kernel", path), `\0${info.map((line) => `${line}\0`).join("")}`);

test("values of a tag", () => {
  const file = Buffer.from("ELF\0license=GPL\0depends=a,b\0alias=x\0alias=y\0");
  expect(modinfo(file, "depends")).toEqual(["a,b"]);
  expect(modinfo(file, "alias")).toEqual(["x", "y"]);
  expect(modinfo(file, "softdep")).toEqual([]);
});

test("dependencies come first, each once; dashes are underscores", async () => {
  await put("fs/top.ko", "depends=mid-dle,base");
  await put("lib/mid-dle.ko", "depends=base", "softdep=pre: helper absent post: later");
  await put("lib/base.ko", "depends=");
  await put("lib/helper.ko", "depends=");
  await put("lib/later.ko", "depends=");
  await put("net/extra.ko", "depends=other");
  await put("net/other/other.ko", "depends=");
  const { boot, all } = await resolveModules(root, ["top"], ["net/extra"]);
  expect(boot.map((m) => m.name)).toEqual(["base", "helper", "mid_dle", "top"]);
  expect(all.map((m) => m.name)).toEqual(["base", "helper", "mid_dle", "top", "other", "extra"]);
});

test("a module or folder that is not there is an error", async () => {
  await put("fs/top.ko", "depends=");
  expect(resolveModules(root, ["gone"], [])).rejects.toThrow("no kernel module gone");
  expect(resolveModules(root, ["top"], ["net/"])).rejects.toThrow("below net/");
});
