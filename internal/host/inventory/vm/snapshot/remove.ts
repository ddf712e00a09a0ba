import { fault } from "../../../fault.ts";
import type { World } from "../../world.ts";
import { assertNotFrozen } from "../frozen.ts";
import { assertThere } from "../power-state.ts";
import type { SnapshotRecord, VmRecord } from "../record.ts";
import type { VirtualMachine } from "../virtual-machine.ts";
import { foreignChild, frozenDisks } from "./layers.ts";
import { consolidate, emptyTrash } from "./merge.ts";
import { withDescendants } from "./tree.ts";
import { saveVmsd } from "./vmsd.ts";

/** How a removal goes. */
export interface RemoveOptions {
  removeChildren: boolean;
  /** False: the disk files stay as they are, and the VM says that it needs consolidation. */
  consolidate: boolean;
  progress: (percent: number) => void;
  /** Clones are based on its disks: those files stay for as long as they are needed. */
  isCloned?: boolean;
}

/** Forgets a snapshot; what its disks hold goes into those that came after. */
export async function removeSnapshot(
  world: World,
  vm: VirtualMachine,
  id: string,
  options: RemoveOptions,
): Promise<void> {
  await vm.lock.run(async () => {
    assertThere(vm);
    const snapshot = vm.record.snapshots?.find((each) => each.id === id);
    if (!snapshot) throw fault("NotFound", `${vm.record.name} has no such snapshot`);
    const doomed = options.removeChildren ? withDescendants(vm.record, snapshot) : [snapshot];
    await forget(world, vm, doomed, options);
  });
}

/** {@link removeSnapshot} of all of them. */
export async function removeAllSnapshots(
  world: World,
  vm: VirtualMachine,
  options: Omit<RemoveOptions, "removeChildren">,
): Promise<void> {
  await vm.lock.run(async () => {
    assertThere(vm);
    await forget(world, vm, vm.record.snapshots ?? [], options);
  });
}

/** Merges what is left over of snapshots that are gone. */
export async function consolidateDisks(
  world: World,
  vm: VirtualMachine,
  progress: (percent: number) => void,
): Promise<void> {
  await vm.lock.run(async () => {
    assertThere(vm);
    assertNotFrozen(vm);
    await consolidate(world, vm, progress);
  });
}

async function forget(
  world: World,
  vm: VirtualMachine,
  doomed: SnapshotRecord[],
  options: Omit<RemoveOptions, "removeChildren">,
): Promise<void> {
  const { record } = vm;
  // A merge stops the guest and lets it go on.
  assertNotFrozen(vm);
  const disks = doomed.flatMap(({ config }) => frozenDisks(config));
  const used = options.isCloned ? undefined : foreignChild(record, disks, world.datastores);
  if (used) {
    const text = `"${used.child.text}" of another VM is based on "${used.parent.text}"`;
    throw fault("FileLocked", `${text}: remove that first`, { file: used.parent.text });
  }
  world.vms.update(vm, withoutSnapshots(record, doomed));
  saveVmsd(world.datastores, vm.record);
  await emptyTrash(world, vm);
  if (options.consolidate) await consolidate(world, vm, options.progress);
}

/** The record without them; who came after one of them now comes after the one before it. */
function withoutSnapshots(record: VmRecord, doomed: SnapshotRecord[]): Partial<VmRecord> {
  const gone = new Map(doomed.map((snapshot) => [snapshot.id, snapshot]));
  const surviving = (id: string | undefined): string | undefined => {
    const snapshot = id === undefined ? undefined : gone.get(id);
    return snapshot ? surviving(snapshot.parent) : id;
  };
  const snapshots = (record.snapshots ?? [])
    .filter(({ id }) => !gone.has(id))
    .map(({ parent: before, ...snapshot }) => {
      const parent = surviving(before);
      return { ...snapshot, ...(parent === undefined ? {} : { parent }) };
    });
  const states = doomed.flatMap(({ state }) => (state ? [state.path] : []));
  const { suspended, trash = [] } = record;
  // A VM that waits to go on from one of these states keeps it as its own.
  const kept = suspended && states.includes(suspended.state.path) ? suspended : undefined;
  return {
    snapshots,
    currentSnapshot: surviving(record.currentSnapshot),
    trash: [...trash, ...states.filter((path) => path !== kept?.state.path)],
    ...(kept ? { suspended: { ...kept, isOwn: true } } : {}),
  };
}
