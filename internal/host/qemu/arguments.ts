/** The command line of a machine's QEMU. Pure: everything it depends on is passed in. */
import type { MachineCdrom, MachineDisk, MachineSpec } from "../vm/machine.ts";
import { toolsPort } from "../../guest/tools-wire.ts";
import { VicError } from "../../errors/errors.ts";
import {
  backendId,
  cdromBackend,
  cdromDevice,
  cdromsMax,
  deviceId,
  diskBackend,
  diskDevice,
  isUnit,
  nicBackend,
  nicDevice,
  nicsMax,
  type Properties,
  rootPortId,
  rootPortOf,
  serialBackend,
  serialsMax,
} from "./devices.ts";
import type { DirectBoot } from "./direct-boot.ts";
import type { Emulator } from "./emulator.ts";
import { memoryKind, memoryOptions } from "./memory.ts";
import type { RunDir } from "./run-dir.ts";

/** Id of the guest's tools port, as VSERPORT_CHANGE events name it. */
export const toolsDeviceId = "tools";

/**
 * Code cache of the emulator, MiB: half of the machine's memory within these limits. Only what is used of it takes memory.
 * When it is full all of it is thrown away and translated anew. A Linux with one Bun program that does something fills 120,
 * an appliance 800 in some minutes; with 128 each its work took up to three times as long.
 */
const translationCacheMiB = { least: 128, most: 1024 };
/** PCI slots of the root complex: the root ports are functions of the two from here on. */
const rootPortSlot = 0x10;
const functionsPerSlot = 8;

/** What a command line is made from. */
export interface MachineParts {
  spec: MachineSpec;
  run: RunDir;
  emulator: Emulator;
  /** Format of each disk by path. */
  formats: ReadonlyMap<string, "raw" | "qcow2">;
  boot: DirectBoot | undefined;
}

/** Rejects what QEMU could not be told, or would understand otherwise than vSphere does. */
export function checkSpec(spec: MachineSpec): void {
  const refuse = (message: string): never => {
    throw new VicError("invalid", message);
  };
  const count = (kind: string) => spec.devices.filter((d) => d.kind === kind).length;
  if (count("nic") > nicsMax) refuse(`a machine has at most ${nicsMax} NICs`);
  if (count("cdrom") > cdromsMax) refuse(`a machine has at most ${cdromsMax} CD drives`);
  if (count("serial") > serialsMax) refuse(`a machine has at most ${serialsMax} serial ports`);
  const ports = spec.devices.filter((d) => d.kind === "nic").map((d) => rootPortOf(d.key));
  if (new Set(ports).size !== ports.length) refuse("the keys of two NICs mean the same root port");
  if (new Set(spec.devices.map((d) => d.key)).size !== spec.devices.length) {
    refuse("two devices have the same key");
  }
  const disks = spec.devices.filter((d) => d.kind === "disk");
  for (const disk of disks) if (!isUnit(disk.unit)) refuse(`no disk can be on unit ${disk.unit}`);
  if (new Set(disks.map((d) => d.unit)).size !== disks.length) refuse("two disks are on one unit");
}

