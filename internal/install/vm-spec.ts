/** The virtual hardware of an appliance. */
import { VicError } from "../errors/errors.ts";
import { versionString } from "../version/version.ts";
import type { Client } from "../vim25/client.ts";
import { retrieveOne } from "../vim25/properties.ts";
import type { DataObject, MoRef } from "../vim25/types.ts";

/** Disk the appliance formats on its first boot and mounts at /var/lib/vic. */
export const spoolFile = "spool.vmdk";
/** Thin: what it holds is what it takes. */
const spoolBytes = 64 * 2 ** 30;
/** Serial console of the appliance. */
export const serialFile = "tether.debug";
const nicKeyFirst = -100;
const scsiKey = 1000;
const ideKey = 200;

const add = (device: DataObject): DataObject => ({ operation: "add", device });

/** Which network a NIC is on, for the backing of its device. */
export async function nicBacking(client: Client, network: MoRef): Promise<DataObject> {
  if (network.type === "DistributedVirtualPortgroup") {
    const props = await retrieveOne(client, network, ["key", "config.distributedVirtualSwitch"]);
    const path = "uuid";
    const uplink = props["config.distributedVirtualSwitch"] as MoRef;
    const switchUuid = (await retrieveOne(client, uplink, [path]))[path];
    return {
      _type: "VirtualEthernetCardDistributedVirtualPortBackingInfo",
      port: { switchUuid, portgroupKey: props["key"] },
    };
  }
  if (network.type === "OpaqueNetwork") {
    const { summary } = await retrieveOne(client, network, ["summary"]);
    const { opaqueNetworkId, opaqueNetworkType } = summary as DataObject;
    return {
      _type: "VirtualEthernetCardOpaqueNetworkBackingInfo",
      opaqueNetworkId,
      opaqueNetworkType,
    };
  }
  const { name } = await retrieveOne(client, network, ["name"]);
  return { _type: "VirtualEthernetCardNetworkBackingInfo", deviceName: name, network };
}

/** What CreateVM_Task is given. */
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
export function createSpec(options: VmOptions): DataObject {
  const nics = options.nics.map(({ mac, backing }, i) =>
    add({
      _type: "VirtualVmxnet3",
      key: nicKeyFirst - i,
      addressType: "manual",
      macAddress: mac,
      backing,
      connectable: { startConnected: true, connected: true, allowGuestControl: false },
    }),
  );
  return {
    name: options.name,
    guestId: "otherGuest64",
    alternateGuestName: `VIC - VCH ${versionString}`,
    files: { vmPathName: options.vmPathName },
    memoryMB: options.memoryMb,
    numCPUs: options.cpus,
    deviceChange: [
      add({
        _type: "ParaVirtualSCSIController",
        key: scsiKey,
        busNumber: 0,
        sharedBus: "noSharing",
      }),
      add({ _type: "VirtualIDEController", key: ideKey, busNumber: 0 }),
      ...nics,
    ],
    extraConfig: toOptions({ "answer.msg.serial.file.open": "Append", ...options.extraConfig }),
  };
}

/** extraConfig as vSphere takes it. */
export function toOptions(values: Record<string, string>): DataObject[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

function keyOf(devices: readonly DataObject[], isWanted: (type: string) => boolean): number {
  const device = devices.find((d) => isWanted(d._type ?? ""));
  if (!device) throw new VicError("damaged", "the VM has not the devices it was made with");
  return device["key"] as number;
}

/** Adds CD, serial port and spool disk to a VM with these devices, whose files are in `folder`. */
export function completeSpec(
  devices: readonly DataObject[],
  folder: string,
  applianceIso: string,
  extraConfig: Record<string, string>,
): DataObject {
  const scsi = keyOf(devices, (type) => type === "ParaVirtualSCSIController");
  const ide = keyOf(devices, (type) => type === "VirtualIDEController");
  const connectable = { startConnected: true, connected: true, allowGuestControl: false };
  return {
    deviceChange: [
      add({
        _type: "VirtualCdrom",
        key: -1,
        controllerKey: ide,
        unitNumber: 0,
        backing: { _type: "VirtualCdromIsoBackingInfo", fileName: applianceIso },
        connectable,
      }),
      add({
        _type: "VirtualSerialPort",
        key: -2,
        yieldOnPoll: true,
        backing: {
          _type: "VirtualSerialPortFileBackingInfo",
          fileName: `${folder}/${serialFile}`,
        },
        connectable,
      }),
      {
        operation: "add",
        fileOperation: "create",
        // SCSI target 0: the appliance's init formats it when it has no ext4 with the label vic-data.
        device: {
          _type: "VirtualDisk",
          key: -3,
          controllerKey: scsi,
          unitNumber: 0,
          capacityInKB: spoolBytes / 1024,
          capacityInBytes: spoolBytes,
          backing: {
            _type: "VirtualDiskFlatVer2BackingInfo",
            fileName: `${folder}/${spoolFile}`,
            diskMode: "persistent",
            thinProvisioned: true,
          },
        },
      },
    ],
    extraConfig: toOptions(extraConfig),
  };
}
