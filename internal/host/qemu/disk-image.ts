/** What needs qemu-img: work on whole disk images that no machine has open. */
import { constants, copyFile, rename, rm, truncate } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { inspectDisk } from "./disk-store.ts";

/** Part of what qemu-img prints that goes into an error, bytes. */
const outputMaxBytes = 2048;

/**
 * Writes everything that a child holds into its parent. The child stays as it is, so it may be done again after it was
 * interrupted: read through the child, the data is right at any time.
 */
export async function commitDisk(path: string, parent: string): Promise<void> {
  await assertParent(path, parent);
  await qemuImg(["commit", "-q", "-d", "-t", "writeback", "-f", "qcow2", path]);
}

/** Makes a child name another parent, which reads the same as the one it has. */
export async function rebaseDisk(path: string, parent: string): Promise<void> {
  const { format, parent: before } = await inspectDisk(path);
  if (format !== "qcow2") throw new VicError("invalid", `${path} is not a child`);
  if (before === parent) return;
  const { format: parentFormat } = await inspectDisk(parent);
  const name = relative(dirname(path), parent);
  await qemuImg(["rebase", "-q", "-u", "-f", "qcow2", "-F", parentFormat, "-b", name, path]);
}

/** Makes a disk larger; what is new reads as zeroes. */
export async function growDisk(path: string, capacityBytes: number): Promise<void> {
  const { format, capacityBytes: before } = await inspectDisk(path);
  if (capacityBytes < before) throw new VicError("invalid", `${path} cannot become smaller`);
  if (format === "raw") await truncate(path, capacityBytes);
  else await qemuImg(["resize", "-q", "-f", "qcow2", path, String(capacityBytes)]);
}

/** Writes what a disk reads as, with all that it is based on, to a new raw file. */
export async function flattenDisk(from: string, to: string): Promise<void> {
  const { format } = await inspectDisk(from);
  const partial = `${to}.part`;
  try {
    // -U: the disk of a running machine is read as well; it is paused or this is a parent of it.
    const options = ["convert", "-q", "-U", "-f", format, "-O", "raw", "-t", "writeback"];
    await qemuImg([...options, from, partial]);
    await rename(partial, to);
  } finally {
    await rm(partial, { force: true });
  }
}

/** Copies a child to another name, where it finds the same parent. */
export async function copyDisk(from: string, to: string, parent: string): Promise<void> {
  const partial = `${to}.part`;
  try {
    await copyFile(from, partial, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await rebaseDisk(partial, parent);
    await rename(partial, to);
  } finally {
    await rm(partial, { force: true });
  }
}

async function assertParent(path: string, parent: string): Promise<void> {
  const { parent: named } = await inspectDisk(path);
  if (named === parent) return;
  throw new VicError("damaged", `${path} is based on ${named ?? "nothing"}, not on ${parent}`);
}

async function qemuImg(options: string[]): Promise<void> {
  const child = spawn(options);
  const [exitCode, output] = await Promise.all([child.exited, child.stderr.text()]);
  if (exitCode === 0) return;
  const isFull = output.includes("No space left") || output.includes("quota exceeded");
  const isLocked = output.includes("Failed to get");
  const text = output.slice(-outputMaxBytes).trim();
  throw new VicError(isFull ? "exhausted" : isLocked ? "conflict" : "unavailable", text, {
    detail: { exitCode },
  });
}

function spawn(options: string[]) {
  try {
    return Bun.spawn(["qemu-img", ...options], {
      stdin: "ignore",
      stdout: "ignore",
      stderr: "pipe",
      cwd: "/",
    });
  } catch (cause) {
    throw new VicError("unavailable", "qemu-img cannot be started", {
      hint: "install the package qemu-utils",
      cause,
    });
  }
}
