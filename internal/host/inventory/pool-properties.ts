import { entityProperties, escapeName } from "./entity.ts";
import type { ResourceKind } from "./pool-config.ts";
import type { PoolRecord, Pools } from "./pools.ts";
import { folderRef, poolRef } from "./refs.ts";
import { memberSettings } from "./vapp-power.ts";

type Properties = Record<string, () => unknown>;
const mib = 1024 * 1024;

/** The properties of a ResourcePool or VirtualApp. */
export function poolProperties(pools: Pools, id: string): Properties {
  const now = (): PoolRecord => {
    const record = pools.find(id);
    if (!record) throw new Error(`the pool ${id} is gone`);
    return record;
  };
  const isRoot = now().parent === "";
  const runtime = () => ({
    cpu: usage(pools, id, "cpu"),
    memory: usage(pools, id, "memory"),
    overallStatus: "green",
  });
  const common = {
    ...entityProperties(
      () => now().name,
      () => (isRoot ? pools.refs.computeResource : poolRef(now().parent)),
    ),
    owner: () => pools.refs.computeResource,
    resourcePool: () => pools.children(id).map((pool) => poolRef(pool.id)),
    vm: () => pools.vms.inPool(id),
    config: () => configOf(pools, now()),
    runtime,
    summary: () => summary(pools, now(), runtime()),
    childConfiguration: () => [
      ...pools.children(id).map((pool) => configOf(pools, pool)),
      ...pools.vms.inPool(id).map((ref) => pools.vms.get(ref).properties["resourceConfig"]?.()),
    ],
  };
  return now().vapp ? { ...common, ...vappProperties(pools, now) } : common;
}

function vappProperties(pools: Pools, now: () => PoolRecord): Properties {
  const outer = () => pools.vappOf(now().parent);
  const members = () => pools.vms.inPool(now().id).map((ref) => pools.vms.get(ref));
  const collect = (property: "datastore" | "network") => () => {
    const lists = members().map((vm) => vm.properties[property]?.() as { value: string }[]);
    return [...new Map(lists.flat().map((ref) => [ref.value, ref])).values()];
  };
  return {
    parentFolder: () => (outer() ? undefined : folderRef(now().vapp?.folder ?? "")),
    parentVApp: () => {
      const vapp = outer();
      return vapp && poolRef(vapp.id);
    },
    datastore: collect("datastore"),
    network: collect("network"),
    childLink: () => [],
    vAppConfig: () => {
      const config = now().vapp?.config;
      if (!config) return undefined;
      const { kept, ...more } = config;
      return { ...kept, ...more, entityConfig: memberSettings(pools, now()) };
    },
  };
}

function configOf(pools: Pools, record: PoolRecord): Record<string, unknown> {
  const config = record.parent === "" ? wholeHost(pools, record) : record.config;
  const { id, changed } = record;
  return { entity: poolRef(id), changeVersion: changed, lastModified: changed, ...config };
}

/** The root pool has reserved what the host has. */
function wholeHost(pools: Pools, { config }: PoolRecord) {
  const { cpuCount, cpuMhz, memoryBytes } = pools.hardware;
  const all = (most: number) => ({ reservation: most, limit: most });
  return {
    cpuAllocation: { ...config.cpuAllocation, ...all(cpuCount * cpuMhz) },
    memoryAllocation: { ...config.memoryAllocation, ...all(Math.floor(memoryBytes / mib)) },
  };
}

/** ResourcePoolResourceUsage, MHz or bytes. */
function usage(pools: Pools, id: string, kind: ResourceKind): Record<string, number> {
  const tree = pools.tree(kind);
  const unreserved = tree.unreserved(id);
  return {
    reservationUsed: tree.used(id),
    reservationUsedForVm: tree.reservedByVms(id),
    unreservedForPool: unreserved,
    unreservedForVm: unreserved,
    overallUsage: tree.usage(id),
    maxUsage: tree.limit(id),
  };
}

function summary(
  pools: Pools,
  record: PoolRecord,
  runtime: { cpu: Record<string, number>; memory: Record<string, number> },
): Record<string, unknown> {
  const { id, name, vapp } = record;
  const vms = pools.below(id);
  const base = {
    _type: "ResourcePoolSummary",
    name: escapeName(name),
    config: configOf(pools, record),
    runtime,
    quickStats: {
      overallCpuUsage: runtime.cpu["overallUsage"],
      hostMemoryUsage: Math.round((runtime.memory["overallUsage"] ?? 0) / mib),
    },
    configuredMemoryMB: vms.reduce((sum, vm) => sum + vm.record.config.memoryMiB, 0),
  };
  if (!vapp) return base;
  return {
    ...base,
    _type: "VirtualAppSummary",
    product: vapp.config.product[0],
    vAppState: vms.some((vm) => vm.record.isPoweredOn) ? "started" : "stopped",
    instanceUuid: vapp.config.instanceUuid,
  };
}
