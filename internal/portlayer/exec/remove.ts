/** DELETE /containers/:id. */
import { findCode, VicError } from "../../errors/errors.ts";
import { logger } from "../log.ts";
import type { Entry } from "./entry.ts";
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
  try {
    await parts.releaseLogs(entry.id);
    // Nothing on its disks is needed any more: no reason to wait for an orderly end.
    if (entry.isOn) await parts.vms.powerOff(entry.facts.vm);
    await parts.vms.destroy(entry.facts.vm, containerFolder(parts.config, entry.id));
  } catch (error) {
    // Somebody else may have removed the VM.
    if (!findCode(error, "not-found")) {
      entry.isRemoving = false;
      log.error(`${entry.name}: cannot be removed: ${VicError.from(error).text}`);
      throw error;
    }
  }
  log.info(`${entry.name}: removed`);
  parts.cache.drop(entry.facts.vm);
}

function running(entry: Entry): VicError {
  return new VicError(
    "conflict",
    `cannot remove container "${entry.name}": container is running: stop the container before removing or force remove`,
    { detail: { reason: "running" } },
  );
}
