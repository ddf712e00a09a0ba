import { fault, invalidArgument } from "../../fault.ts";
import { assertVmAllocations } from "../pool-config.ts";
import { changeVersion, type VmConfig } from "./record.ts";

/** Limits of one VM. */
export const cpusMax = 128;
/** Most memory of a VM, MiB. */
export const memoryMaxMiB = 6 * 1024 * 1024;
const extraConfigMaxBytes = 4 * 1024 * 1024;

/** Decoded VirtualDeviceConfigSpec. */
export interface DeviceChange {
  operation?: string;
  fileOperation?: string;
  device: { _type?: string; key: number; [field: string]: unknown };
}

/** Decoded VirtualMachineConfigSpec. */
export interface ConfigSpec {
  changeVersion?: string;
  name?: string;
  uuid?: string;
  instanceUuid?: string;
  guestId?: string;
  alternateGuestName?: string;
  annotation?: string;
  files?: { vmPathName?: string };
  numCPUs?: number;
  numCoresPerSocket?: number;
  memoryMB?: number;
  deviceChange?: DeviceChange[];
  extraConfig?: { key: string; value?: unknown }[];
  firmware?: string;
  [field: string]: unknown;
}

/** Fields of the spec that change something. */
const honoured = new Set([
  "_type",
  "changeVersion",
  "name",
  "uuid",
  "instanceUuid",
  "guestId",
  "alternateGuestName",
  "annotation",
  "files",
  "numCPUs",
  "numCoresPerSocket",
  "memoryMB",
  "deviceChange",
  "extraConfig",
]);
/** Fields of the spec that are kept and shown, by their name in VirtualMachineConfigInfo. */
const kept: Record<string, string> = {
  version: "version",
  locationId: "locationId",
  tools: "tools",
  flags: "flags",
  consolePreferences: "consolePreferences",
  powerOpInfo: "defaultPowerOps",
  rebootPowerOff: "rebootPowerOff",
  cpuAllocation: "cpuAllocation",
  memoryAllocation: "memoryAllocation",
  latencySensitivity: "latencySensitivity",
  memoryHotAddEnabled: "memoryHotAddEnabled",
  cpuHotAddEnabled: "cpuHotAddEnabled",
  cpuHotRemoveEnabled: "cpuHotRemoveEnabled",
  swapPlacement: "swapPlacement",
  bootOptions: "bootOptions",
  maxMksConnections: "maxMksConnections",
  guestAutoLockEnabled: "guestAutoLockEnabled",
  managedBy: "managedBy",
  messageBusTunnelEnabled: "messageBusTunnelEnabled",
};

/** The part of a VM's configuration that a spec sets directly; devices and extraConfig are planned elsewhere. */
export function applyScalars(config: VmConfig, spec: ConfigSpec, isOn: boolean): VmConfig {
  const keptFields = keep(config, spec);
  checkUuid("uuid", spec.uuid);
  checkUuid("instanceUuid", spec.instanceUuid);
  const next: VmConfig = {
    ...config,
    kept: keptFields,
    uuid: spec.uuid?.toLowerCase() ?? config.uuid,
    instanceUuid: spec.instanceUuid?.toLowerCase() ?? config.instanceUuid,
    guestId: spec.guestId ?? config.guestId,
    alternateGuestName: spec.alternateGuestName ?? config.alternateGuestName,
    annotation: spec.annotation ?? config.annotation,
    cpus: spec.numCPUs ?? config.cpus,
    coresPerSocket: spec.numCoresPerSocket ?? config.coresPerSocket,
    memoryMiB: spec.memoryMB ?? config.memoryMiB,
  };
  if (!(next.cpus >= 1 && next.cpus <= cpusMax)) {
    throw invalidArgument("numCPUs", `a VM has 1 to ${cpusMax} CPUs, not ${next.cpus}`);
  }
  if (!(next.coresPerSocket >= 1 && next.cpus % next.coresPerSocket === 0)) {
    throw invalidArgument("numCoresPerSocket", "the CPUs do not divide into such sockets");
  }
  if (!(next.memoryMiB >= 4 && next.memoryMiB <= memoryMaxMiB && next.memoryMiB % 4 === 0)) {
    throw invalidArgument("memoryMB", `${next.memoryMiB} MiB is not a multiple of 4 MiB in range`);
  }
  assertVmAllocations(next);
  if (isOn) assertCold(config, next);
  return next;
}

