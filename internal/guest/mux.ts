/**
 * The machinery of the control channel (wire and calls: control.ts) over any transport of bytes. Both ends use it: the
 * tether mostly answers calls, the port layer mostly makes them.
 *
 * Nothing here grows without limit: a stream buffers at most its window in each direction, a connection has at most
 * {@link streamsMax} streams, and frames wait for the transport's backpressure. Whoever breaks the protocol loses the
 * connection. A peer that is silent for {@link deadMs} is taken for dead.
 */
import { VicError } from "../errors/errors.ts";
import { frameTypes, streamsMax, type Calls, type Hello, type Method } from "./control.ts";
import {
  damaged,
  encodeFrame,
  encodeJson,
  encodeU32,
  FrameParser,
  readJson,
  readU32,
  type Frame,
} from "./frame.ts";
import { MuxStream } from "./mux-stream.ts";
import type { Call, Handler, Handlers, MuxOptions, Transport } from "./mux-types.ts";

export type { ByteStream } from "./mux-stream.ts";
export type { Call, Handler, Handlers, MuxOptions, Transport } from "./mux-types.ts";

/** Silence after which a ping is sent. */
const pingMs = 10_000;
/** Silence after which the peer is dead; long, because an emulated VM may stand still under load. */
const deadMs = 60_000;
/** Control frames that may wait for the transport. */
const controlMax = 4 * streamsMax;
const phases: Hello["phase"][] = ["held", "running", "exited", "failed"];

interface Outbound {
  stream: MuxStream;
  resolve: (result: unknown) => void;
  reject: (error: VicError) => void;
  removeAbort: () => void;
}
interface Flush {
  sequence: number;
  resolve: () => void;
  reject: (error: VicError) => void;
}
interface Inbound {
  stream: MuxStream;
  abort: AbortController;
}

/**
 * One end of a control channel.
 *
 * @example
 * const { stream, result } = mux.call("attach", { stdin: false, stdout: true, stderr: true });
 * for await (const bytes of stream.readable) process.stdout.write(bytes);
 * console.log((await result).exitCode);
 */
export class Mux {
  /** The peer's hello; rejects when the connection ends before it. */
  readonly hello: Promise<Hello>;
  /** Resolves with the reason when the connection is over. Never rejects. */
  readonly closed: Promise<VicError>;
  readonly #transport: Transport;
  readonly #handlers: Handlers | Promise<Handlers>;
  readonly #isTether: boolean;
  readonly #deadMs: number;
  readonly #outbound = new Map<number, Outbound>();
  readonly #inbound = new Map<number, Inbound>();
  readonly #control: Uint8Array[] = [];
  readonly #grants = new Map<number, number>();
  readonly #ready = new Set<MuxStream>();
  readonly #flushes: Flush[] = [];
  readonly #finishWaiters: (() => void)[] = [];
  #resolveHello!: (hello: Hello) => void;
  #rejectHello!: (error: VicError) => void;
  #resolveClosed!: (reason: VicError) => void;
  #nextId: number;
  #lastPeerId = 0;
  #pingSequence = 0;
  /** Sequence of the latest ping that has no pong yet. */
  #pongWanted: number | undefined;
  #isPumping = false;
  #heardAtMs = performance.now();
  #sentBytes = 0;
  #timer: ReturnType<typeof setInterval>;
  #reason: VicError | undefined;

  constructor(transport: Transport, options: MuxOptions) {
    this.#transport = transport;
    this.#handlers = options.handlers ?? {};
    this.#isTether = options.side === "tether";
    this.#nextId = this.#isTether ? 1 : 2;
    this.#deadMs = options.deadMs ?? deadMs;
    this.hello = new Promise((resolve, reject) => {
      this.#resolveHello = resolve;
      this.#rejectHello = reject;
    });
    this.hello.catch(() => {});
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.#timer = setInterval(() => this.#keepAlive(), options.pingMs ?? pingMs);
    if (options.hello !== undefined) this.#push(encodeJson(frameTypes.hello, 0, options.hello));
    void this.#receiveAll();
  }

  /** Why the connection is over, undefined while it stands. */
  get reason(): VicError | undefined {
    return this.#reason;
  }

