/** What the users of a Mux (mux.ts) give to it and get from it. */
import type { Calls, Hello, Method } from "./control.ts";
import type { ByteStream } from "./mux-stream.ts";

/** A connection's bytes. */
export interface Transport {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** A promise when the caller should wait before the next write. */
  write(bytes: Uint8Array): Promise<void> | undefined;
  close(): void;
}

/** Answers one method's calls. `signal` aborts when the caller gives up or the connection is lost. */
export type Handler<M extends Method> = (
  params: Calls[M]["params"],
  stream: ByteStream,
  signal: AbortSignal,
) => Promise<Calls[M]["result"]>;
/** Handlers by method; a method without one is answered `unsupported`. */
export type Handlers = { [M in Method]?: Handler<M> };

/** A call in progress. */
export interface Call<M extends Method> {
  /** The call's bytes; unused where the method has none. */
  stream: ByteStream;
  /** Rejects with the callee's error, `cancelled` or `unavailable`. */
  result: Promise<Calls[M]["result"]>;
}

/** Options of a {@link Mux}. */
export interface MuxOptions {
  side: "appliance" | "tether";
  /** Sent first; the tether's side. */
  hello?: Hello;
  /** Calls wait for handlers that are still to come. */
  handlers?: Handlers | Promise<Handlers>;
  pingMs?: number;
  deadMs?: number;
}
