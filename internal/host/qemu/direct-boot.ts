/**
 * Starting the kernel of an ISO without its boot loader. Under emulation the firmware, GRUB and the
 * decompression of a bzImage take seconds; a vmlinux with a PVH entry starts at once.
 */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { Iso } from "./iso9660.ts";

/** File of an ISO that says it can be booted so: {@link Description}. */
const descriptionPath = "boot/direct.json";
const descriptionMaxBytes = 64 * 1024;
const fileMaxBytes = 1024 * 1024 * 1024;
/** Longest command line Linux takes on x86, bytes. */
const commandLineMaxBytes = 2047;
/** ISOs whose kernels are kept. */
const cacheMax = 6;

/** What QEMU is to load. */
export interface DirectBoot {
  kernel: string;
  initrd: string;
  commandLine: string;
}

interface Description {
  kernel: string;
  initrd: string;
  cmdline: string;
}

/** Kernel and initrd of an ISO, copied into `cacheDir` the first time; undefined: boot it as a CD. */
export async function directBoot(
  isoPath: string,
  cacheDir: string,
): Promise<DirectBoot | undefined> {
  await using iso = await Iso.open(isoPath);
  const entry = await iso?.find(descriptionPath);
  if (!iso || !entry) return undefined;
  const text = (await iso.read(entry, descriptionMaxBytes)).toString("utf8");
  const description = parseDescription(text, isoPath);
  const info = await stat(isoPath);
  const identity = [isoPath, info.dev, info.ino, info.size, info.mtimeMs, text].join("\n");
  const folder = join(cacheDir, createHash("sha256").update(identity).digest("hex").slice(0, 24));
  if (!(await isFolder(folder))) {
    await extract(iso, description, cacheDir, folder);
    await dropOldest(cacheDir);
  }
  const now = new Date();
  await utimes(folder, now, now);
  return {
    kernel: join(folder, "kernel"),
    initrd: join(folder, "initrd"),
    commandLine: description.cmdline,
  };
}

function parseDescription(text: string, isoPath: string): Description {
  try {
    const { kernel, initrd, cmdline } = JSON.parse(text) as Partial<Description>;
    const isComplete = [kernel, initrd, cmdline].every((field) => typeof field === "string");
    if (isComplete && Buffer.byteLength(cmdline!) <= commandLineMaxBytes) {
      return { kernel: kernel!, initrd: initrd!, cmdline: cmdline! };
    }
  } catch (cause) {
    throw new VicError("damaged", `${descriptionPath} of ${isoPath} is not JSON`, { cause });
  }
  throw new VicError("damaged", `${descriptionPath} of ${isoPath} is incomplete`);
}

/** Copies into a folder of another name first, so that a folder with the right name is complete. */
async function extract(
  iso: Iso,
  description: Description,
  cacheDir: string,
  folder: string,
): Promise<void> {
  await mkdir(cacheDir, { recursive: true, mode: 0o700 });
  const temporary = await mkdtemp(join(cacheDir, ".new-"));
  try {
    for (const name of ["kernel", "initrd"] as const) {
      const entry = await iso.find(description[name]);
      if (!entry || entry.isFolder || entry.length > fileMaxBytes) {
        throw new VicError("damaged", `the ISO has no usable ${description[name]}`);
      }
      await iso.extract(entry, join(temporary, name));
    }
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // Another start of the same ISO was faster.
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (s) => s.isDirectory(),
    () => false,
  );
}

/** QEMU has read the files when it answers, so those of running machines may go as well. */
async function dropOldest(cacheDir: string): Promise<void> {
  const names = (await readdir(cacheDir)).filter((name) => !name.startsWith("."));
  if (names.length <= cacheMax) return;
  const dated = await Promise.all(
    names.map(async (name) => ({ name, ms: (await stat(join(cacheDir, name))).mtimeMs })),
  );
  const oldest = dated.toSorted((a, b) => a.ms - b.ms).slice(0, names.length - cacheMax);
  for (const { name } of oldest) await rm(join(cacheDir, name), { recursive: true, force: true });
}
