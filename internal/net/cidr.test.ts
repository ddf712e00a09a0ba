import { expect, test } from "bun:test";
import * as fc from "fast-check";
import * as cidr from "./cidr.ts";

test("addresses and prefixes survive being written and read", () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.nat(32), (address, bits) => {
      const text = cidr.formatCidr({ address, bits });
      expect(cidr.parseCidr(text)).toEqual({ address, bits });
      expect(cidr.bitsOf(cidr.maskOf(bits))).toBe(bits);
      expect(cidr.contains({ address, bits }, address)).toBe(true);
      expect(cidr.contains({ address, bits }, cidr.broadcastOf({ address, bits }))).toBe(true);
    }),
  );
});

test.each(["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.x", "::1", "1.2.3.-4"])(
  "%p is not an address",
  (text) => expect(() => cidr.parseAddress(text)).toThrow("not an IPv4 address"),
);

test.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/+8"])(
  "%p is not a prefix",
  (text) => expect(() => cidr.parseCidr(text)).toThrow("not a CIDR"),
);

test("a netmask with holes has no length", () => {
  expect(cidr.bitsOf(0xff00ff00)).toBeUndefined();
});

test("ends of a prefix", () => {
  const range = cidr.parseCidr("172.16.5.9/16");
  expect(cidr.formatAddress(cidr.networkOf(range))).toBe("172.16.0.0");
  expect(cidr.formatAddress(cidr.broadcastOf(range))).toBe("172.16.255.255");
});

test("subnets up to the end of the address space", () => {
  const found = [...cidr.subnets(cidr.parseCidr("255.255.0.0/16"), 17)].map(cidr.formatCidr);
  expect(found).toEqual(["255.255.0.0/17", "255.255.128.0/17"]);
});

test("link-local address of a MAC address", () => {
  expect(cidr.linkLocalOf("00:50:56:aa:00:01")).toBe("fe80::250:56ff:feaa:1");
  expect(() => cidr.linkLocalOf("00:50:56")).toThrow("not a MAC address");
});