function keep(config: VmConfig, spec: ConfigSpec): Record<string, unknown> {
  const fields = { ...config.kept };
  for (const [name, value] of Object.entries(spec)) {
    if (value === undefined || honoured.has(name)) continue;
    const target = kept[name];
    if (target !== undefined) fields[target] = merge(fields[target], value);
    else if (!isHarmless(name, value)) {
      throw fault("NotSupported", `vic-host has no ${name} for a VM: leave it out`);
    }
  }
  return fields;
}

/** What asks for nothing: an empty list, a feature switched off, the firmware there is. */
function isHarmless(name: string, value: unknown): boolean {
  if (name === "firmware") return value === "bios";
  return value === false || (Array.isArray(value) && value.length === 0);
}

function merge(before: unknown, value: unknown): unknown {
  const isObject = (v: unknown) => v !== null && typeof v === "object" && !Array.isArray(v);
  return isObject(before) && isObject(value)
    ? { ...(before as object), ...(value as object) }
    : value;
}

function checkUuid(property: string, uuid: string | undefined): void {
  if (uuid === undefined || /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(uuid)) return;
  throw invalidArgument(property, `"${uuid}" is not a UUID`);
}

function assertCold(before: VmConfig, after: VmConfig): void {
  if (before.cpus !== after.cpus || before.coresPerSocket !== after.coresPerSocket) {
    throw fault("CpuHotPlugNotSupported", "power the VM off to change its CPUs");
  }
  if (before.memoryMiB !== after.memoryMiB) {
    throw fault("MemoryHotPlugNotSupported", "power the VM off to change its memory");
  }
  if (before.uuid !== after.uuid) {
    throw fault("InvalidPowerState", "power the VM off to change its UUID", {
      requestedState: "poweredOff",
      existingState: "poweredOn",
    });
  }
}

/** What the spec's extraConfig changes: undefined removes the key. Keys whose value stays are left out. */
export function extraConfigDelta(
  config: VmConfig,
  spec: ConfigSpec,
): Map<string, string | undefined> {
  const delta = new Map<string, string | undefined>();
  for (const { key, value } of spec.extraConfig ?? []) {
    if (key === "") throw invalidArgument("extraConfig", "a key is empty");
    const text = value === undefined || value === null ? "" : String(value);
    delta.set(key, text === "" ? undefined : text);
  }
  for (const [key, value] of delta) {
    const before = Object.hasOwn(config.extraConfig, key) ? config.extraConfig[key] : undefined;
    if (before === value) delta.delete(key);
  }
  return delta;
}

/** Applies a delta to whatever the values are by now. */
export function applyExtraConfig(
  values: Record<string, string>,
  delta: Map<string, string | undefined>,
): Record<string, string> {
  if (delta.size === 0) return values;
  const next = new Map(Object.entries(values));
  for (const [key, value] of delta) {
    if (value === undefined) next.delete(key);
    else next.set(key, value);
  }
  let bytes = 0;
  for (const [key, value] of next) bytes += key.length + value.length;
  if (bytes > extraConfigMaxBytes) {
    throw fault("LimitExceeded", `extraConfig is larger than ${extraConfigMaxBytes} bytes`);
  }
  return Object.fromEntries(next);
}

/** The configuration with a new changeVersion. */
export function bumped(config: VmConfig): VmConfig {
  const revision = config.revision + 1;
  const modified = new Date().toISOString();
  return { ...config, revision, modified, changeVersion: changeVersion(revision) };
}
