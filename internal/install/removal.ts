/** Taking things away again: for delete, and for a create that failed. Something that is gone already is fine. */
import { VicError } from "../errors/errors.ts";
import type { Client } from "../vim25/client.ts";
import { hasFault } from "../vim25/fault.ts";
import { retrieveOne, waitFor } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { DataObject, MoRef } from "../vim25/types.ts";

const shutdownMsMax = 25_000;

/** Runs `work`; that the object is not there is success. */
async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (VicError.from(error).code !== "not-found") throw error;
  }
}

/** Switches a VM off at once. */
export async function powerOff(client: Client, vm: MoRef): Promise<void> {
  try {
    await runTask(client, vm, "PowerOffVM_Task");
  } catch (error) {
    if (hasFault(error, "InvalidPowerState")) return; // it is off
    throw error;
  }
}

/** Lets the guest shut down, for at most 25 seconds; then switches the VM off. */
export async function shutDown(client: Client, vm: MoRef, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([AbortSignal.timeout(shutdownMsMax), signal]);
  try {
    await client.call(vm, "ShutdownGuest", {}, { signal: limit });
    const path = "runtime.powerState";
    await waitFor(client, vm, [path], (p) => p[path] === "poweredOff", limit);
  } catch (error) {
    signal.throwIfAborted();
    // A guest without running tools, or one that takes too long, is switched off.
    if (VicError.from(error).code === "not-found") throw error;
    await powerOff(client, vm);
  }
}

/** Switches a VM off and destroys it with its files. */
export async function destroyVm(client: Client, vm: MoRef): Promise<void> {
  await unlessGone(async () => {
    await powerOff(client, vm);
    await runTask(client, vm, "Destroy_Task");
  });
}

/** Removes a file or a folder with all in it. `path` is `[datastore] path`. */
export async function removePath(client: Client, datacenter: MoRef, path: string): Promise<void> {
  const manager = client.content.fileManager;
  if (!manager) throw new VicError("unsupported", `${client.url.host} has no file manager`);
  if (!/^\[[^\]]+\] *[^ /.]/.test(path)) {
    throw new VicError("internal", `"${path}" is a whole datastore`);
  }
  const params = { name: path, datacenter };
  await unlessGone(() => runTask(client, manager, "DeleteDatastoreFile_Task", params));
}

/** Removes the port group and virtual switch create made for a bridge. */
export async function removeBridge(client: Client, host: MoRef, name: string): Promise<void> {
  const props = await retrieveOne(client, host, ["configManager.networkSystem"]);
  const system = props["configManager.networkSystem"] as MoRef;
  await unlessGone(() => client.call(system, "RemovePortGroup", { pgName: name }));
  await unlessGone(() => client.call(system, "RemoveVirtualSwitch", { vswitchName: name }));
}

/** Removes a resource pool; false, and nothing done, when something is in it. */
export async function removePool(client: Client, pool: MoRef): Promise<boolean> {
  return removeEmpty(client, pool, ["vm", "resourcePool"]);
}

/** Removes a folder; false, and nothing done, when something is in it. */
export async function removeFolder(client: Client, folder: MoRef): Promise<boolean> {
  return removeEmpty(client, folder, ["childEntity"]);
}

async function removeEmpty(client: Client, ref: MoRef, paths: string[]): Promise<boolean> {
  let isEmpty = true;
  await unlessGone(async () => {
    const props = await retrieveOne(client, ref, paths);
    isEmpty = paths.every((path) => ((props[path] as MoRef[] | undefined) ?? []).length === 0);
    if (isEmpty) await runTask(client, ref, "Destroy_Task");
  });
  return isEmpty;
}

/** Takes NICs off a VM, and disks without deleting their files, except those `keep` says. */
export async function detachDevices(
  client: Client,
  vm: MoRef,
  keep: (diskPath: string) => boolean,
): Promise<void> {
  const path = "config.hardware.device";
  const devices = ((await retrieveOne(client, vm, [path]))[path] as DataObject[] | undefined) ?? [];
  const isNic = (d: DataObject) => d["macAddress"] !== undefined;
  const isStrangeDisk = (d: DataObject) =>
    d._type === "VirtualDisk" && !keep(String((d["backing"] as DataObject)["fileName"] ?? ""));
  const deviceChange = devices
    .filter((d) => isNic(d) || isStrangeDisk(d))
    .map((device) => ({ operation: "remove", device }));
  if (deviceChange.length > 0) {
    await runTask(client, vm, "ReconfigVM_Task", { spec: { deviceChange } });
  }
}
