/** The OCI runtime configuration of a container, with Docker's defaults. Pure: everything it depends on is passed in. */
import type {
  ContainerConfig,
  ProcessConfig,
  ResourceLimits,
  SandboxConfig,
} from "../../internal/guest/config.ts";
import { grantedCapabilities } from "./capabilities.ts";
import type { ResolvedUser } from "./user.ts";

/** A mount of the OCI configuration. */
export interface OciMount {
  destination: string;
  type: string;
  source: string;
  options: string[];
}

/** A device node of the root name space: for privileged containers all of them, else those asked for. */
export interface OciDevice {
  path: string;
  type: "c" | "b";
  major: number;
  minor: number;
  fileMode: number;
  uid: number;
  gid: number;
  /** Of r, w and m; absent: all. */
  access?: string;
}

/** What the tether has prepared for the container. */
export interface SpecInputs {
  config: Pick<ContainerConfig, "process" | "sandbox" | "hostname" | "domainname">;
  user: ResolvedUser;
  /** Merged root file system. */
  rootPath: string;
  /** Path of the network name space. */
  networkPath: string;
  /** Volumes, tmpfs and files below /etc, in any order. */
  mounts: OciMount[];
  devices: OciDevice[];
  /** Memory of the VM that the container may use. */
  memoryBytes: number;
  /** Host path of the program for `--init`. */
  initPath: string;
}

/** Where `--init` puts its program, as in Docker. */
const initDestination = "/sbin/docker-init";
/** cgroup of the container below /sys/fs/cgroup. */
export const cgroupPath = "/container";

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const defaultShmBytes = 64 * 1024 * 1024;
const defaultOpenFiles = 1048576;
/** JSON numbers end at 2^53; {@link renderSpec} writes this one as the kernel's infinity. */
const infinity = -1;
const infinityText = "18446744073709551615";

const maskedPaths = [
  "/proc/asound",
  "/proc/acpi",
  "/proc/interrupts",
  "/proc/kcore",
  "/proc/keys",
  "/proc/latency_stats",
  "/proc/timer_list",
  "/proc/timer_stats",
  "/proc/sched_debug",
  "/proc/scsi",
  "/sys/firmware",
  "/sys/devices/virtual/powercap",
];
const readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

/** Without privileges: the nodes every container has, its own terminals, and the right to make nodes. */
const deviceRules = [
  { allow: false, access: "rwm" },
  { allow: true, type: "c", access: "m" },
  { allow: true, type: "b", access: "m" },
  ...[
    [1, 3],
    [1, 5],
    [1, 7],
    [1, 8],
    [1, 9],
    [5, 0],
    [5, 1],
    [5, 2],
    [10, 200],
  ].map(([major, minor]) => ({ allow: true, type: "c", major, minor, access: "rwm" })),
  { allow: true, type: "c", major: 136, access: "rwm" },
];

/** Environment with Docker's additions; what the caller set wins, and the last of two values of a name. */
export function processEnv(process: ProcessConfig, home: string, hostname: string): string[] {
  const env = new Map<string, string>([
    ["PATH", defaultPath],
    ["HOSTNAME", hostname],
  ]);
  if (process.tty) env.set("TERM", "xterm");
  for (const entry of process.env) {
    const at = entry.indexOf("=");
    if (at > 0) env.set(entry.slice(0, at), entry.slice(at + 1));
  }
  if (!env.get("HOME")) env.set("HOME", home);
  return [...env].map(([name, value]) => `${name}=${value}`);
}

/** The `process` object, for the container and for an exec. */
export function processSpec(
  process: ProcessConfig,
  user: ResolvedUser,
  sandbox: SandboxConfig,
  hostname: string,
): Record<string, unknown> {
  const isPrivileged = sandbox.privileged || process.privileged === true;
  const capabilities = grantedCapabilities(isPrivileged, sandbox.capAdd, sandbox.capDrop);
  // As in Docker: what the bounding set allows is effective for root only.
  const effective = user.uid === 0 ? capabilities : [];
  const rlimits = new Map([["NOFILE", { soft: defaultOpenFiles, hard: defaultOpenFiles }]]);
  for (const { name, soft, hard } of sandbox.ulimits)
    rlimits.set(name.toUpperCase(), {
      soft: soft < 0 ? infinity : soft,
      hard: hard < 0 ? infinity : hard,
    });
  return {
    terminal: process.tty,
    ...(process.tty && process.consoleSize !== undefined
      ? { consoleSize: { height: process.consoleSize[0], width: process.consoleSize[1] } }
      : {}),
    // As in Docker the main group is an additional one too, or a program could drop it and reach what it is kept from.
    user: {
      uid: user.uid,
      gid: user.gid,
      umask: 0o22,
      additionalGids: [...new Set([user.gid, ...user.groups])],
    },
    args: process.args,
    env: processEnv(process, user.home, hostname),
    cwd: process.cwd === "" ? "/" : process.cwd,
    capabilities: {
      bounding: capabilities,
      effective,
      permitted: effective,
      inheritable: [],
      ambient: [],
    },
    rlimits: [...rlimits].map(([name, limit]) => ({ type: `RLIMIT_${name}`, ...limit })),
    noNewPrivileges: sandbox.noNewPrivileges ?? false,
    oomScoreAdj: sandbox.oomScoreAdj,
  };
}

