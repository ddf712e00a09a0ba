import { mkdir, rm } from "node:fs/promises";
import { fault } from "../fault.ts";
import type { AllPlaces } from "./all-places.ts";
import { copySparse } from "./copy-sparse.ts";
import type { Disks } from "./disks.ts";
import { type Stat, stat } from "./files.ts";
import type { Intents } from "./intents.ts";
import type { Locks } from "./locks.ts";
import type { Place } from "./place.ts";
import type { Space } from "./space.ts";

/** Files and folders that one operation may copy. */
const filesMax = 100_000;

/** A file that is copied. */
export interface Copy {
  from: Place;
  to: Place;
  /** A child becomes a base that reads the same. */
  isFlat?: boolean;
}

/** What is copied together: folders that have to be made, those around before those inside, and files. */
export interface CopyPlan {
  folders: Place[];
  copies: Copy[];
}

/** Reports 0 to 100. */
type Progress = (percent: number) => void;

/**
 * Copies files, also to another datastore, and knows what a disk is: a child finds its parent from its new place too,
 * the copy of it when that is copied as well. While it copies no VM starts to write what it reads.
 */
export class Transfer {
  readonly #places: AllPlaces;
  readonly #space: (place: Place) => Space;
  readonly #disks: Disks;
  readonly #intents: Intents;
  readonly #locks: Locks;
  #count = 0;

  constructor(parts: {
    places: AllPlaces;
    space: (place: Place) => Space;
    disks: Disks;
    intents: Intents;
    locks: Locks;
  }) {
    this.#places = parts.places;
    this.#space = parts.space;
    this.#disks = parts.disks;
    this.#intents = parts.intents;
    this.#locks = parts.locks;
  }

  /** The plan to copy a file, or a folder with everything in it. */
  async planTree(
    from: Place,
    to: Place,
    list: (folder: Place) => Promise<{ place: Place; stat: Stat }[]>,
  ): Promise<CopyPlan> {
    const plan: CopyPlan = { folders: [], copies: [] };
    const first = await stat(from);
    if (!first) throw fault("FileNotFound", `"${from.text}" is not there`, { file: from.text });
    const left = [{ from, to, facts: first }];
    for (let next = left.pop(); next; next = left.pop()) {
      if (plan.folders.length + plan.copies.length > filesMax) {
        throw fault("LimitExceeded", `more than ${filesMax} files are in "${from.text}"`);
      }
      if (next.facts.isFile()) plan.copies.push(next);
      if (!next.facts.isDirectory()) continue;
      plan.folders.push(next.to);
      for (const { place, stat: facts } of await list(next.from)) {
        const name = place.absolute.slice(next.from.absolute.length + 1);
        left.push({ from: place, to: this.#places.below(next.to, name), facts });
      }
    }
    return plan;
  }

  /**
   * Copies everything of the plan or nothing. The intents that remove what was made, should vic-host die, stay: the
   * caller ends them with the change that makes the files belong to something, or calls {@link undo}.
   */
  async copy(plan: CopyPlan, progress: Progress = () => undefined): Promise<void> {
    const holder = { id: `copy-${++this.#count}`, name: "(files are being copied)" };
    const copies = plan.copies.toSorted((a, b) => this.#depth(a) - this.#depth(b));
    const read = copies.flatMap(({ from }) => this.#disks.chain(from));
    for (const place of read) this.#locks.assertNotWritten(place);
    this.#locks.take(
      holder,
      read.map((place) => ({ place, isWriter: false })),
    );
    try {
      for (const folder of plan.folders) {
        this.#intents.remove(folder);
        await mkdir(folder.absolute, { mode: 0o700 });
      }
      for (const [index, each] of copies.entries()) {
        await this.#copyFile(each, copies);
        progress(((index + 1) * 100) / copies.length);
      }
    } catch (error) {
      await this.undo(plan);
      throw error;
    } finally {
      this.#locks.releaseAll(holder.id);
    }
  }

  /** Deletes what {@link copy} made. */
  async undo({ folders, copies }: CopyPlan): Promise<void> {
    const made = [...copies.map(({ to }) => to), ...folders.toReversed()];
    for (const place of made) {
      await rm(place.absolute, { recursive: true, force: true });
      this.#disks.forget(place);
      this.#intents.end(place);
    }
  }

  /** Everything that {@link copy} left an intent for. */
  made({ folders, copies }: CopyPlan): Place[] {
    return [...folders, ...copies.map(({ to }) => to)];
  }

  /** What is moved is the same disk afterwards. */
  keepUuids({ copies }: CopyPlan): void {
    for (const { from, to } of copies) {
      if (this.#disks.isRecorded(from)) this.#disks.setUuid(to, this.#disks.uuidOf(from));
    }
  }

  #depth({ from, isFlat }: Copy): number {
    return isFlat ? 0 : this.#disks.chain(from).length;
  }

  async #copyFile({ from, to, isFlat }: Copy, all: Copy[]): Promise<void> {
    const parent = this.#disks.parentOf(from);
    if (this.#disks.isRecorded(from)) {
      const { usedBytes } = await this.#disks.info(from);
      using _claim = await this.#space(to).claim(usedBytes);
      if (!parent || isFlat) return this.#disks.flatten(to, from, true);
      const moved = all.find((each) => each.from.key === parent.key && !each.isFlat);
      return this.#disks.copyTop(to, from, true, moved?.to ?? parent);
    }
    using claim = await this.#space(to).claim(0);
    this.#intents.remove(to);
    await copySparse(from.absolute, to.absolute, (bytes) => claim.grow(bytes));
  }
}
