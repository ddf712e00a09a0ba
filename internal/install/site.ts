/** Validation of the settings of create against a target, and what they mean there. Nothing is changed here. */
import { VicError } from "../errors/errors.ts";
import type { Role } from "../guest/config.ts";
import type { Client } from "../vim25/client.ts";
import { retrieve, retrieveOne } from "../vim25/properties.ts";
import type { MoRef } from "../vim25/types.ts";
import { Datastore } from "../vsphere/datastore.ts";
import { Session as Place } from "../vsphere/session.ts";
import type { Context } from "./context.ts";
import type { Entry } from "../vsphere/finder.ts";
import { InventoryMap, suggest } from "./inventory-map.ts";
import type { Iso } from "./iso.ts";
import { outerRoles } from "./network-settings.ts";
import { Problems } from "./problems.ts";
import type { CreateSettings } from "./settings.ts";
import { applianceTargetUrl, isLoopback, type Session } from "./target.ts";
import { listBelow, toVch } from "./vms.ts";

/** Where a VCH will be made. */
export interface Site {
  datacenter: Entry;
  /** Pool its own pool is made in, or that it goes into where there can be none. */
  parentPool: Entry;
  /** Its own pool when that is there already. */
  existingPool: Entry | undefined;
  /** False where a cluster has DRS switched off and so no pools. */
  canHavePool: boolean;
  vmFolder: MoRef;
  /** vCenter: a folder of its own is made in {@link vmFolder}. */
  hasOwnFolder: boolean;
  datastore: Datastore;
  /** Names of the outer networks and, where it is there already, the bridge. */
  networks: Record<Exclude<Role, "bridge">, Entry> & { bridge: Entry | undefined };
  bridgeName: string;
  /** The host a bridge is made on when it is missing; single hosts only. */
  host: MoRef | undefined;
  /** The target as the appliance reaches it. */
  targetUrl: string;
}

/** Room a VCH needs beside its ISOs, to start and to hold a small image. */
const spareBytes = 64 << 20;

/** Asks the target about everything and throws one error with all that is wrong. */
export async function validate(
  session: Session,
  settings: CreateSettings,
  isos: readonly Iso[],
  { log, signal }: Context,
): Promise<Site> {
  log.info("Validating supplied configuration");
  const { client } = session;
  const problems = new Problems();
  const map = await InventoryMap.read(client, signal);
  const datacenter = map.datacenter(settings.target.datacenter);
  const parentPool = problems.take(() => map.pool(settings.computeResource, datacenter), undefined);
  const compute = parentPool && map.computeOf(parentPool);
  const hosts = compute ? await hostsOf(client, compute, problems, signal) : [];
  const datastore = await problems.ask(() =>
    findDatastore(client, map, datacenter, settings, isos, log, signal),
  );
  const networks = await findNetworks(client, map, datacenter, settings, problems, signal);
  await problems.ask(() => expectNameFree(client, datacenter, settings.name, signal));
  const vmFolder = await vmFolderOf(client, datacenter, signal);
  if (client.isVCenter) {
    await problems.ask(() => expectFolderFree(client, vmFolder, settings.name, signal));
  }
  const targetUrl =
    parentPool &&
    (await problems.ask(() =>
      applianceUrl(client, settings.target.url, parentPool, hosts[0], signal),
    ));
  const canHavePool = !compute || (await hasPools(client, compute, signal));
  if (compute && !canHavePool) {
    log.warn(
      `DRS is disabled on "${compute.path}": no resource pool is made, its limits are ignored`,
    );
  }
  problems.check("validation of configuration failed");
  return {
    datacenter,
    parentPool: parentPool!,
    existingPool: map.all("pool").find((p) => p.path === `${parentPool!.path}/${settings.name}`),
    canHavePool,
    vmFolder,
    hasOwnFolder: client.isVCenter,
    datastore: datastore!,
    networks: networks!,
    bridgeName: settings.networks.bridge ?? settings.name,
    host: client.isVCenter ? undefined : hosts[0],
    targetUrl: targetUrl!,
  };
}

/** The hosts of a compute resource; notes when they are somebody else's to manage. */
async function hostsOf(
  client: Client,
  compute: Entry,
  problems: Problems,
  signal: AbortSignal,
): Promise<MoRef[]> {
  const refs = (await retrieveOne(client, compute.ref, ["host"], signal))["host"] as
    MoRef[] | undefined;
  const path = "summary.managementServerIp";
  const hosts = await retrieve(client, refs ?? [], [path], signal);
  if (hosts.length === 0) problems.add(`"${compute.path}" has no host`);
  const manager = hosts[0]?.props[path];
  // A loopback address, or the one that is spoken to already, is no vCenter that could be named instead.
  const isOther = (address: string) => !isLoopback(address) && address !== client.url.hostname;
  if (!client.isVCenter && typeof manager === "string" && manager !== "" && isOther(manager)) {
    problems.add(
      `the target is an ESXi host that is managed by the vCenter ${manager}`,
      "name the vCenter as --target",
    );
  }
  return hosts.map(({ ref }) => ref);
}

/** The target as the appliance reaches it; the host is asked only where the user's own address will not do. */
async function applianceUrl(
  client: Client,
  target: URL,
  pool: Entry,
  host: MoRef | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (!isLoopback(target.hostname) || !host) return applianceTargetUrl(target, undefined);
  const place = await Place.over(client, { compute: pool.path, signal });
  const address = await place.managementAddress(host, signal).catch((error: unknown) => {
    if (VicError.from(error).code === "not-found") return undefined;
    throw error;
  });
  const isUsable = address !== undefined && !isLoopback(address);
  return applianceTargetUrl(target, isUsable ? address : undefined);
}

