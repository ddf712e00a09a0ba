import type { Datastores } from "../../../storage/datastores.ts";
import type { Place } from "../../../storage/place.ts";
import { type Device, isSnapshotDisk, type VmConfig, type VmRecord } from "../record.ts";

/** One thing that can be done about a disk file that is no longer needed. */
export type LayerStep =
  | { kind: "delete"; file: Place }
  /** `child` is merged into its parent `file`, which takes its place. */
  | { kind: "merge"; file: Place; child: Place };

/** Paths of the VM's disks and of those of its snapshots. */
export function neededDisks(record: VmRecord): Set<string> {
  const configs = [record.config, ...(record.snapshots ?? []).map(({ config }) => config)];
  return new Set(configs.flatMap((config) => config.devices).flatMap(diskPath));
}

const diskPath = (device: Device): string[] =>
  device._type === "VirtualDisk" && device.backing?.fileName ? [device.backing.fileName] : [];

/**
 * What is left to do about files that no snapshot needs any more, nearest to the base first. A file of which another VM's
 * disk is a child is left alone, and so is one whose only child is somebody else's.
 */
export function layerSteps(record: VmRecord, datastores: Datastores): LayerStep[] {
  const layers = record.layers ?? [];
  if (layers.length === 0) return [];
  const needed = neededDisks(record);
  const { places, disks } = datastores;
  return layers.flatMap((path): LayerStep[] => {
    if (needed.has(path)) return [];
    const file = places.parse(path);
    const children = disks.childrenThere(file);
    const [child] = children;
    if (!child) return [{ kind: "delete", file }];
    if (children.length > 1 || !layers.includes(child.text)) return [];
    const isOurs = disks.childrenThere(child).every(({ text }) => layers.includes(text));
    return isOurs ? [{ kind: "merge", file, child }] : [];
  });
}

/** A disk of another VM that is based on one of these files. */
export function foreignChild(
  record: VmRecord,
  paths: string[],
  { places, disks }: Datastores,
): { parent: Place; child: Place } | undefined {
  const layers = record.layers ?? [];
  for (const path of paths) {
    if (!layers.includes(path)) continue;
    const parent = places.parse(path);
    const child = disks.childrenThere(parent).find(({ text }) => !layers.includes(text));
    if (child) return { parent, child };
  }
  return undefined;
}

/** Paths of the disks that a snapshot of this configuration freezes. */
export function frozenDisks(config: VmConfig): string[] {
  return config.devices.filter(isSnapshotDisk).flatMap(diskPath);
}

/** The configuration with each disk file named in `moves` replaced. */
export function withDiskFiles(
  config: VmConfig,
  moves: ReadonlyMap<string, string>,
  backing: (device: Device, path: string) => Device,
): VmConfig {
  const isMoved = (device: Device) => chainOf(device).some((path) => moves.has(path));
  if (!config.devices.some(isMoved)) return config;
  const devices = config.devices.map((device) => {
    if (!isMoved(device)) return device;
    const path = device.backing?.fileName ?? "";
    return backing(device, moves.get(path) ?? path);
  });
  return { ...config, devices };
}

/** Paths of a disk and all that it is based on, as its backing tells. */
function chainOf(device: Device): string[] {
  if (device._type !== "VirtualDisk") return [];
  const chain: string[] = [];
  for (let at = device.backing; at !== undefined; at = at.parent) chain.push(at.fileName ?? "");
  return chain;
}
