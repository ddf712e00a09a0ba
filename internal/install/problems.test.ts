import { expect, test } from "bun:test";
import { VicError } from "../errors/errors.ts";
import { Problems } from "./problems.ts";

const bad = (text: string) => () => {
  throw new VicError("not-found", text, { hint: "look again" });
};

test("one problem is thrown as it is, several as a list", async () => {
  const problems = new Problems();
  problems.check("wrong");
  expect(problems.take(() => 1, 2)).toBe(1);
  expect(problems.take(bad("first"), 2)).toBe(2);
  expect(() => problems.check("wrong")).toThrow(problems.list[0]!);
  expect(await problems.ask(async () => bad("second")())).toBeUndefined();
  expect(() => problems.check("wrong")).toThrow(
    "wrong:\n  - first: look again\n  - second: look again",
  );
});

test("an interruption is no problem of the input", async () => {
  const cancelled = async () => {
    throw new VicError("cancelled", "interrupted");
  };
  const thrown = await new Problems().ask(cancelled).catch((e: unknown) => e);
  expect(thrown).toMatchObject({ code: "cancelled" });
});
