import { VicError } from "../errors/errors.ts";
import { isA } from "../vim25/schema/schema.ts";
import type { DataObject } from "../vim25/types.ts";

/** A virtual device: its vim25 fields, `_type` its type. */
export interface Device extends DataObject {
  _type: string;
  key: number;
  controllerKey?: number;
  unitNumber?: number;
  backing?: DataObject;
  connectable?: DataObject;
}

/** One entry of deviceChange. */
export interface DeviceChange extends DataObject {
  operation: "add" | "edit" | "remove";
  fileOperation?: "create" | "destroy" | "replace";
  device: Device;
}

/** Key of the first IDE controller every VM has. */
const ideControllerKey = 200;
/** Units of a SCSI controller; 7 is the controller itself. */
const scsi = { units: 16, own: 7 };
const unitsByController: [type: string, units: number][] = [
  ["VirtualSCSIController", scsi.units],
  ["VirtualIDEController", 2],
  ["VirtualAHCIController", 30],
];

/** Adds a device. */
export function add(device: Device): DeviceChange {
  return { operation: "add", device };
}

/** Adds a device and makes the file behind it. */
export function create(device: Device): DeviceChange {
  return { operation: "add", fileOperation: "create", device };
}

/** Takes a device away; its file stays unless `withFile`. */
export function remove(device: Device, withFile = false): DeviceChange {
  return {
    operation: "remove",
    ...(withFile ? { fileOperation: "destroy" as const } : {}),
    device,
  };
}

/** A paravirtual SCSI controller. Negative keys stand for devices the same spec adds. */
export function pvscsi(key = -1, busNumber = 0): Device {
  return {
    _type: "ParaVirtualSCSIController",
    key,
    busNumber,
    sharedBus: "noSharing",
    scsiCtlrUnitNumber: scsi.own,
  };
}

/** An IDE controller; bus 0 or 1. */
export function ide(key = ideControllerKey, busNumber = 0): Device {
  return { _type: "VirtualIDEController", key, busNumber };
}

const connected = { startConnected: true, allowGuestControl: true, connected: true };

/** Place of a device: its controller and the unit on it. */
export interface Place {
  key?: number;
  controllerKey: number;
  unitNumber?: number;
}

const placed = ({ key = -10, controllerKey, unitNumber }: Place) => ({
  key,
  controllerKey,
  ...(unitNumber === undefined ? {} : { unitNumber }),
});

/** A CD drive with an ISO (`[ds] path`) in it. */
export function cdromIso(iso: string, place: Place): Device {
  return {
    _type: "VirtualCdrom",
    ...placed(place),
    backing: { _type: "VirtualCdromIsoBackingInfo", fileName: iso },
    connectable: connected,
  };
}

/** What a network card is plugged into; see network.ts. */
export interface NicOptions {
  key?: number;
  /** undefined: the server chooses. */
  mac?: string;
  backing: DataObject;
  isConnected?: boolean;
}

/** A vmxnet3 network card. */
export function vmxnet3({ key = -20, mac, backing, isConnected = true }: NicOptions): Device {
  return {
    _type: "VirtualVmxnet3",
    key,
    backing,
    connectable: { startConnected: isConnected, allowGuestControl: true, connected: isConnected },
    ...(mac === undefined ? {} : { addressType: "manual", macAddress: mac }),
    wakeOnLanEnabled: true,
  };
}

/** A serial port that appends to a file (`[ds] path`). */
export function serialFile(fileName: string, key = -30): Device {
  return {
    _type: "VirtualSerialPort",
    key,
    backing: { _type: "VirtualSerialPortFileBackingInfo", fileName },
    connectable: connected,
    yieldOnPoll: true,
  };
}

/** How a disk is written to. */
export type DiskMode = "persistent" | "independent_persistent" | "independent_nonpersistent";

/** Options of the disk makers below. */
export interface DiskOptions extends Place {
  diskMode?: DiskMode;
}

/** A disk in an existing file; capacity is the file's. */
export function disk(fileName: string, options: DiskOptions): Device {
  return {
    _type: "VirtualDisk",
    ...placed(options),
    backing: {
      _type: "VirtualDiskFlatVer2BackingInfo",
      fileName,
      diskMode: options.diskMode ?? "independent_persistent",
    },
    capacityInKB: 0,
  };
}

/** A new thin disk; use with {@link create}. */
export function newDisk(fileName: string, capacityKb: number, options: DiskOptions): Device {
  const made = disk(fileName, options);
  return { ...made, backing: { ...made.backing, thinProvisioned: true }, capacityInKB: capacityKb };
}

/** A new disk that holds only what differs from `parent`; use with {@link create}. */
export function childDisk(fileName: string, parent: string, options: DiskOptions): Device {
  const made = disk(fileName, options);
  return {
    ...made,
    backing: {
      ...made.backing,
      thinProvisioned: true,
      parent: { fileName: parent, diskMode: "persistent" },
    },
  };
}

/** The devices of a type or of types that extend it. */
export function devicesOf(devices: readonly Device[], type: string): Device[] {
  return devices.filter((device) => isA(device._type, type));
}

/** The disk backed by a file (`[ds] path`). */
export function findDisk(devices: readonly Device[], fileName: string): Device | undefined {
  return devicesOf(devices, "VirtualDisk").find((d) => d.backing?.["fileName"] === fileName);
}

/** The network card with a MAC address. */
export function findNic(devices: readonly Device[], mac: string): Device | undefined {
  return devicesOf(devices, "VirtualEthernetCard").find(
    (d) => String(d["macAddress"] ?? "").toLowerCase() === mac.toLowerCase(),
  );
}

/** The lowest unit of a controller no device is on; `taken` are units promised already. */
export function freeUnit(
  devices: readonly Device[],
  controllerKey: number,
  taken: readonly number[] = [],
): number {
  const type = devices.find((d) => d.key === controllerKey)?._type ?? "VirtualSCSIController";
  const units = unitsByController.find(([t]) => isA(type, t))?.[1] ?? scsi.units;
  const used = new Set([
    ...taken,
    ...(isA(type, "VirtualSCSIController") ? [scsi.own] : []),
    ...devices.filter((d) => d.controllerKey === controllerKey).map((d) => d.unitNumber),
  ]);
  for (let unit = 0; unit < units; unit += 1) if (!used.has(unit)) return unit;
  throw new VicError("exhausted", `controller ${controllerKey} has no free unit of ${units}`);
}
