/** Memory files of Linux and their seals (memfd_create(2), fcntl(2)). */
import { dlopen, FFIType as T, ptr, read } from "bun:ffi";
import { closeSync } from "node:fs";
import { VicError } from "../../errors/errors.ts";

const [closeOnExec, allowSealing] = [1, 2];
const [fAddSeals, fGetSeals] = [1033, 1034];

/** What a sealed file forbids: more seals, another size, and to be written but by mappings made before (Linux 5.1). */
export const seals = { seal: 1, shrink: 2, grow: 4, futureWrite: 16 } as const;

let loaded: ReturnType<typeof load> | undefined;
const libc = () => (loaded ??= load());

function load() {
  return dlopen("libc.so.6", {
    __errno_location: { args: [], returns: T.ptr },
    memfd_create: { args: [T.ptr, T.u32], returns: T.i32 },
    fcntl: { args: [T.i32, T.i32, T.i32], returns: T.i32 },
  }).symbols;
}

/** Makes an empty memory file that can be sealed. */
export function createMemfd(name: string): { fd: number; [Symbol.dispose](): void } {
  const text = Buffer.from(`${name}\0`);
  const fd = libc().memfd_create(ptr(text), closeOnExec | allowSealing);
  if (fd < 0) throw failed("no memory file can be made");
  return { fd, [Symbol.dispose]: () => closeSync(fd) };
}

/** Seals the file behind an open descriptor; nothing happens to one that has these seals. */
export function addSeals(fd: number, wanted: number): void {
  const has = libc().fcntl(fd, fGetSeals, 0);
  if (has >= 0 && (has & wanted) === wanted) return;
  if (libc().fcntl(fd, fAddSeals, wanted) < 0) throw failed("a memory file cannot be sealed");
}

function failed(what: string): VicError {
  return new VicError("unavailable", `${what} (${read.i32(libc().__errno_location()!, 0)})`);
}
