import { mkdir, mkdtemp, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import type { AttachSpec, AttachedDisk } from "./appliance-disks.ts";

/** Directories of a container's writable disk: the overlay's upper and work directory, and the log. */
const directories = ["upper", "work", "log"];

/** What {@link Scratch} needs of its surroundings. */
export interface ScratchParts {
  /** `[datastore] folder` */
  folder: string;
  capacityBytes: number;
  attach(spec: AttachSpec): Promise<AttachedDisk>;
  makeDirectory(path: string): Promise<void>;
  /** File names in a folder; empty when there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** Marks the disk as complete. */
  write(path: string, text: string): Promise<void>;
  removeDisk(path: string): Promise<void>;
}

/**
 * The one formatted disk every container's writable disk is a linked child of, so that no container waits for a mkfs.
 * It is complete when `scratch.done` lies beside it; made on first use.
 */
export class Scratch {
  readonly #parts: ScratchParts;
  #path: Promise<string> | undefined;

  constructor(parts: ScratchParts) {
    this.#parts = parts;
  }

  /** Datastore path of the disk. */
  path(): Promise<string> {
    this.#path ??= this.#make().catch((error: unknown) => {
      this.#path = undefined;
      throw error;
    });
    return this.#path;
  }

  async #make(): Promise<string> {
    const parts = this.#parts;
    const path = `${parts.folder}/scratch.vmdk`;
    const names = await parts.list(parts.folder);
    if (names.includes("scratch.done")) return path;
    await parts.makeDirectory(parts.folder);
    if (names.includes("scratch.vmdk")) await parts.removeDisk(path);
    const disk = await parts.attach({ path, create: { capacityBytes: parts.capacityBytes } });
    try {
      await format(disk.device);
    } catch (error) {
      await disk.detach();
      await parts.removeDisk(path);
      throw error;
    }
    await disk.detach();
    await parts.write(`${parts.folder}/scratch.done`, "");
    return path;
  }
}

async function format(device: string): Promise<void> {
  // A fresh thin disk reads as zeros: no table needs clearing, neither now nor lazily in every child.
  const options = "assume_storage_prezeroed=1,nodiscard";
  await run(["mkfs.ext4", "-q", "-F", "-m", "0", "-L", "scratch", "-E", options, device]);
  const point = await mkdtemp("/run/scratch-");
  await run(["mount", "-o", "noatime", device, point]);
  try {
    for (const name of directories) await mkdir(join(point, name), { mode: 0o755 });
  } finally {
    await run(["umount", point]);
    await rmdir(point);
  }
}

async function run(command: string[]): Promise<void> {
  const child = Bun.spawn(command, { stdout: "ignore", stderr: "pipe" });
  const text = await child.stderr.text();
  if ((await child.exited) !== 0) throw new VicError("internal", `${command[0]}: ${text.trim()}`);
}
