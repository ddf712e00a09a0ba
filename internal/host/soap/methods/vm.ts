import type { ConfigSpec } from "../../inventory/vm/config-spec.ts";
import { instantClone } from "../../inventory/vm/instant-clone.ts";
import type { InstantCloneSpec } from "../../inventory/vm/instant-clone-draft.ts";
import { powerOff, powerOn, reset, shutdownGuest } from "../../inventory/vm/power.ts";
import { reconfigure } from "../../inventory/vm/reconfigure.ts";
import { relocate } from "../../inventory/vm/relocate.ts";
import type { RelocateSpec } from "../../inventory/vm/relocate-plan.ts";
import { destroyVm, renameVm, unregisterVm } from "../../inventory/vm/remove.ts";
import { type Methods, param, startTask, userOf, vmOf } from "../call.ts";

/** VirtualMachine. */
export const virtualMachine: Methods = {
  PowerOnVM_Task: (call) => startTask(call, () => powerOn(call.world, vmOf(call), userOf(call))),
  PowerOffVM_Task: (call) => startTask(call, () => powerOff(call.world, vmOf(call))),
  ResetVM_Task: (call) => startTask(call, () => reset(call.world, vmOf(call), userOf(call))),
  ShutdownGuest: (call) => shutdownGuest(call.world, vmOf(call), userOf(call)),
  ReconfigVM_Task: (call) => {
    const vm = vmOf(call);
    const spec = param<ConfigSpec>(call, "spec");
    return startTask(call, () => reconfigure(call.world, vm, spec, userOf(call)));
  },
  InstantClone_Task: (call) => {
    const vm = vmOf(call);
    const spec = param<InstantCloneSpec>(call, "spec");
    return startTask(call, () => instantClone(call.world, vm, spec, userOf(call)));
  },
  Rename_Task: (call) => {
    const vm = vmOf(call);
    const name = param<string>(call, "newName");
    return startTask(call, () => renameVm(call.world, vm, name, userOf(call)));
  },
  Destroy_Task: (call) => {
    const vm = vmOf(call);
    return startTask(call, () => destroyVm(call.world, vm, userOf(call)));
  },
  UnregisterVM: (call) => unregisterVm(call.world, vmOf(call), userOf(call)),
  RefreshStorageInfo: () => undefined,
  Reload: () => undefined,
  QueryConnections: () => [],
  RelocateVM_Task: (call) => {
    const vm = vmOf(call);
    const spec = param<RelocateSpec>(call, "spec");
    return startTask(call, (progress) => relocate(call.world, vm, spec, userOf(call), progress));
  },
};
