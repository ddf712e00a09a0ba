import { expect, test } from "bun:test";
import { setClockAtTick, setClockByHost } from "./clock.ts";

test("the clock is set when the real time clock ticks", async () => {
  const seconds = [7, 7, 7, 8];
  const set: number[] = [];
  await setClockAtTick(
    () => seconds.shift()!,
    (to) => void set.push(to),
  );
  expect(set).toEqual([8]);
  expect(seconds).toEqual([]);
});

test("without a real time clock it stays as it is", async () => {
  const read = () => {
    throw new Error("no such file");
  };
  const set = () => {
    throw new Error("set");
  };
  expect(await setClockAtTick(read, set)).toBeUndefined();
});

test("the host's time is taken where it is told", async () => {
  const set: number[] = [];
  const aheadMs = 5_000;
  const info = { time: async () => Date.now() + aheadMs };
  expect(await setClockByHost(info, (to) => void set.push(to))).toBeCloseTo(aheadMs / 1000, 1);
  expect(set).toHaveLength(1);
});
