import { unlink } from "node:fs/promises";
import { VicError } from "../../../../errors/errors.ts";
import type { Place } from "../../../storage/place.ts";
import type { World } from "../../world.ts";
import type { SnapshotRecord, VmRecord } from "../record.ts";
import type { VirtualMachine } from "../virtual-machine.ts";
import { holdFiles, movedDisks } from "./commit.ts";
import { type LayerStep, layerSteps, neededDisks } from "./layers.ts";
import { removeFiles } from "./state-file.ts";

/** Steps of one consolidation; more than any VM can have files. */
const stepsMax = 10_000;

/**
 * Deletes and merges the disk files that no snapshot needs any more. Each step is stored on its own, and the VM is whole
 * between any two. What cannot be done now stays, and the VM says that it needs consolidation.
 */
export async function consolidate(
  world: World,
  vm: VirtualMachine,
  progress: (percent: number) => void = () => undefined,
): Promise<void> {
  await emptyTrash(world, vm);
  const failed = new Set<string>();
  const isNew = ({ file }: LayerStep) => !failed.has(file.text);
  let firstError: unknown;
  for (let done = 0; done < stepsMax; done++) {
    const steps = layerSteps(vm.record, world.datastores).filter(isNew);
    const [step] = steps;
    if (!step) break;
    progress((100 * done) / (done + steps.length));
    try {
      if (step.kind === "delete") await deleteLayer(world, vm, step.file);
      else await mergeLayer(world, vm, step);
    } catch (error) {
      failed.add(step.file.text);
      firstError ??= error;
    }
  }
  if ((vm.record.snapshots ?? []).length === 0 && failed.size === 0) forgetLayers(world, vm);
  if (firstError !== undefined) throw VicError.from(firstError);
}

/** The part of {@link consolidate} that moves no data: for the start, when a kill came between two steps. */
export async function deleteUnneeded(world: World, vm: VirtualMachine): Promise<void> {
  for (;;) {
    const step = layerSteps(vm.record, world.datastores).find(({ kind }) => kind === "delete");
    if (!step) return;
    await deleteLayer(world, vm, step.file);
  }
}

/** Deletes what earlier steps left, also those of an earlier vic-host. */
export async function emptyTrash(world: World, vm: VirtualMachine): Promise<void> {
  const { trash = [] } = vm.record;
  if (trash.length === 0) return;
  // A name whose file went, while that could not be stored, may have been given again.
  const used = usedFiles(vm.record);
  const files = trash.filter((path) => !used.has(path));
  await removeFiles(world.datastores, files);
  for (const path of files) {
    world.datastores.disks.forget(world.datastores.places.parse(path));
  }
  const left = (vm.record.trash ?? []).filter((path) => !trash.includes(path));
  if (!vm.isGone) world.vms.update(vm, { trash: left });
}

function usedFiles(record: VmRecord): Set<string> {
  const { suspended, snapshots = [], redo = {} } = record;
  const states = [suspended?.state, ...snapshots.map(({ state }) => state)];
  const statePaths = states.flatMap((state) => state?.path ?? []);
  return new Set([...neededDisks(record), ...Object.values(redo), ...statePaths]);
}

/** With no snapshot left and nothing to merge, the disks are ordinary ones again. */
function forgetLayers(world: World, vm: VirtualMachine): void {
  const { record } = vm;
  const layers = record.layers ?? [];
  const isParent = (path: string) =>
    world.datastores.disks.childrenThere(world.datastores.places.parse(path)).length > 0;
  if (layers.length > 0 && !layers.some(isParent)) world.vms.update(vm, { layers: [] });
}

async function deleteLayer(world: World, vm: VirtualMachine, file: Place): Promise<void> {
  const { disks, files } = world.datastores;
  if (await files.exists(file)) await disks.delete(file);
  else disks.forget(file);
  const layers = (vm.record.layers ?? []).filter((path) => path !== file.text);
  world.vms.update(vm, { layers });
}

async function mergeLayer(
  world: World,
  vm: VirtualMachine,
  { file, child }: Extract<LayerStep, { kind: "merge" }>,
): Promise<void> {
  const { disks } = world.datastores;
  const before = vm.record;
  const store = () => world.vms.update(vm, mergedRecord(world, vm.record, file, child));
  const key = vm.machine ? runningKey(world, vm, child) : undefined;
  const { machine } = vm;
  try {
    if (machine && key !== undefined) {
      const files = { child: child.absolute, parent: file.absolute };
      await disks.absorbLive(child, (record) => machine.mergeDisk(key, files, record), store);
    } else await disks.absorb(child, store);
  } catch (error) {
    // A transaction that failed at its end stored nothing of what was shown.
    if (vm.record.trash?.includes(child.text) === true) vm.record = before;
    throw error;
  }
  holdFiles(world, vm);
  world.datastores.locks.release(vm.record.id, [child]);
  await unlink(child.absolute).catch(() => undefined);
  world.vms.update(vm, { trash: (vm.record.trash ?? []).filter((path) => path !== child.text) });
}

/** Key of the running VM's disk that has the file in its chain. */
function runningKey(world: World, vm: VirtualMachine, file: Place): number | undefined {
  const { places, disks } = world.datastores;
  return vm.record.config.devices.find(({ _type, backing }) => {
    if (_type !== "VirtualDisk" || backing?.fileName === undefined) return false;
    return disks.chain(places.parse(backing.fileName)).some(({ key }) => key === file.key);
  })?.key;
}

/** The VM with `file` in the place of the child that was merged into it. */
function mergedRecord(world: World, record: VmRecord, file: Place, child: Place): VmRecord {
  const moves = new Map([[child.text, file.text]]);
  const moved = (snapshot: SnapshotRecord): SnapshotRecord => {
    const config = movedDisks(world, snapshot.config, moves);
    return config === snapshot.config ? snapshot : { ...snapshot, config };
  };
  return {
    ...record,
    config: movedDisks(world, record.config, moves),
    snapshots: (record.snapshots ?? []).map(moved),
    layers: (record.layers ?? []).filter((path) => path !== child.text),
    trash: [...(record.trash ?? []), child.text],
  };
}
