import { expect, test } from "bun:test";
import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { dial } from "./dial.ts";
import { logTail } from "./process.ts";
import { makeRunDir, removeRunDir, runDir } from "./run-dir.ts";

test("is below the data folder when the sockets' paths are short enough", () => {
  expect(runDir("/data", "12").qmp).toBe("/data/run/12/qmp");
  expect(runDir("/data", "12").nic(4000)).toBe("/data/run/12/nic-4000");
});

test("is a temporary folder otherwise, the same each time", () => {
  const long = `/${"data/".repeat(30)}`;
  const run = runDir(long, "12");
  expect(Buffer.byteLength(run.nic(2 ** 31 - 1))).toBeLessThanOrEqual(107);
  expect(runDir(long, "12").folder).toBe(run.folder);
  expect(runDir(`${long}/other`, "12").folder).not.toBe(run.folder);
});

test.each(["", "..", "a/b", "-x", ".", "x".repeat(65)])("%p is no id", (id) => {
  expect(() => runDir("/data", id)).toThrow("cannot be the id");
});

test("is private and empty when made, and goes with its parent", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "vic-run-"));
  try {
    const run = runDir(dataDir, "12");
    await makeRunDir(run);
    await writeFile(run.log, "old");
    await makeRunDir(run);
    expect(await Bun.file(run.log).exists()).toBe(false);
    expect((await stat(run.folder)).mode & 0o777).toBe(0o700);
    await removeRunDir(run);
    expect(stat(dirname(run.folder))).rejects.toMatchObject({ code: "ENOENT" });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("a link in place of the folder is refused", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "vic-run-"));
  try {
    await symlink("/tmp", join(dataDir, "run"));
    expect(makeRunDir(runDir(dataDir, "12"))).rejects.toMatchObject({ code: "forbidden" });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("links that QEMU's user may have put there are not followed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "vic-links-"));
  const secret = join(folder, "secret");
  await Bun.write(secret, "the password");
  await symlink(secret, join(folder, "qemu.log"));
  expect(await logTail(join(folder, "qemu.log"))).toBe("");
  expect(await logTail(secret)).toBe("the password");
  await symlink("/nowhere", join(folder, "qmp"));
  await expect(dial(join(folder, "qmp"))).rejects.toMatchObject({ code: "forbidden" });
  await rm(folder, { recursive: true });
});
