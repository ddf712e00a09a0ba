import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { FrameQueue, FrameReader, frameMaxBytes, headerBytes } from "./frame-buffer.ts";

/** A frame with its header as QEMU sends it. */
function packed(content: Uint8Array): Buffer {
  const frame = Buffer.alloc(headerBytes + content.length);
  frame.writeUInt32BE(content.length);
  frame.set(content, headerBytes);
  return frame;
}

function collect(): { reader: FrameReader; frames: string[] } {
  const frames: string[] = [];
  const reader = new FrameReader((bytes, start, end) => {
    frames.push(bytes.toString("hex", start + headerBytes, end));
  });
  return { reader, frames };
}

describe("FrameReader", () => {
  test("finds the same frames however the stream is cut", () => {
    const content = fc.uint8Array({ minLength: 14, maxLength: 5000 });
    const cuts = fc.array(fc.nat(6000), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(content, { maxLength: 8 }), cuts, (contents, sizes) => {
        const stream = Buffer.concat(contents.map(packed));
        const { reader, frames } = collect();
        let at = 0;
        for (const size of [...sizes, stream.length]) {
          expect(reader.push(stream.subarray(at, at + size))).toBe(true);
          at += size;
        }
        expect(frames).toEqual(contents.map((c) => Buffer.from(c).toString("hex")));
      }),
      { seed: 20 },
    );
  });

  test("says no to a length that cannot be, also when it comes byte by byte", () => {
    for (const length of [0, 13, frameMaxBytes + 1, 0xffffffff]) {
      const header = Buffer.alloc(4);
      header.writeUInt32BE(length);
      expect(collect().reader.push(header)).toBe(false);
      const { reader } = collect();
      const results = [...header, 0].map((byte) => reader.push(Buffer.of(byte)));
      expect(results).toContain(false);
    }
  });

  test("never throws on noise and never holds more than a frame", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (chunks) => {
        const { reader } = collect();
        chunks.every((chunk) => reader.push(Buffer.from(chunk)));
      }),
      { seed: 21 },
    );
  });

  test("starts afresh after a reset", () => {
    const { reader, frames } = collect();
    reader.push(packed(Buffer.alloc(20, 1)).subarray(0, 10));
    reader.reset();
    reader.push(packed(Buffer.alloc(14, 2)));
    expect(frames).toEqual(["02".repeat(14)]);
  });
});

describe("FrameQueue", () => {
  test("keeps order over partial writes and drops whole frames when full", () => {
    const queue = new FrameQueue(5000);
    const frames = Array.from({ length: 5 }, (_, i) => packed(Buffer.alloc(1200, i)));
    for (const frame of frames) queue.push(frame, 0, frame.length);
    expect(queue.droppedCount).toBe(1);
    const written: Buffer[] = [];
    const take = (limit: number) =>
      queue.drain((bytes, offset, length) => {
        const count = Math.min(limit, length);
        written.push(Buffer.from(bytes.subarray(offset, offset + count)));
        return count;
      });
    take(1500);
    queue.push(frames[4]!, 0, frames[4]!.length);
    take(Number.MAX_SAFE_INTEGER);
    expect(Buffer.concat(written)).toEqual(Buffer.concat(frames));
    expect(queue.length).toBe(0);
  });

  test("a refused write (-1) takes nothing", () => {
    const queue = new FrameQueue(5000);
    queue.push(Buffer.alloc(100), 0, 100);
    queue.drain(() => -1);
    expect(queue.length).toBe(100);
  });
});
