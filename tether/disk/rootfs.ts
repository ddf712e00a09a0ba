/** A container's root: its image's layers, read-only, with the scratch disk's `upper` on top. */
import { existsSync, mkdirSync } from "node:fs";
import type { ContainerConfig } from "../../internal/guest/config.ts";
import type { OverlayParts } from "../../internal/guest/files/changes.ts";
import { makeInitLayer, overlayOptions } from "../../internal/guest/files/overlay.ts";
import { mount, mountFlags, unmount } from "../sys/mount.ts";
import { partitionOf, waitForDisk } from "./scsi.ts";

/** Short, because 127 of them must fit into one page of mount options. */
const layersRoot = "/run/l";

/** Where the tether puts things. */
export const diskPaths = {
  scratch: "/run/vic/scratch",
  root: "/run/vic/root",
  volumes: "/run/vic/volumes",
} as const;
const initLayer = `${diskPaths.scratch}/init`;
/** The log is beside the overlay's upper directory. */
export const logFolder = `${diskPaths.scratch}/log`;

/** Mounts everything and returns the merged root's path. */
export async function mountRoot(
  rootfs: ContainerConfig["rootfs"],
  signal: AbortSignal,
): Promise<string> {
  const [image, scratch] = await Promise.all([
    waitForDisk(rootfs.image.unit, rootfs.partitions, signal),
    waitForDisk(rootfs.scratch.unit, [], signal),
  ]);
  mountExt4(scratch, diskPaths.scratch);
  for (const name of ["upper", "work", "log"])
    mkdirSync(`${diskPaths.scratch}/${name}`, { recursive: true });
  makeInitLayer(initLayer);
  mountLayers(rootfs.partitions.map((number) => partitionOf(image, number)));
  return diskPaths.root;
}

/** ext4 on the whole disk, or on its first partition when it has any. Replays the journal of a VM that was cut off. */
export function mountExt4(device: string, target: string): void {
  const first = partitionOf(device, 1);
  const source = existsSync(first) ? first : device;
  mount(source, target, "ext4", mountFlags.noAtime, "errors=remount-ro");
}

/** Mounts the layers' devices, lowest first, and the overlay over them. */
function mountLayers(layers: string[]): void {
  const lower = layers.map((device, index) => {
    const target = `${layersRoot}/${index}`;
    mount(device, target, "erofs", mountFlags.readOnly, "");
    return target;
  });
  const options = overlayOptions([initLayer, ...lower.toReversed()], diskPaths.scratch);
  mount("overlay", diskPaths.root, "overlay", 0, options);
}

/** Where the parts of the merged root are. */
export function overlayParts(rootfs: ContainerConfig["rootfs"]): OverlayParts {
  const lowers = rootfs.partitions.map((_, index) => `${layersRoot}/${index}`).toReversed();
  return { upper: `${diskPaths.scratch}/upper`, lowers: [initLayer, ...lowers] };
}

/** Unmounts what was mounted, innermost first. What is busy is left to the kernel's final sync. */
export function unmountAll(targets: string[]): void {
  for (const target of targets.toReversed()) {
    try {
      unmount(target);
    } catch {
      // Not mounted, or a process still uses it.
    }
  }
}
