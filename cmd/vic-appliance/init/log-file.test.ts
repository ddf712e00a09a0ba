import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LogFile } from "./log-file.ts";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "log-file-"))));
afterEach(() => rm(folder, { recursive: true }));

test("keeps two old files", async () => {
  const log = new LogFile(join(folder, "x.log"), 10);
  for (const text of ["first....\n", "second...\n", "third....\n", "fourth...\n"])
    log.write(Buffer.from(text));
  expect((await readdir(folder)).toSorted()).toEqual(["x.log", "x.log.1", "x.log.2"]);
  expect(await readFile(join(folder, "x.log"), "utf8")).toBe("fourth...\n");
  expect(await readFile(join(folder, "x.log.2"), "utf8")).toBe("second...\n");
});

test("a file that was there counts", async () => {
  const path = join(folder, "x.log");
  new LogFile(path, 10).write(Buffer.from("12345678\n"));
  new LogFile(path, 10).write(Buffer.from("new\n"));
  expect(await readFile(path, "utf8")).toBe("new\n");
});

test("the tail is the last whole lines and what follows them", () => {
  const log = new LogFile(join(folder, "x.log"));
  log.write(Buffer.from(Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join("")));
  log.write(Buffer.from("par"));
  log.write(Buffer.from("tial"));
  expect(log.tail.at(0)).toBe("line 10");
  expect(log.tail.at(-1)).toBe("partial");
  log.write(Buffer.alloc(1_000_000, "x"));
  expect(log.tail.at(-1)!.length).toBeLessThanOrEqual(2048);
});
