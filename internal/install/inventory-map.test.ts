import { describe, expect, test } from "bun:test";
import type { Entry } from "../vsphere/finder.ts";
import { InventoryMap } from "./inventory-map.ts";

const entry = (type: string, value: string, path: string): Entry => ({
  ref: { type, value },
  name: path.split("/").at(-1)!,
  path,
});
const map = new InventoryMap(
  new Map([
    ["datacenter", [entry("Datacenter", "dc1", "/DC1"), entry("Datacenter", "dc2", "/DC2")]],
    [
      "compute",
      [
        entry("ClusterComputeResource", "c1", "/DC1/host/C1"),
        entry("ComputeResource", "c2", "/DC1/host/esx"),
      ],
    ],
    [
      "pool",
      [
        entry("ResourcePool", "p1", "/DC1/host/C1/Resources"),
        entry("ResourcePool", "p3", "/DC1/host/C1/Resources/dev"),
        entry("ResourcePool", "p2", "/DC1/host/esx/Resources"),
        entry("ResourcePool", "p4", "/DC1/host/esx/Resources/dev"),
      ],
    ],
    ["network", [entry("Network", "net1", "/DC1/network/VM Network")]],
  ]),
);
const dc = map.datacenter("DC1");
const text = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { text: string }).text;
  }
  return "";
};

describe("the inventory", () => {
  test("finds the datacenter, or suggests", () => {
    expect(dc.ref.value).toBe("dc1");
    expect(map.datacenter("/DC2").ref.value).toBe("dc2");
    expect(text(() => map.datacenter(""))).toContain('Suggested datacenters: "DC1", "DC2"');
    expect(text(() => map.datacenter("DC3"))).toContain("Suggested datacenters");
  });

  test("finds pools by name, by path and by compute resource", () => {
    expect(map.pool("esx", dc).ref.value).toBe("p2");
    expect(map.pool("C1/Resources/dev", dc).ref.value).toBe("p3");
    expect(map.pool("/DC1/host/esx/Resources/dev", dc).ref.value).toBe("p4");
    expect(map.computeOf(map.pool("esx", dc))?.name).toBe("esx");
    expect(text(() => map.pool("dev", dc))).toContain("/DC1/host/esx/Resources/dev");
    expect(text(() => map.pool("nope", dc))).toContain(
      'Suggested values for --compute-resource: "C1", "esx"',
    );
    expect(text(() => map.pool("", dc))).toContain("No unambiguous default compute resource");
  });

  test("finds networks, in the datacenter only", () => {
    expect(map.one("network", "public-network", "VM Network", dc).ref.value).toBe("net1");
    const missing = text(() => map.one("network", "public-network", "x", dc));
    expect(missing).toContain("--public-network: network 'x' not found");
    expect(missing).toContain('"VM Network"');
    const elsewhere = map.datacenter("DC2");
    expect(text(() => map.one("network", "client-network", "VM Network", elsewhere))).toContain(
      "not found",
    );
  });
});
