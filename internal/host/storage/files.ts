import { lstat, mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { fault } from "../fault.ts";
import type { Disks } from "./disks.ts";
import type { AllPlaces } from "./all-places.ts";
import type { Intents } from "./intents.ts";
import { baseName, isWithin, type Place } from "./place.ts";
import type { Locks } from "./locks.ts";
import type { Space } from "./space.ts";
import { type CopyPlan, Transfer } from "./transfer.ts";

/** What works on files together. */
export interface FileParts {
  places: AllPlaces;
  space: (place: Place) => Space;
  disks: Disks;
  intents: Intents;
  locks: Locks;
}

/** Reports 0 to 100. */
type Progress = (percent: number) => void;

/** Options of {@link Files.copy}. */
export interface CopyOptions {
  /** A file that has the new name is replaced. */
  force?: boolean;
  /** A child of a disk becomes a base. */
  isFlat?: boolean;
  progress?: Progress | undefined;
}

/** What FileManager does on the datastores: make folders, move, copy and delete. */
export class Files {
  readonly #places: AllPlaces;
  readonly transfer: Transfer;
  readonly #disks: Disks;
  readonly #intents: Intents;

  constructor(parts: FileParts) {
    this.#places = parts.places;
    this.transfer = new Transfer(parts);
    this.#disks = parts.disks;
    this.#intents = parts.intents;
  }

  async makeFolder(place: Place, withParents: boolean): Promise<void> {
    if (place.relative === "") throw alreadyThere(place);
    if (!withParents) await this.assertParent(place);
    if (await stat(place)) throw alreadyThere(place);
    this.#intents.keep(place);
    await mkdir(place.absolute, { recursive: withParents }).catch((cause: unknown) => {
      throw fault(
        "CannotCreateFile",
        `"${place.text}" cannot be made`,
        { file: place.text },
        cause,
      );
    });
    await syncFolder(this.#parentOf(place));
  }

  /** Makes the folder that `place` is in when it is not there; what it returns takes that back. */
  async makeParent(place: Place): Promise<() => Promise<void>> {
    const parent = this.#parentOf(place);
    if (await this.exists(parent)) return async () => undefined;
    await mkdir(parent.absolute, { mode: 0o700 });
    return async () => rmdir(parent.absolute).catch(() => undefined);
  }

  /** Whether a file or folder is there. */
  async exists(place: Place): Promise<boolean> {
    return (await stat(place)) !== undefined;
  }

  /** FileNotFound unless the folder that `place` is in is there. */
  async assertParent(place: Place): Promise<void> {
    const parent = this.#parentOf(place);
    if ((await stat(parent))?.isDirectory()) return;
    throw fault("FileNotFound", `the folder "${parent.text}" is not there`, { file: parent.text });
  }

  async delete(place: Place): Promise<void> {
    if (place.relative === "") {
      throw fault("CannotDeleteFile", "a datastore's root cannot be deleted", { file: place.text });
    }
    if (!(await stat(place))) throw notThere(place);
    this.#disks.assertRemovable(place);
    this.#intents.remove(place);
    try {
      await rm(place.absolute, { recursive: true });
      await syncFolder(this.#parentOf(place));
      this.#disks.forget(place);
    } finally {
      this.#intents.end(place);
    }
  }

  async move(from: Place, to: Place, force: boolean, progress?: Progress): Promise<void> {
    await this.#assertTarget(from, to, force);
    this.#disks.assertRemovable(from);
    this.#disks.assertNoParent(from);
    if (from.datastore !== to.datastore || !this.#disks.isMovable(from, to)) {
      return this.#moveByCopy(from, to, progress);
    }
    this.#intents.move(from, to);
    try {
      await rename(from.absolute, to.absolute);
      this.#disks.moved(from, to);
      await syncFolder(this.#parentOf(to));
    } finally {
      this.#intents.end(from);
    }
  }

  /** A copy of a file, or of a folder with everything in it. */
  async copy(
    from: Place,
    to: Place,
    { force = false, isFlat = false, progress }: CopyOptions = {},
  ): Promise<void> {
    await this.#assertTarget(from, to, force);
    const { folders, copies } = await this.#planTree(from, to);
    const plan = { folders, copies: copies.map((each) => ({ ...each, isFlat })) };
    await this.transfer.copy(plan, progress);
    await syncFolder(this.#parentOf(to));
    this.#intents.end(...this.transfer.made(plan));
  }

  /** The way of {@link move} where a new name is not enough: a copy, and the old files go. */
  async #moveByCopy(from: Place, to: Place, progress?: Progress): Promise<void> {
    const plan = await this.#planTree(from, to);
    await this.transfer.copy(plan, progress);
    try {
      // Nothing may have begun to use it meanwhile.
      this.#disks.assertRemovable(from);
      this.#disks.assertNoParent(from);
    } catch (error) {
      await this.transfer.undo(plan);
      throw error;
    }
    this.transfer.keepUuids(plan);
    await syncFolder(this.#parentOf(to));
    this.#intents.turn(this.transfer.made(plan), [from]);
    await rm(from.absolute, { recursive: true });
    this.#disks.forget(from);
    this.#intents.end(from);
  }

  #planTree(from: Place, to: Place): Promise<CopyPlan> {
    return this.transfer.planTree(from, to, (folder) => this.list(folder));
  }

  async #assertTarget(from: Place, to: Place, force: boolean) {
    const source = await stat(from);
    if (!source || from.relative === "") throw notThere(from);
    await this.assertParent(to);
    if (isWithin(from, to.key) || to.relative === "") throw alreadyThere(to);
    const target = await stat(to);
    if (target && (!force || target.isDirectory())) throw alreadyThere(to);
    if (target) await this.delete(to);
    return source;
  }

  #parentOf(place: Place): Place {
    return this.#places.parent(place) ?? place;
  }

  /** Names in a folder, sorted, without what belongs to vic-host. */
  async list(place: Place): Promise<{ place: Place; stat: Stat }[]> {
    const names = await readdir(place.absolute).catch((cause: unknown) => {
      throw fault("FileNotFound", `"${place.text}" is not a folder`, { file: place.text }, cause);
    });
    const entries: { place: Place; stat: Stat }[] = [];
    for (const name of names.sort()) {
      const found = this.#tryPlace(place, name);
      const facts = found && (await stat(found));
      if (found && facts) entries.push({ place: found, stat: facts });
    }
    return entries;
  }

  #tryPlace(folder: Place, name: string): Place | undefined {
    try {
      return this.#places.below(folder, name);
    } catch {
      return undefined;
    }
  }
}

/** What lstat tells. */
export type Stat = Awaited<ReturnType<typeof lstat>>;

/** Facts of a file or folder; undefined: not there. */
export const stat = async (place: Place): Promise<Stat | undefined> =>
  lstat(place.absolute).catch(() => undefined);

/** FileNotFound for this place. */
function notThere(place: Place): Error {
  return fault("FileNotFound", `"${place.text}" is not there`, { file: place.text });
}

function alreadyThere(place: Place): Error {
  const text = `"${place.text}" (${baseName(place.relative)}) is there already`;
  return fault("FileAlreadyExists", text, { file: place.text });
}

/** Makes names in a folder survive a power cut. */
export async function syncFolder(place: Place): Promise<void> {
  await using folder = await open(place.absolute, "r");
  await folder.sync();
}
