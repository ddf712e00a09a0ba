/**
 * The files of a container whose VM is off: its two disks are plugged into the appliance and its overlay is mounted here,
 * for one request at a time. Its writable disk was written by whoever was root in the container: it is mounted so that no
 * device, program or link on it means anything, and only `internal/guest/files` looks into it.
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import type { ContainerFiles } from "../../guest/files/requests.ts";
import { makeInitLayer, overlayOptions } from "../../guest/files/overlay.ts";
import { logger } from "../log.ts";
import { mount, unmount } from "../storage/mount.ts";

const log = logger("files");
/** A privileged container can put anything on its disks, also links in the places that are looked at here. */
const guarded = "nosuid,nodev,noexec,nosymfollow";

/** A disk that is plugged in. */
interface PluggedDisk {
  device: string;
  detach(): Promise<void>;
}

/** A container's disks. */
export interface ContainerDisks {
  /** Datastore paths. */
  image: string;
  scratch: string;
  /** Partitions of the image disk, lowest layer first. */
  partitions: number[];
}

/** What {@link withFiles} needs of its surroundings. */
export interface OfflineParts {
  attach(path: string): Promise<PluggedDisk>;
  /** Mount points are made in it. Short: 127 of them must fit into one page of mount options. */
  root: string;
}

/** Runs `work` with everything mounted, and takes it apart again, whatever happens. */
export async function withFiles<T>(
  parts: OfflineParts,
  name: string,
  disks: ContainerDisks,
  isWritable: boolean,
  work: (files: ContainerFiles) => Promise<T>,
): Promise<T> {
  const undo: (() => Promise<unknown>)[] = [];
  const folder = join(parts.root, name);
  try {
    await mkdir(folder, { recursive: true });
    undo.push(() => rm(folder, { recursive: true }));
    const scratch = join(folder, "s");
    const plugged = await plug(parts, disks.scratch, undo);
    // Without replaying the journal of a VM that was cut off it would show old contents.
    await mountAt(plugged.device, scratch, "ext4", `rw,${guarded}`, undo);
    // A container that never ran has none of them.
    for (const child of ["upper", "work"]) await mkdir(join(scratch, child), { recursive: true });
    const initLayer = join(scratch, "init");
    makeInitLayer(initLayer);
    const lowers = [initLayer, ...(await mountLayers(parts, folder, disks, undo))];
    const root = join(folder, "r");
    const upper = join(scratch, "upper");
    const options = isWritable
      ? overlayOptions(lowers, scratch)
      : overlayOptions([upper, ...lowers]);
    await mountAt("overlay", root, "overlay", `${guarded},${options}`, undo);
    return await work({ root, upper, lowers });
  } finally {
    for (const step of undo.toReversed())
      await step().catch((error: unknown) => {
        log.error(`letting go of ${name}: ${VicError.from(error).text}`);
      });
  }
}

async function plug(
  parts: OfflineParts,
  path: string,
  undo: (() => Promise<unknown>)[],
): Promise<PluggedDisk> {
  const plugged = await parts.attach(path);
  undo.push(() => plugged.detach());
  return plugged;
}

/** Topmost first. */
async function mountLayers(
  parts: OfflineParts,
  folder: string,
  { image, partitions }: ContainerDisks,
  undo: (() => Promise<unknown>)[],
): Promise<string[]> {
  const lowers: string[] = [];
  const plugged = partitions.length === 0 ? undefined : await plug(parts, image, undo);
  for (const [index, number] of partitions.entries()) {
    const layer = join(folder, String(index));
    await mountAt(`${plugged!.device}${number}`, layer, "erofs", `ro,${guarded}`, undo);
    lowers.unshift(layer);
  }
  return lowers;
}

async function mountAt(
  source: string,
  folder: string,
  type: string,
  options: string,
  undo: (() => Promise<unknown>)[],
): Promise<void> {
  await mkdir(folder);
  await mount(source, folder, type, options);
  undo.push(() => unmount(folder));
}
