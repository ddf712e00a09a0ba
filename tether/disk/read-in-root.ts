/** Reading files of the container without following its links out of it. */
import { closeSync, constants, openSync, readSync } from "node:fs";
import { openInRoot } from "../../internal/guest/files/open-in-root.ts";
import { isErrno } from "../sys/libc.ts";

/** A longer passwd or group file is cut. */
const fileMaxBytes = 4 * 1024 * 1024;

/** Text of a file of the container, "" when there is none. */
export function readInRoot(root: string, path: string): string {
  const rootFd = openSync(root, constants.O_RDONLY | constants.O_DIRECTORY);
  let fd: number | undefined;
  try {
    // Not blocking: it may be a FIFO.
    fd = openInRoot(rootFd, path, constants.O_RDONLY | constants.O_NONBLOCK);
    const parts: Buffer[] = [];
    for (let total = 0; total < fileMaxBytes;) {
      const buffer = Buffer.allocUnsafe(64 * 1024);
      const length = readSync(fd, buffer);
      if (length === 0) break;
      parts.push(buffer.subarray(0, length));
      total += length;
    }
    return Buffer.concat(parts).toString("utf8");
  } catch (error) {
    const harmless = ["ENOENT", "ENOTDIR", "EACCES", "EISDIR", "ELOOP", "EAGAIN", "ENXIO"];
    if (harmless.some((name) => isErrno(error, name))) return "";
    throw error;
  } finally {
    if (fd !== undefined) closeSync(fd);
    closeSync(rootFd);
  }
}
