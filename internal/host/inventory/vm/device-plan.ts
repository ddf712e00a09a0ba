import { isA } from "../../../vim25/schema/schema.ts";
import { fault } from "../../fault.ts";
import type { Datastores } from "../../storage/datastores.ts";
import type { Place } from "../../storage/place.ts";
import type { DeviceChange } from "./config-spec.ts";
import type { DiskCopy } from "./clone-devices.ts";
import { buildController, isController } from "./device-controller.ts";
import { buildDevice, editDevice } from "./device-build.ts";
import type { NetworkPlaces } from "./device-network.ts";
import type { Device } from "./record.ts";

/** What has to be done, in this order, for a change of devices; the devices themselves come with {@link DevicePlan}. */
export type DeviceStep =
  | {
      kind: "create-disk";
      place: Place;
      capacityBytes: number;
      parent: Place | undefined;
      /** Where its content comes from; undefined: it is empty, or its parent's. */
      copyOf?: DiskCopy;
    }
  | { kind: "grow-disk"; key: number; place: Place; capacityBytes: number }
  | { kind: "add"; device: Device }
  | { kind: "edit"; device: Device; before: Device }
  | { kind: "remove"; device: Device }
  | { kind: "destroy-file"; place: Place };

/** Result of {@link planDevices}. */
export interface DevicePlan {
  devices: Device[];
  steps: DeviceStep[];
}

/** What planning needs to know. */
export interface PlanContext extends NetworkPlaces {
  datastores: Datastores;
  /** The VM's folder, and its name. */
  home: Place;
  name: string;
  isOn: boolean;
  /** The VM's disks are bound to snapshots. */
  hasSnapshots: boolean;
  /** Where the content of new disks comes from, by their key in the spec. */
  copies?: ReadonlyMap<number, DiskCopy>;
  /** Disks may be parents already: what is planned is a snapshot that is read from its file. */
  isFrozen?: boolean;
}

/** The state of one plan while it is made. */
export interface Draft extends DevicePlan {
  context: PlanContext;
  /** Key in the spec -> key given; specs refer to devices they add by keys of their own. */
  keys: Map<number, number>;
}

/** Devices that may be added and removed while the VM runs. */
const hotPluggable = ["VirtualDisk", "VirtualEthernetCard"];

/** Works out what the changes mean for these devices. Changes nothing. */
export async function planDevices(
  devices: Device[],
  changes: DeviceChange[],
  context: PlanContext,
): Promise<DevicePlan> {
  const draft: Draft = { devices: [...devices], steps: [], context, keys: new Map() };
  const isAddedController = (c: DeviceChange) =>
    c.operation === "add" && isController(c.device._type ?? "");
  // Controllers first: what is attached to them may stand before them in the spec.
  for (const [index, change] of changes.entries()) {
    if (isAddedController(change)) await attempt(index, () => addController(draft, change));
  }
  for (const [index, change] of changes.entries()) {
    if (!isAddedController(change)) await attempt(index, () => planOne(draft, change));
  }
  // Last, because it cannot be taken back.
  const last = (step: DeviceStep) => Number(step.kind === "grow-disk");
  const steps = draft.steps.toSorted((a, b) => last(a) - last(b));
  return { devices: draft.devices, steps };
}

/** Adds the index of the change to device faults, as the API does. */
async function attempt(index: number, work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    const detail = (error as { detail?: Record<string, unknown> }).detail;
    const name = detail?.["fault"];
    if (typeof name === "string" && isA(name, "InvalidDeviceSpec")) {
      const properties = detail?.["properties"] as Record<string, unknown>;
      properties["deviceIndex"] = index;
    }
    throw error;
  }
}

function addController(draft: Draft, change: DeviceChange): void {
  const { device, isNew } = buildController(draft.devices, change.device);
  draft.keys.set(change.device.key, device.key);
  if (!isNew) return;
  if (draft.context.isOn) throw notHot(device._type);
  draft.devices.push(device);
}

async function planOne(draft: Draft, change: DeviceChange): Promise<void> {
  const { operation } = change;
  if (operation === "add") return planAdd(draft, change);
  const device = draft.devices.find((d) => d.key === change.device.key);
  if (!device) {
    throw deviceFault("DeviceNotFound", "key", `the VM has no device ${change.device.key}`);
  }
  if (operation === "remove") return planRemove(draft, change, device);
  if (operation !== "edit") {
    throw deviceFault("InvalidDeviceSpec", "operation", "say add, edit or remove");
  }
  if (change.fileOperation !== undefined) {
    throw deviceFault("InvalidDeviceOperation", "fileOperation", "not for an edit");
  }
  const next = editDevice(draft, device, change.device);
  draft.devices = draft.devices.map((d) => (d.key === device.key ? next : d));
  draft.steps.push({ kind: "edit", device: next, before: device });
}

async function planAdd(draft: Draft, change: DeviceChange): Promise<void> {
  const { device, steps } = await buildDevice(draft, change);
  if (draft.context.isOn && !hotPluggable.some((type) => isA(device._type, type))) {
    throw notHot(device._type);
  }
  draft.keys.set(change.device.key, device.key);
  draft.devices.push(device);
  draft.steps.push(...steps, { kind: "add", device });
}

function planRemove(draft: Draft, change: DeviceChange, device: Device): void {
  const user = draft.devices.find((d) => d.controllerKey === device.key);
  if (user) throw deviceFault("InvalidDeviceSpec", "key", `device ${user.key} is attached to it`);
  const isRemovable = device.key >= 1000;
  if (!isRemovable) throw deviceFault("InvalidDeviceOperation", "key", "it cannot be removed");
  if (draft.context.isOn && !hotPluggable.some((type) => isA(device._type, type))) {
    throw notHot(device._type);
  }
  draft.devices = draft.devices.filter((d) => d.key !== device.key);
  draft.steps.push({ kind: "remove", device });
  if (change.fileOperation === undefined) return;
  const fileName = device.backing?.fileName;
  if (change.fileOperation !== "destroy" || device._type !== "VirtualDisk" || !fileName) {
    throw deviceFault("InvalidDeviceOperation", "fileOperation", "only destroy, of a disk");
  }
  const { places, disks } = draft.context.datastores;
  const place = places.parse(fileName);
  // Known now, before the disk is taken from the VM.
  disks.assertNoParent(place);
  draft.steps.push({ kind: "destroy-file", place });
}

/** A fault of the InvalidDeviceSpec family; the index is filled in by {@link planDevices}. */
export function deviceFault(name: string, property: string, message: string): Error {
  return fault(name, message, { property, deviceIndex: 0 });
}

function notHot(type: string): Error {
  const text = `a ${type} cannot be added or removed while the VM runs`;
  return deviceFault("DeviceHotPlugNotSupported", "device", text);
}
