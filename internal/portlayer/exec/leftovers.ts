/**
 * Folders on the datastore whose VM is gone or never came to be: a port layer that is killed between a VM and its folder
 * leaves them. What is there before a port layer does anything is nobody's, unless a VM has it once the tasks that an earlier
 * one has begun are over.
 */
import { VicError } from "../../errors/errors.ts";
import { keys } from "../../guest/config.ts";
import { extraConfigMap } from "../../vsphere/vm.ts";
import { logger } from "../log.ts";
import { pause } from "../time.ts";
import { cloneKey } from "../templates/templates.ts";
import type { Vms } from "./vms.ts";

const log = logger("leftovers");
/** Tasks of vSphere that nobody waits for any more are over by then. */
const settleMs = 60_000;

/** What is looked at, and how. */
export interface LeftoverParts {
  /** Folders with one folder for each VM, named as the VM or by the id of its container. */
  folders: string[];
  /** Names in a folder. */
  list(folder: string): Promise<string[]>;
  vms: Pick<Vms, "list" | "removeFolder">;
}

/** All folders of VMs; to be called before the first one is made. */
export async function listFolders(parts: LeftoverParts): Promise<string[]> {
  const below = async (folder: string) =>
    (await parts.list(folder)).map((name) => `${folder}/${name}`);
  return (await Promise.all(parts.folders.map(below))).flat();
}

/** Removes those of the `found` folders that no VM has. Rejects `cancelled` at the signal. */
export async function removeLeftovers(
  { vms }: LeftoverParts,
  found: string[],
  signal: AbortSignal,
  afterMs = settleMs,
): Promise<void> {
  if (found.length === 0) return;
  await pause(afterMs, signal);
  const taken = await takenNames(vms);
  for (const folder of found) {
    if (signal.aborted || taken.has(folder.slice(folder.lastIndexOf("/") + 1))) continue;
    log.info(`${folder} belongs to no VM`);
    await vms.removeFolder(folder).catch((error: unknown) => {
      log.warn(`${folder}: not removed: ${VicError.from(error).text}`);
    });
  }
}

/** Names of VMs, and ids of containers that are VMs or are about to be. */
export async function takenNames(vms: Pick<Vms, "list">): Promise<Set<string>> {
  const taken = new Set<string>();
  for (const { props } of await vms.list()) {
    const extra = extraConfigMap(props["config.extraConfig"]);
    taken.add(String(props["name"])).add(extra.get(cloneKey) ?? "");
    taken.add(idIn(extra.get(keys.record)));
  }
  return taken;
}

function idIn(record: string | undefined): string {
  try {
    return String((JSON.parse(record ?? "{}") as { id?: unknown }).id);
  } catch {
    return "";
  }
}
