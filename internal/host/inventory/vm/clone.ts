import type { MoRef } from "../../../vim25/types.ts";
import { fault, invalidArgument } from "../../fault.ts";
import { poolRef } from "../refs.ts";
import type { World } from "../world.ts";
import { type CloneKind, cloneDevices } from "./clone-devices.ts";
import { bumped, type ConfigSpec, type DeviceChange } from "./config-spec.ts";
import { createVm } from "./create.ts";
import { powerOn } from "./power.ts";
import { assertThere } from "./power-state.ts";
import { reconfigure } from "./reconfigure.ts";
import type { SnapshotRecord, VmConfig } from "./record.ts";
import { destroyVm } from "./remove.ts";
import { createSnapshot } from "./snapshot/create.ts";
import { removeSnapshot } from "./snapshot/remove.ts";
import type { VirtualMachine } from "./virtual-machine.ts";

/** Decoded VirtualMachineCloneSpec. */
export interface CloneSpec {
  location: {
    datastore?: MoRef;
    diskMoveType?: string;
    pool?: MoRef;
    folder?: MoRef;
    host?: MoRef;
    disk?: { diskId: number; datastore: MoRef; diskMoveType?: string }[];
    deviceChange?: DeviceChange[];
    [field: string]: unknown;
  };
  template: boolean;
  powerOn: boolean;
  config?: ConfigSpec;
  customization?: object;
  snapshot?: MoRef;
  memory?: boolean;
}

/** Where the clone goes and who wants it. */
export interface CloneTarget {
  folder: MoRef;
  name: string;
  spec: CloneSpec;
  userName: string;
}

const kinds: Record<string, CloneKind> = {
  moveAllDiskBackingsAndAllowSharing: "full",
  moveAllDiskBackingsAndDisallowSharing: "full",
  moveAllDiskBackingsAndConsolidate: "full",
  moveChildMostDiskBacking: "top",
  createNewChildDiskBacking: "child",
};
/** Fields of a location that are followed; others must be empty. */
const locationFields = new Set(
  "_type datastore diskMoveType pool folder host disk deviceChange".split(" "),
);

/** Makes a VM like another one, or like that was at a snapshot. */
export async function cloneVm(
  world: World,
  source: VirtualMachine,
  target: CloneTarget,
): Promise<VirtualMachine> {
  const { spec, userName } = target;
  checkSpec(source, spec);
  // A guest that writes its disks is cloned as of one moment.
  if (spec.snapshot === undefined && source.record.isPoweredOn) {
    return fromTemporarySnapshot(world, source, target);
  }
  const clone = await source.lock.run(async () => {
    assertThere(source);
    const from = spec.snapshot ? snapshotOf(source, spec.snapshot) : undefined;
    const being = {
      destFolder: { name: target.name, folder: target.folder },
      destName: target.name,
      destHost: { name: world.hardware.hostName, host: world.refs.host },
    };
    const text = `${source.record.name} is being cloned to ${target.name}`;
    world.post(source, "VmBeingClonedEvent", text, userName, being);
    return copy(world, source, from, target);
  });
  const sourceVm = { name: source.record.name, vm: source.ref };
  const text = `${source.record.name} was cloned to ${clone.record.name}`;
  world.post(clone, "VmClonedEvent", text, userName, { sourceVm });
  if (spec.powerOn) await powerOn(world, clone, userName);
  return clone;
}

async function fromTemporarySnapshot(
  world: World,
  source: VirtualMachine,
  target: CloneTarget,
): Promise<VirtualMachine> {
  const request = { name: `clone ${target.name}`.slice(0, 80), description: "", memory: false };
  const progress = () => undefined;
  const id = await createSnapshot(world, source, { ...request, quiesce: false }, progress);
  const snapshot = { type: "VirtualMachineSnapshot", value: id };
  try {
    return await cloneVm(world, source, { ...target, spec: { ...target.spec, snapshot } });
  } finally {
    const options = { removeChildren: false, consolidate: true, progress };
    await removeSnapshot(world, source, id, options);
  }
}

