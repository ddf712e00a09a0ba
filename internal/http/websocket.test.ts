import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { VicError } from "../errors/errors.ts";
import { acceptKey, FrameReader, serverFrame } from "./websocket.ts";

/** As a client sends it: masked. */
function clientFrame(opcode: number, payload: Uint8Array): Buffer {
  const plain = serverFrame(opcode, payload);
  const headBytes = plain.length - payload.length;
  const head = Buffer.from(plain.subarray(0, headBytes));
  head[1]! |= 0x80;
  const mask = Buffer.from([1, 2, 3, 4]);
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ mask[i & 3]!)]);
}

describe("web socket", () => {
  test("the handshake of RFC 6455, 1.3", () => {
    expect(acceptKey("dGhlIHNhbXBsZSBub25jZQ==")).toBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    expect(() => acceptKey("short")).toThrow("Sec-WebSocket-Key");
  });

  test("frames of every length, cut anywhere", () => {
    const lengths = fc.constantFrom(0, 1, 125, 126, 65_535, 65_536);
    fc.assert(
      fc.property(fc.array(lengths, { maxLength: 4 }), fc.integer({ min: 1 }), (sizes, step) => {
        const frames = sizes.map((size) => clientFrame(2, Buffer.alloc(size, 7)));
        const bytes = Buffer.concat(frames);
        const reader = new FrameReader();
        const seen: number[] = [];
        const cut = 1 + (step % 70_000);
        for (let at = 0; at < bytes.length; at += cut)
          for (const { opcode, payload } of reader.push(bytes.subarray(at, at + cut))) {
            expect(opcode).toBe(2);
            expect(payload.every((byte) => byte === 7)).toBe(true);
            seen.push(payload.length);
          }
        expect(seen).toEqual(sizes);
      }),
      { numRuns: 50 },
    );
  });

  test("what is no frame is refused with the code that says so", () => {
    const code = (bytes: Uint8Array) => {
      try {
        return [...new FrameReader().push(bytes)];
      } catch (error) {
        return VicError.from(error).detail["closeCode"];
      }
    };
    expect(code(serverFrame(2, Buffer.from("not masked")))).toBe(1002);
    expect(code(Buffer.from([0xf2, 0x80, 0, 0, 0, 0]))).toBe(1002);
    expect(code(Buffer.from([0x09, 0x80, 0, 0, 0, 0]))).toBe(1002);
    expect(code(Buffer.from([0x82, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4]))).toBe(1009);
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void code(bytes)));
  });
});
