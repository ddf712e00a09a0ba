import { expect, test } from "bun:test";
import { Loopback } from "./loopback.ts";

test("guest addresses of the NAT network have an address on this machine", () => {
  const loopback = new Loopback("127.0.7.0/24");
  expect(loopback.outside("10.0.2.15")).toBe("127.0.7.15");
  expect(loopback.outside("10.0.2.15/24")).toBe("127.0.7.15");
});

test.each([
  "10.0.2.2",
  "10.0.2.3",
  "10.0.2.0",
  "10.0.2.255",
  "10.0.2.x",
  "10.0.3.15",
  "fe80::1",
  "",
])("%p has none", (address) => {
  expect(new Loopback("127.0.2.0/24").outside(address)).toBeUndefined();
});

test.each(["127.0.0.0/24", "127.0.2.0/16", "10.0.2.0/24", "127.0.300.0/24", "127.0.2.1/24", ""])(
  "%p is refused",
  (network) => {
    expect(() => new Loopback(network)).toThrow("cannot be the loopback network");
  },
);
