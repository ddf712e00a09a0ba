/** Extended attributes and device nodes: the system calls for files that Bun has no function for. */
import { dlopen, FFIType as T, ptr } from "bun:ffi";
import { VicError } from "../../errors/errors.ts";

const { symbols: libc } = dlopen("libc.so.6", {
  lgetxattr: { args: [T.ptr, T.ptr, T.ptr, T.u64], returns: T.i64 },
  lsetxattr: { args: [T.ptr, T.ptr, T.ptr, T.u64, T.i32], returns: T.i32 },
  mknod: { args: [T.ptr, T.u32, T.u64], returns: T.i32 },
});

/** The kernel's own limit is 64 KiB; what is kept in an image is far shorter. */
const valueMaxBytes = 4096;
const value = Buffer.alloc(valueMaxBytes);

/** Value of an attribute of a file, links not followed; undefined when there is none. */
export function getXattr(path: string, name: string): Buffer | undefined {
  const [pathText, nameText] = [cstring(path), cstring(name)];
  const length = Number(libc.lgetxattr(ptr(pathText), ptr(nameText), ptr(value), value.length));
  return length < 0 ? undefined : Buffer.from(value.subarray(0, length));
}

/** Sets an attribute; links are not followed. False where the file system has none. */
export function setXattr(path: string, name: string, content: Uint8Array): boolean {
  // An empty buffer has no address.
  const [pathText, nameText, bytes] = [cstring(path), cstring(name), Buffer.from([...content, 0])];
  return libc.lsetxattr(ptr(pathText), ptr(nameText), ptr(bytes), content.length, 0) === 0;
}

/** Makes a device node or a FIFO; `mode` has the type and the permissions, see mknod(2). */
export function makeNode(path: string, mode: number, major: number, minor: number): void {
  const name = cstring(path);
  if (libc.mknod(ptr(name), mode, deviceNumber(major, minor)) !== 0)
    throw new VicError("forbidden", `cannot make the special file ${path}`);
}

/** makedev(3). */
function deviceNumber(major: number, minor: number): bigint {
  const [high, low] = [BigInt(major), BigInt(minor)];
  return (
    ((high & 0xfff_ff000n) << 32n) |
    ((high & 0xfffn) << 8n) |
    ((low & 0xfff_fff00n) << 12n) |
    (low & 0xffn)
  );
}

/** The inverse: major and minor number of a device. */
export function deviceParts(device: bigint): { major: number; minor: number } {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xfff_ff000n);
  const minor = (device & 0xffn) | ((device >> 12n) & 0xfff_fff00n);
  return { major: Number(major), minor: Number(minor) };
}

/** NUL-terminated; keep it in a variable until the call that reads it has returned. */
function cstring(text: string): Buffer {
  if (text.includes("\0")) throw new VicError("invalid", "NUL in a path");
  return Buffer.from(`${text}\0`);
}
