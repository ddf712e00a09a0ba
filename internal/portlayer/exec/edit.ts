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
/** vSphere tells of a change by itself, mostly together with the end of its task; it is asked when it has not by then. */
export const toldMs = 250;

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
    const changed = change(facts);
    if (!changed) return;
    try {
      await parts.vms.reconfigure(facts.vm, toSpec(changed), facts.changeVersion);
    } catch (error) {
      if (tries >= triesMax || !hasFault(error, "ConcurrentAccess")) throw error;
      continue;
    }
    return untilShown(
      parts,
      entry,
      (newer) => newer.changeVersion !== facts.changeVersion && shows(newer, changed),
    );
  }
}

async function untilShown(
  parts: Pick<ExecParts, "vms" | "cache">,
  entry: Entry,
  isShown: (facts: Facts) => boolean,
): Promise<void> {
  const late = AbortSignal.timeout(toldMs);
  try {
    await entry.until(isShown, late);
  } catch (error) {
    if (!late.aborted) throw error;
    await refresh(parts, entry);
  }
}

/** Whether facts have what an edit changed. */
function shows(facts: Facts, { record, own, config, state, vmName, hardware }: Edit): boolean {
  return (
    (record === undefined || Bun.deepEquals(record, facts.record)) &&
    (own === undefined || Bun.deepEquals(own, facts.own)) &&
    (config === undefined || Bun.deepEquals(config, facts.config)) &&
    (!state || Bun.deepEquals(state, facts.state)) &&
    (vmName === undefined || vmName === facts.vmName) &&
    (hardware?.numCPUs === undefined || hardware.numCPUs === facts.cpus) &&
    (hardware?.memoryMB === undefined || hardware.memoryMB === facts.memoryMiB)
  );
}

function toSpec(edit: Edit): DataObject {
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
