import { expect, test } from "bun:test";
import type { ImageDefaults } from "../../image/config.ts";
import { Fields } from "../wire/decode.ts";
import { healthcheckConfig, mergeHealthcheck } from "./healthcheck.ts";

const second = 1e9;
const withCheck = (healthcheck?: ImageDefaults["healthcheck"]) =>
  ({ healthcheck }) as ImageDefaults;
const image = withCheck({ Test: ["CMD", "a"], Interval: 7 * second, Retries: 2 });
const merge = (Healthcheck: unknown, from = image) =>
  mergeHealthcheck(new Fields({ Healthcheck }), from);

test("the user's health check wins over the image's, field by field", () => {
  expect(merge(undefined)).toEqual({ Test: ["CMD", "a"], Interval: 7 * second, Retries: 2 });
  expect(merge({ Retries: 9 })).toMatchObject({ Test: ["CMD", "a"], Retries: 9 });
  expect(merge({ Test: ["NONE"] })?.Test).toEqual(["NONE"]);
  expect(merge(undefined, withCheck())).toBeUndefined();
});

test("what the tether runs, with Docker's defaults", () => {
  expect(healthcheckConfig({ Test: ["CMD-SHELL", "x y"] }, [])).toEqual({
    args: ["/bin/sh", "-c", "x y"],
    intervalMs: 30_000,
    timeoutMs: 30_000,
    startPeriodMs: 0,
    startIntervalMs: 5_000,
    retries: 3,
  });
  const shell = ["/bin/bash", "-c"];
  expect(healthcheckConfig({ Test: ["CMD-SHELL", "x"] }, shell)?.args).toEqual([...shell, "x"]);
  expect(healthcheckConfig({ Test: ["CMD", "x"], Interval: 1.5e9 }, shell)).toMatchObject({
    args: ["x"],
    intervalMs: 1500,
  });
  expect(healthcheckConfig({ Test: ["NONE"] }, [])).toBeUndefined();
  expect(healthcheckConfig({ Test: [] }, [])).toBeUndefined();
});

test("what dockerd refuses", () => {
  for (const [json, text] of [
    [{ Interval: 5 }, "Interval in Healthcheck cannot be less than 1ms"],
    [{ StartPeriod: -1 }, "StartPeriod in Healthcheck"],
    [{ Retries: -1 }, "cannot be negative"],
  ] as const)
    expect(() => merge(json)).toThrow(text);
  expect(() => healthcheckConfig({ Test: ["sh", "x"] }, [])).toThrow("Unknown healthcheck type");
});
