import { chmodSync, closeSync, constants, fstatSync, openSync } from "node:fs";
import { pathOnly } from "./open-in-root.ts";

/**
 * Sets the permissions of what has this name now; a link has none of its own. chmod(2) by name would follow one that
 * came into the place of the file meanwhile.
 */
export function chmodNoLink(path: string, mode: number): void {
  const fd = openSync(path, pathOnly | constants.O_NOFOLLOW);
  try {
    if (!fstatSync(fd).isSymbolicLink()) chmodSync(`/proc/self/fd/${fd}`, mode & 0o7777);
  } finally {
    closeSync(fd);
  }
}
