import { expect, test } from "bun:test";
import { Gate, pause } from "./gate.ts";

test("no more than the width are inside, and they come in order", async () => {
  const gate = new Gate(2, 10);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  const work = (n: number) =>
    gate.run(async () => {
      order.push(n);
      most = Math.max(most, ++inside);
      await pause(1);
      inside -= 1;
    });
  await Promise.all([0, 1, 2, 3, 4].map(work));
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

test("who gives up waiting leaves no hole, and the queue is bounded", async () => {
  const gate = new Gate(1, 1);
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = gate.run(() => promise);
  const giveUp = new AbortController();
  const second = gate.run(async () => "never", giveUp.signal);
  await expect(gate.run(async () => "over")).rejects.toMatchObject({ code: "exhausted" });
  giveUp.abort();
  await expect(second).rejects.toMatchObject({ code: "cancelled" });
  const third = gate.run(async () => "third");
  resolve();
  await first;
  expect(await third).toBe("third");
});

test("work that fails lets the next one in", async () => {
  const gate = new Gate(1, 1);
  await expect(gate.run(() => Promise.reject(new Error("x")))).rejects.toThrow("x");
  expect(await gate.run(async () => 1)).toBe(1);
});

test("a pause ends with its signal", async () => {
  const stop = new AbortController();
  const waiting = pause(60_000, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
});

test.each([0, 1, 2, 3, 4])(
  "who gives up %d turns after a place is free takes nobody else's",
  async (turns) => {
    const gate = new Gate(1, 10);
    const giveUp = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = gate.run(() => promise);
    const second = gate.run(async () => "second", giveUp.signal).catch(() => "given up");
    const third = gate.run(async () => "third");
    resolve();
    for (let i = 0; i < turns; i++) await Promise.resolve();
    giveUp.abort();
    await Promise.all([first, second]);
    expect(await third).toBe("third");
  },
);
