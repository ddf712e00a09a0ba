import type { World } from "../../world.ts";
import type { DiskSwitch, Pending } from "../record.ts";
import type { VirtualMachine } from "../virtual-machine.ts";
import { withoutRedo } from "../redo.ts";
import { commitSnapshot } from "./commit.ts";
import { removeFiles } from "./state-file.ts";

/**
 * Ends what was begun with a VM and not finished, because it failed or because vic-host was killed. A running machine is
 * watched again by then.
 */
export async function settle(world: World, vm: VirtualMachine): Promise<void> {
  const { pending, redo, isPoweredOn, suspended } = vm.record;
  if (redo && !isPoweredOn && !suspended) world.vms.update(vm, withoutRedo(vm.record));
  // Whoever makes the clone has it; the next start removes it.
  if (!pending || pending.kind === "clone") return;
  if (pending.kind === "snapshot") await settleSnapshot(world, vm, pending);
  else if (pending.kind === "revert") await dropFiles(world, vm, pending.files);
  else if (!vm.record.suspended) await removeFiles(world.datastores, [pending.path]);
  if (vm.record.pending) world.vms.update(vm, { pending: undefined });
}

/**
 * The disks have all changed over or none. Those that did have the guest's newest data, so the VM goes on with them
 * whatever becomes of the snapshot; its caller was told nothing yet, so it is given up.
 */
async function settleSnapshot(
  world: World,
  vm: VirtualMachine,
  { snapshot, disks }: Extract<Pending, { kind: "snapshot" }>,
): Promise<void> {
  const { datastores } = world;
  if (await isOnChildren(world, vm, disks)) commitSnapshot(world, vm, undefined, disks);
  else
    await dropFiles(
      world,
      vm,
      disks.map(({ to }) => to),
    );
  if (snapshot.state) await removeFiles(datastores, [snapshot.state.path]);
}

/** A child that is not written yet reads as its parent: without a process, being there is all that counts. */
async function isOnChildren(
  world: World,
  vm: VirtualMachine,
  disks: DiskSwitch[],
): Promise<boolean> {
  const { places, files } = world.datastores;
  if (disks.length === 0) return false;
  if (vm.machine) {
    const paths = await vm.machine.diskPaths();
    return disks.some(({ key, to }) => paths.get(key) === places.parse(to).absolute);
  }
  for (const { to } of disks) if (!(await files.exists(places.parse(to)))) return false;
  return true;
}

async function dropFiles(world: World, vm: VirtualMachine, paths: string[]): Promise<void> {
  const { places, disks, files } = world.datastores;
  const inUse = new Set(vm.record.config.devices.map((device) => device.backing?.fileName));
  for (const path of paths) {
    const place = places.parse(path);
    if (inUse.has(path)) continue;
    if (await files.exists(place)) await disks.delete(place);
    else disks.forget(place);
  }
}
