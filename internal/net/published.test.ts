import { expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishedPorts, publishedScript, type PublishedPort } from "./published.ts";

const web: PublishedPort = { protocol: "tcp", hostPort: 8080, address: "172.16.0.2", port: 80 };

test("replaces everything in one transaction", () => {
  const script = publishedScript([web, { ...web, protocol: "udp", hostAddress: "10.0.0.1" }]);
  expect(script.split("\n")).toEqual([
    "flush chain inet vic published",
    "flush map inet vic published_tcp",
    "flush map inet vic published_udp",
    "add element inet vic published_tcp { 8080 : 172.16.0.2 . 80 }",
    "add rule inet vic published ip daddr 10.0.0.1 udp dport 8080 dnat ip to 172.16.0.2:80",
    "",
  ]);
});

test.each([
  { ...web, address: "1.1.1.1 }; flush ruleset" },
  { ...web, hostAddress: "::1" },
  { ...web, hostPort: 0 },
  { ...web, port: 70_000 },
  { ...web, port: 1.5 },
])("%p is refused", (port) => expect(() => publishedScript([port])).toThrow());

test("nothing is published before the first time", async () => {
  expect(await publishedPorts("/nonexistent/file")).toEqual([]);
  const damaged = join(tmpdir(), `published-${process.pid}`);
  await Bun.write(damaged, "{");
  expect(publishedPorts(damaged)).rejects.toThrow("cannot read");
  await Bun.file(damaged).delete();
});
