import type { Socket } from "node:net";
import { VicError } from "../../errors/errors.ts";
import { LineReader } from "../../guest/line-reader.ts";
import { dialUntil } from "./dial.ts";

/** Longest message of QEMU. */
const lineMaxBytes = 8 * 1024 * 1024;
/** Commands sent and not yet answered. */
const pendingMax = 256;
/** An answer later than this means that QEMU hangs. */
const timeoutDefaultMs = 20_000;
/** What the next commands get while it hangs: an operation of many commands must end too. */
const timeoutHungMs = 1_000;

/** Something that happened in QEMU. */
export interface QmpEvent {
  event: string;
  data: Record<string, unknown>;
}

interface Pending {
  command: string;
  fulfil: (value: unknown) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

interface Answer {
  id?: number;
  return?: unknown;
  error?: { class: string; desc: string };
  event?: string;
  data?: Record<string, unknown>;
}

/**
 * A connection to QEMU's monitor. QEMU serves one at a time and outlives it, so a new vic-host connects again.
 *
 * @example await using qmp = await Qmp.connect(path, signal); await qmp.execute("query-status");
 */
export class Qmp {
  /** Fulfils when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #timeoutMs: number;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(event: QmpEvent) => void>();
  #lastId = 0;
  #isClosed = false;
  #isHung = false;
  /** Called when a QEMU that hung answers again: commands that were given up on may have been carried out. */
  onRecovery: (() => void) | undefined;

  private constructor(socket: Socket, timeoutMs: number) {
    this.#socket = socket;
    this.#timeoutMs = timeoutMs;
    const lines = new LineReader(lineMaxBytes);
    this.closed = new Promise((fulfil) => {
      socket.once("close", () => {
        this.#isClosed = true;
        this.#rejectAll(new VicError("unavailable", "the virtual machine's process went away"));
        fulfil();
      });
    });
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      for (const line of lines.push(chunk)) this.#receive(line);
    });
  }

  /** Waits for the socket to appear, then shakes hands; the signal ends both. `timeoutMs` is for each command. */
  static async connect(
    path: string,
    signal: AbortSignal,
    timeoutMs: number = timeoutDefaultMs,
  ): Promise<Qmp> {
    const qmp = new Qmp(await dialUntil(path, signal), timeoutMs);
    const abort = () => qmp.close();
    signal.addEventListener("abort", abort, { once: true });
    try {
      await qmp.execute("qmp_capabilities");
      return qmp;
    } catch (error) {
      qmp.close();
      throw error;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  /** Runs a command and returns its value. Rejects `unavailable` when QEMU does not answer in time. */
  execute(
    command: string,
    parameters: object = {},
    timeoutMs: number = this.#timeoutMs,
  ): Promise<unknown> {
    if (this.#isClosed) {
      return Promise.reject(new VicError("unavailable", `${command}: the connection is closed`));
    }
    if (this.#pending.size >= pendingMax) {
      return Promise.reject(new VicError("exhausted", `${command}: too many commands wait`));
    }
    const id = ++this.#lastId;
    const limitMs = this.#isHung ? Math.min(timeoutMs, timeoutHungMs) : timeoutMs;
    return new Promise((fulfil, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        this.#isHung = true;
        const text = `the virtual machine's process does not answer (${command}, ${limitMs} ms)`;
        reject(new VicError("unavailable", text, { detail: { isTimeout: true } }));
      }, limitMs);
      this.#pending.set(id, { command, fulfil, reject, timer });
      this.#socket.write(`${JSON.stringify({ execute: command, arguments: parameters, id })}\n`);
    });
  }

  /** Runs a command of the human monitor and returns what it prints. */
  async human(commandLine: string): Promise<string> {
    const parameters = { "command-line": commandLine };
    return String(await this.execute("human-monitor-command", parameters));
  }

  /** Calls `listener` for every event until the returned function is called. */
  listen(listener: (event: QmpEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await this.closed;
  }

  #receive(line: string): void {
    if (this.#isHung) {
      this.#isHung = false;
      this.onRecovery?.();
    }
    let answer: Answer;
    try {
      answer = JSON.parse(line) as Answer;
    } catch {
      this.#socket.destroy();
      return;
    }
    if (answer.event !== undefined) {
      const event = { event: answer.event, data: answer.data ?? {} };
      for (const listener of this.#listeners) listener(event);
      return;
    }
    const pending = answer.id === undefined ? undefined : this.#pending.get(answer.id);
    if (!pending) return;
    this.#pending.delete(answer.id!);
    clearTimeout(pending.timer);
    if (!answer.error) return pending.fulfil(answer.return);
    const { class: kind, desc } = answer.error;
    const code = kind === "DeviceNotFound" ? "not-found" : "conflict";
    pending.reject(new VicError(code, `${pending.command}: ${desc}`, { detail: { qmp: kind } }));
  }

  #rejectAll(error: VicError): void {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#pending.clear();
  }
}
