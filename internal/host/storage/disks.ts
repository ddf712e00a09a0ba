import { randomBytes } from "node:crypto";
import { lstatSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { dirname, relative } from "node:path/posix";
import { VicError } from "../../errors/errors.ts";
import { fault, invalidArgument } from "../fault.ts";
import type { Store } from "../inventory/store.ts";
import type { DiskStore } from "../vm/machine.ts";
import type { AllPlaces } from "./all-places.ts";
import { alreadyThere, firstBytes, parentInUse } from "./disk-file.ts";
import { DiskRecords } from "./disk-records.ts";
import type { Intents } from "./intents.ts";
import type { Locks } from "./locks.ts";
import { isWithin, type Place } from "./place.ts";
import type { Space } from "./space.ts";

/** Largest disk, bytes; the limit of vSphere. */
export const capacityMaxBytes = 62 * 1024 ** 4;
/** What a new thin disk surely needs at once, bytes. */
const newDiskBytes = 1024 * 1024;

/** Facts about a disk. */
export interface DiskInfo {
  capacityBytes: number;
  parent: Place | undefined;
  usedBytes: number;
}

/**
 * Virtual disks of all datastores and who is whose parent. A base is a raw file that a guest may fill with whatever it
 * likes, also with the header of another format that names any file of this machine as its backing file. So the
 * recorded kind decides, and a file whose header says something else is refused.
 */
export class Disks {
  readonly #intents: Intents;
  readonly #places: AllPlaces;
  readonly #space: (place: Place) => Space;
  readonly #locks: Locks;
  readonly #files: DiskStore;
  readonly #records: DiskRecords;
  /** Keys of recorded disks whose files are being made. */
  readonly #making = new Set<string>();

  constructor(parts: {
    store: Store;
    intents: Intents;
    firstId: string;
    places: AllPlaces;
    space: (place: Place) => Space;
    locks: Locks;
    files: DiskStore;
  }) {
    this.#records = new DiskRecords(parts.store, parts.firstId);
    this.#intents = parts.intents;
    this.#places = parts.places;
    this.#space = parts.space;
    this.#locks = parts.locks;
    this.#files = parts.files;
  }

  /** A new thin disk. `isPart`: of a change whose end ends the disk's intent too. */
  async create(place: Place, capacityBytes: number, isPart = false): Promise<void> {
    if (!(capacityBytes > 0 && capacityBytes <= capacityMaxBytes)) {
      throw invalidArgument("capacityInKB", `a disk of ${capacityBytes} bytes cannot be made`);
    }
    const work = () => this.#files.create(place.absolute, capacityBytes);
    await this.#make(place, undefined, work, { isPart });
  }

  /** A new writable child. `writer`: the running VM that goes on with the child instead of its parent. */
  async createChild(place: Place, parent: Place, writer?: string, isPart = false): Promise<void> {
    await this.assertKind(parent);
    this.#locks.assertNotWritten(parent, writer);
    const work = () => this.#files.createChild(place.absolute, parent.absolute);
    // Asked again at the moment from which on the parent is one: a VM may have taken it meanwhile.
    const check = () => this.#locks.assertNotWritten(parent, writer);
    await this.#make(place, parent.key, work, { isPart, check });
  }

  /** A FileFault unless the headers of the disk and of all that it is based on name the recorded parents. */
  async assertChain(place: Place): Promise<void> {
    for (const disk of this.chain(place)) {
      await this.assertKind(disk);
      const { parent } = await this.#files.info(disk.absolute);
      const own = this.parentOf(disk);
      if (parent === own?.absolute) continue;
      // A merge that was interrupted between the header and the record.
      if (own && this.chain(own).some(({ absolute }) => absolute === parent)) continue;
      const text = `"${disk.text}" names another parent than it was made with`;
      throw fault("FileFault", text, { file: disk.text });
    }
  }

  /** A new base that reads as `from` does now. */
  async flatten(place: Place, from: Place, isPart = false): Promise<void> {
    await this.assertChain(from);
    this.#locks.assertNotWritten(from);
    const work = () => this.#files.flatten(from.absolute, place.absolute);
    await this.#make(place, undefined, work, { isPart });
  }

  /** A copy of a child's own file, with the same parent or one that reads the same. */
  async copyTop(
    place: Place,
    from: Place,
    isPart = false,
    parent = this.parentOf(from),
  ): Promise<void> {
    if (!parent) return this.flatten(place, from, isPart);
    await this.assertChain(from);
    this.#locks.assertNotWritten(from);
    const work = () => this.#files.copy(from.absolute, place.absolute, parent.absolute);
    await this.#make(place, parent.key, work, { isPart });
  }

  /** Makes a disk larger that no machine has open. */
  async grow(place: Place, capacityBytes: number): Promise<void> {
    if (!(capacityBytes <= capacityMaxBytes)) {
      throw invalidArgument("capacityInKB", `a disk of ${capacityBytes} bytes cannot be made`);
    }
    await this.assertWritable(place);
    this.#locks.assertFree(place);
    await this.#files.grow(place.absolute, capacityBytes);
  }

  /**
   * Merges a disk into its parent, which has no other child, and makes its children the parent's. `store` writes, in
   * the same transaction, that nobody uses the disk any more. Its file stays, for the caller to delete. At any time before
   * the end everything reads as it did, so an interrupted merge is simply begun again.
   */
  async absorb(child: Place, store: () => void): Promise<void> {
    const parent = this.parentOf(child);
    if (!parent) throw fault("FileFault", `"${child.text}" has no parent`, { file: child.text });
    const kids = this.childrenThere(child);
    const other = this.childrenThere(parent).find(({ key }) => key !== child.key);
    if (other) throw parentInUse(parent, other);
    for (const each of [parent, child, ...kids]) this.#locks.assertFree(each);
    await this.#assertMergeable(child, parent);
    await this.#files.commit(child.absolute, parent.absolute);
    for (const kid of kids) await this.#files.rebase(kid.absolute, parent.absolute);
    this.#absorbed(child, parent, store);
  }

  /** The headers below must be right; a child whose own header was changed already reads the same. */
  async #assertMergeable(child: Place, parent: Place): Promise<void> {
    await this.assertKind(child);
    await this.assertChain(parent);
  }

  /**
   * {@link absorb} for a disk that is in the chain of a running VM. `merge` is what the machine does; it calls what it
   * is given when the merge has to be recorded, or leaves that for the end.
   */
  async absorbLive(
    child: Place,
    merge: (record: () => void) => Promise<void>,
    store: () => void,
  ): Promise<void> {
    const parent = this.parentOf(child);
    if (!parent) throw fault("FileFault", `"${child.text}" has no parent`, { file: child.text });
    const other = this.childrenThere(parent).find(({ key }) => key !== child.key);
    if (other) throw parentInUse(parent, other);
    let isRecorded = false;
    const record = () => {
      this.#absorbed(child, parent, store);
      isRecorded = true;
    };
    await merge(record);
    if (isRecorded) return;
    for (const kid of this.childrenThere(child)) {
      // Those in the chain of the VM were given their new parent by its machine.
      if (!this.#locks.isHeld(kid)) await this.#files.rebase(kid.absolute, parent.absolute);
    }
    record();
  }

  /** Records that a disk was merged into its parent. `store` sees it that way already. */
  #absorbed(child: Place, parent: Place, store: () => void): void {
    const kids = this.children(child).map(({ key }) => key);
    this.#records.merged(child.key, parent.key, kids, store);
  }

  async info(place: Place): Promise<DiskInfo> {
    await this.assertKind(place);
    const { capacityBytes, usedBytes } = await this.#files.info(place.absolute);
    return { capacityBytes, usedBytes, parent: this.parentOf(place) };
  }

  /** Whether the file was made as a disk. */
  isRecorded(place: Place): boolean {
    return this.#records.get(place.key) !== undefined;
  }

  /** The disk's UUID as 32 hexadecimal digits; made up the first time that somebody asks. */
  uuidOf(place: Place): string {
    const { uuid } = this.#records.get(place.key) ?? {};
    return uuid ?? this.setUuid(place, `6000c29${randomBytes(13).toString("hex").slice(1)}`);
  }

  setUuid(place: Place, uuid: string): string {
    this.#records.put(place.key, { ...this.#records.get(place.key), uuid });
    return uuid;
  }

  parentOf(place: Place): Place | undefined {
    const key = this.#records.get(place.key)?.parent;
    if (key === undefined) return undefined;
    const parent = this.#places.fromKey(key);
    if (parent) return parent;
    throw fault("FileNotFound", `the datastore with the parent of "${place.text}" is gone`, {
      file: place.text,
    });
  }

  /** All disks whose parent this is. */
  children(place: Place): Place[] {
    return this.#records
      .all()
      .flatMap(([key, { parent }]) =>
        parent === place.key ? (this.#places.fromKey(key) ?? []) : [],
      );
  }

  /** The {@link children} whose files are there. */
  childrenThere(place: Place): Place[] {
    return this.children(place).filter(({ key }) => this.#isThere(key));
  }

  /** A disk on another datastore that is based on one of this. */
  childElsewhere(datastore: { id: string }): Place | undefined {
    const isOn = (key: string) => key.startsWith(`${datastore.id}/`);
    const found = this.#records.all().find(([key, { parent }]) => {
      return parent !== undefined && isOn(parent) && !isOn(key) && this.#isThere(key);
    });
    return found && this.#places.fromKey(found[0]);
  }

  /** The disk itself and all that it is based on, the root last. */
  chain(place: Place): Place[] {
    const chain = [place];
    for (let p = this.parentOf(place); p !== undefined; p = this.parentOf(p)) chain.push(p);
    return chain;
  }

  /** A FileLocked fault unless the disk may be opened for writing. */
  async assertWritable(place: Place): Promise<void> {
    await this.assertKind(place);
    this.assertNoChild(place);
  }

  /** The part of {@link assertWritable} that can change while somebody waits. */
  assertNoChild(place: Place): void {
    const [child] = this.childrenThere(place);
    if (child !== undefined) throw parentInUse(place, child);
  }

  /** Throws when the file is not there or its header does not fit what was made. */
  async assertKind(place: Place): Promise<void> {
    const header = await firstBytes(place);
    const isChild = this.#records.get(place.key)?.parent !== undefined;
    if (header.startsWith("QFI\xfb") !== isChild || header.startsWith("KDMV")) {
      const text = `"${place.text}" is not a ${isChild ? "child" : "raw"} disk image any more`;
      throw fault("FileFault", text, { file: place.text });
    }
  }

  /**
   * A fault when the file, or one in the folder, is in use or is a parent of a disk that is neither in the folder nor one
   * of `others`, which go as well.
   */
  assertRemovable(place: Place, others: Place[] = []): void {
    this.#locks.assertFree(place);
    const going = new Set(others.map(({ key }) => key));
    const found = this.#findParent(place, (kid) => !isWithin(place, kid) && !going.has(kid));
    if (!found) return;
    const text = `"${found.parent}" is the parent of "${found.child}": delete that first`;
    throw fault("CannotDeleteFile", text, { file: place.text });
  }

  /** A CannotAccessFile fault when the file, or one in the folder, is a parent: children name it by its path. */
  assertNoParent(place: Place): void {
    const found = this.#findParent(place, () => true);
    if (!found) return;
    const text = `"${found.parent}" is the parent of "${found.child}" and has to stay where it is`;
    throw fault("CannotAccessFile", text, { file: place.text });
  }

  /** False when a child would no longer find its parent, which it names relative to its own folder. */
  isMovable(from: Place, to: Place): boolean {
    return this.#records.keysIn(from).every((key) => {
      const { parent } = this.#records.get(key) ?? {};
      const own = this.#places.fromKey(key);
      const base = parent === undefined ? undefined : this.#places.fromKey(parent);
      if (!own || !base) return true;
      const moved = to.absolute + own.absolute.slice(from.absolute.length);
      const seen = (child: string) => relative(dirname(child), base.absolute);
      return seen(own.absolute) === seen(moved);
    });
  }

  async delete(place: Place): Promise<void> {
    this.assertRemovable(place);
    this.#intents.remove(place);
    await unlink(place.absolute).catch((cause: unknown) => {
      this.#intents.end(place);
      throw fault("FileNotFound", `"${place.text}" is not there`, { file: place.text }, cause);
    });
    this.forget(place);
    this.#intents.end(place);
  }

  /** Drops the records of the file or of everything in the folder. */
  forget(place: Place): void {
    this.#records.forget(place);
  }

  /** The file or folder was renamed. Only to be called after {@link assertRemovable}. */
  moved(from: Place, to: Place): void {
    this.#records.moved(from, to);
  }

  async #make(
    place: Place,
    parent: string | undefined,
    work: () => Promise<void>,
    options: { isPart?: boolean; check?: () => void } = {},
  ): Promise<void> {
    const { key } = place;
    if (this.#making.has(key)) throw alreadyThere(place);
    this.#making.add(key);
    try {
      if (await Bun.file(place.absolute).exists()) throw alreadyThere(place);
      using _claim = await this.#space(place).claim(newDiskBytes);
      options.check?.();
      // Recorded first: a file without a record would be taken for a base.
      const record = parent === undefined ? {} : { parent };
      this.#records.put(key, record, () => this.#intents.remove(place));
      await work().catch(async (error: unknown) => {
        // One that somebody else has put there meanwhile is not ours.
        const isOurs = VicError.from(error).code !== "conflict";
        if (isOurs) await unlink(place.absolute).catch(() => undefined);
        this.forget(place);
        this.#intents.end(place);
        throw error;
      });
      if (!options.isPart) this.#intents.end(place);
    } finally {
      this.#making.delete(key);
    }
  }

  /** A parent that is `place` or in it, and a child of it whose key `isWanted` takes, by their names. */
  #findParent(
    place: Place,
    isWanted: (child: string) => boolean,
  ): { parent: string; child: string } | undefined {
    for (const [key, { parent }] of this.#records.all()) {
      if (parent === undefined || !isWithin(place, parent) || !isWanted(key)) continue;
      if (!this.#isThere(key)) continue;
      const text = (k: string) => this.#places.fromKey(k)?.text ?? k;
      return { parent: text(parent), child: text(key) };
    }
    return undefined;
  }

  /** False for a record that outlived its file: vic-host was killed after it had deleted that. */
  #isThere(key: string): boolean {
    if (this.#making.has(key)) return true;
    const place = this.#places.fromKey(key);
    // Of a datastore that is not in use nothing is known: better to keep what its disks are based on.
    if (!place) return true;
    return lstatSync(place.absolute, { throwIfNoEntry: false }) !== undefined;
  }
}
