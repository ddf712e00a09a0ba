/** From Docker's resource flags to the size of a VM, and the limits inside it. */
import { VicError } from "../../errors/errors.ts";
import type { SandboxConfig } from "../../guest/config.ts";
import type { Fields } from "../wire/decode.ts";
import { cpusetSize, memoryMinMiB, resourceLimits } from "./limits.ts";

/** vCPUs of a container without `--cpus`. */
const cpusDefault = 1;
/** Memory of a container's VM without `--memory`, MiB. */
export const memoryDefaultMiB = 512;
/** vSphere wants VM memory in multiples of this, MiB. */
const memoryStepMiB = 4;
/** Docker's own lower bound of `--memory`. */
const memoryMinBytes = 6 * 1024 * 1024;
/** Most vCPUs a VM can have (vSphere 8). */
const cpusMax = 768;
const MiB = 1024 * 1024;

/** A VM's size. */
export interface VmSize {
  cpus: number;
  memoryMiB: number;
  warnings: string[];
}

/** `--cpus`, `--cpu-quota`, `--cpuset-cpus`, `--memory`, `--memory-swap`. vCPUs are whole: 1.5 becomes 2. */
export function vmSize(hostConfig: Fields): VmSize {
  const warnings = swapWarnings(hostConfig);
  return { cpus: cpus(hostConfig), memoryMiB: memory(hostConfig), warnings };
}

function cpus(hostConfig: Fields): number {
  const nano = hostConfig.int("NanoCpus");
  const period = hostConfig.int("CpuPeriod");
  const quota = hostConfig.int("CpuQuota");
  if (nano < 0) throw new VicError("invalid", "range of CPUs is from 0.01 up");
  if (nano > 0 && (period > 0 || quota > 0)) {
    const other = period > 0 ? "CPU Period" : "CPU Quota";
    throw new VicError("invalid", `Conflicting options: Nano CPUs and ${other} cannot both be set`);
  }
  if (period !== 0 && (period < 1000 || period > 1_000_000)) {
    throw new VicError("invalid", "CPU cfs period can not be less than 1ms or larger than 1s");
  }
  if (quota > 0 && quota < 1000) {
    throw new VicError("invalid", "CPU cfs quota can not be less than 1ms (i.e. 1000)");
  }
  const pinned = cpusetSize(hostConfig.string("CpusetCpus"));
  let count = cpusDefault;
  if (pinned !== undefined) count = pinned;
  else if (nano > 0) count = Math.ceil(nano / 1e9);
  else if (quota > 0) count = Math.ceil(quota / (period || 100_000));
  if (count > cpusMax) {
    throw new VicError("invalid", `a VM has at most ${cpusMax} CPUs, not ${count}`);
  }
  return count;
}

function memory(hostConfig: Fields): number {
  const bytes = hostConfig.int("Memory");
  const swap = hostConfig.int("MemorySwap");
  if (bytes < 0 || (bytes > 0 && bytes < memoryMinBytes)) {
    throw new VicError("invalid", "Minimum memory limit allowed is 6MB");
  }
  if (swap > 0 && bytes === 0) {
    throw new VicError(
      "invalid",
      "You should always set the Memory limit when using Memoryswap limit, see usage",
    );
  }
  if (swap > 0 && swap < bytes) {
    throw new VicError(
      "invalid",
      "Minimum memoryswap limit should be larger than memory limit, see usage",
    );
  }
  if (bytes === 0) return memoryDefaultMiB;
  return Math.max(Math.ceil(bytes / MiB / memoryStepMiB) * memoryStepMiB, memoryMinMiB);
}

/** As dockerd says it where the kernel has no swap limits. */
function swapWarnings(hostConfig: Fields): string[] {
  const swappiness = hostConfig.int("MemorySwappiness", -1);
  if (swappiness < -1 || swappiness > 100) {
    throw new VicError(
      "invalid",
      `Invalid value: ${swappiness}, valid memory swappiness range is 0-100`,
    );
  }
  const warnings: string[] = [];
  if (hostConfig.int("MemorySwap") > hostConfig.int("Memory")) {
    warnings.push("Container VMs do not swap. Memory limited without swap.");
  }
  if (swappiness >= 0) {
    warnings.push("Container VMs do not swap. Memory swappiness discarded.");
  }
  return warnings;
}

const capabilities = new Set(
  "AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM".split(
    " ",
  ),
);
const ulimits = new Set(
  "core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack".split(
    " ",
  ),
);

