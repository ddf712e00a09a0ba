import { VicError } from "../../errors/errors.ts";
import { isGone, type Chores } from "../chores.ts";
import type { BeginImage, Image, ImageNames, ImageUpload as UploadAnswer } from "../api/types.ts";
import {
  checkBegin,
  digestOf,
  longestPrefix,
  parseRecord,
  toImage,
  type ImageRecord,
} from "./image-record.ts";
import { imageDiskBytes, ImageUpload, type UploadDisk } from "./image-upload.ts";

const uploadsMax = 16;
/** Ends the name of a file until it is written. */
export const unfinishedSuffix = ".new";

/** What the image store needs of a datastore; paths are `[datastore] folder/file`. */
export interface ImageFiles {
  makeDirectory(path: string): Promise<void>;
  /** File names in a folder; empty when there is no such folder. */
  list(folder: string): Promise<string[]>;
  read(path: string): Promise<string>;
  /** Complete or not at all, also over an older file; what breaks off leaves {@link unfinishedSuffix}. */
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Deletes a virtual disk. */
  removeDisk(path: string): Promise<void>;
}

/** How the store gets disks into the appliance. */
export interface ImageDisks {
  attach(spec: {
    path: string;
    create: { capacityBytes: number; parent?: string };
  }): Promise<UploadDisk>;
}

/** Where and by what an {@link ImageStore} works. */
export interface ImageStoreParts {
  /** `[datastore] folder` */
  folder: string;
  files: ImageFiles;
  disks: ImageDisks;
  /** Folder of the appliance with room for what mkfs.erofs keeps aside. */
  spoolDir: string;
  chores: Chores;
}

/**
 * The images of a VCH (design D4): one disk and one JSON file each. An image exists when its JSON does; a disk
 * without it is a leftover and is removed at start.
 */
export class ImageStore {
  readonly #parts: ImageStoreParts;
  readonly #records = new Map<string, ImageRecord>();
  readonly #uploads = new Map<string, ImageUpload>();
  /** Images under way: a second upload of the same one waits for the first, and its parent stays. */
  readonly #writing = new Map<string, { ended: PromiseWithResolvers<void>; parent?: string }>();
  #names: Promise<unknown> = Promise.resolve();

  private constructor(parts: ImageStoreParts) {
    this.#parts = parts;
  }

