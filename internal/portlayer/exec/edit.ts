/** Changes of a container's extraConfig with optimistic concurrency (design D9). */
import { keys, type ContainerConfig, type GuestState } from "../../guest/config.ts";
import { hasFault } from "../../vim25/fault.ts";
import { findCode } from "../../errors/errors.ts";
import type { DataObject } from "../../vim25/types.ts";
import type { ContainerRecord } from "../api/types.ts";
import type { Entry } from "./entry.ts";
import { ownKey, type Facts, type OwnRecord } from "./facts.ts";
import type { ExecParts } from "./parts.ts";
import { optionValues } from "./vm-spec.ts";

/** Somebody else (the guest, mostly) changes the VM at the same time; after so many tries it is an error. */
const triesMax = 8;

/** What to change; absent parts stay. */
export interface Edit {
  record?: ContainerRecord;
  own?: OwnRecord;
  config?: ContainerConfig;
  /** null removes it. */
  state?: GuestState | null;
  vmName?: string;
  /** Size and shares of the VM: fields of a VirtualMachineConfigSpec. */
  hardware?: { numCPUs?: number; memoryMB?: number; cpuAllocation?: DataObject };
}

/** Reads what vSphere knows now. */
export async function refresh(parts: Pick<ExecParts, "vms" | "cache">, entry: Entry) {
  const { vm } = entry.facts;
  try {
    parts.cache.apply(vm, await parts.vms.read(vm));
  } catch (error) {
    if (findCode(error, "not-found")) parts.cache.drop(vm);
    throw error;
  }
}

/**
 * Applies `change` to what is known; that it was not the newest shows when it is written, and then `change` is called again
 * with what was read meanwhile.
 */
export async function edit(
  parts: Pick<ExecParts, "vms" | "cache">,
  entry: Entry,
  change: (facts: Facts) => Edit | undefined,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    if (tries > 1) await refresh(parts, entry);
    const { facts } = entry;
    const spec = toSpec(change(facts));
    if (!spec) return;
    try {
      await parts.vms.reconfigure(facts.vm, spec, facts.changeVersion);
      return await refresh(parts, entry);
    } catch (error) {
      if (tries >= triesMax || !hasFault(error, "ConcurrentAccess")) throw error;
    }
  }
}

function toSpec(edit: Edit | undefined): DataObject | undefined {
  if (!edit) return undefined;
  const values: Record<string, string> = {};
  if (edit.record) values[keys.record] = JSON.stringify(edit.record);
  if (edit.own) values[ownKey] = JSON.stringify(edit.own);
  if (edit.config) values[keys.config] = JSON.stringify(edit.config);
  if (edit.state !== undefined) {
    values[keys.state] = edit.state === null ? "" : JSON.stringify(edit.state);
  }
  return {
    extraConfig: optionValues(values),
    ...(edit.vmName === undefined ? {} : { name: edit.vmName }),
    ...edit.hardware,
  };
}
