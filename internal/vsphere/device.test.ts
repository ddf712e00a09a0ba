import { describe, expect, test } from "bun:test";
import { encodeValue } from "../vim25/codec.ts";
import * as device from "./device.ts";

const place = { controllerKey: 1000, unitNumber: 1 };
const at = (controllerKey: number, unitNumber: number): device.Device => ({
  _type: "VirtualDisk",
  key: 2000 + unitNumber,
  controllerKey,
  unitNumber,
});

describe("devices", () => {
  test("are all valid on the wire", () => {
    const backing = { _type: "VirtualEthernetCardNetworkBackingInfo", deviceName: "VM Network" };
    const changes = [
      device.add(device.pvscsi()),
      device.add(device.ide()),
      device.add(device.cdromIso("[ds] a.iso", place)),
      device.add(device.vmxnet3({ backing, mac: "00:50:56:00:00:01" })),
      device.add(device.serialFile("[ds] a.log")),
      device.add(device.disk("[ds] a.vmdk", place)),
      device.create(device.newDisk("[ds] b.vmdk", 1024, place)),
      device.create(device.childDisk("[ds] c.vmdk", "[ds] b.vmdk", place)),
      device.remove(device.disk("[ds] a.vmdk", place), true),
    ];
    const xml = encodeValue("deviceChange", "VirtualDeviceConfigSpec", changes);
    expect(xml.match(/<deviceChange>/g)?.length).toBe(changes.length);
    expect(xml).toContain("<parent><fileName>[ds] b.vmdk</fileName><diskMode>");
  });

  test("are found by type, file and address", () => {
    const devices = [
      device.pvscsi(1000),
      device.disk("[ds] a.vmdk", place),
      device.vmxnet3({ mac: "00:50:56:AA:00:01", backing: {} }),
    ];
    expect(device.devicesOf(devices, "VirtualController")).toHaveLength(1);
    expect(device.findDisk(devices, "[ds] a.vmdk")?.unitNumber).toBe(1);
    expect(device.findDisk(devices, "[ds] b.vmdk")).toBeUndefined();
    expect(device.findNic(devices, "00:50:56:aa:00:01")?._type).toBe("VirtualVmxnet3");
  });

  test("get the lowest free unit, never the controller's own", () => {
    const controller = device.pvscsi(1000);
    expect(device.freeUnit([controller, at(1000, 0), at(1000, 2), at(1001, 1)], 1000)).toBe(1);
    const seven = Array.from({ length: 7 }, (_, unit) => at(1000, unit));
    expect(device.freeUnit([controller, ...seven], 1000)).toBe(8);
    expect(device.freeUnit([controller], 1000, [0, 1])).toBe(2);
    const all = Array.from({ length: 16 }, (_, unit) => at(1000, unit));
    expect(() => device.freeUnit([controller, ...all], 1000)).toThrow(/no free unit/);
    expect(() => device.freeUnit([device.ide(200), at(200, 0), at(200, 1)], 200)).toThrow();
  });
});
