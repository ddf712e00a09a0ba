import { expect } from "bun:test";
import { hasFault } from "../../../../vim25/fault.ts";
import type { DataObject, MoRef } from "../../../../vim25/types.ts";
import {
  cdrom,
  type Change,
  type Device,
  disk,
  edit,
  nic,
  pvscsi,
  remove,
  type Scene,
  serial,
} from "../scene.ts";
import { topic } from "../suite.ts";

/** The name of a network NICs are put on. */
async function networkName(t: Scene): Promise<string> {
  const networks = await t.get<MoRef[]>(t.session.compute, "network");
  const standard = networks.find((ref) => ref.type === "Network");
  return t.get<string>(standard!, "name");
}
async function withDisk(t: Scene, parts: Parameters<typeof disk>[1] = {}) {
  const vm = await t.vm({ deviceChange: [disk(-1, { sizeKb: 1024, ...parts })] });
  const [made] = await t.device(vm, "VirtualDisk");
  return { vm, made: made! };
}
const controller = async (t: Scene, vm: MoRef) =>
  (await t.device(vm, "ParaVirtualSCSIController"))[0]!;
const fileOf = (device: Device) => String(device.backing?.["fileName"]);
const add = (device: DataObject): Change => ({ operation: "add", device });

/** Every device type that is used, added, changed and removed. */
export const deviceCases = topic("devices", {
  "a new VM has its default devices": async (t) => {
    const types = (await t.devices(await t.vm())).map((device) => device._type);
    for (const type of [
      "VirtualIDEController",
      "VirtualPS2Controller",
      "VirtualPCIController",
      "VirtualSIOController",
    ]) {
      expect(types).toContain(type);
    }
    for (const type of ["VirtualKeyboard", "VirtualPointingDevice"]) expect(types).toContain(type);
  },
  "a new VM has a video card": async (t) => {
    expect(await t.device(await t.vm(), "VirtualMachineVideoCard")).toHaveLength(1);
  },
  "keys of devices are positive and unique": async (t) => {
    const { vm } = await withDisk(t);
    const keys = (await t.devices(vm)).map((device) => device.key);
    expect(keys.every((key) => key > 0)).toBe(true);
    expect(new Set(keys).size).toBe(keys.length);
  },
  "devices have labels": async (t) => {
    const { made } = await withDisk(t);
    expect(made.deviceInfo?.label).toBe("Hard disk 1");
  },
  "a controller is added and knows its devices": async (t) => {
    const { vm, made } = await withDisk(t);
    const scsi = await controller(t, vm);
    expect(scsi).toMatchObject({ busNumber: 0, sharedBus: "noSharing" });
    expect(scsi["device"]).toContain(made.key);
    expect(made.controllerKey).toBe(scsi.key);
  },
  "the pvscsi controller keeps its own unit free": async (t) => {
    const vm = await t.vm();
    const { key } = await controller(t, vm);
    const changes = Array.from({ length: 8 }, (_, i) => {
      const one = disk(key, { sizeKb: 64, key: -10 - i });
      delete one.device["unitNumber"];
      return one;
    });
    await t.change(vm, ...changes);
    const units = (await t.device(vm, "VirtualDisk")).map((one) => one.unitNumber);
    expect(units).toHaveLength(8);
    expect(units).not.toContain(7);
    expect(new Set(units).size).toBe(8);
  },
  "a new disk has its file in the VM's folder": async (t) => {
    const { vm, made } = await withDisk(t);
    const vmx = await t.get<string>(vm, "config.files.vmPathName");
    expect(fileOf(made)).toBe(vmx.replace(/\.vmx$/, ".vmdk"));
    expect(made).toMatchObject({
      capacityInKB: 1024,
      backing: { _type: "VirtualDiskFlatVer2BackingInfo", diskMode: "persistent" },
    });
  },
  "a disk has its size in bytes too": async (t) => {
    const { made } = await withDisk(t);
    expect(made["capacityInBytes"]).toBe(1024 * 1024);
  },
  "a disk at a path of its own": async (t) => {
    const datastore = await t.session.datastore();
    const folder = t.name("disks");
    await datastore.mkdir(folder);
    const file = t.path(`${folder}/own.vmdk`);
    const { made } = await withDisk(t, { file });
    expect(fileOf(made)).toBe(file);
    expect(await datastore.stat(`${folder}/own.vmdk`)).toBeDefined();
  },
  "a disk at a unit of its own": async (t) => {
    const { made } = await withDisk(t, { unit: 5 });
    expect(made.unitNumber).toBe(5);
  },
  "a unit that is taken is refused": async (t) => {
    const { vm, made } = await withDisk(t, { unit: 5 });
    const error = await t.error(t.change(vm, disk(made.controllerKey!, { sizeKb: 64, unit: 5 })));
    expect(hasFault(error, "InvalidDeviceSpec", "InvalidArgument")).toBe(true);
  },
  "a new disk on a file that is there is FileAlreadyExists": async (t) => {
    const { vm, made } = await withDisk(t);
    await t.change(vm, remove(made));
    const again = t.change(vm, disk(made.controllerKey!, { sizeKb: 64, file: fileOf(made) }));
    expect(hasFault(await t.error(again), "FileAlreadyExists")).toBe(true);
  },
  "a disk without its file is refused": async (t) => {
    const { vm, made } = await withDisk(t);
    const missing = t.change(vm, disk(made.controllerKey!, { file: t.path("no/such.vmdk") }));
    expect(hasFault(await t.error(missing), "FileNotFound", "InvalidDeviceSpec")).toBe(true);
  },
  "a disk on a controller that is not there is InvalidDeviceSpec": async (t) => {
    const error = await t.error(t.change(await t.vm(), disk(4711, { sizeKb: 64 })));
    expect(hasFault(error, "InvalidDeviceSpec")).toBe(true);
  },
  "a disk is removed and its file stays": async (t) => {
    const { vm, made } = await withDisk(t);
    await t.change(vm, remove(made));
    expect(await t.device(vm, "VirtualDisk")).toEqual([]);
    const datastore = await t.session.datastore();
    expect(await datastore.stat(fileOf(made).replace(/^\[.*\] /, ""))).toBeDefined();
  },
  "a disk is removed with its file": async (t) => {
    const { vm, made } = await withDisk(t);
    await t.change(vm, remove(made, true));
    const datastore = await t.session.datastore();
    expect(await datastore.stat(fileOf(made).replace(/^\[.*\] /, ""))).toBeUndefined();
  },
  "a disk that was removed is attached again": async (t) => {
    const { vm, made } = await withDisk(t);
    await t.change(vm, remove(made));
    await t.change(vm, disk(made.controllerKey!, { file: fileOf(made) }));
    const [again] = await t.device(vm, "VirtualDisk");
    expect(again).toMatchObject({ capacityInKB: 1024, backing: { fileName: fileOf(made) } });
  },
  "a disk grows": async (t) => {
    const { vm, made } = await withDisk(t);
    await t.change(vm, edit({ ...made, capacityInKB: 2048, capacityInBytes: 2048 * 1024 }));
    expect((await t.device(vm, "VirtualDisk"))[0]).toMatchObject({
      key: made.key,
      capacityInKB: 2048,
    });
  },
  "a disk does not shrink": async (t) => {
    const { vm, made } = await withDisk(t);
    const error = await t.error(
      t.change(vm, edit({ ...made, capacityInKB: 512, capacityInBytes: 512 * 1024 })),
    );
    expect(hasFault(error, "InvalidDeviceOperation", "InvalidDeviceSpec", "InvalidArgument")).toBe(
      true,
    );
  },
  "a disk that is independent says so": async (t) => {
    const { made } = await withDisk(t, { mode: "independent_persistent" });
    expect(made.backing).toMatchObject({ diskMode: "independent_persistent" });
  },
  "a linked child has its parent in its backing": async (t) => {
    const { vm, made } = await withDisk(t);
    const parent = fileOf(made);
    await t.change(vm, remove(made));
    const child = await t.vm({ deviceChange: [disk(-1, { sizeKb: 1024, parent })] });
    const [linked] = await t.device(child, "VirtualDisk");
    expect(linked!.backing).toMatchObject({ parent: { fileName: parent } });
    expect(fileOf(linked!)).not.toBe(parent);
  },
  "a disk is plugged into a running VM": async (t) => {
    const vm = await t.runningVm();
    const { key } = await controller(t, vm);
    await t.change(vm, disk(key, { sizeKb: 64 }));
    const [made] = await t.device(vm, "VirtualDisk");
    expect(made).toMatchObject({ controllerKey: key });
    await t.change(vm, remove(made!));
    expect(await t.device(vm, "VirtualDisk")).toEqual([]);
  },
  "the disk of a running VM is locked": async (t) => {
    const { vm, made } = await withDisk(t);
    await t.task(vm, "PowerOnVM_Task");
    const params = { name: fileOf(made), datacenter: t.datacenter };
    const error = await t.error(
      t.task(t.manager("virtualDiskManager"), "DeleteVirtualDisk_Task", params),
    );
    expect(hasFault(error, "FileFault", "GenericVmConfigFault")).toBe(true);
  },
  "a second controller of a bus number that is taken is refused": async (t) => {
    const error = await t.error(t.change(await t.vm(), pvscsi(-9, 0)));
    expect(hasFault(error, "InvalidDeviceSpec", "InvalidArgument")).toBe(true);
  },
  "a second controller of a bus number of its own": async (t) => {
    const vm = await t.vm();
    await t.change(vm, pvscsi(-9, 1));
    const numbers = (await t.device(vm, "ParaVirtualSCSIController")).map(
      (one) => one["busNumber"],
    );
    expect(numbers).toEqual([0, 1]);
  },
  "a NIC has a MAC address of the maker": async (t) => {
    const vm = await t.vm({ deviceChange: [nic(await networkName(t))] });
    const [made] = await t.device(vm, "VirtualVmxnet3");
    expect(["assigned", "generated"]).toContain(String(made!["addressType"]));
    expect(made!["macAddress"]).toMatch(/^00:(50:56|0c:29)/);
    expect(made!.backing).toMatchObject({ deviceName: await networkName(t) });
    expect(made!.deviceInfo?.label).toBe("Network adapter 1");
  },
  "a NIC has the MAC address it is given": async (t) => {
    const mac = "00:50:56:11:22:33";
    const vm = await t.vm({ deviceChange: [nic(await networkName(t), { mac })] });
    expect((await t.device(vm, "VirtualVmxnet3"))[0]).toMatchObject({
      macAddress: mac,
      addressType: "manual",
    });
  },
  "a NIC of another kind": async (t) => {
    const vm = await t.vm({ deviceChange: [nic(await networkName(t), { type: "VirtualE1000e" })] });
    expect(await t.device(vm, "VirtualE1000e")).toHaveLength(1);
  },
  "a VM with a NIC is on the network": async (t) => {
    const name = await networkName(t);
    const vm = await t.vm({ deviceChange: [nic(name)] });
    const networks = await t.get<MoRef[]>(vm, "network");
    expect(await Promise.all(networks.map((ref) => t.get<string>(ref, "name")))).toEqual([name]);
    expect(await t.get<MoRef[]>(networks[0]!, "vm")).toContainEqual(vm);
  },
  "a NIC on a network that is not there is refused": async (t) => {
    const error = await t.error(t.change(await t.vm(), nic("no-such-network")));
    expect(hasFault(error, "InvalidDeviceSpec", "InvalidDeviceBacking", "NotFound")).toBe(true);
  },
  "a NIC is moved to another network and unplugged": async (t) => {
    const vm = await t.vm({ deviceChange: [nic(await networkName(t))] });
    const [made] = await t.device(vm, "VirtualVmxnet3");
    const connectable = { ...made!.connectable!, startConnected: false };
    await t.change(vm, edit({ ...made!, connectable }));
    expect((await t.device(vm, "VirtualVmxnet3"))[0]!.connectable!.startConnected).toBe(false);
    await t.change(vm, remove(made!));
    expect(await t.device(vm, "VirtualVmxnet3")).toEqual([]);
  },
  "a NIC is plugged into a running VM": async (t) => {
    const vm = await t.runningVm();
    await t.change(vm, nic(await networkName(t)));
    expect((await t.device(vm, "VirtualVmxnet3"))[0]!.connectable!.connected).toBe(true);
  },
  "a NIC is connected while its VM runs only": async (t) => {
    const vm = await t.vm({ deviceChange: [nic(await networkName(t))] });
    const isConnected = async () =>
      (await t.device(vm, "VirtualVmxnet3"))[0]!.connectable!.connected;
    expect(await isConnected()).toBe(false);
    await t.task(vm, "PowerOnVM_Task");
    expect(await isConnected()).toBe(true);
  },
  "a CD drive with an image": async (t) => {
    const iso = t.path(`${t.name("image")}.iso`);
    const datastore = await t.session.datastore();
    await datastore.upload("an image", iso.replace(/^\[.*\] /, ""));
    const vm = await t.vm();
    const [ide] = await t.device(vm, "VirtualIDEController");
    await t.change(vm, cdrom(ide!.key, iso));
    const [made] = await t.device(vm, "VirtualCdrom");
    expect(made!.backing).toMatchObject({ _type: "VirtualCdromIsoBackingInfo", fileName: iso });
    await t.change(vm, remove(made!));
    expect(await t.device(vm, "VirtualCdrom")).toEqual([]);
  },
  "a CD drive gets another image": async (t) => {
    const vm = await t.vm();
    const [ide] = await t.device(vm, "VirtualIDEController");
    const datastore = await t.session.datastore();
    const [one, two] = [`${t.name("a")}.iso`, `${t.name("b")}.iso`];
    for (const iso of [one, two]) await datastore.upload("an image", iso);
    await t.change(vm, cdrom(ide!.key, t.path(one)));
    const [made] = await t.device(vm, "VirtualCdrom");
    await t.change(vm, edit({ ...made!, backing: { ...made!.backing, fileName: t.path(two) } }));
    expect((await t.device(vm, "VirtualCdrom"))[0]!.backing).toMatchObject({
      fileName: t.path(two),
    });
  },
  "a serial port writes to a file": async (t) => {
    const vm = await t.vm();
    const vmx = await t.get<string>(vm, "config.files.vmPathName");
    const file = vmx.replace(/[^/]*$/, "serial.log");
    await t.change(vm, serial(file));
    const [made] = await t.device(vm, "VirtualSerialPort");
    expect(made).toMatchObject({ yieldOnPoll: true, backing: { fileName: file } });
    await t.change(vm, remove(made!));
    expect(await t.device(vm, "VirtualSerialPort")).toEqual([]);
  },
  "a serial port on the network": async (t) => {
    const vm = await t.vm();
    const backing = {
      _type: "VirtualSerialPortURIBackingInfo",
      serviceURI: "tcp://127.0.0.1:2377",
      direction: "client",
    };
    await t.change(vm, add({ _type: "VirtualSerialPort", key: -5, yieldOnPoll: true, backing }));
    expect((await t.device(vm, "VirtualSerialPort"))[0]!.backing).toMatchObject(backing);
  },
  "a device that is not there is not removed": async (t) => {
    const vm = await t.vm();
    const error = await t.error(
      t.change(vm, remove({ _type: "VirtualDisk", key: 4711, capacityInKB: 1 })),
    );
    expect(hasFault(error, "InvalidDeviceSpec", "DeviceNotFound")).toBe(true);
  },
  "a change of several devices is done whole or not at all": async (t) => {
    const vm = await t.vm();
    const { key } = await controller(t, vm);
    await t.error(
      t.change(
        vm,
        disk(key, { sizeKb: 64 }),
        remove({ _type: "VirtualDisk", key: 4711, capacityInKB: 1 }),
      ),
    );
    expect(await t.device(vm, "VirtualDisk")).toEqual([]);
  },
});
