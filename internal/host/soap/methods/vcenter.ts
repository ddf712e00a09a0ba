import type { MoRef } from "../../../vim25/types.ts";
import { fault, faultOf, invalidArgument } from "../../fault.ts";
import type { ClusterSpec } from "../../inventory/cluster.ts";
import {
  configOption,
  configOptionDescriptor,
  configTarget,
} from "../../inventory/config-option.ts";
import { portsOf } from "../../inventory/dvs-ports.ts";
import type { DvGroupSpec, DvsSpec } from "../../inventory/dvs-record.ts";
import { powerOn } from "../../inventory/vm/power.ts";
import type { VirtualMachine } from "../../inventory/vm/virtual-machine.ts";
import { methodFault } from "../../inventory/tasks.ts";
import { type Call, type Methods, param, sessionOf, startTask, userOf } from "../call.ts";

/** ComputeResource, also a cluster. */
export const computeResource: Methods = {
  ReconfigureComputeResource_Task: (call) =>
    startTask(call, async () =>
      call.world.cluster.reconfigure(param<ClusterSpec>(call, "spec"), param(call, "modify")),
    ),
};

/** Datacenter. */
export const datacenter: Methods = {
  PowerOnMultiVM_Task: (call) =>
    startTask(call, async () => {
      const attempted: Record<string, unknown>[] = [];
      const notAttempted: Record<string, unknown>[] = [];
      for (const ref of param<MoRef[]>(call, "vm")) {
        try {
          const vm = call.world.vms.get(ref);
          assertOff(vm);
          attempted.push({ vm: ref, task: powerOnTask(call, vm) });
        } catch (error) {
          const detail = faultOf(error);
          const fault = methodFault(detail);
          notAttempted.push({ vm: ref, fault: { fault, localizedMessage: detail.message } });
        }
      }
      return { _type: "ClusterPowerOnVmResult", attempted, notAttempted };
    }),
};

function assertOff(vm: VirtualMachine): void {
  if (vm.powerState !== "poweredOn") return;
  throw fault("InvalidPowerState", `${vm.record.name} is powered on`, {
    requestedState: "poweredOn",
    existingState: "poweredOn",
  });
}

function powerOnTask(call: Call, vm: VirtualMachine): MoRef {
  const userName = userOf(call);
  const subject = {
    entity: vm.ref,
    entityName: vm.record.name,
    method: "PowerOnVM_Task",
    userName,
  };
  return call.world.tasks.start(subject, () => powerOn(call.world, vm, userName));
}

/** DistributedVirtualSwitch. */
export const distributedVirtualSwitch: Methods = {
  AddDVPortgroup_Task: (call) => addGroups(call, param<DvGroupSpec[]>(call, "spec")),
  CreateDVPortgroup_Task: (call) =>
    startTask(call, async () => {
      const [group] = await call.world.dvs.addGroups(call.object.ref, [
        param<DvGroupSpec>(call, "spec"),
      ]);
      return group;
    }),
  FetchDVPorts: (call) => {
    const { dvs, vms } = call.world;
    const record = dvs.getSwitch(call.object.ref);
    const groups = dvs.all.find((each) => each.record.id === record.id)?.groups ?? [];
    const seen = vms.all().filter((vm) => sessionOf(call).see(vm.ref) !== undefined);
    return portsOf(record, groups, seen, param(call, "criteria") ?? {});
  },
  ReconfigureDvs_Task: (call) =>
    startTask(call, async () =>
      call.world.dvs.reconfigure(call.object.ref, param<DvsSpec>(call, "spec")),
    ),
  Rename_Task: (call) =>
    startTask(call, async () =>
      call.world.dvs.reconfigure(call.object.ref, { name: param<string>(call, "newName") }),
    ),
  Destroy_Task: (call) => startTask(call, () => call.world.dvs.destroy(call.object.ref)),
};

function addGroups(call: Call, specs: DvGroupSpec[]): MoRef {
  if (specs.length === 0) throw invalidArgument("spec", "name a port group to add");
  return startTask(call, async () => {
    await call.world.dvs.addGroups(call.object.ref, specs);
  });
}

/** DistributedVirtualPortgroup. */
export const distributedVirtualPortgroup: Methods = {
  ReconfigureDVPortgroup_Task: (call) =>
    startTask(call, () =>
      call.world.dvs.reconfigureGroup(call.object.ref, param<DvGroupSpec>(call, "spec")),
    ),
  Rename_Task: (call) =>
    startTask(call, () =>
      call.world.dvs.reconfigureGroup(call.object.ref, { name: param<string>(call, "newName") }),
    ),
  Destroy_Task: (call) => startTask(call, () => call.world.dvs.destroyGroup(call.object.ref)),
};

/** Folder, the part that only a vCenter has. */
export const vcenterFolder: Methods = {
  CreateDVS_Task: (call) =>
    startTask(call, async () => {
      const { world } = call;
      if (world.mode === "esx")
        throw fault("NotSupported", "distributed switches need --mode vcenter");
      if (call.object.ref.value !== world.refs.networkFolder.value) {
        throw fault("NotSupported", "a switch is made in the network folder");
      }
      const { configSpec } = param<{ configSpec: DvsSpec }>(call, "spec");
      return world.dvs.create(configSpec);
    }),
  CreateDatacenter: () => {
    throw fault("NotSupported", "vic-host has one datacenter, and no other can be made");
  },
  CreateClusterEx: () => {
    throw fault("NotSupported", "vic-host has one cluster, and no other can be made");
  },
};

/** EnvironmentBrowser. */
export const environmentBrowser: Methods = {
  QueryConfigOption: (call) => optionFor(param(call, "key")),
  QueryConfigOptionEx: (call) => optionFor(param<{ key?: string } | undefined>(call, "spec")?.key),
  QueryConfigOptionDescriptor: (call) => [configOptionDescriptor(call.world)],
  QueryConfigTarget: (call) => configTarget(call.world),
};

/** There is one version of virtual hardware: another one has no options. */
function optionFor(key: string | undefined): Record<string, unknown> | undefined {
  const option = configOption();
  return key === undefined || key === "" || key === option["version"] ? option : undefined;
}