  /** Bytes handed to the transport so far; shows whether a slow peer still makes progress. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** Starts a call. Aborting `signal` cancels it: the callee's handler is told, `result` rejects `cancelled`. */
  call<M extends Method>(method: M, params: Calls[M]["params"], signal?: AbortSignal): Call<M> {
    if (this.#reason !== undefined) throw this.#reason;
    signal?.throwIfAborted();
    if (this.#outbound.size >= streamsMax)
      throw new VicError("exhausted", `more than ${streamsMax} calls at once on a control channel`);
    const open = encodeJson(frameTypes.open, this.#nextId, { method, params });
    const stream = this.#newStream(this.#nextId);
    this.#nextId += 2;
    const result = new Promise<Calls[M]["result"]>((resolve, reject) => {
      const onAbort = (): void => this.#cancel(stream.id);
      signal?.addEventListener("abort", onAbort, { once: true });
      const removeAbort = (): void => signal?.removeEventListener("abort", onAbort);
      const take = resolve as (value: unknown) => void;
      this.#outbound.set(stream.id, { stream, resolve: take, reject, removeAbort });
    });
    // Callers that only read the stream must not die of a result they ignore.
    result.catch(() => {});
    this.#push(open);
    return { stream, result };
  }

  /** Resolves when all calls of the peer have been answered and it has received the answers. */
  async flush(): Promise<void> {
    while (this.#inbound.size > 0)
      await new Promise<void>((resolve) => this.#finishWaiters.push(resolve));
    if (this.#reason !== undefined) throw this.#reason;
    await new Promise<void>((resolve, reject) => {
      const sequence = ++this.#pingSequence;
      this.#flushes.push({ sequence, resolve, reject });
      this.#push(encodeU32(frameTypes.ping, 0, sequence));
    });
  }

  /** Ends the connection and everything on it. */
  close(reason = new VicError("unavailable", "the control channel was closed")): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    clearInterval(this.#timer);
    this.#rejectHello(reason);
    for (const { stream, reject, removeAbort } of this.#outbound.values()) {
      removeAbort();
      stream.close(reason, true);
      reject(reason);
    }
    for (const { stream, abort } of this.#inbound.values()) {
      stream.close(reason, true);
      abort.abort(reason);
    }
    for (const { reject } of this.#flushes.splice(0)) reject(reason);
    for (const wake of this.#finishWaiters.splice(0)) wake();
    this.#outbound.clear();
    this.#inbound.clear();
    this.#ready.clear();
    this.#transport.close();
    this.#resolveClosed(reason);
  }

  #newStream(id: number): MuxStream {
    return new MuxStream(id, {
      ready: (stream) => {
        this.#ready.add(stream);
        void this.#pump();
      },
      grant: (stream, bytes) => {
        this.#grants.set(stream.id, (this.#grants.get(stream.id) ?? 0) + bytes);
        void this.#pump();
      },
    });
  }

  #cancel(id: number): void {
    const call = this.#outbound.get(id);
    if (call === undefined) return;
    const reason = new VicError("cancelled", "the call was cancelled");
    this.#endCall(id, call, reason);
    call.reject(reason);
    this.#push(encodeFrame(frameTypes.reset, id));
  }

  /** `lost`: what the callee may still have sent is missing. */
  #endCall(id: number, call: Outbound, lost?: VicError): void {
    this.#outbound.delete(id);
    this.#forget(call.stream);
    call.removeAbort();
    call.stream.close(lost ?? new VicError("cancelled", "the call has ended"), lost !== undefined);
  }

  #forget(stream: MuxStream): void {
    this.#ready.delete(stream);
    this.#grants.delete(stream.id);
  }

  #push(frame: Uint8Array): void {
    if (this.#reason !== undefined) return;
    if (this.#control.length >= controlMax)
      return this.close(damaged("the peer asks for more answers than it reads"));
    this.#control.push(frame);
    void this.#pump();
  }

  /** Sends what can be sent: control frames first, then one frame of each stream in turn. */
  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      for (let frame = this.#nextFrame(); frame !== undefined; frame = this.#nextFrame()) {
        this.#sentBytes += frame.length;
        const full = this.#transport.write(frame);
        if (full !== undefined) await full;
      }
    } catch (error) {
      this.close(lost(error));
    } finally {
      this.#isPumping = false;
    }
  }

  #nextFrame(): Uint8Array | undefined {
    if (this.#reason !== undefined) return undefined;
    const control = this.#control.shift();
    if (control !== undefined) return control;
    if (this.#pongWanted !== undefined) {
      const sequence = this.#pongWanted;
      this.#pongWanted = undefined;
      return encodeU32(frameTypes.pong, 0, sequence);
    }
    for (const [id, bytes] of this.#grants) {
      this.#grants.delete(id);
      return encodeU32(frameTypes.window, id, bytes);
    }
    for (const stream of this.#ready) {
      this.#ready.delete(stream);
      const next = stream.takeFrame();
      if (next === undefined) continue;
      if (next.isLast) this.#endInbound(stream);
      else if (stream.hasFrame) this.#ready.add(stream);
      return next.frame;
    }
    return undefined;
  }

  async #receiveAll(): Promise<void> {
    const parser = new FrameParser();
    try {
      for await (const chunk of this.#transport.chunks) {
        this.#heardAtMs = performance.now();
        for (const frame of parser.push(chunk)) this.#receive(frame);
        if (this.#reason !== undefined) return;
      }
      this.close(new VicError("unavailable", "the peer closed the control channel"));
    } catch (error) {
      this.close(lost(error));
    }
  }

  #receive(frame: Frame): void {
    switch (frame.type) {
      case frameTypes.hello:
        return this.#receiveHello(frame);
      case frameTypes.open:
        return this.#receiveOpen(frame);
      case frameTypes.data:
        return this.#streamOf(frame)?.receive(frame.payload);
      case frameTypes.window:
        return this.#streamOf(frame)?.receiveWindow(readU32(frame));
      case frameTypes.end:
        return this.#streamOf(frame)?.receiveEnd();
      case frameTypes.result:
        return this.#receiveResult(frame);
      case frameTypes.reset:
        return this.#receiveReset(frame);
      case frameTypes.ping:
        this.#pongWanted = readU32(frame);
        return void this.#pump();
      case frameTypes.pong:
        return this.#receivePong(readU32(frame));
    }
  }

  /** Undefined for a call that is over on this side: what was in flight is dropped. */
  #streamOf(frame: Frame): MuxStream | undefined {
    return (this.#outbound.get(frame.stream) ?? this.#inbound.get(frame.stream))?.stream;
  }

  #receiveHello(frame: Frame): void {
    if (this.#isTether) throw damaged("hello from the wrong side");
    const { id, run, version, phase } = readJson(frame);
    if (
      typeof id !== "string" ||
      typeof run !== "number" ||
      typeof version !== "string" ||
      !phases.some((p) => p === phase)
    )
      throw damaged("malformed hello");
    this.#resolveHello({ id, run, version, phase: phase as Hello["phase"] });
  }

  #receiveOpen(frame: Frame): void {
    const id = frame.stream;
    const isPeersId = id % 2 === (this.#isTether ? 0 : 1);
    if (!isPeersId || id <= this.#lastPeerId) throw damaged(`stream id ${id} is out of turn`);
    this.#lastPeerId = id;
    const { method, params } = readJson(frame);
    if (this.#inbound.size >= streamsMax) {
      const error = new VicError("exhausted", `more than ${streamsMax} calls at once`);
      return this.#push(encodeJson(frameTypes.result, id, { error: error.toJSON() }));
    }
    const stream = this.#newStream(id);
    const abort = new AbortController();
    this.#inbound.set(id, { stream, abort });
    void this.#answer(String(method), params as Calls[Method]["params"], stream, abort.signal);
  }

  async #answer(
    method: string,
    params: Calls[Method]["params"],
    stream: MuxStream,
    signal: AbortSignal,
  ): Promise<void> {
    let result: unknown;
    try {
      const handlers = await this.#handlers;
      signal.throwIfAborted();
      if (!Object.hasOwn(handlers, method))
        throw new VicError("unsupported", `unknown method ${method}`);
      const handler = handlers[method as Method] as Handler<Method>;
      result = { ok: await handler(params, stream, signal) };
    } catch (error) {
      result = { error: VicError.from(error).toJSON() };
    }
    if (!this.#inbound.has(stream.id)) return;
    try {
      stream.finish(encodeJson(frameTypes.result, stream.id, result));
    } catch (error) {
      const refusal = { error: VicError.from(error).toJSON() };
      stream.finish(encodeJson(frameTypes.result, stream.id, refusal));
    }
  }

  #endInbound(stream: MuxStream): void {
    this.#inbound.delete(stream.id);
    this.#forget(stream);
    stream.close(new VicError("cancelled", "the call has ended"), false);
    for (const wake of this.#finishWaiters.splice(0)) wake();
  }

  #receiveResult(frame: Frame): void {
    const call = this.#outbound.get(frame.stream);
    if (call === undefined) return;
    const result = readJson(frame);
    this.#endCall(frame.stream, call);
    if ("error" in result) call.reject(VicError.parse(result["error"]));
    else call.resolve(result["ok"]);
  }

  #receiveReset(frame: Frame): void {
    const call = this.#inbound.get(frame.stream);
    if (call === undefined) return;
    const reason = new VicError("cancelled", "the caller gave up");
    this.#inbound.delete(frame.stream);
    this.#forget(call.stream);
    call.stream.close(reason, true);
    call.abort.abort(reason);
    for (const wake of this.#finishWaiters.splice(0)) wake();
  }

  #receivePong(sequence: number): void {
    while (this.#flushes[0] !== undefined && this.#flushes[0].sequence <= sequence)
      this.#flushes.shift()!.resolve();
  }

  #keepAlive(): void {
    if (performance.now() - this.#heardAtMs > this.#deadMs)
      return this.close(new VicError("unavailable", "the peer of the control channel is silent"));
    this.#push(encodeU32(frameTypes.ping, 0, ++this.#pingSequence));
  }
}

function lost(error: unknown): VicError {
  if (error instanceof VicError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new VicError("unavailable", `the control channel was lost: ${message}`, { cause: error });
}
