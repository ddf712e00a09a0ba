import { VicError } from "../../../errors/errors.ts";
import type { World } from "../world.ts";
import { asReader } from "./frozen.ts";
import { dropSnapshotsForClones, dropUnfinished } from "./instant-clone.ts";
import { heldFiles, machineSpec, runningDevices, withConnections } from "./machine-spec.ts";
import { ended, machineEvents, wentOn } from "./power.ts";
import { deleteUnneeded, emptyTrash } from "./snapshot/merge.ts";
import { settle } from "./snapshot/settle.ts";
import type { VirtualMachine } from "./virtual-machine.ts";
import { vmxPlace } from "./vmx-file.ts";

/**
 * Takes over the VMs that an earlier vic-host left running, makes the others' state true, and ends machines that
 * belong to no VM. One VM that cannot be taken over stops neither the others nor the start.
 */
export async function adoptAll(world: World): Promise<void> {
  const wanted = world.vms.all().filter(({ record }) => {
    // A clone that was being made is not completed.
    return record.pending?.kind !== "clone" && (record.isPoweredOn || record.isStarting);
  });
  await Promise.all(
    wanted.map(async (vm) => {
      try {
        await adopt(world, vm);
      } catch (error) {
        lost(world, vm, VicError.from(error).text);
      }
    }),
  );
  const running = world.vms.all().filter((vm) => vm.machine);
  await world.hypervisor.endOthers(new Set(running.map((vm) => vm.record.id)));
  await eachVm(world, (vm) => dropUnfinished(world, vm));
  // Then: files of a source may have been the parents of its clone's.
  await eachVm(world, async (vm) => {
    await settle(world, vm);
    await dropSnapshotsForClones(world, vm);
    await emptyTrash(world, vm);
    await deleteUnneeded(world, vm);
  });
}

/** One VM after the other; what fails is told and stops none of the others. */
async function eachVm(world: World, work: (vm: VirtualMachine) => Promise<void>): Promise<void> {
  for (const vm of world.vms.all()) {
    try {
      await work(vm);
    } catch (error) {
      world.postError(vm, `${vm.record.name}: ${VicError.from(error).text}`);
    }
  }
}

async function adopt(world: World, vm: VirtualMachine): Promise<void> {
  const { id, name, config, isStarting } = vm.record;
  if (isStarting) {
    const devices = vm.record.suspended ? config.devices : withConnections(config.devices, true);
    const isOn = { isPoweredOn: true, isStarting: false, ...wentOn(vm.record) };
    world.vms.update(vm, { ...isOn, config: { ...config, devices } });
  }
  const { datastores } = world;
  const spec = machineSpec(vm.record, datastores);
  const files = heldFiles(runningDevices(vm.record, datastores), datastores);
  const held = vm.record.frozen ? asReader(files) : files;
  const own = { place: vmxPlace(datastores, vm.record), isWriter: true };
  const machine = await world.hypervisor.adopt(spec, machineEvents(world, vm));
  // It may have said that it ended before it was handed over.
  if (!vm.record.isPoweredOn) return;
  if (!machine) return lost(world, vm, "it was not running any more when vic-host started");
  vm.machine = machine;
  try {
    datastores.locks.take({ id, name }, [...held, own]);
  } catch (error) {
    // It runs and has its files open; that is worse not to know than that another one has them too.
    world.postError(vm, `${name} was taken over, but: ${VicError.from(error).text}`);
  }
}

/** What cannot be taken over does not run: its process, if there is one, is ended with the other strays. */
function lost(world: World, vm: VirtualMachine, why: string): void {
  try {
    ended(world, vm, "crash", why);
  } catch (error) {
    // The database takes nothing; the next start finds the VM as it is now.
    console.error(`${vm.record.name}: ${why}; not stored: ${String(error)}`);
  }
}
