import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDiskStore, inspectDisk } from "./disk-store.ts";

const store = createDiskStore();
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vic-disks-"));
  await mkdir(join(folder, "base"));
  await mkdir(join(folder, "vm"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const base = () => join(folder, "base", "base.vmdk");
const child = () => join(folder, "vm", "child.vmdk");

/** Runs a command of QEMU's tools and returns what it prints. */
async function qemu(...command: string[]): Promise<string> {
  const process = Bun.spawn(command, { stdout: "pipe", stderr: "pipe" });
  const [output, errors] = await Promise.all([process.stdout.text(), process.stderr.text()]);
  if ((await process.exited) !== 0) throw new Error(`${command.join(" ")}: ${output}${errors}`);
  return output;
}

test("a base is sparse and as large as asked, rounded up to sectors", async () => {
  await store.create(base(), 2 ** 30 + 1);
  const { capacityBytes, parent, usedBytes } = await store.info(base());
  expect({ capacityBytes, parent }).toEqual({ capacityBytes: 2 ** 30 + 512, parent: undefined });
  expect(usedBytes).toBeLessThan(2 ** 20);
});

test("QEMU reads and writes a child of a child, and finds no fault in it", async () => {
  await store.create(base(), 2 ** 30);
  await qemu("qemu-io", "-f", "raw", "-c", "write -P 7 500M 1M", base());
  await store.createChild(child(), base());
  const grandchild = join(folder, "grandchild.vmdk");
  await store.createChild(grandchild, child());
  const commands = [
    "read -P 7 500M 1M",
    "write -P 8 500M 4k",
    "read -P 8 500M 4k",
    "read -P 7 510M 0",
  ];
  const arguments_ = commands.flatMap((c) => ["-c", c]);
  expect(await qemu("qemu-io", "-f", "qcow2", ...arguments_, grandchild)).not.toContain("failed");
  for (const path of [child(), grandchild]) await qemu("qemu-img", "check", "-f", "qcow2", path);
  expect((await store.info(grandchild)).parent).toBe(child());
  expect((await store.info(child())).parent).toBe(base());
});

test("the datastore may be moved as a whole", async () => {
  await store.create(base(), 2 ** 20);
  await store.createChild(child(), base());
  const moved = `${folder}-moved`;
  await rename(folder, moved);
  folder = moved;
  expect((await store.info(child())).parent).toBe(base());
  await qemu("qemu-io", "-f", "qcow2", "-c", "read 0 512", child());
});

test("never replaces a file and leaves nothing behind", async () => {
  await store.create(base(), 2 ** 20);
  expect(store.create(base(), 2 ** 20)).rejects.toMatchObject({ code: "conflict" });
  expect(store.createChild(base(), base())).rejects.toMatchObject({ code: "conflict" });
  expect(store.createChild(child(), join(folder, "no"))).rejects.toMatchObject({
    code: "not-found",
  });
  expect(store.create(join(folder, "no", "x"), 512)).rejects.toMatchObject({ code: "not-found" });
  expect(store.create(join(folder, "x"), 0)).rejects.toMatchObject({ code: "invalid" });
  await store.info(base());
  expect(await readdir(join(folder, "base"))).toEqual(["base.vmdk"]);
  expect(await readdir(join(folder, "vm"))).toEqual([]);
});

test("tells raw from qcow2 by the magic", async () => {
  await store.create(base(), 2 ** 20);
  await store.createChild(child(), base());
  expect((await inspectDisk(base())).format).toBe("raw");
  expect((await inspectDisk(child())).format).toBe("qcow2");
});
