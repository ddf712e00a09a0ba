/** DELETE /containers/:id. */
import { findCode, VicError } from "../../errors/errors.ts";
import { logger } from "../log.ts";
import type { Entry } from "./entry.ts";
import { takenNames } from "./leftovers.ts";
import { containerFolder, publish, type ExecParts } from "./parts.ts";
import { signalNumber } from "./stop.ts";

const log = logger("remove");

/** Removes VM and files. Idempotent while it goes on: a second call waits for the first and finds nothing left. */
export async function removeContainer(
  parts: ExecParts,
  entry: Entry,
  force: boolean,
): Promise<void> {
  entry.restarting?.abort();
  if (force) entry.starting?.abort();
  await entry.lock.run(() => remove(parts, entry, force));
}

async function remove(parts: ExecParts, entry: Entry, force: boolean): Promise<void> {
  if (entry.isGone) return;
  if (entry.isRunning && !force) throw running(entry);
  if (!entry.isRunning) await parts.logsRead(entry.id);
  entry.isStopping = true;
  if (entry.isRunning) publish(parts, entry, "kill", { signal: signalNumber("SIGKILL") });
  entry.isRemoving = true;
  const folder = containerFolder(parts.config, entry.id);
  try {
    await parts.releaseLogs(entry.id);
    // Nothing on its disks is needed any more: no reason to wait for an orderly end.
    if (entry.isOn) await parts.vms.powerOff(entry.facts.vm);
    await parts.vms.destroy(entry.facts.vm, folder);
  } catch (error) {
    // Somebody else may have removed the VM.
    if (!findCode(error, "not-found")) {
      entry.isRemoving = false;
      removeFolder(parts, entry.id, folder);
      log.error(`${entry.name}: cannot be removed: ${VicError.from(error).text}`);
      throw error;
    }
  }
  log.info(`${entry.name}: removed`);
  parts.cache.drop(entry.facts.vm);
}

/** vSphere may have gone away between the VM and its folder: then nobody else would come for that. */
function removeFolder({ vms, chores }: ExecParts, id: string, folder: string): void {
  const work = async () => {
    if (!(await takenNames(vms)).has(id)) await vms.removeFolder(folder);
  };
  chores.do(`removing ${folder}`, work).catch(() => undefined);
}

function running(entry: Entry): VicError {
  return new VicError(
    "conflict",
    `cannot remove container "${entry.name}": container is running: stop the container before removing or force remove`,
    { detail: { reason: "running" } },
  );
}
