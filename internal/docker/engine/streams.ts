/** Joins a client's hijacked connection to the stream of a process. */
import type { Duplex } from "node:stream";
import { onceEnded } from "../../http/ended.ts";
import { DetachWatcher } from "../wire/detach-keys.ts";

/** A client that has read everything but does not hang up is cut off after this. */
const lingerMs = 10_000;

/** How the two are joined. */
export interface JoinOptions {
  /** Pass the client's bytes on. */
  stdin: boolean;
  /** Watch for these keys. */
  detachKeys?: Uint8Array;
  /** What the client gets of the process's next bytes: with frames put around them, or taken off. */
  reshape?: (bytes: Uint8Array) => Uint8Array;
  ending?: Ending;
}

/** Says how the process's side ended. */
export interface Ending {
  /** Sees all that goes to the client. */
  push(bytes: Uint8Array): void;
  /** What the client still has to be told; nothing when the process came to its end by itself. */
  last(): Promise<Uint8Array | undefined>;
}

/**
 * Copies both ways until the process's side ends or the client goes; resolves then, with whether it went by its keys. Never
 * rejects.
 */
export function join(
  client: Duplex,
  process: Duplex,
  options: JoinOptions,
): Promise<"detached" | "ended"> {
  return new Promise((done) => {
    const leave = (how: "detached" | "ended") => {
      process.destroy();
      hangUp(client);
      done(how);
    };
    const finish = () => leave("ended");
    let isOver = false;
    const end = () => {
      if (!isOver) void ended();
      isOver = true;
    };
    const ended = async () => {
      const last = client.destroyed ? undefined : await options.ending?.last();
      if (last && !client.destroyed && !client.writableEnded) client.write(last);
      finish();
    };
    client.on("error", () => {});
    process.on("error", () => {});
    if (client.destroyed || process.destroyed) return finish();
    process.on("data", (bytes: Uint8Array) => options.ending?.push(bytes));
    copy(process, client, end, options.reshape);
    process.once("close", end);
    client.once("close", finish);
    if (!options.stdin) {
      // The CLI closes its half at once when it has nothing to send.
      client.resume();
      return;
    }
    if (options.detachKeys) {
      const watcher = new DetachWatcher(options.detachKeys);
      copyWatched(client, process, watcher, () => leave("detached"));
    } else {
      copy(client, process, () => process.end());
    }
  });
}

/** Copies with backpressure; `onEnd` when `from` has ended. */
function copy(
  from: Duplex,
  to: Duplex,
  onEnd: () => void,
  reshape = (chunk: Uint8Array) => chunk,
): void {
  from.on("data", (chunk: Uint8Array) => {
    if (to.destroyed || to.writableEnded || to.write(reshape(chunk))) return;
    from.pause();
    to.once("drain", () => from.resume());
  });
  onceEnded(from, onEnd);
  from.resume();
}

function copyWatched(from: Duplex, to: Duplex, watcher: DetachWatcher, onDetach: () => void): void {
  from.on("data", (chunk: Uint8Array) => {
    const { bytes, isDetached } = watcher.push(chunk);
    if (isDetached) return onDetach();
    if (bytes.length === 0 || to.destroyed || to.writableEnded || to.write(bytes)) return;
    from.pause();
    to.once("drain", () => from.resume());
  });
  onceEnded(from, () => {
    const held = watcher.flush();
    if (held.length > 0 && !to.destroyed) to.write(held);
    to.end();
  });
  from.resume();
}

/**
 * Ends our half and reads on until the client ends its own: closing a socket with unread bytes resets it, and the
 * client would lose the end of the output.
 */
function hangUp(client: Duplex): void {
  if (client.destroyed) return;
  client.end();
  client.removeAllListeners("data");
  client.resume();
  const timer = setTimeout(() => client.destroy(), lingerMs);
  timer.unref?.();
  client.once("end", () => client.once("finish", () => client.destroy()));
  client.once("close", () => clearTimeout(timer));
}
