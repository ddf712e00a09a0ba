import { fault } from "../../../fault.ts";
import type { World } from "../../world.ts";
import { bumped } from "../config-spec.ts";
import { withFile } from "../disk-backing.ts";
import { withConnections } from "../machine-spec.ts";
import { ended, startMachine } from "../power.ts";
import { assertNoTemplate, assertThere } from "../power-state.ts";
import { isSnapshotDisk, type SnapshotRecord, type VmConfig } from "../record.ts";
import { withoutRedo } from "../redo.ts";
import type { VirtualMachine } from "../virtual-machine.ts";
import { saveVmx } from "../vmx-file.ts";
import { childPlace } from "./create.ts";
import { consolidate } from "./merge.ts";
import { settle } from "./settle.ts";
import { saveVmsd } from "./vmsd.ts";

/** Makes the VM what it was: hardware, settings, disks and, where the snapshot has it, the running state. */
export async function revertTo(
  world: World,
  vm: VirtualMachine,
  id: string | undefined,
  options: { suppressPowerOn: boolean; userName: string },
): Promise<void> {
  await vm.lock.run(async () => {
    assertThere(vm);
    assertNoTemplate(vm);
    const snapshot = vm.record.snapshots?.find((each) => each.id === id);
    if (!snapshot) throw fault("NotFound", `${vm.record.name} has no such snapshot`);
    await assertFiles(world, snapshot);
    await settle(world, vm);
    if (vm.machine) {
      await vm.machine.powerOff();
      ended(world, vm, "host", "");
    }
    await goBack(world, vm, snapshot, options.suppressPowerOn);
    saveVmx(world.datastores, vm.record);
    saveVmsd(world.datastores, vm.record);
    // The disks that the VM had are not needed any more; when they cannot go now, consolidation does it.
    await consolidate(world, vm).catch(() => undefined);
    if (snapshot.powerState === "poweredOn" && !options.suppressPowerOn) {
      await startMachine(world, vm, options.userName);
    }
  });
}

/** What the way back needs; better missed before the VM is powered off. */
async function assertFiles(world: World, snapshot: SnapshotRecord): Promise<void> {
  const { places, disks, files } = world.datastores;
  for (const { backing } of snapshot.config.devices.filter(isSnapshotDisk)) {
    await disks.assertKind(places.parse(backing?.fileName ?? ""));
  }
  const state = snapshot.state && places.parse(snapshot.state.path);
  if (!state || (await files.exists(state))) return;
  throw fault("FileNotFound", `"${state.text}" is not there`, { file: state.text });
}

async function goBack(
  world: World,
  vm: VirtualMachine,
  snapshot: SnapshotRecord,
  isOff: boolean,
): Promise<void> {
  const { places, disks } = world.datastores;
  const moves = new Map<string, string>();
  const taken = new Set<string>();
  for (const { backing } of snapshot.config.devices.filter(isSnapshotDisk)) {
    const child = await childPlace(world, places.parse(backing?.fileName ?? ""), taken);
    taken.add(child.text);
    moves.set(backing?.fileName ?? "", child.text);
  }
  world.vms.update(vm, { pending: { kind: "revert", files: [...taken] } });
  try {
    for (const [from, to] of moves) await disks.createChild(places.parse(to), places.parse(from));
  } catch (error) {
    await settle(world, vm);
    throw error;
  }
  const { record } = vm;
  const { trash = record.trash ?? [], ...redo } = withoutRedo(record);
  const { suspended } = record;
  const old = suspended?.isOwn === true ? [suspended.state.path] : [];
  const { state } = snapshot;
  const isSuspended = state !== undefined && !isOff;
  world.vms.update(vm, {
    config: revertedConfig(world, record.config, snapshot, moves, isSuspended),
    currentSnapshot: snapshot.id,
    layers: [...new Set([...(record.layers ?? []), ...moves.keys(), ...taken])],
    pending: undefined,
    suspended: isSuspended ? { state, at: snapshot.createTime, isOwn: false } : undefined,
    ...redo,
    trash: [...trash, ...old],
  });
}

function revertedConfig(
  world: World,
  now: VmConfig,
  snapshot: SnapshotRecord,
  moves: ReadonlyMap<string, string>,
  isSuspended: boolean,
): VmConfig {
  const devices = snapshot.config.devices.map((device) => {
    const to = moves.get(device.backing?.fileName ?? "");
    return to === undefined ? device : withFile(world.datastores, device, to);
  });
  const { vmPathName, revision } = now;
  const config = { ...snapshot.config, vmPathName, revision };
  // A machine that goes on finds its devices as they were; one that boots connects what it starts with.
  return bumped({ ...config, devices: isSuspended ? devices : withConnections(devices, false) });
}
