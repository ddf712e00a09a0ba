/** QEMUs that nobody watches: of a vic-host that was killed, or of a start that went wrong. */
import { readdir } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { killNow, processesOf, waitGone } from "./process.ts";
import { removeRunDir, runDir, type RunDir } from "./run-dir.ts";

const killTimeoutMs = 5_000;
/** Names of machines that are no VMs. */
const ownNames = new Set(["nat"]);

/**
 * Ends every QEMU of this machine. The pid file is not enough: QEMU writes it some time after it was started, and a
 * vic-host that was killed in between has left none.
 */
export async function endStray(run: RunDir, knownPid?: number): Promise<void> {
  const found = await processesOf(run.folder);
  const pids = new Set([...found.map(({ pid }) => pid), ...(knownPid ? [knownPid] : [])]);
  for (const pid of pids) await killNow(pid, run.pid);
  const timeout = AbortSignal.timeout(killTimeoutMs);
  for (const pid of pids) {
    if (await waitGone(pid, run.pid, timeout)) continue;
    throw new VicError("unavailable", `process ${pid} cannot be ended`);
  }
}

/** Ends every machine of this data folder but those in `keep`, and removes what is left of it. Returns their ids. */
export async function endStrays(dataDir: string, keep: ReadonlySet<string>): Promise<string[]> {
  const parent = dirname(runDir(dataDir, "any").folder);
  const folders = await readdir(parent).catch(() => []);
  const running = (await processesOf(parent)).map(({ pidFile }) => basename(dirname(pidFile)));
  const ids = [...new Set([...folders, ...running])];
  const strays = ids.filter((id) => !keep.has(id) && !ownNames.has(id));
  for (const id of strays) {
    const run = runDir(dataDir, id);
    await endStray(run);
    await removeRunDir(run);
  }
  return strays;
}
