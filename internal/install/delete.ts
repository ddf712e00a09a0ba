/** `vic-machine delete`. The record of a VCH is in its VM: that goes late, so that a failed delete can be repeated. */
import { VicError } from "../errors/errors.ts";
import type { Client } from "../vim25/client.ts";
import { Datastore, parseDatastorePath } from "../vsphere/datastore.ts";
import { Finder } from "../vsphere/finder.ts";
import { VirtualMachine } from "../vsphere/vm.ts";
import { expectSameBuild } from "./build.ts";
import { checkInterrupted, withSession, type Context } from "./context.ts";
import type { RawOptions } from "./options.ts";
import {
  destroyVm,
  detachDevices,
  removeBridge,
  removeFolder,
  removePool,
  shutDown,
} from "./removal.ts";
import type { VchRecord } from "./record.ts";
import { poolScope } from "./scope.ts";
import { parseCommon } from "./settings.ts";
import { findVch, membersOf, type Member, type Vch } from "./vms.ts";

/** Containers that are deleted at the same time. */
const parallelMax = 8;

/** `vic-machine delete` */
export async function deleteVch(raw: RawOptions, context: Context): Promise<void> {
  const settings = parseCommon(raw);
  const { log, signal } = context;
  await withSession(settings.target, context, async ({ client }) => {
    const pools = await poolScope(client, settings, signal);
    const vch = await findVch(client, settings, pools, signal);
    log.info(`VCH ID: ${vch.vm.value}`);
    expectSameBuild(vch.record.build, settings.force);
    await remove(client, vch, settings.force, context);
  });
}

async function remove(client: Client, vch: Vch, force: boolean, context: Context): Promise<void> {
  const { log, signal } = context;
  const { record } = vch;
  const vm = new VirtualMachine(client, vch.vm);
  const datastore = await datastoreOf(client, record, signal);
  const running = (await membersOf(client, vch, signal)).own.filter((m) => m.isInUse);
  if (running[0] && !force) {
    const others = running.length > 1 ? ` (and ${running.length - 1} more)` : "";
    throw new VicError("conflict", `VM "${running[0].name}" is powered on${others}`, {
      hint: "stop the containers, or --force",
    });
  }
  // First the appliance: it would make and start containers while they are deleted.
  if (vch.powerState !== "poweredOff") {
    log.info("Shutting down the VCH VM");
    if (vch.powerState === "poweredOn") await shutDown(vm, signal);
    else await vm.powerOff();
  }
  const { own, foreign } = await membersOf(client, vch, signal);
  await removeContainers(client, own, context);
  for (const { name } of foreign) log.warn(`VM "${name}" is not of this VCH and is left alone`);

  checkInterrupted(signal);
  // Of its disks only the one create made goes with the VM.
  await detachDevices(vm, (path) => path.startsWith(`${record.imageStore}/spool`));
  const { createdOn, name: bridge } = record.bridge;
  if (createdOn) {
    log.info(`Removing the bridge network "${bridge}"`);
    await removeBridge(client, createdOn, bridge);
  }
  checkInterrupted(signal);
  log.info("Removing images");
  // A container that was being removed has no VM any more, and disks that need those of its image.
  await datastore.remove(`${record.imageStore}/containers`);
  await datastore.remove(`${record.imageStore}/images`);
  log.info("Removing the VCH VM");
  await destroyVm(vm);
  await datastore.remove(record.imageStore);
  await removePlaces(client, vch, context);
}

/** The datastore a VCH's folder is on. */
async function datastoreOf(
  client: Client,
  { imageStore, datacenter }: VchRecord,
  signal: AbortSignal,
): Promise<Datastore> {
  const { datastore: name } = parseDatastorePath(imageStore);
  const finder = new Finder(client);
  const [path, all] = await Promise.all([
    finder.pathOf(datacenter, signal),
    finder.list("datastore", signal),
  ]);
  const found = all.find((entry) => entry.name === name && entry.path.startsWith(`${path}/`));
  if (found) return Datastore.open(client, found.ref, signal);
  throw new VicError("not-found", `the VCH's datastore "${name}" is not there`);
}

async function removeContainers(
  client: Client,
  containers: readonly Member[],
  { log, signal }: Context,
): Promise<void> {
  const queue = [...containers];
  const failed: string[] = [];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      checkInterrupted(signal);
      log.info(`Removing container VM "${next.name}"`);
      try {
        await destroyVm(new VirtualMachine(client, next.vm));
      } catch (error) {
        failed.push(`"${next.name}": ${VicError.from(error).text}`);
      }
    }
  };
  await Promise.all(Array.from({ length: parallelMax }, work));
  if (failed.length > 0) {
    throw new VicError("conflict", `containers could not be removed: ${failed.join("; ")}`, {
      hint: "see to what is told and repeat the delete",
    });
  }
}

/** Pool and folder go when they are empty; what else is in them is somebody else's. */
async function removePlaces(client: Client, { record }: Vch, { log }: Context): Promise<void> {
  const { folder, pool, name } = record;
  if (folder) {
    log.info(`Removing the VCH folder "${name}"`);
    if (!(await removeFolder(client, folder))) {
      log.warn(`Folder(${name}) is not empty and will not be removed`);
    }
  }
  if (pool.isOwn) {
    log.info(`Removing Resource Pool "${name}"`);
    if (!(await removePool(client, pool.ref))) {
      log.warn("VCH resource pool is not removed: it is not empty");
    }
  }
}
