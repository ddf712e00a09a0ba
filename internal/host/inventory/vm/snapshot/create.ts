import { rm } from "node:fs/promises";
import { fault } from "../../../fault.ts";
import { baseName, type Place } from "../../../storage/place.ts";
import type { World } from "../../world.ts";
import { assertNotFrozen } from "../frozen.ts";
import { assertNoTemplate, assertThere } from "../power-state.ts";
import {
  type Device,
  type DiskSwitch,
  isSnapshotDisk,
  type SavedState,
  type SnapshotRecord,
} from "../record.ts";
import type { VirtualMachine } from "../virtual-machine.ts";
import { homePlace } from "../vmx-file.ts";
import { commitSnapshot } from "./commit.ts";
import { saveVmsd } from "./vmsd.ts";
import { settle } from "./settle.ts";
import { copyState } from "./state-file.ts";

/** Snapshots in one line, and of one VM altogether; the limits of vSphere. */
const levelsMax = 32;
const snapshotsMax = 496;
/** Numbers tried for a file name. */
const namesMax = 1_000_000;
const nameMax = 80;
const mib = 1024 * 1024;

/** What the client asks for. */
export interface SnapshotRequest {
  name: string;
  description: string;
  /** With the RAM of a running VM. */
  memory: boolean;
  /** With file systems that the guest brought in order; only a running guest with tools could. */
  quiesce: boolean;
  /** {@link SnapshotRecord.isForClone} */
  isForClone?: boolean;
}

/** Freezes the VM's disks and remembers what it is; returns the id of the snapshot. */
export async function createSnapshot(
  world: World,
  vm: VirtualMachine,
  request: SnapshotRequest,
  progress: (percent: number) => void,
): Promise<string> {
  return vm.lock.run(async () => {
    assertThere(vm);
    assertNotFrozen(vm);
    check(vm, request);
    // What an earlier operation could not end must not be forgotten.
    await settle(world, vm);
    const { vms, datastores } = world;
    const disks = await switches(world, vm);
    const snapshot = newSnapshot(world, vm, request);
    vms.update(vm, { pending: { kind: "snapshot", snapshot, disks } });
    try {
      for (const { from, to } of disks) {
        const { places } = datastores;
        await datastores.disks.createChild(places.parse(to), places.parse(from), vm.record.id);
      }
      if (vm.machine) await takeLive(world, vm, { snapshot, disks }, progress);
      else if (snapshot.state && vm.record.suspended) {
        const { state } = vm.record.suspended;
        await copyState(datastores, state.path, snapshot.state.path);
      }
    } catch (error) {
      await settle(world, vm);
      throw error;
    }
    commitSnapshot(world, vm, snapshot, disks);
    saveVmsd(datastores, vm.record);
    return snapshot.id;
  });
}

/** An InvalidName fault unless a snapshot may be called so. */
export function checkSnapshotName(name: string): void {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (name !== "" && name.length <= nameMax && !/[\x00-\x1f]/.test(name)) return;
  throw fault("InvalidName", `a snapshot needs a name of 1 to ${nameMax} characters`, { name });
}

function check(vm: VirtualMachine, { name, memory, quiesce }: SnapshotRequest): void {
  checkSnapshotName(name);
  const { snapshots = [], config, isPoweredOn, currentSnapshot } = vm.record;
  const flags = config.kept["flags"] as { snapshotDisabled?: boolean } | undefined;
  if (flags?.snapshotDisabled === true) {
    throw fault("SnapshotDisabled", `snapshots of ${vm.record.name} are disabled`);
  }
  assertNoTemplate(vm);
  let levels = 1;
  for (let id = currentSnapshot; id !== undefined; levels++) {
    id = snapshots.find((s) => s.id === id)?.parent;
  }
  if (levels > levelsMax || snapshots.length >= snapshotsMax) {
    throw fault("TooManySnapshotLevels", `${levelsMax} snapshots in a line are the most`);
  }
  if (!isPoweredOn) return;
  const isIndependent = (d: Device) => d._type === "VirtualDisk" && !isSnapshotDisk(d);
  if (memory && config.devices.some(isIndependent)) {
    throw fault("MemorySnapshotOnIndependentDisk", "memory and an independent disk do not fit", {});
  }
  if (quiesce && !memory) {
    const text = "the guest's tools cannot bring its file systems in order: ask without quiesce";
    throw fault("ApplicationQuiesceFault", text);
  }
}

