import { isA } from "../../../vim25/schema/schema.ts";
import type { GuestNic, MachineStats } from "../../vm/machine.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { vmRef } from "../refs.ts";
import { segmentOf } from "./segment.ts";
import { escapeName } from "../entity.ts";
import { type Device, powerStateOf, type VmConfig, type VmRecord } from "./record.ts";

/** What is known of a VM besides its record. */
export interface LiveState {
  nics: GuestNic[];
  areToolsRunning: boolean;
  /** The guest does operations. */
  areOperationsReady: boolean;
  cpuMhz: number;
  /** Of the host, for the guest's RAM and for running it. */
  memoryMiB: number;
  memory: MachineStats["memory"] | undefined;
  uptimeSeconds: number;
  /** Bytes its files take, by id of the datastore, as of the last count. */
  storageBytes: Record<string, number>;
  storageAt: string;
}

/** Address at which this machine reaches a guest's address; undefined: it does not. */
export type OutsideAddress = (segment: string, guestAddress: string) => string | undefined;

/** A network as the API shows it. */
export interface NetworkName {
  ref: MoRef;
  name: string;
}

/** What a VM's state is told in terms of. */
export interface Surroundings {
  hostMhz: number;
  host: MoRef;
  network: (segment: string) => NetworkName | undefined;
  outside: OutsideAddress;
}

/** A controller tells the keys of what is on it. */
function withMembers(device: Device, all: readonly Device[]): Device {
  const keys = all.filter((other) => other.controllerKey === device.key).map(({ key }) => key);
  return keys.length === 0 ? device : { ...device, device: keys };
}

/** The one version of virtual hardware. */
export const hardwareVersion = "vmx-13";
/** Guest systems by id: the names that they are shown with. */
export const guestNames: Record<string, string> = {
  otherGuest64: "Other (64-bit)",
  otherGuest: "Other (32-bit)",
  otherLinux64Guest: "Other Linux (64-bit)",
  other3xLinux64Guest: "Other 3.x or later Linux (64-bit)",
  debian10_64Guest: "Debian GNU/Linux 10 (64-bit)",
};

const infos = new WeakMap<VmConfig, { name: string; info: Record<string, unknown> }>();

/** VirtualMachineConfigInfo; the same object for the same configuration. */
export function configInfo(record: VmRecord): Record<string, unknown> {
  const known = infos.get(record.config);
  if (known?.name === record.name) return known.info;
  const info = makeConfigInfo(record);
  infos.set(record.config, { name: record.name, info });
  return info;
}

function makeConfigInfo({ name, config, isTemplate }: VmRecord): Record<string, unknown> {
  const folder = config.vmPathName.slice(0, config.vmPathName.lastIndexOf("/") + 1);
  return {
    version: hardwareVersion,
    ...config.kept,
    changeVersion: config.changeVersion,
    modified: config.modified,
    createDate: config.createDate,
    name: escapeName(name),
    guestFullName: nameOfGuest(config),
    uuid: config.uuid,
    instanceUuid: config.instanceUuid,
    template: isTemplate === true,
    guestId: config.guestId,
    alternateGuestName: config.alternateGuestName,
    annotation: config.annotation,
    files: {
      vmPathName: config.vmPathName,
      snapshotDirectory: folder,
      suspendDirectory: folder,
      logDirectory: folder,
    },
    flags: { enableLogging: true, snapshotDisabled: false, ...asObject(config.kept["flags"]) },
    defaultPowerOps: {
      powerOffType: "soft",
      resetType: "soft",
      defaultPowerOffType: "soft",
      defaultResetType: "soft",
      ...asObject(config.kept["defaultPowerOps"]),
    },
    hardware: {
      numCPU: config.cpus,
      numCoresPerSocket: config.coresPerSocket,
      memoryMB: config.memoryMiB,
      device: config.devices.map((device) => withMembers(device, config.devices)),
    },
    extraConfig: Object.entries(config.extraConfig).map(([key, value]) => ({ key, value })),
    firmware: "bios",
  };
}

const asObject = (value: unknown): object =>
  value !== null && typeof value === "object" ? value : {};

const nameOfGuest = (config: VmConfig): string =>
  config.alternateGuestName || (guestNames[config.guestId] ?? config.guestId);

/** VirtualMachineRuntimeInfo. */
export function runtimeInfo(
  record: VmRecord,
  { hostMhz, host }: Surroundings,
): Record<string, unknown> {
  return {
    host,
    connectionState: "connected",
    instantCloneFrozen: record.frozen !== undefined,
    powerState: powerStateOf(record),
    suspendTime: record.suspended?.at,
    faultToleranceState: "notConfigured",
    toolsInstallerMounted: false,
    bootTime: record.isPoweredOn ? record.bootTime : undefined,
    maxCpuUsage: hostMhz * record.config.cpus,
    maxMemoryUsage: record.config.memoryMiB,
    numMksConnections: 0,
    recordReplayState: "inactive",
    onlineStandby: false,
  };
}

/** GuestInfo: addresses are those at which clients of the API can reach the guest. */
export function guestInfo(
  record: VmRecord,
  live: LiveState,
  around: Surroundings,
): Record<string, unknown> {
  const net = guestNet(record, live, around);
  const running = live.areToolsRunning ? "guestToolsRunning" : "guestToolsNotRunning";
  return {
    toolsStatus: live.areToolsRunning ? "toolsOk" : "toolsNotRunning",
    toolsVersionStatus: "guestToolsUnmanaged",
    toolsVersionStatus2: "guestToolsUnmanaged",
    toolsRunningStatus: running,
    guestId: record.config.guestId,
    guestFullName: nameOfGuest(record.config),
    ipAddress: primaryAddress(net),
    net,
    guestState: record.isPoweredOn ? "running" : "notRunning",
    guestFamily: "linuxGuest",
    guestOperationsReady: live.areOperationsReady,
    interactiveGuestOperationsReady: false,
    guestStateChangeSupported: live.areToolsRunning,
  };
}

