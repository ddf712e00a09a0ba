import { randomBytes } from "node:crypto";
import { unlink } from "node:fs/promises";
import { VicError } from "../../errors/errors.ts";
import { fault, invalidArgument } from "../fault.ts";
import type { Store } from "../inventory/store.ts";
import type { DiskStore } from "../vm/machine.ts";
import type { AllPlaces } from "./all-places.ts";
import { alreadyThere, firstBytes, parentInUse } from "./disk-file.ts";
import { DiskRecords } from "./disk-records.ts";
import { DiskTree } from "./disk-tree.ts";
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
 * Virtual disks of all datastores: how they are made, merged and removed. A base is a raw file that a guest may fill with whatever it
 * likes, also with the header of another format that names any file of this machine as its backing file. So the
 * recorded kind decides, and a file whose header says something else is refused.
 */
export class Disks extends DiskTree {
  readonly #intents: Intents;
  readonly #space: (place: Place) => Space;
  readonly #locks: Locks;
  readonly #files: DiskStore;

  constructor(parts: {
    store: Store;
    intents: Intents;
    firstId: string;
    places: AllPlaces;
    space: (place: Place) => Space;
    locks: Locks;
    files: DiskStore;
  }) {
    super(new DiskRecords(parts.store, parts.firstId), parts.places);
    this.#intents = parts.intents;
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
    this.records.merged(child.key, parent.key, kids, store);
  }

  async info(place: Place): Promise<DiskInfo> {
    await this.assertKind(place);
    const { capacityBytes, usedBytes } = await this.#files.info(place.absolute);
    return { capacityBytes, usedBytes, parent: this.parentOf(place) };
  }

  /** Whether the file was made as a disk. */
  isRecorded(place: Place): boolean {
    return this.records.get(place.key) !== undefined;
  }

  /** The disk's UUID as 32 hexadecimal digits; made up the first time that somebody asks. */
  uuidOf(place: Place): string {
    const { uuid } = this.records.get(place.key) ?? {};
    return uuid ?? this.setUuid(place, `6000c29${randomBytes(13).toString("hex").slice(1)}`);
  }

  setUuid(place: Place, uuid: string): string {
    this.records.put(place.key, { ...this.records.get(place.key), uuid });
    return uuid;
  }

  /** A FileLocked fault unless the disk may be opened for writing. */
  async assertWritable(place: Place): Promise<void> {
    await this.assertKind(place);
    this.assertNoChild(place);
  }

  /** Throws when the file is not there or its header does not fit what was made. */
  async assertKind(place: Place): Promise<void> {
    const header = await firstBytes(place);
    const isChild = this.records.get(place.key)?.parent !== undefined;
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
    const found = this.findParent(place, (kid) => !isWithin(place, kid) && !going.has(kid));
    if (!found) return;
    const text = `"${found.parent}" is the parent of "${found.child}": delete that first`;
    throw fault("CannotDeleteFile", text, { file: place.text });
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
    this.records.forget(place);
  }

  /** The file or folder was renamed. Only to be called after {@link assertRemovable}. */
  moved(from: Place, to: Place): void {
    this.records.moved(from, to);
  }

  async #make(
    place: Place,
    parent: string | undefined,
    work: () => Promise<void>,
    options: { isPart?: boolean; check?: () => void } = {},
  ): Promise<void> {
    const { key } = place;
    if (this.making.has(key)) throw alreadyThere(place);
    this.making.add(key);
    try {
      if (await Bun.file(place.absolute).exists()) throw alreadyThere(place);
      using _claim = await this.#space(place).claim(newDiskBytes);
      options.check?.();
      // Recorded first: a file without a record would be taken for a base.
      const record = parent === undefined ? {} : { parent };
      this.records.put(key, record, () => this.#intents.remove(place));
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
      this.making.delete(key);
    }
  }
}
