/** Taking things away again: for delete, and for a create that failed. Something that is gone already is fine. */
import { VicError } from "../errors/errors.ts";
import type { Client } from "../vim25/client.ts";
import { retrieveOne } from "../vim25/properties.ts";
import { invokeTask } from "../vim25/typed.ts";
import type { MoRef } from "../vim25/types.ts";
import { devicesOf, remove } from "../vsphere/device.ts";
import { networkSystem, removePortGroup, removeSwitch } from "../vsphere/network.ts";
import type { VirtualMachine } from "../vsphere/vm.ts";

const shutdownMsMax = 25_000;

/** Runs `work`; that the object is not there is success. */
async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (VicError.from(error).code !== "not-found") throw error;
  }
}

/** Lets the guest shut down, for at most 25 seconds; then switches the VM off. */
export async function shutDown(vm: VirtualMachine, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([AbortSignal.timeout(shutdownMsMax), signal]);
  try {
    await vm.shutdownGuest(limit);
  } catch (error) {
    signal.throwIfAborted();
    if (VicError.from(error).code === "not-found") throw error;
    // A guest without running tools, or one that takes too long, is switched off.
    await vm.powerOff();
  }
}

/** Switches a VM off and destroys it with its files. */
export async function destroyVm(vm: VirtualMachine): Promise<void> {
  await unlessGone(async () => {
    await vm.powerOff();
    await vm.destroy();
  });
}

/** Removes the port group and virtual switch create made for a bridge. */
export async function removeBridge(client: Client, host: MoRef, name: string): Promise<void> {
  const system = await networkSystem(client, host);
  await removePortGroup(client, system, name);
  await removeSwitch(client, system, name);
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
    if (isEmpty) await invokeTask(client, ref, "Destroy_Task", {});
  });
  return isEmpty;
}

/** Takes NICs off a VM, and disks without deleting their files, except those `keep` says. */
export async function detachDevices(
  vm: VirtualMachine,
  keep: (diskPath: string) => boolean,
): Promise<void> {
  const devices = await vm.devices();
  const nics = devicesOf(devices, "VirtualEthernetCard");
  const disks = devicesOf(devices, "VirtualDisk").filter(
    (disk) => !keep((disk.backing?.["fileName"] as string | undefined) ?? ""),
  );
  const deviceChange = [...nics, ...disks].map((device) => remove(device));
  if (deviceChange.length > 0) await vm.reconfigure({ deviceChange });
}
