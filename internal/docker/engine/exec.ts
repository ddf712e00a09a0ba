/** `docker exec`. */
import type { Duplex } from "node:stream";
import { posix } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { stdcopyFrame } from "../../guest/stdcopy.ts";
import type { Exec } from "../../portlayer/api/types.ts";
import type { Fields } from "../wire/decode.ts";
import { parseDetachKeys } from "../wire/detach-keys.ts";
import { makeUnframe } from "../wire/unframe.ts";
import type { Engine } from "./engine.ts";
import { attributesOf } from "./lifecycle.ts";
import { checkNotRestarting, findContainer } from "./lookup.ts";
import { checkProcessSize } from "./process.ts";
import { join } from "./streams.ts";

/** What the Docker API has to remember between exec create and start; the oldest is forgotten. */
const remembered = new Map<string, ExecFlags>();
const rememberedMax = 10_000;

interface ExecFlags {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  detachKeys: string;
}

/** POST /containers/:ref/exec */
export async function createExec(engine: Engine, ref: string, body: Fields): Promise<string> {
  const container = await findContainer(engine, ref);
  checkNotRestarting(container);
  if (container.status !== "running") throw notRunning(container.record.id);
  if (container.isPaused) {
    throw new VicError("conflict", `Container ${ref} is paused, unpause the container before exec`);
  }
  const args = body.strings("Cmd");
  if (args.length === 0 || args[0] === "") {
    throw new VicError("invalid", "No exec command specified");
  }
  const detachKeys = body.string("DetachKeys");
  parseDetachKeys(detachKeys);
  const workingDir = body.string("WorkingDir");
  if (workingDir !== "" && !workingDir.startsWith("/")) {
    throw new VicError(
      "invalid",
      `the working directory '${workingDir}' is invalid, it needs to be an absolute path`,
    );
  }
  const tty = body.bool("Tty");
  const stdin = body.bool("AttachStdin");
  const env = execEnv(container.process.env, body.strings("Env"), tty);
  checkProcessSize(args, env);
  const size = consoleSize(body);
  const id = await engine.portLayer
    .createExec(container.record.id, {
      process: {
        args,
        env,
        cwd: workingDir === "" ? container.process.cwd : posix.normalize(workingDir),
        user: body.string("User") || container.process.user,
        tty,
        openStdin: stdin,
        stdinOnce: true,
        privileged: body.bool("Privileged"),
        ...(size ? { consoleSize: size } : {}),
      },
    })
    .catch((error: unknown) => {
      if (VicError.from(error).code === "conflict") throw notRunning(container.record.id);
      throw error;
    });
  remember(id, {
    stdin,
    stdout: body.bool("AttachStdout"),
    stderr: body.bool("AttachStderr"),
    detachKeys,
  });
  return id;
}

/** The exec instance, or Docker's 404. */
export async function findExec(engine: Engine, id: string): Promise<Exec> {
  try {
    return await engine.portLayer.exec(id);
  } catch (error) {
    if (VicError.from(error).code !== "not-found") throw error;
    throw new VicError("not-found", `No such exec instance: ${id}`);
  }
}

/** Joined to the new process; waits for a client. */
export interface ExecAttachment {
  /** The client gets bytes, not frames. */
  isRaw: boolean;
  serve(client: Duplex): Promise<void>;
}

/** Starts an exec and attaches; a size given here is used from the first byte on. */
export async function attachExec(
  engine: Engine,
  id: string,
  body: Fields,
  signal: AbortSignal,
): Promise<ExecAttachment> {
  const exec = await findExec(engine, id);
  const { tty, openStdin } = exec.process;
  const flags = remembered.get(id) ?? {
    stdin: openStdin,
    stdout: true,
    stderr: true,
    detachKeys: "",
  };
  const { stdin, stdout } = flags;
  // Docker goes by what start says, whether or not the process has a terminal; bytes are stdout alone.
  const isRaw = body.bool("Tty");
  const stderr = flags.stderr && (tty || !isRaw);
  const live = await engine.portLayer.startExec(id, { stdin, stdout, stderr }, signal);
  const size = consoleSize(body);
  if (tty && size) {
    // Only a size: an exec that has ended already does not need it.
    await engine.portLayer.resizeExec(id, ...size).catch(() => {});
  }
  const detachKeys = parseDetachKeys(flags.detachKeys);
  return {
    isRaw,
    async serve(client) {
      const reshape = tty === isRaw ? undefined : isRaw ? makeUnframe() : stdoutFrame;
      const joined = { stdin, ...(tty ? { detachKeys } : {}), ...(reshape ? { reshape } : {}) };
      if ((await join(client, live, joined)) === "ended") return;
      // A container that is gone has no news.
      const container = await findContainer(engine, exec.containerId).catch(() => undefined);
      if (!container) return;
      const attributes = { ...attributesOf(container.record), execID: id };
      await engine.events.emit("container", "exec_detach", exec.containerId, attributes);
    },
  };
}

/** Starts an exec without attaching. */
export async function startExecDetached(engine: Engine, id: string): Promise<void> {
  await findExec(engine, id);
  await engine.portLayer.startExecDetached(id);
}

/** GET /exec/:id/json */
export async function inspectExec(engine: Engine, id: string) {
  const exec = await findExec(engine, id);
  const [entrypoint = "", ...args] = exec.process.args;
  const flags = remembered.get(id);
  return {
    ID: exec.id,
    Running: exec.isRunning,
    ExitCode: exec.exitCode,
    ProcessConfig: {
      tty: exec.process.tty,
      entrypoint,
      arguments: args,
      privileged: exec.process.privileged,
      ...(exec.process.user === "" ? {} : { user: exec.process.user }),
    },
    OpenStdin: exec.process.openStdin,
    OpenStderr: flags?.stderr ?? true,
    OpenStdout: flags?.stdout ?? true,
    CanRemove: false,
    ContainerID: exec.containerId,
    DetachKeys: "",
    Pid: exec.pid,
  };
}

function execEnv(container: string[], given: string[], tty: boolean): string[] {
  const values = new Map(container.map((entry) => [nameOf(entry), entry]));
  if (tty && !values.has("TERM")) values.set("TERM", "TERM=xterm");
  for (const entry of given) {
    if (entry === "" || entry.startsWith("=") || entry.includes("\0")) {
      throw new VicError("invalid", `invalid environment variable: ${entry}`);
    }
    if (entry.includes("=")) values.set(nameOf(entry), entry);
    else values.delete(entry);
  }
  return [...values.values()];
}

function nameOf(entry: string): string {
  return entry.split("=", 1)[0]!;
}

function consoleSize(body: Fields): [number, number] | undefined {
  const size = body.value("ConsoleSize");
  if (!Array.isArray(size) || size.length !== 2) return undefined;
  const [rows, columns] = size.map(Number);
  const isFine = (n: number | undefined) => Number.isInteger(n) && n! > 0 && n! <= 0xffff;
  return isFine(rows) && isFine(columns) ? [rows!, columns!] : undefined;
}

function remember(id: string, flags: ExecFlags): void {
  if (remembered.size >= rememberedMax) remembered.delete(remembered.keys().next().value!);
  remembered.set(id, flags);
}

function stdoutFrame(bytes: Uint8Array): Uint8Array {
  return stdcopyFrame(1, bytes);
}

function notRunning(id: string): VicError {
  return new VicError("conflict", `container ${id} is not running`);
}
