/** The docker CLI under a time limit: a call that hangs is a fault, not a reason to wait. */
import { join } from "node:path";
import { run, type Finished, type Stand } from "../../stand/stand.ts";

/** A start may boot a VM on a crowded host without KVM, and give up after three minutes. */
const secondsMax = 240;
/** What timeout(1) exits with. */
const timeoutCodes = [124, 137];

/** A finished call. */
export interface Called extends Finished {
  args: string[];
  isHung: boolean;
  /** Milliseconds, of performance.now(). */
  from: number;
  to: number;
}

/** Calls docker. */
export async function docker(stand: Stand, args: string[]): Promise<Called> {
  const from = performance.now();
  const env = { ...stand.dockerEnv, DOCKER_CONFIG: join(stand.options.dir, "docker-config") };
  const done = await run(["timeout", "-k", "1", String(secondsMax), "docker", ...args], { env });
  const to = performance.now();
  const isHung = timeoutCodes.includes(done.code) && to - from > secondsMax * 1000;
  return { ...done, args, isHung, from, to };
}

/** A call in words, with what it printed. */
export function told({ args, code, stdout, stderr, from, to, isHung }: Called): string {
  const what = isHung ? "hangs" : `exit ${code}`;
  const said = `${stdout.slice(-300)}${stderr.slice(-600)}`.trim();
  return `docker ${args.join(" ").slice(0, 200)}: ${what} after ${((to - from) / 1000).toFixed(1)} s: ${said}`;
}
