import type { World } from "../../world.ts";
import { bumped } from "../config-spec.ts";
import { withFile } from "../disk-backing.ts";
import { heldFiles, runningDevices } from "../machine-spec.ts";
import type { DiskSwitch, SnapshotRecord, VmConfig, VmRecord } from "../record.ts";
import type { VirtualMachine } from "../virtual-machine.ts";
import { withDiskFiles } from "./layers.ts";

/** Stores that the VM goes on with the children, and the snapshot; undefined: only that it goes on. */
export function commitSnapshot(
  world: World,
  vm: VirtualMachine,
  snapshot: SnapshotRecord | undefined,
  disks: DiskSwitch[],
): void {
  const { record } = vm;
  const moves = new Map(disks.map(({ from, to }) => [from, to] as const));
  const config = movedDisks(world, record.config, moves);
  const layers = new Set([
    ...(record.layers ?? []),
    ...disks.flatMap(({ from, to }) => [from, to]),
  ]);
  const changes: Partial<VmRecord> = {
    config: bumped(config),
    layers: [...layers],
    pending: undefined,
  };
  if (snapshot) {
    changes.snapshots = [...(record.snapshots ?? []), snapshot];
    changes.currentSnapshot = snapshot.id;
  }
  world.vms.update(vm, changes);
  holdFiles(world, vm);
}

/** The configuration with other disk files. */
export function movedDisks(
  world: World,
  config: VmConfig,
  moves: ReadonlyMap<string, string>,
): VmConfig {
  return withDiskFiles(config, moves, (device, path) => withFile(world.datastores, device, path));
}

/** Makes the locks of a running VM those of the disks it has now. */
export function holdFiles(world: World, vm: VirtualMachine): void {
  if (!vm.machine) return;
  const { id, name } = vm.record;
  const devices = runningDevices(vm.record, world.datastores);
  world.datastores.locks.take({ id, name }, heldFiles(devices, world.datastores));
}
