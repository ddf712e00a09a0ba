import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { frameMaxBytes, frameTypes } from "./control.ts";
import { encodeFrame, encodeJson, encodeU32, FrameParser, readJson, readU32 } from "./frame.ts";

const frame = fc.record({
  type: fc.constantFrom(...Object.values(frameTypes)),
  stream: fc.integer({ min: 0, max: 0xffff_ffff }),
  payload: fc.uint8Array({ maxLength: 300 }),
});

describe("frames", () => {
  test("any frames in any chunking come out as they went in", () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 20 }), fc.array(fc.nat(400)), (frames, cuts) => {
        const bytes = Buffer.concat(frames.map((f) => encodeFrame(f.type, f.stream, f.payload)));
        const parser = new FrameParser();
        const seen = [];
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          seen.push(...parser.push(bytes.subarray(at, at + cut)));
          at = Math.min(bytes.length, at + cut);
        }
        expect(seen.map((f) => ({ ...f, payload: new Uint8Array(f.payload) }))).toEqual(
          frames.map((f) => ({ ...f, payload: new Uint8Array(f.payload) })),
        );
      }),
    );
  });

  test("garbage is refused or waits for more, never more than one frame of it", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 30 }), (chunks) => {
        const parser = new FrameParser();
        try {
          for (const chunk of chunks) {
            for (const f of parser.push(chunk)) {
              expect(f.payload.length).toBeLessThanOrEqual(frameMaxBytes);
              expect(f.type).toBeLessThanOrEqual(frameTypes.pong);
            }
          }
        } catch (error) {
          expect(error).toMatchObject({ code: "damaged" });
        }
      }),
    );
  });

  test("a header that announces too much is refused before its payload arrives", () => {
    const header = new Uint8Array(9);
    new DataView(header.buffer).setUint32(0, frameMaxBytes + 1);
    header[4] = frameTypes.data;
    expect(() => new FrameParser().push(header)).toThrow("announces");
  });

  test("payloads", () => {
    expect(() => encodeFrame(frameTypes.data, 1, new Uint8Array(frameMaxBytes + 1))).toThrow();
    const one = (bytes: Uint8Array) => new FrameParser().push(bytes)[0]!;
    expect(readU32(one(encodeU32(frameTypes.window, 7, 4_000_000_000)))).toBe(4_000_000_000);
    expect(readJson(one(encodeJson(frameTypes.open, 1, { a: "ü" })))).toEqual({ a: "ü" });
    for (const text of ["", "1", "[]", "null", "{", '{"a":"\xff"}']) {
      const bytes = encodeFrame(frameTypes.open, 1, Buffer.from(text, "latin1"));
      expect(() => readJson(one(bytes))).toThrow("control channel");
    }
    expect(() => readU32(one(encodeFrame(frameTypes.window, 1)))).toThrow("4 bytes");
  });
});
