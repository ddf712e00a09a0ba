/** Finding VCHs and what belongs to them. */
import { VicError } from "../errors/errors.ts";
import { keys } from "../guest/config.ts";
import type { Client } from "../vim25/client.ts";
import { retrieve, retrieveSpec, type ObjectProps } from "../vim25/properties.ts";
import { poolVmsSpec, viewSpec } from "../vim25/specs.ts";
import { invoke } from "../vim25/typed.ts";
import type { MoRef } from "../vim25/types.ts";
import { extraConfigMap } from "../vsphere/vm.ts";
import { readRecord, type ExtraConfig, type VchRecord } from "./record.ts";
import type { CommonSettings } from "./settings.ts";

/** A VCH as its VM shows it. */
export interface Vch {
  vm: MoRef;
  name: string;
  record: VchRecord;
  extra: ExtraConfig;
  powerState: string;
}

const vmxPathOf = (props: ObjectProps["props"]) =>
  (props["config.files.vmPathName"] as string | undefined) ?? "";

/** `[ds] a/b` for `[ds] a/b/c.vmx` */
export function folderOf(path: string): string {
  return path.replace(/\/[^/]*$/, "");
}

const vmPaths = ["name", "runtime.powerState", "config.extraConfig", "config.files.vmPathName"];

/** All objects of a type below a container (folder, datacenter, compute resource, ...). */
export async function listBelow(
  client: Client,
  container: MoRef,
  type: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<ObjectProps[]> {
  const manager = client.content.viewManager;
  if (!manager) throw new VicError("unsupported", `${client.url.host} has no view manager`);
  const view = await invoke(
    client,
    manager,
    "CreateContainerView",
    { container, type: [type], recursive: true },
    { signal },
  );
  try {
    return await retrieveSpec(client, viewSpec(view, type, paths), signal);
  } finally {
    // A view that stays ends with the session.
    await invoke(client, view, "DestroyView", {}).catch(() => undefined);
  }
}

/** The VCH a VM is the appliance of, if any. */
export function toVch({ ref, props }: ObjectProps): Vch | undefined {
  const extra = extraConfigMap(props["config.extraConfig"]);
  const record = readRecord(extra, ref);
  if (!record) return undefined;
  const vmxPath = vmxPathOf(props);
  return {
    vm: ref,
    name: props["name"] as string,
    // Where a create ended before it knew its folder, that is where the VM is.
    record: record.imageStore === "" ? { ...record, imageStore: folderOf(vmxPath) } : record,
    extra,
    powerState: String(props["runtime.powerState"]),
  };
}

/** VMs of pools (and of the pools in them), or all there are. */
async function vmsIn(
  client: Client,
  pools: readonly MoRef[] | undefined,
  signal: AbortSignal,
): Promise<ObjectProps[]> {
  if (!pools)
    return listBelow(client, client.content.rootFolder, "VirtualMachine", vmPaths, signal);
  const lists = await Promise.all(
    pools.map((pool) => retrieveSpec(client, poolVmsSpec(pool, vmPaths), signal)),
  );
  // Pools of which one is in another show the same VMs.
  return [...new Map(lists.flat().map((vm) => [vm.ref.value, vm])).values()];
}

/** All VCHs in pools, or everywhere. */
export async function listAll(
  client: Client,
  pools: readonly MoRef[] | undefined,
  signal: AbortSignal,
): Promise<Vch[]> {
  return (await vmsIn(client, pools, signal)).flatMap((vm) => toVch(vm) ?? []);
}

/** The VCH the user means by --id or --name. */
export async function findVch(
  client: Client,
  settings: CommonSettings,
  pools: readonly MoRef[] | undefined,
  signal: AbortSignal,
): Promise<Vch> {
  if (settings.id !== undefined) return findById(client, settings.id, signal);
  const named = (await vmsIn(client, pools, signal)).filter(
    (vm) => vm.props["name"] === settings.name,
  );
  const [found, ...others] = named.flatMap((vm) => toVch(vm) ?? []);
  if (others.length > 0) {
    throw new VicError("conflict", `there are ${others.length + 1} VCHs named "${settings.name}"`, {
      hint: "ls lists them: use --id, or --compute-resource",
    });
  }
  if (found) return found;
  const what =
    named.length > 0
      ? `Found virtual machine "${settings.name}", but it is not a VCH`
      : `Didn't find VM "${settings.name}"`;
  throw new VicError(
    "not-found",
    `Failed to get Virtual Container Host ${settings.name}: ${what}`,
    {
      hint: "ls lists the VCHs there are",
    },
  );
}

async function findById(client: Client, id: string, signal: AbortSignal): Promise<Vch> {
  const ref = { type: "VirtualMachine", value: id.replace(/^VirtualMachine:/, "") };
  let vm;
  try {
    [vm] = await retrieve(client, [ref], vmPaths, signal);
  } catch (error) {
    if (VicError.from(error).code !== "not-found") throw error;
  }
  if (!vm) throw new VicError("not-found", `id "${id}" could not be found`);
  const vch = toVch(vm);
  if (!vch) throw new VicError("not-found", `"${id}" is not a VCH`);
  return vch;
}

/** A VM that belongs to a VCH: a container, or one kept in stock. */
export interface Member {
  vm: MoRef;
  name: string;
  powerState: string;
  /** It runs a container; a template does not, nor what waits for its start. */
  isInUse: boolean;
}

/** VMs in a VCH's pool: its own, and others that it must leave alone. */
export interface Members {
  own: Member[];
  foreign: Member[];
}

/** `[ds] a/` for `[ds] a/b.vmx`, and so on. */
const isBelow = (path: string, folder: string) => path.startsWith(`${folder}/`);

/** A VM that runs without having been told to be somebody. */
function isWaiting(extra: ExtraConfig): boolean {
  if (!extra.has(keys.owner)) return false;
  const config = extra.get(keys.config);
  if (config === undefined) return true;
  try {
    return (JSON.parse(config) as { run?: unknown } | null)?.run === 0;
  } catch {
    return false;
  }
}

/** Sorts the VMs around a VCH. Its own have their files in its folder or say so, or are containers in a pool of its own. */
export async function membersOf(
  client: Client,
  vch: Vch,
  signal: AbortSignal | undefined,
): Promise<Members> {
  const { record } = vch;
  const around = await retrieveSpec(client, poolVmsSpec(record.pool.ref, vmPaths), signal);
  const members: Members = { own: [], foreign: [] };
  for (const { ref, props } of around) {
    if (ref.value === vch.vm.value) continue;
    const extra = extraConfigMap(props["config.extraConfig"]);
    const isOwn =
      isBelow(vmxPathOf(props), record.imageStore) ||
      extra.get(keys.owner) === vch.vm.value ||
      (record.pool.isOwn && extra.has(keys.record));
    const powerState = String(props["runtime.powerState"]);
    const member = {
      vm: ref,
      name: String(props["name"]),
      powerState,
      isInUse: powerState !== "poweredOff" && !isWaiting(extra),
    };
    const isVch = readRecord(extra, ref) !== undefined;
    members[isOwn && !isVch ? "own" : "foreign"].push(member);
  }
  return members;
}
