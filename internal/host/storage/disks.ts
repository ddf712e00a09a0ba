import { lstatSync } from "node:fs";
import { open, unlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path/posix";
import { fault, invalidArgument } from "../fault.ts";
import type { Store } from "../inventory/store.ts";
import type { DiskStore } from "../vm/machine.ts";
import type { Locks } from "./locks.ts";
import type { Place, Places } from "./place.ts";
import type { Space } from "./space.ts";

/** Largest disk, bytes; the limit of vSphere. */
const capacityMaxBytes = 62 * 1024 ** 4;
/** What a new thin disk surely needs at once, bytes. */
const newDiskBytes = 1024 * 1024;

/** What vic-host knows of a disk, durable by path. */
interface DiskRecord {
  /** Path of the parent; undefined: a base. */
  parent?: string;
}

/** Facts about a disk. */
export interface DiskInfo {
  capacityBytes: number;
  /** Path of the parent below the datastore's root. */
  parent: string | undefined;
  usedBytes: number;
}

/**
 * Virtual disks of the datastore and who is whose parent. A base is a raw file that a guest may fill with whatever it
 * likes, also with the header of another format that names any file of this machine as its backing file. So the
 * recorded kind decides, and a file whose header says something else is refused.
 */
export class Disks {
  readonly #store: Store;
  readonly #places: Places;
  readonly #space: Space;
  readonly #locks: Locks;
  readonly #files: DiskStore;
  readonly #records = new Map<string, DiskRecord>();
  /** Recorded disks whose files are being made. */
  readonly #making = new Set<string>();

  constructor(parts: {
    store: Store;
    places: Places;
    space: Space;
    locks: Locks;
    files: DiskStore;
  }) {
    this.#store = parts.store;
    this.#places = parts.places;
    this.#space = parts.space;
    this.#locks = parts.locks;
    this.#files = parts.files;
    for (const { id, value } of this.#store.all<DiskRecord>("disk")) this.#records.set(id, value);
  }

  /** A new thin disk. */
  async create(place: Place, capacityBytes: number): Promise<void> {
    if (!(capacityBytes > 0 && capacityBytes <= capacityMaxBytes)) {
      throw invalidArgument("capacityInKB", `a disk of ${capacityBytes} bytes cannot be made`);
    }
    await this.#make(place, undefined, () => this.#files.create(place.absolute, capacityBytes));
  }

  /** A new writable child. */
  async createChild(place: Place, parent: Place): Promise<void> {
    await this.assertKind(parent);
    this.#locks.assertNotWritten(parent.relative);
    const work = () => this.#files.createChild(place.absolute, parent.absolute);
    await this.#make(place, parent.relative, work);
  }

  async info(place: Place): Promise<DiskInfo> {
    await this.assertKind(place);
    const { capacityBytes, usedBytes } = await this.#files.info(place.absolute);
    return { capacityBytes, usedBytes, parent: this.parentOf(place.relative) };
  }

  parentOf(path: string): string | undefined {
    return this.#records.get(path)?.parent;
  }

  /** Paths of all disks whose parent this is. */
  children(path: string): string[] {
    return [...this.#records].flatMap(([own, { parent }]) => (parent === path ? [own] : []));
  }

  /** The disk itself and all that it is based on, the root last. */
  chain(path: string): string[] {
    const chain = [path];
    for (let p = this.parentOf(path); p !== undefined; p = this.parentOf(p)) chain.push(p);
    return chain;
  }

  /** A FileLocked fault unless the disk may be opened for writing. */
  async assertWritable(place: Place): Promise<void> {
    await this.assertKind(place);
    const child = this.children(place.relative).find((path) => this.#isThere(path));
    if (child === undefined) return;
    const text = `"${place.text}" is the parent of "${child}" and can no longer be written`;
    throw fault("FileLocked", text, { file: place.text });
  }

  /** Throws when the file is not there or its header does not fit what was made. */
  async assertKind(place: Place): Promise<void> {
    const header = await firstBytes(place);
    const isChild = this.parentOf(place.relative) !== undefined;
    if (header.startsWith("QFI\xfb") !== isChild || header.startsWith("KDMV")) {
      const text = `"${place.text}" is not a ${isChild ? "child" : "raw"} disk image any more`;
      throw fault("FileFault", text, { file: place.text });
    }
  }

  /** A fault when the file, or one in the folder, is in use or is a parent of a disk that is not in the folder. */
  assertRemovable(place: Place): void {
    this.#locks.assertFree(place.relative);
    const isIn = (path: string) => path === place.relative || path.startsWith(`${place.relative}/`);
    for (const [path, { parent }] of this.#records) {
      if (parent === undefined || !isIn(parent) || isIn(path) || !this.#isThere(path)) continue;
      const text = `"${parent}" is the parent of "${path}": delete that first`;
      throw fault("CannotDeleteFile", text, { file: place.text });
    }
  }

  /** A CannotAccessFile fault when the file, or one in the folder, is a parent: children name it by its path. */
  assertNoParent(place: Place): void {
    const isIn = (path: string) => path === place.relative || path.startsWith(`${place.relative}/`);
    for (const [path, { parent }] of this.#records) {
      if (parent === undefined || !isIn(parent) || !this.#isThere(path)) continue;
      const text = `"${parent}" is the parent of "${path}" and has to stay where it is`;
      throw fault("CannotAccessFile", text, { file: place.text });
    }
  }

  /** A fault when a child would no longer find its parent, which it names relative to its own folder. */
  assertMovable(from: Place, to: Place): void {
    this.#each(from, (path, { parent }) => {
      if (parent === undefined) return;
      const moved = to.relative + path.slice(from.relative.length);
      const seen = (child: string) => relative(dirname(`/${child}`), `/${parent}`);
      if (seen(path) === seen(moved)) return;
      const text = `"${path}" is a child of "${parent}" and would not find it from "${moved}"`;
      throw fault("CannotAccessFile", text, { file: from.text });
    });
  }

  async delete(place: Place): Promise<void> {
    this.assertRemovable(place);
    await unlink(place.absolute).catch((cause: unknown) => {
      throw fault("FileNotFound", `"${place.text}" is not there`, { file: place.text }, cause);
    });
    this.forget(place);
  }

  /** Drops the records of the file or of everything in the folder. */
  forget(place: Place): void {
    this.#each(place, (path) => {
      this.#records.delete(path);
      this.#store.delete("disk", path);
    });
  }

  /** The file or folder was renamed. Only to be called after {@link assertRemovable}. */
  moved(from: Place, to: Place): void {
    this.#each(from, (path, record) => {
      const swap = (p: string) =>
        p === from.relative || p.startsWith(`${from.relative}/`)
          ? to.relative + p.slice(from.relative.length)
          : p;
      this.#records.delete(path);
      this.#store.delete("disk", path);
      this.#put(swap(path), record.parent === undefined ? {} : { parent: swap(record.parent) });
    });
  }

  /** The file was copied. */
  copied(from: Place, to: Place): void {
    const record = this.#records.get(from.relative);
    if (record) this.#put(to.relative, record);
  }

  async #make(place: Place, parent: string | undefined, work: () => Promise<void>): Promise<void> {
    const path = place.relative;
    if (this.#making.has(path)) throw alreadyThere(place);
    this.#making.add(path);
    try {
      if (await Bun.file(place.absolute).exists()) throw alreadyThere(place);
      using _claim = await this.#space.claim(newDiskBytes);
      // Recorded first: a file without a record would be taken for a base.
      this.#put(path, parent === undefined ? {} : { parent });
      await work().catch(async (error: unknown) => {
        this.forget(place);
        await unlink(place.absolute).catch(() => undefined);
        throw error;
      });
    } finally {
      this.#making.delete(path);
    }
  }

  /** False for a record that outlived its file: vic-host was killed after it had deleted that. */
  #isThere(path: string): boolean {
    if (this.#making.has(path)) return true;
    return lstatSync(join(this.#places.root, path), { throwIfNoEntry: false }) !== undefined;
  }

  #put(path: string, record: DiskRecord): void {
    this.#records.set(path, record);
    this.#store.put("disk", path, record);
  }

  #each(place: Place, work: (path: string, record: DiskRecord) => void): void {
    const isIn = (path: string) => path === place.relative || path.startsWith(`${place.relative}/`);
    this.#store.transaction(() => {
      for (const [path, record] of Array.from(this.#records)) if (isIn(path)) work(path, record);
    });
  }

  /** The parent as the API names it. */
  parentText(path: string): string | undefined {
    const parent = this.parentOf(path);
    return parent === undefined ? undefined : this.#places.at(parent).text;
  }
}

function alreadyThere(place: Place): Error {
  return fault("FileAlreadyExists", `"${place.text}" is there already`, { file: place.text });
}

async function firstBytes(place: Place): Promise<string> {
  try {
    await using file = await open(place.absolute, "r");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } catch (cause) {
    throw fault("FileNotFound", `"${place.text}" is not there`, { file: place.text }, cause);
  }
}
