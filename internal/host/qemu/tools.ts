/** vic-host's end of the wire in `internal/guest/tools-wire.ts`. Everything that arrives here is hostile input. */
import type { Socket } from "node:net";
import { VicError } from "../../errors/errors.ts";
import { LineReader } from "../../guest/line-reader.ts";
import { guestFault } from "../../guest/operations/contract.ts";
import { lineMaxBytes, type HostMessage } from "../../guest/tools-wire.ts";
import type { GuestNic } from "../vm/machine.ts";
import type { GuestCall } from "../vm/machine.ts";
import { GuestCalls } from "./guest-calls.ts";
import { type GuestPort, parseGuestMessage } from "./tools-message.ts";

/** All values of one VM together, bytes; what VMware grants a VM by default. */
const valuesMaxBytes = 1024 * 1024;
const keysMax = 1024;
/** Bytes waiting for the guest before its requests are no longer read. */
const backlogMaxBytes = 2 * lineMaxBytes;
/** Values that the owner has not stored yet before the guest's requests are no longer read. */
const unstoredMax = 64;

/** What the guest tells. */
export interface ToolsEvents {
  /** The owner calls `stored` once the value is durable, or with the reason why it will not be. */
  guestInfo(key: string, value: string, stored: (error?: VicError) => void): void;
  guestNics(nics: GuestNic[]): void;
  guestPorts(ports: GuestPort[]): void;
  toolsRunning(isRunning: boolean): void;
  /** The guest asks to be frozen; the owner calls `refuse` when that cannot be. */
  freeze(request: number, refuse: (error: unknown) => void): void;
  /** The guest does operations (or no longer). */
  operationsReady(areReady: boolean): void;
}

/** guestinfo and tools of one machine. The values are here; the connection to the guest may come and go. */
export class Tools {
  readonly #values: Map<string, string>;
  readonly #events: ToolsEvents;
  /** Keys the guest has not been told of; a set, so that a deaf guest costs no memory. */
  readonly #changed = new Set<string>();
  /** Keys with values that the owner has not stored yet, and how many. */
  readonly #unstored = new Map<string, number>();
  #unstoredCount = 0;
  #socket: Socket | undefined;
  #isRunning = false;
  #areOperationsReady = false;
  readonly #calls = new GuestCalls((message) => this.#send(message));

  /** A request to be frozen that this machine, a clone, was made by. */
  readonly #thawed: number | undefined;
  /** One that is being answered: the guest repeats it. */
  #freezing: number | undefined;

