/** GET /info: what vSphere says of the place the VCH lives in. */
import type { ApplianceConfig } from "../guest/config.ts";
import { versionString } from "../version/version.ts";
import type { Client } from "../vim25/client.ts";
import { retrieve, retrieveOne } from "../vim25/properties.ts";
import type { MoRef } from "../vim25/types.ts";
import type { Datastore } from "../vsphere/datastore.ts";
import type { Info, Network } from "./api/types.ts";
import { inventoryRefs } from "./exec/vms.ts";

const bytesPerMiB = 2 ** 20;
/** Warnings shown; a sick cluster has many. */
const warningsMax = 20;

/** What {@link readInfo} reads from. */
export interface InfoSources {
  client: Client;
  config: ApplianceConfig;
  datastore: Datastore;
  networks: Network[];
  nameservers: string[];
}

/** Everything of it is read anew: limits and space change while we run. */
export async function readInfo(sources: InfoSources): Promise<Info> {
  const { client, config, datastore, networks, nameservers } = sources;
  const { about } = client.content;
  const refs = inventoryRefs(config);
  const [pool, space, appliance] = await Promise.all([
    retrieveOne(client, refs.pool, [
      "owner",
      "config.cpuAllocation.limit",
      "config.memoryAllocation.limit",
      "runtime.cpu.overallUsage",
      "runtime.memory.overallUsage",
    ]),
    datastore.space(),
    retrieveOne(client, { type: "VirtualMachine", value: config.vm }, ["config.uuid"]),
  ]);
  const compute = await computeOf(client, pool["owner"] as MoRef);
  return {
    name: config.name,
    id: String(appliance["config.uuid"] ?? config.vm),
    build: versionString,
    vsphere: {
      product: about.fullName,
      version: about.version,
      build: about.build,
      apiType: about.apiType,
      url: config.target.url,
    },
    cpuMhzLimit: number(pool["config.cpuAllocation.limit"], -1),
    memoryMiBLimit: number(pool["config.memoryAllocation.limit"], -1),
    cpuMhzUsed: number(pool["runtime.cpu.overallUsage"], 0),
    memoryMiBUsed: Math.round(number(pool["runtime.memory.overallUsage"], 0) / bytesPerMiB),
    ...compute,
    imageStore: config.storage.imageStore,
    datastoreFreeBytes: space.freeBytes,
    datastoreCapacityBytes: space.capacityBytes,
    networks,
    nameservers,
  };
}

async function computeOf(client: Client, owner: MoRef) {
  const path = { threads: "summary.numCpuThreads", memory: "summary.totalMemory" };
  const props = await retrieveOne(client, owner, [path.threads, path.memory, "host"]);
  const hosts = (props["host"] ?? []) as MoRef[];
  return {
    hostCpus: number(props[path.threads], 0),
    hostMemoryMiB: Math.round(number(props[path.memory], 0) / bytesPerMiB),
    warnings: await hostWarnings(client, hosts),
  };
}

/** What the hosts themselves complain about, for example that they have no hardware virtualisation. */
async function hostWarnings(client: Client, hosts: MoRef[]): Promise<string[]> {
  const found = await retrieve(client, hosts, ["name", "configIssue"]);
  const warnings = found.flatMap(({ props }) => {
    const issues = (props["configIssue"] ?? []) as { fullFormattedMessage?: string }[];
    return issues.flatMap(({ fullFormattedMessage }) =>
      fullFormattedMessage ? [`${String(props["name"])}: ${fullFormattedMessage}`] : [],
    );
  });
  return [...new Set(warnings)].slice(0, warningsMax);
}

function number(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}
