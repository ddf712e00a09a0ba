/** The virtual hardware of an appliance. */
import { VicError } from "../errors/errors.ts";
import { versionString } from "../version/version.ts";
import type { DataObject } from "../vim25/types.ts";
import {
  add,
  cdromIso,
  create,
  devicesOf,
  ide,
  newDisk,
  pvscsi,
  serialFile,
  vmxnet3,
  type Device,
} from "../vsphere/device.ts";
import { extraConfigOf, type ConfigSpec } from "../vsphere/vm.ts";

/** Disk the appliance formats when it boots and mounts at /var/lib/vic. */
const spoolFile = "spool.vmdk";
/** Thin: what it holds is what it takes. */
const spoolKb = 64 * 2 ** 20;
/** Serial console of the appliance. */
export const consoleFile = "tether.debug";
const nicKeyFirst = -100;

/** What the VM is made from. */
export interface VmOptions {
  name: string;
  /** `[datastore]`, or a whole path that ends in .vmx. */
  vmPathName: string;
  memoryMb: number;
  cpus: number;
  nics: { mac: string; backing: DataObject }[];
  extraConfig: Record<string, string>;
}

/** A VM without disk, CD or serial port: those need to know its folder. */
export function createSpec(options: VmOptions): ConfigSpec {
  const nics = options.nics.map(({ mac, backing }, i) =>
    add(vmxnet3({ key: nicKeyFirst - i, mac, backing })),
  );
  const extraConfig = { "answer.msg.serial.file.open": "Append", ...options.extraConfig };
  return {
    name: options.name,
    guestId: "otherGuest64",
    alternateGuestName: `VIC - VCH ${versionString}`,
    files: { vmPathName: options.vmPathName },
    memoryMB: options.memoryMb,
    numCPUs: options.cpus,
    deviceChange: [add(pvscsi()), add(ide()), ...nics],
    extraConfig: extraConfigOf(Object.entries(extraConfig)),
  };
}

function keyOf(devices: readonly Device[], type: string): number {
  const [device] = devicesOf(devices, type);
  if (!device) throw new VicError("damaged", `the VM was made without its ${type}`);
  return device.key;
}

/** Adds CD, serial port and spool disk to a VM with these devices, whose files are in `folder`. */
export function completeSpec(
  devices: readonly Device[],
  folder: string,
  applianceIso: string,
  extraConfig: Record<string, string>,
): ConfigSpec {
  const scsi = keyOf(devices, "ParaVirtualSCSIController");
  // SCSI target 0: the appliance's init formats it at every boot.
  const spool = newDisk(`${folder}/${spoolFile}`, spoolKb, {
    key: -3,
    controllerKey: scsi,
    unitNumber: 0,
    diskMode: "persistent",
  });
  const drive = { key: -1, controllerKey: keyOf(devices, "VirtualIDEController"), unitNumber: 0 };
  return {
    deviceChange: [
      add(cdromIso(applianceIso, drive)),
      add(serialFile(`${folder}/${consoleFile}`, -2)),
      create(spool),
    ],
    extraConfig: extraConfigOf(Object.entries(extraConfig)),
  };
}
