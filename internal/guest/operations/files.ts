/** File operations in the tree below a root with the rights of a user. Everything that comes in is hostile. */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  type Stats,
  statSync,
  unlinkSync,
  lutimesSync,
  writeFileSync,
} from "node:fs";
import { chmodNoLink } from "../files/chmod.ts";
import { pathOnly } from "../files/open-in-root.ts";
import {
  guestFault,
  isFault,
  type FileAttributes,
  type FileInfo,
  type Operations,
} from "./contract.ts";
import { openIn, type Place, withFile } from "./file-access.ts";
import { checkedNamePart, checkedPath, onFile, splitPath } from "./file-path.ts";
import { namePattern } from "./name-pattern.ts";

/** Files in one answer, and files that are removed with a directory at most. */
const listMax = 1000;
const removeMax = 100_000;
const temporaryTries = 100;
const depthMax = 200;

type Params<Name extends keyof Operations> = Operations[Name]["params"];

/** See the file's head. */
export class GuestFiles {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  /** What the path leads to. */
  stat({ path }: { path: string }): FileInfo {
    const text = checkedPath(path);
    return this.#at(text, (file) => fileInfo(text, statSync(file)));
  }

  /** A directory's files, or the one file. */
  list({ path, index, count, pattern }: Params<"list">): Operations["list"]["result"] {
    const text = checkedPath(path);
    const matches = namePattern(pattern);
    if (!this.#isDirectory(text)) {
      return { files: [this.#in(text, (file) => infoOf(text, file))], remaining: 0 };
    }
    return this.#at(text, (folder) => {
      const names = [".", "..", ...readdirSync(`${folder}/.`).sort()];
      const found = names.filter((name) => matches.test(name));
      const first = Math.max(0, Math.trunc(index));
      const shown = found.slice(first, first + Math.min(Math.max(count, 0) || 50, listMax));
      const files = shown.flatMap((name) => {
        try {
          // The parent of the root is the root.
          return [infoOf(name, `${folder}/${name === ".." ? "." : name}`)];
        } catch {
          // Removed since.
          return [];
        }
      });
      return { files, remaining: Math.max(0, found.length - first - shown.length) };
    });
  }

  makeDirectory({ path, parents }: Params<"makeDirectory">): void {
    const { text, folder } = splitPath(path);
    if (parents && folder !== "/") this.#makeParents(folder);
    this.#in(text, (file) => mkdirSync(file, { mode: 0o755 }));
  }

  removeFile({ path }: { path: string }): void {
    this.#in(path, (file) => {
      if (lstatSync(file).isDirectory()) throw notAFile(path);
      unlinkSync(file);
    });
  }

  removeDirectory({ path, isRecursive }: Params<"removeDirectory">): void {
    this.#in(path, (file) => {
      if (!lstatSync(file).isDirectory()) throw notADirectory(path);
      if (isRecursive) empty(file, { left: removeMax }, 0);
      rmdirSync(file);
    });
  }

  move({ from, to, kind, overwrite }: Params<"move">): void {
    const target = splitPath(to);
    const targetFd = onFile(to, () => openIn(this.#place, target.folder));
    try {
      this.#in(from, (source) => {
        const isDirectory = lstatSync(source).isDirectory();
        if (isDirectory !== (kind === "directory")) {
          throw isDirectory ? notAFile(from) : notADirectory(from);
        }
        const file = `/proc/self/fd/${targetFd}/${target.name}`;
        onFile(to, () => moveTo(source, file, !isDirectory && overwrite));
      });
    } finally {
      closeSync(targetFd);
    }
  }

  makeTemporary({ kind, prefix, suffix, directory }: Params<"makeTemporary">): { path: string } {
    const [before, after] = [checkedNamePart(prefix), checkedNamePart(suffix)];
    const folder = directory === undefined || directory === "" ? "/tmp" : checkedPath(directory);
    const make = (path: string) =>
      this.#in(path, (file) => {
        if (kind === "directory") mkdirSync(file, { mode: 0o700 });
        else writeFileSync(file, "", { flag: "wx", mode: 0o600 });
      });
    for (let tries = 0; tries < temporaryTries; tries++) {
      const path = `${folder.replace(/\/+$/, "")}/${before}${randomBytes(6).toString("hex")}${after}`;
      try {
        make(path);
        return { path };
      } catch (error) {
        if (!isFault(error, "FileAlreadyExists")) throw error;
      }
    }
    throw alreadyExists(folder);
  }

  setAttributes({ path, attributes }: Params<"setAttributes">): void {
    this.#in(path, (file) => applyAttributes(file, attributes));
  }

  /** Does synchronous `work` on the last part of a path, which is not followed when it is a link. */
  #in<R>(path: string, work: (file: string) => R): R {
    const { folder, name } = splitPath(path);
    return onFile(path, () => withFile(this.#place, folder, (parent) => work(`${parent}/${name}`)));
  }

  /** Does synchronous `work` on what a path leads to. */
  #at<R>(path: string, work: (file: string) => R): R {
    return onFile(path, () => withFile(this.#place, path, work));
  }

  #isDirectory(path: string): boolean {
    return this.#at(path, (file) => statSync(file).isDirectory());
  }

  #makeParents(folder: string): void {
    const names = folder.split("/").filter(Boolean);
    for (const [index] of names.entries()) {
      const path = `/${names.slice(0, index + 1).join("/")}`;
      try {
        this.#in(path, (file) => mkdirSync(file, { mode: 0o755 }));
      } catch (error) {
        if (!isFault(error, "FileAlreadyExists") || !this.#isDirectory(path)) throw error;
      }
    }
  }
}

