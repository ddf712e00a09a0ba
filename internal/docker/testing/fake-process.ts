/** A container's process for tests: a child of this machine, with the streams and the log a tether would give it. */
import { Duplex } from "node:stream";
import type { LogEntry } from "../../guest/log-frame.ts";
import { stdcopyFrame } from "../../guest/stdcopy.ts";
import { onceEnded } from "../../http/ended.ts";
import { drained } from "../../http/send.ts";
import type { Attach, CreateContainer } from "../../portlayer/api/types.ts";

interface Client {
  stream: Duplex;
  streams: Attach;
}

/** Runs a process; clients may join before it starts. */
export class FakeProcess {
  readonly #spec: CreateContainer["process"];
  readonly log: LogEntry[] = [];
  readonly #clients = new Set<Client>();
  readonly #waiters = new Set<() => void>();
  #child: Bun.Subprocess | undefined;
  #terminal: Bun.Terminal | undefined;
  isRunning = false;
  exitCode: number | null = null;
  exited: Promise<number> = Promise.resolve(0);

  constructor(spec: CreateContainer["process"]) {
    this.#spec = spec;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts it; throws when the executable is missing. */
  start(): void {
    const { args, env, tty } = this.#spec;
    const common = { env: { ...toObject(env), PATH: process.env.PATH ?? "" }, cwd: "/" };
    this.exitCode = null;
    if (tty) {
      const [rows, cols] = this.#spec.consoleSize ?? [24, 80];
      let ended!: () => void;
      const end = new Promise<void>((done) => (ended = done));
      const child = Bun.spawn(args, {
        ...common,
        terminal: {
          rows,
          cols,
          data: (_terminal, chunk) => void this.#output(1, Uint8Array.from(chunk)),
          exit: () => ended(),
        },
      });
      this.#child = child;
      this.#terminal = child.terminal;
      this.#finish(this.#child.exited, [end]);
      for (const client of this.#clients) this.#feed(client);
    } else {
      const stdin = this.#spec.openStdin ? "pipe" : "ignore";
      const child = Bun.spawn(args, { ...common, stdin, stdout: "pipe", stderr: "pipe" });
      this.#child = child;
      const copies = [this.#pump(1, child.stdout), this.#pump(2, child.stderr)];
      this.#finish(child.exited, copies);
      for (const client of this.#clients) this.#feed(client);
    }
    this.isRunning = true;
  }

  /** A client's stream. */
  attach(streams: Attach, stream: Duplex): void {
    const client = { stream, streams };
    this.#clients.add(client);
    stream.on("error", () => {});
    stream.once("close", () => this.#clients.delete(client));
    if (this.isRunning) this.#feed(client);
  }

  /** Lets clients that still wait go. */
  close(): void {
    for (const { stream } of this.#clients) stream.end();
  }

  kill(signal: string): void {
    const name = /^\d+$/.test(signal) ? Number(signal) : (signal as NodeJS.Signals);
    this.#child?.kill(name);
  }

  resize(rows: number, columns: number): void {
    this.#terminal?.resize(columns, rows);
  }

  /** Resolves when the log grows or the process ends. */
  changed(): Promise<void> {
    return new Promise((done) => this.#waiters.add(done));
  }

  #feed(client: Client): void {
    const { stream } = client;
    if (!client.streams.stdin) return void stream.resume();
    const sink = this.#child?.stdin as Bun.FileSink | undefined;
    stream.on("data", (chunk: Uint8Array) => {
      if (this.#terminal) return void this.#terminal.write(chunk);
      if (!sink) return;
      void sink.write(chunk);
      stream.pause();
      Promise.resolve(sink.flush())
        .catch(() => {})
        .finally(() => stream.resume());
    });
    onceEnded(stream, () => {
      if (!this.#terminal && this.#spec.stdinOnce) Promise.resolve(sink?.end()).catch(() => {});
    });
    stream.resume();
  }

  async #pump(stream: 1 | 2, from: ReadableStream<Uint8Array>): Promise<void> {
    for await (const chunk of from) {
      const full = this.#output(stream, chunk);
      await Promise.all(full.map(drained));
    }
  }

  /** Gives a chunk to everybody; returns the streams that are full. */
  #output(stream: 1 | 2, chunk: Uint8Array): Duplex[] {
    const timeNs = BigInt(Date.now()) * 1_000_000n;
    for (let at = 0; at < chunk.length && this.log.length < 10_000;) {
      const newline = chunk.indexOf(10, at);
      const end = Math.min(newline < 0 ? chunk.length : newline + 1, at + 16 * 1024);
      const bytes = chunk.slice(at, end);
      this.log.push({ timeNs, stream, isPartial: bytes.at(-1) !== 10, bytes });
      at = end;
    }
    this.#wake();
    const full: Duplex[] = [];
    for (const { stream: client, streams } of this.#clients) {
      if (stream === 1 ? !streams.stdout : !streams.stderr) continue;
      if (client.destroyed || client.writableEnded) continue;
      if (!client.write(this.#spec.tty ? chunk : stdcopyFrame(stream, chunk))) full.push(client);
    }
    return full;
  }

  #finish(exited: Promise<number>, copies: Promise<unknown>[]): void {
    this.exited = (async () => {
      const code = await exited;
      await Promise.all(copies);
      this.isRunning = false;
      this.exitCode = this.#child?.signalCode ? 128 + signalNumber(this.#child) : code;
      for (const { stream } of this.#clients) stream.end();
      this.#terminal?.close();
      this.#terminal = undefined;
      this.#wake();
      return this.exitCode;
    })();
  }

  #wake(): void {
    for (const done of this.#waiters) done();
    this.#waiters.clear();
  }
}

function signalNumber(child: Bun.Subprocess): number {
  const numbers: Record<string, number> = { SIGKILL: 9, SIGTERM: 15, SIGINT: 2, SIGHUP: 1 };
  return numbers[child.signalCode ?? ""] ?? 0;
}

function toObject(env: string[]): Record<string, string> {
  return Object.fromEntries(
    env.map((entry) => {
      const at = entry.indexOf("=");
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}
