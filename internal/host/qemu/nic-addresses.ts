/**
 * NICs of a clone. The address of a NIC is in its state (QEMU 7.2 has it in a PCI serial number and loads no other), so
 * a clone begins with its source's NICs, their cables pulled, and gets its own in their place as soon as it runs.
 */
import type { Machine, MachineDevice, MachineNic, MachineSpec } from "../vm/machine.ts";

/** The machine as its state knows it. */
export function asInState(spec: MachineSpec): MachineSpec {
  const macs = spec.restore?.macs;
  if (!macs) return spec;
  const devices = spec.devices.map((device): MachineDevice => {
    const mac = device.kind === "nic" ? macs[device.key] : undefined;
    if (device.kind !== "nic" || mac === undefined || mac === device.mac) return device;
    return { ...device, mac, isConnected: false };
  });
  return { ...spec, devices };
}

/** Exchanges the NICs that {@link asInState} gave another address. */
export async function giveOwnNics(
  machine: Machine,
  wanted: MachineSpec,
  inState: MachineSpec,
): Promise<void> {
  const isNic = (device: MachineDevice): device is MachineNic => device.kind === "nic";
  const before = new Map(inState.devices.filter(isNic).map(({ key, mac }) => [key, mac]));
  for (const nic of wanted.devices.filter(isNic)) {
    if (before.get(nic.key) === nic.mac) continue;
    await machine.removeDevice(nic.key);
    await machine.addDevice(nic);
  }
}
