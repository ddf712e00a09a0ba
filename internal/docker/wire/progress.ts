/** Docker's stream of JSON messages for pull and load. */
import { VicError } from "../../errors/errors.ts";

/** Updates of a progress bar are dropped while the client has so many bytes to read. */
const backlogMaxBytes = 256 * 1024;
/** A bar moves no more often. */
const barIntervalMs = 100;
const barWidth = 50;

/** Writes messages; made by {@link progressResponse}. */
export class Progress {
  readonly #send: (line: Uint8Array) => void;
  readonly #backlogBytes: () => number;
  readonly #bars = new Map<string, number>();

  constructor(send: (line: Uint8Array) => void, backlogBytes: () => number) {
    this.#send = send;
    this.#backlogBytes = backlogBytes;
  }

  /** Any message. */
  message(json: Record<string, unknown>): void {
    this.#send(Buffer.from(`${JSON.stringify(json)}\r\n`));
  }

  /** A line of status, for one layer when `id` is given. */
  status(status: string, id?: string): void {
    this.message(id === undefined ? { status } : { status, progressDetail: {}, id });
  }

  /** A bar for one layer; updates that come too fast are left out. */
  bar(status: string, id: string, current: number, total: number): void {
    const now = Date.now();
    if (now - (this.#bars.get(id) ?? 0) < barIntervalMs) return;
    if (this.#backlogBytes() > backlogMaxBytes) return;
    this.#bars.set(id, now);
    const progress = barText(current, total);
    this.message({ status, progressDetail: { current, total }, progress, id });
  }
}

/** `[====>     ]  1.2MB/5MB`, as clients that print it unchanged expect. */
function barText(current: number, total: number): string {
  if (total <= 0) return humanBytes(current);
  const done = Math.min(Math.floor((current / total) * barWidth), barWidth);
  const arrow = done < barWidth ? ">" : "";
  const bar = "=".repeat(done) + arrow + " ".repeat(Math.max(barWidth - done - arrow.length, 0));
  return `[${bar}]  ${humanBytes(current)}/${humanBytes(total)}`;
}

/** Decimal units with up to four digits (Go units.HumanSize). */
export function humanBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(4))}${units[unit]}`;
}

/**
 * Runs a job that reports progress. An error before the first message is thrown, so that it gets a status of its own;
 * a later one becomes the last message. The signal aborts when the client goes.
 */
export async function progressResponse(
  signal: AbortSignal,
  job: (progress: Progress, signal: AbortSignal) => Promise<void>,
): Promise<Response> {
  const abort = new AbortController();
  const onAbort = () => abort.abort();
  signal.addEventListener("abort", onAbort, { once: true });
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let isOpen = true;
  let begun!: () => void;
  const hasBegun = new Promise<void>((done) => (begun = done));
  const body = new ReadableStream<Uint8Array>(
    {
      start: (c) => void (controller = c),
      cancel: () => {
        isOpen = false;
        abort.abort();
      },
    },
    { highWaterMark: 0, size: (chunk) => chunk?.length ?? 0 },
  );
  let isBegun = false;
  const progress = new Progress(
    (line) => {
      isBegun = true;
      begun();
      if (isOpen) controller.enqueue(line);
    },
    () => -(controller.desiredSize ?? 0),
  );
  const finished = job(progress, abort.signal).finally(() => {
    signal.removeEventListener("abort", onAbort);
  });
  const settled = finished.then(
    () => {
      if (isOpen) controller.close();
    },
    (error: unknown) => {
      if (!isBegun) throw error;
      const message = VicError.from(error).text;
      progress.message({ errorDetail: { message }, error: message });
      if (isOpen) controller.close();
    },
  );
  settled.catch(() => {});
  await Promise.race([hasBegun, settled]);
  return new Response(body, { headers: { "Content-Type": "application/json" } });
}
