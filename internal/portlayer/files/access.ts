/** The files of a container, wherever they can be reached: in its VM while it runs, on its disks when it does not. */
import { VicError } from "../../errors/errors.ts";
import { makeFolders } from "../../guest/files/folders.ts";
import { respond, type FileRequest } from "../../guest/files/requests.ts";
import { refresh } from "../exec/edit.ts";
import type { Entry } from "../exec/entry.ts";
import { containerFolder, publish, type ExecParts } from "../exec/parts.ts";
import { runningMux } from "../exec/pause.ts";
import { settle } from "../exec/start.ts";
import { vmFiles } from "../exec/vm-spec.ts";
import { withFiles } from "./offline.ts";

/** What goes in and where the answer goes; resolves when there is room for more. */
export interface Exchange {
  input: AsyncIterable<Uint8Array>;
  write(bytes: Uint8Array): Promise<void>;
}

/** Does what `request` asks; see `respond` for what is written. */
export async function accessFiles(
  parts: ExecParts,
  entry: Entry,
  request: FileRequest,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<void> {
  if (entry.isRunning) return live(parts, entry, request, exchange, signal);
  await entry.lock.run(async () => {
    signal.throwIfAborted();
    if (entry.isGone) throw new VicError("not-found", `No such container: ${entry.id}`);
    // It was started while this waited for its turn.
    if (entry.isRunning) return live(parts, entry, request, exchange, signal);
    await settle(parts, entry);
    await parts.releaseLogs(entry.id);
    entry.isMounted = true;
    try {
      const { image, scratch } = vmFiles(containerFolder(parts.config, entry.id), entry.id);
      const { rootfs, folders = [] } = entry.facts.config;
      const { partitions } = rootfs;
      const isWritable = request.kind === "write";
      const name = entry.id.slice(0, 12);
      await withFiles(
        parts.offline,
        name,
        { image, scratch, partitions },
        isWritable,
        async (files) => {
          // A container that never ran does not have them yet.
          if (isWritable) makeFolders(files.root, folders);
          for await (const bytes of respond(files, request, exchange.input)) {
            signal.throwIfAborted();
            await exchange.write(bytes);
          }
        },
      );
    } finally {
      entry.isMounted = false;
      entry.wake();
    }
  });
}

async function live(
  parts: ExecParts,
  entry: Entry,
  request: FileRequest,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<void> {
  const isHeld = request.kind === "layer" && request.hold === true && !entry.isPaused;
  if (!isHeld) return ask(parts, entry, request, exchange, signal);
  publish(parts, entry, "pause");
  try {
    await ask(parts, entry, request, exchange, signal);
  } finally {
    publish(parts, entry, "unpause");
    // The tether has stored that it goes on before it answered.
    await refresh(parts, entry).catch(() => {});
  }
}

async function ask(
  parts: ExecParts,
  entry: Entry,
  request: FileRequest,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<void> {
  const mux = await runningMux(parts, entry);
  const { stream, result } = mux.call("files", request, signal);
  const sent = (async () => {
    for await (const bytes of exchange.input) await stream.write(bytes);
    stream.end();
  })();
  // When the other side has had enough, its result says why.
  sent.catch(() => {});
  for await (const bytes of stream.readable) await exchange.write(bytes);
  await result;
}
