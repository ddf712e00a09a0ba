import { describe, expect, test } from "bun:test";
import * as net from "node:net";
import { once } from "node:events";
import fc from "fast-check";
import type { ApplianceConfig } from "../../guest/config.ts";
import type { PublishedPort } from "../../net/published.ts";
import { parseAddress, parseCidr } from "../../net/cidr.ts";
import { AddressPool } from "./ipam.ts";
import { checkMac, randomMac } from "./mac.ts";
import { claimsOf, Networks } from "./networks.ts";
import { PublishedPorts } from "./ports.ts";

const pool = () =>
  new AddressPool({ cidr: parseCidr("10.0.0.0/29"), gateway: parseAddress("10.0.0.1") });

describe("addresses", () => {
  test("each once, never the gateway or an end of the subnet, then no more", () => {
    const addresses = pool();
    const used = new Set<number>();
    const given: string[] = [];
    for (let i = 0; i < 5; i++) {
      given.push(addresses.allocate(used));
      used.add(parseAddress(given[i]!));
    }
    expect(given).toEqual(["10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6"]);
    expect(() => addresses.allocate(used)).toThrow("no free address");
    used.delete(parseAddress("10.0.0.4"));
    expect(addresses.allocate(used)).toBe("10.0.0.4");
  });

  test("one that was just freed is not given out next", () => {
    const addresses = pool();
    expect(addresses.allocate(new Set())).toBe("10.0.0.2");
    expect(addresses.allocate(new Set())).toBe("10.0.0.3");
  });

  test("a certain one must be free and in the subnet", () => {
    expect(pool().allocate(new Set(), "10.0.0.5")).toBe("10.0.0.5");
    for (const bad of ["10.0.0.0", "10.0.0.1", "10.0.0.7", "10.0.0.8", "x"])
      expect(() => pool().allocate(new Set(), bad)).toThrow();
    const used = new Set([parseAddress("10.0.0.5")]);
    expect(() => pool().allocate(used, "10.0.0.5")).toThrow("in use");
  });

  test("never one in use (property)", () => {
    const last = fc.integer({ min: 0, max: 7 });
    fc.assert(
      fc.property(fc.array(last), fc.array(fc.nat(3)), (lasts, calls) => {
        const used = new Set(lasts.map((n) => parseAddress(`10.0.0.${n}`)));
        const addresses = pool();
        for (const _ of calls) {
          if (used.size >= 8 || [2, 3, 4, 5, 6].every((n) => used.has(parseAddress(`10.0.0.${n}`))))
            return;
          const address = parseAddress(addresses.allocate(used));
          expect(used.has(address)).toBe(false);
          used.add(address);
        }
      }),
    );
  });
});

test("MAC addresses are VMware's manual ones", () => {
  for (let i = 0; i < 100; i++)
    expect(randomMac(new Set())).toMatch(/^00:50:56:[0-3][0-9a-f](:[0-9a-f]{2}){2}$/);
  expect(checkMac("02-42-AC-11-00-02", new Set())).toBe("02:42:ac:11:00:02");
  expect(() => checkMac("01:00:00:00:00:00", new Set())).toThrow("multicast");
  expect(() => checkMac("02:00:00:00:00:01", new Set(["02:00:00:00:00:01"]))).toThrow("in use");
});

describe("networks", () => {
  const config = {
    vm: "1",
    name: "vch",
    bridge: { range: "172.16.0.0/12", width: 16 },
    nics: { bridge: { address: "172.16.0.1/16" } },
  } as unknown as ApplianceConfig;

  test("what is claimed is not given out again until released", () => {
    const networks = new Networks(config);
    const none = claimsOf([]);
    const wanted = [{ name: "bridge", aliases: ["a"], address: "172.16.0.9" }];
    const claim = networks.claim(wanted, none);
    expect(claim.networks[0]).toMatchObject({ address: "172.16.0.9", gateway: "172.16.0.1" });
    expect(() => networks.claim(wanted, none)).toThrow("in use");
    claim.release();
    networks.claim(wanted, none).release();
    expect(() => networks.claim([{ name: "nope", aliases: [] }], none)).toThrow("not found");
    expect(() => networks.claim(wanted, claimsOf([claim]))).toThrow("in use");
  });
});

describe("published ports", () => {
  test("are translated, except those of IPv6", async () => {
    const applied: PublishedPort[][] = [];
    const ports = new PublishedPorts(async (all) => void applied.push(all));
    const any = { protocol: "tcp" as const, containerPort: 80, hostAddress: "", hostPort: 0 };
    const [all, one] = await ports.publish("a", "172.16.0.2", [
      any,
      { ...any, protocol: "udp", hostAddress: "127.0.0.1" },
      { ...any, hostAddress: "::ffff:127.0.0.1" },
    ]);
    const to = { address: "172.16.0.2", port: 80 };
    expect(applied.at(-1)).toEqual([
      { ...to, protocol: "tcp", hostPort: all!.hostPort },
      { ...to, protocol: "udp", hostPort: one!.hostPort, hostAddress: "127.0.0.1" },
    ]);
    await ports.withdraw("a");
    expect(applied.at(-1)).toEqual([]);
  });

  test("are reserved, serve, are refused to others, and are free again", async () => {
    const server = net.createServer((socket) => socket.end("hi")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const containerPort = (server.address() as net.AddressInfo).port;
    const applied: PublishedPort[][] = [];
    const ports = new PublishedPorts(async (all) => void applied.push(all));
    const any = { protocol: "tcp" as const, containerPort, hostAddress: "", hostPort: 0 };
    const [bound] = await ports.publish("a", "127.0.0.1", [any]);
    expect(bound!.hostPort).toBeGreaterThan(0);
    expect(applied.at(-1)).toMatchObject([{ hostPort: bound!.hostPort, port: containerPort }]);
    const client = net.connect(bound!.hostPort, "127.0.0.1");
    expect(Buffer.concat(await Array.fromAsync(client)).toString()).toBe("hi");
    const taken = ports.publish("b", "127.0.0.1", [any, { ...any, hostPort: bound!.hostPort }]);
    await expect(taken).rejects.toMatchObject({
      code: "conflict",
      message: `Bind for 0.0.0.0:${bound!.hostPort} failed: port is already allocated`,
    });
    await ports.withdraw("a");
    expect(applied.at(-1)).toEqual([]);
    expect(await ports.publish("b", "127.0.0.1", [bound!])).toEqual([bound!]);
    // Of a range the first that is free, and an error when none is.
    const { hostPort } = bound!;
    const range = { ...bound!, hostPortLast: hostPort + 9 };
    const [next] = await ports.publish("c", "127.0.0.1", [range]);
    expect(next!.hostPort).toBeGreaterThan(hostPort);
    expect(next).not.toContainKey("hostPortLast");
    const full = ports.publish("d", "127.0.0.1", [{ ...bound!, hostPortLast: hostPort }]);
    await expect(full).rejects.toThrow("port is already allocated");
    await ports.withdraw("c");
    await ports.withdraw("b");
    server.close();
  });
});
