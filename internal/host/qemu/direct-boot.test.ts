import { afterEach, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { directBoot } from "./direct-boot.ts";
import { Iso } from "./iso9660.ts";

// A loaded machine takes its time.
setDefaultTimeout(60_000);

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vic-iso-"));
  await mkdir(join(folder, "tree", "boot"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const isoPath = () => join(folder, "test.iso");
const cache = () => join(folder, "cache");
const kernel = Buffer.alloc(3 * 1024 * 1024 + 17, "kernel");
const description = { kernel: "boot/vmlinux", initrd: "/boot/initrd.img", cmdline: "quiet" };

/** Makes an ISO of the tree. */
async function pack(...options: string[]): Promise<void> {
  const command = ["xorriso", "-as", "mkisofs", "-quiet", ...options, "-o", isoPath()];
  const process = Bun.spawn([...command, join(folder, "tree")], { stderr: "pipe" });
  const errors = await process.stderr.text();
  if ((await process.exited) !== 0) throw new Error(errors);
}

async function fill(json: unknown = description): Promise<void> {
  const boot = join(folder, "tree", "boot");
  await writeFile(join(boot, "direct.json"), JSON.stringify(json));
  await writeFile(join(boot, "vmlinux"), kernel);
  await writeFile(join(boot, "initrd.img"), "initrd");
  // More names than fit into one sector of the directory.
  for (let i = 0; i < 60; i++) await writeFile(join(boot, `a-file-with-a-long-name-${i}.txt`), "");
}

test.each([
  ["with Rock Ridge", ["-R"]],
  ["with plain names", ["-iso-level", "3"]],
])("takes kernel and initrd out of an ISO %s", async (_, options) => {
  await fill();
  await pack(...options);
  const boot = (await directBoot(isoPath(), cache()))!;
  expect(boot.commandLine).toBe("quiet");
  expect(Buffer.from(await Bun.file(boot.kernel).arrayBuffer()).equals(kernel)).toBe(true);
  expect(await Bun.file(boot.initrd).text()).toBe("initrd");
});

test("takes them out once, and again when the ISO is another one", async () => {
  await fill();
  await pack("-R");
  const first = (await directBoot(isoPath(), cache()))!;
  await writeFile(first.initrd, "still the same file");
  const second = (await directBoot(isoPath(), cache()))!;
  expect(await Bun.file(second.initrd).text()).toBe("still the same file");
  await utimes(isoPath(), 1, 1);
  const third = (await directBoot(isoPath(), cache()))!;
  expect(await Bun.file(third.initrd).text()).toBe("initrd");
  expect(await readdir(cache())).toHaveLength(2);
});

test("several starts at a time take them out together", async () => {
  await fill();
  await pack("-R");
  const boots = await Promise.all([1, 2, 3].map(() => directBoot(isoPath(), cache())));
  expect(new Set(boots.map((b) => b!.kernel)).size).toBe(1);
  expect(await readdir(cache())).toHaveLength(1);
});

test("an ISO without the file, and what is no ISO, are booted as CDs", async () => {
  await pack("-R");
  expect(await directBoot(isoPath(), cache())).toBeUndefined();
  await writeFile(isoPath(), "no ISO");
  expect(await directBoot(isoPath(), cache())).toBeUndefined();
});

test.each([
  ["incomplete", { kernel: "boot/vmlinux" }],
  ["names a file that is not there", { ...description, initrd: "boot/none" }],
  ["names a folder", { ...description, initrd: "boot" }],
  ["has an endless command line", { ...description, cmdline: "x".repeat(3000) }],
])("a description that %s is an error", async (_, json) => {
  await fill(json);
  await pack("-R");
  expect(directBoot(isoPath(), cache())).rejects.toMatchObject({ code: "damaged" });
});

test("a damaged ISO is an error and nothing worse", async () => {
  await fill();
  await pack("-R");
  const good = Buffer.from(await Bun.file(isoPath()).arrayBuffer()).subarray(0, 128 * 1024);
  const change = fc.array(fc.tuple(fc.integer({ min: 32768, max: 131071 }), fc.nat(255)), {
    minLength: 1,
    maxLength: 400,
  });
  await fc.assert(
    fc.asyncProperty(change, async (changes) => {
      const hostile = Buffer.from(good);
      for (const [at, byte] of changes) hostile[at] = byte;
      await writeFile(isoPath(), hostile);
      await using iso = await Iso.open(isoPath());
      await iso?.find("boot/direct.json").catch((error: Error) => {
        expect(error.name).toBe("VicError");
      });
    }),
    { seed: 50, numRuns: 100 },
  );
});
