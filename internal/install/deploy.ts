/** The steps of create on vSphere. Each says how it is undone before the next begins. */
import { VicError } from "../errors/errors.ts";
import { keys, type ApplianceConfig, type ApplianceSecret } from "../guest/config.ts";
import { generateCa } from "../pki/pki.ts";
import { versionString } from "../version/version.ts";
import { invoke } from "../vim25/typed.ts";
import type { MoRef } from "../vim25/types.ts";
import type { ResourceAllocationInfo } from "../vim25/vim.ts";
import type { Datastore } from "../vsphere/datastore.ts";
import { addPortGroup, addSwitch, networkBacking, networkSystem } from "../vsphere/network.ts";
import { VirtualMachine } from "../vsphere/vm.ts";
import { assignMacs, buildConfig } from "./appliance.ts";
import type { Certificates } from "./certificates.ts";
import { checkInterrupted, type Context } from "./context.ts";
import { uploadFile } from "./datastore-file.ts";
import type { Entry } from "../vsphere/finder.ts";
import { InventoryMap } from "./inventory-map.ts";
import type { Iso } from "./iso.ts";
import { destroyVm, removeBridge, removeFolder, removePool } from "./removal.ts";
import type { VchRecord } from "./record.ts";
import type { Allocation, CreateSettings } from "./settings.ts";
import type { Site } from "./site.ts";
import type { Session } from "./target.ts";
import type { Undo } from "./undo.ts";
import { completeSpec, createSpec } from "./vm-spec.ts";
import { folderOf } from "./vms.ts";

/** The control channel's CA lives as long as the VCH. */
const controlCaDays = 3650;

/** Everything the steps work with. */
export interface Deployment {
  session: Session;
  settings: CreateSettings;
  site: Site;
  certificates: Certificates;
  isos: { appliance: Iso; bootstrap: Iso };
  context: Context;
  undo: Undo;
}

/** A VCH that is made but not switched on. */
export interface Deployed {
  vm: VirtualMachine;
  config: ApplianceConfig;
  /** `[datastore] folder` */
  folder: string;
}

// Calls that change the inventory run without the signal: an interrupted one may have been done all the same,
// and what is not known cannot be undone. They are short; the signal is looked at between them.

/** Makes pool, bridge, folder and VM, and uploads the ISOs. */
export async function deploy(d: Deployment): Promise<Deployed> {
  const { session, settings, site, context } = d;
  const { log, signal } = context;
  const pool = await makePool(d);
  checkInterrupted(signal);
  const bridge = await ensureBridge(d);
  checkInterrupted(signal);
  const place = await makeFolder(d);
  checkInterrupted(signal);

  const networks = {
    public: site.networks.public.name,
    client: site.networks.client.name,
    management: site.networks.management.name,
    bridge: bridge.entry.name,
  };
  // The certificate tells this target from others, the rest this VCH from others on it.
  const seed = [session.thumbprint, site.datacenter.path, settings.name].join("\n");
  const macs = assignMacs(networks, seed);
  const record: VchRecord = {
    version: 1,
    vm: "",
    name: settings.name,
    build: versionString,
    createdAt: new Date().toISOString(),
    options: settings.options,
    target: settings.target.url.origin,
    thumbprint: session.thumbprint,
    datacenter: site.datacenter.ref,
    pool,
    folder: site.hasOwnFolder ? place : undefined,
    bridge: { network: bridge.entry.ref, name: bridge.entry.name, createdOn: bridge.createdOn },
    imageStore: "",
  };
  log.info("Creating the VCH VM");
  const { vm, folder } = await makeVm(d, place, pool.ref, macs, bridge.entry, record);
  checkInterrupted(signal);
  const remote = await uploadIsos(d, folder);
  const control = await generateCa({ organization: [settings.name], days: controlCaDays });
  const config = buildConfig(settings, d.certificates, control.certPem, {
    vm: vm.ref.value,
    targetUrl: site.targetUrl,
    thumbprint: session.thumbprint,
    inventory: {
      datacenter: site.datacenter.ref.value,
      datacenterPath: site.datacenter.path,
      folder: place.value,
      pool: pool.ref.value,
      bridgeNetwork: bridge.entry.ref.value,
      bridgeNetworkName: bridge.entry.name,
    },
    imageStore: folder,
    bootstrapIso: remote.bootstrap,
    networks,
    macs,
  });
  const secret: ApplianceSecret = {
    password: session.password,
    serverKeyPem: d.certificates.server?.keyPem ?? "",
    controlCaKeyPem: control.keyPem,
  };
  const spec = completeSpec(await vm.devices(), folder, remote.appliance, {
    [keys.applianceConfig]: JSON.stringify(config),
    [keys.applianceSecret]: JSON.stringify(secret),
    [keys.vch]: JSON.stringify({ ...record, vm: vm.ref.value, imageStore: folder }),
  });
  await vm.reconfigure(spec);
  checkInterrupted(signal);
  return { vm, config, folder };
}

function allocation({ limit, reservation, shares }: Allocation): ResourceAllocationInfo {
  const level = shares?.level ?? "normal";
  return {
    reservation: reservation ?? 0,
    expandableReservation: true,
    limit: limit ?? -1,
    shares: { level, shares: shares?.level === "custom" ? shares.shares : 0 },
  };
}

