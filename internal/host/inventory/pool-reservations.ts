import type { Hardware } from "./hardware.ts";
import type { PoolConfig, ResourceKind } from "./pool-config.ts";
import { type PoolNode, PoolTree } from "./pool-tree.ts";
import type { PoolRecord } from "./pools.ts";
import type { VirtualMachine } from "./vm/virtual-machine.ts";

const mib = 1024 * 1024;

/** The tree of some pools with what the VMs that run in them reserve and use, MHz or bytes. */
export function reservations(
  kind: ResourceKind,
  { cpuCount, cpuMhz, memoryBytes }: Hardware,
  pools: PoolRecord[],
  vms: VirtualMachine[],
): PoolTree {
  const unit = kind === "cpu" ? 1 : mib;
  const capacity = kind === "cpu" ? cpuCount * cpuMhz : memoryBytes;
  const nodes = new Map<string, PoolNode>();
  for (const { id, parent, config } of pools) {
    const { limit = -1, expandableReservation } = config[`${kind}Allocation`];
    const isRoot = parent === "";
    nodes.set(id, {
      parent,
      reservation: isRoot ? capacity : reservedBy(config, kind),
      isExpandable: expandableReservation === true && !isRoot,
      limit: isRoot ? capacity : limit === -1 ? undefined : limit * unit,
      reservedByVms: 0,
      usage: 0,
    });
  }
  for (const vm of vms) {
    const node = nodes.get(vm.record.pool);
    if (!node || !isRunning(vm)) continue;
    node.reservedByVms += reservationOf(vm, kind);
    node.usage += kind === "cpu" ? vm.live.cpuMhz : vm.live.memoryMiB * mib;
  }
  return new PoolTree(nodes);
}

/** Whether a VM's reservations count. */
export const isRunning = ({ record }: VirtualMachine): boolean =>
  record.isPoweredOn || record.isStarting;

/** What a VM reserves while it runs, MHz or bytes. */
export const reservationOf = (vm: VirtualMachine, kind: ResourceKind): number =>
  reservedBy(vm.record.config.kept, kind);

/** What a pool's or VM's allocation reserves, MHz or bytes. */
export function reservedBy(config: Partial<PoolConfig>, kind: ResourceKind): number {
  return (config[`${kind}Allocation`]?.reservation ?? 0) * (kind === "cpu" ? 1 : mib);
}
