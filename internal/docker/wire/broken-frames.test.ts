import { expect, test } from "bun:test";
import { stdcopyFrame } from "../../guest/stdcopy.ts";
import { FrameTracker } from "./broken-frames.ts";

const frames = Buffer.concat([
  stdcopyFrame(1, Buffer.from("some output")),
  stdcopyFrame(2, Buffer.alloc(0)),
  stdcopyFrame(1, Buffer.alloc(300, "x")),
]);

/** Stream and payload of each frame; throws when the last one is not whole. */
function framesOf(bytes: Buffer): [number, string][] {
  const found: [number, string][] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at + 4);
    if (at + 8 + length > bytes.length) throw new Error("a frame is cut");
    found.push([bytes[at]!, bytes.toString("utf8", at + 8, at + 8 + length)]);
    at += 8 + length;
  }
  return found;
}

test("wherever a stream breaks off, the error is a frame of its own", () => {
  for (let cut = 0; cut <= frames.length; cut++) {
    const tracker = new FrameTracker();
    const part = frames.subarray(0, cut);
    for (let at = 0; at < cut; at += 5) tracker.push(part.subarray(at, at + 5));
    const all = framesOf(Buffer.concat([part, tracker.error("it broke")]));
    expect(all.at(-1)).toEqual([3, "it broke"]);
  }
});
