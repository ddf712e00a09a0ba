import { lstat } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { VicError } from "../../errors/errors.ts";

/** First pause between two attempts, milliseconds; each is longer than the one before by {@link pauseGrowth}. */
const pauseMinMs = 2;
const pauseMaxMs = 100;
/** A QEMU takes 50 to 100 ms to listen: the last pause before that is on average what a clone waits too long. */
const pauseGrowth = 1.15;

/** Connects to a unix socket. A link is not followed: QEMU's user could make it lead to another VM's. */
export async function dial(path: string): Promise<Socket> {
  const isLink = await lstat(path).then(
    (info) => info.isSymbolicLink(),
    () => false,
  );
  if (isLink) throw new VicError("forbidden", `${path} is a link`);
  return new Promise((fulfil, reject) => {
    const socket = connect({ path });
    const fail = (cause: Error) => {
      socket.destroy();
      reject(new VicError("unavailable", `nobody answers at ${path}`, { cause }));
    };
    socket.once("error", fail);
    socket.once("connect", () => {
      socket.off("error", fail);
      fulfil(socket);
    });
  });
}

/** Connects to the socket of a process that is just starting; gives up at the signal. */
export async function dialUntil(path: string, signal: AbortSignal): Promise<Socket> {
  for (let pauseMs = pauseMinMs; ; pauseMs = Math.min(pauseMs * pauseGrowth, pauseMaxMs)) {
    try {
      return await dial(path);
    } catch (error) {
      if (signal.aborted) throw error;
      await Bun.sleep(pauseMs);
    }
  }
}
