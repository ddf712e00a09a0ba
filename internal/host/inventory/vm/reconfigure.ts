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
import { assertNotFrozen } from "./frozen.ts";
import { heldFiles, machineDevice, setGuestInfo } from "./machine-spec.ts";
import type { VirtualMachine } from "./virtual-machine.ts";
import type { VmRecord } from "./record.ts";
import { assertState, assertThere } from "./power-state.ts";
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
    assertThere(vm);
    assertHardware(vm, spec);
    const { config } = vm.record;
    if (spec.changeVersion !== undefined && spec.changeVersion !== config.changeVersion) {
      throw fault("ConcurrentAccess", `${vm.record.name} was changed meanwhile: read it again`);
    }
    const isOn = vm.record.isPoweredOn;
    if ((spec.deviceChange ?? []).length > 0) assertNotFrozen(vm);
    const scalars = applyScalars(config, spec, isOn);
    if (isOn) world.pools.admit(vm, scalars);
    const name = newName(world, vm, spec);
    const plan = await planDevices(config.devices, spec.deviceChange ?? [], planContext(world, vm));
    const delta = extraConfigDelta(config, spec);
    // Checked before anything is done; done again below on what guests wrote meanwhile.
    applyExtraConfig(config.extraConfig, delta);
    const takeBack = await carryOut(world, vm, plan, delta);
    const { intents } = world.datastores;
    const doomed = placesOf(plan, "destroy-file");
    try {
      const extraConfig = applyExtraConfig(vm.record.config.extraConfig, delta);
      const newConfig = bumped({ ...scalars, devices: currentDevices(vm, plan), extraConfig });
      const layers = attachedLayers(vm, plan);
      world.vms.update(vm, { name, config: newConfig, ...layers }, () => {
        intents.end(...placesOf(plan, "create-disk"));
        intents.remove(...doomed);
      });
    } catch (error) {
      await takeBack();
      throw error;
    }
    for (const place of doomed) await world.datastores.disks.delete(place);
    saveVmx(world.datastores, vm.record);
    world.post(vm, "VmReconfiguredEvent", `${name} is reconfigured`, userName, {
      configSpec: {},
    });
  });
}

/** A disk that is taken from the VM is no longer one that consolidation may delete. */
function attachedLayers({ record }: VirtualMachine, plan: DevicePlan): Partial<VmRecord> {
  const { layers = [] } = record;
  if (layers.length === 0) return {};
  const taken = plan.steps.flatMap((s) =>
    s.kind === "remove" ? [s.device.backing?.fileName] : [],
  );
  return { layers: layers.filter((path) => !taken.includes(path)) };
}

/** What {@link planDevices} needs for this VM. */
export function planContext(world: World, vm: VirtualMachine) {
  return {
    datastores: world.datastores,
    home: homePlace(world.datastores, vm.record),
    name: vm.record.name,
    isOn: vm.record.isPoweredOn,
    hasSnapshots: (vm.record.snapshots ?? []).length > 0,
    networks: world.networks,
    dvs: world.dvs,
  };
}

/** What a saved state depends on stays as it is while the VM is suspended. */
function assertHardware(vm: VirtualMachine, spec: ConfigSpec): void {
  const { numCPUs, numCoresPerSocket, memoryMB, deviceChange = [], uuid } = spec;
  const isHardware = [numCPUs, numCoresPerSocket, memoryMB, uuid].some((v) => v !== undefined);
  if (isHardware || deviceChange.length > 0) {
    assertState(vm, ["poweredOff", "poweredOn"], "poweredOff");
  }
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

/**
 * Makes files and, while the VM runs, plugs and unplugs; takes everything back when one step fails. Returns what takes it
 * back later, should it not be stored. Only a disk that was made larger stays so.
 */
export async function carryOut(
  world: World,
  vm: VirtualMachine,
  plan: DevicePlan,
  delta: Map<string, string | undefined>,
): Promise<() => Promise<void>> {
  const undos: Undo[] = [];
  const takeBack = async () => {
    for (const undo of undos.splice(0).reverse()) await undo().catch(() => undefined);
  };
  const before = vm.record.config.extraConfig;
  try {
    for (const step of plan.steps) await doStep(world, vm, step, undos);
    const { machine } = vm;
    if (!machine) return takeBack;
    const old = new Map([...delta.keys()].map((key) => [key, before[key]] as const));
    undos.push(() => setGuestInfo(machine, old));
    // Last, so that the guest finds its new devices when it learns of its new values.
    await setGuestInfo(machine, delta);
    return takeBack;
  } catch (error) {
    await takeBack();
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
    const { copyOf } = step;
    undos.push(await world.datastores.files.makeParent(step.place));
    if (copyOf?.kind === "full") await disks.flatten(step.place, copyOf.from, true);
    else if (copyOf?.kind === "top") await disks.copyTop(step.place, copyOf.from, true);
    else if (step.parent) await disks.createChild(step.place, step.parent, undefined, true);
    else await disks.create(step.place, step.capacityBytes, true);
    undos.push(() => disks.delete(step.place));
    return;
  }
  const { machine } = vm;
  if (step.kind === "grow-disk") {
    if (machine) await machine.resizeDisk(step.key, step.capacityBytes);
    else await disks.grow(step.place, step.capacityBytes);
    return;
  }
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
    world.datastores.hold({ id: vm.record.id, name: vm.record.name }, held);
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

/** Files of all steps of this kind. */
export function placesOf(plan: DevicePlan, kind: "create-disk" | "destroy-file"): Place[] {
  return plan.steps.flatMap((step) =>
    (step.kind === "create-disk" || step.kind === "destroy-file") && step.kind === kind
      ? [step.place]
      : [],
  );
}
