import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

const rotateBytes = 20 * 1024 * 1024;
const tailLines = 20;
const lineMaxBytes = 2048;

/** A service's log: one file, rotated at 20 MiB with two old ones kept, and the last lines in memory. */
export class LogFile {
  readonly path: string;
  readonly #maxBytes: number;
  #bytes: number;
  #tail: string[] = [];
  #partial = "";

  constructor(path: string, maxBytes = rotateBytes) {
    this.path = path;
    this.#maxBytes = maxBytes;
    mkdirSync(dirname(path), { recursive: true });
    this.#bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** The last lines, oldest first. */
  get tail(): string[] {
    return this.#partial === "" ? [...this.#tail] : [...this.#tail, this.#partial];
  }

  /** Appends output as it came. The file is on tmpfs: writing does not block on a disk. */
  write(chunk: Uint8Array): void {
    if (this.#bytes > 0 && this.#bytes + chunk.length > this.#maxBytes) this.#rotate();
    appendFileSync(this.path, chunk);
    this.#bytes += chunk.length;
    const lines = (this.#partial + Buffer.from(chunk).toString()).split("\n");
    this.#partial = (lines.pop() ?? "").slice(-lineMaxBytes);
    this.#tail.push(...lines.slice(-tailLines).map((line) => line.slice(0, lineMaxBytes)));
    this.#tail = this.#tail.slice(-tailLines);
  }

  #rotate(): void {
    for (const [from, to] of [
      [`${this.path}.1`, `${this.path}.2`],
      [this.path, `${this.path}.1`],
    ] as const)
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, to);
    this.#bytes = 0;
  }
}