interface GuestNet {
  network: string;
  ipAddress: string[];
  macAddress: string;
  connected: boolean;
  deviceConfigId: number;
  isReachable: boolean;
  ipConfig: { ipAddress: { ipAddress: string; prefixLength: number; state: string }[] };
}

function guestNet(record: VmRecord, live: LiveState, { network: named, outside }: Surroundings) {
  const found: GuestNet[] = [];
  for (const device of record.config.devices) {
    if (!isA(device._type, "VirtualEthernetCard")) continue;
    const nic = live.nics.find((n) => n.mac.toLowerCase() === device.macAddress);
    const segment = segmentOf(device.backing) ?? "";
    const network = named(segment)?.name ?? "";
    let isReachable = false;
    const addresses = (nic?.addresses ?? []).map((cidr) => {
      const [address = "", prefix = ""] = cidr.split("/");
      const mapped = outside(segment, address);
      isReachable ||= mapped !== undefined;
      const fallback = address.includes(":") ? 128 : 32;
      const prefixLength = Number.parseInt(prefix, 10);
      return {
        ipAddress: mapped ?? address,
        prefixLength: Number.isNaN(prefixLength) ? fallback : prefixLength,
        state: "preferred",
      };
    });
    found.push({
      network,
      ipAddress: addresses.map((a) => a.ipAddress),
      macAddress: device.macAddress ?? "",
      connected: device.connectable?.connected ?? false,
      deviceConfigId: device.key,
      isReachable,
      ipConfig: { ipAddress: addresses },
    });
  }
  // What clients can reach comes first among equals; the order of the NICs stays otherwise.
  const first = found.findIndex((n) => n.isReachable);
  const primary = first < 0 ? undefined : found[first]?.ipAddress.find((a) => !a.includes(":"));
  return Object.assign(
    found.map((net) => withoutReach(net)),
    { primary },
  );
}

function withoutReach({ network, ipAddress, macAddress, ...rest }: GuestNet) {
  const { connected, deviceConfigId, ipConfig } = rest;
  return { network, ipAddress, macAddress, connected, deviceConfigId, ipConfig };
}

function primaryAddress(net: ReturnType<typeof guestNet>): string | undefined {
  if (net.primary !== undefined) return net.primary;
  const all = net.flatMap((n) => n.ipAddress);
  return all.find((a) => !a.includes(":")) ?? all.find((a) => !a.toLowerCase().startsWith("fe80"));
}

/** VirtualMachineSummary. */
export function vmSummary(
  record: VmRecord,
  live: LiveState,
  parts: { runtime: Record<string, unknown>; guest: Record<string, unknown> },
): Record<string, unknown> {
  const { config } = record;
  const count = (type: string) => config.devices.filter((d) => isA(d._type, type)).length;
  const { guestId, guestFullName, toolsStatus, toolsRunningStatus, ipAddress } = parts.guest;
  return {
    vm: vmRef(record.id),
    runtime: parts.runtime,
    guest: { guestId, guestFullName, toolsStatus, toolsRunningStatus, ipAddress },
    config: {
      name: escapeName(record.name),
      template: record.isTemplate === true,
      vmPathName: config.vmPathName,
      memorySizeMB: config.memoryMiB,
      cpuReservation: 0,
      memoryReservation: 0,
      numCpu: config.cpus,
      numEthernetCards: count("VirtualEthernetCard"),
      numVirtualDisks: count("VirtualDisk"),
      uuid: config.uuid,
      instanceUuid: config.instanceUuid,
      guestId: config.guestId,
      guestFullName: nameOfGuest(config),
      annotation: config.annotation,
    },
    storage: storageSummary(live),
    quickStats: {
      overallCpuUsage: live.cpuMhz,
      ...memoryStats(live),
      guestHeartbeatStatus: live.areToolsRunning ? "green" : "gray",
      uptimeSeconds: live.uptimeSeconds,
    },
    overallStatus: "green",
  };
}

/** The parts of VirtualMachineQuickStats that tell of memory, MB. */
function memoryStats({ memory, memoryMiB }: LiveState): Record<string, number> {
  const inMiB = (bytes = 0) => Math.round(bytes / 1024 / 1024);
  const { grantedBytes = 0, consumedBytes = 0, overheadBytes, activeBytes } = memory ?? {};
  return {
    guestMemoryUsage: inMiB(activeBytes),
    hostMemoryUsage: memoryMiB,
    grantedMemory: inMiB(grantedBytes),
    privateMemory: inMiB(consumedBytes),
    sharedMemory: inMiB(grantedBytes - consumedBytes),
    swappedMemory: 0,
    balloonedMemory: 0,
    consumedOverheadMemory: inMiB(overheadBytes),
    activeMemory: inMiB(activeBytes),
  };
}

/** VirtualMachineStorageSummary. */
function storageSummary(live: LiveState): Record<string, unknown> {
  const bytes = Object.values(live.storageBytes).reduce((sum, each) => sum + each, 0);
  return {
    committed: bytes,
    uncommitted: 0,
    unshared: bytes,
    timestamp: live.storageAt,
  };
}
