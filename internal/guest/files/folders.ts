/** Folders that a container must have, such as those of its image's volumes. */
import { closeSync, constants, mkdirSync, openSync } from "node:fs";
import { posix } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { openInRoot, pathOnly } from "./open-in-root.ts";

const mode = 0o755;

/**
 * Makes what is missing of these absolute paths below `root`, for root and readable for all, as Docker makes mount points.
 * What links of the container lead to is looked for in it. Rejects `invalid` where something is in the way.
 */
export function makeFolders(root: string, paths: string[]): void {
  if (paths.length === 0) return;
  const at = openSync(root, constants.O_DIRECTORY | constants.O_RDONLY);
  try {
    for (const path of paths) makeFolder(at, posix.normalize(path));
  } finally {
    closeSync(at);
  }
}

function makeFolder(root: number, path: string): void {
  if (isFolder(root, path)) return;
  const { dir, base } = posix.parse(path);
  makeFolder(root, dir);
  const parent = openInRoot(root, dir, pathOnly | constants.O_DIRECTORY);
  try {
    mkdirSync(`/proc/self/fd/${parent}/${base}`, mode);
  } catch (cause) {
    throw new VicError("invalid", `the folder ${path} cannot be made in the container`, { cause });
  } finally {
    closeSync(parent);
  }
}

function isFolder(root: number, path: string): boolean {
  try {
    closeSync(openInRoot(root, path, pathOnly | constants.O_DIRECTORY));
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return false;
    throw new VicError("invalid", `${path} in the container is no folder`, { cause: error });
  }
}
