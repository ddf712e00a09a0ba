import type { Socket } from "bun";
import { FrameQueue, FrameReader, type FrameHandler } from "./frame-buffer.ts";

/** Frames waiting for a NIC that does not keep up, bytes: a few round trips of bulk transfer. */
const queueMaxBytes = 512 * 1024;
/** Pauses between attempts to connect, milliseconds. */
const pauseMinMs = 5;
const pauseMaxMs = 1000;

/**
 * The cable to one QEMU `stream` netdev. QEMU is the server, because its client end cannot connect again (before
 * version 8), and vic-host must be able to come back after a restart.
 */
export class Link {
  readonly #path: string;
  readonly #reader: FrameReader;
  readonly #queue = new FrameQueue(queueMaxBytes);
  readonly #afterBatch: () => void;
  #socket: Socket | undefined;
  #pauseMs = pauseMinMs;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `afterBatch` is called when all frames of a read have been handled. */
  constructor(path: string, handle: FrameHandler, afterBatch: () => void) {
    this.#path = path;
    this.#reader = new FrameReader(handle);
    this.#afterBatch = afterBatch;
    this.#connect();
  }

  get isConnected(): boolean {
    return this.#socket !== undefined;
  }

  get droppedCount(): number {
    return this.#queue.droppedCount;
  }

  /** Queues a frame with its header; {@link flush} sends it. Without a connection it is lost. */
  send(bytes: Buffer, start: number, end: number): void {
    if (this.#socket) this.#queue.push(bytes, start, end);
  }

  flush(): void {
    const socket = this.#socket;
    if (socket) this.#queue.drain((bytes, offset, length) => socket.write(bytes, offset, length));
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  #connect(): void {
    const lost = (socket: Socket) => {
      if (this.#socket === socket) this.#retry();
    };
    const connecting = Bun.connect({
      unix: this.#path,
      socket: {
        open: (socket) => {
          this.#socket = socket;
          this.#pauseMs = pauseMinMs;
          if (this.#isClosed) socket.terminate();
        },
        data: (socket, chunk) => {
          // A frame cut in half by the end of an earlier connection shows as nonsense: connect afresh, and QEMU starts
          // with a whole one.
          if (!this.#reader.push(chunk)) socket.terminate();
          this.#afterBatch();
        },
        drain: () => this.flush(),
        close: lost,
        error: lost,
      },
    });
    connecting.catch(() => this.#retry());
  }

  #retry(): void {
    this.#socket = undefined;
    this.#reader.reset();
    this.#queue.clear();
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), this.#pauseMs);
    this.#timer.unref();
    this.#pauseMs = Math.min(this.#pauseMs * 2, pauseMaxMs);
  }
}
