/** `docker attach`. */
import type { Duplex } from "node:stream";
import { VicError } from "../../errors/errors.ts";
import { drained } from "../../http/send.ts";
import { parseDetachKeys } from "../wire/detach-keys.ts";
import type { Engine } from "./engine.ts";
import { findContainer } from "./lookup.ts";
import { formatLog } from "./logs.ts";
import { join } from "./streams.ts";

/** What to attach. */
export interface AttachOptions {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  /** Replay what was logged. */
  logs: boolean;
  /** Follow the process. */
  stream: boolean;
  detachKeys: string;
}

/** Joined to the process; waits for a client. */
export interface Attachment {
  isTty: boolean;
  /** Serves the client's connection to its end. */
  serve(client: Duplex): Promise<void>;
}

/** Attaches to the process first, so that a failure can still be answered as an error. */
export async function attachContainer(
  engine: Engine,
  ref: string,
  options: AttachOptions,
  signal: AbortSignal,
): Promise<Attachment> {
  const container = await findContainer(engine, ref);
  const { record, process } = container;
  const keys = parseDetachKeys(options.detachKeys);
  if (container.status === "removing" || container.status === "dead") {
    throw new VicError("conflict", `container ${record.id} is ${container.status}`);
  }
  if (container.isPaused) {
    throw new VicError(
      "conflict",
      `container ${record.id} is paused, unpause the container before attach`,
    );
  }
  const { stdout, stderr } = options;
  const stdin = options.stdin && process.openStdin;
  const live = options.stream
    ? await engine.portLayer.attach(record.id, { stdin, stdout, stderr }, signal)
    : undefined;
  return {
    isTty: process.tty,
    async serve(client) {
      try {
        if (options.logs) await replay(engine, record.id, options, process.tty, client, signal);
      } catch {
        live?.destroy();
        client.destroy();
        return;
      }
      if (!live) return void client.end();
      await join(client, live, { stdin, ...(process.tty ? { detachKeys: keys } : {}) });
    },
  };
}

async function replay(
  engine: Engine,
  id: string,
  options: AttachOptions,
  isTty: boolean,
  client: Duplex,
  signal: AbortSignal,
): Promise<void> {
  const { stdout, stderr } = options;
  if (!stdout && !stderr) return;
  const query = { follow: false, stdout, stderr, tail: -1 };
  const entries = await engine.portLayer.logs(id, query, signal);
  const reader = formatLog(entries, {
    isRaw: isTty,
    timestamps: false,
    details: false,
  }).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    if (client.destroyed) return void reader.cancel();
    if (!client.write(value)) await drained(client);
  }
}
