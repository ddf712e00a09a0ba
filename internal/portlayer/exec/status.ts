/** From what vSphere says of a VM to what Docker says of a container. Pure. */
import type { Status } from "../api/types.ts";
import type { Facts } from "./facts.ts";

/** Exit code of a container that was killed, and of one whose VM was switched off without one. */
export const killedCode = 137;
/** Exit code of a container that could not be started, when nothing better is known. */
const cannotStartCode = 128;

/** A container's state in Docker's terms. */
export interface Described {
  status: Status;
  /** `running`, with all processes held. */
  isPaused: boolean;
  startedAt: string;
  finishedAt: string;
  exitCode: number;
  oomKilled: boolean;
  error: string;
}

/** Whether the VM is on, or suspended with everything in memory. */
export function isOn(facts: Pick<Facts, "power">): boolean {
  return facts.power !== "poweredOff";
}

/** Whether the VM runs, though nobody has started the container yet: it waits for its start. */
export function isHeld(facts: Pick<Facts, "power" | "config">): boolean {
  return facts.power === "poweredOn" && facts.config.run === 0;
}

/**
 * A process that ended is `exited` at once, though its VM takes a moment to go off; one that never came to run leaves
 * the container as it was, with an error. `isStarting`: a start is going on.
 */
export function describe(facts: Facts, isStarting = false): Described {
  const { state, own, config } = facts;
  const before: Described = {
    status: own.startedAt === "" ? "created" : "exited",
    isPaused: false,
    startedAt: own.startedAt,
    finishedAt: own.finishedAt,
    exitCode: own.exitCode ?? 0,
    oomKilled: false,
    error: "",
  };
  if (config.run === 0) return before;
  switch (state?.phase) {
    case "exited":
      return {
        status: "exited",
        isPaused: false,
        startedAt: state.startedAt ?? own.startedAt,
        finishedAt: state.finishedAt ?? "",
        exitCode: state.exitCode ?? killedCode,
        oomKilled: state.oomKilled ?? false,
        error: state.error ?? "",
      };
    case "failed":
      return {
        ...before,
        exitCode: state.exitCode ?? cannotStartCode,
        error: state.error ?? "the process could not be started",
      };
    case "running": {
      // Also while the VM has just gone off and its last word is on the way: see isLost.
      const startedAt = state.startedAt ?? own.startedAt;
      const isPaused = state.isPaused ?? false;
      const exitCode = 0;
      return { ...before, status: "running", isPaused, startedAt, finishedAt: "", exitCode };
    }
    default:
      // Starting, or switched off before it came to that.
      if (isOn(facts) || isStarting) return before;
      return {
        ...before,
        exitCode: cannotStartCode,
        error: "the VM went off before the process was started",
      };
  }
}

/**
 * The VM is off and its tether did not say that the process ended. The power state may arrive before the tether's last
 * word; when that does not come, somebody must write down how the run ended.
 */
export function isLost(facts: Facts): boolean {
  return facts.config.run > 0 && !isOn(facts) && facts.state?.phase === "running";
}
