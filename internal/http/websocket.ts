/** The server's side of a web socket (RFC 6455) as a byte stream: what `GET /containers/:id/attach/ws` speaks. */
import { createHash } from "node:crypto";
import { Duplex } from "node:stream";
import { VicError } from "../errors/errors.ts";

/** A longer frame of a client ends the connection. */
const frameMaxBytes = 1024 * 1024;
const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
const closeCodes = { normal: 1000, protocol: 1002, tooLarge: 1009 } as const;

/** Sec-WebSocket-Accept for a request's Sec-WebSocket-Key. `invalid` without a sound key. */
export function acceptKey(key: string | undefined): string {
  if (key === undefined || Buffer.from(key, "base64").length !== 16)
    throw new VicError("invalid", "no web socket handshake: Sec-WebSocket-Key is missing or bad");
  return createHash("sha1").update(`${key}${guid}`).digest("base64");
}

/** One whole frame of the server; not masked. */
export function serverFrame(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

/** A frame of a client, its mask taken off. */
export interface ClientFrame {
  opcode: number;
  payload: Buffer;
}

/** Cuts a client's bytes into frames. Throws `invalid`, with the code to close with, for what is none. */
export class FrameReader {
  #held: Buffer = Buffer.alloc(0);

  /** Takes bytes, gives the frames that they complete. */
  *push(bytes: Uint8Array): Generator<ClientFrame> {
    this.#held = this.#held.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#held, bytes]);
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) yield frame;
  }

  #next(): ClientFrame | undefined {
    const held = this.#held;
    if (held.length < 2) return undefined;
    const opcode = held[0]! & 0x0f;
    const short = held[1]! & 0x7f;
    if ((held[0]! & 0x70) !== 0 || (held[1]! & 0x80) === 0) throw broken(closeCodes.protocol);
    if (opcode >= 8 && (short > 125 || (held[0]! & 0x80) === 0)) throw broken(closeCodes.protocol);
    const lengthBytes = short < 126 ? 0 : short === 126 ? 2 : 8;
    const maskAt = 2 + lengthBytes;
    if (held.length < maskAt + 4) return undefined;
    const length =
      lengthBytes === 0
        ? short
        : lengthBytes === 2
          ? held.readUInt16BE(2)
          : Number(held.readBigUInt64BE(2));
    if (length > frameMaxBytes) throw broken(closeCodes.tooLarge);
    const end = maskAt + 4 + length;
    if (held.length < end) return undefined;
    const mask = held.subarray(maskAt, maskAt + 4);
    const payload = Buffer.from(held.subarray(maskAt + 4, end));
    for (let i = 0; i < length; i++) payload[i]! ^= mask[i & 3]!;
    this.#held = held.subarray(end);
    return { opcode, payload };
  }
}

function broken(closeCode: number): VicError {
  return new VicError("invalid", "bad web socket frame", { detail: { closeCode } });
}

function closeFrame(code: number): Buffer {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return serverFrame(opcodes.close, payload);
}

/**
 * The bytes in a client's messages, and binary messages back. `outgoing` changes what is written on its way; an empty
 * result is not sent. Ending it closes the web socket.
 */
export function webSocketStream(
  socket: Duplex,
  outgoing: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Duplex {
  const reader = new FrameReader();
  const stream = new Duplex({
    allowHalfOpen: true,
    read: () => void socket.resume(),
    write(chunk: Uint8Array, _, done) {
      const payload = outgoing(chunk);
      if (payload.length === 0 || socket.destroyed) return done();
      socket.write(serverFrame(opcodes.binary, payload), () => done());
    },
    final(done) {
      if (!socket.destroyed) socket.end(closeFrame(closeCodes.normal));
      done();
    },
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  const take = ({ opcode, payload }: ClientFrame): void => {
    if (opcode === opcodes.ping) socket.write(serverFrame(opcodes.pong, payload));
    else if (opcode === opcodes.close) {
      socket.end(closeFrame(closeCodes.normal));
      stream.push(null);
      stream.destroy();
    } else if (opcode <= opcodes.binary && payload.length > 0 && !stream.push(payload))
      socket.pause();
  };
  socket.on("data", (bytes: Uint8Array) => {
    try {
      for (const frame of reader.push(bytes)) take(frame);
    } catch (error) {
      socket.end(closeFrame(Number(VicError.from(error).detail["closeCode"])));
      stream.destroy();
    }
  });
  socket.on("error", () => {});
  socket.once("end", () => stream.push(null));
  socket.once("close", () => stream.destroy());
  return stream;
}
