/** Answers the port layer's calls (internal/guest/control.ts). Parameters come over the wire: nothing in them is trusted. */
import { totalmem } from "node:os";
import { VicError } from "../internal/errors/errors.ts";
import type { ProcessConfig } from "../internal/guest/config.ts";
import type { AttachParams, LogParams, ProbeNews } from "../internal/guest/control.ts";
import { respond } from "../internal/guest/files/requests.ts";
import { readLog } from "../internal/guest/log-files.ts";
import type { ByteStream, Handlers } from "../internal/guest/mux.ts";
import { stdcopyFrame } from "../internal/guest/stdcopy.ts";
import { readStats } from "./cgroup.ts";
import { held } from "./hold.ts";
import { containerMemoryBytes, setLimits } from "./limits.ts";
import type { Container } from "./container.ts";
import type { Output } from "./output.ts";
import type { Process } from "./process.ts";
import { listProcesses } from "./processes.ts";
import { logFolder, overlayParts } from "./disk/rootfs.ts";
import { signalNumber } from "./sys/libc.ts";

const sizeMax = 0xffff;
/** News of probes that wait for one caller. */
const probeNewsMax = 256;

/** The handlers for a container. */
export function callHandlers(container: Container): Handlers {
  return {
    start: async () => {
      container.released.resolve();
      await container.started.promise;
      return {};
    },
    attach: (params, stream, signal) => attach(container, params, stream, signal),
    exec: async ({ execId, process: config, ...streams }, stream, signal) => {
      checkProcess(config);
      const sink = joiner(streams, config.tty, stream, signal);
      const process = await container.startExec(execId, config, sink);
      if (streams.stdin) void feed(process, stream, true);
      else if (config.openStdin) process.endStdin();
      const { code } = await process.ended();
      return { exitCode: code };
    },
    execInfo: async ({ execId }) => {
      const { process, exitCode } = container.exec(execId);
      return {
        running: exitCode === undefined,
        pid: process?.pid ?? 0,
        exitCode: exitCode ?? null,
      };
    },
    resize: async ({ execId, rows, columns }) => {
      if (!isSize(rows) || !isSize(columns))
        throw new VicError("invalid", `no terminal size: ${rows} x ${columns}`);
      const target = execId === undefined ? container : container.exec(execId);
      target.size = [rows, columns];
      target.process?.resize(rows, columns);
      return {};
    },
    signal: async ({ execId, signal }) => {
      const number = signalNumber(signal);
      if (number === undefined) throw new VicError("invalid", `unknown signal ${signal}`);
      const process = execId === undefined ? container.running() : container.exec(execId).process;
      if (process === undefined || !process.signal(number))
        throw new VicError("conflict", "the process is not running");
      return {};
    },
    pause: async ({ isPaused }) => {
      await container.setPaused(isPaused);
      return {};
    },
    processes: async ({ args }) => {
      container.running();
      if (!isTexts(args)) throw new VicError("invalid", "the arguments of ps are texts");
      return listProcesses(args);
    },
    stats: async () => readStats(container.running().pid),
    health: async () => {
      container.running();
      if (container.health) return container.health.health;
      throw new VicError("not-found", "the container has no health check");
    },
    probes: (_, stream, signal) => tellProbes(container, stream, signal),
    limit: async ({ pidsLimit, limits }) => {
      container.running();
      setLimits(pidsLimit, limits, containerMemoryBytes(totalmem()));
      return {};
    },
    files: async (request, stream) => {
      const parts = { ...overlayParts(container.config.rootfs), root: container.rootPath };
      if (parts.root === "") throw new VicError("unavailable", "the container is starting");
      const send = async () => {
        const answer = respond(parts, request, stream.readable);
        for await (const bytes of answer) await stream.write(bytes);
      };
      await (request.kind === "layer" && request.hold ? held(container, send) : send());
      return {};
    },
    logs: async (params, stream, signal) => {
      checkLogParams(params);
      const log = await container.log.promise;
      const entries = readLog(logFolder, params, log.follower(signal));
      for await (const block of entries) await stream.write(block);
      return {};
    },
  };
}

/** News that the caller does not take in time are dropped. */
async function tellProbes(
  container: Container,
  stream: ByteStream,
  signal: AbortSignal,
): Promise<Record<string, never>> {
  let waiting = 0;
  const tell = (news: ProbeNews): void => {
    if (waiting >= probeNewsMax) return;
    waiting += 1;
    const written = stream.write(Buffer.from(`${JSON.stringify(news)}\n`));
    void written.catch(() => {}).finally(() => (waiting -= 1));
  };
  container.probeListeners.add(tell);
  const gone = new Promise<void>((done) => signal.addEventListener("abort", () => done()));
  await Promise.race([container.ended.promise.catch(() => {}), gone]);
  container.probeListeners.delete(tell);
  return {};
}

async function attach(
  container: Container,
  params: AttachParams,
  stream: ByteStream,
  signal: AbortSignal,
): Promise<{ exitCode: number }> {
  const { tty, openStdin, stdinOnce } = container.config.process;
  joiner(params, tty, stream, signal)(container.output);
  if (params.stdin && openStdin) {
    void container.created.promise.then(
      (process) => feed(process, stream, stdinOnce),
      () => {},
    );
  }
  const { code } = await container.ended.promise;
  return { exitCode: code };
}

/** Sends an output to a call's stream, framed unless there is a TTY, until the call ends. */
function joiner(
  params: AttachParams,
  tty: boolean,
  stream: ByteStream,
  signal: AbortSignal,
): (output: Output) => void {
  return (output) => {
    const leave = output.add((from, bytes) => {
      if (!(from === 1 ? params.stdout : params.stderr)) return Promise.resolve();
      return stream.write(tty ? bytes : stdcopyFrame(from, bytes));
    });
    signal.addEventListener("abort", leave, { once: true });
  };
}

/** A call's bytes to a process's input. `closes`: the input ends with the call's bytes, or with the call. */
async function feed(process: Process, stream: ByteStream, closes: boolean): Promise<void> {
  try {
    for await (const bytes of stream.readable) await process.write(bytes);
  } catch {
    // The caller has gone.
  }
  if (closes) process.endStdin();
}

function checkProcess(config: ProcessConfig): void {
  const isOne =
    isTexts(config?.args) &&
    config.args.length > 0 &&
    isTexts(config.env) &&
    typeof config.cwd === "string" &&
    typeof config.user === "string";
  if (!isOne) throw new VicError("invalid", "the exec names no command");
}

function isTexts(value: unknown): value is string[] {
  return (
    Array.isArray(value) && value.every((text) => typeof text === "string" && !text.includes("\0"))
  );
}

function checkLogParams({ tail, since, until }: LogParams): void {
  for (const time of [since, until])
    if (time !== undefined && !/^\d{1,20}$/.test(time))
      throw new VicError("invalid", `no time in nanoseconds: ${time}`);
  if (!Number.isSafeInteger(tail)) throw new VicError("invalid", `no number of lines: ${tail}`);
}

function isSize(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= sizeMax;
}
