/** `docker attach`. */
import type { Duplex } from "node:stream";
import { VicError } from "../../errors/errors.ts";
import { drained } from "../../http/send.ts";
import type { Container } from "../../portlayer/api/types.ts";
import { FrameTracker } from "../wire/broken-frames.ts";
import { parseDetachKeys } from "../wire/detach-keys.ts";
import type { Engine } from "./engine.ts";
import { attributesOf } from "./lifecycle.ts";
import { checkReadable } from "./log-config.ts";
import { findContainer } from "./lookup.ts";
import { formatLog } from "./logs.ts";
import { join, type Ending } from "./streams.ts";

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
  if (options.logs) checkReadable(container);
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
      const ending = endingOf(engine, container);
      const joined = { stdin, ending, ...(process.tty ? { detachKeys: keys } : {}) };
      if ((await join(client, live, joined)) === "detached")
        await engine.events.emit("container", "detach", record.id, attributesOf(record));
    },
  };
}

/** A client must not take output that broke off for all of it. */
function endingOf(engine: Engine, container: Container): Ending {
  const tracker = new FrameTracker();
  return {
    push: (bytes) => tracker.push(bytes),
    async last() {
      if (await hasEnded(engine, container)) return undefined;
      const text = `the connection to container ${container.record.name} broke, which goes on`;
      return container.process.tty ? Buffer.from(`\r\n${text}\r\n`) : tracker.error(text);
    },
  };
}

/** When its streams have ended and it has not, the connection to it broke. */
async function hasEnded(engine: Engine, { record }: Container): Promise<boolean> {
  // It may be running again.
  if (record.restartPolicy.name !== "no") return true;
  try {
    const signal = AbortSignal.timeout(engine.attachEndMs);
    await (
      await engine.portLayer.wait(record.id, "not-running", signal)
    ).result;
    return true;
  } catch (error) {
    return VicError.from(error).code === "not-found";
  }
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
