import { expect, test } from "bun:test";
import { applianceNameservers, parseNameservers } from "./nameservers.ts";

test("resolv.conf", () => {
  const text =
    "# x\nsearch a b\nnameserver 10.0.2.3\n nameserver 127.0.0.53\nnameserver ::1\nnameserver x\n";
  expect(parseNameservers(text)).toEqual(["10.0.2.3"]);
  expect(parseNameservers("nameserver 1.1.1.1\n".repeat(9))).toHaveLength(3);
});

test("what was configured comes first", () => {
  expect(applianceNameservers(["8.8.8.8"])).toEqual(["8.8.8.8"]);
});
