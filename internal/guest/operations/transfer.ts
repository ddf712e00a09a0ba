/** Moving whole files between the host and the guest, a piece at a time. */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { chunkBytes } from "../tools-wire.ts";
import type { CallStream } from "./call-server.ts";
import { guestFault, type Operations } from "./contract.ts";
import { type Place, withFile } from "./file-access.ts";
import { checkedPath, onFile, splitPath } from "./file-path.ts";
import { applyAttributes } from "./files.ts";

/** Sends a file of the guest. */
export async function readFile(place: Place, path: string, stream: CallStream): Promise<void> {
  const text = checkedPath(path);
  const fd = onFile(text, () => openForReading(place, text));
  try {
    const buffer = Buffer.alloc(chunkBytes);
    for (;;) {
      stream.signal.throwIfAborted();
      const length = onFile(text, () => readSync(fd, buffer));
      if (length === 0) return;
      await stream.write(buffer.subarray(0, length));
    }
  } finally {
    closeSync(fd);
  }
}

function openForReading(place: Place, path: string): number {
  return withFile(place, path, (file) => {
    // Not blocking: it may be a FIFO, which is refused then.
    const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    const stats = fstatSync(fd);
    if (stats.isFile()) return fd;
    closeSync(fd);
    throw stats.isDirectory()
      ? guestFault("NotAFile", `${path} is a directory`, { file: path })
      : guestFault("CannotAccessFile", `${path} is no regular file`, { file: path });
  });
}

/** Takes a file from the host. It gets its name once all of it is there: nobody sees half a file. */
export async function writeFile(
  place: Place,
  params: Operations["write"]["params"],
  stream: CallStream,
): Promise<void> {
  const { sizeBytes, overwrite, attributes } = params;
  const { text, folder, name } = splitPath(params.path);
  const within = <R>(work: (folder: string) => R): R =>
    onFile(text, () => withFile(place, folder, work));
  const part = `.vic-part-${randomBytes(8).toString("hex")}`;
  const former = within((parent) => stateOf(`${parent}/${name}`));
  if (former?.isDirectory()) throw guestFault("NotAFile", `${text} is a directory`, { file: text });
  if (former && !overwrite) throw alreadyExists(text);
  const fd = within((parent) => openSync(`${parent}/${part}`, "wx", 0o600));
  try {
    let length = 0;
    for await (const bytes of stream.read()) {
      length += bytes.length;
      if (length > sizeBytes) break;
      for (let at = 0; at < bytes.length;) at += onFile(text, () => writeSync(fd, bytes, at));
    }
    if (length !== sizeBytes) {
      throw guestFault("InvalidArgument", `${length} bytes came instead of ${sizeBytes}`);
    }
    onFile(text, () => fsyncSync(fd));
    within((parent) => {
      const mode = former ? former.mode & 0o7777 : 0o644;
      applyAttributes(`${parent}/${part}`, { mode, ...attributes });
      // A link fails where something has come meanwhile, and a rename does not.
      if (overwrite) renameSync(`${parent}/${part}`, `${parent}/${name}`);
      else linkSync(`${parent}/${part}`, `${parent}/${name}`);
    });
  } finally {
    closeSync(fd);
    within((parent) => {
      if (stateOf(`${parent}/${part}`)) unlinkSync(`${parent}/${part}`);
    });
  }
}

function stateOf(file: string) {
  return lstatSync(file, { throwIfNoEntry: false });
}

const alreadyExists = (file: string) =>
  guestFault("FileAlreadyExists", `${file} is there already`, { file });
