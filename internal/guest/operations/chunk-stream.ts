import { VicError } from "../../errors/errors.ts";
import { chunkBytes, chunkWindow, type StreamMessage } from "../tools-wire.ts";

/**
 * The bytes of one call on the tools channel, in either direction. Each end keeps at most a window of pieces: a sender
 * waits for acknowledgements, and a receiver gives one for each piece that its reader has taken.
 */
export class ChunkStream {
  readonly #id: number;
  readonly #send: (message: StreamMessage) => void;
  readonly #received: Uint8Array[] = [];
  #unacknowledged = 0;
  #hasEnded = false;
  #failure: Error | undefined;
  #wakers: (() => void)[] = [];

  constructor(id: number, send: (message: StreamMessage) => void) {
    this.#id = id;
    this.#send = send;
  }

  /** Sends bytes, in pieces; resolves once the last of them is on its way. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      while (this.#unacknowledged >= chunkWindow && !this.#failure) await this.#change();
      if (this.#failure) throw this.#failure;
      this.#unacknowledged++;
      const piece = bytes.subarray(at, at + chunkBytes);
      this.#send({ data: this.#id, bytes: Buffer.from(piece).toString("base64") });
    }
  }

  /** Says that there are no more bytes. */
  end(): void {
    if (!this.#failure) this.#send({ end: this.#id });
  }

  /** The bytes that the peer sends, to its end. */
  async *read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = this.#received.shift();
      if (piece) {
        this.#send({ ack: this.#id });
        yield piece;
      } else if (this.#failure) throw this.#failure;
      else if (this.#hasEnded) return;
      else await this.#change();
    }
  }

  /** Takes what the peer sent for this call. */
  receive(message: StreamMessage): void {
    if ("ack" in message) this.#unacknowledged = Math.max(0, this.#unacknowledged - 1);
    else if ("end" in message) this.#hasEnded = true;
    else if (this.#received.length >= chunkWindow || this.#hasEnded) {
      return this.fail(new VicError("invalid", "more bytes than were asked for"));
    } else this.#received.push(Buffer.from(message.bytes, "base64"));
    this.#wake();
  }

  /** Ends whoever waits on either side; the first reason counts. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wakers.push(resolve));
  }

  #wake(): void {
    for (const wake of this.#wakers.splice(0)) wake();
  }
}

/** A message of a stream; undefined when the JSON is none. */
export function parseStreamMessage(json: Record<string, unknown>): StreamMessage | undefined {
  const { data, bytes, end, ack } = json;
  if (Number.isSafeInteger(data) && typeof bytes === "string")
    return { data: data as number, bytes };
  if (Number.isSafeInteger(end)) return { end: end as number };
  if (Number.isSafeInteger(ack)) return { ack: ack as number };
  return undefined;
}

/** Which call a message belongs to. */
export function callOf(message: StreamMessage): number {
  if ("data" in message) return message.data;
  return "end" in message ? message.end : message.ack;
}
