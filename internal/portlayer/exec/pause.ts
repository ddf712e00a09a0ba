/**
 * Pausing a container: the cgroup freezer in its VM. Suspending the VM would also free its memory, but takes seconds
 * and cuts connections of the control channel; the freezer takes milliseconds, as Docker users expect.
 */
import { VicError } from "../../errors/errors.ts";
import type { Mux } from "../../guest/mux.ts";
import { refresh } from "./edit.ts";
import type { Entry } from "./entry.ts";
import { publish, type ExecParts } from "./parts.ts";

/** How long a call waits for a tether that is reconnecting. */
const connectMs = 3_000;

/** The channel to a running container; `conflict` when it does not run. */
export async function runningMux(parts: ExecParts, entry: Entry): Promise<Mux> {
  if (!entry.isRunning) throw new VicError("conflict", `container ${entry.id} is not running`);
  return parts.connections.until(entry.id, entry.facts.config.run, connectMs);
}

/** Holds all processes, or lets them go on; resolves when the container shows it. */
export async function pauseContainer(
  parts: ExecParts,
  entry: Entry,
  isPaused: boolean,
): Promise<void> {
  const mux = await runningMux(parts, entry);
  await mux.call("pause", { isPaused }).result;
  // The tether has stored it before it answered.
  await refresh(parts, entry);
  publish(parts, entry, isPaused ? "pause" : "unpause");
}

/** Lets a paused container go on, so that it hears a signal; one that cannot be reached is dealt with by the caller. */
export async function unpause(parts: ExecParts, entry: Entry): Promise<void> {
  if (entry.isPaused) await pauseContainer(parts, entry, false).catch(() => {});
}
