import { lstat, readdir, statfs } from "node:fs/promises";
import { join } from "node:path";
import { fault } from "../fault.ts";
import { privateFolder } from "./place.ts";

/** How old a count of the used blocks may be when something asks for room, milliseconds. */
const freshMs = 2000;
/** What must stay free on the real file system, so that vic-host's own state can still be written, bytes. */
const keepFreeBytes = 64 * 1024 * 1024;
const blockBytes = 512;

/** Room that a writer took before it wrote. */
export interface Claim extends Disposable {
  /** Takes more; a NoDiskSpace fault when there is none. */
  grow(bytes: number): void;
}

/** Capacity and use of the datastore, counted in blocks really on the disk. */
export class Space {
  readonly #root: string;
  readonly #quotaBytes: number | undefined;
  readonly #datastore: () => string;
  #capacity = 0;
  #free = 0;
  #claimed = 0;
  #countedAt = Number.NEGATIVE_INFINITY;
  #counting: Promise<void> | undefined;

  /** `datastore` tells its name by now. `quotaBytes` undefined: as large as the file system. */
  constructor(datastore: () => string, root: string, quotaBytes: number | undefined) {
    this.#datastore = datastore;
    this.#root = root;
    this.#quotaBytes = quotaBytes;
  }

  get capacityBytes(): number {
    return this.#capacity;
  }
  /** As of the last count, less what writers claimed since; never negative. */
  get freeBytes(): number {
    return Math.max(0, this.#free - this.#claimed);
  }

  /** Counts again; calls that come together share one count. */
  count(): Promise<void> {
    this.#counting ??= this.#count().finally(() => {
      this.#counting = undefined;
    });
    return this.#counting;
  }

  /** Takes `bytes` or throws NoDiskSpace. Dispose it once the bytes are on the disk, or will not be. */
  async claim(bytes: number): Promise<Claim> {
    const isOld = performance.now() - this.#countedAt > freshMs;
    // Nobody is refused by a count from before somebody else made room.
    if (isOld || !this.#hasRoom(bytes)) await this.count();
    let held = 0;
    const grow = (more: number): void => {
      if (!this.#hasRoom(more)) throw this.#full(more);
      held += more;
      this.#claimed += more;
    };
    grow(bytes);
    const release = (): void => {
      this.#claimed -= held;
      this.#free -= held;
      held = 0;
      this.#countedAt = Number.NEGATIVE_INFINITY;
    };
    return { grow, [Symbol.dispose]: release };
  }

  #hasRoom(bytes: number): boolean {
    return this.freeBytes >= bytes && this.freeBytes > 0;
  }

  #full(bytes: number): Error {
    const datastore = this.#datastore();
    const text = `datastore ${datastore} is full: ${bytes} bytes wanted, ${this.freeBytes} free of ${this.#capacity}`;
    return fault("NoDiskSpace", text, { file: `[${datastore}]`, datastore });
  }

  async #count(): Promise<void> {
    const fs = await statfs(this.#root);
    const real = Math.max(0, fs.bavail * fs.bsize - keepFreeBytes);
    if (this.#quotaBytes === undefined) {
      this.#capacity = fs.blocks * fs.bsize;
      this.#free = real;
    } else {
      this.#capacity = this.#quotaBytes;
      this.#free = Math.min(real, this.#quotaBytes - (await usedBytes(this.#root)));
    }
    this.#countedAt = performance.now();
  }
}

/** Bytes on the disk of everything below `folder`; what vanishes meanwhile counts nothing. */
export async function usedBytes(folder: string): Promise<number> {
  let sum = 0;
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = await readdir(next, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (next === folder && entry.name === privateFolder) continue;
      const path = join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else sum += ((await lstat(path).catch(() => undefined))?.blocks ?? 0) * blockBytes;
    }
  }
  return sum;
}
