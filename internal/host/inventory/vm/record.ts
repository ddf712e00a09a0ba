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

/** What clients give a serial port that is connected to nothing; each use gets its own. */
export const serialNowhere = (): Backing => ({
  _type: "VirtualSerialPortURIBackingInfo",
  serviceURI: "localhost:0",
  direction: "client",
});

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

/** VirtualMachinePowerState. */
export type PowerState = "poweredOn" | "poweredOff" | "suspended";

/** The state of a machine in a file, to go on from. */
export interface SavedState {
  /** `[datastore1] a/a.vmss` */
  path: string;
  /** Where the machine's kernel came from, when its ISO is no longer in the drive. */
  bootPath?: string;
}

/** A snapshot as it is stored with its VM. */
export interface SnapshotRecord {
  /** Managed object id: that of the VM, "-snapshot-", {@link number}. */
  id: string;
  number: number;
  name: string;
  description: string;
  createTime: string;
  /** Id of the snapshot that the VM was at before; undefined: the first. */
  parent?: string;
  isQuiesced: boolean;
  /** Made for an instant clone, which takes what it needs of it, and to be gone right after. */
  isForClone?: boolean;
  /** What the VM is after a revert. */
  powerState: PowerState;
  /** The VM as it was; its disks are the files that were frozen. */
  config: VmConfig;
  /** There when {@link powerState} is not poweredOff. */
  state?: SavedState;
}

/** A disk that goes on with a child: its device key and the paths of both files. */
export interface DiskSwitch {
  key: number;
  from: string;
  to: string;
}

/** What was begun with a VM and is not finished; whoever finds it after a crash finishes it or takes it back. */
export type Pending =
  | { kind: "snapshot"; snapshot: SnapshotRecord; disks: DiskSwitch[] }
  /** Children made for a revert. */
  | { kind: "revert"; files: string[] }
  /** The state file that is written; once the record says suspended, only the process is still to be ended. */
  | { kind: "suspend"; path: string }
  /** An instant clone that does not run yet: nobody was told of it. */
  | { kind: "clone" };

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
  isTemplate?: boolean;
  /** There while the VM is suspended. `isOwn`: the state file goes when the VM goes on. */
  suspended?: { state: SavedState; at: string; isOwn: boolean } | undefined;
  /** The ISO that was in the first drive when the VM booted. */
  bootPath?: string | undefined;
  snapshots?: SnapshotRecord[];
  /** Id of the snapshot that the VM's disks are based on. */
  currentSnapshot?: string | undefined;
  /** Disk files of this VM that snapshots froze or made: what may be merged and deleted. */
  layers?: string[];
  /** What the machine writes instead of its nonpersistent disks: paths by device key. */
  redo?: Record<string, string> | undefined;
  /** Files that nobody uses any more and that are to be deleted. */
  trash?: string[];
  pending?: Pending | undefined;
  /** There while the VM stands frozen: the number of its guest's request, which its clones answer. */
  frozen?: { request: number } | undefined;
  /** Of a running instant clone: {@link frozen}'s number in its source. */
  thawed?: number | undefined;
}

/** What the record says the VM does. */
export function powerStateOf({ isPoweredOn, suspended }: VmRecord): PowerState {
  if (isPoweredOn) return "poweredOn";
  return suspended ? "suspended" : "poweredOff";
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

/** Whether a snapshot of the VM holds this device's content: a disk that is not independent of snapshots. */
export function isSnapshotDisk({ _type, backing }: Device): boolean {
  if (_type !== "VirtualDisk" || backing?.fileName === undefined) return false;
  return !String(backing["diskMode"] ?? "").startsWith("independent");
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
