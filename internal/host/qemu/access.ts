import type { MachineDevice } from "../vm/machine.ts";
import type { DirectBoot } from "./direct-boot.ts";
import type { Identity } from "./identity.ts";

/** Lets a machine's QEMU open what is behind a device. A disk's parents are those it was told, not those in its header. */
export function allowDevice(identity: Identity, device: MachineDevice): void {
  if (device.kind === "nic" || device.path === undefined) return;
  if (device.kind === "disk") {
    for (const parent of device.parents ?? []) identity.allow(parent, "read");
  }
  const isReader = device.kind === "cdrom" || (device.kind === "disk" && device.isReadOnly);
  identity.allow(device.path, isReader ? "read" : "write");
}

/** Takes that back once the device is gone. */
export function withdrawDevice(identity: Identity, device: MachineDevice): void {
  if (device.kind === "nic" || device.path === undefined) return;
  identity.withdraw([device.path, ...(device.kind === "disk" ? (device.parents ?? []) : [])]);
}

/** Kernels are no secret, and every machine may boot the same. */
export function allowBoot(identity: Identity, boot: DirectBoot | undefined): void {
  if (!boot) return;
  identity.allow(boot.kernel, "share");
  identity.allow(boot.initrd, "share");
}
