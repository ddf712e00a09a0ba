import { fault, invalidArgument } from "../fault.ts";

/** ResourceAllocationInfo; CPU in MHz, memory in MiB. */
export interface Allocation {
  reservation?: number;
  expandableReservation?: boolean;
  /** -1: none. */
  limit?: number;
  shares?: { shares: number; level: string };
}

/** The two allocations of a ResourceConfigSpec. */
export interface PoolConfig {
  cpuAllocation: Allocation;
  memoryAllocation: Allocation;
}

/** Decoded ResourceConfigSpec. */
export interface ResourceSpec extends Partial<PoolConfig> {
  entity?: { type: string; value: string };
  changeVersion?: string;
}

/** CPU or memory. */
export type ResourceKind = "cpu" | "memory";

const levels: Record<string, number> = { low: 0.5, normal: 1, high: 2 };
const normalShares = { cpu: 4000, memory: 163_840 };
const customSharesMax = 1_000_000_000;

/** Fills in what the spec leaves out: from what is set already, or the defaults. */
export function completeConfig(
  spec: Partial<PoolConfig>,
  before: PoolConfig | undefined,
): PoolConfig {
  const allocation = (kind: ResourceKind) => {
    const name = `${kind}Allocation` as const;
    return completeAllocation(kind, { expandableReservation: true, ...before?.[name] }, spec[name]);
  };
  return { cpuAllocation: allocation("cpu"), memoryAllocation: allocation("memory") };
}

/** An allocation with every field, or an InvalidArgument fault. `normal` is what the level "normal" is worth. */
function completeAllocation(
  kind: ResourceKind,
  before: Allocation | undefined,
  spec: Allocation | undefined,
  normal = normalShares[kind],
): Required<Allocation> {
  const {
    reservation = 0,
    limit = -1,
    expandableReservation = false,
    shares,
  } = { ...before, ...spec };
  const name = `${kind}Allocation`;
  if (!(reservation >= 0)) {
    throw invalidArgument(`${name}.reservation`, `${reservation} is negative`);
  }
  if (limit < -1) throw invalidArgument(`${name}.limit`, `${limit}: write -1 for no limit`);
  if (limit !== -1 && limit < reservation) {
    throw invalidArgument(`${name}.limit`, `${limit} is below the reservation of ${reservation}`);
  }
  const level = shares?.level ?? "normal";
  const factor = levels[level];
  const count = factor === undefined ? (shares?.shares ?? 0) : normal * factor;
  if (!(count >= 1 && count <= customSharesMax)) {
    throw invalidArgument(`${name}.shares`, `${count} is not in 1 to ${customSharesMax}`);
  }
  return { reservation, expandableReservation, limit, shares: { level, shares: count } };
}

/** A fault unless `requested` of a resource is there; MHz or bytes. */
export function assertUnreserved(
  kind: ResourceKind,
  pool: string,
  unreserved: number,
  requested: number,
): void {
  if (requested <= unreserved) return;
  const name =
    kind === "cpu" ? "InsufficientCpuResourcesFault" : "InsufficientMemoryResourcesFault";
  const what = kind === "cpu" ? "MHz of CPU" : "bytes of memory";
  throw fault(
    name,
    `${requested} ${what} are to be reserved, the resource pool ${pool} has ${unreserved} unreserved:` +
      " lower this reservation, or raise that of the pool",
    { unreserved, requested },
  );
}

/** What of a VM's configuration is about resources. */
interface VmResources {
  cpus: number;
  memoryMiB: number;
  kept: Record<string, unknown>;
}

/** The allocations of a VM; shares as vSphere gives them: 1,000 for each CPU, 10 for each MiB. */
export function vmAllocations({ cpus, memoryMiB, kept }: VmResources): PoolConfig {
  const allocation = (kind: ResourceKind, normal: number) =>
    completeAllocation(kind, undefined, kept[`${kind}Allocation`] as Allocation, normal);
  return {
    cpuAllocation: allocation("cpu", 1000 * cpus),
    memoryAllocation: allocation("memory", 10 * memoryMiB),
  };
}

/** A fault when a VM is to reserve what it can never use. */
export function assertVmAllocations(config: VmResources): void {
  const reserved = vmAllocations(config).memoryAllocation.reservation ?? 0;
  if (reserved <= config.memoryMiB) return;
  const message = `${reserved} MiB are more than the VM's memory of ${config.memoryMiB} MiB`;
  throw invalidArgument("memoryAllocation.reservation", message);
}
