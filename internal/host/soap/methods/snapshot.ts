import { fault } from "../../fault.ts";
import {
  consolidateDisks,
  removeAllSnapshots,
  removeSnapshot,
} from "../../inventory/vm/snapshot/remove.ts";
import { createSnapshot, type SnapshotRequest } from "../../inventory/vm/snapshot/create.ts";
import { renameSnapshot } from "../../inventory/vm/snapshot/rename.ts";
import { revertTo } from "../../inventory/vm/snapshot/revert.ts";
import { snapshotRef } from "../../inventory/vm/snapshot/tree.ts";
import type { VirtualMachine } from "../../inventory/vm/virtual-machine.ts";
import { type Call, type Methods, param, startTask, startVmTask, userOf, vmOf } from "../call.ts";

/** The part of VirtualMachine that is about snapshots. */
export const vmSnapshots: Methods = {
  CreateSnapshot_Task: (call) =>
    create(call, {
      ...named(call),
      memory: param<boolean>(call, "memory"),
      quiesce: param<boolean>(call, "quiesce"),
    }),
  CreateSnapshotEx_Task: (call) =>
    create(call, {
      ...named(call),
      memory: param<boolean>(call, "memory"),
      quiesce: param<object | undefined>(call, "quiesceSpec") !== undefined,
    }),
  RevertToCurrentSnapshot_Task: (call) => {
    const vm = vmOf(call);
    return startTask(call, () => revertTo(call.world, vm, vm.record.currentSnapshot, revert(call)));
  },
  RemoveAllSnapshots_Task: (call) => {
    const vm = vmOf(call);
    if (param<object | undefined>(call, "spec") !== undefined) {
      throw fault("NotSupported", "snapshots are removed all or one by one, not by their age");
    }
    const consolidate = param<boolean | undefined>(call, "consolidate") ?? true;
    return startTask(call, (progress) =>
      removeAllSnapshots(call.world, vm, { consolidate, progress }),
    );
  },
  ConsolidateVMDisks_Task: (call) => {
    const vm = vmOf(call);
    return startTask(call, (progress) => consolidateDisks(call.world, vm, progress));
  },
};

/** VirtualMachineSnapshot. Its tasks are about the VM. */
export const virtualMachineSnapshot: Methods = {
  RemoveSnapshot_Task: (call) => {
    const vm = owner(call);
    const removeChildren = param<boolean>(call, "removeChildren");
    const consolidate = param<boolean | undefined>(call, "consolidate") ?? true;
    const id = call.object.ref.value;
    return startVmTask(call, vm, (progress) =>
      removeSnapshot(call.world, vm, id, { removeChildren, consolidate, progress }),
    );
  },
  RevertToSnapshot_Task: (call) => {
    const vm = owner(call);
    const id = call.object.ref.value;
    return startVmTask(call, vm, () => revertTo(call.world, vm, id, revert(call)));
  },
  RenameSnapshot: (call) =>
    renameSnapshot(call.world, owner(call), call.object.ref.value, {
      name: param<string | undefined>(call, "name"),
      description: param<string | undefined>(call, "description"),
    }),
};

const owner = (call: Call): VirtualMachine => call.world.vms.ofSnapshot(call.object.ref);

const named = (call: Call) => ({
  name: param<string>(call, "name"),
  description: param<string | undefined>(call, "description") ?? "",
});

const revert = (call: Call) => ({
  suppressPowerOn: param<boolean | undefined>(call, "suppressPowerOn") ?? false,
  userName: userOf(call),
});

function create(call: Call, request: SnapshotRequest) {
  const vm = vmOf(call);
  return startTask(call, async (progress) =>
    snapshotRef(await createSnapshot(call.world, vm, request, progress)),
  );
}