  constructor(
    { guestInfo, thawed }: { guestInfo: Record<string, string>; thawed?: number },
    events: ToolsEvents,
  ) {
    this.#values = new Map(Object.entries(guestInfo));
    this.#thawed = thawed;
    this.#events = events;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Serves the guest over a connection to its port. */
  attach(socket: Socket): void {
    this.close();
    this.setRunning(false);
    this.#socket = socket;
    const lines = new LineReader(lineMaxBytes);
    socket.on("data", (chunk: Buffer) => {
      for (const line of lines.push(chunk)) this.#receive(line);
      this.#throttle();
    });
    socket.on("drain", () => {
      this.#throttle();
      this.#flush();
    });
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.setRunning(false);
    });
    // The line end closes what an earlier vic-host may have left half written.
    socket.write("\n");
    this.#send({ hello: {} });
  }

  /** The guest opened or closed its port, or was reset. */
  setRunning(isRunning: boolean): void {
    if (this.#isRunning === isRunning) return;
    this.#isRunning = isRunning;
    if (!isRunning) this.#setReady(false);
    this.#events.toolsRunning(isRunning);
    if (isRunning) this.#flush();
  }

  /** Has the guest do an operation; see operations/contract.ts for the faults it rejects with. */
  async call(call: GuestCall): Promise<unknown> {
    if (!this.#areOperationsReady) {
      throw guestFault("GuestOperationsUnavailable", "the guest does no operations now");
    }
    return this.#calls.call(call);
  }

  #setReady(areReady: boolean): void {
    if (!areReady) this.#calls.close();
    if (this.#areOperationsReady === areReady) return;
    this.#areOperationsReady = areReady;
    this.#events.operationsReady(areReady);
  }

  /** Changes a value and tells the guest; undefined removes it. */
  set(key: string, value: string | undefined): void {
    this.#store(key, value ?? "");
    if (!key.startsWith("guestinfo.")) return;
    this.#changed.add(key);
    this.#flush();
  }

  /** Asks the guest to shut down or reboot. */
  power(action: "shutdown" | "reboot"): void {
    if (!this.#isRunning || !this.#socket) {
      throw new VicError("unavailable", "the tools do not run in the guest", {
        hint: "power it off instead",
      });
    }
    this.#send({ power: action });
  }

  close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#calls.close();
    socket?.destroy();
  }

  #receive(line: string): void {
    const message = parseGuestMessage(line);
    if (!message) return;
    this.setRunning(true);
    if ("get" in message) {
      const value = message.get.startsWith("guestinfo.")
        ? this.#values.get(message.get)
        : undefined;
      this.#send({ reply: message.id, value: value ?? null });
    } else if ("set" in message) {
      this.#setByGuest(message.id, message.set, message.value);
    } else if ("time" in message) {
      this.#send({ reply: message.id, value: String(Date.now()) });
    } else if ("freeze" in message) {
      this.#freeze(message.id);
    } else if ("nics" in message) {
      this.#events.guestNics(message.nics);
    } else if ("ports" in message) {
      this.#events.guestPorts(message.ports);
    } else if ("hello" in message) {
      this.#setReady(message.hello.operations === true);
    } else {
      this.#calls.receive(message);
    }
  }

  /** Only a clone replies to the request, and one whose owner refuses. */
  #freeze(id: number): void {
    if (id === this.#thawed) return this.#send({ reply: id, value: String(Date.now()) });
    if (id === this.#freezing) return;
    this.#freezing = id;
    this.#events.freeze(id, (error) => {
      this.#freezing = undefined;
      this.#send({ reply: id, error: VicError.from(error).message });
    });
  }

  /** Replies once the value is durable: what a guest was told is set outlives vic-host. */
  #setByGuest(id: number, key: string, value: string): void {
    const socket = this.#socket;
    const reply = (error?: VicError) => {
      // A guest that has a new connection meanwhile asks again.
      if (!socket || this.#socket !== socket) return;
      this.#send({ reply: id, ...(error ? { error: error.message } : {}) });
      this.#throttle();
    };
    if (!key.startsWith("guestinfo.")) {
      return reply(new VicError("forbidden", "only guestinfo.* can be set"));
    }
    const before = this.#values.get(key);
    if (value === (before ?? "") && !this.#unstored.has(key)) return reply();
    try {
      this.#store(key, value);
    } catch (error) {
      return reply(VicError.from(error));
    }
    this.#countUnstored(key, 1);
    this.#events.guestInfo(key, value, (error) => {
      this.#countUnstored(key, -1);
      if (error && this.#values.get(key) === value) this.#restore(key, before);
      reply(error);
    });
  }

  #countUnstored(key: string, by: number): void {
    this.#unstoredCount += by;
    const count = (this.#unstored.get(key) ?? 0) + by;
    if (count === 0) this.#unstored.delete(key);
    else this.#unstored.set(key, count);
  }

  #restore(key: string, value: string | undefined): void {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
  }

  /** Reads on only while replies get through and values get stored. */
  #throttle(): void {
    const socket = this.#socket;
    if (!socket) return;
    const isBehind = socket.writableLength > backlogMaxBytes || this.#unstoredCount >= unstoredMax;
    if (isBehind) socket.pause();
    else if (socket.isPaused()) socket.resume();
  }

  #store(key: string, value: string): void {
    if (value === "") {
      this.#values.delete(key);
      return;
    }
    let bytes = Buffer.byteLength(value);
    for (const [k, v] of this.#values) if (k !== key) bytes += Buffer.byteLength(v);
    const isNew = !this.#values.has(key);
    if (bytes > valuesMaxBytes || (isNew && this.#values.size >= keysMax)) {
      throw new VicError("exhausted", "the guestinfo values of the VM are too large", {
        detail: { bytes, limitBytes: valuesMaxBytes },
      });
    }
    this.#values.set(key, value);
  }

  #flush(): void {
    if (!this.#isRunning || !this.#socket || this.#changed.size === 0) return;
    if (this.#socket.writableNeedDrain) return;
    const changed = [...this.#changed];
    this.#changed.clear();
    this.#send({ changed });
  }

  #send(message: HostMessage): void {
    this.#socket?.write(`${JSON.stringify(message)}\n`);
  }
}
