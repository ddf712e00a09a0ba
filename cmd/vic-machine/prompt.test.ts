import { expect, test } from "bun:test";
import { VicError } from "../../internal/errors/errors.ts";
import { askSecret, type Terminal } from "./prompt.ts";

function terminal(isTTY = true) {
  const listeners = new Set<(data: Uint8Array) => void>();
  const modes: boolean[] = [];
  const input: Terminal = {
    isTTY,
    setRawMode: (isRaw) => modes.push(isRaw),
    resume: () => undefined,
    pause: () => undefined,
    on: (_, listener) => listeners.add(listener),
    off: (_, listener) => listeners.delete(listener),
  };
  const type = (text: string) => listeners.forEach((l) => l(new TextEncoder().encode(text)));
  const output = { text: "", write: (t: string) => (output.text += t) };
  return { input, output, type, modes, listeners };
}

test("a password is read key by key and never shown", async () => {
  const t = terminal();
  const answer = askSecret("Password: ", t.input, t.output);
  t.type("wrong\u0015se");
  t.type("x\u007fcrét\r");
  expect(await answer).toBe("secrét");
  expect(t.output.text).toBe("Password: \n");
  expect(t.modes).toEqual([true, false]);
  expect(t.listeners.size).toBe(0);
});

test("an empty password is one; Ctrl-C is none", async () => {
  const empty = terminal();
  const answer = askSecret("?", empty.input, empty.output);
  empty.type("\r");
  expect(await answer).toBe("");
  const left = terminal();
  const failed = askSecret("?", left.input, left.output).catch((e: unknown) => e);
  left.type("ab\u0003");
  expect(await failed).toMatchObject({ code: "cancelled" });
  expect(left.modes).toEqual([true, false]);
});

test("an interruption ends the question, and echo is off before it is asked", async () => {
  const t = terminal();
  const order: string[] = [];
  t.input.setRawMode = (isRaw) => order.push(`raw ${isRaw}`);
  t.output.write = (text) => order.push(text).toString();
  const stop = new AbortController();
  const failed = askSecret("?", t.input, t.output, stop.signal).catch((e: unknown) => e);
  stop.abort(new VicError("cancelled", "interrupted"));
  expect(await failed).toMatchObject({ code: "cancelled" });
  expect(order).toEqual(["raw true", "?", "raw false", "\n"]);
});

test("without a terminal the hint says what to set", async () => {
  const t = terminal(false);
  const failed = await askSecret("?", t.input, t.output).catch((e: unknown) => e);
  expect(failed).toMatchObject({ hint: expect.stringContaining("VIC_MACHINE_PASSWORD") });
});
