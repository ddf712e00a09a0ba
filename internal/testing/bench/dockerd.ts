import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run, until, type Finished } from "../stand/stand.ts";

/** Debian's dockerd with all its state below one folder and no network of its own. */
export interface Dockerd {
  docker: (args: string[], stdin?: Uint8Array) => Promise<Finished>;
  pid: number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts it, or returns undefined where the docker.io package is not installed or it does not come up. */
export async function startDockerd(dir: string): Promise<Dockerd | undefined> {
  const program = ["/usr/sbin/dockerd", "/usr/bin/dockerd"].find(existsSync);
  if (!program) return undefined;
  mkdirSync(dir, { recursive: true });
  const host = `unix://${dir}/docker.sock`;
  const log = Bun.file(join(dir, "dockerd.log"));
  const flags = ["--data-root", `${dir}/data`, "--exec-root", `${dir}/exec`];
  flags.push("--pidfile", `${dir}/pid`, "--bridge=none", "--iptables=false", "--host", host);
  const child = Bun.spawn([program, ...flags], { stdout: log, stderr: log });
  const docker = (args: string[], stdin?: Uint8Array) =>
    run(["docker", "--host", host, ...args], stdin === undefined ? {} : { stdin });
  const dispose = async () => {
    child.kill();
    await child.exited;
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await until("dockerd", 30, async () => {
      if (child.exitCode !== null) throw new Error("dockerd ended");
      return (await docker(["version"])).code === 0;
    });
  } catch {
    await dispose();
    return undefined;
  }
  return { docker, pid: child.pid, [Symbol.asyncDispose]: dispose };
}
