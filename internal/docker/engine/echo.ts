/** Config and HostConfig as they are stored with a container and shown by inspect: the request plus Docker's defaults. */
import type { Fields } from "../wire/decode.ts";
import type { MergedConfig } from "./process.ts";

const maskedPaths = [
  "/proc/asound",
  "/proc/acpi",
  "/proc/kcore",
  "/proc/keys",
  "/proc/latency_stats",
  "/proc/timer_list",
  "/proc/timer_stats",
  "/proc/sched_debug",
  "/proc/scsi",
  "/sys/firmware",
];
const readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];
const shmSizeDefaultBytes = 64 * 1024 * 1024;

/** The container's Config. */
export function storedConfig(body: Fields, merged: MergedConfig, hostname: string) {
  const set = (names: string[]) =>
    names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, {}]));
  return {
    Hostname: hostname,
    Domainname: body.string("Domainname"),
    User: merged.user,
    AttachStdin: body.bool("AttachStdin"),
    AttachStdout: body.bool("AttachStdout"),
    AttachStderr: body.bool("AttachStderr"),
    ExposedPorts: set(merged.exposedPorts),
    Tty: body.bool("Tty"),
    OpenStdin: body.bool("OpenStdin"),
    StdinOnce: body.bool("StdinOnce"),
    Env: merged.env,
    Cmd: merged.cmd ?? null,
    Image: body.string("Image"),
    Volumes: set(merged.volumes) ?? null,
    WorkingDir: merged.workingDir,
    Entrypoint: merged.entrypoint ?? null,
    OnBuild: null,
    Labels: merged.labels,
    ...(merged.stopSignal === "" ? {} : { StopSignal: merged.stopSignal }),
    ...(body.has("StopTimeout") ? { StopTimeout: body.int("StopTimeout") } : {}),
    ...(body.has("Shell") ? { Shell: body.strings("Shell") } : {}),
  };
}

/** The container's HostConfig: what was asked for, without the fields nobody set. */
export function storedHostConfig(hostConfig: Fields): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(defaults)) {
    const value = hostConfig.value(name);
    // -1 is how the CLI says that nobody asked for a swappiness.
    const isUnasked = name === "MemorySwappiness" && value === -1;
    if (value !== undefined && !isEmpty(value) && !isUnasked) kept[name] = value;
  }
  return kept;
}

/** The HostConfig inspect shows. */
export function shownHostConfig(stored: unknown): Record<string, unknown> {
  const given = (typeof stored === "object" && stored !== null ? stored : {}) as Record<
    string,
    unknown
  >;
  const shown: Record<string, unknown> = { ...defaults, ...given };
  if (shown.NetworkMode === "default") shown.NetworkMode = "bridge";
  // dockerd's default: as much swap as memory.
  if (!shown.MemorySwap) shown.MemorySwap = 2 * Number(shown.Memory);
  const log = given.LogConfig as { Type?: string; Config?: object } | undefined;
  // The CLI reads logs only of drivers it knows to be readable.
  shown.LogConfig = { Type: log?.Type || "json-file", Config: log?.Config ?? {} };
  const policy = given.RestartPolicy as { Name?: string; MaximumRetryCount?: number } | undefined;
  shown.RestartPolicy = {
    Name: policy?.Name || "no",
    MaximumRetryCount: policy?.MaximumRetryCount ?? 0,
  };
  if (shown.Privileged === true) {
    shown.MaskedPaths = null;
    shown.ReadonlyPaths = null;
  }
  return shown;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === "" || value === 0 || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

const defaults: Record<string, unknown> = {
  Binds: null,
  ContainerIDFile: "",
  LogConfig: { Type: "json-file", Config: {} },
  NetworkMode: "bridge",
  PortBindings: {},
  RestartPolicy: { Name: "no", MaximumRetryCount: 0 },
  AutoRemove: false,
  VolumeDriver: "",
  VolumesFrom: null,
  ConsoleSize: [0, 0],
  CapAdd: null,
  CapDrop: null,
  CgroupnsMode: "private",
  Dns: [],
  DnsOptions: [],
  DnsSearch: [],
  ExtraHosts: null,
  GroupAdd: null,
  IpcMode: "private",
  Cgroup: "",
  Links: null,
  OomScoreAdj: 0,
  PidMode: "",
  Privileged: false,
  PublishAllPorts: false,
  ReadonlyRootfs: false,
  SecurityOpt: null,
  StorageOpt: undefined,
  Tmpfs: undefined,
  UTSMode: "",
  UsernsMode: "",
  ShmSize: shmSizeDefaultBytes,
  Sysctls: undefined,
  Runtime: "crun",
  Isolation: "",
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: "",
  BlkioWeight: 0,
  BlkioWeightDevice: [],
  BlkioDeviceReadBps: [],
  BlkioDeviceWriteBps: [],
  BlkioDeviceReadIOps: [],
  BlkioDeviceWriteIOps: [],
  CpuPeriod: 0,
  CpuQuota: 0,
  CpuRealtimePeriod: 0,
  CpuRealtimeRuntime: 0,
  CpusetCpus: "",
  CpusetMems: "",
  Devices: [],
  DeviceCgroupRules: null,
  DeviceRequests: null,
  MemoryReservation: 0,
  MemorySwap: 0,
  MemorySwappiness: null,
  OomKillDisable: null,
  PidsLimit: null,
  Ulimits: null,
  CpuCount: 0,
  CpuPercent: 0,
  IOMaximumIOps: 0,
  IOMaximumBandwidth: 0,
  Mounts: undefined,
  Annotations: undefined,
  Init: undefined,
  MaskedPaths: maskedPaths,
  ReadonlyPaths: readonlyPaths,
};
