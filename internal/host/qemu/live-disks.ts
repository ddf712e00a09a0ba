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
  const isActive = disk.path === child;
  const chain = [disk.path, ...(disk.parents ?? [])];
  // The file on top of the child gets another parent in its header; QEMU ends when it may not write that.
  const over = chain.slice(1, Math.max(1, chain.indexOf(child))).at(-1);
  const written = over === undefined ? [parent] : [parent, over];
  for (const path of written) identity.allow(path, "write-too");
  await mergeLive(qmp, { kind: "disk", key: disk.key }, { child, parent }, beforeSwitch);
  if (isActive) identity.allow(parent, "write");
  else for (const path of written) identity.allow(path, "read");
  const path = isActive ? parent : disk.path;
  const parents = (disk.parents ?? []).filter((each) => each !== child && each !== path);
  return { ...disk, path, parents };
}
