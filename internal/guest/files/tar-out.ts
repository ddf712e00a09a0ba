/** A container's files as a tar stream (POSIX pax, as docker cp, export and commit exchange them). */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  type BigIntStats,
} from "node:fs";
import { open } from "node:fs/promises";
import { pack, type Header, type Pack } from "tar-stream";
import { pathOnly } from "./open-in-root.ts";
import type { Found } from "./scope.ts";
import { deviceParts, getXattr } from "./xattr.ts";

/** What is known of an entry to be written. */
type NewHeader = Partial<Header> & Pick<Header, "name">;

const chunkBytes = 256 * 1024;
/** Attributes that belong to a file's content. */
const keptXattrs = ["security.capability"];

/** What to leave out or write in another way. */
export interface TarOptions {
  /** Decides about each object by its path below the start ("" for the start itself); default: everything as it is. */
  choose?: (below: string, stat: BigIntStats, path: string) => Choice;
}

/** What becomes of an object. `names`: empty files to write in its place; `inside`: some to write behind it. */
export type Choice =
  { kind: "take"; inside?: string[] } | { kind: "skip" } | { kind: "replace"; names: string[] };

/**
 * Bytes of an archive with `start` and everything below it. The first entry is called `name`; "" leaves it out and
 * names the others relative. What changes while it is read is cut or filled up, never out of step.
 */
export async function* tarOf(
  start: Found,
  name: string,
  options: TarOptions = {},
): AsyncGenerator<Uint8Array> {
  const archive = pack();
  const writer = new Writer(archive, options);
  const written = writer
    .add({ path: start.path, stat: start.stat, linkTarget: start.linkTarget, name, below: "" })
    .then(
      () => archive.finalize(),
      (error: unknown) => archive.destroy(error as Error),
    );
  try {
    for await (const bytes of archive) yield bytes as Uint8Array;
  } finally {
    archive.destroy(new Error("given up"));
    await written;
  }
}

/** An object that was found in the container. */
interface Listed {
  path: string;
  stat: BigIntStats;
  linkTarget: string | undefined;
  /** In the archive. */
  name: string;
  /** Path from where the archive starts. */
  below: string;
}

class Writer {
  readonly #archive: Pack;
  readonly #choose: NonNullable<TarOptions["choose"]>;
  /** First names of files that have several. */
  readonly #linked = new Map<string, string>();

  constructor(archive: Pack, options: TarOptions) {
    this.#archive = archive;
    this.#choose = options.choose ?? (() => ({ kind: "take" }));
  }

  async add(object: Listed): Promise<void> {
    const { path, stat, name, below } = object;
    const choice = this.#choose(below, stat, path);
    if (choice.kind === "skip") return;
    if (choice.kind === "replace") return this.#addEmpty(choice.names);
    const header = headerOf(object);
    if (header === undefined) return;
    if (stat.isDirectory()) return this.#addDirectory(object, header, choice.inside ?? []);
    const id = `${stat.dev}:${stat.ino}`;
    const first = stat.nlink > 1n ? this.#linked.get(id) : undefined;
    if (first !== undefined)
      return this.#entry({ ...header, type: "link", linkname: first, size: 0 });
    if (stat.nlink > 1n) this.#linked.set(id, name);
    if (stat.isFile()) await this.#addFile(path, header);
    else await this.#entry(header);
  }

  async #addEmpty(names: string[]): Promise<void> {
    for (const name of names) await this.#entry({ name, mode: 0, size: 0 });
  }

  async #addDirectory(
    { path, name, below }: Listed,
    header: NewHeader,
    inside: string[],
  ): Promise<void> {
    const fd = openSync(path, pathOnly | constants.O_DIRECTORY | noFollow(path));
    const prefix = name === "" || name.endsWith("/") ? name : `${name}/`;
    try {
      if (name !== "") await this.#entry({ ...header, name: prefix });
      await this.#addEmpty(inside);
      for (const child of readdirSync(`/proc/self/fd/${fd}`).sort()) {
        const at = `/proc/self/fd/${fd}/${child}`;
        const stat = lstatSync(at, { bigint: true, throwIfNoEntry: false });
        if (!stat) continue;
        await this.add({
          path: at,
          stat,
          linkTarget: stat.isSymbolicLink() ? readlinkSync(at) : undefined,
          name: `${prefix}${child}`,
          below: below === "" ? child : `${below}/${child}`,
        });
      }
    } finally {
      closeSync(fd);
    }
  }

  async #addFile(path: string, header: NewHeader): Promise<void> {
    // Not blocking: it may have become a FIFO.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | noFollow(path));
    if (!fstatSync(file.fd).isFile()) return;
    const sink = this.#archive.entry(header);
    const done = new Promise<void>((resolve, reject) => {
      sink.once("error", reject);
      sink.once("finish", resolve);
    });
    done.catch(() => {});
    const size = header.size ?? 0;
    for (let at = 0; at < size;) {
      const length = Math.min(chunkBytes, size - at);
      const chunk = Buffer.allocUnsafe(length);
      const { bytesRead } = await file.read(chunk, 0, length);
      // It was longer when it was looked at.
      const bytes = bytesRead === 0 ? chunk.fill(0) : chunk.subarray(0, bytesRead);
      at += bytes.length;
      if (!sink.write(bytes)) await Promise.race([once(sink, "drain"), done]);
    }
    sink.end(undefined);
    await done;
  }

  async #entry(header: NewHeader): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const done = (error?: Error | null) => (error ? reject(error) : resolve());
    // Without a content an entry for a file would wait for one.
    if (header.type === undefined) this.#archive.entry(header, Buffer.alloc(0), done);
    else this.#archive.entry(header, done);
    await promise;
  }
}

function once(emitter: NodeJS.EventEmitter, event: string): Promise<void> {
  return new Promise((resolve) => emitter.once(event, () => resolve()));
}

/** The start is a descriptor, whose path is a link of the kernel's; everything below is a name. */
function noFollow(path: string): number {
  return /^\/proc\/self\/fd\/\d+$/.test(path) ? 0 : constants.O_NOFOLLOW;
}

/** undefined: no archive can hold it (a socket). */
function headerOf({ path, stat, name, linkTarget }: Listed): NewHeader | undefined {
  const header: NewHeader = {
    name,
    mode: Number(stat.mode & 0o7777n),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    mtime: new Date(Number(stat.mtimeMs)),
    size: 0,
  };
  if (stat.isDirectory()) return { ...header, type: "directory" };
  if (stat.isSymbolicLink()) return { ...header, type: "symlink", linkname: linkTarget ?? "" };
  if (stat.isFIFO()) return { ...header, type: "fifo" };
  if (stat.isFile()) {
    return { ...header, type: "file", size: Number(stat.size), ...xattrsOf(path) };
  }
  const { major: devmajor, minor: devminor } = deviceParts(stat.rdev);
  if (stat.isCharacterDevice()) return { ...header, type: "character-device", devmajor, devminor };
  if (stat.isBlockDevice()) return { ...header, type: "block-device", devmajor, devminor };
  return undefined;
}

/** In pax records, which the archive's writer keeps as text: an attribute that is none is left out. */
function xattrsOf(path: string): { pax?: Record<string, string> } {
  const pax: Record<string, string> = {};
  for (const name of keptXattrs) {
    const bytes = getXattr(path, name);
    const text = bytes?.toString("utf8");
    if (bytes && text !== undefined && Buffer.from(text).equals(bytes))
      pax[`SCHILY.xattr.${name}`] = text;
  }
  return Object.keys(pax).length === 0 ? {} : { pax };
}