  /** Reads what is there and removes what an interrupted upload left. */
  static async open(parts: ImageStoreParts): Promise<ImageStore> {
    const store = new ImageStore(parts);
    await parts.files.makeDirectory(parts.folder);
    const names = await parts.files.list(parts.folder);
    for (const name of names.filter((n) => /^[0-9a-f]{64}\.json$/.test(n))) {
      const record = parseRecord(await parts.files.read(`${parts.folder}/${name}`));
      if (record && names.includes(`${hex(record.id)}.vmdk`)) store.#records.set(record.id, record);
    }
    for (const name of names.filter((n) => /^[0-9a-f]{64}\.vmdk$/.test(n)))
      if (!store.#records.has(`sha256:${name.slice(0, 64)}`))
        await parts.files.removeDisk(`${parts.folder}/${name}`);
    for (const name of names.filter((n) => n.endsWith(unfinishedSuffix)))
      await parts.files.remove(`${parts.folder}/${name}`);
    store.#settleNames();
    await store.#sweep();
    return store;
  }

  list(): Image[] {
    return [...this.#records.values()].filter((record) => !record.isRemoved).map(toImage);
  }

  /** By id, with or without `sha256:`. */
  get(id: string): Image {
    return toImage(this.#record(id));
  }

  /** Datastore path of the image's disk and the partitions of its layers, lowest first. */
  rootfs(id: string): { path: string; partitions: number[] } {
    const record = this.#record(id);
    return {
      path: this.#diskPath(record.id),
      partitions: record.layers.map((layer) => layer.partition.number),
    };
  }

  /** Makes the disk of a new image, or says that the image is here. `signal`: whoever wanted it has gone. */
  async begin(begin: BeginImage, signal?: AbortSignal): Promise<UploadAnswer> {
    checkBegin(begin);
    const imageId = digestOf(begin.config);
    while (this.#writing.has(imageId)) await this.#writing.get(imageId)!.ended.promise;
    signal?.throwIfAborted();
    const record = this.#records.get(imageId);
    if (record) return { upload: "", wanted: [], image: await this.#restore(record) };
    if (this.#writing.size >= uploadsMax)
      throw new VicError("exhausted", `${uploadsMax} images are being written already`, {
        hint: "try again when one of them is done",
      });
    const diffIds = begin.layers.map((layer) => layer.diffId);
    const parent = longestPrefix(this.#records.values(), diffIds);
    const ended = Promise.withResolvers<void>();
    this.#writing.set(imageId, { ended, ...(parent ? { parent: parent.id } : {}) });
    let disk: UploadDisk | undefined;
    const path = this.#diskPath(imageId);
    try {
      const base = parent ? { parent: this.#diskPath(parent.id) } : {};
      disk = await this.#parts.disks.attach({
        path,
        create: { capacityBytes: imageDiskBytes, ...base },
      });
      const upload = await ImageUpload.start({
        imageId,
        begin,
        parent,
        disk,
        spoolDir: this.#parts.spoolDir,
        onIdle: () => void this.abort(upload.id).catch(() => undefined),
      });
      this.#uploads.set(upload.id, upload);
      if (signal?.aborted) await this.abort(upload.id);
      return { upload: upload.id, wanted: upload.wanted };
    } catch (error) {
      await this.#clear(imageId, async () => disk?.detach()).catch(() => undefined);
      throw error;
    }
  }

  /** Shows an image again that was only kept for others. */
  async #restore({ isRemoved, ...record }: ImageRecord): Promise<Image> {
    if (isRemoved) await this.#write({ ...record, storedAt: new Date().toISOString() });
    return toImage(record);
  }

  /** Unpacks a layer; when that fails the whole upload is dropped. */
  async putLayer(
    upload: string,
    n: number,
    body: ReadableStream<Uint8Array>,
  ): Promise<{ diffId: string }> {
    const found = this.#upload(upload);
    try {
      return { diffId: await found.putLayer(n, body) };
    } catch (error) {
      await this.abort(upload).catch(() => undefined);
      throw error;
    }
  }

  /** Makes the image exist, with these names. */
  async commit(upload: string, names: ImageNames): Promise<Image> {
    const found = this.#upload(upload);
    const { imageId, begin, parent } = found;
    // From here on nobody can drop it.
    this.#uploads.delete(upload);
    const layers = await found.finish().catch((error: unknown) => {
      this.#uploads.set(upload, found);
      throw error;
    });
    const now = new Date().toISOString();
    const record: ImageRecord = {
      version: 1,
      id: imageId,
      config: begin.config,
      tags: [],
      digests: [],
      storedAt: now,
      namedAt: now,
      parent: parent?.id ?? null,
      depth: parent ? parent.depth + 1 : 1,
      layers,
    };
    try {
      await this.#write(record);
    } catch (error) {
      const removeRecord = () => this.#parts.files.remove(this.#recordPath(imageId));
      await this.#clear(imageId, removeRecord).catch(() => undefined);
      throw error;
    }
    this.#endWriting(imageId);
    return this.setNames(imageId, names);
  }

  /** Drops an upload and its disk. Idempotent. */
  async abort(upload: string): Promise<void> {
    const found = this.#uploads.get(upload);
    if (!found) return;
    this.#uploads.delete(upload);
    await this.#clear(found.imageId, () => found.abort());
  }

  /** Removes the disk of an image that is not to be any more, after `first`. Until then nobody else can write it. */
  #clear(imageId: string, first: () => Promise<unknown>): Promise<void> {
    const { chores, files } = this.#parts;
    let isFirstDone = false;
    return chores.do(`dropping image ${hex(imageId).slice(0, 12)}`, async () => {
      if (!isFirstDone) await first().catch(ignoreMissing);
      isFirstDone = true;
      await files.removeDisk(this.#diskPath(imageId)).catch(ignoreMissing);
      this.#endWriting(imageId);
      await this.#sweep();
    });
  }

  /** Drops all uploads: whoever began them was killed, and does not know of them any more. */
  async abortAll(): Promise<void> {
    await Promise.all([...this.#uploads.keys()].map((upload) => this.abort(upload)));
  }

  /** Replaces an image's names; images that had them lose them. */
  setNames(id: string, names: ImageNames): Promise<Image> {
    const work = this.#names.then(async () => {
      const record = this.#record(id);
      const namedAt = new Date().toISOString();
      await this.#write({ ...record, ...names, namedAt });
      for (const other of this.#records.values()) {
        const kept = other.tags.filter((tag) => !names.tags.includes(tag));
        if (other.id !== record.id && kept.length < other.tags.length)
          await this.#write({ ...other, tags: kept });
      }
      return this.get(id);
    });
    this.#names = work.catch(() => undefined);
    return work;
  }

  /**
   * Deletes an image; `conflict` while it is `usedBy` containers (their ids). Where another image's disk is a child of its, its
   * own stays until that one goes, out of sight.
   */
  async remove(id: string, usedBy: string[]): Promise<void> {
    const record = this.#record(id);
    if (usedBy.length > 0) {
      const detail = { containers: usedBy };
      throw new VicError("conflict", `image ${record.id} is in use`, { detail });
    }
    if (!this.#hasChildren(record.id)) return this.#discard(record);
    await this.#write({ ...record, tags: [], digests: [], isRemoved: true });
    await this.#sweep();
  }

  #hasChildren(id: string): boolean {
    return [...this.#records.values(), ...this.#writing.values()].some((it) => it.parent === id);
  }

  /** Removes record and disk. The parent's disk stays until this one is gone. */
  #discard({ id, parent }: ImageRecord): Promise<void> {
    this.#records.delete(id);
    const ended = Promise.withResolvers<void>();
    this.#writing.set(id, { ended, ...(parent === null ? {} : { parent }) });
    return this.#clear(id, () => this.#parts.files.remove(this.#recordPath(id)));
  }

  /** Discards what was kept for an image that is gone; what fails is tried again in the background. */
  async #sweep(): Promise<void> {
    for (const record of this.#records.values())
      if (record.isRemoved && !this.#hasChildren(record.id))
        await this.#discard(record).catch(() => undefined);
  }

  #diskPath(id: string): string {
    return `${this.#parts.folder}/${hex(id)}.vmdk`;
  }

  #recordPath(id: string): string {
    return `${this.#parts.folder}/${hex(id)}.json`;
  }

  #record(id: string): ImageRecord {
    const record = this.#records.get(id.startsWith("sha256:") ? id : `sha256:${id}`);
    if (!record || record.isRemoved) throw new VicError("not-found", `there is no image ${id}`);
    return record;
  }

  #upload(id: string): ImageUpload {
    const upload = this.#uploads.get(id);
    if (!upload) throw new VicError("not-found", `there is no image upload ${id}`);
    return upload;
  }

  async #write(record: ImageRecord): Promise<void> {
    await this.#parts.files.write(this.#recordPath(record.id), JSON.stringify(record));
    this.#records.set(record.id, record);
  }

  #endWriting(imageId: string): void {
    this.#writing.get(imageId)?.ended.resolve();
    this.#writing.delete(imageId);
  }

  /** A tag that a crash left with two images belongs to the one named last. */
  #settleNames(): void {
    const owner = new Map<string, ImageRecord>();
    const byAge = [...this.#records.values()].toSorted((a, b) =>
      a.namedAt.localeCompare(b.namedAt),
    );
    for (const record of byAge) for (const tag of record.tags) owner.set(tag, record);
    for (const record of byAge)
      record.tags = record.tags.filter((tag) => owner.get(tag) === record);
  }
}

function ignoreMissing(error: unknown): void {
  if (!isGone(error)) throw error;
}

const hex = (id: string) => id.slice("sha256:".length);
