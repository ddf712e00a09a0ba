import { isMoRef, type MoRef } from "../../vim25/types.ts";
import { isKind } from "../inventory/inventory.ts";
import type { ConfigSpec, DeviceChange } from "../inventory/vm/config-spec.ts";
import { type Call, param } from "./call.ts";
import { datastoreOf, networkNamed, portGroupWithKey } from "./lookup.ts";

/** A privilege that has to be held on an object; undefined: the object is not there, and the method will say so. */
export interface Need {
  privilege: string;
  on: MoRef | undefined;
}

/** Privilege that each field of a VirtualMachineConfigSpec asks for; every other field asks for Settings. */
const byField: Record<string, string> = {
  annotation: "Annotation",
  changeTrackingEnabled: "ChangeTracking",
  cpuAllocation: "Resource",
  extraConfig: "AdvancedConfig",
  instanceUuid: "AdvancedConfig",
  managedBy: "ManagedBy",
  memoryAllocation: "Resource",
  memoryMB: "Memory",
  name: "Rename",
  numCPUs: "CPUCount",
  numCoresPerSocket: "CPUCount",
  swapPlacement: "SwapPlacement",
};
/** Fields that change nothing by themselves. */
const harmless = new Set(["_type", "changeVersion", "deviceChange"]);

/** What a ReconfigVM_Task asks for, field by field and device by device. */
export function needsOfReconfigure(call: Call): Need[] {
  const spec = param<ConfigSpec>(call, "spec");
  const vm = call.object.ref;
  const fields = Object.keys(spec).filter((f) => !harmless.has(f) && !isEmpty(spec[f]));
  return [
    ...fields.map((f) => ({
      privilege: `VirtualMachine.Config.${byField[f] ?? "Settings"}`,
      on: vm,
    })),
    ...(spec.deviceChange ?? []).flatMap((change) => needsOfDevice(call, vm, change)),
    // Devices that are changed in no way still need somebody who may change something.
    ...(fields.length === 0 ? [{ privilege: "System.Read", on: vm }] : []),
  ];
}

/** What making a VM asks for: its place, its disks and its networks. */
export function needsOfCreate(call: Call, folder: MoRef, pool: MoRef | undefined): Need[] {
  const spec = param<ConfigSpec>(call, "config");
  return [
    { privilege: "VirtualMachine.Inventory.Create", on: folder },
    { privilege: "Resource.AssignVMToPool", on: pool },
    { privilege: "Datastore.AllocateSpace", on: datastoreOf(call, spec.files?.vmPathName) },
    ...(spec.deviceChange ?? [])
      .flatMap((change) => needsOfDevice(call, folder, change))
      // Controllers, NICs and the like come with the right to make the VM.
      .filter((need) => !/\.(AddRemoveDevice|EditDevice)$/.test(need.privilege)),
  ];
}

/** What registering a VM asks for. */
export const needsOfRegister = (call: Call, folder: MoRef, pool: MoRef | undefined): Need[] => [
  { privilege: "VirtualMachine.Inventory.Register", on: folder },
  { privilege: "Resource.AssignVMToPool", on: pool ?? call.world.refs.rootPool },
  { privilege: "Datastore.Browse", on: datastoreOf(call, param<string>(call, "path")) },
];

interface Location {
  folder?: MoRef;
  pool?: MoRef;
  datastore?: MoRef;
  disk?: { datastore?: MoRef }[];
  deviceChange?: DeviceChange[];
}

/** What putting a VM somewhere else asks for. */
export function needsOfRelocate(call: Call): Need[] {
  const vm = call.object.ref;
  const spec = param<Location>(call, "spec");
  const state = (call.object.properties["runtime"]?.() as { powerState?: string } | undefined)
    ?.powerState;
  const privilege = state === "poweredOn" ? "Resource.HotMigrate" : "Resource.ColdMigrate";
  return [{ privilege, on: vm }, ...needsOfLocation(call, vm, spec)];
}

