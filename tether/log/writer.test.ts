import { describe, expect, test } from "bun:test";
import { appendFileSync, mkdtempSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLog } from "../../internal/guest/log-files.ts";
import { entryMaxBytes, LogEntryParser } from "../../internal/guest/log-frame.ts";
import { LogWriter, splitLines } from "./writer.ts";

const all = { follow: false, stdout: true, stderr: true, tail: -1 };
const folderFor = (): string => mkdtempSync(join(tmpdir(), "vic-log-"));

async function texts(folder: string): Promise<string[]> {
  const parser = new LogEntryParser();
  const blocks = await Array.fromAsync(readLog(folder, all));
  return blocks.flatMap((b) => parser.push(b).map((e) => Buffer.from(e.bytes).toString()));
}

describe("writing a log", () => {
  test("a ring keeps the newest files within their size", async () => {
    const folder = folderFor();
    const log = await LogWriter.open(folder, { maxBytes: 1000, maxFiles: 3 });
    for (let n = 0; n < 500; n++) await log.append(1, Buffer.from(`line ${n}\n`), BigInt(n));
    await log.end();
    const files = readdirSync(folder).toSorted();
    expect(files).toHaveLength(3);
    for (const name of files) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1000);
    expect((await texts(folder)).at(-1)).toBe("line 499\n");
  });

  test("goes on behind the last whole entry of a run that was cut off", async () => {
    const folder = folderFor();
    const first = await LogWriter.open(folder, { maxBytes: 0, maxFiles: 1 });
    await first.append(1, Buffer.from("one\n"), 1n);
    await first.end();
    appendFileSync(join(folder, "00000001.log"), new Uint8Array([0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0]));
    const second = await LogWriter.open(folder, { maxBytes: 0, maxFiles: 1 });
    await second.append(2, Buffer.from("two\n"), 2n);
    await second.end();
    expect(await texts(folder)).toEqual(["one\n", "two\n"]);
  });

  test("a follower gets what comes and ends with the log, or when it is cancelled", async () => {
    const folder = folderFor();
    const log = await LogWriter.open(folder, { maxBytes: 300, maxFiles: 100 });
    const signal = new AbortController().signal;
    const parser = new LogEntryParser();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const block of readLog(folder, { ...all, follow: true }, log.follower(signal)))
        seen.push(...parser.push(block).map((e) => Buffer.from(e.bytes).toString()));
    })();
    for (let n = 0; n < 100; n++) await log.append(1, Buffer.from(`line ${n}\n`), BigInt(n));
    const abort = new AbortController();
    const cancelled = Array.fromAsync(
      readLog(folder, { ...all, follow: true, tail: 0 }, log.follower(abort.signal)),
    );
    abort.abort();
    expect(await cancelled).toEqual([]);
    await log.end();
    await reading;
    expect(seen).toEqual(Array.from({ length: 100 }, (_, n) => `line ${n}\n`));
  });

  test("lines are cut at newlines and at the limit", () => {
    const text = (parts: Uint8Array[]): string[] => parts.map((p) => Buffer.from(p).toString());
    expect(text(splitLines(Buffer.from("a\n\nb")))).toEqual(["a\n", "\n", "b"]);
    const long = splitLines(new Uint8Array(entryMaxBytes + 1));
    expect(long.map((p) => p.length)).toEqual([entryMaxBytes, 1]);
    expect(splitLines(new Uint8Array(0))).toEqual([]);
  });
});
