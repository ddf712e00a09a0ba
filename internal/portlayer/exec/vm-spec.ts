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

/** vSphere takes memory in steps of 4 MiB. */
const memoryStepMiB = 4;
const scsiKey = -100;
const ideKey = -200;

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
  const files = vmFiles(parts.folder, parts.id);
  const devices = [
    pvscsi(scsiKey),
    ide(ideKey),
    cdromIso(parts.bootstrapIso, { key: -300, controllerKey: ideKey, unitNumber: 0 }),
    serialFile(files.debug, -400),
    ...parts.macs.map((mac, index) =>
      vmxnet3({ key: -500 - index, mac, backing: parts.networkBacking }),
    ),
  ];
  return {
    name: parts.name,
    guestId: "otherLinux64Guest",
    annotation: `VIC container ${parts.id}`,
    files: { vmPathName: files.vmx },
    numCPUs: parts.cpus,
    memoryMB: Math.ceil(parts.memoryMiB / memoryStepMiB) * memoryStepMiB,
    extraConfig: optionValues({ ...fixedExtraConfig, ...parts.extraConfig }),
    deviceChange: [
      ...devices.map(add),
      childDisk(diskUnits.image, files.image, parts.imageDisk),
      childDisk(diskUnits.scratch, files.scratch, parts.scratchDisk),
    ],
  };
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
function childDisk(unitNumber: number, fileName: string, parent: string): DeviceChange {
  const backing = { _type: "VirtualDiskFlatVer2BackingInfo", diskMode: "persistent" };
  return create({
    _type: "VirtualDisk",
    key: -600 - unitNumber,
    controllerKey: scsiKey,
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
