import { expect, test } from "bun:test";
import { checkAllowed, isInsecure, matchesRegistry, proxyFor } from "./policy.ts";

const settings = (parts: object) => ({
  insecure: [],
  allowed: [],
  caPem: [],
  proxies: { http: "", https: "", no: "" },
  ...parts,
});

test("entries match hosts, ports, ranges and domains", () => {
  const cases: [string, string, boolean][] = [
    ["h.io", "h.io", true],
    ["h.io", "h.io:5000", true],
    ["h.io:443", "h.io", true],
    ["h.io:5000", "h.io", false],
    ["https://h.io:5000", "h.io:5000", true],
    ["10.0.0.0/8", "10.1.2.3:5000", true],
    ["10.0.0.0/8", "11.1.2.3", false],
    ["*.corp", "a.corp:1", true],
    ["*.corp", "corp", false],
    ["H.IO", "h.io", true],
    ["", "h.io", false],
  ];
  for (const [entry, registry, expected] of cases) {
    expect([entry, registry, matchesRegistry([entry], registry)]).toEqual([
      entry,
      registry,
      expected,
    ]);
  }
});

test("an allow list shuts everything else out", () => {
  const some = settings({ allowed: ["h.io"] });
  checkAllowed(some, "h.io:5000");
  expect(() => checkAllowed(some, "docker.io")).toThrow(
    "Access denied to unauthorized registry (docker.io) while VCH is in whitelist mode",
  );
});

test("loopback is insecure, others when listed", () => {
  expect(isInsecure(settings({}), "127.0.0.1:5000")).toBe(true);
  expect(isInsecure(settings({}), "10.0.2.2:5000")).toBe(false);
  expect(isInsecure(settings({ insecure: ["10.0.2.2:5000"] }), "10.0.2.2:5000")).toBe(true);
});

test("a proxy is used unless the host is excepted", () => {
  const proxies = { http: "http://p:1", https: "http://p:2", no: "h.io,.corp,10.0.0.0/8,x:81" };
  const proxy = (url: string) => proxyFor(settings({ proxies }), new URL(url));
  expect(proxy("https://other/")).toBe("http://p:2");
  expect(proxy("http://other/")).toBe("http://p:1");
  for (const url of [
    "https://h.io/",
    "https://a.h.io/",
    "http://a.corp",
    "http://10.1.1.1",
    "http://x:81",
  ]) {
    expect(proxy(url)).toBeUndefined();
  }
  expect(proxy("http://x:82")).toBe("http://p:1");
});
