import { lstatSync } from "node:fs";
import { dirname, relative } from "node:path/posix";
import { fault } from "../fault.ts";
import type { AllPlaces } from "./all-places.ts";
import { parentInUse } from "./disk-file.ts";
import type { DiskRecords } from "./disk-records.ts";
import { isWithin, type Place } from "./place.ts";

/** Which disk is based on which, and what may not be done to them because of that. */
export class DiskTree {
  protected readonly records: DiskRecords;
  /** Keys of recorded disks whose files are being made. */
  protected readonly making = new Set<string>();
  protected readonly places: AllPlaces;

  constructor(records: DiskRecords, places: AllPlaces) {
    this.records = records;
    this.places = places;
  }

  parentOf(place: Place): Place | undefined {
    const key = this.records.get(place.key)?.parent;
    if (key === undefined) return undefined;
    const parent = this.places.fromKey(key);
    if (parent) return parent;
    throw fault("FileNotFound", `the datastore with the parent of "${place.text}" is gone`, {
      file: place.text,
    });
  }

  /** All disks whose parent this is. */
  children(place: Place): Place[] {
    return this.records
      .all()
      .flatMap(([key, { parent }]) =>
        parent === place.key ? (this.places.fromKey(key) ?? []) : [],
      );
  }

  /** The {@link children} whose files are there. */
  childrenThere(place: Place): Place[] {
    return this.children(place).filter(({ key }) => this.#isThere(key));
  }

  /** A disk on another datastore that is based on one of this. */
  childElsewhere(datastore: { id: string }): Place | undefined {
    const isOn = (key: string) => key.startsWith(`${datastore.id}/`);
    const found = this.records.all().find(([key, { parent }]) => {
      return parent !== undefined && isOn(parent) && !isOn(key) && this.#isThere(key);
    });
    return found && this.places.fromKey(found[0]);
  }

  /** The disk itself and all that it is based on, the root last. */
  chain(place: Place): Place[] {
    const chain = [place];
    for (let p = this.parentOf(place); p !== undefined; p = this.parentOf(p)) chain.push(p);
    return chain;
  }

  /** A FileLocked fault when another disk is based on this one: it can no longer be written. */
  assertNoChild(place: Place): void {
    const [child] = this.childrenThere(place);
    if (child !== undefined) throw parentInUse(place, child);
  }

  /** A CannotAccessFile fault when the file, or one in the folder, is a parent: children name it by its path. */
  assertNoParent(place: Place): void {
    const found = this.findParent(place, () => true);
    if (!found) return;
    const text = `"${found.parent}" is the parent of "${found.child}" and has to stay where it is`;
    throw fault("CannotAccessFile", text, { file: place.text });
  }

  /** False when a child would no longer find its parent, which it names relative to its own folder. */
  isMovable(from: Place, to: Place): boolean {
    return this.records.keysIn(from).every((key) => {
      const { parent } = this.records.get(key) ?? {};
      const own = this.places.fromKey(key);
      const base = parent === undefined ? undefined : this.places.fromKey(parent);
      if (!own || !base) return true;
      const moved = to.absolute + own.absolute.slice(from.absolute.length);
      const seen = (child: string) => relative(dirname(child), base.absolute);
      return seen(own.absolute) === seen(moved);
    });
  }

  /** A parent that is `place` or in it, and a child of it whose key `isWanted` takes, by their names. */
  protected findParent(
    place: Place,
    isWanted: (child: string) => boolean,
  ): { parent: string; child: string } | undefined {
    for (const [key, { parent }] of this.records.all()) {
      if (parent === undefined || !isWithin(place, parent) || !isWanted(key)) continue;
      if (!this.#isThere(key)) continue;
      const text = (k: string) => this.places.fromKey(k)?.text ?? k;
      return { parent: text(parent), child: text(key) };
    }
    return undefined;
  }

  /** False for a record that outlived its file: vic-host was killed after it had deleted that. */
  #isThere(key: string): boolean {
    if (this.making.has(key)) return true;
    const place = this.places.fromKey(key);
    // Of a datastore that is not in use nothing is known: better to keep what its disks are based on.
    if (!place) return true;
    return lstatSync(place.absolute, { throwIfNoEntry: false }) !== undefined;
  }
}
