import { randomUUID } from "node:crypto";
import { isA } from "../../../vim25/schema/schema.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { fault, invalidArgument } from "../../fault.ts";
import { baseName, type Place } from "../../storage/place.ts";
import { unescapeName } from "../entity.ts";
import type { World } from "../world.ts";
import type { DeviceChange } from "./config-spec.ts";
import { macFields } from "./device-build.ts";
import { planDevices } from "./device-plan.ts";
import { withFile } from "./disk-backing.ts";
import { planContext } from "./reconfigure.ts";
import { changeVersion, type Device, type VmRecord } from "./record.ts";
import { VirtualMachine } from "./virtual-machine.ts";

/** Decoded VirtualMachineInstantCloneSpec. */
export interface InstantCloneSpec {
  name: string;
  location?: {
    folder?: MoRef;
    pool?: MoRef;
    datastore?: MoRef;
    host?: MoRef;
    deviceChange?: DeviceChange[];
    [field: string]: unknown;
  };
  config?: { key: string; value?: unknown }[];
  biosUuid?: string;
}

/** A clone before its disks are there. */
export interface CloneDraft {
  home: Place;
  record: VmRecord;
  /** Children that have to be made. */
  disks: { key: number; place: Place; parent: Place }[];
  /** Its devices, once those are made. */
  devices(): Device[];
}

/** Fields of the location that are honoured; others have to ask for nothing. */
const honoured = new Set(["_type", "folder", "pool", "datastore", "host", "deviceChange"]);
/** What the state does not depend on: it may be another one in the clone. */
const editable = ["VirtualEthernetCard", "VirtualSerialPort"];

/** Works out what the clone of `source` is; changes nothing. */
export async function draftClone(
  world: World,
  source: VmRecord,
  spec: InstantCloneSpec,
  target: { id: string; folder: string; pool: string; vmx: Place; home: Place },
): Promise<CloneDraft> {
  checkLocation(world, spec);
  const { id, folder, pool, vmx, home } = target;
  const now = new Date().toISOString();
  const config = {
    ...source.config,
    changeVersion: changeVersion(0),
    revision: 0,
    modified: now,
    createDate: now,
    uuid: biosUuid(spec),
    instanceUuid: randomUUID(),
    vmPathName: vmx.text,
    devices: source.config.devices.map((device) => ownDevice(world, device, home)),
  };
  const state = { isPoweredOn: false, isStarting: false, disabledMethods: {} };
  const record = { id, name: unescapeName(spec.name), folder, pool, config, ...state };
  const context = planContext(world, new VirtualMachine(record, world.surroundings));
  const changes = spec.location?.deviceChange ?? [];
  assertEdits(changes);
  const { devices } = await planDevices(config.devices, changes, context);
  const disks = childDisks(world, devices, home, baseName(vmx.relative).replace(/\.vmx$/i, ""));
  return {
    home,
    record,
    disks,
    devices: () =>
      devices.map((device) => {
        const disk = disks.find(({ key }) => key === device.key);
        return disk ? withFile(world.datastores, device, disk.place.text) : device;
      }),
  };
}

function checkLocation(world: World, { location = {} }: InstantCloneSpec): void {
  const { host } = location;
  if (host && host.value !== world.refs.host.value) {
    throw fault("ManagedObjectNotFound", "there is no such host", { obj: host });
  }
  for (const [field, value] of Object.entries(location)) {
    if (honoured.has(field) || value === undefined) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    throw fault("NotSupported", `an instant clone takes no location.${field}: leave it out`);
  }
}

function biosUuid({ biosUuid: uuid }: InstantCloneSpec): string {
  if (uuid === undefined || uuid === "") return randomUUID();
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(uuid)) return uuid.toLowerCase();
  throw invalidArgument("spec.biosUuid", `"${uuid}" is not a UUID`);
}

function assertEdits(changes: DeviceChange[]): void {
  for (const { operation, device } of changes) {
    const isEditable = editable.some((type) => isA(device._type ?? "", type));
    if (operation === "edit" && isEditable) continue;
    const text = "a clone has its source's devices: edit NICs and serial ports, add others later";
    throw fault("NotSupported", text);
  }
}

/** A NIC has an address of its own, a serial port a file of its own in the clone's folder. */
function ownDevice({ datastores }: World, device: Device, home: Place): Device {
  if (isA(device._type, "VirtualEthernetCard")) return { ...device, ...macFields({}) };
  const file = device.backing?.fileName;
  if (device._type !== "VirtualSerialPort" || !device.backing || file === undefined) return device;
  const { places } = datastores;
  const place = places.below(home, baseName(places.parse(file).relative));
  const datastore = datastores.of(place).ref;
  return { ...device, backing: { ...device.backing, fileName: place.text, datastore } };
}

function childDisks({ datastores }: World, devices: Device[], home: Place, stem: string) {
  const { places } = datastores;
  const disks = devices.filter((device) => device._type === "VirtualDisk");
  return disks.map(({ key, backing }, index) => ({
    key,
    parent: places.parse(backing?.fileName ?? ""),
    place: places.below(home, `${stem}${index === 0 ? "" : `_${index}`}.vmdk`),
  }));
}
