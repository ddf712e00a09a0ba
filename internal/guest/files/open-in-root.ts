/**
 * The one way to a file of a container from outside of it: the kernel walks the path as it would for a process rooted
 * there, see RESOLVE_IN_ROOT in openat2(2). Whoever runs in the container may change links while that happens; they
 * never lead out. The rights that count are those of the caller, see asUser of ../operations/file-access.ts.
 */
import { dlopen, FFIType as T, ptr, read } from "bun:ffi";
import { constants } from "node:os";

const { symbols: libc } = dlopen("libc.so.6", {
  syscall: { args: [T.i64, T.i64, T.ptr, T.ptr, T.u64], returns: T.i64 },
  readlinkat: { args: [T.i32, T.ptr, T.ptr, T.u64], returns: T.i64 },
  __errno_location: { args: [], returns: T.ptr },
});

/** open(2): names an object without opening it; not in node's constants. */
export const pathOnly = 0o10000000;

const openat2 = 437;
const resolveInRoot = 0x10n;
const closeOnExec = 0o2000000;
const linkMaxBytes = 4096;
/** The kernel gives a walk through `..` up while something is renamed: it says EAGAIN, and the next one succeeds. */
const triesMax = 100;

/** A descriptor of what `path` leads to in the directory `root`. Throws an error with a `code` such as ENOENT. */
export function openInRoot(root: number, path: string, flags: number): number {
  // Both are referenced until the call has returned.
  const name = cstring(path);
  const how = new BigUint64Array([BigInt(flags | closeOnExec), 0n, resolveInRoot]);
  for (let tries = 1; ; tries++) {
    const fd = Number(libc.syscall(openat2, root, ptr(name), ptr(how), how.byteLength));
    if (fd >= 0) return fd;
    const code = lastErrno();
    if (code === "EAGAIN" && tries < triesMax) continue;
    const reason = code === "ENOENT" ? "no such file or directory" : "it cannot be opened";
    throw Object.assign(new Error(`${code}: ${reason}`), { code });
  }
}

/** Where a link that was opened with {@link pathOnly} and O_NOFOLLOW leads, as it is written. */
export function linkTargetOf(fd: number): string {
  const [empty, target] = [cstring(""), Buffer.alloc(linkMaxBytes)];
  const length = Number(libc.readlinkat(fd, ptr(empty), ptr(target), target.length));
  if (length >= 0) return target.toString("utf8", 0, length);
  const code = lastErrno();
  throw Object.assign(new Error(`${code}: the link cannot be read`), { code });
}

/** A path with a NUL is none. */
function cstring(text: string): Buffer {
  if (!text.includes("\0")) return Buffer.from(`${text}\0`);
  throw Object.assign(new Error("EINVAL: NUL in a path"), { code: "EINVAL" });
}

function lastErrno(): string {
  const address = libc.__errno_location();
  const number = address === null ? 0 : read.i32(address, 0);
  return Object.entries(constants.errno).find(([, n]) => n === number)?.[0] ?? `E${number}`;
}
