import { createHash } from "node:crypto";
import { lstat, mkdir, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { type Identity, identityOf } from "./identity.ts";

/** Longest path of a unix socket, bytes; macOS has 103, Linux 107. */
const socketPathMaxBytes = 103;
/** Room for the longest name below the folder of a machine. */
const socketNameBytes = "/nic-2147483647".length;

/** Files of a running QEMU. They are found again from the data folder and the machine's id alone. */
export interface RunDir {
  folder: string;
  qmp: string;
  tools: string;
  /** Socket that a state is sent to while it is saved. */
  state: string;
  /** State that clones start from, while the machine is frozen. */
  frozen: string;
  pid: string;
  log: string;
  nic(key: number): string;
  /** Who QEMU runs as; what it may open is told there. */
  identity: Identity;
}

/** Where the files of machine `id` are: `dataDir/run/id`, or a private temporary folder when that is too long. */
export function runDir(dataDir: string, id: string): RunDir {
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(id)) {
    throw new VicError("invalid", `"${id}" cannot be the id of a machine`);
  }
  const wanted = join(resolve(dataDir), "run", id);
  const isShort = Buffer.byteLength(wanted) + socketNameBytes <= socketPathMaxBytes;
  const folder = isShort ? wanted : join(temporaryFolder(dataDir), id);
  return {
    folder,
    qmp: join(folder, "qmp"),
    tools: join(folder, "tools"),
    state: join(folder, "state"),
    frozen: join(folder, "frozen"),
    pid: join(folder, "pid"),
    log: join(folder, "qemu.log"),
    nic: (key) => join(folder, `nic-${key}`),
    identity: identityOf(dataDir, id),
  };
}

function temporaryFolder(dataDir: string): string {
  const digest = createHash("sha256").update(resolve(dataDir)).digest("hex");
  return join(process.env["XDG_RUNTIME_DIR"] || tmpdir(), `vic-${digest.slice(0, 12)}`);
}

/** Makes the folder, empty. Refuses a parent folder that somebody else could have put there. */
export async function makeRunDir(run: RunDir): Promise<void> {
  await mkdir(dirname(run.folder), { recursive: true, mode: 0o700 });
  const parent = await lstat(dirname(run.folder));
  const isOurs = process.getuid === undefined || parent.uid === process.getuid();
  if (!parent.isDirectory() || !isOurs) {
    throw new VicError("forbidden", `${dirname(run.folder)} belongs to somebody else`);
  }
  await rm(run.folder, { recursive: true, force: true });
  await mkdir(run.folder, { mode: 0o700 });
  run.identity.give(run.folder);
}

/** Removes the folder, and the one above it when it was the last. */
export async function removeRunDir(run: RunDir): Promise<void> {
  await rm(run.folder, { recursive: true, force: true });
  await rmdir(dirname(run.folder)).catch(() => undefined);
}
