/** GET /containers/:id/wait. */
import type { WaitCondition, WaitResult } from "../api/types.ts";
import type { Entry } from "./entry.ts";

/**
 * Watches from the moment of the call; resolves when the condition holds or the container is gone. As in Docker, a
 * container that waits for its restart counts as running: `not-running` ends with its next exit, or when the restart is
 * called off.
 */
export async function waitContainer(
  entry: Entry,
  condition: WaitCondition,
  signal: AbortSignal,
): Promise<WaitResult> {
  const before = entry.told.die;
  const hasExited = () => entry.told.die > before;
  const wasRestarting = entry.isRestarting;
  const isOver = () => !entry.isRunning && !entry.isRestarting;
  const holds = {
    "not-running": () => hasExited() || isOver(),
    "next-exit": () => hasExited() || (wasRestarting && isOver()),
    removed: () => false,
  }[condition];
  let last = result(entry);
  await entry.until(() => {
    // The exit code that goes with the condition, not that of a restart which comes right behind.
    last = result(entry);
    return entry.isGone || holds();
  }, signal);
  // As in Docker: with the container goes why it did not start. The CLI would tell it twice.
  return entry.isGone ? { ...last, error: "" } : last;
}

function result(entry: Entry): WaitResult {
  const { exitCode, error } = entry.described;
  return { exitCode, error };
}
