import { expect, test } from "bun:test";
import { humanDuration, parseTimestamp, rfc3339Nano, unixSeconds } from "./time.ts";

test("timestamps keep their nanoseconds", () => {
  expect(parseTimestamp("1700000000.000000012")).toBe(1_700_000_000_000_000_012n);
  expect(parseTimestamp("1700000000")).toBe(1_700_000_000_000_000_000n);
  expect(parseTimestamp("2023-11-14T22:13:20Z")).toBe(1_700_000_000_000_000_000n);
  expect(rfc3339Nano(1_700_000_000_000_000_012n)).toBe("2023-11-14T22:13:20.000000012Z");
  expect(() => parseTimestamp("yesterday")).toThrow('invalid timestamp "yesterday"');
  expect(unixSeconds("2023-11-14T22:13:20.999999999Z")).toBe(1_700_000_000);
  expect(unixSeconds("")).toBe(0);
});

test("a duration means that long ago, as `until=24h` of a prune does", () => {
  for (const [text, ms] of [
    ["24h", 86_400_000],
    ["1h30m", 5_400_000],
    ["1.5s", 1500],
    ["250ms", 250],
  ] as const) {
    const before = BigInt(Date.now() - ms) * 1_000_000n;
    const at = parseTimestamp(text);
    expect(at >= before && at <= BigInt(Date.now() - ms) * 1_000_000n).toBe(true);
  }
  for (const text of ["h", "1x", "1h x", "1h-2m"]) expect(() => parseTimestamp(text)).toThrow();
});

test("durations read as docker ps shows them", () => {
  const minute = 60_000;
  const hour = 60 * minute;
  const cases: [number, string][] = [
    [500, "Less than a second"],
    [1000, "1 second"],
    [59_000, "59 seconds"],
    [90_000, "About a minute"],
    [5 * minute, "5 minutes"],
    [hour, "About an hour"],
    [47 * hour, "47 hours"],
    [48 * hour, "2 days"],
    [14 * 24 * hour, "2 weeks"],
    [70 * 24 * hour, "2 months"],
    [800 * 24 * hour, "2 years"],
  ];
  for (const [ms, text] of cases) expect(humanDuration(ms)).toBe(text);
});
