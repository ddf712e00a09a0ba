/** Lines kept, and the longest one, characters. */
const linesMax = 10_000;
const lineMax = 2048;

/** The log of vic-host itself, as DiagnosticManager shows it: its newest lines. Secrets do not go into it. */
export class HostLog {
  readonly #lines: string[] = [];
  /** Number of the first line that is kept; the very first was 1. */
  #first = 1;

  /** Appends what happened; line breaks cannot forge another line. */
  add(text: string): void {
    // oxlint-disable-next-line no-control-regex -- control characters are what is replaced
    const clean = text.slice(0, lineMax).replace(/[\x00-\x1f\x7f]/g, " ");
    this.#lines.push(`${new Date().toISOString()} ${clean}`);
    if (this.#lines.length <= linesMax) return;
    this.#lines.shift();
    this.#first++;
  }

  /** Number of the newest line; 0: there is none. */
  get last(): number {
    return this.#first + this.#lines.length - 1;
  }

  /** At most `count` lines from the line `start` on. */
  read(start: number, count: number): { start: number; lines: string[] } {
    const from = Math.max(start, this.#first);
    const index = from - this.#first;
    return { start: from, lines: this.#lines.slice(index, index + count) };
  }
}
