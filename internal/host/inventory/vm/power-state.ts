import { fault } from "../../fault.ts";
import type { PowerState } from "./record.ts";
import type { VirtualMachine } from "./virtual-machine.ts";

/** A fault when the VM was destroyed or unregistered meanwhile. */
export function assertThere(vm: VirtualMachine): void {
  if (!vm.isGone) return;
  throw fault("ManagedObjectNotFound", `${vm.record.name} is gone`, { obj: vm.ref });
}

/** A fault unless the VM is there and in one of the states that the operation can begin in. */
export function assertState(
  vm: VirtualMachine,
  needed: PowerState | PowerState[],
  requested: PowerState,
): void {
  assertThere(vm);
  if ([needed].flat().includes(vm.powerState)) return;
  throw fault("InvalidPowerState", `${vm.record.name} is ${vm.powerState}`, {
    requestedState: requested,
    existingState: vm.powerState,
  });
}

/** A fault when the VM is a template: it can be cloned and made a VM again, and nothing else. */
export function assertNoTemplate(vm: VirtualMachine): void {
  if (vm.record.isTemplate !== true) return;
  throw fault("InvalidVmState", `${vm.record.name} is a template: clone it`, { vm: vm.ref });
}
