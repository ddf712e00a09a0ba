import { link, mkdtemp, open, rm, stat, unlink, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { VicError } from "../../errors/errors.ts";
import type { DiskStore } from "../vm/machine.ts";
import { commitDisk, copyDisk, flattenDisk, growDisk, rebaseDisk } from "./disk-image.ts";
import { decodeQcow2, encodeQcow2, isQcow2 } from "./qcow2.ts";

/** Enough for the header and the longest backing name. */
const headBytes = 4096;
const sectorBytes = 512;

/** What the first bytes of an image say it is. */
export interface DiskFormat {
  format: "raw" | "qcow2";
  capacityBytes: number;
  /** Absolute path. */
  parent: string | undefined;
  usedBytes: number;
}

/** Looks into an image file. Anything without the magic of qcow2 is raw. */
export async function inspectDisk(path: string): Promise<DiskFormat> {
  const file = await open(path, "r").catch((cause: NodeJS.ErrnoException) => {
    const isGone = cause.code === "ENOENT" || cause.code === "ENOTDIR";
    throw new VicError(isGone ? "not-found" : "unavailable", `cannot open the disk ${path}`, {
      cause,
    });
  });
  await using _close = file;
  const info = await file.stat();
  if (!info.isFile()) throw new VicError("invalid", `${path} is not a file`);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  const head = buffer.subarray(0, bytesRead);
  const usedBytes = info.blocks * sectorBytes;
  if (!isQcow2(head)) {
    return { format: "raw", capacityBytes: info.size, parent: undefined, usedBytes };
  }
  const { capacityBytes, backing } = decodeQcow2(head);
  const parent = backing && resolve(dirname(path), backing.name);
  return { format: "qcow2", capacityBytes, parent, usedBytes };
}

/**
 * Bases are raw sparse files, children are qcow2. The header is written here and not by qemu-img: it is one write
 * against a process of 10 ms. A child names its parent relative to its own folder, so that a datastore may be
 * moved or copied as a whole.
 */
export function createDiskStore(): DiskStore {
  return {
    async create(path, capacityBytes) {
      if (!Number.isSafeInteger(capacityBytes) || capacityBytes <= 0) {
        throw new VicError("invalid", `a disk of ${capacityBytes} bytes cannot be made`);
      }
      await publish(path, async (temporary) => {
        await using file = await open(temporary, "wx", 0o600);
        await file.truncate(Math.ceil(capacityBytes / sectorBytes) * sectorBytes);
      });
    },

    async createChild(path, parent) {
      const { format, capacityBytes } = await inspectDisk(parent);
      const name = relative(dirname(path), parent);
      if (isAbsolute(name)) throw new VicError("invalid", `${parent} is on another drive`);
      const image = encodeQcow2(capacityBytes, { name, format });
      await publish(path, (temporary) => writeFile(temporary, image, { flag: "wx", mode: 0o600 }));
    },

    commit: commitDisk,
    rebase: rebaseDisk,
    grow: growDisk,
    flatten: flattenDisk,
    copy: copyDisk,

    async info(path) {
      const { capacityBytes, parent, usedBytes } = await inspectDisk(path);
      return { capacityBytes, parent, usedBytes };
    },
  };
}

/** Makes a file that is either wholly there or not at all, and never replaces another one. */
async function publish(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(dirname(path), ".new-")).catch(async (cause: unknown) => {
    const isFolder = await stat(dirname(path)).then(
      (s) => s.isDirectory(),
      () => false,
    );
    const code = isFolder ? "unavailable" : "not-found";
    throw new VicError(code, `cannot make a disk in ${dirname(path)}`, { cause });
  });
  const temporary = join(folder, "disk");
  try {
    await write(temporary);
    await link(temporary, path);
    await unlink(temporary);
  } catch (cause) {
    if (cause instanceof VicError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new VicError("conflict", `${path} is there already`, { cause });
    const isFull = code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
    throw new VicError(isFull ? "exhausted" : "unavailable", `cannot make the disk ${path}`, {
      cause,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
