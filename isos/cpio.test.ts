import { expect, test } from "bun:test";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpio } from "./cpio.ts";

test("busybox unpacks what was packed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cpio-"));
  const archive = cpio([
    { path: "modules", kind: "folder", mode: 0o755 },
    { path: "init", kind: "file", mode: 0o755, content: Buffer.from("odd") },
    { path: "modules/empty", kind: "file", mode: 0o644, content: new Uint8Array(0) },
  ]);
  const child = Bun.spawn(["busybox", "cpio", "-i"], {
    cwd: folder,
    stdin: archive,
    stderr: "ignore",
  });
  expect(await child.exited).toBe(0);
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
    "init",
    "modules",
    "modules/empty",
  ]);
  expect(await Bun.file(join(folder, "init")).text()).toBe("odd");
  expect((await stat(join(folder, "init"))).mode & 0o777).toBe(0o755);
  await rm(folder, { recursive: true });
});

test("a device node has its numbers in the header", () => {
  const archive = Buffer.from(
    cpio([{ path: "dev/console", kind: "character-device", mode: 0o600, major: 5, minor: 1 }]),
  );
  const head = archive.toString("latin1", 0, 110);
  expect(head.startsWith("070701")).toBe(true);
  expect(head.slice(6 + 8, 6 + 16)).toBe("00002180");
  expect(head.slice(6 + 9 * 8, 6 + 11 * 8)).toBe("0000000500000001");
});
