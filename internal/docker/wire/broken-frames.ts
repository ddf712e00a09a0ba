/** How a client of a framed stream (guest/stdcopy.ts) is told that the stream broke off. */

const headerBytes = 8;
const lengthAt = 4;
/** Docker's clients take such a frame for an error of the daemon. */
const errorStream = 3;

/** Follows a framed stream, to know what the frame that has begun lacks. */
export class FrameTracker {
  #header = Buffer.alloc(0);
  #left = 0;

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      if (this.#left > 0) {
        const count = Math.min(this.#left, bytes.length - at);
        this.#left -= count;
        at += count;
        continue;
      }
      const part = bytes.subarray(at, at + headerBytes - this.#header.length);
      this.#header = Buffer.concat([this.#header, part]);
      at += part.length;
      if (this.#header.length < headerBytes) return;
      this.#left = this.#header.readUInt32BE(lengthAt);
      this.#header = Buffer.alloc(0);
    }
  }

  /** Fills up the frame that has begun, with zeros, and adds one with `message` as an error. */
  error(message: string): Uint8Array {
    const filling: Buffer[] = [];
    if (this.#header.length > 0) {
      const rest = Buffer.alloc(headerBytes - this.#header.length);
      filling.push(rest);
      this.#left = Buffer.concat([this.#header, rest]).readUInt32BE(lengthAt);
    }
    filling.push(Buffer.alloc(this.#left));
    const header = Buffer.alloc(headerBytes);
    header[0] = errorStream;
    header.writeUInt32BE(Buffer.byteLength(message), lengthAt);
    return Buffer.concat([...filling, header, Buffer.from(message)]);
  }
}
