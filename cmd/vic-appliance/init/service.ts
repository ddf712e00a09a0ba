import { existsSync, rmSync } from "node:fs";
import type { LogFile } from "./log-file.ts";

const firstBackOffMs = 1_000;
const longestBackOffMs = 30_000;
/** A service that ran this long starts over with the shortest back-off. */
const healthyMs = 60_000;
const stopGraceMs = 20_000;

/** How a service is started and where it shows that it serves. */
export interface ServiceOptions {
  name: string;
  argv: string[];
  env: Record<string, string>;
  /** The service creates it once it serves. */
  readyFile: string;
  log: LogFile;
  /** Called whenever {@link ServiceProcess.status} or {@link ServiceProcess.restarts} changed. */
  onChange: () => void;
  backOffMs?: { first: number; longest: number };
}

/** Keeps one service running until it is stopped. */
export class ServiceProcess {
  /** "" while it starts, "true" once it serves, otherwise why it does not. */
  status = "";
  restarts = 0;
  readonly #options: ServiceOptions;
  readonly #stopping = new AbortController();
  #child: Bun.Subprocess<"ignore", "pipe", "pipe"> | undefined;
  #loop: Promise<void> | undefined;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** The last lines it wrote. */
  get tail(): string[] {
    return this.#options.log.tail;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Looks whether the ready file is there; call it when the folder that holds it changed. */
  checkReady(): void {
    if (this.#child === undefined || this.status === "true") return;
    if (existsSync(this.#options.readyFile)) this.#setStatus("true");
  }

  /** SIGTERM, then SIGKILL when it takes too long; resolves when the process is gone. */
  async stop(graceMs = stopGraceMs): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    child?.kill("SIGTERM");
    const timer = setTimeout(() => child?.kill("SIGKILL"), graceMs);
    await this.#loop;
    clearTimeout(timer);
  }

  async #run(): Promise<void> {
    const limits = this.#options.backOffMs ?? { first: firstBackOffMs, longest: longestBackOffMs };
    let backOffMs = limits.first;
    while (!this.#stopping.signal.aborted) {
      const started = performance.now();
      const outcome = await this.#runOnce().catch((error: unknown) => String(error));
      if (this.#stopping.signal.aborted) return this.#setStatus("stopped");
      if (performance.now() - started > healthyMs) backOffMs = limits.first;
      this.#setStatus([outcome, ...this.#options.log.tail.slice(-1)].join(": "));
      await this.#pause(backOffMs);
      backOffMs = Math.min(backOffMs * 2, limits.longest);
      if (this.#stopping.signal.aborted) return;
      this.restarts += 1;
    }
  }

  /** Starts the process and says how it ended. */
  async #runOnce(): Promise<string> {
    const { argv, env, readyFile, log } = this.#options;
    rmSync(readyFile, { force: true });
    const child = Bun.spawn(argv, { env, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
    this.#child = child;
    this.#setStatus("");
    // What the process leaves behind may hold the pipes open: their end is not waited for.
    for (const output of [child.stdout, child.stderr]) void copy(output, log);
    await child.exited;
    this.#child = undefined;
    return child.signalCode === null
      ? `exited with code ${child.exitCode}`
      : `was ended by ${child.signalCode}`;
  }

  #setStatus(status: string): void {
    this.status = status;
    this.#options.onChange();
  }

  #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#stopping.signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
    return promise;
  }
}

async function copy(output: ReadableStream<Uint8Array>, log: LogFile): Promise<void> {
  for await (const chunk of output) {
    try {
      log.write(chunk);
    } catch {
      // No room for the log: the service must not stop for that, nor block on a full pipe.
    }
  }
}
