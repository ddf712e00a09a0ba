import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { NetNamespace, netlink } from "./namespace.ts";
import { configure } from "./network.ts";
import { listeningPorts } from "./ports.ts";
import { parseLease } from "./dhcp.ts";
import { acknowledgement, addressBytes, linkRequest, parseCidr, routeRequest } from "./netlink.ts";

describe("netlink", () => {
  test("addresses", () => {
    expect([...addressBytes("10.0.2.255")]).toEqual([10, 0, 2, 255]);
    const hex = (text: string): string => Buffer.from(addressBytes(text)).toString("hex");
    expect(hex("fe80::1")).toBe("fe800000000000000000000000000001");
    expect(hex("::")).toBe("0".repeat(32));
    expect(hex("1:2:3:4:5:6:7:8")).toBe("00010002000300040005000600070008");
    expect(hex("::ffff:1.2.3.4")).toBe("00000000000000000000ffff01020304");
    expect(parseCidr("172.16.0.2/16").prefixBits).toBe(16);
    for (const bad of ["", "10.0.0", "10.0.0.1/33", "10.0.0.1", "fe80::1%eth0/64", "10.0.0.1/8/8"])
      expect(() => parseCidr(bad)).toThrow();
  });

  test("a message has its length and is aligned", () => {
    const message = Buffer.from(routeRequest(3, { gateway: "10.0.0.1" }));
    expect(message.readUInt32LE(0)).toBe(message.length);
    expect(message.length % 4).toBe(0);
    const move = linkRequest(2, { move: { name: "eth0", namespaceFd: 9 } });
    expect(Buffer.from(move).includes("eth0\0")).toBeTrue();
  });

  test("only an error message is an acknowledgement", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const number = acknowledgement(bytes);
        expect(number === undefined || Number.isInteger(number)).toBeTrue();
      }),
    );
  });

  test.skipIf(process.getuid?.() !== 0)("a name space of its own, configured from here", () => {
    const folder = mkdtempSync(join(tmpdir(), "vic-net-"));
    const before = readdirSync("/sys/class/net");
    const namespace = NetNamespace.create(join(folder, "net"));
    namespace.run(() =>
      configure("lo", {
        network: "n",
        mac: "",
        mode: "static",
        address: "10.9.8.7/24",
        gateway: "10.9.8.1",
        isDefault: true,
      }),
    );
    const show = Bun.spawnSync([
      "nsenter",
      `--net=${join(folder, "net")}`,
      "cat",
      "/proc/net/route",
    ]);
    // Gateway 10.9.8.1 as the kernel prints it.
    expect(show.stdout.toString()).toContain("0108090A");
    expect(() => namespace.run(() => netlink([linkRequest(4711, { isUp: true })]))).toThrow(
      "ENODEV",
    );
    expect(readdirSync("/sys/class/net")).toEqual(before);
    Bun.spawnSync(["umount", "--lazy", join(folder, "net")]);
    rmSync(folder, { recursive: true });
  });
});

test("listening ports, without loopback", () => {
  const tcp = `  sl  local_address rem_address   st
   0: 00000000:0050 00000000:0000 0A 00000000:00000000
   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000
   2: 0200A8C0:0016 0100A8C0:D431 01 00000000:00000000`;
  expect(listeningPorts("tcp", tcp)).toEqual([80]);
  const zero = "0".repeat(32);
  expect(listeningPorts("udp", `0: ${zero}:0035 ${zero}:0000 07 x`)).toEqual([53]);
  expect(listeningPorts("tcp", `0: ${"0".repeat(24)}01000000:0035 ${zero}:0000 0A x`)).toEqual([]);
  fc.assert(fc.property(fc.string(), (text) => void listeningPorts("tcp", text)));
});

test("leases", () => {
  expect(parseLease("10.0.2.15/24\n10.0.2.2 10.0.2.3\n")).toEqual({
    address: "10.0.2.15/24",
    gateway: "10.0.2.2",
  });
  expect(parseLease("10.0.2.15/24\n\n")).toEqual({ address: "10.0.2.15/24" });
  expect(parseLease("")).toBeUndefined();
});
