import { randomUUID } from "node:crypto";

/** VirtualDeviceConnectInfo. */
export interface Connectable {
  startConnected: boolean;
  connected: boolean;
  allowGuestControl: boolean;
  status?: string;
}

/** Backing of a device; which fields there are depends on `_type`. */
export interface Backing {
  _type: string;
  fileName?: string;
  deviceName?: string;
  parent?: Backing;
  [field: string]: unknown;
}

/** A virtual device as it is stored: a vim25 VirtualDevice with `_type`. */
export interface Device {
  _type: string;
  key: number;
  controllerKey?: number;
  unitNumber?: number;
  backing?: Backing;
  connectable?: Connectable;
  macAddress?: string;
  capacityInKB?: number;
  busNumber?: number;
  [field: string]: unknown;
}

/** What a VM is configured to be. Replaced as a whole when something changes. */
export interface VmConfig {
  /** Changes with every reconfiguration; what clients compare. */
  changeVersion: string;
  /** Number of reconfigurations. */
  revision: number;
  modified: string;
  createDate: string;
  uuid: string;
  instanceUuid: string;
  guestId: string;
  alternateGuestName: string;
  annotation: string;
  /** `[datastore1] a/a.vmx` */
  vmPathName: string;
  cpus: number;
  coresPerSocket: number;
  memoryMiB: number;
  devices: Device[];
  extraConfig: Record<string, string>;
  /** Fields of VirtualMachineConfigInfo that are only kept and shown. */
  kept: Record<string, unknown>;
}

/** A VM as it is stored. */
export interface VmRecord {
  id: string;
  name: string;
  /** Folder and resource pool by id. */
  folder: string;
  pool: string;
  config: VmConfig;
  isPoweredOn: boolean;
  /** True from right before a start until it is known how it went. */
  isStarting: boolean;
  bootTime?: string;
  /** Disabled method -> who disabled it. */
  disabledMethods: Record<string, string>;
}

/** Version marker of the configuration after `revision` changes: a time in microseconds that never repeats. */
export function changeVersion(revision: number): string {
  const time = new Date().toISOString().slice(0, -1);
  return `${time}${String(revision % 1000).padStart(3, "0")}Z`;
}

/** What a VM is before its creator says anything. */
export function emptyConfig(vmPathName: string): VmConfig {
  const now = new Date().toISOString();
  return {
    changeVersion: changeVersion(0),
    revision: 0,
    modified: now,
    createDate: now,
    uuid: randomUUID(),
    instanceUuid: randomUUID(),
    guestId: "otherGuest64",
    alternateGuestName: "",
    annotation: "",
    vmPathName,
    cpus: 1,
    coresPerSocket: 1,
    memoryMiB: 128,
    devices: builtInDevices(),
    extraConfig: {},
    kept: {},
  };
}

/** Keys of the controllers that every VM has. */
export const builtIn = { ide0: 200, ide1: 201, ps2: 300, pci: 100, sio: 400 } as const;

function builtInDevices(): Device[] {
  const device = (
    _type: string,
    key: number,
    label: string,
    more: Record<string, unknown> = {},
  ): Device => ({ _type, key, deviceInfo: { label, summary: label }, ...more });
  return [
    device("VirtualIDEController", builtIn.ide0, "IDE 0", { busNumber: 0 }),
    device("VirtualIDEController", builtIn.ide1, "IDE 1", { busNumber: 1 }),
    device("VirtualPS2Controller", builtIn.ps2, "PS2 controller 0", { busNumber: 0 }),
    device("VirtualPCIController", builtIn.pci, "PCI controller 0", { busNumber: 0 }),
    device("VirtualSIOController", builtIn.sio, "SIO controller 0", { busNumber: 0 }),
    device("VirtualKeyboard", 600, "Keyboard", { controllerKey: builtIn.ps2, unitNumber: 0 }),
    device("VirtualPointingDevice", 700, "Pointing device", {
      controllerKey: builtIn.ps2,
      unitNumber: 1,
    }),
  ];
}
