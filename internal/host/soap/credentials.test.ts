import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { Users } from "../access/users.ts";
import { Store } from "../inventory/store.ts";
import { Credentials } from "./credentials.ts";

// A password hash takes long on a busy machine.
setDefaultTimeout(60_000);

const store = new Store(":memory:");
const users = new Users(store);
beforeAll(() => users.create("ann", "right"));
afterAll(() => store[Symbol.dispose]());

/** Sleeps that do not happen, and what they would have been. */
function clock() {
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
  };
  return { slept, now: () => 1_000_000, sleep };
}

test("guessing becomes slow, while those who are in stay in", async () => {
  const time = clock();
  const credentials = new Credentials(users, time);
  expect(await credentials.isRight("ann", "right")).toBe(true);
  for (let i = 0; i < 8; i++) expect(await credentials.isRight("ann", `wrong ${i}`)).toBe(false);
  expect(time.slept.length).toBeGreaterThan(0);
  const before = time.slept.length;
  // The same credentials as before cost neither a hash nor a wait.
  expect(await credentials.isRight("ann", "right")).toBe(true);
  expect(time.slept.length).toBe(before);
  credentials.forget("ann");
  expect(await credentials.isRight("ann", "right")).toBe(true);
  expect(time.slept.length).toBe(before + 1);
});

test("names that nobody has, and passwords that are none, are wrong", async () => {
  const credentials = new Credentials(users, clock());
  expect(await credentials.isRight("nobody", "right")).toBe(false);
  expect(await credentials.isRight("ann", "")).toBe(false);
  expect(await credentials.isRight("ann", "x".repeat(100_000))).toBe(false);
  expect(await credentials.isRight("__proto__", "x")).toBe(false);
});

test("a password that changed counts at once", async () => {
  const credentials = new Credentials(users, clock());
  expect(await credentials.isRight("ann", "right")).toBe(true);
  await users.update("ann", { password: "newer" });
  expect(await credentials.isRight("ann", "right")).toBe(false);
  expect(await credentials.isRight("ann", "newer")).toBe(true);
});
