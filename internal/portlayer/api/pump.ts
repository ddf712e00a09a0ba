/** Between a hijacked connection and a call's byte stream, with backpressure and half-close both ways. */
import type { Duplex } from "node:stream";
import type { ByteStream } from "../../guest/mux.ts";
import { onceEnded } from "../../http/ended.ts";
import { drained } from "../../http/send.ts";

/** A client that has got everything is cut off when it has not hung up by then. */
const lingerMs = 10_000;

/** Options of {@link pump}. */
export interface PumpOptions {
  /** Client's bytes go to the stream; otherwise they are dropped. */
  takesInput: boolean;
  /** When the client goes, the rest is read and dropped: the process must not stand still for want of a reader. */
  drains?: boolean;
}

/** Resolves when the stream has ended and its bytes are written, or either side is gone. Never rejects. */
export async function pump(
  socket: Duplex,
  stream: ByteStream,
  { takesInput, drains = false }: PumpOptions,
): Promise<void> {
  if (takesInput) feed(socket, stream);
  else socket.resume();
  try {
    for await (const bytes of stream.readable) {
      if (socket.destroyed && !drains) return;
      if (socket.destroyed) continue;
      if (!socket.write(bytes)) await drained(socket);
    }
  } catch {
    // The connection to the VM is gone; all the client can see is the end.
  }
}

/** Ends a connection whose work is done. */
export function finish(socket: Duplex, lastBytes?: Uint8Array): void {
  if (socket.destroyed) return;
  socket.end(lastBytes);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(timer));
}

function feed(socket: Duplex, stream: ByteStream): void {
  socket.on("data", (bytes: Buffer) => {
    socket.pause();
    stream.write(bytes).then(
      () => socket.resume(),
      // The process takes no more input: what the client still sends is dropped.
      () => {
        socket.removeAllListeners("data");
        socket.resume();
      },
    );
  });
  // The client of an attach before the start may have nothing to send, and said so long ago.
  onceEnded(socket, () => stream.end());
  socket.once("close", () => stream.end());
  socket.resume();
}
