import { describe, expect, test } from "bun:test";
import type { MachineDevice, MachineSpec } from "../vm/machine.ts";
import { checkSpec, machineArguments } from "./arguments.ts";
import { parseDeviceId } from "./devices.ts";
import type { Emulator } from "./emulator.ts";
import { runDir } from "./run-dir.ts";

const emulator: Emulator = {
  program: "qemu",
  version: "7.2",
  accelerator: { name: "tcg", reason: "" },
  sandbox: ["-sandbox", "on"],
};
const disk = (key: number, unit: number): MachineDevice => {
  return { kind: "disk", key, unit, path: `/d/${key}.vmdk`, isReadOnly: false };
};
const nic = (key: number): MachineDevice => {
  const mac = "00:0c:29:00:00:01";
  return { kind: "nic", key, mac, portGroup: "VM Network", model: "vmxnet3", isConnected: true };
};
const cdrom: MachineDevice = { kind: "cdrom", key: 3000, path: "/d/boot.iso" };

const spec = (...devices: MachineDevice[]): MachineSpec => {
  const uuid = "564d0000-0000-0000-0000-000000000001";
  return { id: "12", name: "one, two", uuid, cpus: 2, memoryMiB: 512, guestInfo: {}, devices };
};

function build(devices: MachineDevice[], isDirect = false, memoryMiB = 512): string[] {
  return machineArguments({
    spec: { ...spec(...devices), memoryMiB },
    run: runDir("/d", "12"),
    emulator,
    formats: new Map([["/d/2000.vmdk", "qcow2"]]),
    boot: isDirect ? { kernel: "/k", initrd: "/i", commandLine: "a=b, c" } : undefined,
  });
}

/** Values of an option that is JSON. */
function json(options: string[], option: string): Record<string, unknown>[] {
  return options.flatMap((value, i) =>
    options[i - 1] === option && value.startsWith("{") ? [JSON.parse(value)] : [],
  );
}

describe("machineArguments", () => {
  test("is a stopped machine with no surprise in it", () => {
    const options = build([]);
    expect(options).toContain("-S");
    expect(options).toContain("-nodefaults");
    expect(options).toContain("-sandbox");
    expect(options[options.indexOf("-name") + 1]).toBe("guest=one,, two,process=vic-vm-12");
    const drivers = json(options, "-device").map((d) => d["driver"]);
    expect(drivers).toContain("pvscsi");
    expect(drivers).toContain("virtserialport");
    expect(drivers.join()).not.toContain("balloon");
  });

  test("has room for translated code, by its memory", () => {
    const sizes = [64, 512, 8192].map(
      (mib) => /tb-size=(\d+)/.exec(build([], false, mib).join())![1],
    );
    expect(sizes).toEqual(["128", "256", "1024"]);
  });

  test("states the format of every disk", () => {
    const blocks = json(build([disk(2000, 0), disk(2001, 1)]), "-blockdev");
    expect(blocks.map((b) => b["driver"])).toEqual(["qcow2", "raw"]);
  });

  test("boots from the CD first, then from the disk with the lowest unit", () => {
    const devices = json(build([disk(2000, 3), disk(2001, 1), cdrom]), "-device");
    const order = devices.filter((d) => "bootindex" in d).map((d) => [d["id"], d["bootindex"]]);
    expect(Object.fromEntries(order)).toEqual({
      "cdrom-3000": 0,
      "disk-2001": 1,
      "disk-2000": 2,
    });
  });

  test("a direct boot needs no order", () => {
    const options = build([disk(2000, 0), cdrom], true);
    expect(options[options.indexOf("-append") + 1]).toBe("a=b, c");
    expect(json(options, "-device").some((d) => "bootindex" in d)).toBe(false);
  });

  test("every NIC has a root port of its own", () => {
    const devices = json(build([nic(4000), nic(4001)]), "-device");
    const buses = devices.filter((d) => d["driver"] === "vmxnet3").map((d) => d["bus"]);
    expect(buses).toEqual(["port0", "port1"]);
    expect(devices.filter((d) => d["driver"] === "pcie-root-port")).toHaveLength(10);
  });

  test("an empty CD drive has no image", () => {
    const options = build([{ kind: "cdrom", key: 3000, path: undefined }]);
    expect(json(options, "-blockdev")).toEqual([]);
    expect(json(options, "-device").find((d) => d["driver"] === "ide-cd")).not.toHaveProperty(
      "drive",
    );
  });

  test("ids tell kind and key", () => {
    const ids = json(build([disk(2000, 0), nic(4000), cdrom]), "-device").map((d) =>
      String(d["id"]),
    );
    expect(ids.flatMap((id) => parseDeviceId(id) ?? [])).toEqual([
      { kind: "disk", key: 2000 },
      { kind: "nic", key: 4000 },
      { kind: "cdrom", key: 3000 },
    ]);
  });
});

describe("checkSpec", () => {
  test.each([
    ["unit of the controller", [disk(2000, 7)]],
    ["unit too high", [disk(2000, 16)]],
    ["two on one unit", [disk(2000, 1), disk(2001, 1)]],
    ["two with one key", [disk(2000, 1), disk(2000, 2)]],
    ["too many NICs", Array.from({ length: 11 }, (_, i) => nic(4000 + i))],
  ])("refuses: %s", (_, devices) => {
    expect(() => checkSpec(spec(...devices))).toThrow();
  });

  test("takes what fits", () => {
    expect(() => checkSpec(spec(disk(2000, 0), disk(2001, 15), nic(4000), cdrom))).not.toThrow();
  });
});
