import { lstatSync } from "node:fs";
import { lstat } from "node:fs/promises";
import type { MoRef } from "../../../vim25/types.ts";
import type { Datastores } from "../../storage/datastores.ts";
import { baseName, isWithin, type Place, splitPath } from "../../storage/place.ts";
import { usedBytes } from "../../storage/space.ts";
import type { Device, VmRecord } from "./record.ts";
import { snapshotRef } from "./snapshot/tree.ts";
import { homePlace, vmxPlace } from "./vmx-file.ts";

const blockBytes = 512;
const known = new WeakMap<VmRecord, MoRef[]>();

/** The datastores that the VM's files and those of its snapshots are on, that of its .vmx first. */
export function datastoresOf(record: VmRecord, datastores: Datastores): MoRef[] {
  const before = known.get(record);
  if (before) return before;
  const { config, snapshots = [], suspended, layers = [] } = record;
  const configs = [config, ...snapshots.map((snapshot) => snapshot.config)];
  const states = [suspended?.state, ...snapshots.map(({ state }) => state)];
  const files = [
    ...configs.flatMap(({ vmPathName, devices }) => [vmPathName, ...filesOf(devices)]),
    ...states.flatMap((state) => state?.path ?? []),
    ...layers,
  ];
  const names = new Set(files.map((file) => splitPath(file).name));
  const found = [...names].flatMap((name) => datastores.byName(name)?.ref ?? []);
  known.set(record, found);
  return found;
}

const filesOf = (devices: Device[]): string[] =>
  devices.flatMap(({ backing }) => backing?.fileName || []);

/** Bytes on the disk of the VM's folder and of its disks elsewhere, by id of the datastore. */
export async function measureStorage(
  record: VmRecord,
  datastores: Datastores,
): Promise<Record<string, number>> {
  const home = homePlace(datastores, record);
  const sums: Record<string, number> = { [home.datastore]: await usedBytes(home.absolute) };
  for (const place of diskPlaces(record.config.devices, datastores)) {
    if (isWithin(home, place.key)) continue;
    const blocks = (await lstat(place.absolute).catch(() => undefined))?.blocks ?? 0;
    sums[place.datastore] = (sums[place.datastore] ?? 0) + blocks * blockBytes;
  }
  return sums;
}

/** VirtualMachineUsageOnDatastore of each datastore. */
export function perDatastoreUsage(
  refs: MoRef[],
  bytes: Record<string, number>,
): Record<string, unknown>[] {
  return refs.map((datastore) => {
    const committed = bytes[datastore.value] ?? 0;
    return { datastore, committed, uncommitted: 0, unshared: committed };
  });
}

/** VirtualMachineFileLayoutEx: the .vmx and the chain of each disk, with what they take now. */
export function fileLayout(record: VmRecord, datastores: Datastores): Record<string, unknown> {
  const keys = new Map<string, number>();
  const file: Record<string, unknown>[] = [];
  const add = (place: Place, type: string): number => {
    const key = keys.get(place.key) ?? keys.size;
    if (key < keys.size) return key;
    const stat = lstatSync(place.absolute, { throwIfNoEntry: false });
    keys.set(place.key, key);
    file.push({
      key,
      name: place.text,
      type,
      size: stat?.size ?? 0,
      uniqueSize: (stat?.blocks ?? 0) * blockBytes,
      accessible: stat !== undefined,
    });
    return key;
  };
  add(vmxPlace(datastores, record), "config");
  const chains = (devices: Device[]) =>
    devices.flatMap((device) => {
      const [place] = diskPlaces([device], datastores);
      if (!place) return [];
      const chain = datastores.disks.chain(place).reverse();
      return [
        { key: device.key, chain: chain.map((p) => ({ fileKey: [add(p, "diskDescriptor")] })) },
      ];
    });
  const disk = chains(record.config.devices);
  const home = homePlace(datastores, record);
  const vmsd = baseName(record.config.vmPathName).replace(/\.vmx$/i, ".vmsd");
  if (record.suspended) add(datastores.places.parse(record.suspended.state.path), "suspend");
  const snapshot = (record.snapshots ?? []).map(({ id, config, state }) => {
    const memory = state
      ? { memoryKey: add(datastores.places.parse(state.path), "snapshotMemory") }
      : {};
    const list = add(datastores.places.below(home, vmsd), "snapshotList");
    return { key: snapshotRef(id), dataKey: list, ...memory, disk: chains(config.devices) };
  });
  return { file, disk, snapshot, timestamp: new Date().toISOString() };
}

function diskPlaces(devices: Device[], datastores: Datastores): Place[] {
  return devices.flatMap((device) =>
    device._type === "VirtualDisk" && device.backing?.fileName
      ? [datastores.places.parse(device.backing.fileName)]
      : [],
  );
}
