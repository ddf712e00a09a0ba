/** Puts a tar stream into a container. Nothing in the archive is trusted: see scope.ts for what keeps it inside. */
import {
  constants,
  lchownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  type Stats,
} from "node:fs";
import { open } from "node:fs/promises";
import { posix } from "node:path";
import type { Readable } from "node:stream";
import { extract, type Header } from "tar-stream";
import { VicError } from "../../errors/errors.ts";
import { chmodNoLink } from "./chmod.ts";
import { makeNode, setXattr } from "./xattr.ts";
import type { Found, Scope } from "./scope.ts";

/** Directories whose times are set at the end; more are left with the time they were made. */
const timedDirectoriesMax = 100_000;
/** stat(2): what kind of special file. */
const nodeTypes = {
  fifo: 0o010000,
  "character-device": 0o020000,
  "block-device": 0o060000,
} as const;

/** An entry whose content has not been read. */
type Entry = Readable & { header: Header };

/** How to unpack. */
export interface UntarOptions {
  /** An entry must not replace a directory by something else, or something else by a directory. */
  keepKinds: boolean;
  /** Everything belongs to this user instead of the archive's. */
  owner?: { uid: number; gid: number };
}

/**
 * Unpacks below `directory` of `scope`. Rejects `not-found` when it is not there, `invalid` when it is no directory or an
 * entry would leave it, `conflict` as {@link UntarOptions.keepKinds} says, `exhausted` when the disk is full. What was
 * unpacked before a failure stays.
 */
export async function untar(
  scope: Scope,
  directory: string,
  source: AsyncIterable<Uint8Array>,
  options: UntarOptions,
): Promise<void> {
  using target = scope.find(directory, true);
  if (!target.stat.isDirectory())
    throw new VicError("invalid", "extraction point is not a directory");
  const unpacker = new Unpacker(scope, target.inside, options);
  const archive = extract();
  const fed = feed(archive, source);
  try {
    for await (const entry of archive as AsyncIterable<Entry>) {
      await unpacker.take(entry);
      entry.resume();
    }
    await fed;
    unpacker.finish();
  } catch (error) {
    archive.destroy(new Error("given up"));
    await fed.catch(() => {});
    throw explain(error);
  }
}

async function feed(
  archive: ReturnType<typeof extract>,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    for await (const bytes of source) {
      if (archive.destroyed) return;
      if (!archive.write(bytes)) await drained(archive);
    }
    archive.end(undefined);
  } catch (error) {
    archive.destroy(error as Error);
  }
}

function drained(archive: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      archive.off("drain", done);
      archive.off("close", done);
      resolve();
    };
    archive.on("drain", done);
    archive.on("close", done);
  });
}

