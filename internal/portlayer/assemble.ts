/** Puts the port layer together over a vSphere session. */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ApplianceConfig, ApplianceSecret } from "../guest/config.ts";
import { appliancePaths } from "../guest/paths.ts";
import type { Client } from "../vim25/client.ts";
import { retrieveOne, sharedWatcher } from "../vim25/properties.ts";
import type { MoRef } from "../vim25/types.ts";
import { Datastore, parseDatastorePath } from "../vsphere/datastore.ts";
import { VirtualMachine } from "../vsphere/vm.ts";
import type { PortLayer } from "./api/routes.ts";
import { controlAddress, serveControl } from "./control.ts";
import { Chores } from "./chores.ts";
import { EventRing } from "./events/ring.ts";
import { Engine } from "./exec/engine.ts";
import { listFolders, removeLeftovers } from "./exec/leftovers.ts";
import { containerFolder } from "./exec/parts.ts";
import { inventoryRefs, VsphereVms } from "./exec/vms.ts";
import { readInfo } from "./info.ts";
import { logger } from "./log.ts";
import { LogReader } from "./logs/reader.ts";
import { mountReadOnly, ScratchMounts } from "./logs/scratch-mounts.ts";
import { applianceNameservers } from "./network/nameservers.ts";
import { Networks } from "./network/networks.ts";
import { PublishedPorts } from "./network/ports.ts";
import { ApplianceDisks } from "./storage/appliance-disks.ts";
import { datastoreFiles } from "./storage/datastore-files.ts";
import { ImageStore } from "./storage/image-store.ts";
import { unmount } from "./storage/mount.ts";
import { Scratch } from "./storage/scratch.ts";
import { VicError } from "../errors/errors.ts";

const log = logger("port-layer");
const logMounts = join(appliancePaths.run, "container-disks");
/** Short: see OfflineParts. */
const fileMounts = "/run/f";
/** Gone with the appliance's memory: tells a boot from a restart of this process. */
const bootMarker = join(appliancePaths.run, "port-layer.booted");
/** On the appliance's data disk, which init mounts: not in memory. */
const spoolDir = "/var/lib/vic/layers";
/** Folders below the image store. */
const folders = ["images", "scratch", "containers", "templates"];

/** A port layer at work. */
export interface RunningPortLayer extends PortLayer {
  close(): Promise<void>;
}

/** Restores everything from vSphere; resolves when containers can be used. */
export async function assemble(
  client: Client,
  config: ApplianceConfig,
  secret: ApplianceSecret,
): Promise<RunningPortLayer> {
  const stopping = new AbortController();
  const chores = new Chores(stopping.signal);
  const { imageStore } = config.storage;
  const datastore = await openDatastore(client, config);
  const files = datastoreFiles(datastore);
  await unmountLeftovers();
  const appliance = new VirtualMachine(client, { type: "VirtualMachine", value: config.vm });
  const disks = new ApplianceDisks(appliance, chores);
  await disks.detachLeftovers(imageStore);
  for (const folder of folders) await files.makeDirectory(`${imageStore}/${folder}`);
  await rm(spoolDir, { recursive: true, force: true });
  await mkdir(spoolDir, { recursive: true });
  const vms = new VsphereVms(client, config);
  const folderParts = {
    folders: ["containers", "templates"].map((name) => `${imageStore}/${name}`),
    list: (folder: string) => files.list(folder),
    vms,
  };
  const foundFolders = await listFolders(folderParts);
  const images = await ImageStore.open({
    folder: `${imageStore}/images`,
    files,
    disks,
    spoolDir,
    chores,
  });
  const scratch = new Scratch({
    ...files,
    folder: `${imageStore}/scratch`,
    capacityBytes: config.storage.scratchBytes,
    attach: (spec) => disks.attach(spec),
  });
  const mounts = new ScratchMounts({
    attach: (path) => disks.attach({ path }),
    mount: mountReadOnly,
    unmount,
    root: logMounts,
  });
  const events = new EventRing();
  const networks = new Networks(config);
  const controlCa = { certPem: config.controlCaPem, keyPem: secret.controlCaKeyPem };
  const nameservers = () => applianceNameservers(config.nameservers);
  const engine = new Engine({
    config,
    controlCa,
    controlAddress: controlAddress(config),
    vms,
    networks,
    ports: new PublishedPorts(),
    events,
    images,
    nameservers,
    chores,
    scratch: () => scratch.path(),
    logsRead: (id) => logs.settled(id),
    releaseLogs: (id) => mounts.release(id),
    offline: { attach: (path) => disks.attach({ path }), root: fileMounts },
  });
  const folderOf = (id: string) => containerFolder(config, id);
  const logs = new LogReader(engine.connections, mounts, folderOf);
  await engine.restore(await isBoot(), stopping.signal);
  const control = await serveControl(config, controlCa, (mux, hello, name) =>
    engine.connected(mux, hello, name),
  );
  engine.spares.begin(stopping.signal);
  engine.templates.begin(stopping.signal).catch((error: unknown) => {
    log.warn(`templates: ${VicError.from(error).text}`);
  });
  removeLeftovers(folderParts, foundFolders, stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted) log.warn(`leftovers: ${VicError.from(error).text}`);
  });
  // The first container should not wait for a mkfs.
  scratch.path().catch((error: unknown) => log.warn(`scratch disk: ${VicError.from(error).text}`));
  return {
    engine,
    images,
    events,
    logs,
    trouble: () => sharedWatcher(client).trouble,
    networks: () => networks.list(),
    info: () =>
      readInfo({
        client,
        config,
        datastore,
        networks: networks.list(),
        nameservers: nameservers(),
      }),
    async close() {
      stopping.abort();
      await control.close();
      await mounts.close();
      await client.close();
    },
  };
}

async function openDatastore(client: Client, config: ApplianceConfig): Promise<Datastore> {
  const { datacenter } = inventoryRefs(config);
  const wanted = parseDatastorePath(config.storage.imageStore).datastore;
  const props = await retrieveOne(client, datacenter, ["datastore"]);
  for (const ref of (props["datastore"] ?? []) as MoRef[]) {
    const { name } = await retrieveOne(client, ref, ["name"]);
    if (name === wanted) return Datastore.open(client, ref);
  }
  throw new VicError("not-found", `the datacenter has no datastore ${wanted}`);
}

/** Mounts of a port layer that was killed hold disks that are about to be unplugged. */
async function unmountLeftovers(): Promise<void> {
  for (const root of [logMounts, fileMounts]) await mkdir(root, { recursive: true });
  const mounted = (await readFile("/proc/self/mounts", "utf8")).split("\n");
  // An overlay was mounted after its parts.
  for (const line of mounted.toReversed()) {
    const folder = line.split(" ")[1] ?? "";
    if (folder.startsWith(`${logMounts}/`) || folder.startsWith(`${fileMounts}/`))
      await unmount(folder);
  }
  await rm(fileMounts, { recursive: true, force: true });
}

async function isBoot(): Promise<boolean> {
  if (existsSync(bootMarker)) return false;
  await writeFile(bootMarker, "");
  return true;
}
