/** POST /containers: one VM with everything in it, or nothing at all. */
import { VicError } from "../../errors/errors.ts";
import {
  keys,
  type ContainerConfig,
  type ContainerSecret,
  type NetworkEndpoint,
} from "../../guest/config.ts";
import { controlPort } from "../../guest/paths.ts";
import type { MoRef } from "../../vim25/types.ts";
import type { ContainerNetwork, ContainerRecord, CreateContainer } from "../api/types.ts";
import { logger } from "../log.ts";
import { claimsOf, endpointConfig, type Claims } from "../network/networks.ts";
import type { Spare } from "../templates/spares.ts";
import { nowText } from "../time.ts";
import { checkContainerId, type ContainerCache } from "./cache.ts";
import { cloneVm } from "./clone.ts";
import { toldMs } from "./edit.ts";
import type { Entry } from "./entry.ts";
import { ownKey, type OwnRecord } from "./facts.ts";
import { takenNames } from "./leftovers.ts";
import { containerFolder, publish, type ExecParts } from "./parts.ts";
import { isContainerName, vmNameOf } from "./vm-name.ts";
import { diskUnits, vmSpec } from "./vm-spec.ts";

const log = logger("create");
/** The guest's kernel, tether and runtime need this much to start anything. */
const memoryMinMiB = 64;
const cpusMax = 128;

/** Images that containers under way will use; they must not be deleted. */
export class ImagesInUse {
  readonly #counts = new Map<string, number>();

