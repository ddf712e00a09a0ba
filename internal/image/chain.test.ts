import { expect, test } from "bun:test";
import { layerChain } from "./chain.ts";

test("the same layer over another one has another id", () => {
  const [a, b] = ["a", "b"].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];
  expect(layerChain([])).toEqual([]);
  expect(layerChain([a])).toEqual([a]);
  const [first, second] = layerChain([a, b]);
  expect(first).toBe(a);
  const hash = new Bun.CryptoHasher("sha256").update(`${a} ${b}`).digest("hex");
  expect(second).toBe(`sha256:${hash}`);
  expect(layerChain([b, b])[1]).not.toBe(second);
});
