import { describe, expect, test } from "bun:test";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { LogParams } from "./control.ts";
import { logFileName, readLog } from "./log-files.ts";
import { encodeLogEntry, LogEntryParser, type LogEntry } from "./log-frame.ts";

const all: LogParams = { follow: false, stdout: true, stderr: true, tail: -1 };

function entry(n: number, text = `line ${n}\n`, stream: 1 | 2 = 1): LogEntry {
  return { timeNs: BigInt(n), stream, isPartial: !text.endsWith("\n"), bytes: Buffer.from(text) };
}

function logOf(...files: (LogEntry[] | Uint8Array)[]): string {
  const folder = mkdtempSync(join(tmpdir(), "vic-log-"));
  for (const [index, file] of files.entries()) {
    const bytes = file instanceof Uint8Array ? file : Buffer.concat(file.map(encodeLogEntry));
    writeFileSync(join(folder, logFileName(index + 3)), bytes);
  }
  return folder;
}

async function texts(folder: string, params: Partial<LogParams>): Promise<string[]> {
  const parser = new LogEntryParser();
  const entries: LogEntry[] = [];
  for await (const block of readLog(folder, { ...all, ...params }))
    entries.push(...parser.push(block));
  expect(parser.pendingBytes).toBe(0);
  return entries.map((e) => Buffer.from(e.bytes).toString());
}

describe("reading a log", () => {
  const folder = logOf(
    [entry(1), entry(2, "err 2\n", 2)],
    [entry(3), entry(4, "half "), entry(5, "whole\n"), entry(6)],
  );

  test("everything, by stream, by time", async () => {
    expect(await texts(folder, {})).toHaveLength(6);
    expect(await texts(folder, { stdout: false })).toEqual(["err 2\n"]);
    expect(await texts(folder, { since: "2", until: "3" })).toEqual(["err 2\n", "line 3\n"]);
    expect(await texts(join(folder, "none"), {})).toEqual([]);
  });

  test("tail counts lines, not entries, across files", async () => {
    expect(await texts(folder, { tail: 0 })).toEqual([]);
    expect(await texts(folder, { tail: 1 })).toEqual(["line 6\n"]);
    expect(await texts(folder, { tail: 2 })).toEqual(["half ", "whole\n", "line 6\n"]);
    expect((await texts(folder, { tail: 4 }))[0]).toBe("err 2\n");
    expect(await texts(folder, { tail: 100 })).toHaveLength(6);
    const open = logOf([entry(1), entry(2, "no newline")]);
    expect(await texts(open, { tail: 1 })).toEqual(["no newline"]);
  });

  test("a file that was cut off or damaged gives what is whole", async () => {
    const bytes = Buffer.concat([entry(1), entry(2)].map(encodeLogEntry));
    expect(await texts(logOf(bytes.subarray(0, -3), [entry(3)]), {})).toEqual([
      "line 1\n",
      "line 3\n",
    ]);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (garbage) => {
        const damaged = logOf(Buffer.concat([bytes, garbage]));
        expect((await texts(damaged, {})).slice(0, 2)).toEqual(["line 1\n", "line 2\n"]);
      }),
      { numRuns: 30 },
    );
  });

  test("many lines come in blocks, tail of a long log is exact", async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => entry(n));
    const long = logOf(lines.slice(0, 9_000), lines.slice(9_000));
    expect(await texts(long, {})).toHaveLength(20_000);
    expect((await texts(long, { tail: 15_000 }))[0]).toBe("line 5000\n");
  });
});
