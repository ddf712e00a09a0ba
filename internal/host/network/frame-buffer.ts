/** Bytes before every frame on a QEMU `stream` netdev: its length, big endian. */
export const headerBytes = 4;
/** QEMU's own limit for a frame (64 KiB and some headers). */
export const frameMaxBytes = 4096 + 65536;
/** Two addresses and a type. */
const frameMinBytes = 14;
const initialBytes = 2048;

/** Takes a frame that lies in `bytes` from `start` (its header) to `end`. The bytes are only valid during the call. */
export type FrameHandler = (bytes: Buffer, start: number, end: number) => void;

/** Finds the frames in a byte stream. A frame that lies whole in one chunk is not copied. */
export class FrameReader {
  readonly #handle: FrameHandler;
  #partial = Buffer.allocUnsafe(initialBytes);
  #partialBytes = 0;

  constructor(handle: FrameHandler) {
    this.#handle = handle;
  }

  /** Forgets an incomplete frame. */
  reset(): void {
    this.#partialBytes = 0;
  }

  /** Returns false when the stream makes no sense; it cannot be read on then. */
  push(chunk: Buffer): boolean {
    let at = 0;
    while (this.#partialBytes > 0 && at < chunk.length) {
      const wanted = this.#partialBytes < headerBytes ? headerBytes : this.#wantedBytes();
      if (wanted === 0) return false;
      at += this.#fill(chunk, at, wanted);
      if (this.#partialBytes < headerBytes || this.#partialBytes < this.#wantedBytes()) continue;
      if (this.#wantedBytes() === 0) return false;
      this.#handle(this.#partial, 0, this.#partialBytes);
      this.#partialBytes = 0;
    }
    while (chunk.length - at >= headerBytes) {
      const length = chunk.readUInt32BE(at);
      if (length < frameMinBytes || length > frameMaxBytes) return false;
      const end = at + headerBytes + length;
      if (end > chunk.length) break;
      this.#handle(chunk, at, end);
      at = end;
    }
    if (at < chunk.length) this.#fill(chunk, at, chunk.length - at);
    return true;
  }

  /** Size of the frame in the making with its header; 0 when that cannot be. */
  #wantedBytes(): number {
    const length = this.#partial.readUInt32BE(0);
    return length < frameMinBytes || length > frameMaxBytes ? 0 : headerBytes + length;
  }

  #fill(chunk: Buffer, at: number, wanted: number): number {
    const count = Math.min(
      wanted > this.#partialBytes ? wanted - this.#partialBytes : 0,
      chunk.length - at,
    );
    const needed = this.#partialBytes + count;
    if (needed > this.#partial.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#partial.length * 2));
      this.#partial.copy(larger, 0, 0, this.#partialBytes);
      this.#partial = larger;
    }
    chunk.copy(this.#partial, this.#partialBytes, at, at + count);
    this.#partialBytes += count;
    return count;
  }
}

/** Bytes queued towards one NIC; a frame for which there is no room is dropped whole, as a switch does. */
export class FrameQueue {
  readonly #maxBytes: number;
  #bytes = Buffer.allocUnsafe(initialBytes);
  #start = 0;
  #end = 0;
  droppedCount = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** Copies a frame with its header to the end. */
  push(source: Buffer, start: number, end: number): void {
    const count = end - start;
    if (this.#end + count > this.#bytes.length && !this.#makeRoom(count)) {
      this.droppedCount++;
      return;
    }
    source.copy(this.#bytes, this.#end, start, end);
    this.#end += count;
  }

  /** Gives the bytes to `write`, which says how many it took. */
  drain(write: (bytes: Buffer, offset: number, length: number) => number): void {
    if (this.#start === this.#end) return;
    this.#start += Math.max(0, write(this.#bytes, this.#start, this.#end - this.#start));
    if (this.#start === this.#end) this.clear();
  }

  clear(): void {
    this.#start = 0;
    this.#end = 0;
  }

  #makeRoom(count: number): boolean {
    const needed = this.length + count;
    if (needed > this.#maxBytes) return false;
    const isRoomy = needed <= this.#bytes.length / 2;
    const target = isRoomy
      ? this.#bytes
      : Buffer.allocUnsafe(Math.min(this.#maxBytes, Math.max(needed, this.#bytes.length * 2)));
    this.#bytes.copy(target, 0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
    this.#bytes = target;
    return true;
  }
}