async function makePool({
  session: { client },
  settings,
  site,
  context: { log },
  undo,
}: Deployment): Promise<VchRecord["pool"]> {
  if (!site.canHavePool) return { ref: site.parentPool.ref, isOwn: false };
  if (site.existingPool) {
    log.info(`Using the Resource Pool "${settings.name}" that is there`);
    return { ref: site.existingPool.ref, isOwn: false };
  }
  log.info(`Creating Resource Pool "${settings.name}"`);
  const ref = await invoke(client, site.parentPool.ref, "CreateResourcePool", {
    name: settings.name,
    spec: {
      cpuAllocation: allocation(settings.cpu),
      memoryAllocation: allocation(settings.memory),
    },
  });
  undo.push(`Resource Pool "${settings.name}"`, async () => {
    if (!(await removePool(client, ref))) throw new VicError("conflict", "it is not empty");
  });
  return { ref, isOwn: true };
}

async function ensureBridge({
  session: { client },
  site,
  context: { log, signal },
  undo,
}: Deployment): Promise<{ entry: Entry; createdOn: MoRef | undefined }> {
  const { bridgeName: name, host } = site;
  if (site.networks.bridge) return { entry: site.networks.bridge, createdOn: undefined };
  log.info(`Creating the bridge network "${name}"`);
  const system = await networkSystem(client, host!);
  if (!(await addSwitch(client, system, name))) {
    throw new VicError("conflict", `there is a virtual switch "${name}" without such a network`, {
      hint: "remove it, or name another --bridge-network",
    });
  }
  undo.push(`bridge network "${name}"`, () => removeBridge(client, host!, name));
  await addPortGroup(client, system, { name, switchName: name });
  const map = await InventoryMap.read(client, signal);
  return {
    entry: map.one("network", "bridge-network", name, site.datacenter),
    createdOn: host,
  };
}

async function makeFolder({
  session: { client },
  settings,
  site,
  context: { log },
  undo,
}: Deployment): Promise<MoRef> {
  if (!site.hasOwnFolder) return site.vmFolder;
  log.info("Creating the VCH folder");
  const ref = await invoke(client, site.vmFolder, "CreateFolder", { name: settings.name });
  undo.push(`folder "${settings.name}"`, async () => {
    if (!(await removeFolder(client, ref))) throw new VicError("conflict", "it is not empty");
  });
  return ref;
}

async function makeVm(
  d: Deployment,
  place: MoRef,
  pool: MoRef,
  macs: ReadonlyMap<string, string>,
  bridge: Entry,
  record: VchRecord,
): Promise<{ vm: VirtualMachine; folder: string }> {
  const { settings, site, undo } = d;
  const { client } = d.session;
  const entries = [...Object.values(site.networks), bridge].filter((e) => e !== undefined);
  const byName = new Map(entries.map((e) => [e.name, e.ref]));
  const nics = [];
  for (const [network, mac] of macs) {
    nics.push({ mac, backing: await networkBacking(client, byName.get(network)!) });
  }
  const spec = createSpec({
    name: settings.name,
    vmPathName: await vmPath(d),
    memoryMb: settings.endpoint.memoryMb,
    cpus: settings.endpoint.cpus,
    nics,
    extraConfig: { [keys.vch]: JSON.stringify(record) },
  });
  const home = { folder: place, pool, ...(site.host ? { host: site.host } : {}) };
  const vm = await VirtualMachine.create(client, home, spec);
  let folder: string | undefined;
  undo.push(`VM "${settings.name}" with its files`, async () => {
    await destroyVm(vm);
    if (folder !== undefined) await site.datastore.remove(folder);
  });
  const path = "config.files.vmPathName";
  folder = folderOf(String((await vm.properties([path]))[path]));
  return { vm, folder };
}

/** Where the VM's files go: a folder vSphere names after it, or one below the path of --image-store. */
async function vmPath({ settings, site: { datastore }, undo }: Deployment): Promise<string> {
  const path = settings.imageStore?.path ?? "";
  if (path === "") return datastore.full("");
  const names = [...path.split("/"), settings.name];
  for (let depth = 1; depth <= names.length; depth += 1) {
    const folder = names.slice(0, depth).join("/");
    const siblings = await datastore.list(names.slice(0, depth - 1).join("/"));
    if (!siblings.some((file) => file.path === folder)) {
      await datastore.mkdir(folder);
      undo.push(datastore.full(folder), () => removeIfEmpty(datastore, folder));
    } else if (depth === names.length) {
      throw new VicError("conflict", `${datastore.full(folder)} is there already`, {
        hint: "remove it, or choose another name or --image-store",
      });
    }
  }
  return datastore.full(`${names.join("/")}/${settings.name}.vmx`);
}

/** What somebody else has put into a folder meanwhile stays. */
async function removeIfEmpty(datastore: Datastore, folder: string): Promise<void> {
  const files = await datastore.list(folder).catch(noneIfMissing);
  if (files.length === 0) await datastore.remove(folder);
}

function noneIfMissing(error: unknown): [] {
  if (VicError.from(error).code === "not-found") return [];
  throw error;
}

async function uploadIsos(
  { site, isos, context }: Deployment,
  folder: string,
): Promise<{ appliance: string; bootstrap: string }> {
  const { log, signal } = context;
  log.info("Uploading ISO images");
  const upload = async (name: string, iso: Iso): Promise<string> => {
    const path = `${folder}/${versionString}-${name}.iso`;
    log.info(`Uploading ${name}.iso as ${path}`);
    await uploadFile(site.datastore, iso.path, path, {
      signal,
      onProgress: (percent) => log.progress(`${name}.iso ${percent} %`),
    }).finally(() => log.progress(undefined));
    return path;
  };
  const appliance = await upload("appliance", isos.appliance);
  return { appliance, bootstrap: await upload("bootstrap", isos.bootstrap) };
}
