import { isA } from "../../../vim25/schema/schema.ts";
import type { Datastores } from "../../storage/datastores.ts";
import type { Held } from "../../storage/locks.ts";
import type { Machine, MachineDevice, MachineSpec } from "../../vm/machine.ts";
import { withFile } from "./disk-backing.ts";
import type { Device, VmRecord } from "./record.ts";
import { segmentOf } from "./segment.ts";

/** Prefix of the extraConfig keys that the guest can read and write. */
export const guestInfoPrefix = "guestinfo.";

/** What the hypervisor is told to start. */
export function machineSpec(record: VmRecord, datastores: Datastores): MachineSpec {
  const { config } = record;
  return {
    id: record.id,
    name: record.name,
    uuid: config.uuid,
    cpus: config.cpus,
    memoryMiB: config.memoryMiB,
    ...(record.frozen ? { isFrozen: true } : {}),
    ...(record.thawed === undefined ? {} : { thawed: record.thawed }),
    devices: runningDevices(record, datastores).flatMap(
      (device) => machineDevice(device, datastores) ?? [],
    ),
    guestInfo: Object.fromEntries(
      Object.entries(config.extraConfig).filter(([key]) => key.startsWith(guestInfoPrefix)),
    ),
  };
}

/** The devices with the files that the machine writes. */
export function runningDevices({ config, redo }: VmRecord, datastores: Datastores): Device[] {
  if (!redo) return config.devices;
  return config.devices.map((device) => {
    const path = redo[device.key];
    return path === undefined ? device : withFile(datastores, device, path);
  });
}

/** The device as the machine knows it; undefined for those that every machine has. */
export function machineDevice(device: Device, datastores: Datastores): MachineDevice | undefined {
  const { key } = device;
  const file = device.backing?.fileName;
  const place = file === undefined ? undefined : datastores.places.parse(file);
  const path = place?.absolute;
  if (device._type === "VirtualDisk" && place) {
    const [, ...chain] = datastores.disks.chain(place);
    const parents = chain.map((parent) => parent.absolute);
    const unit = device.unitNumber ?? 0;
    return { kind: "disk", key, unit, path: place.absolute, parents, isReadOnly: false };
  }
  if (device._type === "VirtualCdrom") {
    return { kind: "cdrom", key, path: isConnected(device) ? path : undefined };
  }
  if (device._type === "VirtualSerialPort" && path !== undefined) {
    return { kind: "serial", key, path };
  }
  if (isA(device._type, "VirtualEthernetCard")) {
    return {
      kind: "nic",
      key,
      mac: device.macAddress ?? "",
      portGroup: segmentOf(device.backing) ?? "",
      model: device._type === "VirtualVmxnet3" ? "vmxnet3" : "e1000e",
      isConnected: isConnected(device),
    };
  }
  return undefined;
}

const isConnected = (device: Device): boolean => device.connectable?.connected ?? true;

/** Devices as they are right after power on (`isOn`) or off: connected as they start, or not at all. */
export function withConnections(devices: Device[], isOn: boolean): Device[] {
  return devices.map((device) => {
    if (!device.connectable) return device;
    const { startConnected } = device.connectable;
    const connected = isOn && startConnected;
    const status = isOn ? "ok" : "untried";
    return { ...device, connectable: { ...device.connectable, connected, status } };
  });
}

/** Files that a running VM with these devices holds. */
export function heldFiles(devices: Device[], datastores: Datastores): Held[] {
  return devices.flatMap((device) => {
    const file = device.backing?.fileName;
    if (file === undefined) return [];
    const place = datastores.places.parse(file);
    if (device._type === "VirtualCdrom")
      return isConnected(device) ? [{ place, isWriter: false }] : [];
    if (device._type !== "VirtualDisk") return [{ place, isWriter: true }];
    const [, ...parents] = datastores.disks.chain(place);
    return [{ place, isWriter: true }, ...parents.map((p) => ({ place: p, isWriter: false }))];
  });
}

/** Tells a running machine the guestinfo.* part of a change of extraConfig. */
export async function setGuestInfo(
  machine: Machine,
  delta: Map<string, string | undefined>,
): Promise<void> {
  for (const [key, value] of delta) {
    if (key.startsWith(guestInfoPrefix)) await machine.setGuestInfo(key, value);
  }
}
