import { describe, expect, test } from "bun:test";
import { createServer } from "node:https";
import type { ApplianceConfig, ApplianceState } from "../guest/config.ts";
import { generateCa, issue } from "../pki/pki.ts";
import { addressesOf, waitForDocker, whyNotReady } from "./ready.ts";

const outer = "00:50:56:01:02:03";
const nics = {
  public: { mac: outer },
  client: { mac: outer },
  management: { mac: outer },
  bridge: { mac: "00:50:56:0a:0b:0c" },
} as ApplianceConfig["nics"];
const state = (portLayer: string, docker: string): ApplianceState => ({
  build: "",
  addresses: {},
  services: { "port-layer": portLayer, docker },
  restarts: { "port-layer": 0, docker: 0 },
});

describe("an appliance", () => {
  test("has the addresses its NICs report, by MAC, IPv4 only", () => {
    const guestNet = [
      { macAddress: "00:50:56:0A:0B:0C", ipAddress: ["172.16.0.1", "fe80::1"] },
      { macAddress: outer.toUpperCase(), ipAddress: ["fe80::2", "169.254.1.1", "127.0.2.15"] },
    ];
    expect(addressesOf(nics, guestNet)).toEqual({
      public: "127.0.2.15",
      client: "127.0.2.15",
      management: "127.0.2.15",
      bridge: "172.16.0.1",
    });
    expect(addressesOf(nics, undefined)).toEqual({});
    expect(addressesOf(nics, [{ macAddress: outer }])).toEqual({});
  });

  test("is ready when it has an address and all services run", () => {
    const addresses = { client: "127.0.2.15" };
    expect(whyNotReady(undefined, addresses)).toContain("not reported");
    expect(whyNotReady(state("true", "true"), {})).toContain("no address");
    expect(whyNotReady(state("true", ""), addresses)).toBe(
      "Component did not launch successfully - docker: starting",
    );
    expect(whyNotReady(state("no vSphere", "true"), addresses)).toContain("port-layer: no vSphere");
    expect(whyNotReady(state("true", "true"), addresses)).toBe("");
  });
});

test("the Docker API is asked until it answers, and only the expected server is believed", async () => {
  const ca = await generateCa({ organization: ["x"] });
  const leaf = { organization: ["x"], sans: ["name.test"] };
  const server = await issue(ca, { ...leaf, usage: "server" });
  const other = await issue(ca, { ...leaf, usage: "server" });
  const client = await issue(ca, { ...leaf, usage: "client" });
  let calls = 0;
  const listener = createServer(
    { cert: server.certPem, key: server.keyPem, ca: ca.certPem, requestCert: true },
    (_, response) => {
      calls += 1;
      response.writeHead(calls > 2 ? 200 : 503);
      response.end("{}");
    },
  );
  await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
  const { port } = listener.address() as { port: number };
  const access = { address: "127.0.0.1", port, serverCertPem: server.certPem, client };
  const told: string[] = [];
  await waitForDocker(access, AbortSignal.timeout(20_000), (why) => told.push(why));
  expect(calls).toBe(3);
  expect(told[0]).toContain("503");

  const stop = new AbortController();
  const wrong = waitForDocker({ ...access, serverCertPem: other.certPem }, stop.signal, () =>
    stop.abort(),
  );
  expect(await wrong.catch((e: { code: string }) => e.code)).toBe("cancelled");
  expect(calls).toBe(3);
  listener.close();
});
