import { expect, test } from "bun:test";
import { networkInterfaces } from "node:os";
import { parseConfig } from "./appliance.ts";
import { firewallScript } from "./firewall.ts";
import { zombiesOf } from "./kernel.ts";
import { nicReports } from "./reporter.ts";

const nic = { network: "n", mac: "00:50:56:aa:00:01", mode: "dhcp" };
const good = {
  version: 1,
  name: "vch",
  nameservers: [],
  docker: { port: 2376 },
  nics: { public: nic, client: nic, management: nic, bridge: { ...nic, address: "172.16.0.1/16" } },
};

test("a usable configuration passes", () => {
  expect(parseConfig(JSON.stringify(good)).name).toBe("vch");
});

test.each([
  "{",
  "null",
  "[]",
  JSON.stringify({ ...good, version: 2 }),
  JSON.stringify({ ...good, docker: {} }),
  JSON.stringify({ ...good, nics: { public: nic } }),
  JSON.stringify({ ...good, nics: { ...good.nics, bridge: { ...nic, mac: "x" } } }),
  JSON.stringify({ ...good, nics: { ...good.nics, bridge: { ...nic, address: "1.1.1.1 dev x" } } }),
  JSON.stringify({ ...good, nics: { ...good.nics, bridge: { ...nic, gateway: "1\nlink del" } } }),
])("%p is refused", (text) => expect(() => parseConfig(text)).toThrow("configuration"));

test("addresses are reported by MAC address", () => {
  const reports = nicReports(networkInterfaces());
  for (const report of reports) expect(report.mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
  expect(reports.flatMap((report) => report.addresses)).not.toContain("127.0.0.1/8");
});

test("finds a child that nobody waited for", async () => {
  // The shell becomes a program that does not wait for the child it inherits.
  const parent = Bun.spawn(["/bin/sh", "-c", "sleep 0 & exec sleep 60"]);
  while (zombiesOf(parent.pid).size === 0) await Bun.sleep(5);
  expect(zombiesOf(parent.pid).size).toBe(1);
  parent.kill();
  await parent.exited;
});

test("the Docker port is open and no other service", () => {
  expect(firewallScript(2375)).toContain("tcp dport { 22, 2378, 2375 } accept");
});
