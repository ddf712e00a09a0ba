/**
 * One log entry (design D7), the same in the files on the container's disk, on the control channel and in the port
 * layer API: u64 nanoseconds since the epoch, u8 stream (1 stdout, 2 stderr), u8 flags, u32 length, all big endian, then
 * the bytes. An entry is one line with its newline, or a part of one that was cut at {@link entryMaxBytes} or had no
 * newline yet (flag partial).
 */
export const entryHeaderBytes = 14;
/** A longer line is cut into several entries. */
export const entryMaxBytes = 16 * 1024;
/** The line goes on in the next entry of this stream. */
const flagPartial = 1;

/** A decoded log entry. */
export interface LogEntry {
  timeNs: bigint;
  stream: 1 | 2;
  isPartial: boolean;
  bytes: Uint8Array;
}

/** The bytes of an entry; throws RangeError for more than {@link entryMaxBytes}. */
export function encodeLogEntry(entry: LogEntry): Uint8Array {
  if (entry.bytes.length > entryMaxBytes) throw new RangeError("log entry too long");
  const out = new Uint8Array(entryHeaderBytes + entry.bytes.length);
  const view = new DataView(out.buffer);
  view.setBigUint64(0, entry.timeNs);
  out[8] = entry.stream;
  out[9] = entry.isPartial ? flagPartial : 0;
  view.setUint32(10, entry.bytes.length);
  out.set(entry.bytes, entryHeaderBytes);
  return out;
}

/**
 * Cuts a byte stream into entries. A header that cannot be one (a torn write after a crash) ends the stream:
 * {@link LogEntryParser.isDamaged} is then true and further bytes are ignored.
 */
export class LogEntryParser {
  #rest: Uint8Array = new Uint8Array(0);
  isDamaged = false;

  /** Bytes of an entry that has not arrived whole. */
  get pendingBytes(): number {
    return this.#rest.length;
  }

  /** Entries completed by `chunk`. Their bytes may alias it. */
  push(chunk: Uint8Array): LogEntry[] {
    if (this.isDamaged) return [];
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const entries: LogEntry[] = [];
    let at = 0;
    while (data.length - at >= entryHeaderBytes) {
      const stream = data[at + 8];
      const length = view.getUint32(at + 10);
      if ((stream !== 1 && stream !== 2) || length > entryMaxBytes) {
        this.isDamaged = true;
        break;
      }
      const end = at + entryHeaderBytes + length;
      if (end > data.length) break;
      const isPartial = (data[at + 9]! & flagPartial) !== 0;
      const bytes = data.subarray(at + entryHeaderBytes, end);
      entries.push({ timeNs: view.getBigUint64(at), stream, isPartial, bytes });
      at = end;
    }
    this.#rest = data.slice(at);
    return entries;
  }
}
