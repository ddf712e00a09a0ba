/**
 * The seam inside vic-host: `soap/` and `inventory/` decide what a VM is; `qemu/` makes it run. A Machine is one
 * QEMU process. Everything here is told in absolute host paths and numbers, nothing in vim25 terms.
 */
import type { VicError } from "../../errors/errors.ts";

/** A disk on SCSI controller 0. */
export interface MachineDisk {
  kind: "disk";
  /** vim25 device key, unique in the VM. */
  key: number;
  /** SCSI target on the pvscsi controller, 0 to 15 without 7. */
  unit: number;
  /** Absolute path of the image; its format is read from the file (raw or qcow2). */
  path: string;
  /** All that the image is based on, nearest first; undefined: nothing. QEMU may open no other parent. */
  parents?: readonly string[];
  isReadOnly: boolean;
}

/** A network interface. */
export interface MachineNic {
  kind: "nic";
  key: number;
  mac: string;
  /** Port group the NIC is on; the switch has a learning domain for each. */
  portGroup: string;
  model: "vmxnet3" | "e1000e" | "virtio";
  isConnected: boolean;
}

/** A CD drive; `path` undefined: empty. */
export interface MachineCdrom {
  kind: "cdrom";
  key: number;
  path: string | undefined;
}

/** A serial port that appends to a file. */
export interface MachineSerial {
  kind: "serial";
  key: number;
  path: string;
}

/** Any virtual device. */
export type MachineDevice = MachineDisk | MachineNic | MachineCdrom | MachineSerial;

/** A saved state that a machine starts from instead of booting. Its devices must be those it was saved with. */
export interface MachineRestore {
  /** What {@link Machine.saveState} wrote. */
  statePath: string;
  /** RAM that is not in the state: a file that is mapped copy-on-write. */
  memoryPath?: string;
  /** The ISO that the machine had booted from, when it is no longer in its drive. */
  bootPath?: string;
}

/** What a VM needs to be powered on. */
export interface MachineSpec {
  /** Managed object id, for example "12"; names sockets and pid files. */
  id: string;
  name: string;
  /** BIOS UUID. */
  uuid: string;
  cpus: number;
  memoryMiB: number;
  devices: MachineDevice[];
  /** Initial guestinfo.* values. */
  guestInfo: Record<string, string>;
  /** Undefined: it boots. */
  restore?: MachineRestore;
}

/** An address of a NIC as the guest reports it. */
export interface GuestNic {
  mac: string;
  /** CIDR */
  addresses: string[];
}

/** What a running machine tells its owner. Called one at a time, in order. */
export interface MachineEvents {
  /** QEMU is gone. `guest`: the guest powered itself off; `host`: powerOff was called; `crash`: anything else. */
  exited(reason: "guest" | "host" | "crash", detail: string): void;
  /**
   * The guest wrote a guestinfo key; "" removes it. The owner calls `stored` once the value is durable, or with the
   * reason why it will not be; the guest is not told of success before.
   */
  guestInfo(key: string, value: string, stored?: (error?: VicError) => void): void;
  /** The guest's tools say which addresses it has; also when they change. */
  guestNics(nics: GuestNic[]): void;
  /** The guest's tools are there (or no longer). */
  toolsRunning(isRunning: boolean): void;
}

/** A running virtual machine. Methods reject with a VicError; after a rejection the VM is as before. */
export interface Machine {
  readonly pid: number;
  /** Pulls the plug; resolves once the process is gone. Idempotent. */
  powerOff(): Promise<void>;
  reset(): Promise<void>;
  /** Asks the guest's tools to shut down; rejects `unavailable` when they do not run. */
  shutdownGuest(): Promise<void>;
  /** Hot-add; resolves once the guest can see the device. */
  addDevice(device: MachineDevice): Promise<void>;
  /** Hot-remove; resolves once the guest let go (bounded wait, then `conflict`). */
  removeDevice(key: number): Promise<void>;
  /** Reconnects a NIC to another port group, swaps an ISO, and so on. */
  editDevice(device: MachineDevice): Promise<void>;
  /** Makes a value readable by the guest at once and tells its tools; undefined removes it. */
  setGuestInfo(key: string, value: string | undefined): Promise<void>;
  /** Stops the guest's processors and writes its disks' caches back; idempotent. */
  pause(): Promise<void>;
  /** Lets a paused guest go on; idempotent. */
  resume(): Promise<void>;
  /**
   * Writes devices and RAM of a paused machine to a new file, synced; once for each pause. The machine stays paused
   * and is otherwise as before. A file that could not be written whole is removed. `progress` gets 0 to 100.
   */
  saveState(path: string, progress?: (percent: number) => void): Promise<void>;
  /** Goes on with these children, all or none; each is a new child of the disk's file and no longer empty afterwards. */
  snapshotDisks(children: { key: number; path: string }[]): Promise<void>;
  /** The files that the disks write to now, by device key. */
  diskPaths(): Promise<Map<number, string>>;
  /** Makes a disk larger; the guest is told. */
  resizeDisk(key: number, capacityBytes: number): Promise<void>;
  /** Live figures for summary.quickStats. */
  stats(): Promise<{ cpuSeconds: number; memoryBytes: number }>;
  /** Stop watching without touching the VM: it goes on when vic-host exits. */
  release(): Promise<void>;
}

/** Makes machines. One per vic-host. */
export interface Hypervisor {
  /** "kvm" or "tcg", and why not kvm. Decided by a probe boot (design D8b). */
  readonly accelerator: { name: "kvm" | "tcg"; reason: string };
  start(spec: MachineSpec, events: MachineEvents): Promise<Machine>;
  /** Takes over a QEMU that an earlier vic-host started; undefined when there is none alive any more. */
  adopt(spec: MachineSpec, events: MachineEvents): Promise<Machine | undefined>;
  /** Ends every machine that an earlier vic-host left, but those with these ids. */
  endOthers(keep: ReadonlySet<string>): Promise<void>;
  /** Address (on this machine) at which a guest address on the NAT network is reached; undefined elsewhere. */
  outsideAddress(portGroup: string, guestAddress: string): string | undefined;
  /** A port group came or went. */
  setPortGroups(groups: { name: string; isNat: boolean }[]): Promise<void>;
  /** Ends the switch and the NAT box; running VMs stay. */
  close(): Promise<void>;
}

/** Virtual disk files. Paths are absolute; a disk is one file whatever its format. */
export interface DiskStore {
  /** Thin, zeroed. */
  create(path: string, capacityBytes: number): Promise<void>;
  /** A writable child; `parent` is never again opened for writing. */
  createChild(path: string, parent: string): Promise<void>;
  /** Capacity, backing file if any, bytes really used. */
  info(
    path: string,
  ): Promise<{ capacityBytes: number; parent: string | undefined; usedBytes: number }>;
}
