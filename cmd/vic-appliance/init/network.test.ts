import { expect, test } from "bun:test";
import type { ApplianceNic, Role } from "../../../internal/guest/config.ts";
import type { Lease } from "../../../internal/net/dhcp/client.ts";
import { linkCommands, planNics, resolverFile, routeCommands } from "./network.ts";

const shared: ApplianceNic = { network: "VM Network", mac: "00:50:56:AA:00:01", mode: "dhcp" };
const bridge: ApplianceNic = {
  network: "bridge",
  mac: "00:50:56:aa:00:02",
  mode: "static",
  address: "172.16.0.1/16",
};
const nics: Record<Role, ApplianceNic> = {
  public: shared,
  client: shared,
  management: { ...shared, mac: "00:50:56:aa:00:01" },
  bridge,
};

test("roles with one MAC address share an interface named after the first", () => {
  const plans = planNics(nics);
  expect(plans.map((plan) => [plan.name, plan.roles])).toEqual([
    ["public", ["public", "client", "management"]],
    ["bridge", ["bridge"]],
  ]);
  expect(linkCommands(plans[0]!, "eth0")).toEqual([
    "link set dev eth0 down",
    "link set dev eth0 name public",
    "link property add dev public altname client",
    "link property add dev public altname management",
    "link set dev public up",
  ]);
  expect(linkCommands(plans[1]!, "eth1")).toContain("addr replace 172.16.0.1/16 dev bridge");
});

test("only the public role has the default route", () => {
  const gateway = "10.0.0.1";
  const fixed: ApplianceNic = { ...shared, mode: "static", address: "10.0.0.2/24", gateway };
  expect(routeCommands({ name: "public", roles: ["public"], nic: fixed })).toEqual([
    "route replace default via 10.0.0.1 dev public",
  ]);
  const management = { ...fixed, destinations: ["10.9.0.0/16", "10.8.0.0/16"] };
  expect(routeCommands({ name: "management", roles: ["management"], nic: management })).toEqual([
    "route replace 10.9.0.0/16 via 10.0.0.1 dev management",
    "route replace 10.8.0.0/16 via 10.0.0.1 dev management",
  ]);
  expect(routeCommands({ name: "client", roles: ["client"], nic: fixed })).toEqual([]);
});

test("name servers: configured before leased before routers", () => {
  const lease: Lease = {
    address: { address: 0x0a000205, bits: 24 },
    router: 0x0a000202,
    nameservers: [0x0a000203],
    domain: "lab",
    server: 1,
    leaseSeconds: 60,
    renewSeconds: 30,
    rebindSeconds: 50,
  };
  const leases = new Map<Role, Lease>([["public", lease]]);
  expect(resolverFile(["1.1.1.1", "1.1.1.1"], leases)).toBe(
    "search lab\nnameserver 1.1.1.1\noptions timeout:5 attempts:3\n",
  );
  expect(resolverFile([], leases)).toContain("nameserver 10.0.2.3\n");
  leases.set("public", { ...lease, nameservers: [] });
  expect(resolverFile([], leases)).toContain("nameserver 10.0.2.2\n");
});
