import { invalidArgument } from "../../fault.ts";
import { capacityMaxBytes } from "../../storage/disks.ts";
import { baseName, type Place } from "../../storage/place.ts";
import type { Datastores } from "../../storage/datastores.ts";
import type { DeviceChange } from "./config-spec.ts";
import type { Built } from "./device-build.ts";
import { findController, pickUnit } from "./device-controller.ts";
import { parentFields } from "./disk-backing.ts";
import type { DiskCopy } from "./clone-devices.ts";
import { deviceFault, type DeviceStep, type Draft } from "./device-plan.ts";
import type { Backing, Device } from "./record.ts";

const diskKey = 2000;
const kib = 1024;
const modes = ["persistent", "independent_persistent", "independent_nonpersistent"];
/** Numbers tried for a file name that is left to vic-host. */
const namesMax = 1000;

/** Makes the disk of an "add": a new one, a new child, or one that is there. */
export async function buildDisk(draft: Draft, change: DeviceChange): Promise<Built> {
  const { device: spec, fileOperation } = change;
  const backing = spec["backing"] as Backing | undefined;
  if (backing?._type !== "VirtualDiskFlatVer2BackingInfo") {
    throw deviceFault("InvalidDeviceBacking", "backing", "a disk needs a flat file (FlatVer2)");
  }
  const wanted = spec["controllerKey"] as number | undefined;
  const named = wanted === undefined ? undefined : (draft.keys.get(wanted) ?? wanted);
  const controller = findController(draft.devices, "VirtualSCSIController", named);
  const unitNumber = pickUnit(draft.devices, controller, spec["unitNumber"]);
  const diskMode = mode(backing["diskMode"]);
  if (draft.context.isOn && isNonpersistent(diskMode)) {
    throw deviceFault(
      "DeviceHotPlugNotSupported",
      "diskMode",
      "power the VM off to add such a disk",
    );
  }
  const file =
    fileOperation === undefined
      ? await existing(draft, backing)
      : await create(draft, fileOperation, backing, spec);
  const key = diskKey + unitNumber;
  const { datastores } = draft.context;
  const device: Device = {
    _type: "VirtualDisk",
    key,
    deviceInfo: {
      label: `Hard disk ${unitNumber + 1}`,
      summary: `${(file.capacityBytes / kib).toLocaleString("en")} KB`,
    },
    backing: {
      _type: "VirtualDiskFlatVer2BackingInfo",
      fileName: file.place.text,
      datastore: datastores.of(file.place).ref,
      diskMode,
      split: false,
      writeThrough: false,
      thinProvisioned: true,
      ...parentFields(datastores, file.parent),
    },
    controllerKey: controller.key,
    unitNumber,
    capacityInKB: file.capacityBytes / kib,
    capacityInBytes: file.capacityBytes,
    shares: { shares: 1000, level: "normal" },
  };
  return { device, steps: file.steps };
}

/** The disk after an "edit": it can become larger, and its mode can change. */
export function editDisk(draft: Draft, disk: Device, spec: DeviceChange["device"]): Device {
  const device = grown(draft, disk, spec);
  const backing = spec["backing"] as Backing | undefined;
  if (backing?.fileName && backing.fileName !== device.backing?.fileName) {
    throw deviceFault("InvalidDeviceBacking", "backing", "remove the disk and add the other one");
  }
  const diskMode = mode(backing?.["diskMode"] ?? device.backing?.["diskMode"]);
  if (!device.backing || diskMode === device.backing["diskMode"]) return device;
  const isSame = isNonpersistent(diskMode) === isNonpersistent(device.backing["diskMode"]);
  if (draft.context.isOn && !isSame) {
    throw deviceFault("InvalidDeviceOperation", "diskMode", "power the VM off to change it");
  }
  if (draft.context.hasSnapshots) {
    throw deviceFault("InvalidDeviceOperation", "diskMode", "remove the VM's snapshots first");
  }
  return { ...device, backing: { ...device.backing, diskMode } };
}

/** Whether what the guest writes to a disk of this mode goes when the VM is powered off. */
export const isNonpersistent = (diskMode: unknown): boolean =>
  diskMode === "independent_nonpersistent";

/** The disk with the capacity of the spec, and the step that makes it so large. */
function grown(draft: Draft, device: Device, spec: DeviceChange["device"]): Device {
  const before = (device.capacityInKB ?? 0) * kib;
  const inBytes = spec["capacityInBytes"] as number | undefined;
  const inKib = bytes(spec["capacityInKB"]);
  // Clients set the one or the other, and leave in the other what they read.
  const wanted = inBytes !== undefined && inBytes > 0 && inBytes !== before ? inBytes : inKib;
  if (!(wanted > 0) || wanted === before) return device;
  const refuse = (why: string): never => {
    throw deviceFault("InvalidDeviceOperation", "capacityInKB", why);
  };
  if (wanted < before) refuse("a disk cannot become smaller");
  if (!Number.isSafeInteger(wanted) || wanted % 512 !== 0 || wanted > capacityMaxBytes) {
    throw deviceFault("InvalidDeviceSpec", "capacityInKB", `no disk can have ${wanted} bytes`);
  }
  if (draft.context.hasSnapshots) refuse("a disk with snapshots keeps its size: remove them first");
  const isRedo = isNonpersistent(device.backing?.["diskMode"]);
  if (draft.context.isOn && isRedo) refuse("power the VM off: the disk is not persistent");
  const place = draft.context.datastores.places.parse(device.backing?.fileName ?? "");
  draft.steps.push({ kind: "grow-disk", key: device.key, place, capacityBytes: wanted });
  const summary = `${(wanted / kib).toLocaleString("en")} KB`;
  const label = (device["deviceInfo"] as { label?: string } | undefined)?.label;
  return {
    ...device,
    deviceInfo: { label, summary },
    capacityInKB: wanted / kib,
    capacityInBytes: wanted,
  };
}

