/** `docker logs`: the port layer's framed entries as the lines or stdcopy frames clients read. */
import { VicError } from "../../errors/errors.ts";
import type { LogEntry } from "../../guest/log-frame.ts";
import { stdcopyFrame } from "../../guest/stdcopy.ts";
import type { LogQuery } from "../../portlayer/api/types.ts";
import { parseTimestamp, rfc3339Nano } from "../wire/time.ts";
import type { Engine } from "./engine.ts";
import { checkReadable } from "./log-config.ts";
import { findContainer } from "./lookup.ts";

/** Entries are sent in chunks of about this size. */
const chunkBytes = 64 * 1024;
/** Longest delay of a timer. */
const timerMaxMs = 2 ** 31 - 1;

/** What to read. */
export interface LogOptions {
  stdout: boolean;
  stderr: boolean;
  follow: boolean;
  timestamps: boolean;
  /** With the attributes of each line, of which there are none: only the space that ends them. */
  details: boolean;
  /** As in the request: a number, "all" or "". */
  tail: string;
  since: string;
  until: string;
}

/** The log of a container as a stream, and whether it is raw (TTY) or stdcopy frames. */
export async function containerLogs(
  engine: Engine,
  ref: string,
  options: LogOptions,
  signal: AbortSignal,
): Promise<{ body: ReadableStream<Uint8Array>; isRaw: boolean }> {
  if (!options.stdout && !options.stderr) {
    throw new VicError("invalid", "Bad parameters: you must choose at least one stream");
  }
  const container = await findContainer(engine, ref);
  checkReadable(container);
  const isRaw = container.process.tty;
  const query = toQuery(options);
  const entries = await entriesOf(engine, container.record.id, query, signal);
  return { body: formatLog(entries, { ...options, isRaw }), isRaw };
}

/** The entries; following ends at `until`, also when nothing is said any more. */
async function entriesOf(engine: Engine, id: string, query: LogQuery, signal: AbortSignal) {
  const { follow, until } = query;
  if (!follow || until === undefined) return engine.portLayer.logs(id, query, signal);
  const ms = Number(BigInt(until) / 1_000_000n) - Date.now();
  if (ms <= 0) return engine.portLayer.logs(id, { ...query, follow: false }, signal);
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  return during(ms, await engine.portLayer.logs(id, query, either), stop);
}

async function* during(
  ms: number,
  entries: AsyncGenerator<LogEntry>,
  stop: AbortController,
): AsyncGenerator<LogEntry> {
  const over = Promise.withResolvers<undefined>();
  const timer = ms > timerMaxMs ? undefined : setTimeout(() => over.resolve(undefined), ms);
  try {
    for (;;) {
      const next = entries.next();
      // The one that is given up fails when it is stopped.
      next.catch(() => {});
      const result = await Promise.race([next, over.promise]);
      if (!result || result.done) return;
      yield result.value;
    }
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

function toQuery(options: LogOptions): LogQuery {
  const tail = /^\d{1,15}$/.test(options.tail) ? Number(options.tail) : -1;
  const since = options.since === "" ? 0n : parseTimestamp(options.since);
  const until = options.until === "" ? 0n : parseTimestamp(options.until);
  return {
    follow: options.follow,
    stdout: options.stdout,
    stderr: options.stderr,
    tail,
    ...(since > 0n ? { since: since.toString() } : {}),
    ...(until > 0n ? { until: until.toString() } : {}),
  };
}

/** How lines are written. */
export interface ShownLines {
  isRaw: boolean;
  timestamps: boolean;
  details: boolean;
}

/** Entries as what a client reads; entries that are there together travel together. */
export function formatLog(
  entries: AsyncGenerator<LogEntry>,
  shown: ShownLines,
): ReadableStream<Uint8Array> {
  const format = makeFormatter(shown);
  let next: Promise<IteratorResult<LogEntry>> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const parts: Uint8Array[] = [];
        let bytes = 0;
        let idle: Promise<undefined> | undefined;
        while (bytes < chunkBytes) {
          next ??= entries.next();
          const result = await (idle ? Promise.race([next, idle]) : next);
          if (result === undefined) break;
          next = undefined;
          if (result.done) {
            if (parts.length > 0) controller.enqueue(Buffer.concat(parts));
            return controller.close();
          }
          const part = format(result.value);
          parts.push(part);
          bytes += part.length;
          idle ??= new Promise((done) => setImmediate(() => done(undefined)));
        }
        controller.enqueue(Buffer.concat(parts));
      },
      async cancel() {
        next?.catch(() => {});
        await entries.return(undefined).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}

function makeFormatter(shown: ShownLines): (entry: LogEntry) => Uint8Array {
  /** Streams whose line goes on: no time stands in the middle of a line. */
  const open = new Set<number>();
  return (entry) => {
    const isStart = !open.has(entry.stream);
    if (entry.isPartial) open.add(entry.stream);
    else open.delete(entry.stream);
    const time = shown.timestamps ? `${rfc3339Nano(entry.timeNs)} ` : "";
    const prefix = isStart ? `${time}${shown.details ? " " : ""}` : "";
    const bytes = prefix === "" ? entry.bytes : Buffer.concat([Buffer.from(prefix), entry.bytes]);
    return shown.isRaw ? bytes : stdcopyFrame(entry.stream, bytes);
  };
}
