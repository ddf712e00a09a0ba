import { rm } from "node:fs/promises";
import { VicError } from "../../../errors/errors.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { fault } from "../../fault.ts";
import type { Place } from "../../storage/place.ts";
import { notFound } from "../inventory.ts";
import { entityId } from "../refs.ts";
import type { World } from "../world.ts";
import { applyExtraConfig, extraConfigDelta } from "./config-spec.ts";
import { checkNew, chooseVmx, claimVmx } from "./create.ts";
import { type CloneDraft, draftClone, type InstantCloneSpec } from "./instant-clone-draft.ts";
import { startMachine } from "./power.ts";
import { assertNoTemplate, assertState } from "./power-state.ts";
import type { SavedState, SnapshotRecord, VmRecord } from "./record.ts";
import { destroyVm } from "./remove.ts";
import { createSnapshot } from "./snapshot/create.ts";
import { removeSnapshot } from "./snapshot/remove.ts";
import { copyState } from "./snapshot/state-file.ts";
import type { VirtualMachine } from "./virtual-machine.ts";
import { saveVmx } from "./vmx-file.ts";

/** What every way to clone needs. */
interface Request {
  source: VirtualMachine;
  spec: InstantCloneSpec;
  userName: string;
}

/**
 * Makes a running copy of a running VM. A source that its guest has frozen costs its clones nothing but what they change:
 * memory is shared copy-on-write and only the state of the devices is loaded. Any other source stands still while
 * its whole state is saved, and then goes on.
 */
export async function instantClone(
  world: World,
  source: VirtualMachine,
  spec: InstantCloneSpec,
  userName: string,
): Promise<MoRef> {
  assertState(source, "poweredOn", "poweredOn");
  assertNoTemplate(source);
  const request = { source, spec, userName };
  const { folder, pool } = targetOf(source, spec);
  const name = checkNew(world, folder, pool, spec.name);
  announce(world, request, folder, name);
  const clone = source.record.frozen
    ? await cloneFrozen(world, request, source.record.frozen.request)
    : await cloneRunning(world, request);
  const from = { name: source.record.name, vm: source.ref };
  const text = `${clone.record.name} is a clone of ${source.record.name}`;
  world.post(clone, "VmClonedEvent", text, userName, { sourceVm: from });
  return clone.ref;
}

function announce(world: World, { source, userName }: Request, folder: MoRef, name: string): void {
  const text = `${source.record.name} is being cloned to ${name}`;
  world.post(source, "VmBeingClonedEvent", text, userName, {
    destFolder: { name: world.folders.get(folder).name, folder },
    destName: name,
    destHost: { name: world.hardware.hostName, host: world.refs.host },
  });
}

function targetOf({ record }: VirtualMachine, { location = {} }: InstantCloneSpec) {
  return {
    folder: location.folder ?? { type: "Folder", value: record.folder },
    pool: location.pool ?? { type: "ResourcePool", value: record.pool },
  };
}

async function cloneFrozen(world: World, request: Request, thawed: number) {
  const { source, userName } = request;
  if (!source.machine) throw gone(source);
  const state = await source.machine.frozenState().catch((cause: unknown) => {
    throw gone(source, cause);
  });
  const { bootPath } = source.record;
  const { places } = world.datastores;
  const restore = {
    ...state,
    ...(bootPath === undefined ? {} : { bootPath: places.parse(bootPath).absolute }),
  };
  const macs = macsOf(source.record);
  const clone = await makeClone(world, request, source.record, async () => ({ thawed }));
  await begin(world, clone, () => startMachine(world, clone, userName, { restore, macs }));
  if (clone.record.bootPath !== bootPath) world.vms.update(clone, { bootPath });
  return clone;
}

/** The source's state goes through a snapshot, which takes its disks and its memory at the same moment. */
async function cloneRunning(world: World, request: Request) {
  const { source, userName } = request;
  const wanted = { description: "", memory: true, quiesce: false, isForClone: true };
  const name = `for ${request.spec.name}`.slice(0, 80);
  const id = await createSnapshot(world, source, { ...wanted, name }, () => undefined);
  try {
    const snapshot = source.record.snapshots?.find((each) => each.id === id);
    if (!snapshot?.state) throw gone(source);
    const { state } = snapshot;
    const clone = await makeClone(world, request, ofSnapshot(source, snapshot), (draft) =>
      suspendedAt(world, draft, state),
    );
    const macs = macsOf(snapshot);
    await begin(world, clone, () => startMachine(world, clone, userName, { macs }));
    return clone;
  } finally {
    await removePassing(world, source, id);
  }
}

