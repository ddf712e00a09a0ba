import { mkdir, rm, writeFile } from "node:fs/promises";
import type { MoRef } from "../../../vim25/types.ts";
import { fault, invalidArgument } from "../../fault.ts";
import { type Place } from "../../storage/place.ts";
import { unescapeName } from "../entity.ts";
import { entityId } from "../refs.ts";
import type { World } from "../world.ts";
import {
  applyExtraConfig,
  applyScalars,
  type ConfigSpec,
  extraConfigDelta,
} from "./config-spec.ts";
import { planDevices } from "./device-plan.ts";
import { carryOut, placesOf, planContext } from "./reconfigure.ts";
import { emptyConfig, type VmRecord } from "./record.ts";
import type { DiskCopy } from "./clone-devices.ts";
import { registeredSnapshots } from "./snapshot/register.ts";
import { VirtualMachine } from "./virtual-machine.ts";
import { vmsMax } from "./vms.ts";
import { readVmx, vmxMaxBytes } from "./vmx.ts";
import { saveVmx } from "./vmx-file.ts";

/** Where a new VM belongs. */
export interface NewVm {
  folder: MoRef;
  pool: MoRef;
  spec: ConfigSpec;
  userName: string;
  /** Where the content of new disks comes from, by their key in the spec. */
  copies?: ReadonlyMap<number, DiskCopy>;
}

/** Makes a VM with its folder, its .vmx and its new disks. */
export async function createVm(world: World, parts: NewVm) {
  const { folder, pool, spec } = parts;
  const { intents } = world.datastores;
  const { vmx, made } = await world.creating.run(async () => {
    const name = checkNew(world, folder, pool, spec.name);
    return claimVmx(world, await chooseVmx(world, name, spec.files?.vmPathName));
  });
  try {
    return await finish(world, parts, vmx, "VmCreatedEvent");
  } catch (error) {
    await rm(made.absolute, { recursive: true, force: true });
    intents.end(made);
    throw error;
  }
}

/** Makes an empty .vmx, so that no other VM gets the name, in its folder; `made` is what goes if there will be no VM. */
export async function claimVmx(
  world: World,
  { vmx, isNewFolder }: { vmx: Place; isNewFolder: boolean },
): Promise<{ vmx: Place; made: Place }> {
  const { places, files, intents } = world.datastores;
  if (await files.exists(vmx)) {
    throw fault("FileAlreadyExists", `"${vmx.text}" is there already`, { file: vmx.text });
  }
  const made = isNewFolder ? (places.parent(vmx) ?? vmx) : vmx;
  intents.remove(made);
  let isOurs = false;
  try {
    if (isNewFolder) await mkdir(made.absolute);
    isOurs = isNewFolder;
    await writeFile(vmx.absolute, "", { flag: "wx", mode: 0o600 });
  } catch (error) {
    // What somebody else has made meanwhile stays.
    if (isOurs) await rm(made.absolute, { recursive: true, force: true });
    intents.end(made);
    throw error;
  }
  return { vmx, made };
}

/** Makes a VM of a .vmx that is on the datastore. */
export async function registerVm(world: World, path: string, parts: NewVm) {
  const vmx = world.datastores.places.parse(path);
  const taken = world.vms.all().find((vm) => vm.record.config.vmPathName === vmx.text);
  if (taken) {
    const name = taken.record.name;
    throw fault("AlreadyExists", `"${vmx.text}" is registered as ${name}`, { name });
  }
  const file = Bun.file(vmx.absolute);
  if (!(await file.exists()) || !vmx.relative.endsWith(".vmx")) {
    throw fault("FileNotFound", `"${vmx.text}" is not there`, { file: vmx.text });
  }
  if (file.size > vmxMaxBytes) throw fault("InvalidVmConfig", `"${vmx.text}" is too large`);
  const read = readVmx(await file.text(), vmx.text);
  const spec = parts.spec.name === undefined ? read : { ...read, name: parts.spec.name };
  return finish(world, { ...parts, spec }, vmx, "VmRegisteredEvent");
}

