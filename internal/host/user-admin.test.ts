import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { TestHost } from "./testing/fakes.ts";
import { connectAs, failure } from "./testing/users.ts";
import { changeUsers } from "./user-admin.ts";

// A password hash takes long on a busy machine.
setDefaultTimeout(60_000);

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
});
afterAll(() => host[Symbol.asyncDispose]());

test("accounts are changed while vic-host does not run, and only then", async () => {
  const add = { what: "add", name: "zoe", password: "first", role: "ReadOnly" } as const;
  await expect(changeUsers(host.dir, add)).rejects.toThrow("another vic-host uses");
  await host.halt();
  await changeUsers(host.dir, add);
  await expect(changeUsers(host.dir, add)).rejects.toThrow("is taken");
  await expect(changeUsers(host.dir, { ...add, name: "x", role: "None" })).rejects.toThrow(
    "no role",
  );
  await expect(changeUsers(host.dir, { ...add, name: "a b" })).rejects.toThrow("a name has");
  await expect(changeUsers(host.dir, { what: "remove", name: "root" })).rejects.toThrow("--user");
  await changeUsers(host.dir, { what: "password", name: "zoe", password: "second" });
  expect(await changeUsers(host.dir, { what: "list" })).toEqual(["root\tAdmin", "zoe\tReadOnly"]);
  await host.boot();
  expect(await failure(connectAs(host, "zoe", "first"))).toBe("InvalidLogin");
  await using zoe = await connectAs(host, "zoe", "second");
  expect(zoe.content.about.apiType).toBe("HostAgent");
  const elsewhere = join(host.dir, "elsewhere");
  await expect(changeUsers(elsewhere, { what: "list" })).rejects.toThrow("not the data folder");
  expect(existsSync(elsewhere)).toBe(false);
});
