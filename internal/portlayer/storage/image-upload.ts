import { open } from "node:fs/promises";
import { VicError } from "../../errors/errors.ts";
import type { BeginImage } from "../api/types.ts";
import { gptBlocks, placePartitions, type Partition } from "./gpt.ts";
import type { ImageRecord } from "./image-record.ts";
import { writeLayer } from "./layer-writer.ts";

/** Capacity of an image disk; it is thin, so the size costs nothing until it is used. */
export const imageDiskBytes = 2 ** 40;
/** A layer gets this many times its blob's size, and may unpack to that: the bomb limit. */
const growthMax = 20;
const slotMinBytes = 64 * 1024 * 1024;
/** Layers being unpacked at once, over all uploads: unpacking is bound by the CPU. */
const writersMax = 2;
/** An upload nobody touches for this long is dropped. */
const idleMs = 10 * 60_000;

/** A disk attached to the appliance. */
export interface UploadDisk {
  /** For example /dev/sdc. */
  device: string;
  detach(): Promise<void>;
}

let writersActive = 0;
const writersWaiting: (() => void)[] = [];

async function asWriter<T>(work: () => Promise<T>): Promise<T> {
  if (writersActive < writersMax) writersActive++;
  else await new Promise<void>((resolve) => writersWaiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = writersWaiting.shift();
    if (next) next();
    else writersActive--;
  }
}

/** One image being written: its disk is attached, its table is in place, its layers arrive in any order. */
export class ImageUpload {
  readonly id = crypto.randomUUID();
  readonly imageId: string;
  readonly begin: BeginImage;
  readonly parent: ImageRecord | undefined;
  readonly #disk: UploadDisk;
  readonly #partitions: Partition[];
  readonly #spoolDir: string;
  readonly #sizes: (number | "writing" | undefined)[] = [];
  readonly #aborting = new AbortController();
  readonly #active = new Set<Promise<unknown>>();
  readonly #onIdle: () => void;
  #idle: Timer | undefined;

  private constructor(parts: {
    imageId: string;
    begin: BeginImage;
    parent: ImageRecord | undefined;
    disk: UploadDisk;
    partitions: Partition[];
    spoolDir: string;
    onIdle: () => void;
  }) {
    this.imageId = parts.imageId;
    this.begin = parts.begin;
    this.parent = parts.parent;
    this.#disk = parts.disk;
    this.#partitions = parts.partitions;
    this.#spoolDir = parts.spoolDir;
    this.#onIdle = parts.onIdle;
    this.#touch();
  }

  /** Writes the partition table of the image's disk, behind the layers it shares with `parent`. */
  static async start(parts: {
    imageId: string;
    begin: BeginImage;
    parent: ImageRecord | undefined;
    disk: UploadDisk;
    spoolDir: string;
    onIdle: () => void;
  }): Promise<ImageUpload> {
    const { begin, parent, disk } = parts;
    const shared = (parent?.layers ?? []).map((layer) => layer.partition);
    const slots = begin.layers.slice(shared.length).map(({ diffId, sizeBytes }) => ({
      bytes: Math.max(slotMinBytes, sizeBytes * growthMax),
      name: diffId.slice(7, 43),
    }));
    const partitions = [...shared, ...placePartitions(shared, slots, imageDiskBytes)];
    const file = await open(disk.device, "r+");
    try {
      for (const { offset, bytes } of gptBlocks(partitions, imageDiskBytes))
        await file.write(bytes, 0, bytes.length, offset);
      await file.sync();
    } finally {
      await file.close();
    }
    await blockdev("--rereadpt", disk.device);
    return new ImageUpload({ ...parts, partitions });
  }

  /** Layers that must be sent. */
  get wanted(): number[] {
    return this.begin.layers.flatMap((_, i) => (i < (this.parent?.layers.length ?? 0) ? [] : [i]));
  }

  /** Unpacks one layer; a rejection makes the whole upload worthless. */
  async putLayer(n: number, body: ReadableStream<Uint8Array>): Promise<string> {
    const layer = this.begin.layers[n];
    const partition = this.#partitions[n];
    if (!layer || !partition || !this.wanted.includes(n))
      throw new VicError("invalid", `layer ${n} is not wanted`);
    if (this.#sizes[n] !== undefined)
      throw new VicError("conflict", `layer ${n} has been sent already`);
    this.#sizes[n] = "writing";
    clearTimeout(this.#idle);
    const work = asWriter(() =>
      writeLayer({
        body,
        device: `${this.#disk.device}${partition.number}`,
        ...(layer.digest === undefined ? {} : { digest: layer.digest }),
        diffId: layer.diffId,
        maxBytes: Math.max(slotMinBytes, layer.sizeBytes * growthMax),
        spoolDir: this.#spoolDir,
        signal: this.#aborting.signal,
      }),
    );
    this.#active.add(work);
    try {
      this.#sizes[n] = await work;
      return layer.diffId;
    } finally {
      this.#active.delete(work);
      this.#touch();
    }
  }

  /** Flushes and detaches the disk and says which layers lie where. */
  async finish(): Promise<ImageRecord["layers"]> {
    const missing = this.wanted.filter((n) => typeof this.#sizes[n] !== "number");
    if (missing.length > 0)
      throw new VicError("conflict", `layers ${missing.join(", ")} have not been sent`);
    clearTimeout(this.#idle);
    await blockdev("--flushbufs", this.#disk.device);
    await this.#disk.detach();
    return this.begin.layers.map(({ diffId }, n) => ({
      diffId,
      sizeBytes: this.parent?.layers[n]?.sizeBytes ?? (this.#sizes[n] as number),
      partition: this.#partitions[n]!,
    }));
  }

  /** Stops writing and detaches the disk. */
  async abort(): Promise<void> {
    clearTimeout(this.#idle);
    this.#aborting.abort();
    await Promise.allSettled(this.#active);
    await this.#disk.detach();
  }

  #touch(): void {
    clearTimeout(this.#idle);
    if (this.#active.size === 0) this.#idle = setTimeout(this.#onIdle, idleMs);
  }
}

async function blockdev(option: string, device: string): Promise<void> {
  const child = Bun.spawn(["blockdev", option, device], { stdout: "ignore", stderr: "pipe" });
  const text = await child.stderr.text();
  if ((await child.exited) !== 0)
    throw new VicError("internal", `blockdev ${option}: ${text.trim()}`);
}
