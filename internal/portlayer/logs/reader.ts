/** GET /containers/:id/logs: from the tether while the container runs, from its disk when it does not (design D7). */
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { readLog } from "../../guest/log-files.ts";
import { encodeLogEntry, LogEntryParser } from "../../guest/log-frame.ts";
import type { LogQuery } from "../api/types.ts";
import type { Connections } from "../exec/connections.ts";
import type { Entry } from "../exec/entry.ts";
import { isOn } from "../exec/status.ts";
import { vmFiles } from "../exec/vm-spec.ts";
import { logger } from "../log.ts";
import { within } from "../time.ts";
import type { ScratchMounts } from "./scratch-mounts.ts";

const log = logger("logs");
const connectMs = 30_000;
/** A VM whose process ended goes off within this; see also start.ts. */
const settleMs = 30_000;
/** A client that has taken nothing for so long does not read. */
const stalledMs = 1_000;

/** Takes encoded entries; resolves when there is room for more. */
export type LogSink = (bytes: Uint8Array) => Promise<void>;

/** See the file's head. */
export class LogReader {
  readonly #connections: Connections;
  readonly #mounts: ScratchMounts;
  readonly #folderOf: (id: string) => string;
  /** Reads under way, by container. */
  readonly #reading = new Map<string, Set<Progress>>();

  /** `folderOf`: `[datastore] folder` of a container. */
  constructor(connections: Connections, mounts: ScratchMounts, folderOf: (id: string) => string) {
    this.#connections = connections;
    this.#mounts = mounts;
    this.#folderOf = folderOf;
  }

  /** Sends the entries asked for to `sink`; with `follow` until the container ends. */
  async read(entry: Entry, query: LogQuery, sink: LogSink, signal: AbortSignal): Promise<void> {
    const progress = new Progress(sink);
    const reading = this.#reading.get(entry.id) ?? new Set();
    this.#reading.set(entry.id, reading.add(progress));
    try {
      await this.#read(entry, query, progress, signal);
    } finally {
      reading.delete(progress);
      if (reading.size === 0) this.#reading.delete(entry.id);
      progress.ended.resolve();
    }
  }

  /**
   * Resolves when all who are reading the log of a container that has ended have it whole, or take nothing any more: before
   * the container goes.
   */
  async settled(id: string): Promise<void> {
    const deadline = performance.now() + settleMs;
    for (;;) {
      const reading = [...(this.#reading.get(id) ?? [])].filter((progress) => !progress.isStalled);
      if (reading.length === 0 || performance.now() > deadline) return;
      await within(Promise.all(reading.map(({ ended }) => ended.promise)), stalledMs);
    }
  }

  async #read(
    entry: Entry,
    query: LogQuery,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<void> {
    await entry.until(() => !entry.starting, signal);
    if (entry.facts.config.run === 0) return;
    let rest: LogQuery = query;
    if (entry.isRunning) {
      try {
        return await this.#readLive(entry, query, progress, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (entry.isRunning && !isLost(error)) throw error;
        log.debug(`${entry.name}: goes on from disk: ${VicError.from(error).text}`);
        // What the tether sent already is not sent again.
        if (progress.lastNs !== undefined)
          rest = { ...query, tail: -1, since: String(progress.lastNs + 1n) };
      }
    }
    await this.#untilOff(entry, signal);
    await this.#readDisk(entry, rest, progress, signal);
  }

  async #readLive(
    entry: Entry,
    query: LogQuery,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<void> {
    const { run } = entry.facts.config;
    const ended = new AbortController();
    const waiting = AbortSignal.any([signal, ended.signal]);
    // The process may end before its tether has connected.
    void entry
      .until(() => !entry.isRunning, waiting)
      .then(
        () => ended.abort(),
        () => {},
      );
    try {
      const mux = await this.#connections.until(entry.id, run, connectMs, waiting);
      const { stream, result } = mux.call("logs", { ...query }, signal);
      for await (const bytes of stream.readable) await progress.push(bytes);
      await result;
    } finally {
      ended.abort();
    }
  }

  async #untilOff(entry: Entry, signal: AbortSignal): Promise<void> {
    const off = entry.until((facts) => !isOn(facts), signal).then(() => true);
    if ((await within(off, settleMs)) !== true)
      throw new VicError("unavailable", `the log of ${entry.name} cannot be read now`, {
        hint: "its VM is about to go off: try again",
      });
  }

  async #readDisk(
    entry: Entry,
    query: LogQuery,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<void> {
    const { id } = entry;
    const path = vmFiles(this.#folderOf(id), id).scratch;
    await entry.until(() => !entry.isMounted, signal);
    const isFree = () => !entry.starting && !entry.isRemoving && !entry.isMounted && !entry.isOn;
    const read = async (folder: string, revoked: AbortSignal) => {
      const stop = AbortSignal.any([revoked, signal]);
      const stopped = aborted(stop);
      progress.restart();
      for await (const block of readLog(join(folder, "log"), { ...query, follow: false })) {
        // A client that does not read must not keep the disk.
        await Promise.race([progress.push(block), stopped]);
        stop.throwIfAborted();
      }
    };
    await this.#mounts.use({ id, path, isFree }, read, signal);
  }
}

/** Remembers how far a reader has got, and passes on only whole entries. */
class Progress {
  readonly #sink: LogSink;
  #parser = new LogEntryParser();
  /** Since when the client has not taken what was given to it last. */
  #blockedAt: number | undefined;
  readonly ended = Promise.withResolvers<void>();
  lastNs: bigint | undefined;

  constructor(sink: LogSink) {
    this.#sink = sink;
  }

  get isStalled(): boolean {
    return this.#blockedAt !== undefined && performance.now() - this.#blockedAt >= stalledMs;
  }

  /** The next bytes come from another place: half an entry of the old one is void. */
  restart(): void {
    this.#parser = new LogEntryParser();
  }

  async push(bytes: Uint8Array): Promise<void> {
    const entries = this.#parser.push(bytes);
    if (this.#parser.isDamaged) throw new VicError("damaged", "the log is damaged");
    if (entries.length === 0) return;
    this.lastNs = entries.at(-1)!.timeNs;
    this.#blockedAt = performance.now();
    await this.#sink(Buffer.concat(entries.map(encodeLogEntry)));
    this.#blockedAt = undefined;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
}

function isLost(error: unknown): boolean {
  const { code } = VicError.from(error);
  return code === "unavailable" || code === "cancelled";
}
