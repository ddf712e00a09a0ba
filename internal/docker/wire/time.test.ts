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
