import type { MoRef } from "../../../vim25/types.ts";
import { fault, invalidArgument } from "../../fault.ts";
import type { ResourceSpec } from "../../inventory/pool-config.ts";
import { folderRef } from "../../inventory/refs.ts";
import type { VAppConfigSpec } from "../../inventory/vapp-config.ts";
import { powerOffVApp, powerOnVApp, removeVApp } from "../../inventory/vapp-power.ts";
import type { ConfigSpec } from "../../inventory/vm/config-spec.ts";
import { createVm, registerVm } from "../../inventory/vm/create.ts";
import { reconfigure } from "../../inventory/vm/reconfigure.ts";
import { type Call, type Methods, param, startTask, userOf } from "../call.ts";

/** ResourcePool. */
export const resourcePool: Methods = {
  CreateResourcePool: (call) => {
    const { ref } = call.object;
    return call.world.pools.create(ref, param<string>(call, "name"), param(call, "spec"));
  },
  CreateVApp: (call) => {
    const folder = param<MoRef | undefined>(call, "vmFolder");
    const name = param<string>(call, "name");
    const { pools, folders } = call.world;
    const inVApp = pools.vappOf(pools.get(call.object.ref).id) !== undefined;
    if (!inVApp) folders.checkName((folder ?? call.world.refs.vmFolder).value, name);
    if (folder && !folders.has(folder)) {
      throw fault("InvalidFolder", "no VM folder", { target: folder });
    }
    const spec = param<VAppConfigSpec>(call, "configSpec");
    return pools.createVApp(call.object.ref, name, param(call, "resSpec"), spec, folder);
  },
  UpdateConfig: (call) => {
    const name = param<string | undefined>(call, "name");
    call.world.pools.update(call.object.ref, name, param(call, "config"));
  },
  UpdateChildResourceConfiguration: async (call) => {
    for (const spec of param<ResourceSpec[]>(call, "spec")) await updateChild(call, spec);
  },
  Rename_Task: (call) =>
    startTask(call, async () =>
      call.world.pools.update(call.object.ref, param<string>(call, "newName"), undefined),
    ),
  Destroy_Task: (call) => startTask(call, async () => call.world.pools.destroy(call.object.ref)),
  DestroyChildren: (call) => call.world.pools.destroyChildren(call.object.ref),
  MoveIntoResourcePool: (call) =>
    call.world.pools.move(call.object.ref, param<MoRef[]>(call, "list")),
  CreateChildVM_Task: (call) =>
    startTask(call, async () => {
      const spec = param<ConfigSpec>(call, "config");
      return (await createVm(call.world, { ...childVm(call), spec })).ref;
    }),
  RegisterChildVM_Task: (call) =>
    startTask(call, async () => {
      const name = param<string | undefined>(call, "name");
      const spec = name === undefined ? {} : { name };
      return (await registerVm(call.world, param(call, "path"), { ...childVm(call), spec })).ref;
    }),
};

/** VirtualApp. */
export const virtualApp: Methods = {
  UpdateVAppConfig: (call) => call.world.pools.updateVApp(call.object.ref, param(call, "spec")),
  PowerOnVApp_Task: (call) =>
    startTask(call, () => powerOnVApp(call.world, vappOf(call), userOf(call))),
  PowerOffVApp_Task: (call) =>
    startTask(call, () =>
      powerOffVApp(call.world, vappOf(call), param<boolean>(call, "force"), userOf(call)),
    ),
  Destroy_Task: (call) =>
    startTask(call, () => removeVApp(call.world, vappOf(call), "destroy", userOf(call))),
  unregisterVApp_Task: (call) =>
    startTask(call, () => removeVApp(call.world, vappOf(call), "unregister", userOf(call))),
};

const vappOf = (call: Call) => call.world.pools.get(call.object.ref);

/** Where a VM made by a pool goes: only vApps, and pools in them, make VMs. */
function childVm(call: Call) {
  const pool = call.object.ref;
  const vapp = call.world.pools.vappOf(call.world.pools.get(pool).id)?.vapp;
  if (!vapp) {
    throw fault("NotSupported", "this pool is in no vApp: create the VM in a folder instead");
  }
  return { folder: folderRef(vapp.folder), pool, userName: userOf(call) };
}

async function updateChild(call: Call, spec: ResourceSpec): Promise<void> {
  const { world } = call;
  const { entity } = spec;
  if (!entity) throw invalidArgument("spec.entity", "say whose resources are to change");
  const object = world.inventory.get(entity);
  const isVm = entity.type === "VirtualMachine";
  const parent = object.properties[isVm ? "resourcePool" : "parent"]?.() as MoRef | undefined;
  if (parent?.value !== call.object.ref.value) {
    throw invalidArgument("spec.entity", `${entity.value} is not directly in this pool`);
  }
  if (!isVm) return world.pools.update(entity, undefined, spec);
  const { changeVersion, cpuAllocation, memoryAllocation } = spec;
  const change: ConfigSpec = changeVersion === undefined ? {} : { changeVersion };
  if (cpuAllocation) change["cpuAllocation"] = cpuAllocation;
  if (memoryAllocation) change["memoryAllocation"] = memoryAllocation;
  await reconfigure(world, world.vms.get(entity), change, userOf(call));
}
