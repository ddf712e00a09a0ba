/** One call's two byte streams, with the window of each direction. Owned by a Mux; see mux.ts. */
import { VicError } from "../errors/errors.ts";
import { frameMaxBytes, frameTypes, windowBytes } from "./control.ts";
import { damaged, encodeFrame } from "./frame.ts";

/** What a handler or a caller sees of a call's bytes. */
export interface ByteStream {
  /** Bytes of the other side; ends when it ended its direction. Throws when the connection is lost. One reader. */
  readonly readable: AsyncIterable<Uint8Array>;
  /** The next bytes of the other side, undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
  /** Resolves when the bytes are on their way: await it, that is the backpressure. */
  write(bytes: Uint8Array): Promise<void>;
  /** No more bytes from this side; what was written before still goes out. */
  end(): void;
}

/** Grant again once this much was taken, so that the sender need not pause for every frame. */
const grantBytes = windowBytes / 2;
/** Small enough that streams share a connection fairly. */
const dataFrameBytes = Math.min(frameMaxBytes, 32 * 1024);

interface Outgoing {
  bytes: Uint8Array;
  at: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** What the stream needs of its Mux. */
export interface StreamOwner {
  /** The stream has something to send. */
  ready(stream: MuxStream): void;
  /** The receiver took bytes: grant as many. */
  grant(stream: MuxStream, bytes: number): void;
}

/** See the file's head. */
export class MuxStream implements ByteStream {
  readonly id: number;
  readonly #owner: StreamOwner;
  #sendWindow = windowBytes;
  #outgoing: Outgoing[] = [];
  #isEndWanted = false;
  #isEndSent = false;
  #lastFrame: Uint8Array | undefined;
  #incoming: Uint8Array[] = [];
  #incomingBytes = 0;
  #ungrantedBytes = 0;
  #isIncomingEnded = false;
  /** Set once nothing can be sent any more. */
  #closed: VicError | undefined;
  /** Set when the incoming bytes were cut off. */
  #lost: VicError | undefined;
  #wakeReader: (() => void) | undefined;

  constructor(id: number, owner: StreamOwner) {
    this.id = id;
    this.#owner = owner;
  }

  get readable(): AsyncIterable<Uint8Array> {
    return {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          const value = await this.read();
          return value === undefined ? { done: true, value } : { done: false, value };
        },
      }),
    };
  }

  async read(): Promise<Uint8Array | undefined> {
    while (this.#incoming.length === 0) {
      if (this.#lost !== undefined) throw this.#lost;
      if (this.#isIncomingEnded) return undefined;
      await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    }
    const bytes = this.#incoming.shift()!;
    this.#incomingBytes -= bytes.length;
    this.#ungrantedBytes += bytes.length;
    if (
      this.#ungrantedBytes >= grantBytes &&
      !this.#isIncomingEnded &&
      this.#closed === undefined
    ) {
      this.#owner.grant(this, this.#ungrantedBytes);
      this.#ungrantedBytes = 0;
    }
    return bytes;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    if (this.#isEndWanted) throw new RangeError("write after end");
    if (bytes.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#outgoing.push({ bytes, at: 0, resolve, reject });
      if (this.hasFrame) this.#owner.ready(this);
    });
  }

  end(): void {
    if (this.#isEndWanted || this.#closed !== undefined) return;
    this.#isEndWanted = true;
    if (this.hasFrame) this.#owner.ready(this);
  }

  /** Sends `frame` after everything else. */
  finish(frame: Uint8Array): void {
    this.#lastFrame = frame;
    this.#isEndWanted = true;
    this.#isEndSent = true;
    if (this.hasFrame) this.#owner.ready(this);
  }

  /** Something can be sent within the window. */
  get hasFrame(): boolean {
    if (this.#outgoing.length > 0) return this.#sendWindow > 0;
    return (this.#isEndWanted && !this.#isEndSent) || this.#lastFrame !== undefined;
  }

  /** Takes the next frame to send. */
  takeFrame(): { frame: Uint8Array; isLast: boolean } | undefined {
    if (!this.hasFrame) return undefined;
    const next = this.#outgoing[0];
    if (next !== undefined) {
      const end = Math.min(next.bytes.length, next.at + Math.min(this.#sendWindow, dataFrameBytes));
      const frame = encodeFrame(frameTypes.data, this.id, next.bytes.subarray(next.at, end));
      this.#sendWindow -= end - next.at;
      next.at = end;
      if (end === next.bytes.length) {
        this.#outgoing.shift();
        next.resolve();
      }
      return { frame, isLast: false };
    }
    if (!this.#isEndSent) {
      this.#isEndSent = true;
      return { frame: encodeFrame(frameTypes.end, this.id), isLast: false };
    }
    const frame = this.#lastFrame!;
    this.#lastFrame = undefined;
    return { frame, isLast: true };
  }

  /** Bytes arrived. Throws `damaged` when the sender ignores the window. */
  receive(bytes: Uint8Array): void {
    if (this.#isIncomingEnded) throw damaged("data after the end of a stream");
    if (this.#incomingBytes + this.#ungrantedBytes + bytes.length > windowBytes)
      throw damaged("more data than the window allows");
    if (bytes.length === 0) return;
    this.#incoming.push(bytes);
    this.#incomingBytes += bytes.length;
    this.#wake();
  }

  /** The other side sends no more. */
  receiveEnd(): void {
    this.#isIncomingEnded = true;
    this.#wake();
  }

  /** The other side can take `bytes` more. */
  receiveWindow(bytes: number): void {
    this.#sendWindow += bytes;
    if (this.#sendWindow > windowBytes) throw damaged("a window grew beyond its limit");
    if (this.hasFrame) this.#owner.ready(this);
  }

  /** The call is over: writes fail from now on; with `lost`, reads too once what arrived has been read. */
  close(reason: VicError, lost: boolean): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    if (lost && !this.#isIncomingEnded) this.#lost = reason;
    else this.#isIncomingEnded = true;
    this.#lastFrame = undefined;
    for (const { reject } of this.#outgoing.splice(0)) reject(reason);
    this.#wake();
  }

  #wake(): void {
    this.#wakeReader?.();
    this.#wakeReader = undefined;
  }
}
