import { expect, test } from "bun:test";
import { setClockAtTick } from "./clock.ts";

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
