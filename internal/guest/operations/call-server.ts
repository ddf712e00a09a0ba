import { VicError } from "../../errors/errors.ts";
import { callsMax, lineMaxBytes, type GuestMessage, type HostMessage } from "../tools-wire.ts";
import { ChunkStream, callOf } from "./chunk-stream.ts";
import { guestFault } from "./contract.ts";

/** What a message needs around its value, at most. */
const frameBytes = 128;

/** What an operation reads and writes besides its parameters. */
export interface CallStream {
  read(): AsyncIterable<Uint8Array>;
  write(bytes: Uint8Array): Promise<void>;
  /** Ends when the host no longer wants the call. */
  signal: AbortSignal;
}

/** Does operations; parameters come from the host and are checked by it. */
export type Operate = (
  operation: string,
  params: Record<string, unknown>,
  stream: CallStream,
) => Promise<unknown>;

/** Messages of the host that are about calls. */
export type CallMessage = Exclude<
  HostMessage,
  { hello: unknown } | { reply: number } | { changed: string[] } | { power: string }
>;

/** The guest's end of calls: runs what the host asks for and answers. */
export class CallServer {
  readonly #operate: Operate;
  readonly #send: (message: GuestMessage) => void;
  readonly #calls = new Map<number, { stream: ChunkStream; abort: AbortController }>();

  constructor(operate: Operate, send: (message: GuestMessage) => void) {
    this.#operate = operate;
    this.#send = send;
  }

  receive(message: CallMessage): void {
    if ("call" in message) void this.#run(message.call, message.operation, message.params);
    else if ("cancel" in message) this.#cancel(message.cancel);
    else this.#calls.get(callOf(message))?.stream.receive(message);
  }

  /** The host that made the calls is gone. */
  reset(): void {
    for (const id of this.#calls.keys()) this.#cancel(id);
  }

  async #run(id: number, operation: string, params: Record<string, unknown>): Promise<void> {
    if (this.#calls.has(id)) return;
    const abort = new AbortController();
    const stream = new ChunkStream(id, (message) => {
      if (this.#calls.get(id)?.stream === stream) this.#send(message);
    });
    let answer: { value?: unknown; error?: VicError };
    try {
      if (this.#calls.size >= callsMax) {
        throw guestFault("GuestOperationsUnavailable", `${callsMax} operations are under way`);
      }
      this.#calls.set(id, { stream, abort });
      const value = await this.#operate(operation, params, {
        read: () => stream.read(),
        write: (bytes) => stream.write(bytes),
        signal: abort.signal,
      });
      stream.end();
      answer = { value };
      if (Buffer.byteLength(JSON.stringify(value)) > lineMaxBytes - frameBytes) {
        throw guestFault("InvalidArgument", "the answer is too long: ask for less");
      }
    } catch (error) {
      answer = { error: VicError.from(error) };
    }
    // A call that was cancelled gets no answer: its number may be somebody else's by now.
    if (abort.signal.aborted) return;
    this.#calls.delete(id);
    const { value, error } = answer;
    this.#send({ result: id, ...(error ? { error: error.toJSON() } : { value }) });
  }

  #cancel(id: number): void {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    const reason = new VicError("cancelled", "the host no longer wants the operation");
    call?.abort.abort(reason);
    call?.stream.fail(reason);
  }
}
