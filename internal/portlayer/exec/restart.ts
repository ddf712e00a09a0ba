/** Restart policies. */
import type { ContainerRecord } from "../api/types.ts";

const backOffFirstMs = 100;
const backOffLastMs = 60_000;
/** A run of this length starts the back-off over, as in Docker. */
const healthyRunMs = 10_000;

/** What a decision depends on. */
export interface Ended {
  policy: ContainerRecord["restartPolicy"];
  exitCode: number;
  /** A user ended it. */
  isStoppedByUser: boolean;
  restartCount: number;
}

/** Whether a container that ended is started again. */
export function shouldRestart({ policy, exitCode, isStoppedByUser, restartCount }: Ended): boolean {
  if (isStoppedByUser) return false;
  switch (policy.name) {
    case "always":
    case "unless-stopped":
      return true;
    case "on-failure":
      if (exitCode === 0) return false;
      return policy.maximumRetryCount === 0 || restartCount < policy.maximumRetryCount;
    default:
      return false;
  }
}

/** Whether a container that does not run is started when the appliance boots: only `unless-stopped` asks who ended it. */
export function shouldStartOnBoot(ended: Ended): boolean {
  const isStoppedByUser = ended.isStoppedByUser && ended.policy.name === "unless-stopped";
  return shouldRestart({ ...ended, isStoppedByUser });
}

/** Waiting time before each restart: doubling from 100 ms to a minute. */
export class BackOff {
  #nextMs = backOffFirstMs;

  /** A user took over: begin anew. */
  reset(): void {
    this.#nextMs = backOffFirstMs;
  }

  /** Time to wait after a run of `ranMs`. */
  next(ranMs: number): number {
    if (ranMs >= healthyRunMs) this.#nextMs = backOffFirstMs;
    const ms = this.#nextMs;
    this.#nextMs = Math.min(ms * 2, backOffLastMs);
    return ms;
  }
}
