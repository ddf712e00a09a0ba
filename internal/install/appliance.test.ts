import { describe, expect, test } from "bun:test";
import { assignMacs, buildNics, macOf } from "./appliance.ts";
import { parseCreate } from "./settings.ts";

const networksOf = (raw: Record<string, string>) =>
  parseCreate({ target: "u@esx", name: "vch", ...raw }, "/").networks;

describe("NICs of the appliance", () => {
  test("have manual MACs of VMware's range, always the same for the same VCH", () => {
    const macs = Array.from({ length: 200 }, (_, i) => macOf(`${i}`));
    for (const mac of macs) expect(mac).toMatch(/^00:50:56:[0-3][0-9a-f](:[0-9a-f]{2}){2}$/);
    expect(new Set(macs).size).toBeGreaterThan(195);
    expect(macOf("7")).toBe(macs[7]!);
  });

  test("are one for each network, also when two seeds give one MAC", () => {
    const names = { public: "VM Network", client: "VM Network", management: "mgmt", bridge: "vch" };
    const dice = ["a", "a", "b", "b", "c"];
    const macs = assignMacs(names, "seed", () => dice.shift()!);
    expect(Object.fromEntries(macs)).toEqual({ "VM Network": "a", mgmt: "b", vch: "c" });
    const nics = buildNics(networksOf({ "management-network": "mgmt" }), names, macs);
    expect(nics.public.mac).toBe(nics.client.mac);
    expect(nics.management).toEqual({ network: "mgmt", mac: "b", mode: "dhcp" });
    expect(nics.bridge).toEqual({
      network: "vch",
      mac: "c",
      mode: "static",
      address: "172.16.0.1/16",
    });
  });

  test("share the static address of their network", () => {
    const settings = networksOf({
      "public-network-ip": "10.0.0.2/24",
      "public-network-gateway": "10.0.0.1",
      "management-network": "mgmt",
      "management-network-ip": "10.9.0.2/24",
      "management-network-gateway": "10.8.0.0/16:10.9.0.1",
      "bridge-network-range": "192.168.0.0/16",
      "bridge-network-width": "24",
    });
    const names = { public: "VM Network", client: "VM Network", management: "mgmt", bridge: "vch" };
    const nics = buildNics(settings, names, assignMacs(names, "seed"));
    expect(nics.public).toMatchObject({
      address: "10.0.0.2/24",
      gateway: "10.0.0.1",
      destinations: [],
    });
    expect(nics.client).toMatchObject({ mode: "static", address: "10.0.0.2/24" });
    expect(nics.management).toMatchObject({
      address: "10.9.0.2/24",
      gateway: "10.9.0.1",
      destinations: ["10.8.0.0/16"],
    });
    expect(nics.bridge.address).toBe("192.168.0.1/24");
  });
});
