import { fault } from "../../fault.ts";
import { poolRef } from "../../inventory/refs.ts";
import type { ConfigSpec } from "../../inventory/vm/config-spec.ts";
import { instantClone } from "../../inventory/vm/instant-clone.ts";
import type { InstantCloneSpec } from "../../inventory/vm/instant-clone-draft.ts";
import { powerOff, powerOn, reset, shutdownGuest } from "../../inventory/vm/power.ts";
import { reconfigure } from "../../inventory/vm/reconfigure.ts";
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
    const spec = param<{ pool?: { type: string; value: string }; [f: string]: unknown }>(
      call,
      "spec",
    );
    return startTask(call, async () => {
      const others = Object.keys(spec).filter(
        (f) => !["_type", "pool", "host", "datastore"].includes(f),
      );
      const isEmpty = (f: string) => Array.isArray(spec[f]) && spec[f].length === 0;
      if (others.some((f) => !isEmpty(f))) {
        throw fault("NotSupported", "one host with one datastore: only the pool can change");
      }
      if (!spec.pool) return;
      call.world.pools.get(spec.pool);
      const before = poolRef(vm.record.pool);
      call.world.vms.update(vm, { pool: spec.pool.value });
      call.world.inventory.changed(before);
    });
  },
};
