import { fault } from "../fault.ts";
import type { PoolRecord, Pools } from "./pools.ts";
import { poolRef } from "./refs.ts";
import type { EntityConfig } from "./vapp-config.ts";
import { powerOff, powerOn, shutdownGuest } from "./vm/power.ts";
import { destroyVm, unregisterVm } from "./vm/remove.ts";
import type { VirtualMachine } from "./vm/virtual-machine.ts";
import type { World } from "./world.ts";

/** One VM of a vApp, or one vApp in it, with what is to happen to it; in starting order. */
type Member = Required<Omit<EntityConfig, "tag" | "destroyWithParent">>;

/** Start and stop settings of everything directly in a vApp, with the defaults where none were made. */
export function memberSettings(pools: Pools, { id, vapp }: PoolRecord): Member[] {
  const vapps = pools.children(id).flatMap((pool) => (pool.vapp ? [poolRef(pool.id)] : []));
  const members = [...pools.vms.inPool(id), ...vapps].map((key, index) => ({
    startOrder: index + 1,
    startDelay: 0,
    waitingForGuest: false,
    startAction: "powerOn",
    stopDelay: 0,
    stopAction: "powerOff",
    ...vapp?.config.entityConfig.find((entity) => entity.key?.value === key.value),
    key,
  }));
  return members.sort((a, b) => a.startOrder - b.startOrder);
}

/** Starts what is off, in order. */
export async function powerOnVApp(world: World, vapp: PoolRecord, userName: string): Promise<void> {
  const all = world.pools.below(vapp.id);
  if (all.length > 0 && all.every((vm) => vm.record.isPoweredOn)) {
    throw state(vapp, "poweredOn", "poweredOn");
  }
  for (const member of memberSettings(world.pools, vapp)) {
    if (member.startAction === "none") continue;
    const inner = world.pools.find(member.key.value);
    if (member.key.type === "VirtualApp" && inner) {
      if (isOff(world, inner)) await powerOnVApp(world, inner, userName);
    } else {
      const vm = world.vms.get(member.key);
      if (vm.record.isPoweredOn) continue;
      await powerOn(world, vm, userName);
      if (member.waitingForGuest) await toolsRun(world, vm, member.startDelay);
      else await Bun.sleep(member.startDelay * 1000);
    }
  }
}

/** Stops what is on, last started first; `isForced` cuts the power whatever the settings say. */
export async function powerOffVApp(
  world: World,
  vapp: PoolRecord,
  isForced: boolean,
  userName: string,
): Promise<void> {
  if (isOff(world, vapp)) throw state(vapp, "poweredOff", "poweredOff");
  for (const member of memberSettings(world.pools, vapp).reverse()) {
    const inner = world.pools.find(member.key.value);
    if (member.key.type === "VirtualApp" && inner) {
      if (!isOff(world, inner)) await powerOffVApp(world, inner, isForced, userName);
      continue;
    }
    const vm = world.vms.get(member.key);
    if (!vm.record.isPoweredOn || (member.stopAction === "none" && !isForced)) continue;
    if (member.stopAction === "guestShutdown" && !isForced) {
      await shutdownGuest(world, vm, userName);
      await changed(world, vm, member.stopDelay, () => !vm.record.isPoweredOn);
    }
    if (vm.record.isPoweredOn) await powerOff(world, vm);
  }
}

/** Ends a vApp that is off; its VMs are deleted with their files, or only forgotten. */
export async function removeVApp(
  world: World,
  vapp: PoolRecord,
  how: "destroy" | "unregister",
  userName: string,
): Promise<void> {
  if (!isOff(world, vapp)) throw state(vapp, "poweredOff", "poweredOn");
  const remove = how === "destroy" ? destroyVm : unregisterVm;
  for (const vm of world.pools.below(vapp.id)) await remove(world, vm, userName);
  const inside = world.pools.lineageBelow(vapp.id);
  for (const pool of inside.reverse()) world.pools.destroy(poolRef(pool.id));
}

const isOff = (world: World, vapp: PoolRecord): boolean =>
  world.pools.below(vapp.id).every((vm) => !vm.record.isPoweredOn);

const toolsRun = (world: World, vm: VirtualMachine, seconds: number) =>
  changed(world, vm, seconds, () => vm.live.areToolsRunning || !vm.record.isPoweredOn);

/** Waits until `isTrue` of a VM, or until the time is over. */
async function changed(
  world: World,
  vm: VirtualMachine,
  seconds: number,
  isTrue: () => boolean,
): Promise<void> {
  if (isTrue()) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = world.inventory.subscribe(() => {
    if (isTrue() || vm.isGone) resolve();
  });
  const timer = setTimeout(resolve, seconds * 1000);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    end();
  }
}

function state(vapp: PoolRecord, requestedState: string, existingState: string) {
  const message = `the vApp ${vapp.name} is ${existingState}`;
  return fault("InvalidPowerState", message, { requestedState, existingState });
}
