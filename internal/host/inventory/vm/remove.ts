import { rm } from "node:fs/promises";
import { fault } from "../../fault.ts";
import { isWithin, type Place } from "../../storage/place.ts";
import type { World } from "../world.ts";
import { unescapeName } from "../entity.ts";
import { assertState } from "./power.ts";
import { bumped } from "./config-spec.ts";
import type { VirtualMachine } from "./virtual-machine.ts";
import { homePlace, saveVmx } from "./vmx-file.ts";

/** Deletes the VM with its disks and its folder. */
export async function destroyVm(world: World, vm: VirtualMachine, userName: string): Promise<void> {
  await vm.lock.run(async () => {
    assertState(vm, "poweredOff", "poweredOff");
    const { places, disks, files } = world.datastores;
    const home = homePlace(world.datastores, vm.record);
    const own = vm.record.config.devices.flatMap((device) =>
      device._type === "VirtualDisk" && device.backing?.fileName
        ? [places.parse(device.backing.fileName)]
        : [],
    );
    const elsewhere = own.filter((place) => !isWithin(home, place.key));
    // Everything is checked before anything is deleted.
    const isLoneFolder = home.relative !== "" && !isSharedHome(world, vm, home);
    if (isLoneFolder) disks.assertRemovable(home);
    for (const place of isLoneFolder ? elsewhere : own) disks.assertRemovable(place);
    for (const place of isLoneFolder ? elsewhere : own) {
      if (await files.exists(place)) await disks.delete(place);
    }
    if (isLoneFolder && (await files.exists(home))) await files.delete(home);
    else await rm(places.parse(vm.record.config.vmPathName).absolute, { force: true });
    world.vms.remove(vm);
    world.post(vm, "VmRemovedEvent", `${vm.record.name} is removed`, userName);
  });
}

/** Whether another VM lives in the same folder or below it. */
function isSharedHome(world: World, vm: VirtualMachine, home: Place): boolean {
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
    if (await world.datastores.files.exists(home)) saveVmx(world.datastores, vm.record);
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