function explain(error: unknown): VicError {
  if (error instanceof VicError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const cause = { cause: error };
  if (code === "ENOSPC" || code === "EDQUOT")
    return new VicError("exhausted", "no space left on device", cause);
  if (code === "EROFS") return new VicError("forbidden", "the file system is read-only", cause);
  if (code === undefined || !/^E[A-Z]+$/.test(code))
    return new VicError("invalid", `the archive is damaged: ${message}`, cause);
  return new VicError("internal", message, cause);
}

class Unpacker {
  readonly #scope: Scope;
  readonly #target: string;
  readonly #options: UntarOptions;
  readonly #directories: { path: string; mtime: Date }[] = [];

  constructor(scope: Scope, target: string, options: UntarOptions) {
    this.#scope = scope;
    this.#target = target;
    this.#options = options;
  }

  async take(entry: Entry): Promise<void> {
    const { header } = entry;
    const path = this.#inside(header.name);
    if (path === this.#target) return;
    const { dir, base } = posix.parse(path);
    using parent = this.#parent(dir);
    const at = parent.child(base);
    if (this.#makeWay(at, header)) await this.#make(at, entry);
    this.#own(at, header);
    if (header.type === "directory" && header.mtime) {
      if (this.#directories.length < timedDirectoriesMax)
        this.#directories.push({ path, mtime: header.mtime });
    }
  }

  /** The times of directories, which change while they are filled. */
  finish(): void {
    for (const { path, mtime } of this.#directories.toReversed()) {
      try {
        using found = this.#scope.find(posix.dirname(path), true);
        lutimesSync(found.child(posix.basename(path)), mtime, mtime);
      } catch {
        // Replaced by a later entry, or by the container.
      }
    }
  }

  /** Where in the container a name of the archive lies. */
  #inside(name: string): string {
    const path = posix.join(this.#target, posix.normalize(`./${name}`));
    const prefix = this.#target === "/" ? "/" : `${this.#target}/`;
    const clean = path.length > 1 ? path.replace(/\/$/, "") : path;
    // posix.join("/", "../x") is "/x": look at the name itself too.
    const climbs = posix.normalize(`./${name}`).split("/")[0] === "..";
    if (climbs || (clean !== this.#target && !clean.startsWith(prefix)))
      throw new VicError("invalid", `${JSON.stringify(name)} leads out of the target directory`);
    return clean;
  }

  /** The directory something goes into; made when it is missing. */
  #parent(path: string): Found {
    try {
      const found = this.#scope.find(path, true);
      if (found.stat.isDirectory()) return found;
      found[Symbol.dispose]();
      throw new VicError("conflict", `${path} is not a directory`);
    } catch (error) {
      if (!(error instanceof VicError) || error.code !== "not-found" || path === "/") throw error;
    }
    {
      using above = this.#parent(posix.dirname(path));
      const at = above.child(posix.basename(path));
      // A link that leads nowhere is no place to make a directory at.
      mkdirSync(at, 0o755);
      lchownSync(at, this.#options.owner?.uid ?? 0, this.#options.owner?.gid ?? 0);
    }
    return this.#scope.find(path, true);
  }

  /** Removes what is in the way; false when a directory is there already and stays. */
  #makeWay(at: string, { type, name }: Header): boolean {
    const stat: Stats | undefined = lstatSync(at, { throwIfNoEntry: false });
    if (!stat) return true;
    const isDirectory = type === "directory";
    if (this.#options.keepKinds && stat.isDirectory() !== isDirectory) {
      const [old, young] = isDirectory
        ? ["non-directory", "directory"]
        : ["directory", "non-directory"];
      throw new VicError("conflict", `cannot overwrite ${old} ${name} with a ${young}`);
    }
    if (stat.isDirectory() && isDirectory) return false;
    rmSync(at, { recursive: true, force: true });
    return true;
  }

  async #make(at: string, entry: Entry): Promise<void> {
    const { header } = entry;
    const { type, linkname, devmajor, devminor } = header;
    switch (type) {
      case "file":
      case "contiguous-file":
        return writeFile(at, entry);
      case "directory":
        return mkdirSync(at, 0o700);
      case "symlink":
        return symlinkSync(linkname, at);
      case "link": {
        const path = this.#inside(linkname);
        using parent = this.#scope.find(posix.dirname(path), true);
        return linkSync(parent.child(posix.basename(path)), at);
      }
      case "fifo":
      case "character-device":
      case "block-device":
        return makeNode(at, nodeTypes[type] | 0o600, devmajor, devminor);
      default:
        throw new VicError("invalid", `${header.name}: entries of its kind cannot be unpacked`);
    }
  }

  /** Owner first: it clears the set-user-ID bit. */
  #own(at: string, header: Header): void {
    const { type, mode, mtime, pax } = header;
    if (type === "link") return;
    const { uid, gid } = this.#options.owner ?? { uid: header.uid ?? 0, gid: header.gid ?? 0 };
    lchownSync(at, uid, gid);
    chmodNoLink(at, mode);
    for (const [key, text] of Object.entries(pax ?? {})) {
      const name = /^SCHILY\.xattr\.(security\.capability|user\..+)$/.exec(key)?.[1];
      if (name !== undefined) setXattr(at, name, Buffer.from(text));
    }
    if (mtime && type !== "directory") lutimesSync(at, mtime, mtime);
  }
}

async function writeFile(at: string, entry: Entry): Promise<void> {
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW;
  await using file = await open(at, flags, 0o600);
  for await (const bytes of entry) await file.writeFile(bytes as Uint8Array);
}
