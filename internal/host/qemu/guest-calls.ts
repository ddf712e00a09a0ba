import { type ErrorJson, VicError } from "../../errors/errors.ts";
import { ChunkStream, callOf } from "../../guest/operations/chunk-stream.ts";
import { guestFault, isGuestFault } from "../../guest/operations/contract.ts";
import { callsMax, type HostMessage, type StreamMessage } from "../../guest/tools-wire.ts";
import type { GuestCall } from "../vm/machine.ts";

/** A guest that is silent about a call for this long does not answer it any more, milliseconds. */
const silentMs = 60_000;
/** Longest message of an error that is passed on, characters. */
const messageMax = 512;

/** What a guest answers to a call. */
export interface CallResult {
  result: number;
  value?: unknown;
  error?: ErrorJson;
}

interface Pending {
  stream: ChunkStream;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** vic-host's end of the operations that a guest does for it. What the guest answers is hostile input. */
export class GuestCalls {
  readonly #send: (message: HostMessage) => void;
  readonly #silentMs: number;
  readonly #pending = new Map<number, Pending>();
  #count = 0;

  constructor(send: (message: HostMessage) => void, options: { silentMs?: number } = {}) {
    this.#send = send;
    this.#silentMs = options.silentMs ?? silentMs;
  }

  /** Has the guest do an operation. Rejects with a fault that a guest may answer; see contract.ts. */
  async call({ operation, params, input, output, signal }: GuestCall): Promise<unknown> {
    signal?.throwIfAborted();
    if (this.#pending.size >= callsMax) {
      throw unavailable(`${callsMax} operations are under way in the guest: wait for some`);
    }
    const id = ++this.#count;
    const stream = new ChunkStream(id, (message) => {
      if (this.#pending.has(id)) this.#send(message);
    });
    const answer = Promise.withResolvers<unknown>();
    const timer = setTimeout(
      () => this.#giveUp(id, unavailable("the guest does not answer")),
      this.#silentMs,
    );
    timer.unref();
    const { resolve, reject } = answer;
    this.#pending.set(id, { stream, resolve, reject, timer });
    const aborted = () =>
      this.#giveUp(id, new VicError("cancelled", "the operation was cancelled"));
    signal?.addEventListener("abort", aborted, { once: true });
    this.#send({ call: id, operation, params });
    try {
      const moving = Promise.all([send(stream, input), receive(stream, output)]);
      moving.catch((error: unknown) => this.#giveUp(id, VicError.from(error)));
      const value = await answer.promise;
      // The last bytes may still be with the reader.
      if (output) await moving;
      return value;
    } finally {
      signal?.removeEventListener("abort", aborted);
      stream.fail(new VicError("cancelled", "the operation is over"));
    }
  }

  /** Takes what the guest says about a call. */
  receive(message: StreamMessage | CallResult): void {
    const id = "result" in message ? message.result : callOf(message);
    const pending = this.#pending.get(id);
    if (!pending) return;
    pending.timer.refresh();
    if (!("result" in message)) return pending.stream.receive(message);
    this.#forget(id);
    if (message.error === undefined) pending.resolve(message.value);
    else pending.reject(asFault(message.error));
  }

  /** The guest is gone, or its tools are. */
  close(): void {
    for (const id of this.#pending.keys()) {
      this.#end(id, unavailable("the guest's tools ended"));
    }
  }

  /** The caller has had enough. */
  #giveUp(id: number, error: Error): void {
    if (!this.#pending.has(id)) return;
    this.#end(id, error);
    this.#send({ cancel: id });
  }

  #end(id: number, error: Error): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#forget(id);
    pending.stream.fail(error);
    pending.reject(error);
  }

  #forget(id: number): void {
    clearTimeout(this.#pending.get(id)?.timer);
    this.#pending.delete(id);
  }
}

async function send(stream: ChunkStream, input: GuestCall["input"]): Promise<void> {
  if (!input) return;
  for await (const bytes of input) await stream.write(bytes);
  stream.end();
}

async function receive(stream: ChunkStream, output: GuestCall["output"]): Promise<void> {
  if (!output) return;
  for await (const bytes of stream.read()) await output(bytes);
}

/** The guest's error as a fault that it may answer. */
function asFault(json: ErrorJson): VicError {
  const { fault, properties } = json.detail ?? {};
  const message = typeof json.message === "string" ? json.message.slice(0, messageMax) : "";
  if (!isGuestFault(fault)) return guestFault("CannotAccessFile", message, { file: "" });
  const { file, pid } = (properties ?? {}) as Record<string, unknown>;
  return guestFault(fault, message, {
    ...(typeof file === "string" ? { file: file.slice(0, 4096) } : {}),
    ...(Number.isSafeInteger(pid) ? { pid } : {}),
  });
}

const unavailable = (message: string) => guestFault("GuestOperationsUnavailable", message);
