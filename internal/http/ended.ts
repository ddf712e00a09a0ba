/** Noticing the end of a stream that may have come already. */
import type { Readable } from "node:stream";

/**
 * Calls back once `stream` has ended, at once when it has already. A peer that ends without having sent a byte makes
 * even a paused stream emit `end`, so a listener added later never hears it.
 */
export function onceEnded(stream: Readable, callback: () => void): void {
  if (stream.readableEnded) callback();
  else stream.once("end", callback);
}
