import { expect, test } from "bun:test";
import { held, type Holdable } from "./hold.ts";

/** Notes what is done with it. */
function holdable(isPaused = false): Holdable & { done: boolean[] } {
  return {
    isPaused,
    done: [],
    async setPaused(to) {
      this.done.push(to);
    },
  };
}

test("work that breaks off lets the processes go on", async () => {
  const container = holdable();
  await expect(held(container, () => Promise.reject(new Error("reset")))).rejects.toThrow("reset");
  expect(container.done).toEqual([true, false]);
});

test("what a user has paused stays so", async () => {
  const container = holdable(true);
  await held(container, async () => {});
  expect(container.done).toEqual([]);
});

test("processes that have ended meanwhile are no failure", async () => {
  const container = holdable();
  const setPaused = container.setPaused.bind(container);
  container.setPaused = (to) => (to ? setPaused(to) : Promise.reject(new Error("not running")));
  await held(container, async () => {});
  expect(container.done).toEqual([true]);
});
