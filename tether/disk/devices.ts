/** Device nodes a privileged container gets. */
import { readdirSync, statSync } from "node:fs";
import type { OciDevice } from "../oci/spec.ts";

/** Folders that are file systems of their own in every container, and nodes the runtime makes itself. */
const skipped = ["pts", "shm", "mqueue", "fd", "core", "console", "ptmx", "tty", "virtio-ports"];
const madeByRuntime = ["null", "zero", "full", "random", "urandom"];
/** The way to the host is the tether's. */
const isOwn = (name: string): boolean => /^vport\d/.test(name);
const [typeMask, typeCharacter, typeBlock] = [0o170000, 0o020000, 0o060000];

/** All character and block devices below a folder. */
export function findDevices(folder: string): OciDevice[] {
  return readdirSync(folder).flatMap((name) => {
    if (skipped.includes(name) || madeByRuntime.includes(name) || isOwn(name)) return [];
    const path = `${folder}/${name}`;
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    if (stat.isDirectory()) return findDevices(path);
    const type = stat.mode & typeMask;
    if (type !== typeCharacter && type !== typeBlock) return [];
    return [
      {
        path,
        type: type === typeBlock ? ("b" as const) : ("c" as const),
        // As glibc packs them.
        major: (stat.rdev >>> 8) & 0xfff,
        minor: (stat.rdev & 0xff) | ((stat.rdev >>> 12) & 0xfff00),
        fileMode: stat.mode & 0o7777,
        uid: stat.uid,
        gid: stat.gid,
      },
    ];
  });
}
