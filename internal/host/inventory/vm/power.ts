import { VicError } from "../../../errors/errors.ts";
import { fault } from "../../fault.ts";
import type { MachineEvents } from "../../vm/machine.ts";
import type { World } from "../world.ts";
import { heldFiles, machineSpec, withConnections } from "./machine-spec.ts";
import { offState, type VirtualMachine } from "./virtual-machine.ts";
import { homePlace, vmxPlace } from "./vmx-file.ts";

const endRetryMs = 1_000;

/** Starts the VM. */
export async function powerOn(world: World, vm: VirtualMachine, userName: string): Promise<void> {
  await vm.lock.run(async () => {
    assertState(vm, "poweredOff", "poweredOn");
    const { datastores, hypervisor, vms } = world;
    const { config } = vm.record;
    const devices = withConnections(config.devices, true);
    await assertFiles(world, vm);
    const held = heldFiles(devices, datastores);
    const own = { place: vmxPlace(datastores, vm.record), isWriter: true };
    datastores.locks.take({ id: vm.record.id, name: vm.record.name }, [...held, own]);
    const exit = Promise.withResolvers<never>();
    exit.promise.catch(() => undefined);
    let isStarted = false;
    const events = machineEvents(world, vm, (detail) => {
      if (isStarted) return false;
      exit.reject(
        fault("GenericVmConfigFault", `the VM did not start: ${detail}`, { reason: detail }),
      );
      return true;
    });
    try {
      world.pools.admit(vm);
      // Stored before the start: should vic-host die in between, the next one looks for the process.
      vms.update(vm, { isStarting: true, bootTime: new Date().toISOString() });
      const spec = machineSpec({ ...vm.record, config: { ...config, devices } }, datastores);
      vm.machine = await Promise.race([hypervisor.start(spec, events), exit.promise]);
      isStarted = true;
      const now = vm.record.config;
      vms.update(vm, {
        config: { ...now, devices: withConnections(now.devices, true) },
        isPoweredOn: true,
        isStarting: false,
      });
    } catch (error) {
      // A machine whose state could not be stored must not run on behind a VM that is shown as off.
      await vm.machine?.powerOff().catch(() => undefined);
      vm.machine = undefined;
      datastores.locks.releaseAll(vm.record.id);
      if (vm.record.isStarting) vms.update(vm, { isStarting: false });
      throw error;
    }
    world.post(vm, "VmPoweredOnEvent", `${vm.record.name} is powered on`, userName);
  });
}

/** What has to be there for a start; better said now than by a machine that does not boot. */
async function assertFiles(world: World, vm: VirtualMachine): Promise<void> {
  const { places, files, disks } = world.datastores;
  for (const device of vm.record.config.devices) {
    const file = device.backing?.fileName;
    if (file === undefined) continue;
    const place = places.parse(file);
    if (device._type === "VirtualDisk") await disks.assertWritable(place);
    if (device._type === "VirtualSerialPort") await files.assertParent(place);
    const isNeeded = device._type === "VirtualCdrom" && device.connectable?.startConnected;
    if (isNeeded && !(await files.exists(place))) {
      throw fault("FileNotFound", `"${place.text}" is not there`, { file: place.text });
    }
  }
  const home = homePlace(world.datastores, vm.record);
  using _room = await world.datastores.of(home).space.claim(0);
}

/** Pulls the plug. */
export async function powerOff(world: World, vm: VirtualMachine): Promise<void> {
  await vm.lock.run(async () => {
    assertState(vm, "poweredOn", "poweredOff");
    await vm.machine?.powerOff();
    ended(world, vm, "host", "");
  });
}

/** Presses the reset button. */
export async function reset(world: World, vm: VirtualMachine, userName: string): Promise<void> {
  await vm.lock.run(async () => {
    assertState(vm, "poweredOn", "poweredOn");
    await vm.machine?.reset();
    vm.live = { ...vm.live, nics: [], areToolsRunning: false };
    world.vms.update(vm, { bootTime: new Date().toISOString() });
    world.post(vm, "VmResettingEvent", `${vm.record.name} is reset`, userName);
  });
}

/** Asks the guest to shut down; it powers itself off some time later. */
export async function shutdownGuest(
  world: World,
  vm: VirtualMachine,
  userName: string,
): Promise<void> {
  assertState(vm, "poweredOn", "poweredOff");
  if (!vm.live.areToolsRunning) {
    throw fault("ToolsUnavailable", `the tools in ${vm.record.name} do not run`);
  }
  await vm.machine?.shutdownGuest().catch((cause: unknown) => {
    if (VicError.from(cause).code !== "unavailable") throw cause;
    throw fault("ToolsUnavailable", `the tools in ${vm.record.name} do not run`, {}, cause);
  });
  world.post(vm, "VmGuestShutdownEvent", `${vm.record.name} is asked to shut down`, userName);
}

/** A fault unless the VM is there and in the state that the operation needs. */
export function assertState(
  vm: VirtualMachine,
  needed: "poweredOn" | "poweredOff",
  requested: "poweredOn" | "poweredOff",
): void {
  if (vm.isGone) {
    throw fault("ManagedObjectNotFound", `${vm.record.name} is gone`, { obj: vm.ref });
  }
  if (vm.powerState === needed) return;
  throw fault("InvalidPowerState", `${vm.record.name} is ${vm.powerState}`, {
    requestedState: requested,
    existingState: vm.powerState,
  });
}

/** The VM does not run any more; idempotent. */
export function ended(
  world: World,
  vm: VirtualMachine,
  reason: "guest" | "host" | "crash",
  detail: string,
): void {
  if (!vm.record.isPoweredOn) return;
  const { name, config } = vm.record;
  vm.machine = undefined;
  vm.live = { ...offState(), storageBytes: vm.live.storageBytes, storageAt: vm.live.storageAt };
  world.datastores.locks.releaseAll(vm.record.id);
  world.vms.update(vm, {
    isPoweredOn: false,
    config: { ...config, devices: withConnections(config.devices, false) },
  });
  if (reason === "crash") {
    world.postError(vm, `${name} ended unexpectedly: ${detail}`);
  }
  const how = { guest: "by its guest", host: "by the host", crash: "by a crash" }[reason];
  world.post(vm, "VmPoweredOffEvent", `${name} is powered off ${how}`);
}

/** {@link ended}, tried again for as long as the database takes nothing, for example on a full disk. */
function endedForSure(...end: Parameters<typeof ended>): void {
  try {
    ended(...end);
  } catch (error) {
    console.error(`the end of a VM is not stored yet: ${String(error)}`);
    setTimeout(() => endedForSure(...end), endRetryMs);
  }
}

/** Handlers for what the machine says; `early` gets an exit first and says whether it took it. */
export function machineEvents(
  world: World,
  vm: VirtualMachine,
  early: (detail: string) => boolean = () => false,
): MachineEvents {
  return {
    exited: (reason, detail) => {
      if (!early(detail)) endedForSure(world, vm, reason, detail);
    },
    guestInfo: (key, value, stored) => world.guestWrites.write(vm, key, value, stored),
    guestNics: (nics) => {
      vm.live = { ...vm.live, nics };
      world.inventory.changed(vm.ref);
    },
    toolsRunning: (areToolsRunning) => {
      vm.live = { ...vm.live, areToolsRunning };
      world.inventory.changed(vm.ref);
    },
    guestOperations: (areOperationsReady) => {
      vm.live = { ...vm.live, areOperationsReady };
      world.inventory.changed(vm.ref);
    },
  };
}