/** Changes what is given of a file that is no link. */
export function applyAttributes(file: string, attributes: FileAttributes): void {
  const { uid, gid, mode, modifiedMs, accessedMs } = attributes;
  const stats = lstatSync(file);
  if (uid !== undefined || gid !== undefined) lchownSync(file, uid ?? stats.uid, gid ?? stats.gid);
  if (mode !== undefined) chmodNoLink(file, mode);
  if (modifiedMs === undefined && accessedMs === undefined) return;
  lutimesSync(file, (accessedMs ?? stats.atimeMs) / 1000, (modifiedMs ?? stats.mtimeMs) / 1000);
}

/** A file as it is, with the target of a link. */
function infoOf(path: string, file: string): FileInfo {
  const stats = lstatSync(file);
  return {
    ...fileInfo(path, stats),
    ...(stats.isSymbolicLink() ? { target: readlinkSync(file) } : {}),
  };
}

function fileInfo(path: string, stats: Stats): FileInfo {
  const other = stats.isSymbolicLink() ? "symlink" : "file";
  return {
    path,
    type: stats.isDirectory() ? "directory" : other,
    sizeBytes: stats.size,
    modifiedMs: Math.round(stats.mtimeMs),
    accessedMs: Math.round(stats.atimeMs),
    uid: stats.uid,
    gid: stats.gid,
    mode: stats.mode & 0o7777,
  };
}

function moveTo(source: string, target: string, overwrite: boolean): void {
  if (overwrite) return renameSync(source, target);
  const isDirectory = lstatSync(source).isDirectory();
  // A directory cannot be linked, and a rename replaces at most an empty one.
  if (!isDirectory) linkSync(source, target);
  else if (lstatSync(target, { throwIfNoEntry: false })) {
    throw Object.assign(new Error("it is there already"), { code: "EEXIST" });
  }
  if (isDirectory) renameSync(source, target);
  else unlinkSync(source);
}

/** Removes what is in a directory; links are removed and not followed, also those that come while it goes on. */
function empty(folder: string, budget: { left: number }, depth: number): void {
  if (depth > depthMax) throw guestFault("CannotAccessFile", "the tree is too deep");
  const fd = openSync(folder, pathOnly | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    for (const entry of readdirSync(`/proc/self/fd/${fd}`, { withFileTypes: true })) {
      if (budget.left-- <= 0)
        throw guestFault("CannotAccessFile", "there are too many files in it");
      const file = `/proc/self/fd/${fd}/${entry.name}`;
      if (!entry.isDirectory()) {
        unlinkSync(file);
        continue;
      }
      empty(file, budget, depth + 1);
      rmdirSync(file);
    }
  } finally {
    closeSync(fd);
  }
}

const notAFile = (file: string) => guestFault("NotAFile", `${file} is a directory`, { file });
const notADirectory = (file: string) =>
  guestFault("NotADirectory", `${file} is no directory`, { file });
const alreadyExists = (file: string) =>
  guestFault("FileAlreadyExists", `${file} is there already`, { file });
