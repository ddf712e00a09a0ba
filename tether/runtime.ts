/** The OCI runtime: crun. It sets a process up and is gone again; the process is then ours to wait for. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { VicError } from "../internal/errors/errors.ts";
import { startFailure } from "./oci/failure.ts";
import { renderSpec } from "./oci/spec.ts";
import type { ResolvedUser } from "./oci/user.ts";
import { Output } from "./output.ts";
import { closePipes, makePipes, Process, type Streams } from "./process.ts";
import { ConsoleSocket } from "./sys/console-socket.ts";
import { keepAddresses } from "./sys/libc.ts";
import { mount, mountFlags } from "./sys/mount.ts";
import type { Reaper } from "./sys/reaper.ts";
import { spawn, type Stdio } from "./sys/spawn.ts";

const folder = "/run/vic/oci";
const containerId = "container";
/** Where crun is on a mount that cannot be written to. */
const programs = "/run/vic/bin";
/** The second says that it runs from there: crun looks, and need not make such a mount for itself. */
const environment = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", _LIBCONTAINER_CLONED_BINARY: "1" };

/** What to launch. */
export interface Launch {
  /** argv[0], for error messages. */
  command: string;
  tty: boolean;
  openStdin: boolean;
  user: ResolvedUser;
  output: Output;
}

/**
 * Once for a VM, before the first container. A container must not get at crun through /proc to write to it (CVE-2019-5736);
 * without this crun would start itself again from a read-only mount at each of its calls.
 */
export function prepareRuntime(): void {
  mount("/usr/bin", programs, "", mountFlags.bind, "");
  const { bind, remount, readOnly } = mountFlags;
  mount("", programs, "", bind | remount | readOnly, "");
  keepAddresses();
}

/** See the file's head. One container. */
export class Runtime {
  readonly #reaper: Reaper;
  #count = 0;

  constructor(reaper: Reaper) {
    this.#reaper = reaper;
  }

  /** Sets the container up; its process waits for {@link Runtime.start}. Output flows into `launch.output`. */
  async create(spec: Record<string, unknown>, launch: Launch): Promise<Process> {
    const bundle = `${folder}/bundle`;
    mkdirSync(bundle, { recursive: true });
    writeFileSync(`${bundle}/config.json`, renderSpec(spec));
    return this.#launch("create", [`--bundle=${bundle}`], launch);
  }

  /** Lets the created process run. */
  async start(command: string): Promise<void> {
    const log = this.#logPath();
    await run([...crun(log), "start", containerId], ["ignore", "ignore", "pipe"], command, log);
  }

  /** Ends the container if it has not ended, and forgets it. */
  async remove(): Promise<void> {
    const log = this.#logPath();
    const stdio: Stdio = ["ignore", "ignore", "pipe"];
    await run([...crun(log), "delete", "--force", containerId], stdio, "", log);
  }

  /** A further process in the running container. */
  async exec(process: Record<string, unknown>, launch: Launch): Promise<Process> {
    mkdirSync(folder, { recursive: true });
    const path = `${folder}/process-${++this.#count}.json`;
    writeFileSync(path, renderSpec(process));
    try {
      return await this.#launch("exec", ["--detach", `--process=${path}`], launch);
    } finally {
      rmSync(path, { force: true });
    }
  }

  async #launch(verb: string, options: string[], launch: Launch): Promise<Process> {
    const log = this.#logPath();
    const pidFile = `${folder}/pid-${++this.#count}`;
    const args = [...crun(log), verb, ...options, `--pid-file=${pidFile}`];
    const streams = launch.tty
      ? await withConsole(`${folder}/console-${this.#count}`, (socket) =>
          run(
            [...args, `--console-socket=${socket}`, containerId],
            ["ignore", "ignore", "pipe"],
            launch.command,
            log,
          ),
        )
      : await withPipes(launch, (child) => run([...args, containerId], child, launch.command, log));
    const pid = Number(readFileSync(pidFile, "utf8"));
    rmSync(pidFile);
    if (!Number.isSafeInteger(pid) || pid <= 1)
      throw new VicError("internal", "the OCI runtime left no pid");
    return new Process(pid, streams, launch.output, this.#reaper);
  }

  #logPath(): string {
    return `${folder}/log-${++this.#count}`;
  }
}

function crun(log: string): string[] {
  return [
    `${programs}/crun`,
    "--cgroup-manager=cgroupfs",
    `--log=file:${log}`,
    "--log-format=json",
  ];
}

async function withConsole(
  path: string,
  launch: (socket: string) => Promise<void>,
): Promise<Streams> {
  const socket = new ConsoleSocket(path);
  try {
    await launch(socket.path);
    return { master: socket.receive() };
  } finally {
    socket.close();
  }
}

async function withPipes(
  launch: Launch,
  start: (child: [number, number, number]) => Promise<void>,
): Promise<Streams> {
  const pipes = makePipes(launch.openStdin, launch.user);
  try {
    await start(pipes.child);
  } catch (error) {
    closePipes(pipes, "all");
    throw error;
  }
  closePipes(pipes, "child");
  return { pipes };
}

/** Runs crun to its end; throws in Docker's words when it fails. */
async function run(argv: string[], stdio: Stdio, command: string, log: string): Promise<void> {
  const { code, errors } = await spawn(argv, stdio, environment).finished;
  const logged = readOrEmpty(log);
  rmSync(log, { force: true });
  if (code !== 0) throw startFailure(command, logged, errors);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
