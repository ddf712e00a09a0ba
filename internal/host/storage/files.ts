import { type FileHandle, lstat, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { fault } from "../fault.ts";
import type { Disks } from "./disks.ts";
import type { AllPlaces } from "./all-places.ts";
import type { Intents } from "./intents.ts";
import { baseName, isWithin, type Place } from "./place.ts";
import type { Space } from "./space.ts";

/** One read of a copy, bytes; runs of zeroes of this length become holes. */
const chunkBytes = 1024 * 1024;

/** What works on files together. */
export interface FileParts {
  places: AllPlaces;
  space: (place: Place) => Space;
  disks: Disks;
  intents: Intents;
}

/** What FileManager does on the datastores: make folders, move, copy and delete. */
export class Files {
  readonly #places: AllPlaces;
  readonly #space: (place: Place) => Space;
  readonly #disks: Disks;
  readonly #intents: Intents;

  constructor(parts: FileParts) {
    this.#places = parts.places;
    this.#space = parts.space;
    this.#disks = parts.disks;
    this.#intents = parts.intents;
  }

  async makeFolder(place: Place, withParents: boolean): Promise<void> {
    if (place.relative === "") throw alreadyThere(place);
    if (!withParents) await this.assertParent(place);
    if (await stat(place)) throw alreadyThere(place);
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

  async move(from: Place, to: Place, force: boolean): Promise<void> {
    await this.#assertTarget(from, to, force);
    this.#disks.assertRemovable(from);
    this.#disks.assertNoParent(from);
    this.#disks.assertMovable(from, to);
    this.#intents.move(from, to);
    try {
      await rename(from.absolute, to.absolute);
      this.#disks.moved(from, to);
      await syncFolder(this.#parentOf(to));
    } finally {
      this.#intents.end(from);
    }
  }

  async copy(from: Place, to: Place, force: boolean): Promise<void> {
    const source = await this.#assertTarget(from, to, force);
    if (source.isDirectory()) {
      throw fault("NotSupported", `"${from.text}" is a folder: only files are copied`);
    }
    this.#disks.assertMovable(from, to);
    using claim = await this.#space(to).claim(0);
    this.#intents.remove(to);
    try {
      await copySparse(from.absolute, to.absolute, (bytes) => claim.grow(bytes));
    } catch (error) {
      await rm(to.absolute, { force: true });
      this.#intents.end(to);
      throw error;
    }
    this.#disks.copied(from, to);
    await syncFolder(this.#parentOf(to));
    this.#intents.end(to);
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

async function copySparse(from: string, to: string, grow: (bytes: number) => void): Promise<void> {
  await using source = await open(from, "r");
  await using target = await open(to, "wx", 0o600);
  const buffer = Buffer.alloc(chunkBytes);
  const zeroes = Buffer.alloc(chunkBytes);
  let position = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, chunkBytes, position);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    if (!chunk.equals(zeroes.subarray(0, bytesRead))) {
      grow(bytesRead);
      await writeAll(target, chunk, position);
    }
    position += bytesRead;
  }
  await target.truncate(position);
  await target.sync();
}

/** Writes all of `chunk` at `position`. */
export async function writeAll(
  file: FileHandle,
  chunk: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}
