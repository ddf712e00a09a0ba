import { posix } from "node:path";
import { guestFault } from "./contract.ts";

const pathMaxBytes = 4095;
const nameMaxBytes = 255;

/** A path of the guest in its parts; faults when it is no absolute path to something with a name. */
export function splitPath(path: unknown): { text: string; folder: string; name: string } {
  const text = checkedPath(path);
  const normal = posix.normalize(text).replace(/(.)\/+$/, "$1");
  const name = posix.basename(normal);
  if (name === "") throw guestFault("InvalidArgument", "that is the root: name something in it");
  return { text, folder: posix.dirname(normal), name };
}

/** An absolute path of the guest. */
export function checkedPath(path: unknown): string {
  if (typeof path !== "string" || !path.startsWith("/") || path.includes("\0")) {
    throw guestFault("InvalidArgument", "a path begins with / and has no NUL", { file: "" });
  }
  if (Buffer.byteLength(path) > pathMaxBytes) {
    throw guestFault("InvalidArgument", `a path has at most ${pathMaxBytes} bytes`);
  }
  return path;
}

/** A part of a file's name. */
export function checkedNamePart(part: unknown): string {
  const isPart = typeof part === "string" && !/[/\0]/.test(part);
  if (!isPart || Buffer.byteLength(part) > nameMaxBytes / 3) {
    throw guestFault("InvalidArgument", "a prefix or suffix is short and has no /");
  }
  return part;
}

const faultOfErrno: Record<string, Parameters<typeof guestFault>[0]> = {
  EACCES: "GuestPermissionDenied",
  EEXIST: "FileAlreadyExists",
  EISDIR: "NotAFile",
  ENOENT: "FileNotFound",
  ENOTDIR: "NotADirectory",
  ENOTEMPTY: "DirectoryNotEmpty",
  EPERM: "GuestPermissionDenied",
  EROFS: "GuestPermissionDenied",
};

/** Does `work` on a file and turns what the kernel refuses into a fault. */
export function onFile<R>(path: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) throw error;
    // The kernel's own words name the path under which this program knows the file.
    const reason = message.replace(/^(E[A-Z0-9]+: [^,]*).*$/s, "$1");
    throw guestFault(faultOfErrno[code] ?? "CannotAccessFile", `${path}: ${reason}`, {
      file: path,
    });
  }
}