async function hasPools(client: Client, compute: Entry, signal: AbortSignal): Promise<boolean> {
  if (compute.ref.type !== "ClusterComputeResource") return true;
  const path = "configurationEx";
  const config = (await retrieveOne(client, compute.ref, [path], signal))[path] as
    { drsConfig?: { enabled?: boolean } } | undefined;
  return config?.drsConfig?.enabled ?? false;
}

async function findDatastore(
  client: Client,
  map: InventoryMap,
  datacenter: Entry,
  settings: CreateSettings,
  isos: readonly Iso[],
  log: Context["log"],
  signal: AbortSignal,
): Promise<Datastore> {
  const all = map.all("datastore", datacenter.path);
  const named = settings.imageStore?.datastore;
  if (named === undefined && all.length !== 1) {
    throw new VicError("invalid", "--image-store must be specified", {
      hint: suggest("values for --image-store", all),
    });
  }
  const datastore =
    named === undefined ? all[0]! : map.one("datastore", "image-store", named, datacenter);
  if (named === undefined) log.info(`Using default datastore: ${datastore.name}`);
  const summary = (await retrieveOne(client, datastore.ref, ["summary"], signal))["summary"] as {
    accessible?: boolean;
    freeSpace?: number;
  };
  if (summary.accessible === false) {
    throw new VicError("unavailable", `datastore "${datastore.name}" is not accessible`);
  }
  const needed = isos.reduce((sum, iso) => sum + iso.sizeBytes, spareBytes);
  const free = summary.freeSpace ?? Number.POSITIVE_INFINITY;
  if (free < needed) {
    const mb = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`;
    throw new VicError(
      "exhausted",
      `datastore "${datastore.name}" is full: ${mb(free)} of free space, a VCH needs ${mb(needed)}`,
      { hint: "free some, or name another with --image-store" },
    );
  }
  return Datastore.open(client, datastore.ref, signal);
}

async function findNetworks(
  client: Client,
  map: InventoryMap,
  datacenter: Entry,
  settings: CreateSettings,
  problems: Problems,
  signal: AbortSignal,
): Promise<Site["networks"] | undefined> {
  const { roles, bridge } = settings.networks;
  const outer = outerRoles.map((role) => {
    // Roles that share a network would tell the same mistake again.
    const owner = outerRoles.find((r) => roles[r].network === roles[role].network)!;
    const find = () => map.one("network", `${role}-network`, roles[role].network!, datacenter);
    return owner === role ? problems.take(find, undefined) : quiet(find);
  });
  const name = bridge ?? settings.name;
  const found = map.named("network", name, datacenter.path);
  if (found.length > 1) problems.add(`--bridge-network: "${name}" means more than one thing`);
  const [own] = found;
  if (!own && client.isVCenter) {
    problems.add(
      "An existing distributed port group or opaque network must be specified for bridge network on vCenter",
      suggest("values for --bridge-network", map.all("network", datacenter.path)),
    );
  }
  if (!own && bridge !== undefined && !client.isVCenter && bridge.includes("/")) {
    problems.add(`--bridge-network: network '${bridge}' not found`);
  }
  if (own && client.isVCenter && own.ref.type === "Network") {
    problems.add(`"${own.name}" is not a Distributed Port Group or an Opaque Network`);
  }
  const isShared =
    (own && outer.some((entry) => entry?.ref.value === own.ref.value)) ||
    (!own && outerRoles.some((role) => roles[role].network === name));
  if (isShared) problems.add("the bridge network must not be shared with another network role");
  signal.throwIfAborted();
  const [outside, client_, management] = outer;
  if (!outside || !client_ || !management) return undefined;
  return { public: outside, client: client_, management, bridge: own };
}

function quiet<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch {
    return undefined; // told for another role already
  }
}

async function expectNameFree(
  client: Client,
  datacenter: Entry,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const vms = await listBelow(client, datacenter.ref, "VirtualMachine", ["name"], signal);
  const taken = vms.filter((vm) => vm.props["name"] === name);
  if (taken.length === 0) return;
  const details = await retrieve(
    client,
    taken.map((vm) => vm.ref),
    ["name", "config.extraConfig"],
    signal,
  );
  const isVch = details.some((vm) => toVch(vm) !== undefined);
  throw new VicError(
    "conflict",
    isVch
      ? `A VCH with the name "${name}" already exists`
      : `Found virtual machine "${name}", but it is not a VCH`,
    { hint: "Please choose a different name" },
  );
}

async function vmFolderOf(client: Client, { ref }: Entry, signal: AbortSignal): Promise<MoRef> {
  return (await retrieveOne(client, ref, ["vmFolder"], signal))["vmFolder"] as MoRef;
}

async function expectFolderFree(
  client: Client,
  vmFolder: MoRef,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const path = "childEntity";
  const children = (await retrieveOne(client, vmFolder, [path], signal))[path] as
    MoRef[] | undefined;
  const named = await retrieve(client, children ?? [], ["name"], signal);
  if (named.some((child) => child.props["name"] === name)) {
    throw new VicError("conflict", `The specified VCH name (${name}) is already in use`, {
      hint: "there is a VM or folder of that name: choose another",
    });
  }
}
