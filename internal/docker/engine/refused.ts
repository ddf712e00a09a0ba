/**
 * Fields of Config and HostConfig that are not honoured, each with the values that ask for nothing. Anything else in
 * them is refused: a flag must never be taken and then ignored (design D2).
 */
import { VicError } from "../../errors/errors.ts";
import type { Fields } from "../wire/decode.ts";

/** One such field. */
interface Refusal {
  field: string;
  /** How users know it. */
  flag: string;
  /** Values that are fine beside absent, null, "", 0, false, [] and {}. */
  allowed?: (string | number)[];
  why?: string;
}

const ownKernel = "every container has a kernel of its own";
const fixedVm = "the VM's size is set by --cpus and --memory";
const noDevices = "a VM has no access to devices of its host";
const noMounts = "volumes are not available; use --tmpfs, or copy the files into an image";

const hostConfigRefusals: Refusal[] = [
  { field: "CpuShares", flag: "--cpu-shares", why: fixedVm },
  { field: "CpuPercent", flag: "--cpu-percent", why: fixedVm },
  { field: "CpuCount", flag: "--cpu-count", why: fixedVm },
  { field: "CpuRealtimePeriod", flag: "--cpu-rt-period", why: fixedVm },
  { field: "CpuRealtimeRuntime", flag: "--cpu-rt-runtime", why: fixedVm },
  { field: "CpusetCpus", flag: "--cpuset-cpus", why: fixedVm },
  { field: "CpusetMems", flag: "--cpuset-mems", why: fixedVm },
  { field: "MemoryReservation", flag: "--memory-reservation", why: fixedVm },
  { field: "KernelMemory", flag: "--kernel-memory", why: fixedVm },
  { field: "KernelMemoryTCP", flag: "--kernel-memory-tcp", why: fixedVm },
  { field: "MemorySwappiness", flag: "--memory-swappiness", allowed: [-1], why: "VMs do not swap" },
  { field: "OomKillDisable", flag: "--oom-kill-disable", why: ownKernel },
  { field: "BlkioWeight", flag: "--blkio-weight" },
  { field: "BlkioWeightDevice", flag: "--blkio-weight-device", why: noDevices },
  { field: "BlkioDeviceReadBps", flag: "--device-read-bps", why: noDevices },
  { field: "BlkioDeviceWriteBps", flag: "--device-write-bps", why: noDevices },
  { field: "BlkioDeviceReadIOps", flag: "--device-read-iops", why: noDevices },
  { field: "BlkioDeviceWriteIOps", flag: "--device-write-iops", why: noDevices },
  { field: "IOMaximumIOps", flag: "--io-maxiops" },
  { field: "IOMaximumBandwidth", flag: "--io-maxbandwidth" },
  { field: "Devices", flag: "--device", why: noDevices },
  { field: "DeviceCgroupRules", flag: "--device-cgroup-rule", why: noDevices },
  { field: "DeviceRequests", flag: "--gpus", why: noDevices },
  { field: "CgroupParent", flag: "--cgroup-parent", why: ownKernel },
  { field: "Cgroup", flag: "HostConfig.Cgroup", why: ownKernel },
  { field: "CgroupnsMode", flag: "--cgroupns", allowed: ["private"], why: ownKernel },
  { field: "IpcMode", flag: "--ipc", allowed: ["private", "shareable"], why: ownKernel },
  { field: "PidMode", flag: "--pid", why: ownKernel },
  { field: "UTSMode", flag: "--uts", why: ownKernel },
  { field: "UsernsMode", flag: "--userns", allowed: ["host"] },
  { field: "Isolation", flag: "--isolation", allowed: ["default"] },
  { field: "VolumeDriver", flag: "--volume-driver", allowed: ["local"], why: noMounts },
  { field: "VolumesFrom", flag: "--volumes-from", why: noMounts },
  { field: "Links", flag: "--link", why: "containers on a network find each other by name" },
  {
    field: "StorageOpt",
    flag: "--storage-opt",
    why: "the VCH sets the size of a container's disk",
  },
  { field: "Annotations", flag: "--annotation" },
];

const configRefusals: Refusal[] = [
  { field: "ArgsEscaped", flag: "Config.ArgsEscaped", why: "containers are Linux" },
];

/** Throws for the first field that asks for something that is not there. */
export function refuseFields(config: Fields, hostConfig: Fields): void {
  for (const refusal of configRefusals) check(config, refusal);
  for (const refusal of hostConfigRefusals) check(hostConfig, refusal);
  // `--security-opt systempaths=unconfined` arrives as two empty lists, which is not the same as none.
  for (const field of ["MaskedPaths", "ReadonlyPaths"]) {
    if (hostConfig.has(field)) throw refused(`HostConfig.${field}`);
  }
  for (const option of hostConfig.strings("SecurityOpt")) checkSecurityOption(option);
}

function check(fields: Fields, refusal: Refusal): void {
  const value = fields.json[refusal.field];
  if (isNothing(value) || refusal.allowed?.includes(value as string)) return;
  const isScalar = typeof value === "string" || typeof value === "number";
  throw refused(isScalar ? `${refusal.flag} ${value}` : refusal.flag, refusal.why);
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) {
    return true;
  }
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** There is no AppArmor, SELinux or seccomp profile in a container VM: switching it off is what it is already. */
function checkSecurityOption(option: string): void {
  const harmless = [
    "apparmor=unconfined",
    "apparmor:unconfined",
    "seccomp=unconfined",
    "seccomp:unconfined",
    "label=disable",
    "label:disable",
    "no-new-privileges=false",
    "no-new-privileges:false",
  ];
  if (harmless.includes(option)) return;
  // A seccomp profile arrives as its whole text.
  throw refused(`--security-opt ${option.slice(0, 60)}`);
}

/** The error for a flag that cannot be had. */
export function refused(flag: string, why?: string): VicError {
  const message = `${flag} is not supported by this engine`;
  return new VicError("unsupported", message, why === undefined ? {} : { hint: why });
}
