import { expect, test } from "bun:test";
import { poll } from "./poll.ts";

test("looks until there is something, and no longer", async () => {
  let looks = 0;
  expect(await poll(() => (++looks === 3 ? "it" : undefined), new AbortController().signal)).toBe(
    "it",
  );
  expect(looks).toBe(3);
});

test("ends with the signal, and with what looking throws", async () => {
  const stop = new AbortController();
  let looks = 0;
  const polled = poll(() => {
    if (++looks === 2) stop.abort(new Error("enough"));
    return undefined;
  }, stop.signal);
  await expect(polled).rejects.toThrow("enough");
  expect(looks).toBe(2);
  const fail = () => {
    throw new Error("broken");
  };
  await expect(poll(fail, new AbortController().signal)).rejects.toThrow("broken");
});
