import { expect, test } from "bun:test";
import { type Chain, currentChain, runInChain } from "./chain.ts";

test("work is part of its chain until the task is over, also what it leaves behind", async () => {
  const chain: Chain = { id: 7, userName: "root", isOver: false };
  const later = Promise.withResolvers<(Chain | undefined)[]>();
  await runInChain(chain, async () => {
    await Promise.resolve();
    expect(currentChain()).toBe(chain);
    setImmediate(() => {
      const during = currentChain();
      chain.isOver = true;
      later.resolve([during, currentChain()]);
    });
  });
  expect(await later.promise).toEqual([chain, undefined]);
  expect(currentChain()).toBeUndefined();
});
