/** mount(2) and umount2(2). */
import { ptr } from "bun:ffi";
import { mkdirSync } from "node:fs";
import { check, cstring, libc } from "./libc.ts";

/** Flags of mount(2). */
export const mountFlags = {
  readOnly: 1,
  noSuid: 2,
  noDev: 4,
  noExec: 8,
  remount: 32,
  noAtime: 1024,
  bind: 4096,
} as const;
const umountDetach = 2;

/** Mounts; `target` is made when it is missing. */
export function mount(
  source: string,
  target: string,
  type: string,
  flags: number,
  data: string,
): void {
  mkdirSync(target, { recursive: true });
  const [s, t, y, d] = [cstring(source), cstring(target), cstring(type), cstring(data)];
  check(libc.mount(ptr(s), ptr(t), ptr(y), flags, ptr(d)), `mount ${source} on ${target}`);
}

/** Unmounts, now or, with `isLazy`, when the last user is gone. */
export function unmount(target: string, isLazy = false): void {
  const t = cstring(target);
  check(libc.umount2(ptr(t), isLazy ? umountDetach : 0), `unmount ${target}`);
}
