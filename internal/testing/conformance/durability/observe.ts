/** What there is, seen from the outside: over the API, on the disk, in the database, and among the processes. */
import { Database } from "bun:sqlite";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { processesOf } from "../../../host/qemu/process.ts";
import type { Client } from "../../../vim25/client.ts";
import { retrieve } from "../../../vim25/properties.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { emptyState, type State } from "./state.ts";

/** Everything that vic-host has, and where its parts are. */
export interface Observed {
  /** By the prefix of the names, one for each client. */
  states: Map<string, State>;
  /** References by kind and name. */
  refs: Map<string, MoRef>;
  /** What should not be there. */
  leaks: string[];
}

/** The topmost folder for VMs and pool of a host in its own right. */
export const vmFolder: MoRef = { type: "Folder", value: "ha-folder-vm" };
export const rootPool: MoRef = { type: "ResourcePool", value: "ha-root-pool" };

interface Device {
  _type: string;
  backing?: { fileName?: string };
}

const vmPaths = [
  "name",
  "parent",
  "resourcePool",
  "runtime.powerState",
  "config.annotation",
  "config.extraConfig",
  "config.hardware.device",
  "config.files.vmPathName",
];

/** The path in `[datastore1] a/b`. */
const pathIn = (text: string): string => text.replace(/^\[[^\]]*\] */, "");

/** SHA-256, in hex. */
export const digest = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** Looks at everything, while nothing is being changed. */
export async function observe(client: Client, dataDir: string): Promise<Observed> {
  const states = new Map<string, State>();
  const found = new Map<string, MoRef>();
  const names = new Map<string, string>();
  const state = (name: string): State => {
    const prefix = name.split("-", 1)[0]!;
    if (!states.has(prefix)) states.set(prefix, emptyState());
    return states.get(prefix)!;
  };
  const pools = await children(client, rootPool, "resourcePool");
  for (const [name, ref] of pools) {
    state(name).pools[name] = true;
    found.set(`pool ${name}`, ref);
    names.set(ref.value, name);
  }
  const vms = new Map<string, MoRef>();
  for (const [name, ref] of await children(client, vmFolder, "childEntity")) {
    if (ref.type === "VirtualMachine") vms.set(ref.value, ref);
    else {
      state(name).folders[name] = true;
      found.set(`folder ${name}`, ref);
      names.set(ref.value, name);
      for (const [, vm] of await children(client, ref, "childEntity")) vms.set(vm.value, vm);
    }
  }
  const nameOf = (ref: unknown) => names.get((ref as MoRef).value) ?? "";
  const files = new Set<string>();
  const disks = new Set<string>();
  const running = new Set<string>();
  for (const { ref, props } of await retrieve(client, [...vms.values()], vmPaths)) {
    const name = props["name"] as string;
    found.set(`vm ${name}`, ref);
    const isOn = props["runtime.powerState"] === "poweredOn";
    if (isOn) running.add(ref.value);
    const vmx = pathIn(props["config.files.vmPathName"] as string);
    files.add(vmx);
    const own = (props["config.hardware.device"] as Device[])
      .filter((device) => device._type === "VirtualDisk")
      .map((device) => pathIn(device.backing?.fileName ?? ""));
    for (const disk of own) disks.add(disk);
    const extra = (props["config.extraConfig"] ?? []) as { key: string; value: string }[];
    state(name).vms[name] = {
      home: dirname(vmx),
      isOn,
      annotation: (props["config.annotation"] as string | undefined) ?? "",
      value: extra.find(({ key }) => key === "guestinfo.value")?.value ?? "",
      disks: own.map((disk) => basename(disk)).toSorted(),
      folder: nameOf(props["parent"]),
      pool: nameOf(props["resourcePool"]),
    };
  }
  for (const disk of disks) files.add(disk);
  const onDisk = listFiles(join(dataDir, "datastore1"));
  for (const path of onDisk) {
    const [top = "", ...rest] = path.split("/");
    if (!top.endsWith("-files") || rest.length === 0) continue;
    files.add(path);
    const content = readFileSync(join(dataDir, "datastore1", path));
    state(top).files[path] = digest(content);
  }
  const leaks = [
    ...difference("file", onDisk, files),
    ...difference("record of a disk", diskRecords(dataDir), disks),
    ...difference("record of a VM", rows(dataDir, "vm"), new Set(vms.keys())),
    ...difference("run folder", runFolders(dataDir), running),
    ...difference("process", await processes(dataDir), running),
  ];
  return { states, refs: found, leaks };
}

async function children(client: Client, ref: MoRef, path: string): Promise<[string, MoRef][]> {
  const [self] = await retrieve(client, [ref], [path]);
  const below = (self?.props[path] ?? []) as MoRef[];
  if (below.length === 0) return [];
  const named = await retrieve(client, below, ["name"]);
  return named.map(({ ref: child, props }) => [props["name"] as string, child]);
}

/** What there is and should not be, and the other way round, in words. */
export function difference(
  what: string,
  is: Iterable<string>,
  should: ReadonlySet<string>,
): string[] {
  const there = new Set(is);
  return [
    ...[...there].filter((name) => !should.has(name)).map((name) => `${what} too many: ${name}`),
    ...[...should].filter((name) => !there.has(name)).map((name) => `${what} missing: ${name}`),
  ];
}

/** Paths of the files of a datastore; also empty folders, with a slash. */
export function listFiles(root: string): string[] {
  const paths: string[] = [];
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    const path = relative(root, join(entry.parentPath, entry.name));
    if (path === ".vic-host" || path === ".vic-host/upload") continue;
    if (!entry.isDirectory()) paths.push(path);
    else if (readdirSync(join(root, path)).length === 0 && !path.endsWith("-files")) {
      paths.push(`${path}/`);
    }
  }
  return paths;
}

/** Ids of what the database has of a kind. */
export function rows(dataDir: string, kind: string): string[] {
  using db = new Database(join(dataDir, "vic-host.db"), { readonly: true });
  const query = db.query<{ id: string }, [string]>("SELECT id FROM document WHERE kind = ?");
  return query.all(kind).map(({ id }) => id);
}

/** The spare VMs of VCHs, by id, with their names: they come and go by themselves. */
export function spares(dataDir: string): Map<string, string> {
  using db = new Database(join(dataDir, "vic-host.db"), { readonly: true });
  const query = db.query<{ id: string; name: string }, []>(
    "SELECT id, json ->> '$.name' AS name FROM document WHERE kind = 'vm' AND name GLOB '*-spare-*'",
  );
  return new Map(query.all().map(({ id, name }) => [id, name]));
}

/** Paths of the disks that the database has; a record's id begins with its datastore's. */
export const diskRecords = (dataDir: string): string[] =>
  rows(dataDir, "disk").map((id) => id.slice(id.indexOf("/") + 1));

/** Ids of the VMs that have a folder for a running machine. */
export const runFolders = (dataDir: string): string[] =>
  readdirSync(join(dataDir, "machines", "run")).filter((name) => name !== "nat");

/** Ids of the VMs that have a QEMU. */
export async function processes(dataDir: string): Promise<string[]> {
  const found = await processesOf(join(dataDir, "machines", "run"));
  return found.map(({ pidFile }) => basename(dirname(pidFile))).filter((id) => id !== "nat");
}