/** What the OCI runtime in the VM is asked for. */
export function sandbox(hostConfig: Fields): SandboxConfig {
  const shmSizeBytes = hostConfig.int("ShmSize");
  if (shmSizeBytes < 0) throw new VicError("invalid", "SHM size can not be less than 0");
  const oomScoreAdj = hostConfig.int("OomScoreAdj");
  if (oomScoreAdj < -1000 || oomScoreAdj > 1000) {
    throw new VicError(
      "invalid",
      `Invalid value ${oomScoreAdj}, range for oom score adj is [-1000, 1000]`,
    );
  }
  const runtime = hostConfig.string("Runtime");
  if (!["", "crun"].includes(runtime)) {
    throw new VicError("invalid", `unknown or invalid runtime name: ${runtime}`, {
      hint: "the runtime in a container's VM is crun",
    });
  }
  return {
    privileged: hostConfig.bool("Privileged"),
    capAdd: capabilitiesOf(hostConfig, "CapAdd"),
    capDrop: capabilitiesOf(hostConfig, "CapDrop"),
    readOnlyRootfs: hostConfig.bool("ReadonlyRootfs"),
    ulimits: hostConfig.list("Ulimits").map(ulimit),
    sysctls: hostConfig.stringMap("Sysctls"),
    shmSizeBytes,
    init: hostConfig.bool("Init"),
    oomScoreAdj,
    groupAdd: hostConfig.strings("GroupAdd"),
    pidsLimit: pidsLimit(hostConfig),
    limits: resourceLimits(hostConfig),
    ...(noNewPrivileges(hostConfig) ? { noNewPrivileges: true } : {}),
    // `--security-opt systempaths=unconfined` arrives as two empty lists, which is not the same as none.
    ...paths(hostConfig, "MaskedPaths", "maskedPaths"),
    ...paths(hostConfig, "ReadonlyPaths", "readonlyPaths"),
    ...optional("devices", hostConfig.list("Devices").map(device)),
    ...optional("annotations", hostConfig.stringMap("Annotations")),
  };
}

/** 0 for none; negative is none, too. */
export function pidsLimit(hostConfig: Fields): number {
  return Math.max(hostConfig.int("PidsLimit"), 0);
}

function noNewPrivileges(hostConfig: Fields): boolean {
  const options = hostConfig.strings("SecurityOpt");
  return options.some((option) => /^no-new-privileges([=:]true)?$/.test(option));
}

function paths<Name extends string>(
  hostConfig: Fields,
  field: string,
  name: Name,
): { [name in Name]?: string[] } {
  if (!hostConfig.has(field)) return {};
  return { [name]: hostConfig.strings(field) } as { [name in Name]: string[] };
}

function optional<Name extends string, Value extends object>(
  name: Name,
  value: Value,
): { [name in Name]?: Value } {
  if (Object.keys(value).length === 0) return {};
  return { [name]: value } as { [name in Name]: Value };
}

/** A device of the VM. */
function device(fields: Fields): NonNullable<SandboxConfig["devices"]>[number] {
  const source = fields.string("PathOnHost");
  const destination = fields.string("PathInContainer") || source;
  const access = fields.string("CgroupPermissions") || "rwm";
  for (const path of [source, destination]) {
    if (!path.startsWith("/") || path.includes("\0"))
      throw new VicError("invalid", `${path} is not an absolute path`);
  }
  if (!/^[rwm]{1,3}$/.test(access)) throw new VicError("invalid", `invalid device mode: ${access}`);
  return { source, destination, access };
}

/** `net_admin` and `CAP_NET_ADMIN` are both `CAP_NET_ADMIN`; `all` is `ALL`. */
function capabilitiesOf(hostConfig: Fields, field: "CapAdd" | "CapDrop"): string[] {
  return hostConfig.strings(field).map((text) => {
    const name = text.toUpperCase().replace(/^CAP_/, "");
    if (name === "ALL") return "ALL";
    if (capabilities.has(name)) return `CAP_${name}`;
    throw new VicError("invalid", `invalid ${field}: unknown capability: "CAP_${name}"`);
  });
}

function ulimit(fields: Fields): SandboxConfig["ulimits"][number] {
  const name = fields.string("Name");
  const soft = fields.int("Soft");
  const hard = fields.int("Hard");
  if (!ulimits.has(name)) throw new VicError("invalid", `invalid ulimit type: ${name}`);
  if (hard !== -1 && (soft > hard || soft === -1)) {
    throw new VicError(
      "invalid",
      `ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`,
    );
  }
  return { name, soft, hard };
}
