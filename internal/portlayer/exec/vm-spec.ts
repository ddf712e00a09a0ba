/** The VirtualMachineConfigSpec of a container VM: all of its hardware in one CreateVM_Task. */
import {
  add,
  cdromIso,
  create,
  ide,
  pvscsi,
  remove,
  serialFile,
  vmxnet3,
  type Device,
  type DeviceChange,
} from "../../vsphere/device.ts";
import type { DataObject } from "../../vim25/types.ts";
import type { ConfigSpec } from "../../vsphere/vm.ts";
import { cpuShares } from "./cpu-shares.ts";

/** vSphere takes memory in steps of 4 MiB. */
export const memoryStepMiB = 4;
const scsiKey = -100;
const ideKey = -200;
/** What vSphere makes of {@link scsiKey}. */
const firstScsiKey = 1000;

/** Where the guest finds a container's disks: SCSI targets. */
export const diskUnits = { image: 0, scratch: 1 } as const;

/** What varies between container VMs. */
export interface VmSpecParts {
  name: string;
  /** `[datastore] folder` of the VM's own. */
  folder: string;
  /** Container id; also the name of the .vmx file. */
  id: string;
  cpus: number;
  memoryMiB: number;
  /** As Docker counts them; absent: the usual. */
  cpuShares?: number | undefined;
  bootstrapIso: string;
  /** Backing of the bridge port group, shared by all NICs. */
  networkBacking: DataObject;
  /** The control NIC first. */
  macs: string[];
  /** Datastore paths of the disks that the VM's own are children of. */
  imageDisk: string;
  scratchDisk: string;
  extraConfig: Record<string, string>;
}

/** Paths of the files of a container VM. */
export function vmFiles(folder: string, id: string) {
  return {
    vmx: `${folder}/${id}.vmx`,
    image: `${folder}/image.vmdk`,
    scratch: `${folder}/scratch.vmdk`,
    debug: `${folder}/tether.debug`,
  };
}

/** See the file's head. */
export function vmSpec(parts: VmSpecParts): ConfigSpec {
  const machine = machineSpec(parts);
  const { deviceChange, ...own } = ownSpec(parts, scsiKey);
  return {
    ...machine,
    ...own,
    extraConfig: optionValues({ ...fixedExtraConfig, ...parts.extraConfig }),
    deviceChange: [...machine.deviceChange, ...deviceChange],
  };
}

/** What a VM has before it is a container: all that instant clones of it share. */
export function templateSpec(
  parts: Omit<VmSpecParts, "networkBacking" | "macs" | "imageDisk" | "scratchDisk">,
): ConfigSpec {
  return {
    ...machineSpec(parts),
    annotation: "VIC template: container VMs are made from it",
    extraConfig: optionValues({ ...fixedExtraConfig, ...parts.extraConfig }),
  };
}

/** The change that makes a clone of a template a container; its folder must be there. */
export function cloneSpec(parts: VmSpecParts): ConfigSpec {
  return ownSpec(parts, firstScsiKey);
}

/** What a clone gets ahead that will be a container: its NICs. */
export function spareSpec(
  parts: Pick<VmSpecParts, "macs" | "networkBacking" | "extraConfig">,
): ConfigSpec {
  return {
    annotation: "VIC spare: the next container VM",
    extraConfig: optionValues(parts.extraConfig),
    deviceChange: nicsOf(parts).map(add),
  };
}

/** The change that makes such a clone a container; its folder must be there. */
export function spareToContainerSpec(parts: VmSpecParts): ConfigSpec {
  return { ...ownSpec({ ...parts, macs: [] }, firstScsiKey), name: parts.name };
}

/** vSphere's steps of memory. */
export function roundMemory(memoryMiB: number): number {
  return Math.ceil(memoryMiB / memoryStepMiB) * memoryStepMiB;
}

type MachineParts = Pick<
  VmSpecParts,
  "name" | "folder" | "id" | "cpus" | "memoryMiB" | "bootstrapIso"
>;

function machineSpec(parts: MachineParts) {
  const files = vmFiles(parts.folder, parts.id);
  const devices = [
    pvscsi(scsiKey),
    ide(ideKey),
    cdromIso(parts.bootstrapIso, { key: -300, controllerKey: ideKey, unitNumber: 0 }),
    serialFile(files.debug, -400),
  ];
  return {
    name: parts.name,
    guestId: "otherLinux64Guest",
    files: { vmPathName: files.vmx },
    numCPUs: parts.cpus,
    memoryMB: roundMemory(parts.memoryMiB),
    deviceChange: devices.map(add),
  };
}

function ownSpec(parts: VmSpecParts, controllerKey: number) {
  const files = vmFiles(parts.folder, parts.id);
  return {
    annotation: `VIC container ${parts.id}`,
    ...(parts.cpuShares === undefined ? {} : cpuShares(parts.cpuShares, parts.cpus)),
    extraConfig: optionValues(parts.extraConfig),
    deviceChange: [
      ...nicsOf(parts).map(add),
      childDisk(diskUnits.image, files.image, parts.imageDisk, controllerKey),
      childDisk(diskUnits.scratch, files.scratch, parts.scratchDisk, controllerKey),
    ],
  };
}

function nicsOf({ macs, networkBacking }: Pick<VmSpecParts, "macs" | "networkBacking">): Device[] {
  return macs.map((mac, index) => vmxnet3({ key: -500 - index, mac, backing: networkBacking }));
}

/** Questions a VM would otherwise wait for an answer to, and what saves memory and time. */
const fixedExtraConfig = {
  "disk.EnableUUID": "TRUE",
  "answer.msg.disk.duplicateUUID": "Yes",
  "answer.msg.serial.file.open": "Append",
  "sched.mem.lpage.maxSharedPages": "256",
  "tools.remindInstall": "FALSE",
  "tools.upgrade.policy": "manual",
};

/** Values of extraConfig; an empty one removes its key. */
export function optionValues(values: Record<string, string>): { key: string; value: string }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

/** A linked child; it has its parent's capacity. */
function childDisk(
  unitNumber: number,
  fileName: string,
  parent: string,
  controllerKey: number,
): DeviceChange {
  const backing = { _type: "VirtualDiskFlatVer2BackingInfo", diskMode: "persistent" };
  return create({
    _type: "VirtualDisk",
    key: -600 - unitNumber,
    controllerKey,
    unitNumber,
    capacityInKB: 0,
    backing: {
      ...backing,
      fileName,
      thinProvisioned: true,
      parent: { ...backing, fileName: parent },
    },
  });
}

/** Changes that take every disk off a VM and leave its file. */
export function detachDisks(devices: Device[]): DeviceChange[] {
  return devices.filter((d) => d._type === "VirtualDisk").map((d) => remove(d));
}
