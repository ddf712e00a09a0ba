/** The disks of one running machine while snapshots of them come and go: who may open what, and which file is where. */
import type { MachineDisk } from "../vm/machine.ts";
import type { Identity } from "./identity.ts";
import { mergeLive } from "./live-merge.ts";
import { switchToChildren } from "./live-snapshot.ts";
import type { Qmp } from "./qmp.ts";

/** What is needed of a running machine. */
export interface DiskOwner {
  qmp: Qmp;
  identity: Identity;
}

/** Puts children on top of disks; returns the disks as they are then. */
export async function putChildren(
  { qmp, identity }: DiskOwner,
  children: { disk: MachineDisk; path: string }[],
): Promise<MachineDisk[]> {
  for (const { path } of children) identity.allow(path, "write");
  await switchToChildren(qmp, children);
  return children.map(({ disk, path }) => {
    return { ...disk, path, parents: [disk.path, ...(disk.parents ?? [])] };
  });
}

/** Merges a file of a disk's chain into its parent; returns the disk as it is then. */
export async function mergeChild(
  { qmp, identity }: DiskOwner,
  disk: MachineDisk,
  { child, parent }: { child: string; parent: string },
  beforeSwitch: () => void,
): Promise<MachineDisk> {
  identity.allow(parent, "write");
  await mergeLive(qmp, { kind: "disk", key: disk.key }, { child, parent }, beforeSwitch);
  const isActive = disk.path === child;
  if (!isActive) identity.allow(parent, "read");
  const path = isActive ? parent : disk.path;
  const parents = (disk.parents ?? []).filter((each) => each !== child && each !== path);
  return { ...disk, path, parents };
}
