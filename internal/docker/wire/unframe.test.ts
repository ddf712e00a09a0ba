import { expect, test } from "bun:test";
import { stdcopyFrame } from "../../guest/stdcopy.ts";
import { makeUnframe } from "./unframe.ts";

test("headers come off wherever the stream is cut", () => {
  const bytes = Buffer.concat([
    stdcopyFrame(1, Buffer.from("one ")),
    stdcopyFrame(2, Buffer.alloc(0)),
    stdcopyFrame(2, Buffer.from("two")),
  ]);
  for (let cut = 1; cut <= bytes.length; cut++) {
    const unframe = makeUnframe();
    const out: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += cut) out.push(unframe(bytes.subarray(at, at + cut)));
    expect(Buffer.concat(out).toString()).toBe("one two");
  }
});
