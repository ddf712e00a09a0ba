/** Further processes in running containers (`docker exec`). They live in memory only, as in Docker. */
import { VicError } from "../../errors/errors.ts";
import type { Call } from "../../guest/mux.ts";
import type { Attach, CreateExec, Exec } from "../api/types.ts";
import type { EventRing } from "../events/ring.ts";
import { logger } from "../log.ts";
import type { Connections } from "./connections.ts";
import type { Entry } from "./entry.ts";
import { publish } from "./parts.ts";

const log = logger("exec");
/** Kept for one container; ended ones make room. */
const execsMax = 1024;
const connectMs = 30_000;
/** Exit code of a command that could not be started when the tether gives none. */
const cannotStartCode = 126;

interface Instance {
  id: string;
  entry: Entry;
  process: CreateExec["process"];
  phase: "created" | "running" | "ended";
  exitCode: number | null;
}

/** A started exec: its streams, and its end. */
export interface StartedExec {
  call: Call<"exec">;
  tty: boolean;
}

/** See the file's head. */
export class Execs {
  readonly #byId = new Map<string, Instance>();
  readonly #connections: Connections;
  readonly #events: EventRing;

  constructor(connections: Connections, events: EventRing) {
    this.#connections = connections;
    this.#events = events;
  }

  /** Ids of a container's instances that have not ended. */
  idsOf(containerId: string): string[] {
    return this.#of(containerId)
      .filter((exec) => exec.phase !== "ended")
      .map((exec) => exec.id);
  }

  create(entry: Entry, create: CreateExec): string {
    if (!entry.isRunning) throw notRunning(entry);
    const all = this.#of(entry.id);
    if (all.length >= execsMax) {
      const ended = all.find((exec) => exec.phase === "ended");
      if (!ended) throw new VicError("exhausted", `${execsMax} execs in this container`);
      this.#byId.delete(ended.id);
    }
    const id = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex");
    const { process } = create;
    this.#byId.set(id, { id, entry, process, phase: "created", exitCode: null });
    this.#publish("exec_create", id, entry, process.args);
    return id;
  }

  /** State of an instance; the pid is asked of the tether. */
  async get(id: string): Promise<Exec> {
    const { entry, process, phase, exitCode } = this.#find(id);
    const mux = this.#connections.get(entry.id, entry.facts.config.run);
    const info =
      phase === "running" && mux
        ? await mux.call("execInfo", { execId: id }).result.catch(() => undefined)
        : undefined;
    const isRunning = phase === "running" && (info?.running ?? true);
    return {
      id,
      containerId: entry.id,
      process,
      isRunning,
      exitCode: info?.exitCode ?? exitCode,
      pid: info?.pid ?? 0,
    };
  }

  /** Starts an instance, once. The caller must read its stream to the end: the process waits for that. */
  async start(id: string, streams: Attach): Promise<StartedExec> {
    const exec = this.#find(id);
    const { entry } = exec;
    if (!entry.isRunning) throw notRunning(entry);
    if (exec.phase !== "created")
      throw new VicError("conflict", `exec command ${id} has already run`);
    exec.phase = "running";
    try {
      const { run } = entry.facts.config;
      const mux = await this.#connections.until(entry.id, run, connectMs);
      const { privileged, ...process } = exec.process;
      const params = { execId: id, process: { ...process, privileged }, ...streams };
      const call = mux.call("exec", params);
      this.#publish("exec_start", id, entry, process.args);
      void call.result.then(
        ({ exitCode }) => this.#ended(exec, exitCode),
        (error: unknown) => this.#failed(exec, VicError.from(error)),
      );
      return { call, tty: process.tty };
    } catch (error) {
      exec.phase = "created";
      throw error;
    }
  }

  async resize(id: string, rows: number, columns: number): Promise<void> {
    const { entry, phase } = this.#find(id);
    if (phase !== "running") throw new VicError("conflict", `exec ${id} is not running`);
    const mux = this.#connections.get(entry.id, entry.facts.config.run);
    if (!mux) throw notRunning(entry);
    await mux.call("resize", { execId: id, rows, columns }).result;
  }

  /** The container stopped: its instances are over. */
  forget(containerId: string): void {
    for (const { id } of this.#of(containerId)) this.#byId.delete(id);
  }

  #of(containerId: string): Instance[] {
    return [...this.#byId.values()].filter((exec) => exec.entry.id === containerId);
  }

  #find(id: string): Instance {
    const exec = this.#byId.get(id);
    if (!exec) throw new VicError("not-found", `No such exec instance: ${id}`);
    return exec;
  }

  #ended(exec: Instance, exitCode: number): void {
    exec.phase = "ended";
    exec.exitCode = exitCode;
    this.#publish("exec_die", exec.id, exec.entry, exec.process.args, String(exitCode));
  }

  /** As in Docker what never ran does not die. */
  #failed(exec: Instance, error: VicError): void {
    const code = error.detail["exitCode"];
    if (typeof code === "number") {
      exec.phase = "ended";
      exec.exitCode = code;
    } else this.#ended(exec, cannotStartCode);
    log.info(`${exec.entry.name}: exec: ${error.text}`);
  }

  #publish(
    action: "exec_create" | "exec_start" | "exec_die",
    execId: string,
    entry: Entry,
    args: string[],
    exitCode?: string,
  ): void {
    const more = exitCode === undefined ? { command: commandText(args) } : { exitCode };
    publish({ events: this.#events }, entry, action, { execID: execId, ...more });
  }
}

/** A command as events show it, with Docker's blank behind one that has no arguments. */
export function commandText([program = "", ...args]: string[]): string {
  return `${program} ${args.join(" ")}`;
}

function notRunning(entry: Entry): VicError {
  return new VicError("conflict", `container ${entry.id} is not running`);
}