function removePassing(world: World, source: VirtualMachine, id: string): Promise<void> {
  const keep = { removeChildren: false, isCloned: true, consolidate: true };
  return removeSnapshot(world, source, id, { ...keep, progress: () => undefined });
}

/** Removes a clone that an earlier vic-host was making: nobody was told of it. */
export async function dropUnfinished(world: World, vm: VirtualMachine): Promise<void> {
  if (vm.record.pending?.kind === "clone") await destroyVm(world, vm, "");
}

/** Removes the snapshots of which an earlier vic-host was making clones. */
export async function dropSnapshotsForClones(world: World, vm: VirtualMachine): Promise<void> {
  for (const { id } of vm.record.snapshots?.filter((s) => s.isForClone) ?? []) {
    await removePassing(world, vm, id);
  }
}

/** Addresses of the NICs by device key. */
function macsOf({ config }: Pick<VmRecord, "config">): Record<number, string> {
  const nics = config.devices.map(({ key, macAddress }) => [key, macAddress] as const);
  return Object.fromEntries(nics.filter((nic): nic is [number, string] => nic[1] !== undefined));
}

const ofSnapshot = (source: VirtualMachine, { config }: SnapshotRecord): VmRecord => ({
  ...source.record,
  config,
});

/** What makes a clone that has not run yet a suspended VM. */
async function suspendedAt(world: World, { home }: CloneDraft, state: SavedState) {
  const { places } = world.datastores;
  const path = places.below(home, "clone.vmss").text;
  await copyState(world.datastores, state.path, path);
  return { suspended: { state: { ...state, path }, at: new Date().toISOString(), isOwn: true } };
}

/** Makes the clone with its folder and disks and shows it; all or nothing. */
async function makeClone(
  world: World,
  { source, spec }: Request,
  from: VmRecord,
  complete: (draft: CloneDraft) => Promise<Partial<VmRecord>>,
): Promise<VirtualMachine> {
  const { disks, intents } = world.datastores;
  const { folder, pool } = targetOf(source, spec);
  const store = spec.location?.datastore;
  const datastore = store && world.datastores.byRef(store);
  if (store && !datastore) throw notFound(store);
  const path = datastore && `[${datastore.name}]`;
  const { vmx, made: home } = await world.creating.run(async () => {
    const name = checkNew(world, folder, pool, spec.name);
    return claimVmx(world, await chooseVmx(world, name, path));
  });
  const made: Place[] = [];
  try {
    const id = entityId(world.mode, "vm", world.store.nextNumber("vm"));
    const target = { id, folder: folder.value, pool: pool.value, vmx, home };
    const draft = await draftClone(world, from, spec, target);
    const delta = extraConfigDelta(draft.record.config, { extraConfig: spec.config ?? [] });
    const extraConfig = applyExtraConfig(draft.record.config.extraConfig, delta);
    for (const { place, parent } of draft.disks) {
      await disks.createChild(place, parent, source.record.id);
      made.push(place);
    }
    const devices = draft.devices();
    const config = { ...draft.record.config, devices, extraConfig };
    const pending = { kind: "clone" } as const;
    const record = { ...draft.record, config, pending, ...(await complete(draft)) };
    saveVmx(world.datastores, record);
    // Checked again: others may have taken the name or removed the pool meanwhile.
    checkNew(world, folder, pool, spec.name);
    return world.vms.add(record, () => intents.end(vmx, home, ...made));
  } catch (error) {
    for (const place of made) await disks.delete(place).catch(() => undefined);
    await rm(home.absolute, { recursive: true, force: true });
    intents.end(home);
    throw error;
  }
}

/** Starts the clone; one that does not run is no clone. */
async function begin(world: World, clone: VirtualMachine, start: () => Promise<void>) {
  try {
    await clone.lock.run(start);
  } catch (error) {
    await destroyVm(world, clone, "").catch((second: unknown) => {
      world.postError(clone, `${clone.record.name} did not start and is left: ${String(second)}`);
    });
    throw error;
  }
}

function gone({ record }: VirtualMachine, cause?: unknown): Error {
  const why = cause === undefined ? "it ended" : VicError.from(cause).message;
  return fault("InvalidState", `${record.name} cannot be cloned now: ${why}`, {}, cause);
}
