import { expect, test } from "bun:test";
import { RpcGuestInfo } from "./guestinfo-rpc.ts";

test("guestinfo through the backdoor: values, removal, refusal, polled changes", async () => {
  const values = new Map([["guestinfo.a", "1"]]);
  const guest = new RpcGuestInfo(async (command) => {
    const [verb, key = "", ...rest] = command.split(" ");
    if (verb === "info-get") {
      const text = values.get(key);
      return text === undefined ? { isOk: false, text: "No value found" } : { isOk: true, text };
    }
    if (!key.startsWith("guestinfo.")) return { isOk: false, text: "denied" };
    values.set(key, rest.join(" "));
    return { isOk: true, text: "" };
  });
  const changes = guest.changes()[Symbol.asyncIterator]();
  expect(await guest.get("guestinfo.a")).toBe("1");
  expect(await guest.get("guestinfo.none")).toBeUndefined();
  await guest.set("guestinfo.b", "two words");
  expect(values.get("guestinfo.b")).toBe("two words");
  await expect(guest.set("other", "x")).rejects.toMatchObject({ code: "forbidden" });
  values.set("guestinfo.a", "2");
  expect((await changes.next()).value).toEqual(["guestinfo.a"]);
  guest.close();
  expect((await changes.next()).done).toBeTrue();
});
