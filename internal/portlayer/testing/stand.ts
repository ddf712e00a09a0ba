/** Helpers of the tests: guests that behave like the tether, without a VM. */
import { keys, type ContainerConfig, type GuestState, type Health } from "../../guest/config.ts";
import type { ProbeNews } from "../../guest/control.ts";
import type { ByteStream, Handlers } from "../../guest/mux.ts";
import { Mux } from "../../guest/mux.ts";
import { memoryPair } from "../../guest/testing.ts";
import { VicError } from "../../errors/errors.ts";
import type { CreateContainer } from "../api/types.ts";
import type { Engine } from "../exec/engine.ts";

/** What the fake guest needs of a machine of vic-host. */
export interface GuestMachine {
  readonly guestInfo: Map<string, string>;
  readonly events: {
    exited(reason: "guest" | "host" | "crash", detail: string): void;
    guestInfo(key: string, value: string): void;
  };
  powerOff(): Promise<void>;
}

/** How a guest's process behaves. */
export interface Script {
  /** Why it cannot be started. */
  failure?: { error: string; exitCode: number };
  /** Written to every attached client at the start. */
  output?: string;
  /** Ends by itself with this; otherwise it waits for a signal. */
  exitCode?: number;
  /** Ignores every signal but SIGKILL. */
  isStubborn?: boolean;
  /** Of its health check, at the start. */
  health?: Health;
  /** Hangs before the process is started. */
  neverRuns?: boolean;
}

/** One boot of a container VM, as the tether would do it. */
export class FakeGuest {
  config: ContainerConfig;
  script: Script = {};
  readonly received: Buffer[] = [];
  /** What the last `limit` call asked for. */
  limited: unknown;
  /** An attached client's input has ended. */
  isInputEnded = false;
  readonly #machine: GuestMachine;
  readonly #ended = Promise.withResolvers<number>();
  readonly #released = Promise.withResolvers<void>();
  #mux: Mux | undefined;
  #probes: ByteStream | undefined;
  #startedAt = "";
  #phase: "held" | "running" | "exited" | "failed" = "held";

  /** `config`: what it knows of itself; a spare VM's guest knows its `control` only. */
  constructor(machine: GuestMachine, config: Pick<ContainerConfig, "control">) {
    this.#machine = machine;
    this.config = { id: "", run: 0, ...config } as ContainerConfig;
  }

  /** Connects and runs the process to its end. */
  async boot(engine: Engine): Promise<void> {
    const { failure, exitCode, neverRuns } = this.script;
    if (failure) {
      this.#phase = "failed";
      this.#report({ phase: "failed", ...failure });
      this.#machine.events.exited("guest", "");
      return;
    }
    if (neverRuns) return;
    if (!this.#mux) this.connect(engine);
    if (this.config.hold) await this.#released.promise;
    this.#phase = "running";
    const startedAt = new Date().toISOString();
    const { health } = this.script;
    this.#startedAt = startedAt;
    this.#report({ phase: "running", startedAt, ...(health ? { health } : {}) });
    if (exitCode !== undefined) this.#ended.resolve(exitCode);
    const code = await this.#ended.promise;
    this.#phase = "exited";
    const finishedAt = new Date().toISOString();
    this.#report({ phase: "exited", startedAt, finishedAt, exitCode: code });
    await this.#mux?.flush().catch(() => {});
    this.#mux?.close();
    this.#machine.events.exited("guest", "");
  }

  get isConnected(): boolean {
    return this.#mux !== undefined;
  }

  /** The port layer wants to know of probes. */
  get hasProbesReader(): boolean {
    return this.#probes !== undefined;
  }

  /** Tells of a run of its health check, or writes what a bad guest would. */
  probed(news: ProbeNews | string): void {
    const line = typeof news === "string" ? news : JSON.stringify(news);
    void this.#probes?.write(Buffer.from(`${line}\n`));
  }

  /** Its health check has another status. */
  healthChanged(health: Health): void {
    this.#report({ phase: "running", startedAt: this.#startedAt, health });
  }

  /** Opens the control channel, also anew. */
  connect(engine: Engine): Mux {
    const [a, b] = memoryPair();
    const { id, run } = this.config;
    const hello = { id, run, version: "test", phase: this.#phase };
    this.#mux = new Mux(b, { side: "tether", hello, handlers: this.#handlers() });
    const appliance = new Mux(a, { side: "appliance" });
    void appliance.hello.then((said) =>
      engine.connected(appliance, said, this.config.control.name),
    );
    return this.#mux;
  }

  /** Its VM has gone. */
  hangUp(): void {
    this.#mux?.close();
  }

  #report(state: Omit<GuestState, "run">): void {
    const text = JSON.stringify({ run: this.config.run, ...state });
    this.#machine.events.guestInfo(keys.state, text);
  }

  #handlers(): Handlers {
    return {
      start: async () => {
        this.#released.resolve();
        return {};
      },
      attach: async (params, stream) => {
        if (this.script.output) await stream.write(Buffer.from(this.script.output));
        if (params.stdin) {
          for await (const bytes of stream.readable) this.received.push(Buffer.from(bytes));
          this.isInputEnded = true;
        }
        return { exitCode: await this.#ended.promise };
      },
      signal: async ({ signal }) => {
        if (signal === "SIGKILL") this.#ended.resolve(137);
        else if (!this.script.isStubborn) this.#ended.resolve(143);
        return {};
      },
      exec: async ({ process }, stream) => {
        if (process.args[0] === "nope")
          throw new VicError("invalid", "nope: not found", { detail: { exitCode: 127 } });
        for await (const bytes of stream.readable) await stream.write(bytes);
        return { exitCode: 4 };
      },
      health: async () => ({ status: "healthy", failingStreak: 0, log: [] }),
      probes: async (_, stream) => {
        this.#probes = stream;
        await this.#ended.promise;
        return {};
      },
      limit: async (params) => {
        this.limited = params;
        return {};
      },
      execInfo: async () => ({ running: true, pid: 42, exitCode: null }),
      resize: async () => ({}),
      logs: async (_, stream) => {
        if (this.script.output) await stream.write(Buffer.from(this.script.output));
        return {};
      },
    };
  }
}

/** A request for a container of image `sha256:test`. */
export function createRequest(
  name: string,
  more: Partial<CreateContainer["record"]> = {},
): CreateContainer {
  return {
    id: Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex"),
    record: {
      name,
      imageId: "sha256:test",
      imageName: "busybox",
      labels: { team: "a" },
      autoRemove: false,
      restartPolicy: { name: "no", maximumRetryCount: 0 },
      docker: { config: { a: 1 }, hostConfig: {} },
      ...more,
    },
    process: {
      args: ["sleep", "1"],
      env: ["PATH=/bin"],
      cwd: "/",
      user: "",
      tty: false,
      openStdin: true,
      stdinOnce: true,
    },
    hostname: name,
    domainname: "",
    stopSignal: "SIGTERM",
    stopTimeoutSeconds: 10,
    cpus: 1,
    memoryMiB: 126,
    sandbox: {
      privileged: false,
      capAdd: [],
      capDrop: [],
      readOnlyRootfs: false,
      ulimits: [],
      sysctls: {},
      shmSizeBytes: 0,
      init: false,
      oomScoreAdj: 0,
      groupAdd: [],
      pidsLimit: 0,
    },
    tmpfs: [],
    dns: { nameservers: [], search: [], options: [] },
    extraHosts: [],
    log: { maxBytes: 0, maxFiles: 1 },
    networks: [{ name: "bridge", aliases: [] }],
    ports: [],
  };
}
