import { expect, test } from "bun:test";
import { VicError } from "../internal/errors/errors.ts";
import { keys } from "../internal/guest/config.ts";
import { freezeTemplate } from "./template.ts";

function guest(values: Record<string, string>, freeze = async () => 5) {
  const done: string[] = [];
  const guestInfo = {
    get: async (key: string) => values[key],
    freeze: async () => {
      done.push("freeze");
      return freeze();
    },
  };
  const rehearse = async () => void done.push("rehearse");
  const run = () => freezeTemplate(guestInfo, rehearse, (ms) => String(done.push(`freshen ${ms}`)));
  return { done, run };
}

test("a template rehearses, freezes, and its clone is made fresh before anything else", async () => {
  const { done, run } = guest({ [keys.template]: "1" });
  await run();
  expect(done).toEqual(["rehearse", "freeze", "freshen 5"]);
});

test("a VM that is no template, or has its identity, goes on at once", async () => {
  for (const values of [{}, { [keys.template]: "1", [keys.config]: "{}" }]) {
    const { done, run } = guest(values);
    await run();
    expect(done).toEqual([]);
  }
});

test("a template that cannot be frozen waits for an identity like any other VM", async () => {
  const { done, run } = guest({ [keys.template]: "1" }, () =>
    Promise.reject(new VicError("unsupported", "no")),
  );
  await run();
  expect(done).toEqual(["rehearse", "freeze"]);
});
