/** Writes a container's log; where and how is told in internal/guest/log-files.ts. */
import { mkdir, open, rm, truncate, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { logFileName, logFileNumbers } from "../../internal/guest/log-files.ts";
import {
  encodeLogEntry,
  entryHeaderBytes,
  entryMaxBytes,
  LogEntryParser,
} from "../../internal/guest/log-frame.ts";
import type { OutputStream } from "../../internal/guest/stdcopy.ts";

/** Files are cut here even when the log has no limit, so that finding its end after a crash stays quick. */
const fileMaxBytes = 64 * 1024 * 1024;
const newline = 10;

/** Limits of a log; maxBytes is for each file, 0 for no limit on the whole. */
export interface LogLimits {
  maxBytes: number;
  maxFiles: number;
}

/** See the file's head. */
export class LogWriter {
  readonly #folder: string;
  readonly #limits: LogLimits;
  #file: FileHandle;
  #number: number;
  #bytes: number;
  #isEnded = false;
  #tail: Promise<void> = Promise.resolve();
  #wakers: (() => void)[] = [];
  #version = 0;

  private constructor(
    folder: string,
    limits: LogLimits,
    at: { file: FileHandle; number: number; bytes: number },
  ) {
    this.#folder = folder;
    this.#limits = limits;
    this.#file = at.file;
    this.#number = at.number;
    this.#bytes = at.bytes;
  }

  /** Goes on after the last whole entry of an earlier run. */
  static async open(folder: string, limits: LogLimits): Promise<LogWriter> {
    await mkdir(folder, { recursive: true });
    const number = (await logFileNumbers(folder)).at(-1) ?? 1;
    const path = join(folder, logFileName(number));
    const file = await open(path, "a+");
    const bytes = await wholeBytes(file);
    await truncate(path, bytes);
    return new LogWriter(folder, limits, { file, number, bytes });
  }

  /** Appends what a stream wrote, one entry for each line. Calls are done in order; await them, the disk may be slow. */
  append(stream: OutputStream, bytes: Uint8Array, timeNs: bigint): Promise<void> {
    const done = this.#tail.then(async () => {
      const entries = splitLines(bytes).map((part) =>
        encodeLogEntry({ timeNs, stream, isPartial: part.at(-1) !== newline, bytes: part }),
      );
      if (entries.length === 0) return;
      const data = Buffer.concat(entries);
      if (this.#bytes > 0 && this.#bytes + data.length > this.#fileLimit) await this.#rotate();
      await this.#file.appendFile(data);
      this.#bytes += data.length;
      this.#version++;
      this.#wake();
    });
    this.#tail = done.catch(() => {});
    return done;
  }

  /** Resolves true when something was written since its previous call, false after `end` or abort. */
  follower(signal: AbortSignal): () => Promise<boolean> {
    let seen = -1;
    signal.addEventListener("abort", () => this.#wake(), { once: true });
    return async () => {
      for (;;) {
        if (signal.aborted) return false;
        if (seen !== this.#version) {
          seen = this.#version;
          return true;
        }
        if (this.#isEnded) return false;
        await new Promise<void>((resolve) => this.#wakers.push(resolve));
      }
    };
  }

  /** Nothing more is coming: puts everything on the disk and ends the followers. */
  async end(): Promise<void> {
    await this.#tail;
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#wake();
    await this.#file.sync();
    await this.#file.close();
  }

  get #fileLimit(): number {
    const { maxBytes } = this.#limits;
    return maxBytes > 0 ? Math.min(maxBytes, fileMaxBytes) : fileMaxBytes;
  }

  async #rotate(): Promise<void> {
    await this.#file.close();
    this.#number++;
    this.#file = await open(join(this.#folder, logFileName(this.#number)), "a");
    this.#bytes = 0;
    if (this.#limits.maxBytes === 0) return;
    const kept = Math.max(1, this.#filesKept);
    for (const number of (await logFileNumbers(this.#folder)).slice(0, -kept))
      await rm(join(this.#folder, logFileName(number)), { force: true });
  }

  get #filesKept(): number {
    const { maxBytes, maxFiles } = this.#limits;
    // Files are smaller than asked for when a file may be larger than fileMaxBytes.
    return Math.ceil((Math.max(1, maxFiles) * maxBytes) / this.#fileLimit);
  }

  #wake(): void {
    for (const wake of this.#wakers.splice(0)) wake();
  }
}

/** Bytes up to the end of the last whole entry. */
async function wholeBytes(file: FileHandle): Promise<number> {
  const parser = new LogEntryParser();
  const buffer = Buffer.allocUnsafe(256 * 1024);
  let whole = 0;
  for (let at = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    for (const entry of parser.push(buffer.subarray(0, bytesRead)))
      whole += entryHeaderBytes + entry.bytes.length;
    if (bytesRead === 0 || parser.isDamaged) return whole;
    at += bytesRead;
  }
}

/** Lines with their newline; a longer one, and the rest without a newline, in parts. */
export function splitLines(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(newline, start);
    const stop = Math.min(end < 0 ? bytes.length : end + 1, start + entryMaxBytes);
    parts.push(bytes.subarray(start, stop));
    start = stop;
  }
  return parts;
}
