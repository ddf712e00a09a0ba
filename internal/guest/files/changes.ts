/** What a container changed: its overlay's upper directory read beside the layers below it. */
import { closeSync, constants, lstatSync, openSync, readdirSync, type BigIntStats } from "node:fs";
import { pathOnly } from "./open-in-root.ts";
import type { Choice } from "./tar-out.ts";
import { getXattr } from "./xattr.ts";

/** As Docker numbers them. */
const changeKinds = { modified: 0, added: 1, deleted: 2 } as const;

/** One changed path, absolute in the container. */
export interface Change {
  path: string;
  kind: (typeof changeKinds)[keyof typeof changeKinds];
}

/** Where an overlay's parts are. */
export interface OverlayParts {
  upper: string;
  /** Topmost first. */
  lowers: string[];
}

/** Changes in the order of their paths; a directory comes before what is in it, and is changed when that is. */
export function* changesOf({ upper, lowers }: OverlayParts): Generator<Change> {
  const fd = openSync(upper, pathOnly | constants.O_DIRECTORY);
  try {
    yield* walk(fd, "", lowers);
  } finally {
    closeSync(fd);
  }
}

function* walk(fd: number, inside: string, lowers: string[]): Generator<Change> {
  for (const name of readdirSync(`/proc/self/fd/${fd}`).sort()) {
    const at = `/proc/self/fd/${fd}/${name}`;
    const path = `${inside}/${name}`;
    const stat = lstatSync(at, { bigint: true, throwIfNoEntry: false });
    if (!stat) continue;
    if (isWhiteout(stat)) {
      yield { path, kind: changeKinds.deleted };
      continue;
    }
    const below = visibleBelow(path, lowers);
    const kind = below ? changeKinds.modified : changeKinds.added;
    if (!stat.isDirectory()) {
      yield { path, kind };
      continue;
    }
    let isTold = !below || !isSameDirectory(stat, below);
    if (isTold) yield { path, kind };
    const child = openSync(at, pathOnly | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    try {
      // Nothing of the layers shows through a directory that was made anew.
      const through = isOpaque(at) ? [] : lowers;
      for (const change of walk(child, path, through)) {
        if (!isTold) yield { path, kind };
        isTold = true;
        yield change;
      }
    } finally {
      closeSync(child);
    }
  }
}

/** What a layer has at a path; its links are not followed: the layers are merged name by name. */
function visibleBelow(path: string, lowers: string[]): BigIntStats | undefined {
  for (const lower of lowers) {
    const stat = lstatIn(lower, path);
    if (stat === "hidden") return undefined;
    if (stat) return isWhiteout(stat) ? undefined : stat;
  }
  return undefined;
}

/** `hidden`: this layer hides what those below it have at the path. */
function lstatIn(layer: string, path: string): BigIntStats | "hidden" | undefined {
  let at = layer;
  const names = path.slice(1).split("/");
  for (const [index, name] of names.entries()) {
    at = `${at}/${name}`;
    const stat = lstatSync(at, { bigint: true, throwIfNoEntry: false });
    const isLast = index === names.length - 1;
    if (isLast && stat) return stat;
    if (!stat) return index > 0 && isOpaque(at.slice(0, -name.length - 1)) ? "hidden" : undefined;
    if (!stat.isDirectory()) return "hidden";
  }
  return undefined;
}

function isSameDirectory(a: BigIntStats, b: BigIntStats): boolean {
  const isSameTime = a.mtimeMs === b.mtimeMs;
  return b.isDirectory() && a.mode === b.mode && a.uid === b.uid && a.gid === b.gid && isSameTime;
}

/** overlayfs marks what was deleted with a character device 0/0. */
function isWhiteout(stat: BigIntStats): boolean {
  return stat.isCharacterDevice() && stat.rdev === 0n;
}

function isOpaque(path: string): boolean {
  return getXattr(path, "trusted.overlay.opaque")?.toString("latin1") === "y";
}

/** For tarOf: an upper directory as a layer, deletions as the OCI image specification writes them. */
export function asLayer(below: string, stat: BigIntStats, path: string): Choice {
  const cut = below.lastIndexOf("/") + 1;
  const [folder, name] = [below.slice(0, cut), below.slice(cut)];
  if (isWhiteout(stat)) return { kind: "replace", names: [`${folder}.wh.${name}`] };
  if (below !== "" && stat.isDirectory() && isOpaque(path))
    return { kind: "take", inside: [`${below}/.wh..wh..opq`] };
  return { kind: "take" };
}
