import { VicError } from "../../../errors/errors.ts";
import { fault } from "../../fault.ts";
import type { Datastores } from "../../storage/datastores.ts";
import type { MachineEvents, MachineRestore } from "../../vm/machine.ts";
import type { World } from "../world.ts";
import { assertNotFrozen, becameFrozen } from "./frozen.ts";
import { isNonpersistent } from "./device-disk.ts";
import { heldFiles, machineSpec, runningDevices, withConnections } from "./machine-spec.ts";
import { assertNoTemplate, assertState } from "./power-state.ts";
import type { Device, PowerState, VmRecord } from "./record.ts";
import { makeRedo, withoutRedo } from "./redo.ts";
import { emptyTrash } from "./snapshot/merge.ts";
import { discardSuspended } from "./suspend.ts";
import { offState, type VirtualMachine } from "./virtual-machine.ts";
import { homePlace, vmxPlace } from "./vmx-file.ts";

/** Starts the VM, or lets it go on when it is suspended. */
export async function powerOn(world: World, vm: VirtualMachine, userName: string): Promise<void> {
  await vm.lock.run(() => startMachine(world, vm, userName));
}

/** {@link powerOn} for those who have the VM's lock. */
export async function startMachine(
  world: World,
  vm: VirtualMachine,
  userName: string,
  /** What an instant clone starts from, and the addresses in that; without a state it is suspended and has its own. */
  source?: { restore?: MachineRestore; macs: Record<number, string> },
): Promise<void> {
  assertState(vm, ["poweredOff", "suspended"], "poweredOn");
  assertNoTemplate(vm);
  const { datastores, hypervisor, vms } = world;
  // An earlier start of which only the beginning could be stored.
  if (vm.record.isStarting) vms.update(vm, { isStarting: false, ...wentOn(vm.record) });
  const { config, suspended } = vm.record;
  // A machine that goes on finds its devices as they were.
  const devices = suspended || source ? config.devices : withConnections(config.devices, true);
  await assertFiles(world, vm);
  try {
    await makeRedo(world, vm);
    const running = { ...vm.record, config: { ...config, devices } };
    const held = heldFiles(runningDevices(running, datastores), datastores);
    const own = { place: vmxPlace(datastores, vm.record), isWriter: true };
    datastores.hold({ id: vm.record.id, name: vm.record.name }, [...held, own]);
  } catch (error) {
    await dropRedo(world, vm);
    throw error;
  }
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
    const started = { ...vm.record, config: { ...config, devices } };
    const spec = {
      ...machineSpec(started, datastores),
      ...restoreOf(suspended, datastores, source),
    };
    vm.machine = await Promise.race([hypervisor.start(spec, events), exit.promise]);
    isStarted = true;
    vms.update(vm, {
      config: { ...vm.record.config, devices },
      isPoweredOn: true,
      isStarting: false,
      ...wentOn(vm.record),
      ...(source ? { pending: undefined } : {}),
    });
  } catch (error) {
    // A machine whose state could not be stored must not run on behind a VM that is shown as off.
    await vm.machine?.powerOff().catch(() => undefined);
    vm.machine = undefined;
    datastores.locks.releaseAll(vm.record.id);
    const isStale = isStarted ? wentOn(vm.record) : {};
    if (vm.record.isStarting) vms.update(vm, { isStarting: false, ...isStale });
    await dropRedo(world, vm);
    throw error;
  }
  if (suspended) world.post(vm, "VmResumingEvent", `${vm.record.name} goes on`, userName);
  world.post(vm, world.cluster.poweredOnEvent, `${vm.record.name} is powered on`, userName);
  await emptyTrash(world, vm).catch(() => undefined);
}

/** Deletes what a VM that did not start would have written; a suspended one keeps what it has. */
async function dropRedo(world: World, vm: VirtualMachine): Promise<void> {
  if (!vm.record.redo || vm.record.suspended) return;
  world.vms.update(vm, withoutRedo(vm.record));
  await emptyTrash(world, vm).catch(() => undefined);
}

function restoreOf(
  suspended: VmRecord["suspended"],
  { places }: Datastores,
  source: { restore?: MachineRestore; macs: Record<number, string> } | undefined,
): { restore?: MachineRestore } {
  const macs = source ? { macs: source.macs } : {};
  if (!suspended) return source?.restore ? { restore: { ...source.restore, ...macs } } : {};
  const { path, bootPath } = suspended.state;
  const boot = bootPath === undefined ? {} : { bootPath: places.parse(bootPath).absolute };
  return { restore: { statePath: places.parse(path).absolute, ...boot, ...macs } };
}

/** What is no longer true once the VM runs: a state that it went on from must not be used a second time. */
export function wentOn(record: VmRecord): Partial<VmRecord> {
  const { suspended, trash = [], config } = record;
  if (!suspended) {
    const isInserted = (d: Device) => d._type === "VirtualCdrom" && d.connectable?.startConnected;
    return { bootPath: config.devices.find(isInserted)?.backing?.fileName };
  }
  const { state, isOwn } = suspended;
  return {
    suspended: undefined,
    bootPath: state.bootPath,
    trash: isOwn ? [...trash, state.path] : trash,
  };
}

