import { expect, test } from "bun:test";
import { Throttle } from "./throttle.ts";

/** A clock that stands still but for sleeps, which it remembers. */
function clock() {
  const slept: number[] = [];
  const state = { at: 1_000_000 };
  return {
    slept,
    state,
    now: () => state.at,
    sleep: async (ms: number) => {
      slept.push(ms);
    },
  };
}

test("the first wrong passwords cost nothing, further ones more and more", async () => {
  const time = clock();
  const throttle = new Throttle(time);
  for (let i = 0; i < 9; i++) {
    expect(await throttle.turn("root")).toBe(true);
    throttle.failed("root");
    time.state.at += 10_000;
  }
  expect(time.slept.filter((ms) => ms > 0)).toEqual([]);
  throttle.failed("root");
  await throttle.turn("root");
  expect(time.slept.at(-1)).toBe(2000);
});

test("attempts at once wait one after the other, and not without end", async () => {
  const time = clock();
  const throttle = new Throttle(time);
  for (let i = 0; i < 12; i++) throttle.failed("root");
  const turns = await Promise.all(Array.from({ length: 20 }, () => throttle.turn("root")));
  expect(time.slept).toEqual([2000, 4000, 6000, 8000, 10_000]);
  expect(turns.filter(Boolean)).toHaveLength(5);
});

test("another name is not slowed down, and a right password or time ends it", async () => {
  const time = clock();
  const throttle = new Throttle(time);
  for (let i = 0; i < 12; i++) throttle.failed("root");
  await throttle.turn("other");
  expect(time.slept).toEqual([]);
  throttle.succeeded("root");
  await throttle.turn("root");
  expect(time.slept).toEqual([]);
  for (let i = 0; i < 12; i++) throttle.failed("root");
  time.state.at += 16 * 60 * 1000;
  await throttle.turn("root");
  expect(time.slept).toEqual([]);
});