/** All options of QEMU. The machine is made stopped (`-S`); whoever starts it says `cont`. */
export function machineArguments(parts: MachineParts): string[] {
  const { spec, run, emulator } = parts;
  const isKvm = emulator.accelerator.name === "kvm";
  const device = (properties: Properties) => ["-device", JSON.stringify(properties)];
  const sockets = "server=on,wait=off";
  const port = { bus: "serials.0", chardev: "tools-backend", name: toolsPort };
  return [
    ["-name", `guest=${escape(spec.name)},process=vic-vm-${spec.id}`],
    ["-uuid", spec.uuid, "-pidfile", run.pid, "-S"],
    // q35 and not pc: a NIC added to a root port is there in 20 to 50 ms against 100 to 120 ms.
    ["-M", "q35,vmport=off,smm=off,hpet=off"],
    ["-accel", isKvm ? "kvm" : `tcg,thread=multi,tb-size=${cacheMiB(spec.memoryMiB)}`],
    ["-cpu", isKvm ? "host" : "max"],
    ["-smp", String(spec.cpus), "-m", String(spec.memoryMiB)],
    memoryOptions(spec.memoryMiB, memoryKind(spec.restore?.memoryPath)),
    ["-nodefaults", "-no-user-config", "-display", "none", "-rtc", "base=utc"],
    emulator.sandbox,
    ["-qmp", `unix:${escape(run.qmp)},${sockets}`],
    ...rootPorts().map(device),
    device({ driver: "pvscsi", id: "scsi0" }),
    device({ driver: "virtio-rng-pci", id: "rng0" }),
    // Tells the kernel of a guest that goes on from a state (a clone, a snapshot) to reseed its random numbers.
    device({ driver: "vmgenid", id: "generation", guid: "auto" }),
    device({ driver: "virtio-serial-pci", id: "serials" }),
    ["-chardev", `socket,id=tools-backend,path=${escape(run.tools)},${sockets}`],
    device({ driver: "virtserialport", id: toolsDeviceId, ...port }),
    bootOptions(parts),
    deviceOptions(parts),
    spec.restore ? ["-incoming", "defer"] : [],
  ].flat();
}

function cacheMiB(memoryMiB: number): number {
  const { least, most } = translationCacheMiB;
  return Math.min(most, Math.max(least, Math.floor(memoryMiB / 2)));
}

/** Commas are doubled in QEMU's option lists. */
const escape = (text: string): string => text.replaceAll(",", ",,");

function rootPorts(): Properties[] {
  return Array.from({ length: nicsMax }, (_, i) => {
    const slot = rootPortSlot + Math.floor(i / functionsPerSlot);
    const addr = `${slot.toString(16)}.${i % functionsPerSlot}`;
    const id = rootPortId(i);
    return { driver: "pcie-root-port", id, chassis: i + 1, addr, multifunction: true };
  });
}

/**
 * The default firmware (SeaBIOS) is kept: qboot would save 0.1 s, but the one of QEMU 7.2 never gets to a PVH kernel in a
 * machine that has a NIC.
 */
function bootOptions({ boot }: MachineParts): string[] {
  if (!boot) return [];
  return ["-kernel", boot.kernel, "-initrd", boot.initrd, "-append", boot.commandLine];
}

function deviceOptions({ spec, run, formats, boot }: MachineParts): string[] {
  const options: string[] = [];
  const add = (option: string, value: Properties | string) =>
    options.push(option, typeof value === "string" ? value : JSON.stringify(value));
  const order = boot ? new Map<number, number>() : bootOrder(spec);
  let cdroms = 0;
  for (const device of spec.devices) {
    const bootIndex = order.get(device.key);
    if (device.kind === "disk") {
      add("-blockdev", diskBackend(device, formats.get(device.path) ?? "raw"));
      add("-device", diskDevice(device, bootIndex));
    } else if (device.kind === "nic") {
      add("-netdev", nicBackend(device, run.nic(device.key)));
      add("-device", nicDevice(device, rootPortOf(device.key)));
    } else if (device.kind === "cdrom") {
      if (device.path !== undefined) {
        add("-blockdev", cdromBackend({ ...device, path: device.path }));
      }
      add("-device", cdromDevice(device, cdroms++, bootIndex));
    } else {
      add("-chardev", serialBackend(device));
      add("-device", { driver: "isa-serial", id: deviceId(device), chardev: backendId(device) });
    }
  }
  return options;
}

/** The CDs first: a data disk with a partition table looks bootable and would hang the machine. Then by unit. */
function bootOrder(spec: MachineSpec): Map<number, number> {
  const cdroms = spec.devices.filter((d): d is MachineCdrom => d.kind === "cdrom");
  const disks = spec.devices.filter((d): d is MachineDisk => d.kind === "disk");
  const bootable = [
    ...cdroms.filter((d) => d.path !== undefined),
    ...disks.toSorted((a, b) => a.unit - b.unit),
  ];
  return new Map(bootable.map((device, i) => [device.key, i]));
}
