import { randomBytes } from "node:crypto";
import { isA } from "../../../vim25/schema/schema.ts";
import type { DeviceChange } from "./config-spec.ts";
import { findController, pickUnit } from "./device-controller.ts";
import { buildDisk, editDisk } from "./device-disk.ts";
import { networkBacking } from "./device-network.ts";
import { deviceFault, type DeviceStep, type Draft } from "./device-plan.ts";
import { type Backing, builtIn, type Connectable, type Device, serialNowhere } from "./record.ts";

/** Device kinds by base type: first key and how many a VM may have. */
const cdroms = { first: 3000, max: 4, label: "CD/DVD drive" };
const nics = { first: 4000, max: 10, label: "Network adapter" };
const serials = { first: 9000, max: 4, label: "Serial port" };

/** A device that a change adds, and the files that have to be made first. */
export interface Built {
  device: Device;
  steps: DeviceStep[];
}

type Spec = DeviceChange["device"];

/** Makes the device of an "add". */
export async function buildDevice(draft: Draft, change: DeviceChange): Promise<Built> {
  const spec = change.device;
  const type = spec._type ?? "VirtualDevice";
  if (type === "VirtualDisk") return buildDisk(draft, change);
  if (change.fileOperation !== undefined) {
    throw deviceFault("InvalidDeviceOperation", "fileOperation", "only for disks");
  }
  if (isA(type, "VirtualEthernetCard")) return { device: buildNic(draft, spec), steps: [] };
  if (type === "VirtualCdrom") return { device: buildCdrom(draft, spec), steps: [] };
  if (type === "VirtualSerialPort") return { device: buildSerial(draft, spec), steps: [] };
  throw deviceFault("DeviceUnsupportedForVmPlatform", "device", `there is no ${type}`);
}

/** The device after an "edit". */
export function editDevice(draft: Draft, device: Device, spec: Spec): Device {
  if (device._type === "VirtualDisk") return editDisk(draft, device, spec);
  const connectable = mergeConnectable(device.connectable, spec, draft.context.isOn);
  if (isA(device._type, "VirtualEthernetCard")) {
    const isNewMac =
      typeof spec["macAddress"] === "string" &&
      spec["macAddress"] !== "" &&
      spec["macAddress"].toLowerCase() !== device.macAddress;
    if (isNewMac && draft.context.isOn) {
      throw deviceFault("DeviceHotPlugNotSupported", "macAddress", "power the VM off to change it");
    }
    return {
      ...device,
      connectable,
      ...(spec["backing"] === undefined
        ? {}
        : { backing: networkBacking(draft.context, spec["backing"]).backing }),
      ...(isNewMac ? macFields(spec) : {}),
    };
  }
  if (device._type === "VirtualCdrom") {
    return {
      ...device,
      connectable,
      ...(spec["backing"] === undefined ? {} : { backing: cdromBacking(draft, spec) }),
    };
  }
  if (device._type === "VirtualSerialPort") {
    if (draft.context.isOn) {
      throw deviceFault("DeviceHotPlugNotSupported", "backing", "power the VM off to change it");
    }
    return { ...device, connectable, backing: serialBacking(draft, spec) };
  }
  // An edit of a controller: there is nothing in it that could be changed.
  return device;
}

function nextKey(devices: Device[], kind: { first: number; max: number; label: string }): number {
  for (let key = kind.first; key < kind.first + kind.max; key++) {
    if (!devices.some((d) => d.key === key)) return key;
  }
  throw deviceFault("InvalidDeviceSpec", "device", `a VM has at most ${kind.max} of ${kind.label}`);
}

function info(key: number, kind: { first: number; label: string }, summary: string) {
  return { label: `${kind.label} ${key - kind.first + 1}`, summary };
}

function buildNic(draft: Draft, spec: Spec): Device {
  const key = nextKey(draft.devices, nics);
  const { backing, label } = networkBacking(draft.context, spec["backing"]);
  return {
    // Every older card is given as the e1000e that the machine has.
    _type: isA(spec._type, "VirtualVmxnet3") ? "VirtualVmxnet3" : "VirtualE1000e",
    key,
    deviceInfo: info(key, nics, label),
    backing,
    connectable: mergeConnectable(undefined, spec, draft.context.isOn),
    ...(spec["slotInfo"] === undefined ? {} : { slotInfo: spec["slotInfo"] }),
    controllerKey: builtIn.pci,
    unitNumber: key - nics.first + 7,
    ...macFields(spec),
    wakeOnLanEnabled: false,
  };
}

