import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LineReader } from "./line-reader.ts";

describe("lines", () => {
  test("any chunking gives the same lines", () => {
    const line = fc.string({ maxLength: 30 }).map((text) => text.replaceAll("\n", " "));
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(20)), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(""));
        const reader = new LineReader(1000);
        const seen: string[] = [];
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          seen.push(...reader.push(bytes.subarray(at, at + cut)));
          at = Math.min(bytes.length, at + cut);
        }
        expect(seen).toEqual(lines.map((text) => Buffer.from(text).toString()));
      }),
    );
  });

  test("a line that is too long is dropped, the next one is not", () => {
    const reader = new LineReader(4);
    expect(reader.push(Buffer.from("abcde"))).toEqual([]);
    expect(reader.push(Buffer.from("f\nok\nlonger\nend\n"))).toEqual(["ok", "end"]);
    expect(reader.push(Buffer.from("1234\n"))).toEqual(["1234"]);
  });
});
