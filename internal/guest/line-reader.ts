/**
 * Cuts a byte stream into lines without their newline. A line longer than `maxBytes` is dropped whole, so that a peer
 * that never sends a newline cannot fill the memory.
 */
export class LineReader {
  readonly #maxBytes: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #isSkipping = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The lines that `chunk` completes, as text. */
  push(chunk: Uint8Array): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.#keep(chunk.subarray(start, end));
      if (!this.#isSkipping) lines.push(Buffer.concat(this.#parts).toString("utf8"));
      this.#clear();
      this.#isSkipping = false;
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  #keep(part: Uint8Array): void {
    if (this.#isSkipping || part.length === 0) return;
    this.#bytes += part.length;
    if (this.#bytes > this.#maxBytes) {
      this.#clear();
      this.#isSkipping = true;
      return;
    }
    this.#parts.push(part.slice());
  }

  #clear(): void {
    this.#parts = [];
    this.#bytes = 0;
  }
}