async function finish(world: World, parts: NewVm, vmx: Place, eventType: string) {
  const { folder, pool, spec, userName } = parts;
  const empty = emptyConfig(vmx.text);
  const config = applyScalars(empty, spec, false);
  const record: VmRecord = {
    id: entityId(world.mode, "vm", world.store.nextNumber("vm")),
    name: checkNew(world, folder, pool, spec.name),
    folder: folder.value,
    pool: pool.value,
    config,
    isPoweredOn: false,
    isStarting: false,
    disabledMethods: {},
  };
  // Not shown yet: a VM of its own until everything it needs is there.
  const draft = new VirtualMachine(record, world.surroundings);
  const { copies } = parts;
  const context = { ...planContext(world, draft), ...(copies ? { copies } : {}) };
  const plan = await planDevices(config.devices, spec.deviceChange ?? [], context);
  const delta = extraConfigDelta(config, spec);
  const extraConfig = applyExtraConfig(config.extraConfig, delta);
  await carryOut(world, draft, plan, delta);
  try {
    const made = { ...record, config: { ...config, devices: plan.devices, extraConfig } };
    const isOld = eventType === "VmRegisteredEvent";
    const complete = isOld ? { ...made, ...(await registeredSnapshots(world, made)) } : made;
    saveVmx(world.datastores, complete);
    // Checked again: others may have taken the name or removed the pool meanwhile.
    checkNew(world, folder, pool, spec.name);
    const { places, intents } = world.datastores;
    const vm = world.vms.add(complete, () => {
      intents.end(vmx, places.parent(vmx) ?? vmx, ...placesOf(plan, "create-disk"));
    });
    world.post(vm, eventType, `${record.name} is there`, userName);
    return vm;
  } catch (error) {
    for (const step of plan.steps) {
      // The error that is told is the first one.
      if (step.kind === "create-disk") {
        await world.datastores.disks.delete(step.place).catch(() => undefined);
      }
    }
    throw error;
  }
}

/** The name of a new VM, or the fault why it cannot be there. */
export function checkNew(
  world: World,
  folder: MoRef,
  pool: MoRef,
  rawName: string | undefined,
): string {
  if (!rawName) throw invalidArgument("config.name", "a VM needs a name");
  if (!world.folders.has(folder)) throw fault("InvalidFolder", "no VM folder", { target: folder });
  world.pools.get(pool);
  if (world.vms.count >= vmsMax) {
    throw fault("LimitExceeded", `a host has at most ${vmsMax} VMs`, { limit: vmsMax });
  }
  const name = unescapeName(rawName);
  world.folders.checkName(folder.value, name);
  return name;
}

/** The .vmx that the path asks for: itself, one in the folder named, or one in a new folder named like the VM. */
export async function chooseVmx(
  world: World,
  name: string,
  path: string | undefined,
): Promise<{ vmx: Place; isNewFolder: boolean }> {
  const { places, files, first } = world.datastores;
  const place = places.parse(path === undefined || path === "" ? `[${first.name}]` : path);
  const fileName = name.replace(/[\\/%:*?"<>|]|^\.+/g, "_");
  if (place.relative.toLowerCase().endsWith(".vmx")) {
    const home = places.parent(place);
    if (!home || home.relative === "") {
      throw fault("InvalidDatastorePath", "a VM needs a folder", { datastorePath: place.text });
    }
    return { vmx: place, isNewFolder: await isFree(home) };
  }
  if (place.relative !== "") {
    const vmx = places.below(place, `${fileName}.vmx`);
    return { vmx, isNewFolder: await isFree(place) };
  }
  for (let number = 0; ; number++) {
    const home = places.below(place, number === 0 ? fileName : `${fileName}_${number}`);
    if (await isFree(home))
      return { vmx: places.below(home, `${fileName}.vmx`), isNewFolder: true };
  }
  async function isFree(home: Place): Promise<boolean> {
    if (await files.exists(home)) return false;
    await files.assertParent(home);
    return true;
  }
}
