import { fault } from "../../fault.ts";
import { baseName } from "../../storage/place.ts";
import type { World } from "../world.ts";
import { assertNotFrozen } from "./frozen.ts";
import { assertState, assertThere } from "./power-state.ts";
import { withoutRedo } from "./redo.ts";
import { emptyTrash } from "./snapshot/merge.ts";
import { settle } from "./snapshot/settle.ts";
import { offState, type VirtualMachine } from "./virtual-machine.ts";
import { homePlace } from "./vmx-file.ts";

const mib = 1024 * 1024;

/** Writes the running VM's state to a file and ends its process; power on goes on from there. */
export async function suspend(
  world: World,
  vm: VirtualMachine,
  userName: string,
  progress: (percent: number) => void = () => undefined,
): Promise<void> {
  await vm.lock.run(async () => {
    assertState(vm, "poweredOn", "suspended");
    assertNotFrozen(vm);
    await settle(world, vm);
    const { machine, record } = vm;
    if (!machine)
      throw fault("InvalidPowerState", "it ends right now", { existingState: "poweredOff" });
    const { datastores, vms } = world;
    const { places } = datastores;
    const home = homePlace(datastores, record);
    const stem = baseName(record.config.vmPathName).replace(/\.vmx$/i, "");
    const place = places.below(home, `${stem}-${Date.now().toString(16)}.vmss`);
    world.post(vm, "VmSuspendingEvent", `${record.name} is being suspended`, userName);
    using _room = await datastores.of(place).space.claim(record.config.memoryMiB * mib);
    vms.update(vm, { pending: { kind: "suspend", path: place.text } });
    try {
      await machine.pause();
      await machine.saveState(place.absolute, progress);
      if (vm.machine !== machine) throw fault("InvalidState", `${record.name} ended meanwhile`);
    } catch (error) {
      await machine.resume().catch(() => undefined);
      await settle(world, vm);
      throw error;
    }
    const { bootPath } = vm.record;
    const state = { path: place.text, ...(bootPath === undefined ? {} : { bootPath }) };
    // Stored while the guest stands still: from here on the process is not needed, whoever ends it.
    vms.update(vm, {
      isPoweredOn: false,
      pending: undefined,
      suspended: { state, at: new Date().toISOString(), isOwn: true },
    });
    await machine.powerOff();
    left(world, vm);
    world.post(vm, "VmSuspendedEvent", `${vm.record.name} is suspended`, userName);
  });
}

/** The process of a VM that is suspended is gone. */
function left(world: World, vm: VirtualMachine): void {
  vm.machine = undefined;
  vm.live = { ...offState(), storageBytes: vm.live.storageBytes, storageAt: vm.live.storageAt };
  world.datastores.locks.releaseAll(vm.record.id);
  world.inventory.changed(vm.ref);
}

/** Throws the state of a suspended VM away: it is off, as after a power cut at the time it was suspended. */
export async function discardSuspended(world: World, vm: VirtualMachine): Promise<void> {
  assertThere(vm);
  const { suspended } = vm.record;
  if (!suspended) return;
  const { trash = vm.record.trash ?? [], ...changes } = withoutRedo(vm.record);
  const files = suspended.isOwn ? [suspended.state.path] : [];
  world.vms.update(vm, { ...changes, suspended: undefined, trash: [...trash, ...files] });
  await emptyTrash(world, vm);
}
