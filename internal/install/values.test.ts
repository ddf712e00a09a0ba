import { describe, expect, test } from "bun:test";
import {
  formatDuration,
  hostAddress,
  isWithin,
  parseCidr,
  parseDurationMs,
  parseGateway,
  parseInteger,
  parseName,
  parseProxy,
  parseRegistry,
  parseShares,
  parseSizeBytes,
  parseStore,
} from "./values.ts";

describe("values of flags", () => {
  test("durations", () => {
    expect(parseDurationMs("timeout", "3m0s")).toBe(180_000);
    expect(parseDurationMs("timeout", "1h30m")).toBe(5_400_000);
    expect(parseDurationMs("timeout", "1.5s")).toBe(1500);
    expect(formatDuration(180_000)).toBe("3m0s");
    expect(formatDuration(3_661_000)).toBe("1h1m1s");
    expect(formatDuration(1000)).toBe("1s");
    for (const bad of ["", "3", "m", "3m ", "-3m", "0s", "3x", "9999h"]) {
      expect(() => parseDurationMs("timeout", bad)).toThrow("--timeout");
    }
  });

  test("sizes", () => {
    expect(parseSizeBytes("s", "8GB")).toBe(8e9);
    expect(parseSizeBytes("s", "8gib")).toBe(8 * 2 ** 30);
    expect(parseSizeBytes("s", "1.5 MB")).toBe(1_500_000);
    expect(parseSizeBytes("s", "512")).toBe(512);
    for (const bad of ["", "GB", "8XB", "-1GB", "99999999PB"])
      expect(() => parseSizeBytes("s", bad)).toThrow("--s");
  });

  test("numbers and shares", () => {
    expect(parseInteger("n", "16", 1, 30)).toBe(16);
    for (const bad of ["", "0", "31", "1.5", "-2", "0x10", "1e1"])
      expect(() => parseInteger("n", bad, 1, 30)).toThrow("from 1 to 30");
    expect(parseShares("s", "High")).toEqual({ level: "high" });
    expect(parseShares("s", "6000")).toEqual({ level: "custom", shares: 6000 });
    for (const bad of ["", "0", "higher", "-1"]) expect(() => parseShares("s", bad)).toThrow("--s");
  });

  test("addresses and gateways", () => {
    expect(parseCidr("ip", "10.0.0.2/24")).toEqual({ address: "10.0.0.2", prefix: 24 });
    for (const bad of [
      "10.0.0.2",
      "10.0.0/24",
      "10.0.0.2/33",
      "10.0.0.2/",
      "::1/64",
      "1.2.3.4/5/6",
    ])
      expect(() => parseCidr("ip", bad)).toThrow("CIDR");
    expect(isWithin("10.0.0.9", { address: "10.0.0.2", prefix: 24 })).toBe(true);
    expect(isWithin("10.0.1.9", { address: "10.0.0.2", prefix: 24 })).toBe(false);
    expect(hostAddress({ address: "172.16.0.0", prefix: 12 }, 1)).toBe("172.16.0.1");
    expect(hostAddress({ address: "10.255.255.7", prefix: 24 }, 255)).toBe("10.255.255.255");
    expect(parseGateway("g", "10.0.0.1")).toEqual({ address: "10.0.0.1", destinations: [] });
    expect(parseGateway("g", "10.0.0.1/24").address).toBe("10.0.0.1");
    expect(parseGateway("g", "10.1.2.3/16,10.2.0.0/16:10.0.0.1")).toEqual({
      address: "10.0.0.1",
      destinations: ["10.1.0.0/16", "10.2.0.0/16"],
    });
    expect(() => parseGateway("g", "10.1.0.0:10.0.0.1")).toThrow("CIDR");
  });

  test("names", () => {
    expect(parseName("name", "virtual-container-host")).toBe("virtual-container-host");
    expect(parseName("name", "a".repeat(31))).toHaveLength(31);
    expect(() => parseName("name", "a".repeat(32))).toThrow(
      "exceeds the permitted 31 characters limit",
    );
    for (const bad of ["", " ", "a/b", "a:b", "..", "a|b", "50%", "a\nb"])
      expect(() => parseName("name", bad)).toThrow("--name");
  });

  test("stores", () => {
    expect(parseStore("i", "datastore1")).toEqual({ datastore: "datastore1", path: "" });
    expect(parseStore("i", "ds://datastore1/a/b/")).toEqual({
      datastore: "datastore1",
      path: "a/b",
    });
    for (const bad of ["", "nfs://x/y", "ds:///x", "a/../b", "a/b|c"])
      expect(() => parseStore("i", bad)).toThrow("--i");
  });

  test("registries and proxies", () => {
    expect(parseRegistry("r", "reg.test:5000", false)).toBe("reg.test:5000");
    expect(parseRegistry("r", "https://reg.test/", false)).toBe("https://reg.test");
    expect(parseRegistry("r", "*.corp.test", false)).toBe("*.corp.test");
    expect(parseRegistry("r", "10.0.0.0/8", true)).toBe("10.0.0.0/8");
    expect(() => parseRegistry("r", "10.0.0.0/8", false)).toThrow(
      "invalid insecure registry entry",
    );
    for (const bad of ["", "ftp://x", "a b", "reg/path", "a..b"])
      expect(() => parseRegistry("r", bad, true)).toThrow("--r");
    expect(parseProxy("p", "http://proxy:3128")).toBe("http://proxy:3128");
    for (const bad of ["proxy:3128", "socks5://x", ""])
      expect(() => parseProxy("p", bad)).toThrow("--p");
  });
});
