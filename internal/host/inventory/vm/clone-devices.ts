import { isA } from "../../../vim25/schema/schema.ts";
import { baseName, isWithin, type Place } from "../../storage/place.ts";
import type { World } from "../world.ts";
import type { DeviceChange } from "./config-spec.ts";
import type { Device, VmConfig } from "./record.ts";
import type { VirtualMachine } from "./virtual-machine.ts";
import { homePlace } from "./vmx-file.ts";

/** How a disk is cloned: as one new base, as a copy of its newest file only, or as a child of it. */
export type CloneKind = "full" | "top" | "child";

/** A disk to copy from. */
export interface DiskCopy {
  from: Place;
  kind: CloneKind;
}

/** What a clone is made with: devices to add, and where the content of its disks comes from, by key in the spec. */
export interface CloneDevices {
  deviceChange: DeviceChange[];
  copies: Map<number, DiskCopy>;
}

/** The devices of a VM as a new VM is given them. NICs get addresses of their own unless somebody had chosen theirs. */
export function cloneDevices(
  world: World,
  source: VirtualMachine,
  config: VmConfig,
  kindOf: (key: number) => CloneKind,
): CloneDevices {
  const { places } = world.datastores;
  const home = homePlace(world.datastores, source.record);
  const copies = new Map<number, DiskCopy>();
  const deviceChange = config.devices.flatMap((device): DeviceChange[] => {
    const { _type, key, backing } = device;
    if (isA(_type, "VirtualSCSIController")) return [{ operation: "add", device: { ...device } }];
    if (_type === "VirtualDisk" && backing?.fileName !== undefined) {
      copies.set(key, { from: places.parse(backing.fileName), kind: kindOf(key) });
      const { parent: _, fileName: __, ...rest } = backing;
      const fresh = { ...device, backing: { ...rest, fileName: "" } };
      return [{ operation: "add", fileOperation: "create", device: fresh }];
    }
    const copied = plainDevice(device, (file) => {
      const place = places.parse(file);
      return isWithin(home, place.key) ? baseName(place.relative) : file;
    });
    return copied ? [{ operation: "add", device: copied }] : [];
  });
  return { deviceChange, copies };
}

/** NIC, CD drive or serial port; undefined: every VM has it, or a disk. */
function plainDevice(device: Device, ownFile: (file: string) => string): Device | undefined {
  if (isA(device._type, "VirtualEthernetCard")) {
    const { macAddress, ...rest } = device;
    return device["addressType"] === "manual" && macAddress ? { ...rest, macAddress } : rest;
  }
  if (device._type === "VirtualCdrom") return device;
  if (device._type !== "VirtualSerialPort") return undefined;
  const { backing } = device;
  if (backing?.fileName === undefined) return device;
  // Its own log must not end in the source's.
  return { ...device, backing: { ...backing, fileName: ownFile(backing.fileName) } };
}
