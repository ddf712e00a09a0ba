import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { parseGuestMessage } from "./tools-message.ts";

test("takes the messages of the wire", () => {
  const mac = "00:0C:29:00:00:01";
  const parse = (message: unknown) => parseGuestMessage(JSON.stringify(message));
  expect(parse({ hello: { version: "1" } })).toHaveProperty("hello");
  expect(parse({ id: 1, get: "guestinfo.a" })).toEqual({ id: 1, get: "guestinfo.a" });
  expect(parse({ id: 2, set: "guestinfo.a", value: "" })).toHaveProperty("value", "");
  expect(parse({ nics: [{ mac, addresses: ["10.0.2.15/24", "fe80::1/64"] }] })).toEqual({
    nics: [{ mac: mac.toLowerCase(), addresses: ["10.0.2.15/24", "fe80::1/64"] }],
  });
  const ports = [{ protocol: "tcp" as const, port: 80 }];
  expect(parse({ ports })).toEqual({ ports });
});

test("drops what is not of the wire, and keeps the rest", () => {
  const mac = "00:0c:29:00:00:01";
  const addresses = ["10.0.2.15", "10.0.2.15/33", "fe80::1%eth0/64", "x/8", 5, "10.0.2.16/24"];
  expect(
    parseGuestMessage(JSON.stringify({ nics: [{ mac, addresses }, { mac: "x" }, null] })),
  ).toEqual({ nics: [{ mac, addresses: ["10.0.2.16/24"] }] });
  const ports = [0, 65536, 1.5, "80", 81].map((port) => ({ protocol: "tcp", port }));
  expect(parseGuestMessage(JSON.stringify({ ports }))).toEqual({
    ports: [{ protocol: "tcp", port: 81 }],
  });
  for (const line of [
    "",
    "{",
    "null",
    "5",
    "[]",
    '{"id":1}',
    '{"id":1,"get":""}',
    '{"id":1,"set":"a"}',
  ]) {
    expect(parseGuestMessage(line)).toBeUndefined();
  }
});

test("never throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (line) => void parseGuestMessage(line)),
    { seed: 40, numRuns: 2000 },
  );
});
