/** `ps` in the VM, cut down to the container's processes: what `docker top` shows. */
import { VicError } from "../internal/errors/errors.ts";
import type { ProcessTable } from "../internal/guest/control.ts";
import { containerPids } from "./cgroup.ts";
import { spawn } from "./sys/spawn.ts";

const argsMax = 64;

/** Runs ps with these arguments. `invalid` when ps refuses them or shows no pids. */
export async function listProcesses(args: string[]): Promise<ProcessTable> {
  if (args.length > argsMax) throw new VicError("invalid", `more than ${argsMax} arguments for ps`);
  const ps = spawn(["/usr/bin/ps", ...args], ["ignore", "pipe", "pipe"], {
    PATH: "/usr/bin:/bin",
    LC_ALL: "C",
  });
  const { code, output, errors } = await ps.finished;
  if (code !== 0) throw new VicError("invalid", `ps: ${errors.trim().slice(0, 500)}`);
  return pickProcesses(output, containerPids());
}

/** The lines of a ps output that are about these pids. The last column may hold spaces. */
export function pickProcesses(output: string, pids: Set<number>): ProcessTable {
  const lines = output.split("\n");
  const titles = lines[0]?.trim().split(/\s+/) ?? [];
  const pidColumn = titles.indexOf("PID");
  if (pidColumn < 0) throw new VicError("invalid", "Couldn't find PID field in ps output");
  const processes: string[][] = [];
  for (const line of lines.slice(1)) {
    const words = line.trim().split(/\s+/);
    if (!pids.has(Number(words[pidColumn]))) continue;
    const last = titles.length - 1;
    processes.push([...words.slice(0, last), words.slice(last).join(" ")]);
  }
  return { titles, processes };
}
