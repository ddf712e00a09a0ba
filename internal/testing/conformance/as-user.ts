import { readFileSync } from "node:fs";

/** Runs a shell command with the ids of a process; whether it succeeded. Only root can. */
export function canAs(pid: number, command: string): boolean {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const id = (name: string) => new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1];
  const groups = /^Groups:\s*(.*?)\s*$/m.exec(status)?.[1]?.replaceAll(" ", ",") ?? "";
  const user = [`--reuid=${id("Uid")}`, `--regid=${id("Gid")}`, `--groups=${groups}`];
  const nothing = ["--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"];
  const line = ["setpriv", ...user, ...nothing, "sh", "-c", command];
  return Bun.spawnSync(line, { stdout: "ignore", stderr: "ignore" }).exitCode === 0;
}
