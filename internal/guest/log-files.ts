/**
 * A container's log on its own disk (design D7): files of entries (log-frame.ts) named by growing numbers,
 * `00000001.log` and on, in the `log` folder of the scratch disk. The oldest are removed when there are too many. A file
 * of a VM that was cut off may end in the middle of an entry. Read here both by the tether, while it writes, and by the
 * port layer from a disk whose VM is off.
 */
import { open, readdir, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { LogParams } from "./control.ts";
import { encodeLogEntry, LogEntryParser, type LogEntry } from "./log-frame.ts";

const chunkBytes = 256 * 1024;
/** Entries are handed out in blocks of about this size. */
const blockBytes = 32 * 1024;

/** Name of a log file. */
export function logFileName(number: number): string {
  return `${String(number).padStart(8, "0")}.log`;
}

/** Numbers of the log files in a folder, oldest first. A folder that is not there has none. */
export async function logFileNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => (/^\d{8}\.log$/.test(name) ? [Number.parseInt(name, 10)] : []))
    .toSorted((a, b) => a - b);
}

/** Says whether more may come once everything there has been read. */
export type More = () => Promise<boolean>;

/**
 * The entries that `params` asks for, encoded, oldest first. With `follow`, `more` is asked at the end: true reads
 * on. `tail` counts lines among those that match.
 */
export async function* readLog(
  folder: string,
  params: LogParams,
  more: More = async () => false,
): AsyncGenerator<Uint8Array> {
  const matches = matcher(params);
  const start = await findStart(folder, params.tail, matches);
  let toSkip = start.linesToSkip;
  let block: Uint8Array[] = [];
  let bytes = 0;
  for await (const entries of entriesFrom(folder, start.file, params.follow ? more : undefined)) {
    for (const entry of entries) {
      if (!matches(entry)) continue;
      if (toSkip > 0) {
        if (!entry.isPartial) toSkip--;
        continue;
      }
      const encoded = encodeLogEntry(entry);
      block.push(encoded);
      bytes += encoded.length;
      if (bytes < blockBytes) continue;
      yield Buffer.concat(block);
      block = [];
      bytes = 0;
    }
    if (bytes > 0) yield Buffer.concat(block);
    block = [];
    bytes = 0;
  }
}

type Matcher = (entry: LogEntry) => boolean;

function matcher(params: LogParams): Matcher {
  const since = params.since === undefined ? 0n : BigInt(params.since);
  const until = params.until === undefined ? undefined : BigInt(params.until);
  return (entry) =>
    (entry.stream === 1 ? params.stdout : params.stderr) &&
    entry.timeNs >= since &&
    (until === undefined || entry.timeNs <= until);
}

/** Counts lines file by file, newest first, until there are enough: no line is kept and no older file is read. */
async function findStart(
  folder: string,
  tail: number,
  matches: Matcher,
): Promise<{ file: number; linesToSkip: number }> {
  const numbers = await logFileNumbers(folder);
  if (tail < 0) return { file: numbers[0] ?? 1, linesToSkip: 0 };
  let wanted = tail;
  for (const number of numbers.toReversed()) {
    let lines = 0;
    let isOpen = false;
    for await (const entries of entriesOf(join(folder, logFileName(number)))) {
      for (const entry of entries) {
        if (!matches(entry)) continue;
        if (!entry.isPartial) lines++;
        isOpen = entry.isPartial;
      }
    }
    // A line that has no newline yet is one too, but only at the very end of the log.
    if (isOpen && number === numbers.at(-1)) lines++;
    if (lines >= wanted) return { file: number, linesToSkip: lines - wanted };
    wanted -= lines;
  }
  return { file: numbers[0] ?? 1, linesToSkip: 0 };
}

async function* entriesOf(path: string): AsyncGenerator<LogEntry[]> {
  const file = await openOrNone(path);
  if (file === undefined) return;
  try {
    yield* entriesOfHandle(file, new LogEntryParser());
  } finally {
    await file.close();
  }
}

async function* entriesOfHandle(
  file: FileHandle,
  parser: LogEntryParser,
): AsyncGenerator<LogEntry[]> {
  for (;;) {
    // A buffer of its own for each read: entries alias it.
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes);
    if (bytesRead === 0 || parser.isDamaged) return;
    const entries = parser.push(buffer.subarray(0, bytesRead));
    if (entries.length > 0) yield entries;
  }
}

async function* entriesFrom(
  folder: string,
  first: number,
  more: More | undefined,
): AsyncGenerator<LogEntry[]> {
  let number: number | undefined = first;
  while (number !== undefined) {
    const file = await openOrNone(join(folder, logFileName(number)));
    const parser = new LogEntryParser();
    try {
      for (;;) {
        // Asked before reading: what is written in between is then found by the read.
        const next = await nextNumber(folder, number);
        if (file !== undefined) yield* entriesOfHandle(file, parser);
        if (next !== undefined) {
          number = next;
          break;
        }
        if (more === undefined || !(await more())) return;
        if (file === undefined) break;
      }
    } finally {
      await file?.close();
    }
  }
}

async function nextNumber(folder: string, after: number): Promise<number | undefined> {
  return (await logFileNumbers(folder)).find((number) => number > after);
}

async function openOrNone(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