function newSnapshot(
  world: World,
  vm: VirtualMachine,
  { name, description, memory, isForClone }: SnapshotRequest,
): SnapshotRecord {
  const { record } = vm;
  const number = Math.max(0, ...(record.snapshots ?? []).map((s) => s.number)) + 1;
  const isWithState = record.suspended !== undefined || (record.isPoweredOn && memory);
  const home = homePlace(world.datastores, record);
  const vmx = baseName(record.config.vmPathName).replace(/\.vmx$/i, "");
  const extension = record.isPoweredOn ? "vmsn" : "vmss";
  const state: SavedState = {
    path: world.datastores.places.below(home, `${vmx}-Snapshot${number}.${extension}`).text,
    ...bootOf(vm),
  };
  return {
    id: `${record.id}-snapshot-${world.store.nextNumber("snapshot")}`,
    number,
    name,
    description,
    createTime: new Date().toISOString(),
    ...(record.currentSnapshot === undefined ? {} : { parent: record.currentSnapshot }),
    isQuiesced: false,
    ...(isForClone ? { isForClone } : {}),
    powerState: isWithState ? vm.powerState : "poweredOff",
    config: record.config,
    ...(isWithState ? { state } : {}),
  };
}

function bootOf(vm: VirtualMachine): { bootPath?: string } {
  const bootPath = vm.record.suspended?.state.bootPath ?? vm.record.bootPath;
  return bootPath === undefined ? {} : { bootPath };
}

/** A new name for every disk that goes on with a child, beside the file it has. */
async function switches(world: World, vm: VirtualMachine): Promise<DiskSwitch[]> {
  const { places } = world.datastores;
  const taken = new Set<string>();
  const found: DiskSwitch[] = [];
  for (const { key, backing } of vm.record.config.devices.filter(isSnapshotDisk)) {
    const from = places.parse(backing?.fileName ?? "");
    const to = await childPlace(world, from, taken);
    taken.add(to.text);
    found.push({ key, from: from.text, to: to.text });
  }
  return found;
}

/** `name-000001.vmdk`, or the next number that is free. */
export async function childPlace(
  world: World,
  disk: Place,
  taken: ReadonlySet<string> = new Set(),
): Promise<Place> {
  const { places, files } = world.datastores;
  const folder = places.parent(disk) ?? disk;
  const stem = baseName(disk.relative)
    .replace(/\.vmdk$/i, "")
    .replace(/-\d{6}$/, "");
  for (let number = 1; number < namesMax; number++) {
    const place = places.below(folder, `${stem}-${String(number).padStart(6, "0")}.vmdk`);
    if (!taken.has(place.text) && !(await files.exists(place))) return place;
  }
  throw fault("FileAlreadyExists", `no name is free beside "${disk.text}"`, { file: disk.text });
}

/** The disks change over while the guest stands still; its state, when it is wanted, is that of the same moment. */
async function takeLive(
  world: World,
  vm: VirtualMachine,
  { snapshot, disks }: { snapshot: SnapshotRecord; disks: DiskSwitch[] },
  progress: (percent: number) => void,
): Promise<void> {
  const { machine } = vm;
  if (!machine) return;
  const { places } = world.datastores;
  const statePlace = snapshot.state && places.parse(snapshot.state.path);
  using _room = statePlace
    ? await world.datastores.of(statePlace).space.claim(snapshot.config.memoryMiB * mib)
    : undefined;
  if (statePlace) await rm(statePlace.absolute, { force: true });
  await machine.pause();
  try {
    const children = disks.map(({ key, to }) => ({ key, path: places.parse(to).absolute }));
    if (children.length > 0) await machine.snapshotDisks(children);
    if (statePlace) await machine.saveState(statePlace.absolute, progress);
  } finally {
    await machine.resume();
  }
}
