import { describe, expect, test } from "bun:test";
import { InventoryMap } from "./inventory-map.ts";

const ref = (type: string, value: string) => ({ type, value });
const object = (type: string, value: string, name: string, parent?: [string, string]) => ({
  ref: ref(type, value),
  name,
  parent: parent && ref(...parent),
});
const map = new InventoryMap([
  object("Datacenter", "dc1", "DC1"),
  object("Datacenter", "dc2", "DC2"),
  object("Folder", "h1", "host", ["Datacenter", "dc1"]),
  object("ClusterComputeResource", "c1", "C1", ["Folder", "h1"]),
  object("ComputeResource", "c2", "esx", ["Folder", "h1"]),
  object("ResourcePool", "p1", "Resources", ["ClusterComputeResource", "c1"]),
  object("ResourcePool", "p2", "Resources", ["ComputeResource", "c2"]),
  object("ResourcePool", "p3", "dev", ["ResourcePool", "p1"]),
  object("ResourcePool", "p4", "dev", ["ResourcePool", "p2"]),
  object("Folder", "n1", "network", ["Datacenter", "dc1"]),
  object("Network", "net1", "VM Network", ["Folder", "n1"]),
]);
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
  test("has a path for everything", () => {
    expect(map.pathOf(ref("ResourcePool", "p3"))).toBe("/DC1/host/C1/Resources/dev");
    expect(map.all("pool").map((e) => e.ref.value)).toEqual(["p1", "p2", "p3", "p4"]);
    expect(map.pathOf(ref("ResourcePool", "x"))).toBeUndefined();
  });

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
