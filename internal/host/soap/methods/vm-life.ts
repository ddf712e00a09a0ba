import type { MoRef } from "../../../vim25/types.ts";
import { fault } from "../../fault.ts";
import { type CloneSpec, cloneVm, markTemplate } from "../../inventory/vm/clone.ts";
import { rebootGuest, standbyGuest, terminate } from "../../inventory/vm/power.ts";
import { suspend } from "../../inventory/vm/suspend.ts";
import { type Call, type Handler, type Methods, param, startTask, userOf, vmOf } from "../call.ts";

/** What VMware's tools or storage would do and nothing here can; told as the fault for it, and why. */
const unsupported: Record<string, string> = {
  QueryChangedDiskAreas: "changed blocks are not tracked: read the whole disk",
  QueryUnownedFiles: "vic-host does not look for files that are nobody's",
  AnswerVM: "vic-host asks no questions",
};

/** The part of VirtualMachine that is about suspending, cloning and templates. */
export const vmLife: Methods = {
  ...Object.fromEntries(
    Object.entries(unsupported).map(([method, why]): [string, Handler] => [
      method,
      (call) => {
        vmOf(call);
        throw fault("NotSupported", why);
      },
    ]),
  ),
  SuspendVM_Task: (call) => {
    const vm = vmOf(call);
    return startTask(call, (progress) => suspend(call.world, vm, userOf(call), progress));
  },
  TerminateVM: (call) => terminate(vmOf(call)),
  RebootGuest: (call) => rebootGuest(call.world, vmOf(call), userOf(call)),
  StandbyGuest: (call) => standbyGuest(vmOf(call)),
  MarkAsTemplate: (call) => markTemplate(call.world, vmOf(call), true),
  MarkAsVirtualMachine: (call) =>
    markTemplate(call.world, vmOf(call), false, param<MoRef>(call, "pool")),
  CloneVM_Task: (call) => clone(call),
};

function clone(call: Call): MoRef {
  const source = vmOf(call);
  const target = {
    folder: param<MoRef>(call, "folder"),
    name: param<string>(call, "name"),
    spec: param<CloneSpec>(call, "spec"),
    userName: userOf(call),
  };
  return startTask(call, async () => (await cloneVm(call.world, source, target)).ref);
}
