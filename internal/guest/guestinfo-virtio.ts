/**
 * GuestInfo over a virtio-serial port; its language is tools-wire.ts. The host may go and come at any time: requests
 * without a reply are sent again after its hello, and every few seconds in case the hello itself was lost.
 */
import { closeSync, constants, openSync, writeSync } from "node:fs";
import { VicError } from "../errors/errors.ts";
import { version } from "../version/version.ts";
import { ChangeFeed, EarlyBird } from "./change-feed.ts";
import type { GuestInfo, NicReport, PortReport, PowerRequest } from "./guestinfo.ts";
import { LineReader } from "./line-reader.ts";
import { type CallMessage, CallServer, type Operate } from "./operations/call-server.ts";
import { parseStreamMessage } from "./operations/chunk-stream.ts";
import { lineMaxBytes, type GuestMessage, type HostMessage } from "./tools-wire.ts";

/** An open port. `chunks` ends when the host went away; the port is then opened anew. */
export interface Port {
  chunks: AsyncIterable<Uint8Array>;
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}

const pendingMax = 256;
const readMax = 64;
const resendMs = 2_000;
const reopenFirstMs = 5;
const reopenLastMs = 250;
const writeFirstMs = 1;
const writeLastMs = 50;
/** A host that went away in the middle of a line leaves its beginning in front of the next hello. */
const helloLine = '{"hello":{}}';

interface Pending {
  message: GuestMessage;
  resolve: (value: string | undefined) => void;
  reject: (error: Error) => void;
}

/** See the file's head. */
export class VirtioGuestInfo implements GuestInfo {
  readonly #open: () => Port;
  readonly #pending = new Map<number, Pending>();
  /** Keys that somebody has read: a host that comes back may have missed to tell that they changed. */
  readonly #read = new Set<string>();
  readonly #changes = new ChangeFeed();
  readonly #power = new EarlyBird<PowerRequest>();
  #port: Port | undefined;
  #nics: GuestMessage | undefined;
  #ports: GuestMessage | undefined;
  #server: CallServer | undefined;
  #nextId = 1;
  #sending: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(open: () => Port) {
    this.#open = open;
    void this.#run();
  }

  async get(key: string): Promise<string | undefined> {
    if (this.#read.size < readMax) this.#read.add(key);
    return this.#request((id) => ({ id, get: key }));
  }

  async set(key: string, value: string): Promise<void> {
    await this.#request((id) => ({ id, set: key, value }));
  }

  async time(): Promise<number | undefined> {
    const askedAt = performance.now();
    const time = toTime(await this.#request((id) => ({ id, time: true })));
    return time === undefined ? undefined : time + (performance.now() - askedAt) / 2;
  }

  async freeze(): Promise<number | undefined> {
    return toTime(await this.#request((id) => ({ id, freeze: true })));
  }

  changes(): AsyncIterable<string[]> {
    return this.#changes.subscribe();
  }

  reportNics(nics: NicReport[]): void {
    this.#nics = { nics };
    this.#send(this.#nics);
  }

  reportPorts(ports: PortReport[]): void {
    this.#ports = { ports };
    this.#send(this.#ports);
  }

  onPower(handler: (request: PowerRequest) => void): void {
    this.#power.on(handler);
  }

  serve(operate: Operate): void {
    this.#server = new CallServer(operate, (message) => this.#send(message));
    this.#send(this.#hello());
  }

  close(): void {
    this.#isClosed = true;
    this.#server?.reset();
    clearTimeout(this.#timer);
    this.#changes.close();
    this.#port?.close();
    this.#port = undefined;
    const error = new VicError("cancelled", "guestinfo was closed");
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #request(make: (id: number) => GuestMessage): Promise<string | undefined> {
    if (this.#isClosed) throw new VicError("cancelled", "guestinfo was closed");
    if (this.#pending.size >= pendingMax)
      throw new VicError(
        "exhausted",
        `more than ${pendingMax} guestinfo requests wait for the host`,
      );
    const id = this.#nextId++;
    const message = make(id);
    if (Buffer.byteLength(JSON.stringify(message)) >= lineMaxBytes)
      throw new VicError("invalid", `a guestinfo value is longer than ${lineMaxBytes} bytes`);
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { message, resolve, reject });
      this.#send(message);
      this.#armTimer();
    });
  }

  #armTimer(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#pending.size === 0) return;
      for (const { message } of this.#pending.values()) this.#send(message);
      this.#armTimer();
    }, resendMs);
  }

  async #run(): Promise<void> {
    let delayMs = reopenFirstMs;
    while (!this.#isClosed) {
      const reader = new LineReader(lineMaxBytes);
      try {
        this.#port = this.#open();
        this.#greet();
        for await (const chunk of this.#port.chunks) {
          delayMs = reopenFirstMs;
          for (const line of reader.push(chunk)) this.#receive(line);
        }
      } catch {
        // The host is away or the port is not there yet: try again below.
      }
      this.#server?.reset();
      this.#port?.close();
      this.#port = undefined;
      if (this.#isClosed) return;
      await Bun.sleep(delayMs);
      delayMs = Math.min(delayMs * 2, reopenLastMs);
    }
  }

  #hello(): GuestMessage {
    return { hello: { version, operations: this.#server !== undefined } };
  }

  #greet(): void {
    this.#send(this.#hello());
    if (this.#nics !== undefined) this.#send(this.#nics);
    if (this.#ports !== undefined) this.#send(this.#ports);
    for (const { message } of this.#pending.values()) this.#send(message);
  }

  /** Lines go out whole and one after another; one that cannot be written is sent again later. */
  #send(message: GuestMessage): void {
    const port = this.#port;
    if (port === undefined) return;
    const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
    this.#sending = this.#sending.then(() => port.write(bytes)).catch(() => {});
  }

  #receive(line: string): void {
    const message = parse(line);
    if (message === undefined) return;
    if ("hello" in message) {
      this.#server?.reset();
      this.#greet();
      this.#changes.publish(this.#read);
    } else if ("changed" in message) this.#changes.publish(message.changed);
    else if ("power" in message) this.#power.emit(message.power);
    else if ("reply" in message) this.#answer(message);
    else this.#server?.receive(message);
  }

  #answer(message: { reply: number; value?: string | null; error?: string }): void {
    const pending = this.#pending.get(message.reply);
    if (pending === undefined) return;
    this.#pending.delete(message.reply);
    if (message.error === undefined) pending.resolve(message.value ?? undefined);
    else pending.reject(new VicError("forbidden", `the host refused: ${message.error}`));
  }
}

