import { renameSync, rmSync, writeFileSync } from "node:fs";
import type { Datastores } from "../../../storage/datastores.ts";
import type { SnapshotRecord, VmRecord } from "../record.ts";
import { type Settings, parseSettings, quote, writeVmx } from "../vmx.ts";
import { vmxPlace } from "../vmx-file.ts";
import { frozenDisks } from "./layers.ts";

/** A snapshot as a .vmsd tells of it; everything in it is checked by who registers it. */
export interface ReadSnapshot {
  number: number;
  parent: number | undefined;
  name: string;
  description: string;
  createTime: string;
  powerState: string;
  statePath: string | undefined;
  bootPath: string | undefined;
  /** The VM as it was, as a .vmx. */
  vmx: string;
}

/** Snapshots read from one file. */
export interface ReadSnapshots {
  snapshots: ReadSnapshot[];
  current: number | undefined;
}

const snapshotsMax = 1000;

/** Path of the .vmsd beside the .vmx. */
export const vmsdPath = (datastores: Datastores, record: VmRecord): string =>
  vmxPlace(datastores, record).absolute.replace(/\.vmx$/i, ".vmsd");

/**
 * Writes the .vmsd, VMware's list of snapshots, for when the VM is registered again. VMware keeps the hardware of a
 * snapshot in a binary file; here it is a .vmx in one setting. Like the .vmx it is not what counts meanwhile.
 */
export function saveVmsd(datastores: Datastores, record: VmRecord): void {
  const path = vmsdPath(datastores, record);
  const { snapshots = [] } = record;
  if (snapshots.length === 0) return rmSync(path, { force: true });
  const numbers = new Map(snapshots.map(({ id, number }) => [id, number]));
  const current = numbers.get(record.currentSnapshot ?? "");
  const lines: [string, string | number][] = [
    [".encoding", "UTF-8"],
    ["snapshot.numSnapshots", snapshots.length],
    ...(current === undefined ? [] : [["snapshot.current", current] as [string, number]]),
    ...snapshots.flatMap((snapshot, index) => snapshotLines(record, snapshot, index, numbers)),
  ];
  const text = lines.map(([key, value]) => `${key} = "${quote(String(value))}"\n`).join("");
  writeFileSync(`${path}~`, text, { mode: 0o600 });
  renameSync(`${path}~`, path);
}

function snapshotLines(
  record: VmRecord,
  snapshot: SnapshotRecord,
  index: number,
  numbers: ReadonlyMap<string, number>,
): [string, string | number][] {
  const { state } = snapshot;
  const fields: Record<string, string | number | undefined> = {
    uid: snapshot.number,
    parent: snapshot.parent === undefined ? undefined : numbers.get(snapshot.parent),
    displayName: snapshot.name,
    description: snapshot.description,
    createTime: snapshot.createTime,
    type: snapshot.powerState,
    filename: state?.path,
    bootPath: state?.bootPath,
    vmx: writeVmx({ ...record, config: snapshot.config }),
  };
  const disks = frozenDisks(snapshot.config);
  const own = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : [[`snapshot${index}.${key}`, value] as [string, string | number]],
  );
  const diskLines = disks.map((path, i): [string, string] => {
    return [`snapshot${index}.disk${i}.fileName`, path];
  });
  return [...own, [`snapshot${index}.numDisks`, disks.length], ...diskLines];
}

/** Reads a .vmsd; what is incomplete is left out. */
export function readVmsd(text: string): ReadSnapshots {
  const settings = parseSettings(text);
  const count = Math.min(Number(settings.get("snapshot.numsnapshots") ?? 0) || 0, snapshotsMax);
  const snapshots = Array.from({ length: count }, (_, i) => readSnapshot(settings, i));
  return {
    snapshots: snapshots.filter((s) => s !== undefined),
    current: number(settings.get("snapshot.current")),
  };
}

function readSnapshot(settings: Settings, index: number): ReadSnapshot | undefined {
  const get = (field: string) => settings.get(`snapshot${index}.${field.toLowerCase()}`);
  const own = number(get("uid"));
  const vmx = get("vmx");
  if (own === undefined || vmx === undefined) return undefined;
  return {
    number: own,
    parent: number(get("parent")),
    name: get("displayName") ?? `Snapshot ${own}`,
    description: get("description") ?? "",
    createTime: get("createTime") ?? new Date().toISOString(),
    powerState: get("type") ?? "poweredOff",
    statePath: get("filename"),
    bootPath: get("bootPath"),
    vmx,
  };
}

function number(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
