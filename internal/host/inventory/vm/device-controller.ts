import { isA } from "../../../vim25/schema/schema.ts";
import { deviceFault } from "./device-plan.ts";
import { builtIn, type Device } from "./record.ts";

/** Key of the one SCSI controller. */
export const scsiKey = 1000;
/** Units of the SCSI controller; 7 is the controller's own. */
const scsiUnits = 16;
const scsiOwnUnit = 7;
const ideUnits = 2;

/** Built-in controllers by type: adding one means the one that is there. */
const builtInByType: Record<string, number> = {
  VirtualIDEController: builtIn.ide0,
  VirtualPS2Controller: builtIn.ps2,
  VirtualPCIController: builtIn.pci,
  VirtualSIOController: builtIn.sio,
};

/** Whether the type is a controller of other devices. */
export const isController = (type: string): boolean => isA(type, "VirtualController");

/** The controller that a spec asks for: a new one, or the built-in one it means. */
export function buildController(
  devices: Device[],
  spec: { _type?: string; key: number; [field: string]: unknown },
): { device: Device; isNew: boolean } {
  const type = spec._type ?? "";
  const key = builtInByType[type];
  if (key !== undefined) {
    const wanted = devices.find((d) => d.key === spec.key && d._type === type);
    const device = wanted ?? devices.find((d) => d.key === key);
    if (device) return { device, isNew: false };
  }
  if (!isA(type, "VirtualSCSIController")) {
    throw deviceFault("DeviceUnsupportedForVmPlatform", "device", `there is no ${type}`);
  }
  if (devices.some((d) => d.key === scsiKey)) {
    throw deviceFault("InvalidDeviceSpec", "device", "a VM has one SCSI controller");
  }
  // Whichever SCSI controller was asked for, the machine has a paravirtual one, and so the API says.
  const device: Device = {
    _type: "ParaVirtualSCSIController",
    key: scsiKey,
    deviceInfo: { label: "SCSI controller 0", summary: "VMware paravirtual SCSI" },
    controllerKey: builtIn.pci,
    unitNumber: 3,
    busNumber: 0,
    hotAddRemove: true,
    sharedBus: "noSharing",
    scsiCtlrUnitNumber: scsiOwnUnit,
  };
  return { device, isNew: true };
}

/** The controller to attach to: the one named, or the first of `type` with room. */
export function findController(devices: Device[], type: string, key: number | undefined): Device {
  if (key !== undefined && key !== 0) {
    const named = devices.find((d) => d.key === key);
    if (named && isA(named._type, type)) return named;
    throw deviceFault(
      "InvalidController",
      "controllerKey",
      named ? `device ${key} is no ${type}` : `there is no controller ${key}`,
    );
  }
  const candidates = devices.filter((d) => isA(d._type, type));
  const free = candidates.find((c) => freeUnits(devices, c).length > 0);
  if (free) return free;
  throw deviceFault("MissingController", "controllerKey", `add a ${type} first`);
}

/** The unit asked for when it is free, or the first free one. */
export function pickUnit(devices: Device[], controller: Device, wanted: unknown): number {
  const free = freeUnits(devices, controller);
  if (typeof wanted === "number" && wanted >= 0) {
    if (free.includes(wanted)) return wanted;
    throw deviceFault("InvalidDeviceSpec", "unitNumber", `unit ${wanted} is taken or none`);
  }
  const first = free[0];
  if (first === undefined) {
    throw deviceFault("InvalidDeviceSpec", "unitNumber", "the controller has no free unit");
  }
  return first;
}

function freeUnits(devices: Device[], controller: Device): number[] {
  const count = isA(controller._type, "VirtualSCSIController") ? scsiUnits : ideUnits;
  const taken = new Set(
    devices.filter((d) => d.controllerKey === controller.key).map((d) => d.unitNumber),
  );
  if (count === scsiUnits) taken.add(scsiOwnUnit);
  return Array.from({ length: count }, (_, unit) => unit).filter((unit) => !taken.has(unit));
}
