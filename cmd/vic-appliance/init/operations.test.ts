import { expect, test } from "bun:test";
import { keys } from "../../../internal/guest/config.ts";
import type { CallStream } from "../../../internal/guest/operations/call-server.ts";
import { applianceOperations } from "./operations.ts";

/** A hash that is quick to make and to check. */
const hashOf = (password: string) =>
  Bun.password.hash(password, { algorithm: "argon2id", memoryCost: 8, timeCost: 1 });

/** Whether credentials are taken while the debug key has this value. */
function checker() {
  const values = new Map<string, string>();
  const { operate } = applianceOperations({ get: async (key) => values.get(key) });
  const check = (username: string, password: string) =>
    operate("check", { username, password }, {} as CallStream).then(
      () => true,
      () => false,
    );
  return { values, check };
}

test("nobody may do anything until a password was set, and then only root with that one", async () => {
  const { values, check } = checker();
  expect(await check("root", "")).toBe(false);
  values.set(keys.applianceDebug, JSON.stringify({ rootPasswordHash: await hashOf("secret one") }));
  expect(await check("root", "secret one")).toBe(true);
  expect(await check("root", "secret one")).toBe(true);
  expect(await check("root", "secret two")).toBe(false);
  expect(await check("admin", "secret one")).toBe(false);
  values.set(keys.applianceDebug, JSON.stringify({ rootPasswordHash: await hashOf("secret two") }));
  expect(await check("root", "secret one")).toBe(false);
  values.set(keys.applianceDebug, "no JSON");
  expect(await check("root", "secret two")).toBe(false);
});
