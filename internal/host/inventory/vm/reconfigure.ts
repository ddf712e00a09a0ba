import { fault } from "../../fault.ts";
import type { Place } from "../../storage/place.ts";
import { unescapeName } from "../entity.ts";
import type { World } from "../world.ts";
import {
  applyExtraConfig,
  applyScalars,
  bumped,
  type ConfigSpec,
  extraConfigDelta,
} from "./config-spec.ts";
import { type DevicePlan, type DeviceStep, planDevices } from "./device-plan.ts";
import { heldFiles, machineDevice, setGuestInfo } from "./machine-spec.ts";
import type { VirtualMachine } from "./virtual-machine.ts";
import { homePlace, saveVmx } from "./vmx-file.ts";

/** Takes back one step; what fails while taking back is left as it is. */
type Undo = () => Promise<unknown>;

/** Changes a VM. Either all of the spec comes true or, as far as a running guest lets go again, none of it. */
export async function reconfigure(
  world: World,
  vm: VirtualMachine,
  spec: ConfigSpec,
  userName: string,
): Promise<void> {
  await vm.lock.run(async () => {
    if (vm.isGone) {
      throw fault("ManagedObjectNotFound", `${vm.record.name} is gone`, { obj: vm.ref });
    }
    const { config } = vm.record;
    if (spec.changeVersion !== undefined && spec.changeVersion !== config.changeVersion) {
      throw fault("ConcurrentAccess", `${vm.record.name} was changed meanwhile: read it again`);
    }
    const isOn = vm.record.isPoweredOn;
    const scalars = applyScalars(config, spec, isOn);
    if (isOn) world.pools.admit(vm, scalars);
    const name = newName(world, vm, spec);
    const plan = await planDevices(config.devices, spec.deviceChange ?? [], planContext(world, vm));
    const delta = extraConfigDelta(config, spec);
    // Checked before anything is done; done again below on what guests wrote meanwhile.
    applyExtraConfig(config.extraConfig, delta);
    await carryOut(world, vm, plan, delta);
    const extraConfig = applyExtraConfig(vm.record.config.extraConfig, delta);
    world.vms.update(vm, {
      name,
      config: bumped({ ...scalars, devices: currentDevices(vm, plan), extraConfig }),
    });
    await destroyFiles(world, plan);
    saveVmx(world.datastores, vm.record);
    world.post(vm, "VmReconfiguredEvent", `${name} is reconfigured`, userName, {
      configSpec: {},
    });
  });
}

/** What {@link planDevices} needs for this VM. */
export function planContext(world: World, vm: VirtualMachine) {
  return {
    datastores: world.datastores,
    home: homePlace(world.datastores, vm.record),
    name: vm.record.name,
    isOn: vm.record.isPoweredOn,
    portGroup: (name: string) => world.networks.group(name),
    portGroupByRef: world.networks.byRef.bind(world.networks),
  };
}

function newName(world: World, vm: VirtualMachine, spec: ConfigSpec): string {
  if (spec.name === undefined) return vm.record.name;
  const name = unescapeName(spec.name);
  if (name !== vm.record.name) world.folders.checkName(vm.record.folder, name);
  return name;
}

/** The planned devices; disconnected when the VM stopped while the plan was carried out. */
function currentDevices(vm: VirtualMachine, plan: DevicePlan) {
  if (vm.record.isPoweredOn) return plan.devices;
  return plan.devices.map((device) =>
    device.connectable
      ? { ...device, connectable: { ...device.connectable, connected: false, status: "untried" } }
      : device,
  );
}

/** Makes files and, while the VM runs, plugs and unplugs; takes everything back when one step fails. */
export async function carryOut(
  world: World,
  vm: VirtualMachine,
  plan: DevicePlan,
  delta: Map<string, string | undefined>,
): Promise<void> {
  const undos: Undo[] = [];
  const before = vm.record.config.extraConfig;
  try {
    for (const step of plan.steps) await doStep(world, vm, step, undos);
    if (!vm.machine) return;
    const { machine } = vm;
    const old = new Map([...delta.keys()].map((key) => [key, before[key]] as const));
    undos.push(() => setGuestInfo(machine, old));
    // Last, so that the guest finds its new devices when it learns of its new values.
    await setGuestInfo(machine, delta);
  } catch (error) {
    for (const undo of undos.reverse()) await undo().catch(() => undefined);
    throw error;
  }
}

async function doStep(
  world: World,
  vm: VirtualMachine,
  step: DeviceStep,
  undos: Undo[],
): Promise<void> {
  const { disks, locks } = world.datastores;
  if (step.kind === "create-disk") {
    if (step.parent) await disks.createChild(step.place, step.parent);
    else await disks.create(step.place, step.capacityBytes);
    undos.push(() => disks.delete(step.place));
    return;
  }
  const { machine } = vm;
  if (!machine || step.kind === "destroy-file") return;
  const device = machineDevice(step.device, world.datastores);
  if (!device) return;
  const held = heldFiles([step.device], world.datastores);
  const release = () =>
    locks.release(
      vm.record.id,
      held.map((h) => h.place),
    );
  if (step.kind === "add") {
    locks.take({ id: vm.record.id, name: vm.record.name }, held);
    undos.push(async () => release());
    await machine.addDevice(device);
    undos.push(() => machine.removeDevice(device.key));
  } else if (step.kind === "remove") {
    await machine.removeDevice(device.key);
    undos.push(() => machine.addDevice(device));
    release();
  } else {
    await machine.editDevice(device);
    const old = machineDevice(step.before, world.datastores);
    if (old) undos.push(() => machine.editDevice(old));
  }
}

/** Deletes what the spec wants destroyed; the VM no longer has it. */
async function destroyFiles(world: World, plan: DevicePlan): Promise<void> {
  const places: Place[] = plan.steps.flatMap((s) => (s.kind === "destroy-file" ? [s.place] : []));
  for (const place of places) await world.datastores.disks.delete(place);
}
