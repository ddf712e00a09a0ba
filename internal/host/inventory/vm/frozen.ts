import { fault } from "../../fault.ts";
import type { Held } from "../../storage/locks.ts";
import type { World } from "../world.ts";
import { heldFiles, runningDevices } from "./machine-spec.ts";
import type { VirtualMachine } from "./virtual-machine.ts";

/**
 * The guest of this VM asked to be frozen and is: it never goes on, so its disks may become parents. `request` tells
 * the machines of its clones what their guests wait for.
 */
export function becameFrozen(world: World, vm: VirtualMachine, request: number): void {
  world.vms.update(vm, { frozen: { request } });
  const { id, name } = vm.record;
  const devices = runningDevices(vm.record, world.datastores);
  world.datastores.locks.take({ id, name }, asReader(heldFiles(devices, world.datastores)));
  world.post(vm, "VmMessageEvent", `${name} is frozen and can be cloned`, "", {
    message: `${name} is frozen`,
  });
}

/** Holds for a machine that writes nothing any more. */
export function asReader(held: Held[]): Held[] {
  return held.map((file) => ({ ...file, isWriter: false }));
}

/** An InvalidState fault for what only a VM that runs can do. */
export function assertNotFrozen(vm: VirtualMachine): void {
  if (!vm.record.frozen) return;
  throw fault("InvalidState", `${vm.record.name} is frozen: it can be cloned or powered off`);
}
