import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run, until, type Finished } from "../stand/stand.ts";

/** Debian's dockerd with all its state below one folder. */
export interface Dockerd {
  /** Where it listens, as DOCKER_HOST has it. */
  host: string;
  docker: (args: string[], stdin?: Uint8Array) => Promise<Finished>;
  pid: number;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts it, or returns undefined where the docker.io package is not installed or it does not come up. It has no
 * network, or a bridge in a network namespace of its own.
 */
export async function startDockerd(
  dir: string,
  { hasBridge = false }: { hasBridge?: boolean } = {},
): Promise<Dockerd | undefined> {
  const program = ["/usr/sbin/dockerd", "/usr/bin/dockerd"].find(existsSync);
  if (!program) return undefined;
  mkdirSync(dir, { recursive: true });
  const host = `unix://${dir}/docker.sock`;
  const log = Bun.file(join(dir, "dockerd.log"));
  const flags = ["--data-root", `${dir}/data`, "--exec-root", `${dir}/exec`];
  flags.push("--pidfile", `${dir}/pid`, "--host", host);
  if (!hasBridge) flags.push("--bridge=none", "--iptables=false");
  const isolated = [
    "unshare",
    "--net",
    "--mount",
    "sh",
    "-c",
    'ip link set lo up; exec "$@"',
    "sh",
  ];
  const command = [...(hasBridge ? isolated : []), program, ...flags];
  const child = Bun.spawn(command, { stdout: log, stderr: log });
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
  return { host, docker, pid: child.pid, [Symbol.asyncDispose]: dispose };
}
