/**
 * GuestInfo through VMware's backdoor (`vmware-rpctool` of open-vm-tools). The backdoor has no events, so keys that were
 * read before are polled. vmtoolsd, which this starts, answers the rest of VMware's toolbox: it reports addresses by
 * itself and runs shutdown, which tells PID 1 by signal.
 */
import { VicError } from "../errors/errors.ts";
import { ChangeFeed, EarlyBird } from "./change-feed.ts";
import type { GuestInfo, PowerRequest } from "./guestinfo.ts";

const pollFirstMs = 50;
const pollLastMs = 2_000;
const pollGrowth = 1.25;
const watchedMax = 32;
const toolsRestartMs = 5_000;

/** Runs one backdoor command. */
export type Rpc = (command: string) => Promise<{ isOk: boolean; text: string }>;

/** Signals by which busybox's and systemd's tools ask PID 1 for a power change. */
const powerSignals: Partial<Record<NodeJS.Signals, PowerRequest>> = {
  SIGUSR1: "shutdown",
  SIGUSR2: "shutdown",
  SIGPWR: "shutdown",
  SIGINT: "reboot",
  SIGTERM: "reboot",
};

/** See the file's head. */
export class RpcGuestInfo implements GuestInfo {
  readonly #rpc: Rpc;
  readonly #watched = new Map<string, string | undefined>();
  readonly #changes = new ChangeFeed();
  readonly #power = new EarlyBird<PowerRequest>();
  #isClosed = false;
  #delayMs = pollFirstMs;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(rpc: Rpc) {
    this.#rpc = rpc;
    for (const [signal, request] of Object.entries(powerSignals))
      process.on(signal, () => this.#power.emit(request));
  }

  async get(key: string): Promise<string | undefined> {
    const value = await this.#read(key);
    if (this.#watched.size < watchedMax || this.#watched.has(key)) this.#watched.set(key, value);
    return value;
  }

  async set(key: string, value: string): Promise<void> {
    // vSphere removes keys with an empty value.
    const { isOk, text } = await this.#rpc(`info-set ${key} ${value}`);
    if (!isOk) throw new VicError("forbidden", `cannot set ${key}: ${text}`);
    if (this.#watched.has(key)) this.#watched.set(key, value === "" ? undefined : value);
  }

  /** There is no such question; the real time clock is right to the second. */
  async time(): Promise<undefined> {}

  async freeze(): Promise<undefined> {
    // Returns in the clones, where nothing is known of what the keys were.
    const { isOk, text } = await this.#rpc("instantclone.freeze");
    if (!isOk) throw new VicError("unsupported", `the VM cannot be frozen: ${text}`);
    this.#delayMs = pollFirstMs;
  }

  changes(): AsyncIterable<string[]> {
    const iterator = this.#changes.subscribe();
    this.#poll();
    return iterator;
  }

  reportNics(): void {}

  reportPorts(): void {}

  onPower(handler: (request: PowerRequest) => void): void {
    this.#power.on(handler);
  }

  serve(): void {}

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#changes.close();
  }

  #poll(): void {
    if (this.#isClosed || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      void this.#look().finally(() => {
        this.#timer = undefined;
        this.#poll();
      });
    }, this.#delayMs);
  }

  async #look(): Promise<void> {
    const changed: string[] = [];
    for (const [key, old] of this.#watched) {
      const value = await this.#read(key).catch(() => old);
      // A `set` may have come in between.
      if (value === old || this.#watched.get(key) !== old) continue;
      this.#watched.set(key, value);
      changed.push(key);
    }
    this.#delayMs =
      changed.length > 0 ? pollFirstMs : Math.min(this.#delayMs * pollGrowth, pollLastMs);
    if (changed.length > 0) this.#changes.publish(changed);
  }

  async #read(key: string): Promise<string | undefined> {
    const { isOk, text } = await this.#rpc(`info-get ${key}`);
    return isOk && text !== "" ? text : undefined;
  }
}

/** Starts a program; PID 1 passes its own, because it must know its children. */
export type Spawn = (
  argv: string[],
  onText: "stdout" | "none",
) => Promise<{ code: number; text: string }>;

/** Starts a program the plain way. */
export const plainSpawn: Spawn = async (argv, onText) => {
  const stdout = onText === "stdout" ? "pipe" : "ignore";
  const child = Bun.spawn(argv, { stdin: "ignore", stdout, stderr: "ignore" });
  const text = child.stdout instanceof ReadableStream ? await child.stdout.text() : "";
  return { code: await child.exited, text };
};

/** The real backdoor. Also starts vmtoolsd, and again whenever it ends. */
export function rpctool(spawn: Spawn): Rpc {
  const runTools = async (): Promise<void> => {
    // Where it is not installed guestinfo works without it.
    await spawn(["vmtoolsd"], "none").catch(() => {});
    setTimeout(() => void runTools(), toolsRestartMs).unref();
  };
  void runTools();
  return async (command) => {
    const { code, text } = await spawn(["vmware-rpctool", command], "stdout");
    return { isOk: code === 0, text: text.replace(/\n$/, "") };
  };
}
