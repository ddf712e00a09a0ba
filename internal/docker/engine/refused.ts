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

const ownKernel = "every container has a kernel of its own: there is nothing to share";
const windowsOnly = "it is for Windows; use --cpus";
const noRealTime = "use --cpus, or a CPU reservation of the VM in vSphere";
const ioShares = "use the shares and limits of the VM's disks in vSphere";
const noDevices = "a VM has no devices of its host";
const noMounts = "volumes are not available; use --tmpfs, or copy the files into an image";

const hostConfigRefusals: Refusal[] = [
  { field: "CpuPercent", flag: "--cpu-percent", why: windowsOnly },
  { field: "CpuCount", flag: "--cpu-count", why: windowsOnly },
  { field: "CpuRealtimePeriod", flag: "--cpu-rt-period", why: noRealTime },
  { field: "CpuRealtimeRuntime", flag: "--cpu-rt-runtime", why: noRealTime },
  {
    field: "CpusetMems",
    flag: "--cpuset-mems",
    allowed: ["0"],
    why: "a container VM has one memory node, 0",
  },
  { field: "KernelMemory", flag: "--kernel-memory", why: "use --memory" },
  { field: "KernelMemoryTCP", flag: "--kernel-memory-tcp", why: "use --memory" },
  {
    field: "OomKillDisable",
    flag: "--oom-kill-disable",
    why: "use --memory to give it more, or --oom-score-adj",
  },
  { field: "BlkioWeight", flag: "--blkio-weight", why: ioShares },
  { field: "BlkioWeightDevice", flag: "--blkio-weight-device", why: ioShares },
  { field: "BlkioDeviceReadBps", flag: "--device-read-bps", why: ioShares },
  { field: "BlkioDeviceWriteBps", flag: "--device-write-bps", why: ioShares },
  { field: "BlkioDeviceReadIOps", flag: "--device-read-iops", why: ioShares },
  { field: "BlkioDeviceWriteIOps", flag: "--device-write-iops", why: ioShares },
  { field: "IOMaximumIOps", flag: "--io-maxiops", why: ioShares },
  { field: "IOMaximumBandwidth", flag: "--io-maxbandwidth", why: ioShares },
  {
    field: "DeviceCgroupRules",
    flag: "--device-cgroup-rule",
    why: `${noDevices}; use --device for one of the VM's own, or --privileged for all`,
  },
  { field: "DeviceRequests", flag: "--gpus", why: noDevices },
  { field: "CgroupParent", flag: "--cgroup-parent", why: "use the VCH's resource pool in vSphere" },
  { field: "Cgroup", flag: "HostConfig.Cgroup", why: ownKernel },
  { field: "CgroupnsMode", flag: "--cgroupns", allowed: ["private"], why: ownKernel },
  { field: "IpcMode", flag: "--ipc", allowed: ["private", "shareable"], why: ownKernel },
  { field: "PidMode", flag: "--pid", why: ownKernel },
  { field: "UTSMode", flag: "--uts", why: `${ownKernel}; use --hostname` },
  { field: "UsernsMode", flag: "--userns", allowed: ["host"], why: ownKernel },
  {
    field: "Isolation",
    flag: "--isolation",
    allowed: ["default"],
    why: "it is for Windows; every container is isolated as a VM",
  },
  { field: "VolumeDriver", flag: "--volume-driver", allowed: ["local"], why: noMounts },
  { field: "VolumesFrom", flag: "--volumes-from", why: noMounts },
  {
    field: "StorageOpt",
    flag: "--storage-opt",
    why: "the VCH sets the size of a container's disk",
  },
];

const configRefusals: Refusal[] = [
  { field: "ArgsEscaped", flag: "Config.ArgsEscaped", why: "containers are Linux" },
];

/** Throws for the first field that asks for something that is not there. */
export function refuseFields(config: Fields, hostConfig: Fields): void {
  for (const refusal of configRefusals) check(config, refusal);
  for (const refusal of hostConfigRefusals) check(hostConfig, refusal);
  for (const option of hostConfig.strings("SecurityOpt")) checkSecurityOption(option);
}

function check(fields: Fields, refusal: Refusal): void {
  const value = fields.value(refusal.field);
  if (isNothing(value) || refusal.allowed?.includes(value as string)) return;
  const isScalar = typeof value === "string" || typeof value === "number";
  throw refused(isScalar ? `${refusal.flag} ${value}` : refusal.flag, refusal.why);
}

/** Whether a JSON value asks for nothing. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) {
    return true;
  }
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** There is no AppArmor, SELinux or seccomp profile in a container VM: switching it off is what it is already. */
function checkSecurityOption(option: string): void {
  const [name = "", value = ""] = option.split(/[=:](.*)/s);
  if (name === "no-new-privileges" && ["", "true", "false"].includes(value)) return;
  if (["apparmor", "seccomp"].includes(name) && value === "unconfined") return;
  if (name === "label" && value === "disable") return;
  // A seccomp profile arrives as its whole text.
  throw refused(
    `--security-opt ${option.slice(0, 60)}`,
    "a VM is the boundary: there are no profiles and labels in it; use --cap-drop and " +
      "--security-opt no-new-privileges",
  );
}

/** The error for a flag that cannot be had. */
export function refused(flag: string, why?: string): VicError {
  const message = `${flag} is not supported by this engine`;
  return new VicError("unsupported", message, why === undefined ? {} : { hint: why });
}