function checkSpec(source: VirtualMachine, spec: CloneSpec): void {
  if (spec.customization !== undefined) {
    const text = "vic-host does not customise guests: leave customization out";
    throw fault("NotSupported", text);
  }
  if (spec.memory === true) {
    throw fault("NotSupported", "a clone boots: to clone a running state use InstantClone_Task");
  }
  for (const [name, value] of Object.entries(spec.location)) {
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (isEmpty || locationFields.has(name)) continue;
    throw fault("NotSupported", `vic-host has no ${name} for a clone: leave it out`);
  }
  const isLinked = [spec.location, ...(spec.location.disk ?? [])].some(
    ({ diskMoveType }) => kindOf(diskMoveType) === "child",
  );
  if (isLinked && spec.snapshot === undefined) {
    const text = `make a snapshot of ${source.record.name} and clone that: its disks are written`;
    throw invalidArgument("spec.snapshot", text);
  }
}

function kindOf(diskMoveType: string | undefined): CloneKind {
  if (diskMoveType === undefined || diskMoveType === "") return "full";
  const kind = Object.hasOwn(kinds, diskMoveType) ? kinds[diskMoveType] : undefined;
  if (kind) return kind;
  throw invalidArgument("spec.location.diskMoveType", `there is no "${diskMoveType}"`);
}

function snapshotOf(source: VirtualMachine, ref: MoRef): SnapshotRecord {
  const found = source.record.snapshots?.find(({ id }) => id === ref.value);
  if (found) return found;
  const text = `${source.record.name} has no snapshot "${ref.value}"`;
  throw invalidArgument("spec.snapshot", text);
}

async function copy(
  world: World,
  source: VirtualMachine,
  snapshot: SnapshotRecord | undefined,
  { folder, name, spec, userName }: CloneTarget,
): Promise<VirtualMachine> {
  const { location } = spec;
  const config = snapshot?.config ?? source.record.config;
  const byDisk = new Map(
    (location.disk ?? []).map((disk) => [disk.diskId, kindOf(disk.diskMoveType)] as const),
  );
  const kind = (key: number) => byDisk.get(key) ?? kindOf(location.diskMoveType);
  const { deviceChange, copies } = cloneDevices(world, source, config, kind);
  const clone = await createVm(world, {
    folder: location.folder ?? folder,
    pool: location.pool ?? poolRef(source.record.pool),
    spec: {
      ...scalars(config),
      name,
      files: { vmPathName: home(world, source, spec) },
      deviceChange,
    },
    userName,
    copies,
  });
  try {
    world.vms.update(clone, { config: { ...clone.record.config, kept: config.kept } });
    const changes = [...(location.deviceChange ?? []), ...(spec.config?.deviceChange ?? [])];
    if (spec.config || changes.length > 0) {
      const { name: _, files: __, changeVersion: ___, ...rest } = spec.config ?? {};
      await reconfigure(world, clone, { ...rest, deviceChange: changes }, userName);
    }
    if (spec.template) {
      world.vms.update(clone, { isTemplate: true, config: bumped(clone.record.config) });
    }
    return clone;
  } catch (error) {
    await destroyVm(world, clone, userName).catch(() => undefined);
    throw error;
  }
}

/** The datastore named, or the one of the source. */
function home(world: World, source: VirtualMachine, { location }: CloneSpec): string {
  const ref = location.datastore;
  const [first] = source.datastores;
  const datastore = world.datastores.byRef(ref ?? first ?? world.datastores.first.ref);
  if (datastore) return `[${datastore.name}]`;
  throw fault("InvalidDatastore", "there is no such datastore", { datastore: ref });
}

function scalars(config: VmConfig): ConfigSpec {
  return {
    guestId: config.guestId,
    alternateGuestName: config.alternateGuestName,
    annotation: config.annotation,
    numCPUs: config.cpus,
    numCoresPerSocket: config.coresPerSocket,
    memoryMB: config.memoryMiB,
    extraConfig: Object.entries(config.extraConfig).map(([key, value]) => ({ key, value })),
  };
}

/** Makes a VM that is off a template, which cannot be started or changed, or a template a VM again. */
export async function markTemplate(
  world: World,
  vm: VirtualMachine,
  isTemplate: boolean,
  pool?: MoRef,
): Promise<void> {
  await vm.lock.run(async () => {
    assertThere(vm);
    if (vm.powerState !== "poweredOff") {
      throw fault("InvalidPowerState", `${vm.record.name} is ${vm.powerState}`, {
        requestedState: "poweredOff",
        existingState: vm.powerState,
      });
    }
    if (!isTemplate && vm.record.isTemplate !== true) {
      throw fault("InvalidVmState", `${vm.record.name} is no template`, { vm: vm.ref });
    }
    if (pool) world.pools.get(pool);
    const config = bumped(vm.record.config);
    world.vms.update(vm, { isTemplate, config, ...(pool ? { pool: pool.value } : {}) });
  });
}
