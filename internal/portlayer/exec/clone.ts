/**
 * A container's VM as an instant clone, in three steps: a clone that is marked with the container's id, a folder, and one
 * change that gives it disks, NICs and all that makes it a container. A spare VM takes the place of the first step and has its
 * NICs. Whoever is killed before the change leaves a VM that is no container, which the next port layer removes together
 * with the folder; after it the container is whole.
 */
import { VicError } from "../../errors/errors.ts";
import { keys } from "../../guest/config.ts";
import type { MoRef } from "../../vim25/types.ts";
import { logger } from "../log.ts";
import { extraConfigMap, type ConfigSpec } from "../../vsphere/vm.ts";
import type { Spare } from "../templates/spares.ts";
import { cloneKey } from "../templates/templates.ts";
import type { ExecParts } from "./parts.ts";
import { cloneSpec, spareToContainerSpec, type VmSpecParts } from "./vm-spec.ts";

const log = logger("clone");

/** The VM, running and held; undefined when the container has to take another way. */
export async function cloneVm(
  parts: Pick<ExecParts, "vms" | "templates" | "held" | "chores">,
  spec: VmSpecParts,
  spare: Spare | undefined,
  signal?: AbortSignal,
): Promise<MoRef | undefined> {
  const release = parts.held.reserve();
  if (!release) return undefined;
  try {
    if (spare) {
      spare.isUsed = true;
      return await complete(parts, spare.vm, spec, spareToContainerSpec, signal);
    }
    const vm = await parts.templates.clone(spec, spec.name, spec.id);
    return vm && (await complete(parts, vm, spec, cloneSpec, signal));
  } finally {
    release();
  }
}

async function complete(
  { vms, chores }: Pick<ExecParts, "vms" | "chores">,
  vm: MoRef,
  spec: VmSpecParts,
  toChange: (parts: VmSpecParts) => ConfigSpec,
  signal?: AbortSignal,
): Promise<MoRef | undefined> {
  try {
    signal?.throwIfAborted();
    await vms.makeFolder(spec.folder);
    const past = { [cloneKey]: "", [keys.template]: "", [keys.spare]: "" };
    await vms.reconfigure(vm, toChange({ ...spec, extraConfig: { ...spec.extraConfig, ...past } }));
    return vm;
  } catch (error) {
    log.warn(`${spec.name}: its clone is no container: ${VicError.from(error).text}`);
    const isUnknown = VicError.from(error).code === "unavailable";
    await chores.do(`removing ${spec.name}`, async () => {
      // vSphere went away, and may have made the change.
      if (isUnknown && (await isContainer(vms, vm))) return;
      await vms.powerOff(vm);
      await vms.destroy(vm, spec.folder);
    });
    if (isUnknown) throw error;
    signal?.throwIfAborted();
    return undefined;
  }
}

async function isContainer(vms: ExecParts["vms"], vm: MoRef): Promise<boolean> {
  return extraConfigMap((await vms.read(vm))["config.extraConfig"]).has(keys.record);
}
