import { expect, test } from "bun:test";
import { BackOff, shouldRestart, shouldStartOnBoot, type Ended } from "./restart.ts";

const ended = (name: Ended["policy"]["name"], more: Partial<Ended> = {}): Ended => ({
  policy: { name, maximumRetryCount: 0 },
  exitCode: 1,
  isStoppedByUser: false,
  restartCount: 0,
  ...more,
});

test("policies", () => {
  expect(shouldRestart(ended("no"))).toBe(false);
  expect(shouldRestart(ended("always", { exitCode: 0 }))).toBe(true);
  expect(shouldRestart(ended("always", { isStoppedByUser: true }))).toBe(false);
  expect(shouldRestart(ended("unless-stopped"))).toBe(true);
  expect(shouldRestart(ended("on-failure"))).toBe(true);
  expect(shouldRestart(ended("on-failure", { exitCode: 0 }))).toBe(false);
  const twice = { name: "on-failure", maximumRetryCount: 2 } as const;
  expect(shouldRestart(ended("on-failure", { policy: twice, restartCount: 1 }))).toBe(true);
  expect(shouldRestart(ended("on-failure", { policy: twice, restartCount: 2 }))).toBe(false);
});

test("at a boot only `unless-stopped` stays off because a user had stopped it", () => {
  const stopped = { isStoppedByUser: true };
  expect(shouldStartOnBoot(ended("always", stopped))).toBe(true);
  expect(shouldStartOnBoot(ended("on-failure", stopped))).toBe(true);
  expect(shouldStartOnBoot(ended("on-failure", { ...stopped, exitCode: 0 }))).toBe(false);
  expect(shouldStartOnBoot(ended("unless-stopped", stopped))).toBe(false);
  expect(shouldStartOnBoot(ended("unless-stopped"))).toBe(true);
  expect(shouldStartOnBoot(ended("no"))).toBe(false);
});

test("the back-off doubles up to a minute, and a good run starts it over", () => {
  const backOff = new BackOff();
  expect([0, 0, 0].map((ranMs) => backOff.next(ranMs))).toEqual([100, 200, 400]);
  for (let i = 0; i < 20; i++) backOff.next(0);
  expect(backOff.next(0)).toBe(60_000);
  expect(backOff.next(10_000)).toBe(100);
});
