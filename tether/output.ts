/** What a process writes, given to its log and to every attached client, no faster than the slowest of them takes it. */
import type { OutputStream } from "../internal/guest/stdcopy.ts";
import { FdReader } from "./sys/fd.ts";

/** Takes output; a rejection means that it has gone and is dropped. */
export type Sink = (stream: OutputStream, bytes: Uint8Array) => Promise<void>;

/** Bytes read at once can be more than a sink wants at once. */
const pieceBytes = 32 * 1024;

/** See the file's head. */
export class Output {
  readonly #sinks = new Set<Sink>();
  readonly #readers: FdReader[] = [];
  readonly #pumps: Promise<void>[] = [];

  /** Adds a receiver; returns how to remove it. */
  add(sink: Sink): () => void {
    this.#sinks.add(sink);
    return () => void this.#sinks.delete(sink);
  }

  /** Reads a descriptor until its end. */
  pump(stream: OutputStream, fd: number): void {
    const reader = new FdReader(fd);
    this.#readers.push(reader);
    this.#pumps.push(this.#run(stream, reader));
  }

  /** Resolves when every descriptor has been read to its end and everything was delivered. */
  async finished(): Promise<void> {
    await Promise.all(this.#pumps);
  }

  /** Stops reading; for descriptors that some left-over process keeps open. */
  close(): void {
    for (const reader of this.#readers) reader.close();
  }

  async #run(stream: OutputStream, reader: FdReader): Promise<void> {
    for (let bytes = await reader.read(); bytes !== undefined; bytes = await reader.read()) {
      for (let at = 0; at < bytes.length; at += pieceBytes)
        await this.#deliver(stream, bytes.subarray(at, at + pieceBytes));
    }
    reader.close();
  }

  async #deliver(stream: OutputStream, bytes: Uint8Array): Promise<void> {
    const deliveries = [...this.#sinks].map((sink) =>
      sink(stream, bytes).catch(() => void this.#sinks.delete(sink)),
    );
    await Promise.all(deliveries);
  }
}