interface DiskFile {
  place: Place;
  capacityBytes: number;
  parent: Place | undefined;
  steps: DeviceStep[];
}

async function existing(draft: Draft, backing: Backing): Promise<DiskFile> {
  const { datastores } = draft.context;
  const place = datastores.places.parse(backing.fileName ?? "");
  assertNotAttached(draft, place);
  if (draft.context.isFrozen !== true) await datastores.disks.assertWritable(place);
  const { capacityBytes, parent } = await datastores.disks.info(place);
  return { place, capacityBytes, parent, steps: [] };
}

async function create(
  draft: Draft,
  fileOperation: string,
  backing: Backing,
  spec: DeviceChange["device"],
): Promise<DiskFile> {
  if (fileOperation !== "create") {
    throw deviceFault("InvalidDeviceOperation", "fileOperation", "only create, for a new disk");
  }
  const { datastores } = draft.context;
  const place = await newPlace(draft, backing.fileName);
  assertNotAttached(draft, place);
  if (!isInOwnFolder(draft, place)) await datastores.files.assertParent(place);
  const copyOf = draft.context.copies?.get(spec.key);
  if (copyOf) return copied(datastores, place, copyOf);
  const asked = (spec["capacityInBytes"] as number | undefined) ?? bytes(spec["capacityInKB"]);
  if (backing.parent?.fileName === undefined) {
    if (!(asked > 0)) throw invalidArgument("capacityInKB", "a new disk needs a capacity");
    const step: DeviceStep = {
      kind: "create-disk",
      place,
      capacityBytes: asked,
      parent: undefined,
    };
    return { place, capacityBytes: asked, parent: undefined, steps: [step] };
  }
  const parent = datastores.places.parse(backing.parent.fileName);
  const { capacityBytes } = await datastores.disks.info(parent);
  if (asked > capacityBytes) {
    const text = `a child is as large as its parent: ${capacityBytes} bytes, not ${asked}`;
    throw deviceFault("InvalidDeviceSpec", "capacityInKB", text);
  }
  const step: DeviceStep = { kind: "create-disk", place, capacityBytes, parent };
  return { place, capacityBytes, parent, steps: [step] };
}

/** Whether it is in the VM's folder on another datastore, which is made with its first disk. */
function isInOwnFolder({ context: { datastores, home } }: Draft, place: Place): boolean {
  const folder = datastores.places.parent(place)?.relative;
  return place.datastore !== home.datastore && folder === baseName(home.relative) && folder !== "";
}

/** A disk that is made from another one. */
async function copied(datastores: Datastores, place: Place, copyOf: DiskCopy): Promise<DiskFile> {
  const { from, kind } = copyOf;
  const { capacityBytes, parent: below } = await datastores.disks.info(from);
  const parent = kind === "child" ? from : kind === "top" ? below : undefined;
  const step: DeviceStep = { kind: "create-disk", place, capacityBytes, parent, copyOf };
  return { place, capacityBytes, parent, steps: [step] };
}

const bytes = (capacityInKB: unknown): number =>
  typeof capacityInKB === "number" ? capacityInKB * kib : 0;

/** The file named, or the first free name in the VM's folder. */
async function newPlace(draft: Draft, fileName: string | undefined): Promise<Place> {
  const { datastores, home } = draft.context;
  const text = (fileName ?? "").trim();
  if (text !== "" && !/^\[[^\]]*\]$/.test(text)) return datastores.places.parse(text);
  const named = text === "" ? home : datastores.places.parse(text);
  const folder =
    named.datastore === home.datastore
      ? home
      : datastores.places.below(named, baseName(home.relative));
  for (let number = 0; number < namesMax; number++) {
    const suffix = number === 0 ? "" : `_${number}`;
    const place = datastores.places.below(folder, `${baseName(home.relative)}${suffix}.vmdk`);
    const isPlanned = draft.steps.some(
      (s) => s.kind === "create-disk" && isSamePlace(s.place, place),
    );
    if (!isPlanned && !(await datastores.files.exists(place))) return place;
  }
  throw deviceFault("InvalidDeviceSpec", "backing", "no free file name is left");
}

const isSamePlace = (a: Place, b: Place): boolean => a.key === b.key;

function assertNotAttached(draft: Draft, place: Place): void {
  if (!draft.devices.some((d) => d.backing?.fileName === place.text)) return;
  throw deviceFault("InvalidDeviceSpec", "backing", `"${place.text}" is attached already`);
}

function mode(wanted: unknown): string {
  if (wanted === undefined || wanted === "") return "persistent";
  if (typeof wanted === "string" && modes.includes(wanted)) return wanted;
  throw deviceFault(
    "InvalidDeviceBacking",
    "diskMode",
    `there is no disk mode "${String(wanted)}"`,
  );
}
