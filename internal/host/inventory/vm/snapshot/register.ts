import { stat } from "node:fs/promises";
import { isWithin } from "../../../storage/place.ts";
import type { World } from "../../world.ts";
import { applyExtraConfig, applyScalars, extraConfigDelta } from "../config-spec.ts";
import { planDevices } from "../device-plan.ts";
import { planContext } from "../reconfigure.ts";
import { emptyConfig, type SnapshotRecord, type VmConfig, type VmRecord } from "../record.ts";
import { VirtualMachine } from "../virtual-machine.ts";
import { readVmx } from "../vmx.ts";
import { homePlace } from "../vmx-file.ts";
import { frozenDisks, neededDisks } from "./layers.ts";
import { type ReadSnapshot, readVmsd, vmsdPath } from "./vmsd.ts";

/** Largest .vmsd that is read, bytes. */
const vmsdMaxBytes = 64 * 1024 * 1024;

/**
 * The snapshots that a VM had when it was unregistered, from its .vmsd. One whose disks are not all there, or that a
 * file of another folder would have to be touched for, is left out; so are all when the file is no .vmsd.
 */
export async function registeredSnapshots(
  world: World,
  record: VmRecord,
): Promise<Partial<VmRecord>> {
  const path = vmsdPath(world.datastores, record);
  const size = await stat(path).then(
    (facts) => (facts.isFile() ? facts.size : 0),
    () => 0,
  );
  if (size === 0 || size > vmsdMaxBytes) return {};
  const read = readVmsd(await Bun.file(path).text());
  const snapshots: SnapshotRecord[] = [];
  for (const each of read.snapshots) {
    const snapshot = await registered(world, record, each).catch(() => undefined);
    if (snapshot) snapshots.push(snapshot);
  }
  const byNumber = new Map(snapshots.map((snapshot) => [snapshot.number, snapshot.id]));
  const current = read.current === undefined ? undefined : byNumber.get(read.current);
  if (snapshots.length === 0) return {};
  const linked = snapshots.map((snapshot) => {
    const parent = read.snapshots.find(({ number }) => number === snapshot.number)?.parent;
    const id = parent === undefined ? undefined : byNumber.get(parent);
    // A snapshot comes after one with a smaller number, so that there is no circle.
    return id === undefined || parent! >= snapshot.number ? snapshot : { ...snapshot, parent: id };
  });
  return {
    snapshots: linked,
    layers: layersOf(world, { ...record, snapshots: linked }),
    ...(current === undefined ? {} : { currentSnapshot: current }),
  };
}

async function registered(
  world: World,
  record: VmRecord,
  read: ReadSnapshot,
): Promise<SnapshotRecord | undefined> {
  const { places, files } = world.datastores;
  const home = homePlace(world.datastores, record);
  const config = await readConfig(world, record, read.vmx);
  const state = read.statePath === undefined ? undefined : places.parse(read.statePath);
  const isOurs = (text: string) => isWithin(home, places.parse(text).key);
  if (!frozenDisks(config).every(isOurs)) return undefined;
  const hasState = state !== undefined && isWithin(home, state.key) && (await files.exists(state));
  const isOn = read.powerState === "poweredOn" ? "poweredOn" : "suspended";
  return {
    id: `${record.id}-snapshot-${world.store.nextNumber("snapshot")}`,
    number: read.number,
    name: read.name,
    description: read.description,
    createTime: read.createTime,
    isQuiesced: false,
    powerState: hasState ? isOn : "poweredOff",
    config,
    ...(hasState
      ? {
          state: {
            path: state.text,
            ...(read.bootPath === undefined ? {} : { bootPath: places.parse(read.bootPath).text }),
          },
        }
      : {}),
  };
}

async function readConfig(world: World, record: VmRecord, vmx: string): Promise<VmConfig> {
  const { vmPathName } = record.config;
  const spec = readVmx(vmx, vmPathName);
  const config = applyScalars(emptyConfig(vmPathName), spec, false);
  const draft = new VirtualMachine(record, world.surroundings);
  const context = { ...planContext(world, draft), isFrozen: true };
  const { devices } = await planDevices(config.devices, spec.deviceChange ?? [], context);
  const delta = extraConfigDelta(config, spec);
  return { ...config, devices, extraConfig: applyExtraConfig({}, delta) };
}

/** What lies between the disks that the VM and its snapshots have, in the VM's own folder. */
function layersOf(world: World, record: VmRecord): string[] {
  const { places, disks } = world.datastores;
  const home = homePlace(world.datastores, record);
  const needed = neededDisks(record);
  const layers = new Set<string>();
  for (const path of needed) {
    const chain = disks.chain(places.parse(path));
    const last = chain.findLastIndex(({ text }) => needed.has(text));
    for (const { text, key } of chain.slice(0, last + 1)) if (isWithin(home, key)) layers.add(text);
  }
  return [...layers];
}