/** What copying a VM asks for. */
export function needsOfClone(call: Call): Need[] {
  const { location, ...spec } = param<{ location?: Location }>(call, "spec");
  const isInstant = call.method === "InstantClone_Task";
  const parent = call.object.properties["parent"]?.();
  const folder = isInstant ? location?.folder : param<MoRef | undefined>(call, "folder");
  const target = folder ?? (isMoRef(parent) ? parent : undefined);
  const isConfigured = (spec as { config?: unknown }).config !== undefined;
  const on = call.object.ref;
  return [
    { privilege: "VirtualMachine.Provisioning.Clone", on },
    { privilege: "VirtualMachine.Inventory.CreateFromExisting", on: target },
    ...(isConfigured ? [{ privilege: "VirtualMachine.Provisioning.Customize", on }] : []),
    ...needsOfLocation(call, target ?? on, location ?? {}),
  ];
}

function needsOfLocation(call: Call, vm: MoRef, location: Location): Need[] {
  const { folder, pool, datastore, disk, deviceChange } = location;
  const datastores = [datastore, ...(disk ?? []).map((d) => d.datastore)].filter(
    (d) => d !== undefined,
  );
  return [
    ...(folder ? [{ privilege: "VirtualMachine.Inventory.Move", on: folder }] : []),
    ...(pool ? [{ privilege: "Resource.AssignVMToPool", on: pool }] : []),
    ...datastores.map((on) => ({ privilege: "Datastore.AllocateSpace", on })),
    ...(deviceChange ?? []).flatMap((change) => needsOfDevice(call, vm, change)),
  ];
}

function needsOfDevice(call: Call, on: MoRef, change: DeviceChange): Need[] {
  const type = change.device._type ?? "";
  const backing = (change.device["backing"] ?? {}) as Backing;
  const config = (name: string): Need => ({ privilege: `VirtualMachine.Config.${name}`, on });
  const { operation, fileOperation } = change;
  if (isKind(type, "VirtualDisk")) return needsOfDisk(call, change, backing, config);
  const files: Need[] =
    operation === "remove" || backing.fileName === undefined
      ? []
      : [
          {
            privilege: isKind(type, "VirtualSerialPort")
              ? "Datastore.AllocateSpace"
              : "Datastore.Browse",
            on: datastoreOf(call, backing.fileName),
          },
        ];
  const own = operation === "edit" ? config("EditDevice") : config("AddRemoveDevice");
  const isAssigned = operation !== "remove" && isKind(type, "VirtualEthernetCard");
  const network: Need[] = isAssigned
    ? [{ privilege: "Network.Assign", on: networkOf(call, backing) }]
    : [];
  const destroyed = fileOperation === "destroy" ? [config("RemoveDisk")] : [];
  return [own, ...files, ...network, ...destroyed];
}

interface Backing {
  fileName?: string;
  parent?: { fileName?: string };
  deviceName?: string;
  network?: MoRef;
  port?: { portgroupKey?: string };
}

function needsOfDisk(
  call: Call,
  change: DeviceChange,
  backing: Backing,
  config: (name: string) => Need,
): Need[] {
  const datastore = datastoreOf(call, backing.fileName);
  if (change.operation === "remove") return [config("RemoveDisk")];
  if (change.operation === "edit") return [config("EditDevice"), ...extended(call, change, config)];
  if (change.fileOperation === undefined) {
    return [config("AddExistingDisk"), { privilege: "Datastore.Browse", on: datastore }];
  }
  const base = backing.parent?.fileName;
  return [
    config("AddNewDisk"),
    { privilege: "Datastore.AllocateSpace", on: datastore },
    ...(base === undefined ? [] : [{ privilege: "Datastore.Browse", on: datastoreOf(call, base) }]),
  ];
}

/** A disk that gets larger asks for more. */
function extended(call: Call, change: DeviceChange, config: (name: string) => Need): Need[] {
  const hardware = (call.object.properties["config"]?.() as HardwareConfig | undefined)?.hardware;
  const before = hardware?.device?.find((device) => device.key === change.device.key);
  const wanted = change.device["capacityInKB"];
  return wanted === undefined || before?.capacityInKB === wanted ? [] : [config("DiskExtend")];
}

interface HardwareConfig {
  hardware?: { device?: { key: number; capacityInKB?: number }[] };
}

function networkOf(call: Call, backing: Backing): MoRef | undefined {
  if (backing.network) return backing.network;
  const key = backing.port?.portgroupKey;
  return key === undefined ? networkNamed(call, backing.deviceName) : portGroupWithKey(call, key);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);
