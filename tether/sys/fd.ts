/** Reading and writing descriptors without ever blocking the event loop or one of Bun's (two) pool threads. */
import { closeSync, writeSync } from "node:fs";
import { setNonBlocking } from "./libc.ts";

const retryFirstMs = 1;
const retryLastMs = 50;

/** Bytes of a pipe or PTY as they come. Driven by readiness events: what nobody reads stays in the kernel. */
export class FdReader {
  readonly #fd: number;
  readonly #reader: {
    read(): Promise<{ value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
  #isClosed = false;

  /** Takes over `fd`. */
  constructor(fd: number) {
    setNonBlocking(fd);
    this.#fd = fd;
    this.#reader = Bun.file(fd).stream().getReader();
  }

  /** The next bytes; undefined at the end, which for a PTY is EIO once all its users are gone. */
  async read(): Promise<Uint8Array | undefined> {
    try {
      const { value } = await this.#reader.read();
      return value;
    } catch {
      return undefined;
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // Rejects when the stream has failed before.
    this.#reader.cancel().catch(() => {});
    closeSync(this.#fd);
  }
}

/**
 * Writes to a pipe or PTY. Bun's FileSink blocks the whole process on a PTY whose reader has stopped, so this waits by
 * timer, which costs nothing while the reader keeps up.
 */
export class FdWriter {
  readonly #fd: number;
  readonly #isShared: boolean;
  #isClosed = false;
  #tail: Promise<void> = Promise.resolve();

  /** Takes over `fd`, or only uses it when it is shared with an {@link FdReader}. */
  constructor(fd: number, options: { isShared: boolean }) {
    setNonBlocking(fd);
    this.#fd = fd;
    this.#isShared = options.isShared;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Resolves once all bytes are in the kernel; rejects EPIPE when the reader is gone or `close` was called. */
  write(bytes: Uint8Array): Promise<void> {
    const written = this.#tail.then(() => this.#writeAll(bytes));
    this.#tail = written.catch(() => {});
    return written;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (!this.#isShared) closeSync(this.#fd);
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    let delayMs = retryFirstMs;
    for (let at = 0; at < bytes.length;) {
      if (this.#isClosed) throw Object.assign(new Error("closed"), { code: "EPIPE" });
      try {
        at += writeSync(this.#fd, bytes, at);
        delayMs = retryFirstMs;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
        await Bun.sleep(delayMs);
        delayMs = Math.min(delayMs * 2, retryLastMs);
      }
    }
  }
}
