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
  /** Addresses of the NICs in the state by device key, where the machine is to have others. */
  macs?: Record<number, string>;
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
  /** It was frozen by its guest and stays so when it is taken over. */
  isFrozen?: boolean;
  /** The guest's request to be frozen out of whose state this machine was cloned: to it that request is done. */
  thawed?: number;
}

/** An address of a NIC as the guest reports it. */
export interface GuestNic {
  mac: string;
  /** CIDR */
  addresses: string[];
}

/** What went through a disk since the machine was started. */
export interface DiskUsage {
  key: number;
  readBytes: number;
  writtenBytes: number;
  reads: number;
  writes: number;
  /** Time that requests took, all together, milliseconds. */
  readMs: number;
  writeMs: number;
}

/** What went through a NIC since vic-host has known the machine. */
export interface NicUsage {
  key: number;
  /** As the guest sees it: towards the guest is received. */
  receivedBytes: number;
  receivedPackets: number;
  sentBytes: number;
  sentPackets: number;
  /** Frames for the guest that it did not take. */
  droppedPackets: number;
}

/** What a running machine uses. Times and what went through only grow, until the machine is started again. */
export interface MachineStats {
  cpuSeconds: number;
  memory: {
    /** All memory of the process; what it shares with others counts whole. */
    residentBytes: number;
    /** Of the guest's RAM: what is there; without what others have a share in; used since the last look. */
    grantedBytes: number;
    consumedBytes: number;
    /** Undefined: nobody can tell. */
    activeBytes?: number;
    /** What the process needs besides the guest's RAM. */
    overheadBytes: number;
  };
  disks: DiskUsage[];
  nics: NicUsage[];
}

/** An operation inside the guest; which there are is in `internal/guest/operations/contract.ts`. */
export interface GuestCall {
  operation: string;
  params: Record<string, unknown>;
  /** Bytes for the guest; taken no faster than it takes them. */
  input?: AsyncIterable<Uint8Array>;
  /** Takes bytes from the guest, which sends no faster than this resolves. */
  output?: (bytes: Uint8Array) => Promise<void>;
  signal?: AbortSignal;
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
  /**
   * The guest asked to be frozen and is: it stands still until it is powered off, and can be cloned. `request`
   * is what each clone is started with as {@link MachineSpec.thawed}. When this throws, the guest goes on.
   */
  frozen?(request: number): void;
  /** The guest does operations (or no longer): {@link Machine.callGuest}. */
  guestOperations?(areReady: boolean): void;
}

/** A running virtual machine. Methods reject with a VicError; after a rejection the VM is as before. */
export interface Machine {
  readonly pid: number;
  /** Pulls the plug; resolves once the process is gone. Idempotent. */
  powerOff(): Promise<void>;
  reset(): Promise<void>;
  /** Asks the guest's tools to shut down; rejects `unavailable` when they do not run. */
  shutdownGuest(): Promise<void>;
  /** As {@link shutdownGuest}, for a reboot. */
  rebootGuest(): Promise<void>;
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
  /** What clones of a frozen machine start from, any number at once; good for as long as it is not powered off. */
  frozenState(): Promise<MachineRestore>;
  /** The files that the disks write to now, by device key. */
  diskPaths(): Promise<Map<number, string>>;
  /**
   * Merges a file of a disk's chain into its parent while the guest runs. When it is the one that the guest writes to,
   * `beforeSwitch` is called with the guest stopped and both files alike; the guest then goes on with the parent.
   * When `beforeSwitch` throws, it goes on with the child.
   */
  mergeDisk(
    key: number,
    files: { child: string; parent: string },
    beforeSwitch: () => void,
  ): Promise<void>;
  /** Makes a disk larger; the guest is told. */
  resizeDisk(key: number, capacityBytes: number): Promise<void>;
  /** Has the guest do an operation; rejects with a fault that contract.ts has. */
  callGuest(call: GuestCall): Promise<unknown>;
  /** Live figures for summary.quickStats. */
  stats(): Promise<MachineStats>;
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
  /** Writes what a child holds into its parent; the child stays. May be done again after it was interrupted. */
  commit(path: string, parent: string): Promise<void>;
  /** Makes a child name another parent that reads as the one it has. */
  rebase(path: string, parent: string): Promise<void>;
  /** Makes a disk that no machine has open larger. */
  grow(path: string, capacityBytes: number): Promise<void>;
  /** A new base that reads as `from` does now. */
  flatten(from: string, path: string): Promise<void>;
  /** A copy of a child, based on `parent` as well. */
  copy(from: string, path: string, parent: string): Promise<void>;
  /** Capacity, backing file if any, bytes really used. */
  info(
    path: string,
  ): Promise<{ capacityBytes: number; parent: string | undefined; usedBytes: number }>;
}