  hold(imageId: string): () => void {
    this.#counts.set(imageId, (this.#counts.get(imageId) ?? 0) + 1);
    return () => {
      const count = (this.#counts.get(imageId) ?? 1) - 1;
      if (count === 0) this.#counts.delete(imageId);
      else this.#counts.set(imageId, count);
    };
  }

  has(imageId: string): boolean {
    return this.#counts.has(imageId);
  }
}

/** The VM and its entry; publishes `create`. Whatever fails leaves neither VM nor files nor reservations. */
export async function createContainer(
  parts: ExecParts,
  inUse: ImagesInUse,
  create: CreateContainer,
  signal?: AbortSignal,
): Promise<Entry> {
  check(create);
  const { cache, networks } = parts;
  if (cache.has(create.id)) throw new VicError("conflict", `container ${create.id} exists`);
  const undo: (() => void)[] = [];
  try {
    undo.push(inUse.hold(create.record.imageId));
    const rootfs = parts.images.rootfs(create.record.imageId);
    undo.push(cache.reserveName(create.record.name, create.id));
    const spare = parts.spares.take(create);
    if (spare) undo.push(() => parts.spares.giveBack(spare));
    const claim = networks.claim(create.networks, usedClaims(parts), spare);
    undo.push(claim.release);
    const { name, secret } = spare?.identity ?? (await parts.identities.take());
    const config = containerConfig(parts, create, rootfs.partitions, claim, name);
    const record = containerRecord(create, claim.networks);
    const imageDisk = rootfs.path;
    const vm = await createVm(parts, { create, config, secret, record, imageDisk, spare }, signal);
    const entry = (await cache.appearance(vm, toldMs)) ?? cache.apply(vm, await parts.vms.read(vm));
    if (!entry) throw new VicError("internal", "the new VM lost its configuration");
    if (vm.value === spare?.vm.value) parts.connections.add(spare.mux, { id: create.id, run: 0 });
    log.info(`${record.name}: created as ${entry.facts.vmName} (${vm.value})`);
    publish(parts, entry, "create");
    parts.held.watch(parts, entry);
    return entry;
  } finally {
    for (const step of undo.toReversed()) step();
  }
}

/** Addresses of all containers. */
export function claimsOfContainers(cache: ContainerCache): Claims {
  return claimsOf(
    cache.list().map(({ facts }) => ({
      networks: facts.record.networks,
      controlMac: facts.config.control.mac,
    })),
  );
}

function usedClaims({ cache, spares }: ExecParts): Claims {
  const claims = claimsOfContainers(cache);
  for (const mac of spares.macs) claims.macs.add(mac);
  return claims;
}

interface VmParts {
  create: CreateContainer;
  config: ContainerConfig;
  secret: ContainerSecret;
  record: ContainerRecord;
  imageDisk: string;
  spare: Spare | undefined;
}

async function createVm(parts: ExecParts, vm: VmParts, signal?: AbortSignal): Promise<MoRef> {
  const { create, config, secret, record, imageDisk, spare } = vm;
  const folder = containerFolder(parts.config, create.id);
  const [networkBacking, scratchDisk] = await Promise.all([
    parts.vms.networkBacking(),
    parts.scratch(),
  ]);
  const own: OwnRecord = {
    ports: create.ports,
    boundPorts: [],
    restartCount: 0,
    startedAt: "",
    finishedAt: "",
    usesApplianceDns: create.networks.length > 0 && create.dns.nameservers.length === 0,
  };
  const spec = {
    name: vmNameOf(record.name, create.id),
    folder,
    id: create.id,
    cpus: create.cpus,
    memoryMiB: create.memoryMiB,
    cpuShares: create.sandbox.limits?.cpuShares,
    bootstrapIso: parts.config.bootstrapIso,
    networkBacking,
    macs: [config.control.mac, ...config.networks.map((n) => n.mac)],
    imageDisk,
    scratchDisk,
    extraConfig: {
      [keys.config]: JSON.stringify(config),
      [keys.secret]: JSON.stringify(secret),
      [keys.record]: JSON.stringify(record),
      [ownKey]: JSON.stringify(own),
    },
  };
  try {
    return (
      (await cloneVm(parts, spec, spare, signal)) ?? (await parts.vms.create(vmSpec(spec), signal))
    );
  } catch (error) {
    const work = async () => {
      // vSphere may have gone away when it had made the VM: then it has made all of it.
      const isMade = (await takenNames(parts.vms)).has(create.id);
      if (!isMade) await parts.vms.removeFolder(folder);
    };
    await parts.chores.do(`removing ${folder}`, work).catch(() => undefined);
    throw error;
  }
}

function containerRecord(create: CreateContainer, networks: ContainerNetwork[]): ContainerRecord {
  return {
    ...create.record,
    id: create.id,
    networks,
    createdAt: nowText(),
    isStoppedByUser: false,
  };
}

/** What the tether is told; before the first start `run` is 0. */
function containerConfig(
  parts: ExecParts,
  create: CreateContainer,
  partitions: number[],
  claim: { controlMac: string; networks: ContainerNetwork[] },
  name: string,
): ContainerConfig {
  const networks: NetworkEndpoint[] = claim.networks.map((network, index) =>
    endpointConfig(network, index === 0),
  );
  return {
    version: 1,
    id: create.id,
    name: create.record.name,
    run: 0,
    hostname: create.hostname,
    domainname: create.domainname,
    process: { ...create.process, privileged: create.sandbox.privileged },
    stopSignal: create.stopSignal,
    stopTimeoutSeconds: create.stopTimeoutSeconds,
    hold: false,
    rootfs: {
      image: { unit: diskUnits.image },
      partitions,
      scratch: { unit: diskUnits.scratch },
    },
    mounts: create.tmpfs.map(({ destination, options }) => ({
      type: "tmpfs",
      destination,
      readOnly: options.includes("ro"),
      options,
    })),
    ...(create.folders === undefined ? {} : { folders: create.folders }),
    networks,
    dns: create.dns,
    extraHosts: create.extraHosts,
    sandbox: create.sandbox,
    ...(create.healthcheck === undefined ? {} : { healthcheck: create.healthcheck }),
    log: create.log,
    control: { mac: claim.controlMac, address: parts.controlAddress, port: controlPort, name },
    debug: parts.config.debug,
  };
}

function check(create: CreateContainer): void {
  checkContainerId(create.id);
  if (!isContainerName(create.record.name))
    throw new VicError(
      "invalid",
      `Invalid container name (${create.record.name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
    );
  if (!(create.process.args.length > 0)) throw new VicError("invalid", "no command specified");
  if (!Number.isInteger(create.cpus) || create.cpus < 1 || create.cpus > cpusMax)
    throw new VicError("invalid", `a container VM has 1 to ${cpusMax} CPUs`);
  if (!(create.memoryMiB >= memoryMinMiB))
    throw new VicError("invalid", `a container VM needs at least ${memoryMinMiB} MiB of memory`);
  if (create.ports.length > 0 && create.networks.length === 0)
    throw new VicError("invalid", "ports can be published only with a network");
}
