/**
 * How each device of a machine is told to QEMU. The same objects go on the command line (as JSON) and over QMP, so a
 * device added later is made exactly as one that was there from the start. Ids carry the vim25 key: a
 * vic-host that takes over a running QEMU learns from them what is plugged in.
 */
import type { MachineCdrom, MachineDisk, MachineNic, MachineSerial } from "../vm/machine.ts";

/** A NIC sits on a PCIe root port of its own, or the guest could not let it go. vSphere has as many NICs. */
export const nicsMax = 10;
/** Ports of the AHCI controller. */
export const cdromsMax = 6;
/** COM ports of a PC. */
export const serialsMax = 4;
/** Targets of a pvscsi controller on vSphere; 7 is the controller's own. */
const unitMax = 15;
const unitOfController = 7;

/** A JSON object for QEMU. */
export type Properties = Record<string, unknown>;

/** Id of a device in QEMU. */
export const deviceId = (device: { kind: string; key: number }): string =>
  `${device.kind}-${device.key}`;

/** Name of what is behind a device (block node, netdev, chardev). */
export const backendId = (device: { kind: string; key: number }): string =>
  `${device.kind}-${device.key}-backend`;

/** The inverse of {@link deviceId}. */
export function parseDeviceId(id: string): { kind: string; key: number } | undefined {
  const match = /^(disk|nic|cdrom|serial)-(-?\d+)$/.exec(id);
  return match ? { kind: match[1]!, key: Number(match[2]) } : undefined;
}

/** Whether a disk may be on this unit. */
export function isUnit(unit: number): boolean {
  return Number.isInteger(unit) && unit >= 0 && unit <= unitMax && unit !== unitOfController;
}

/** The file behind a disk. Its format is stated: QEMU must never guess it from what a guest wrote. */
export function diskBackend(disk: MachineDisk, format: "raw" | "qcow2"): Properties {
  return {
    driver: format,
    "node-name": backendId(disk),
    "read-only": disk.isReadOnly,
    discard: "unmap",
    file: { driver: "file", filename: disk.path, discard: "unmap" },
  };
}

/** A disk on the pvscsi controller. */
export function diskDevice(disk: MachineDisk, bootIndex?: number): Properties {
  return {
    driver: "scsi-hd",
    id: deviceId(disk),
    bus: "scsi0.0",
    "scsi-id": disk.unit,
    lun: 0,
    drive: backendId(disk),
    // The serial makes the disk findable below /dev/disk/by-id whatever its letter.
    serial: `vic-${disk.key}`,
    // A full datastore is an error of the one write; by default QEMU would stop the whole VM and wait for somebody.
    werror: "report",
    ...(bootIndex === undefined ? {} : { bootindex: bootIndex }),
  };
}

/** The socket at which QEMU offers the NIC's frames. */
export function nicBackend(nic: MachineNic, socketPath: string): Properties {
  return {
    type: "stream",
    id: backendId(nic),
    server: true,
    addr: { type: "unix", path: socketPath },
  };
}

const nicDrivers = { vmxnet3: "vmxnet3", e1000e: "e1000e", virtio: "virtio-net-pci" };

/** A NIC on root port `port`. */
export function nicDevice(nic: MachineNic, port: number): Properties {
  return {
    driver: nicDrivers[nic.model],
    id: deviceId(nic),
    bus: rootPortId(port),
    mac: nic.mac,
    netdev: backendId(nic),
    // No option ROM: nothing boots from the network, and SeaBIOS would run each one.
    romfile: "",
  };
}

/** Id of a root port. */
export const rootPortId = (port: number): string => `port${port}`;

/**
 * The root port of a NIC. It depends on nothing but the key: a machine that is restored must have each NIC where it was,
 * whether it was there from the start or added later.
 */
export const rootPortOf = (key: number): number => Math.abs(key) % nicsMax;

/** An image in a CD drive. */
export function cdromBackend(cdrom: MachineCdrom & { path: string }): Properties {
  return {
    driver: "raw",
    "node-name": backendId(cdrom),
    "read-only": true,
    file: { driver: "file", filename: cdrom.path },
  };
}

/** A CD drive on SATA port `port`. */
export function cdromDevice(cdrom: MachineCdrom, port: number, bootIndex?: number): Properties {
  return {
    driver: "ide-cd",
    id: deviceId(cdrom),
    bus: `ide.${port}`,
    ...(cdrom.path === undefined ? {} : { drive: backendId(cdrom) }),
    ...(bootIndex === undefined ? {} : { bootindex: bootIndex }),
  };
}

/** Options of the file behind a serial port; `-chardev` takes no JSON. */
export function serialBackend(serial: MachineSerial): string {
  const path = serial.path.replaceAll(",", ",,");
  return `file,id=${backendId(serial)},path=${path},append=on`;
}