function toTime(text: string | undefined): number | undefined {
  const time = Number(text);
  return Number.isSafeInteger(time) && time > 0 ? time : undefined;
}

/** A line from the host; undefined when it is not a message. */
export function parse(line: string): HostMessage | undefined {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return line.endsWith(helloLine) ? { hello: {} } : undefined;
  }
  if (typeof json !== "object" || json === null) return undefined;
  const m = json as Record<string, unknown>;
  if (typeof m["hello"] === "object") return { hello: {} };
  if (m["power"] === "shutdown" || m["power"] === "reboot") return { power: m["power"] };
  if (Array.isArray(m["changed"]))
    return { changed: m["changed"].filter((key) => typeof key === "string") };
  if (typeof m["reply"] !== "number") return parseCall(m);
  return {
    reply: m["reply"],
    value: typeof m["value"] === "string" ? m["value"] : null,
    ...(typeof m["error"] === "string" ? { error: m["error"] } : {}),
  };
}

function parseCall(m: Record<string, unknown>): CallMessage | undefined {
  const { call, operation, params, cancel } = m;
  if (Number.isSafeInteger(cancel)) return { cancel: cancel as number };
  if (!Number.isSafeInteger(call)) return parseStreamMessage(m);
  if (typeof operation !== "string" || typeof params !== "object" || params === null) {
    return undefined;
  }
  return { call: call as number, operation, params: params as Record<string, unknown> };
}

/** Opens the port's device node. Reads are driven by the kernel's readiness events, not by a thread or a timer. */
export function openPort(path: string): Port {
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
  const state = { isOpen: true };
  return {
    chunks: Bun.file(fd).stream(),
    write: async (bytes) => {
      let delayMs = writeFirstMs;
      for (let at = 0; at < bytes.length && state.isOpen;) {
        try {
          at += writeSync(fd, bytes, at);
          delayMs = writeFirstMs;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
          await Bun.sleep(delayMs);
          delayMs = Math.min(delayMs * 2, writeLastMs);
        }
      }
    },
    close: () => {
      if (state.isOpen) closeSync(fd);
      state.isOpen = false;
    },
  };
}
