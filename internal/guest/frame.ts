/** Frames of the control channel (control.ts says what they mean). */
import { VicError } from "../errors/errors.ts";
import { frameMaxBytes, frameTypes } from "./control.ts";

/** Length, type and stream id in front of every payload. */
const frameHeaderBytes = 9;
const typeLast = Math.max(...Object.values(frameTypes));

/** A decoded frame; its payload may alias the chunk it came in. */
export interface Frame {
  type: number;
  stream: number;
  payload: Uint8Array;
}

const nothing = new Uint8Array(0);

/** Header and payload as one buffer; throws `invalid` for a payload over {@link frameMaxBytes}. */
export function encodeFrame(
  type: number,
  stream: number,
  payload: Uint8Array = nothing,
): Uint8Array {
  if (payload.length > frameMaxBytes) {
    throw new VicError(
      "invalid",
      `a control message of ${payload.length} bytes is over the limit of ${frameMaxBytes}`,
    );
  }
  const frame = Buffer.allocUnsafe(frameHeaderBytes + payload.length);
  frame.writeUInt32BE(payload.length, 0);
  frame[4] = type;
  frame.writeUInt32BE(stream, 5);
  frame.set(payload, frameHeaderBytes);
  return frame;
}

/** A frame whose payload is JSON. */
export function encodeJson(type: number, stream: number, json: unknown): Uint8Array {
  return encodeFrame(type, stream, Buffer.from(JSON.stringify(json)));
}

/** A frame whose payload is one u32. */
export function encodeU32(type: number, stream: number, value: number): Uint8Array {
  const payload = Buffer.allocUnsafe(4);
  payload.writeUInt32BE(value);
  return encodeFrame(type, stream, payload);
}

/** The u32 payload of a frame. */
export function readU32(frame: Frame): number {
  if (frame.payload.length !== 4) throw damaged(`a frame of type ${frame.type} needs 4 bytes`);
  const { buffer, byteOffset } = frame.payload;
  return new DataView(buffer, byteOffset, 4).getUint32(0);
}

/** The JSON object that is the payload of a frame. */
export function readJson(frame: Frame): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(frame.payload));
  } catch (cause) {
    throw damaged(`the payload of a frame of type ${frame.type} is not JSON`, cause);
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw damaged(`the payload of a frame of type ${frame.type} is not an object`);
  return json as Record<string, unknown>;
}

/** The error for a peer that does not keep to the protocol. */
export function damaged(message: string, cause?: unknown): VicError {
  return new VicError("damaged", `control channel: ${message}`, { cause });
}

/** Cuts a byte stream into frames. Holds at most one incomplete frame. */
export class FrameParser {
  #rest: Uint8Array = nothing;

  /** Frames completed by `chunk`. Throws `damaged` as soon as a header is out of bounds; stop then. */
  push(chunk: Uint8Array): Frame[] {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const frames: Frame[] = [];
    let at = 0;
    while (data.length - at >= frameHeaderBytes) {
      const length = view.getUint32(at);
      const type = data[at + 4]!;
      if (length > frameMaxBytes) throw damaged(`a frame announces ${length} bytes`);
      if (type > typeLast) throw damaged(`unknown frame type ${type}`);
      const end = at + frameHeaderBytes + length;
      if (end > data.length) break;
      const payload = data.subarray(at + frameHeaderBytes, end);
      frames.push({ type, stream: view.getUint32(at + 5), payload });
      at = end;
    }
    this.#rest = at === data.length ? nothing : data.slice(at);
    return frames;
  }
}
