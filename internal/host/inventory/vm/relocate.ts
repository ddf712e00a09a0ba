import { existsSync } from "node:fs";
import { rmdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { fault } from "../../fault.ts";
import type { Place } from "../../storage/place.ts";
import { notFound } from "../inventory.ts";
import type { World } from "../world.ts";
import { bumped } from "./config-spec.ts";
import { assertNoTemplate, assertThere } from "./power-state.ts";
import type { VmRecord } from "./record.ts";
import { type RelocatePlan, RelocatePlanner, type RelocateSpec } from "./relocate-plan.ts";
import { mapPaths } from "./rename-paths.ts";
import { saveVmsd } from "./snapshot/vmsd.ts";
import type { VirtualMachine } from "./virtual-machine.ts";
import { homePlace, saveVmx } from "./vmx-file.ts";

/** Fields that say where a VM goes, and those that change nothing here: there is one way to keep a disk. */
const honoured = new Set(["_type", "folder", "pool", "host", "datastore", "diskMoveType", "disk"]);
const ignored = new Set(["transform", "profile"]);

/** Moves a VM: to another folder, to another pool, and, while it is off, its files to another datastore. */
export async function relocate(
  world: World,
  vm: VirtualMachine,
  spec: RelocateSpec,
  userName: string,
  progress: (percent: number) => void,
): Promise<void> {
  assertHonoured(world, spec);
  await vm.lock.run(async () => {
    assertThere(vm);
    const { folder } = spec;
    if (spec.pool) world.pools.get(spec.pool);
    const isNewFolder = folder !== undefined && folder.value !== vm.record.folder;
    if (isNewFolder) {
      if (!world.folders.has(folder)) {
        throw fault("InvalidFolder", "no VM folder", { target: folder });
      }
      world.folders.checkName(folder.value, vm.record.name);
    }
    const plan = await new RelocatePlanner(world, vm, spec).plan();
    if (plan) await moveFiles(world, vm, plan, { userName, progress });
    if (isNewFolder) world.vms.update(vm, { folder: folder.value });
    if (spec.pool && spec.pool.value !== vm.record.pool) world.pools.move(spec.pool, [vm.ref]);
  });
}

function assertHonoured(world: World, spec: RelocateSpec): void {
  if (spec.host && spec.host.value !== world.refs.host.value) throw notFound(spec.host);
  for (const [name, value] of Object.entries(spec)) {
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (honoured.has(name) || ignored.has(name) || isEmpty) continue;
    throw fault("NotSupported", `a VM cannot be moved with ${name}: leave it out`);
  }
}

async function moveFiles(
  world: World,
  vm: VirtualMachine,
  plan: RelocatePlan,
  { userName, progress }: { userName: string; progress: (percent: number) => void },
): Promise<void> {
  const { datastores } = world;
  const { record } = vm;
  if (vm.powerState === "poweredOn") {
    throw fault("NotSupported", "the files of a running VM stay where they are: power it off");
  }
  if (record.pending || record.frozen) {
    throw fault("InvalidState", `${record.name} is in the middle of something else`);
  }
  assertNoTemplate(vm);
  const source = datastores.of(homePlace(datastores, record));
  const { disks, intents, files } = datastores;
  const { transfer } = files;
  const old = [...plan.copies.map(({ from }) => from), ...plan.gone];
  for (const place of old) disks.assertRemovable(place, old);
  await transfer.copy(plan, progress);
  try {
    // Nobody may have based a disk on one of them meanwhile.
    for (const place of old) disks.assertRemovable(place, old);
    transfer.keepUuids(plan);
    const moved = movedRecord(world, record, plan);
    world.vms.update(vm, moved, () => intents.turn(transfer.made(plan), old));
  } catch (error) {
    await transfer.undo(plan);
    throw error;
  }
  await removeOld(world, old);
  const home = homePlace(datastores, record);
  // Left when there is something in it that is not the VM's.
  if (home.relative !== "") await rmdir(home.absolute).catch(() => undefined);
  saveVmx(datastores, vm.record);
  saveVmsd(datastores, vm.record);
  world.inventory.changed(...datastores.refs);
  const { hostName } = world.hardware;
  world.post(vm, "VmRelocatedEvent", `${record.name} is moved to another datastore`, userName, {
    sourceHost: { name: hostName, host: world.refs.host },
    sourceDatastore: { name: source.name, datastore: source.ref },
  });
}

/** The record with the new places of its files. */
function movedRecord(world: World, record: VmRecord, plan: RelocatePlan): VmRecord {
  const { datastores } = world;
  const moved = new Map(plan.copies.map(({ from, to }) => [from.text, to]));
  const flat = new Set(plan.copies.flatMap(({ to, isFlat }) => (isFlat ? [to.text] : [])));
  const next = mapPaths(record, {
    path: (text) => moved.get(text)?.text ?? inNewHome(plan, text),
    datastore: (text) => datastores.of(datastores.places.parse(text)).ref,
    isBase: (text) => flat.has(text),
  });
  const gone = new Set(plan.gone.map(({ text }) => text));
  const layers = next.layers?.filter((text) => !gone.has(text));
  return { ...next, ...(layers ? { layers } : {}), config: bumped(next.config) };
}

/** A file of the VM's folder that will be made later, such as what a serial port writes. */
function inNewHome({ home }: RelocatePlan, text: string): string {
  const prefix = home && `${home.from.text}/`;
  if (!prefix || !text.startsWith(prefix)) return text;
  const name = text.slice(prefix.length);
  return existsSync(join(home.from.absolute, name)) ? text : `${home.to.text}/${name}`;
}

async function removeOld(world: World, old: Place[]): Promise<void> {
  const { disks, intents } = world.datastores;
  for (const place of old) {
    await unlink(place.absolute).catch(() => undefined);
    disks.forget(place);
    intents.end(place);
  }
}
