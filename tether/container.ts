/** The container this VM is: its state, its process and the execs in it. What calls do is in calls.ts. */
import { setTimeout as sleep } from "node:timers/promises";
import { VicError } from "../internal/errors/errors.ts";
import type {
  ContainerConfig,
  GuestState,
  Health,
  ProcessConfig,
} from "../internal/guest/config.ts";
import type { Hello, ProbeNews } from "../internal/guest/control.ts";
import { setFrozen } from "./cgroup.ts";
import { HealthMonitor } from "./health.ts";
import type { LogWriter } from "./log/writer.ts";
import { readInRoot } from "./disk/read-in-root.ts";
import { processSpec } from "./oci/spec.ts";
import { resolveUser, type ResolvedUser } from "./oci/user.ts";
import { Output } from "./output.ts";
import { probe } from "./probe.ts";
import type { Process } from "./process.ts";
import type { Runtime } from "./runtime.ts";
import type { Exit } from "./sys/reaper.ts";

/** Docker's exit code for a container that could not be started for another reason than its command. */
const otherFailure = 128;
/** Execs remembered, running ones included. */
const execsMax = 256;

/** A further process, remembered after its end. */
export interface Exec {
  process: Process | undefined;
  exitCode: number | undefined;
  /** Size asked for before the process was there. */
  size: [number, number] | undefined;
}

/** Everything calls need to know. The life cycle fills it in. */
export class Container {
  readonly config: ContainerConfig;
  readonly runtime: Runtime;
  /** Of the container's own process; clients may join before there is one. */
  readonly output = new Output();
  /** Resolved by the `start` call. */
  readonly released = Promise.withResolvers<void>();
  /** Resolves when the process exists, if it does not run yet; rejects when it cannot be started. */
  readonly created = Promise.withResolvers<Process>();
  /** Resolves when the process runs; rejects when it cannot be started. */
  readonly started = Promise.withResolvers<void>();
  /** Resolves when the process has ended and all its output was delivered; rejects when it never started. */
  readonly ended = Promise.withResolvers<Exit>();
  readonly log = Promise.withResolvers<LogWriter>();
  readonly execs = new Map<string, Exec>();
  phase: Hello["phase"] = "held";
  isPaused = false;
  /** Tells the outside that {@link Container.isPaused} changed; resolves when that is stored. */
  reportPause: () => Promise<void> = async () => {};
  process: Process | undefined;
  /** There when the container has a health check and runs. */
  health: HealthMonitor | undefined;
  /** Told of every run of the health check. */
  readonly probeListeners = new Set<(news: ProbeNews) => void>();
  rootPath = "";
  size: [number, number] | undefined;

  constructor(config: ContainerConfig, runtime: Runtime) {
    this.config = config;
    this.runtime = runtime;
    this.size = config.process.consoleSize;
    // A failure is reported by the life cycle, whether or not a call waits for it.
    for (const { promise } of [this.released, this.created, this.started, this.ended, this.log])
      (promise as Promise<unknown>).catch(() => {});
  }

  /** Nobody needs to wait any longer. */
  fail(error: VicError): void {
    this.phase = "failed";
    for (const deferred of [this.created, this.started, this.ended, this.log])
      deferred.reject(error);
  }

  /** Who a process runs as, by the container's own files. */
  user(process: ProcessConfig): ResolvedUser {
    return resolveUser(
      process.user,
      readInRoot(this.rootPath, "/etc/passwd"),
      readInRoot(this.rootPath, "/etc/group"),
      this.config.sandbox.groupAdd,
    );
  }

  /** The process when it runs; `conflict` otherwise. */
  running(): Process {
    if (this.phase !== "running" || this.process === undefined || !this.process.isRunning)
      throw new VicError("conflict", `container ${this.config.id} is not running`);
    return this.process;
  }

  /** Holds all processes, or lets them go on. `conflict` when it is so already. */
  async setPaused(isPaused: boolean): Promise<void> {
    this.running();
    if (this.isPaused === isPaused) {
      const state = isPaused ? "already paused" : "not paused";
      throw new VicError("conflict", `container ${this.config.id} is ${state}`);
    }
    this.isPaused = isPaused;
    try {
      await setFrozen(isPaused);
    } catch (error) {
      this.isPaused = !isPaused;
      throw error;
    }
    await this.reportPause();
  }

  /** Runs the health check until `signal`; `changed` is told of every new status. */
  watchHealth(changed: (health: Health) => void, signal: AbortSignal): void {
    const config = this.config.healthcheck;
    if (config === undefined) return;
    this.health = new HealthMonitor({
      config,
      changed,
      probe: (over) => probe(this, config.args, over),
      isPaused: () => this.isPaused,
      pause: (ms, over) => sleep(ms, undefined, { signal: over }),
      clock: () => performance.now(),
    });
    void this.health.run(signal);
  }

  /** An exec that is known. */
  exec(id: string): Exec {
    const exec = this.execs.get(id);
    if (exec === undefined) throw new VicError("not-found", `no such exec instance: ${id}`);
    return exec;
  }

  /** Starts a further process. `attach` is called before it runs, so that it misses nothing. */
  async startExec(
    id: string,
    config: ProcessConfig,
    attach: (output: Output) => void,
  ): Promise<Process> {
    this.running();
    if (this.execs.has(id)) throw new VicError("conflict", `exec ${id} was started already`);
    this.#forgetOldExecs();
    const exec: Exec = { process: undefined, exitCode: undefined, size: undefined };
    this.execs.set(id, exec);
    try {
      const user = this.user(config);
      const { sandbox, hostname } = this.config;
      const output = new Output();
      attach(output);
      const process = await this.runtime.exec(processSpec(config, user, sandbox, hostname), {
        command: config.args[0] ?? "",
        tty: config.tty,
        openStdin: config.openStdin,
        user,
        output,
      });
      exec.process = process;
      if (exec.size !== undefined) process.resize(...exec.size);
      void process.exited.then(({ code }) => (exec.exitCode = code));
      return process;
    } catch (error) {
      const failure = VicError.from(error);
      const { exitCode } = failure.detail;
      exec.exitCode = typeof exitCode === "number" ? exitCode : otherFailure;
      throw failure;
    }
  }

  #forgetOldExecs(): void {
    for (const [id, exec] of this.execs) {
      if (this.execs.size < execsMax) return;
      if (exec.exitCode !== undefined) this.execs.delete(id);
    }
    if (this.execs.size >= execsMax)
      throw new VicError("exhausted", `more than ${execsMax} execs run at once in this container`);
  }
}

/** The final state of a run that could not begin. */
export function failedState(run: number, finishedAt: string, error: VicError): GuestState {
  const { exitCode } = error.detail;
  return {
    run,
    phase: "failed",
    finishedAt,
    exitCode: typeof exitCode === "number" ? exitCode : otherFailure,
    error: error.text,
  };
}
