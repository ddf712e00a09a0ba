/**
 * A run of a container is one boot of its VM. Who reboots or resets the VM, or switches it on when nobody has started the
 * container, must not make the process run a second time unseen: Docker's rules decide about that, in the appliance.
 */
import { VicError } from "../internal/errors/errors.ts";
import { keys, type GuestState } from "../internal/guest/config.ts";
import type { GuestInfo } from "../internal/guest/guestinfo.ts";
import { failedState } from "./container.ts";
import { formatTime, nowNs } from "./sys/libc.ts";

/** Exit code of a run that was cut off, as Docker has it for containers that did not outlive their host. */
const cutOffCode = 255;

/** Whether this run had an earlier boot. How that ended is then known, also when it could not say so itself. */
export async function hasEarlierBoot(
  guestInfo: Pick<GuestInfo, "get" | "set">,
  run: number,
): Promise<boolean> {
  const state = parseState(await guestInfo.get(keys.state));
  if (run === 0 || state?.run !== run) return false;
  const now = formatTime(nowNs());
  if (state.phase === "starting") {
    const error = new VicError("unavailable", "the VM was restarted before the process was");
    await guestInfo.set(keys.state, JSON.stringify(failedState(run, now, error)));
  } else if (state.phase === "running") {
    const end = { phase: "exited", exitCode: cutOffCode, finishedAt: now, isPaused: false };
    await guestInfo.set(keys.state, JSON.stringify({ ...state, ...end }));
  }
  return true;
}

function parseState(text: string | undefined): GuestState | undefined {
  try {
    return JSON.parse(text ?? "") as GuestState;
  } catch {
    return undefined;
  }
}
