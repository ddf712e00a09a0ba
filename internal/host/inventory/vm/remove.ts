import { rm, rmdir } from "node:fs/promises";
import { fault } from "../../fault.ts";
import { baseName, isWithin, type Place } from "../../storage/place.ts";
import type { World } from "../world.ts";
import { unescapeName } from "../entity.ts";
import { assertState } from "./power-state.ts";
import { bumped } from "./config-spec.ts";
import type { VirtualMachine } from "./virtual-machine.ts";
import { neededDisks } from "./snapshot/layers.ts";
import { removeFiles } from "./snapshot/state-file.ts";
import { saveVmsd, vmsdPath } from "./snapshot/vmsd.ts";
import { homePlace, saveVmx } from "./vmx-file.ts";

/** Deletes the VM with its disks and its folder. */
export async function destroyVm(world: World, vm: VirtualMachine, userName: string): Promise<void> {
  await vm.lock.run(async () => {
    assertState(vm, ["poweredOff", "suspended"], "poweredOff");
    const { places, disks, files, intents } = world.datastores;
    const home = homePlace(world.datastores, vm.record);
    const all = ownDisks(world, vm);
    const isLoneFolder = home.relative !== "" && !isSharedHome(world, vm, home);
    const kept = keptForDetached(world, vm, all);
    const own = all.filter(({ key }) => !kept.has(key));
    const elsewhere = own.filter((place) => !isWithin(home, place.key));
    // Everything is checked before anything is deleted.
    if (isLoneFolder) disks.assertRemovable(home, own);
    for (const place of isLoneFolder ? elsewhere : own) disks.assertRemovable(place, own);
    const texts = [...stateFiles(vm), vm.record.config.vmPathName];
    const rest = isLoneFolder ? [home] : texts.map((text) => places.parse(text));
    const doomed = [...(isLoneFolder ? elsewhere : own), ...rest];
    // From here on it is gone: a vic-host that is killed in between deletes the rest when it starts again.
    world.vms.remove(vm, () => intents.remove(...doomed));
    try {
      for (const place of isLoneFolder ? elsewhere : own) {
        if (await files.exists(place)) await disks.delete(place);
      }
      for (const place of elsewhere) await removeOwnFolder(world, home, place);
      if (isLoneFolder && (await files.exists(home))) await files.delete(home);
      else await removeFiles(world.datastores, texts);
      if (!isLoneFolder) await rm(vmsdPath(world.datastores, vm.record), { force: true });
    } finally {
      intents.end(...doomed);
    }
    world.post(vm, "VmRemovedEvent", `${vm.record.name} is removed`, userName);
  });
}

/**
 * Keys of the VM's disks that its snapshots froze and that stay: a disk that was taken from it is based on them and
 * belongs to no VM. On vSphere they are deleted, and that disk cannot be read any more.
 */
function keptForDetached(
  { vms, datastores }: World,
  vm: VirtualMachine,
  own: Place[],
): Set<string> {
  const { layers = [] } = vm.record;
  if (layers.length === 0) return new Set();
  const { disks } = datastores;
  const used = new Set(
    vms.all().flatMap(({ record }) => [...neededDisks(record), ...(record.layers ?? [])]),
  );
  const isDetached = ({ text }: Place) => !used.has(text);
  const frozen = own.filter(({ text }) => layers.includes(text));
  const parents = frozen.filter((place) => disks.childrenThere(place).some(isDetached));
  return new Set(parents.flatMap((place) => disks.chain(place)).map(({ key }) => key));
}

/** The folder that was made for the VM's disks on another datastore goes with the last of them. */
async function removeOwnFolder(world: World, home: Place, disk: Place): Promise<void> {
  const folder = world.datastores.places.parent(disk);
  const isOwn = folder && folder.relative !== "" && folder.relative === baseName(home.relative);
  if (isOwn) await rmdir(folder.absolute).catch(() => undefined);
}

/** The VM's disks and those of its snapshots, a child before its parent. */
export function ownDisks(world: World, vm: VirtualMachine): Place[] {
  const { places, disks } = world.datastores;
  const paths = new Set([...neededDisks(vm.record), ...(vm.record.layers ?? [])]);
  return [...paths]
    .map((path) => places.parse(path))
    .map((place) => ({ place, depth: disks.chain(place).length }))
    .toSorted((a, b) => b.depth - a.depth)
    .map(({ place }) => place);
}

/** Saved states of the VM and its snapshots. */
export function stateFiles({ record }: VirtualMachine): string[] {
  const states = [record.suspended?.state, ...(record.snapshots ?? []).map(({ state }) => state)];
  return [...states.flatMap((state) => state?.path ?? []), ...(record.trash ?? [])];
}

/** Whether another VM lives in the same folder or below it. */
export function isSharedHome(world: World, vm: VirtualMachine, home: Place): boolean {
  return world.vms.all().some((other) => {
    if (other === vm) return false;
    return isWithin(home, homePlace(world.datastores, other.record).key);
  });
}

/** Forgets the VM; its files stay. */
export async function unregisterVm(
  world: World,
  vm: VirtualMachine,
  userName: string,
): Promise<void> {
  await vm.lock.run(async () => {
    assertState(vm, "poweredOff", "poweredOff");
    const home = homePlace(world.datastores, vm.record);
    // Also what the guest wrote since the last change.
    if (await world.datastores.files.exists(home)) {
      saveVmx(world.datastores, vm.record);
      saveVmsd(world.datastores, vm.record);
    }
    world.vms.remove(vm);
    world.post(vm, "VmRemovedEvent", `${vm.record.name} is unregistered`, userName);
  });
}

/** Gives the VM another name; its files keep theirs. */
export async function renameVm(
  world: World,
  vm: VirtualMachine,
  rawName: string,
  userName: string,
): Promise<void> {
  await vm.lock.run(async () => {
    if (vm.isGone) throw fault("ManagedObjectNotFound", "the VM is gone", { obj: vm.ref });
    const name = unescapeName(rawName);
    const before = vm.record.name;
    if (name === before) return;
    world.folders.checkName(vm.record.folder, name);
    world.vms.update(vm, { name, config: bumped(vm.record.config) });
    saveVmx(world.datastores, vm.record);
    const fields = { oldName: before, newName: name };
    world.post(vm, "VmRenamedEvent", `${before} is now ${name}`, userName, fields);
  });
}