/** The file systems every container has. */
function systemMounts(sandbox: SandboxConfig): OciMount[] {
  const strict = ["nosuid", "noexec", "nodev"];
  const access = sandbox.privileged ? "rw" : "ro";
  const shmBytes = sandbox.shmSizeBytes > 0 ? sandbox.shmSizeBytes : defaultShmBytes;
  const entry = (destination: string, type: string, options: string[], source = type): OciMount => {
    return { destination, type, source, options };
  };
  return [
    entry("/proc", "proc", strict),
    entry("/dev", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
    entry("/dev/pts", "devpts", [
      "nosuid",
      "noexec",
      "newinstance",
      "ptmxmode=0666",
      "mode=0620",
      "gid=5",
    ]),
    entry("/sys", "sysfs", [...strict, access]),
    entry("/sys/fs/cgroup", "cgroup", [...strict, access]),
    entry("/dev/mqueue", "mqueue", strict),
    entry("/dev/shm", "tmpfs", [...strict, "mode=1777", `size=${shmBytes}`], "shm"),
  ];
}

/** The whole configuration. */
export function containerSpec(inputs: SpecInputs): Record<string, unknown> {
  const { config, mounts } = inputs;
  const { sandbox } = config;
  const process = processSpec(config.process, inputs.user, sandbox, config.hostname);
  const depth = (path: string): number => path.split("/").filter(Boolean).length;
  const own = mounts.toSorted((a, b) => depth(a.destination) - depth(b.destination));
  const replaced = new Set(own.map((m) => m.destination));
  const all = [...systemMounts(sandbox).filter((m) => !replaced.has(m.destination)), ...own];
  if (sandbox.init) {
    process["args"] = [initDestination, "--", ...config.process.args];
    all.push({
      destination: initDestination,
      type: "bind",
      source: inputs.initPath,
      options: ["bind", "ro"],
    });
  }
  return {
    ociVersion: "1.0.2",
    process,
    root: { path: inputs.rootPath, readonly: sandbox.readOnlyRootfs },
    hostname: config.hostname,
    ...(config.domainname === "" ? {} : { domainname: config.domainname }),
    mounts: all,
    ...(sandbox.annotations === undefined ? {} : { annotations: sandbox.annotations }),
    linux: {
      cgroupsPath: cgroupPath,
      // The usual one: the runtime itself has one without random addresses, which is not for containers.
      personality: { domain: "LINUX" },
      namespaces: [
        { type: "pid" },
        { type: "ipc" },
        { type: "uts" },
        { type: "mount" },
        { type: "cgroup" },
        { type: "network", path: inputs.networkPath },
      ],
      sysctl: {
        "net.ipv4.ip_unprivileged_port_start": "0",
        "net.ipv4.ping_group_range": "0 2147483647",
        ...sandbox.sysctls,
      },
      resources: {
        devices: sandbox.privileged
          ? [{ allow: true, access: "rwm" }]
          : [...deviceRules, ...inputs.devices.map(deviceRule)],
        ...limitSpec(sandbox.limits ?? {}, inputs.memoryBytes),
        ...(sandbox.pidsLimit > 0 ? { pids: { limit: sandbox.pidsLimit } } : {}),
      },
      devices: inputs.devices.map((device) => ({ ...device, access: undefined })),
      ...(sandbox.privileged
        ? {}
        : {
            maskedPaths: sandbox.maskedPaths ?? maskedPaths,
            readonlyPaths: sandbox.readonlyPaths ?? readonlyPaths,
          }),
    },
  };
}

function deviceRule({ type, major, minor, access = "rwm" }: OciDevice) {
  return { allow: true, type, major, minor, access };
}

/** `roomBytes`: what the VM has for its container. */
function limitSpec(limits: ResourceLimits, roomBytes: number): Record<string, unknown> {
  const { cpuShares, cpuQuotaUs, cpuPeriodUs, memoryBytes, memoryReservationBytes } = limits;
  const memory = {
    limit: Math.min(memoryBytes ?? roomBytes, roomBytes),
    reservation: memoryReservationBytes,
  };
  const cpu = { shares: cpuShares, quota: cpuQuotaUs, period: cpuPeriodUs };
  return { memory, ...(Object.values(cpu).some((value) => value !== undefined) ? { cpu } : {}) };
}

/** JSON of a configuration or process, with unlimited resource limits as the kernel counts them. */
export function renderSpec(spec: Record<string, unknown>): string {
  return JSON.stringify(spec).replace(/"(soft|hard)":-1(?=[,}])/g, `"$1":${infinityText}`);
}
