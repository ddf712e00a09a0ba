/**
 * The state of a machine in a file: QEMU's migration stream. QEMU cannot write it itself (its sandbox lets it start no
 * program, and `file:` came after 7.2), so it sends the stream to a socket of ours; for the way back it gets the open
 * file as descriptor {@link stateDescriptor}.
 */
import { createServer, type Server, type Socket } from "node:net";
import { createWriteStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { VicError } from "../../errors/errors.ts";
import type { Identity } from "./identity.ts";
import type { Qmp } from "./qmp.ts";

/** Number under which a restored QEMU finds its state file. */
const stateDescriptor = 3;
/** Nothing else runs meanwhile: as fast as it goes, bytes a second. */
const bandwidth = 2 ** 40;
/** How often QEMU is asked how far it is, milliseconds: a clone's state is loaded in a few. */
const pollFirstMs = 1;
const pollMs = 20;
/** Longest time without any progress, milliseconds. */
const stallTimeoutMs = 60_000;

interface MigrationInfo {
  status?: string;
  "error-desc"?: string;
  ram?: { transferred: number; remaining: number; total: number };
}

/** Writes the state of a stopped machine to a new file. `socketPath` is free for a socket of that time. */
export async function saveState(
  qmp: Qmp,
  files: { path: string; socketPath: string; identity: Identity },
  options: { isSharedMemory?: boolean; progress?: ((percent: number) => void) | undefined } = {},
): Promise<void> {
  const { path, socketPath } = files;
  await rm(socketPath, { force: true });
  const server = createServer({ allowHalfOpen: true });
  try {
    const written = receive(server, path);
    written.catch(() => undefined);
    await listen(server, socketPath);
    files.identity.allow(socketPath, "write");
    await prepare(qmp, options.isSharedMemory ?? false);
    await qmp.execute("migrate-set-parameters", { "max-bandwidth": bandwidth });
    await qmp.execute("migrate", { uri: `unix:${socketPath}` });
    await Promise.race([
      migrated(qmp, options.progress),
      written.then(() => new Promise(() => {})),
    ]);
    await written;
    await using file = await open(path, "r");
    await file.sync();
  } catch (error) {
    await qmp.execute("migrate_cancel").catch(() => undefined);
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST") await rm(path, { force: true });
    if (code === "ENOSPC" || code === "EDQUOT") {
      throw new VicError("exhausted", "there is no room for the state of the VM", { cause: error });
    }
    throw error;
  } finally {
    server.close();
    await rm(socketPath, { force: true });
  }
}

/** Loads the state into a QEMU that was started with `-incoming defer`; it stays stopped. */
export async function loadState(qmp: Qmp, isSharedMemory: boolean): Promise<void> {
  await prepare(qmp, isSharedMemory);
  await qmp.execute("migrate-incoming", { uri: `fd:${stateDescriptor}` });
  await migrated(qmp);
}

async function prepare(qmp: Qmp, isSharedMemory: boolean): Promise<void> {
  const capabilities = [{ capability: "x-ignore-shared", state: isSharedMemory }];
  await qmp.execute("migrate-set-capabilities", { capabilities });
}

/** Waits for the end of a migration in either direction. */
async function migrated(qmp: Qmp, progress?: (percent: number) => void): Promise<void> {
  let last = "";
  let deadline = performance.now() + stallTimeoutMs;
  for (let pauseMs = pollFirstMs; ; pauseMs = Math.min(pauseMs * 2, pollMs)) {
    const info = (await qmp.execute("query-migrate")) as MigrationInfo;
    const { status = "none", ram } = info;
    if (status === "completed") return;
    if (status === "failed" || status === "cancelled") {
      throw new VicError("unavailable", `the state was not taken: ${info["error-desc"] ?? status}`);
    }
    if (ram && ram.total > 0) progress?.(100 * (1 - ram.remaining / ram.total));
    const now = `${status} ${ram?.transferred ?? 0}`;
    if (now !== last) deadline = performance.now() + stallTimeoutMs;
    last = now;
    if (performance.now() > deadline) throw new VicError("unavailable", "QEMU saves no more");
    await Bun.sleep(pauseMs);
  }
}

/** The first connection, written to a new file until its end. */
async function receive(server: Server, path: string): Promise<void> {
  const socket = await new Promise<Socket>((fulfil, reject) => {
    server.once("connection", fulfil);
    server.once("error", reject);
    server.once("close", () => reject(new VicError("unavailable", "QEMU sent no state")));
  });
  await pipeline(socket, createWriteStream(path, { flags: "wx", mode: 0o600 }));
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((fulfil, reject) => {
    server.once("error", reject);
    server.listen(path, fulfil);
  });
}