/** What has to be there for a start; better said now than by a machine that does not boot. */
async function assertFiles(world: World, vm: VirtualMachine): Promise<void> {
  const { places, files, disks } = world.datastores;
  for (const device of vm.record.config.devices) {
    const file = device.backing?.fileName;
    if (file === undefined) continue;
    const place = places.parse(file);
    const isOnlyRead = isNonpersistent(device.backing?.["diskMode"]);
    if (device._type === "VirtualDisk") {
      await (isOnlyRead ? disks.assertKind(place) : disks.assertWritable(place));
    }
    if (device._type === "VirtualSerialPort") await files.assertParent(place);
    const isNeeded = device._type === "VirtualCdrom" && device.connectable?.startConnected;
    if (isNeeded && !(await files.exists(place))) {
      throw fault("FileNotFound", `"${place.text}" is not there`, { file: place.text });
    }
  }
  const { state } = vm.record.suspended ?? {};
  for (const file of state ? [state.path, state.bootPath] : []) {
    if (file === undefined || (await files.exists(places.parse(file)))) continue;
    const text = `"${file}" is not there: bring it back, or power the VM off to boot it`;
    throw fault("FileNotFound", text, { file });
  }
  const home = homePlace(world.datastores, vm.record);
  using _room = await world.datastores.of(home).space.claim(0);
}

/** Pulls the plug. */
export async function powerOff(world: World, vm: VirtualMachine): Promise<void> {
  await vm.lock.run(async () => {
    assertState(vm, ["poweredOn", "suspended"], "poweredOff");
    if (vm.record.suspended) {
      await discardSuspended(world, vm);
      world.post(vm, "VmPoweredOffEvent", `${vm.record.name} is powered off`);
      return;
    }
    await vm.machine?.powerOff();
    ended(world, vm, "host", "");
  });
}

/** Presses the reset button. */
export async function reset(world: World, vm: VirtualMachine, userName: string): Promise<void> {
  await vm.lock.run(async () => {
    assertState(vm, "poweredOn", "poweredOn");
    assertNotFrozen(vm);
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
  assertTools(vm, "poweredOff");
  await vm.machine?.shutdownGuest().catch((cause: unknown) => {
    throw toolsFault(vm, cause);
  });
  world.post(vm, "VmGuestShutdownEvent", `${vm.record.name} is asked to shut down`, userName);
}

/** Asks the guest to reboot. */
export async function rebootGuest(
  world: World,
  vm: VirtualMachine,
  userName: string,
): Promise<void> {
  assertTools(vm, "poweredOn");
  await vm.machine?.rebootGuest().catch((cause: unknown) => {
    throw toolsFault(vm, cause);
  });
  world.post(vm, "VmGuestRebootEvent", `${vm.record.name} is asked to reboot`, userName);
}

/** No guest of vic-host can be put to sleep. */
export function standbyGuest(vm: VirtualMachine): never {
  assertTools(vm, "suspended");
  throw fault("NotSupported", "the guest's tools cannot put it to sleep: suspend the VM");
}

/** Ends the VM's process at once, also while something else is under way with the VM. */
export async function terminate(vm: VirtualMachine): Promise<void> {
  assertState(vm, "poweredOn", "poweredOff");
  await vm.machine?.powerOff();
}

function assertTools(vm: VirtualMachine, requested: PowerState): void {
  assertState(vm, "poweredOn", requested);
  assertNotFrozen(vm);
  if (!vm.live.areToolsRunning) throw toolsFault(vm);
}

/** ToolsUnavailable for an error that says so. */
function toolsFault(vm: VirtualMachine, cause?: unknown): unknown {
  if (cause !== undefined && VicError.from(cause).code !== "unavailable") return cause;
  return fault("ToolsUnavailable", `the tools in ${vm.record.name} do not run`, {}, cause);
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
  world.vms.updateSurely(vm, {
    isPoweredOn: false,
    frozen: undefined,
    thawed: undefined,
    config: { ...config, devices: withConnections(config.devices, false) },
    ...withoutRedo(vm.record),
  });
  // Should that fail, the next start of the VM or of vic-host does it.
  void emptyTrash(world, vm).catch(() => undefined);
  if (reason === "crash") {
    world.postError(vm, `${name} ended unexpectedly: ${detail}`);
  }
  const how = { guest: "by its guest", host: "by the host", crash: "by a crash" }[reason];
  world.post(vm, "VmPoweredOffEvent", `${name} is powered off ${how}`);
}

/** Handlers for what the machine says; `early` gets an exit first and says whether it took it. */
export function machineEvents(
  world: World,
  vm: VirtualMachine,
  early: (detail: string) => boolean = () => false,
): MachineEvents {
  return {
    exited: (reason, detail) => {
      if (!early(detail)) ended(world, vm, reason, detail);
    },
    guestInfo: (key, value, stored) => world.guestWrites.write(vm, key, value, stored),
    frozen: (request) => becameFrozen(world, vm, request),
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