/** The address of a NIC: the one asked for, or a new one. */
export function macFields(spec: Pick<Spec, string>): { addressType: string; macAddress: string } {
  const mac = spec["macAddress"];
  if (typeof mac !== "string" || mac === "") {
    // VMware's prefix for generated addresses.
    const tail = [...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, "0"));
    return { addressType: "generated", macAddress: `00:0c:29:${tail.join(":")}` };
  }
  const isUnicast = /^[\da-f][02468ace](:[\da-f]{2}){5}$/i.test(mac);
  if (!isUnicast) {
    throw deviceFault("InvalidDeviceSpec", "macAddress", `"${mac}" is not a unicast MAC address`);
  }
  const kind = spec["addressType"];
  return {
    addressType: typeof kind === "string" ? kind.toLowerCase() : "manual",
    macAddress: mac.toLowerCase(),
  };
}

function buildCdrom(draft: Draft, spec: Spec): Device {
  const { devices, keys } = draft;
  const wanted = spec["controllerKey"] as number | undefined;
  const named = wanted === undefined ? undefined : (keys.get(wanted) ?? wanted);
  const controller = findController(devices, "VirtualIDEController", named);
  const unitNumber = pickUnit(devices, controller, spec["unitNumber"]);
  const key = cdroms.first + (controller.busNumber ?? 0) * 2 + unitNumber;
  const backing = cdromBacking(draft, spec);
  return {
    _type: "VirtualCdrom",
    key,
    deviceInfo: info(key, cdroms, backing.fileName ? `ISO ${backing.fileName}` : "Remote device"),
    backing,
    connectable: mergeConnectable(undefined, spec, draft.context.isOn),
    controllerKey: controller.key,
    unitNumber,
  };
}

function cdromBacking(draft: Draft, spec: Spec): Backing {
  const backing = spec["backing"] as Backing | undefined;
  if (backing?._type === "VirtualCdromIsoBackingInfo" && backing.fileName) {
    const { datastores } = draft.context;
    const place = datastores.places.parse(backing.fileName);
    return { _type: backing._type, fileName: place.text, datastore: datastores.of(place).ref };
  }
  // Anything else is a drive of a client's machine or of the host: an empty one here.
  return {
    _type: "VirtualCdromRemotePassthroughBackingInfo",
    deviceName: "",
    useAutoDetect: false,
    exclusive: false,
  };
}

function buildSerial(draft: Draft, spec: Spec): Device {
  const key = nextKey(draft.devices, serials);
  const backing = serialBacking(draft, spec);
  return {
    _type: "VirtualSerialPort",
    key,
    deviceInfo: info(key, serials, backing.fileName ? `File ${backing.fileName}` : "Not connected"),
    backing,
    connectable: mergeConnectable(undefined, spec, draft.context.isOn),
    controllerKey: builtIn.sio,
    unitNumber: key - serials.first,
    yieldOnPoll: spec["yieldOnPoll"] === true,
  };
}

function serialBacking(draft: Draft, spec: Spec): Backing {
  const backing = spec["backing"] as Backing | undefined;
  if (backing?.["serviceURI"] === serialNowhere()["serviceURI"]) return serialNowhere();
  if (backing?._type !== "VirtualSerialPortFileBackingInfo" || !backing.fileName) {
    throw deviceFault("InvalidDeviceBacking", "backing", "a serial port writes to a file");
  }
  const { home, datastores } = draft.context;
  const isBare = !backing.fileName.includes("[") && !backing.fileName.includes("/");
  const place = isBare
    ? datastores.places.below(home, backing.fileName)
    : datastores.places.parse(backing.fileName);
  return { _type: backing._type, fileName: place.text, datastore: datastores.of(place).ref };
}

/** What the spec says about being connected, on top of what was. A running VM's device is connected at once. */
function mergeConnectable(before: Connectable | undefined, spec: Spec, isOn: boolean): Connectable {
  const wanted = spec["connectable"] as Partial<Connectable> | undefined;
  const startConnected = wanted?.startConnected ?? before?.startConnected ?? true;
  const fallback = before?.connected ?? (isOn && startConnected);
  const connected = isOn && (before ? (wanted?.connected ?? fallback) : fallback);
  return {
    startConnected,
    allowGuestControl: wanted?.allowGuestControl ?? before?.allowGuestControl ?? true,
    connected,
    status: isOn ? "ok" : "untried",
  };
}
