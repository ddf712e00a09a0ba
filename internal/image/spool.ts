/**
 * Writes the entries of an image archive to numbered files in a directory of their own. An archive arrives once and
 * may hold its blobs before the manifest that names them; the appliance's root is memory, so they go to a disk. No name
 * from the archive ever becomes a path.
 */
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract, type Header } from "tar-stream";
import { VicError } from "../errors/errors.ts";

/** Most bytes one archive may unpack to. */
const archiveMaxBytes = 32 * 1024 ** 3;
const entriesMax = 20_000;
const nameMaxLength = 1024;
const linksMax = 16;
/** Names of folders that {@link Spool.clean} removes. */
export const spoolPrefix = "load-";

/** What is known of one file of the archive. */
export interface SpooledFile {
  path: string;
  sizeBytes: number;
}

/** An unpacked archive; dispose it to remove its files. */
export class Spool implements AsyncDisposable {
  readonly #directory: string;
  readonly #files = new Map<string, SpooledFile>();
  readonly #links = new Map<string, string>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Unpacks a tar stream (plain, gzip or zstd) below `parent`; on failure nothing is left. */
  static async unpack(
    body: ReadableStream<Uint8Array>,
    parent: string,
    options: { maxBytes?: number; signal?: AbortSignal } = {},
  ): Promise<Spool> {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    const spool = new Spool(await mkdtemp(join(parent, spoolPrefix)));
    try {
      await spool.#fill(body, options.maxBytes ?? archiveMaxBytes, options.signal);
      return spool;
    } catch (error) {
      // A disk that fails may fail here too; what went wrong first is what counts.
      await spool[Symbol.asyncDispose]().catch(() => undefined);
      if (error instanceof VicError) throw error;
      if (options.signal?.aborted) throw new VicError("cancelled", "cancelled", { cause: error });
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "ENOSPC" || code === "EFBIG") {
        throw new VicError("exhausted", "no space left to unpack the archive", { cause: error });
      }
      throw new VicError("damaged", `the archive is damaged: ${message}`, { cause: error });
    }
  }

  /** Removes what a killed process left below `parent`. */
  static async clean(parent: string): Promise<void> {
    const names = await readdir(parent).catch(() => []);
    for (const name of names.filter((n) => n.startsWith(spoolPrefix))) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }

  /** The file of that name, links resolved. */
  file(name: string): SpooledFile | undefined {
    let at = name;
    for (let i = 0; i < linksMax; i++) {
      const file = this.#files.get(at);
      if (file) return file;
      const target = this.#links.get(at);
      if (target === undefined) return undefined;
      at = target;
    }
    throw new VicError("damaged", `the archive's link ${name} leads nowhere`);
  }

  /** A small file's bytes. */
  async read(name: string, maxBytes: number): Promise<Uint8Array | undefined> {
    const file = this.file(name);
    if (!file) return undefined;
    if (file.sizeBytes > maxBytes) {
      throw new VicError("damaged", `${name} in the archive is too large`);
    }
    return new Uint8Array(await readFile(file.path));
  }

  /** The first bytes of a file. */
  async peek(file: SpooledFile, bytes: number): Promise<Uint8Array> {
    await using handle = await open(file.path);
    const { buffer, bytesRead } = await handle.read(new Uint8Array(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #fill(body: ReadableStream<Uint8Array>, maxBytes: number, signal?: AbortSignal) {
    const tar = extract();
    let entries = 0;
    let left = maxBytes;
    const feed = pipeline(
      Readable.from(decompressed(body)),
      tar,
      ...(signal ? [{ signal }] : []),
    ).catch((error: unknown) => {
      tar.destroy(error as Error);
      throw error;
    });
    feed.catch(() => {});
    for await (const entry of tar) {
      const header = entry.header;
      const name = safeName(header.name);
      if (++entries > entriesMax) throw new VicError("damaged", "the archive has too many entries");
      if (header.type === "file") {
        left -= header.size ?? 0;
        if (left < 0) {
          throw new VicError("exhausted", `the archive unpacks to more than ${maxBytes} bytes`);
        }
        const path = join(this.#directory, String(entries));
        await pipeline(entry, createWriteStream(path, { mode: 0o600 }));
        this.#files.set(name, { path, sizeBytes: header.size ?? 0 });
      } else {
        if (header.type === "symlink" || header.type === "link") this.#addLink(name, header);
        else if (header.type !== "directory") {
          throw new VicError("damaged", `the archive holds ${name}, a ${header.type}`);
        }
        entry.resume();
      }
    }
    await feed;
    if (entries === 0) throw new VicError("damaged", "the archive is empty or no tar");
  }

  /** Old `docker save` links a layer that occurs twice; a link is only ever an alias in this map. */
  #addLink(name: string, header: Header): void {
    const target = header.linkname ?? "";
    const base = header.type === "symlink" ? name.split("/").slice(0, -1) : [];
    const parts: string[] = [...base];
    if (target.startsWith("/")) throw new VicError("damaged", `bad link in the archive: ${name}`);
    for (const part of target.split("/")) {
      if (part === "" || part === ".") continue;
      if (part !== "..") parts.push(part);
      else if (parts.pop() === undefined) {
        throw new VicError("damaged", `the archive's link ${name} leads out of it`);
      }
    }
    this.#links.set(name, safeName(parts.join("/")));
  }
}

function safeName(raw: string): string {
  const name = raw.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "");
  const parts = name.split("/");
  if (name.length > nameMaxLength || name.startsWith("/") || parts.includes("..")) {
    throw new VicError("damaged", `bad name in the archive: ${raw.slice(0, 100)}`);
  }
  return name;
}

/** The stream without its gzip or zstd wrapping, if it has one. */
async function* decompressed(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let head: Uint8Array = new Uint8Array(0);
  let isEnd = false;
  while (head.length < 6 && !isEnd) {
    const { done, value } = await reader.read();
    if (done) isEnd = true;
    else head = Buffer.concat([head, value]);
  }
  const whole = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(head),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const format = compressionOf(head);
  if (format === "xz" || format === "bzip2") {
    throw new VicError("unsupported", `the archive is packed with ${format}`, {
      hint: "unpack it first, or use gzip or zstd",
    });
  }
  const plain = format
    ? whole.pipeThrough(
        new DecompressionStream(format as "gzip") as unknown as ReadableWritablePair<
          Uint8Array,
          Uint8Array
        >,
      )
    : whole;
  yield* plain as unknown as AsyncIterable<Uint8Array>;
}

/** How the bytes are compressed, told from how they begin; undefined for plain ones. */
export function compressionOf(head: Uint8Array): "gzip" | "zstd" | "xz" | "bzip2" | undefined {
  const hex = Buffer.from(head.subarray(0, 6)).toString("hex");
  if (hex.startsWith("1f8b")) return "gzip";
  if (hex.startsWith("28b52ffd")) return "zstd";
  if (hex.startsWith("fd377a585a00")) return "xz";
  return hex.startsWith("425a68") ? "bzip2" : undefined;
}
