import { isA } from "../../../vim25/schema/schema.ts";
import type { GuestNic } from "../../vm/machine.ts";
import { refs, vmRef } from "../refs.ts";
import { escapeName } from "../entity.ts";
import type { VmConfig, VmRecord } from "./record.ts";

/** What is known of a VM besides its record. */
export interface LiveState {
  nics: GuestNic[];
  areToolsRunning: boolean;
  cpuMhz: number;
  memoryMiB: number;
  uptimeSeconds: number;
  /** Bytes its files take, by id of the datastore, as of the last count. */
  storageBytes: Record<string, number>;
  storageAt: string;
}

/** Address at which this machine reaches a guest's address; undefined: it does not. */
export type OutsideAddress = (portGroup: string, guestAddress: string) => string | undefined;

const hardwareVersion = "vmx-13";
const guestNames: Record<string, string> = {
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

function makeConfigInfo({ name, config }: VmRecord): Record<string, unknown> {
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
    template: false,
    guestId: config.guestId,
    alternateGuestName: config.alternateGuestName,
    annotation: config.annotation,
    files: {
      vmPathName: config.vmPathName,
      snapshotDirectory: folder,
      suspendDirectory: folder,
      logDirectory: folder,
    },
    flags: { enableLogging: true, snapshotDisabled: true, ...asObject(config.kept["flags"]) },
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
      device: config.devices,
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
export function runtimeInfo(record: VmRecord, hostMhz: number): Record<string, unknown> {
  return {
    host: refs.host,
    connectionState: "connected",
    powerState: record.isPoweredOn ? "poweredOn" : "poweredOff",
    faultToleranceState: "notConfigured",
    toolsInstallerMounted: false,
    bootTime: record.isPoweredOn ? record.bootTime : undefined,
    maxCpuUsage: hostMhz * record.config.cpus,
    maxMemoryUsage: record.config.memoryMiB,
    numMksConnections: 0,
    recordReplayState: "inactive",
    onlineStandby: false,
    consolidationNeeded: false,
  };
}

/** GuestInfo: addresses are those at which clients of the API can reach the guest. */
export function guestInfo(
  record: VmRecord,
  live: LiveState,
  outside: OutsideAddress,
): Record<string, unknown> {
  const net = guestNet(record, live, outside);
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
    guestOperationsReady: false,
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

function guestNet(record: VmRecord, live: LiveState, outside: OutsideAddress) {
  const found: GuestNet[] = [];
  for (const device of record.config.devices) {
    if (!isA(device._type, "VirtualEthernetCard")) continue;
    const nic = live.nics.find((n) => n.mac.toLowerCase() === device.macAddress);
    const network = device.backing?.deviceName ?? "";
    let isReachable = false;
    const addresses = (nic?.addresses ?? []).map((cidr) => {
      const [address = "", prefix = ""] = cidr.split("/");
      const mapped = outside(network, address);
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
      template: false,
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
      guestMemoryUsage: 0,
      hostMemoryUsage: live.memoryMiB,
      guestHeartbeatStatus: live.areToolsRunning ? "green" : "gray",
      uptimeSeconds: live.uptimeSeconds,
    },
    overallStatus: "green",
  };
}

/** VirtualMachineStorageSummary. */
export function storageSummary(live: LiveState): Record<string, unknown> {
  const bytes = Object.values(live.storageBytes).reduce((sum, each) => sum + each, 0);
  return {
    committed: bytes,
    uncommitted: 0,
    unshared: bytes,
    timestamp: live.storageAt,
  };
}
