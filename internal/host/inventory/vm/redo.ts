import type { World } from "../world.ts";
import { isNonpersistent } from "./device-disk.ts";
import type { VmRecord } from "./record.ts";
import { childPlace } from "./snapshot/create.ts";
import type { VirtualMachine } from "./virtual-machine.ts";

/**
 * Makes the files that a machine writes instead of its nonpersistent disks: children, which go when the VM is powered
 * off. A VM that goes on from its state has them already.
 */
export async function makeRedo(world: World, vm: VirtualMachine): Promise<void> {
  const { record } = vm;
  if (record.suspended) return;
  if (record.redo) world.vms.update(vm, withoutRedo(record));
  const { places, disks } = world.datastores;
  const redo: Record<string, string> = {};
  for (const { key, backing } of record.config.devices) {
    if (!isNonpersistent(backing?.["diskMode"]) || backing?.fileName === undefined) continue;
    const taken = new Set(Object.values(redo));
    redo[key] = (await childPlace(world, places.parse(backing.fileName), taken)).text;
  }
  if (Object.keys(redo).length === 0) return;
  world.vms.update(vm, { redo });
  for (const { key, backing } of record.config.devices) {
    const path = redo[key];
    if (path === undefined) continue;
    await disks.createChild(places.parse(path), places.parse(backing?.fileName ?? ""));
  }
}

/** What changes when the machine has ended; the files themselves are deleted with the trash. */
export function withoutRedo({ redo, trash = [] }: VmRecord): Partial<VmRecord> {
  return redo ? { redo: undefined, trash: [...trash, ...Object.values(redo)] } : {};
}
