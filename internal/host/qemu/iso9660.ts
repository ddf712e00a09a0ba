/** Reading files out of an ISO 9660 image: enough to find a kernel, with Rock Ridge names where there are any. */
import { type FileHandle, open } from "node:fs/promises";
import { VicError } from "../../errors/errors.ts";

const sectorBytes = 2048;
const descriptorSector = 16;
/** Descriptors looked through for the primary one. */
const descriptorsMax = 32;
const directoryMaxBytes = 1024 * 1024;
const depthMax = 8;
const copyBytes = 1024 * 1024;
const directoryFlag = 2;
/** The file goes on in the next record (files of 4 GiB and more): not needed here. */
const multiExtentFlag = 0x80;

/** Where a file or folder lies in the image. */
export interface IsoEntry {
  offset: number;
  length: number;
  isFolder: boolean;
}

/** An opened ISO image. */
export class Iso {
  readonly #file: FileHandle;
  readonly #root: IsoEntry;

  private constructor(file: FileHandle, root: IsoEntry) {
    this.#file = file;
    this.#root = root;
  }

  /** Opens an image; undefined when it is not ISO 9660. */
  static async open(path: string): Promise<Iso | undefined> {
    const file = await open(path, "r");
    try {
      const root = await findRoot(file);
      if (root) return new Iso(file, root);
    } catch (error) {
      await file.close();
      throw error;
    }
    await file.close();
    return undefined;
  }

  /** Looks up `boot/direct.json` and the like; upper and lower case are the same. */
  async find(path: string): Promise<IsoEntry | undefined> {
    const names = path.split("/").filter((name) => name !== "");
    if (names.length > depthMax) return undefined;
    let entry: IsoEntry | undefined = this.#root;
    for (const name of names) {
      if (!entry?.isFolder) return undefined;
      entry = await this.#lookup(entry, name.toLowerCase());
    }
    return entry;
  }

  /** The content of a small file. */
  async read(entry: IsoEntry, maxBytes: number): Promise<Buffer> {
    if (entry.length > maxBytes) {
      throw new VicError("exhausted", `a file of ${entry.length} bytes is too large`);
    }
    return readAt(this.#file, entry.offset, entry.length);
  }

  /** Copies a file out. */
  async extract(entry: IsoEntry, target: string): Promise<void> {
    await using out = await open(target, "wx", 0o600);
    for (let done = 0; done < entry.length;) {
      const count = Math.min(copyBytes, entry.length - done);
      await out.writeFile(await readAt(this.#file, entry.offset + done, count));
      done += count;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }

  async #lookup(folder: IsoEntry, name: string): Promise<IsoEntry | undefined> {
    const bytes = await this.read(folder, directoryMaxBytes);
    for (const record of records(bytes)) {
      const isNamed = nameOf(record).toLowerCase() === name;
      if (isNamed && (record[25]! & multiExtentFlag) === 0) return entryOf(record);
    }
    return undefined;
  }
}

async function findRoot(file: FileHandle): Promise<IsoEntry | undefined> {
  for (let i = 0; i < descriptorsMax; i++) {
    const offset = (descriptorSector + i) * sectorBytes;
    const { bytesRead, buffer } = await file.read(
      Buffer.alloc(sectorBytes),
      0,
      sectorBytes,
      offset,
    );
    if (bytesRead < sectorBytes || buffer.toString("latin1", 1, 6) !== "CD001") return undefined;
    if (buffer[0] === 1) return entryOf(buffer.subarray(156, 190));
    if (buffer[0] === 255) return undefined;
  }
  return undefined;
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, offset);
  if (bytesRead < length) throw new VicError("damaged", "the ISO image ends too early");
  return buffer;
}

/** Directory records; none crosses a sector's end, the rest of a sector is zero. */
function* records(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at]!;
    if (length < 34) {
      at = (Math.floor(at / sectorBytes) + 1) * sectorBytes;
      continue;
    }
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

function entryOf(record: Buffer): IsoEntry {
  return {
    offset: record.readUInt32LE(2) * sectorBytes,
    length: record.readUInt32LE(10),
    isFolder: (record[25]! & directoryFlag) !== 0,
  };
}

/** The Rock Ridge name, or else the plain one without version (`DIRECT.JSON;1`). */
function nameOf(record: Buffer): string {
  const nameBytes = record[32]!;
  const plain = record.toString("latin1", 33, 33 + nameBytes);
  let rockRidge = "";
  // System use fields start at an even offset: two letters, length, version.
  for (let at = 33 + nameBytes + ((nameBytes + 1) % 2); at + 5 <= record.length;) {
    const length = record[at + 2]!;
    if (length < 5 || at + length > record.length) break;
    if (record.toString("latin1", at, at + 2) === "NM") {
      rockRidge += record.toString("utf8", at + 5, at + length);
    }
    at += length;
  }
  return rockRidge || plain.replace(/\.?;\d+$/, "");
}
