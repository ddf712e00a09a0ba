import type { ContainerConfig, ProcessConfig, SandboxConfig } from "../../internal/guest/config.ts";
import { grantedCapabilities } from "./capabilities.ts";
import type { ResolvedUser } from "./user.ts";

/** A mount as the OCI runtime specification (1.2, config.md) writes it. */
export interface OciMount {
  destination: string;
  type: string;
  source: string;
  options: string[];
}

/** `process` of config.json, which `crun exec --process` takes as well. */
export interface OciProcess {
  terminal: boolean;
  user: { uid: number; gid: number; additionalGids: number[] };
  args: string[];
  env: string[];
  cwd: string;
  capabilities: Record<"bounding" | "effective" | "permitted", string[]>;
  rlimits: { type: string; soft: number; hard: number }[];
  noNewPrivileges: boolean;
  oomScoreAdj: number;
  consoleSize?: { height: number; width: number };
}

/** What the tether prepared for the container and the specification refers to. */
export interface SpecParts {
  /** Absolute path of the mounted root file system. */
  rootfs: string;
  user: ResolvedUser;
  /** Path of the network namespace with the container's NICs. */
  networkNamespace: string;
  cgroupsPath: string;
  /** Mounts beside the standard ones: volumes, tmpfs, /etc/hosts and so on, in mount order. */
  mounts: OciMount[];
}

const defaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const defaultShmBytes = 64 * 1024 * 1024;

/** Paths Docker hides or makes read-only in a container without privileges. */
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

function standardMounts(sandbox: SandboxConfig): OciMount[] {
  const safe = ["nosuid", "noexec", "nodev"];
  const access = sandbox.privileged ? "rw" : "ro";
  const shm = `size=${sandbox.shmSizeBytes || defaultShmBytes}`;
  const devpts = ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"];
  return [
    { destination: "/proc", type: "proc", source: "proc", options: safe },
    {
      destination: "/dev",
      type: "tmpfs",
      source: "tmpfs",
      options: ["nosuid", "strictatime", "mode=755", "size=65536k"],
    },
    { destination: "/dev/pts", type: "devpts", source: "devpts", options: devpts },
    { destination: "/sys", type: "sysfs", source: "sysfs", options: [...safe, access] },
    { destination: "/sys/fs/cgroup", type: "cgroup", source: "cgroup", options: [...safe, access] },
    { destination: "/dev/mqueue", type: "mqueue", source: "mqueue", options: safe },
    { destination: "/dev/shm", type: "tmpfs", source: "shm", options: [...safe, "mode=1777", shm] },
  ];
}

/** Docker's additions to the environment: PATH and HOME where unset, HOSTNAME, TERM with a terminal. */
export function completeEnv(
  env: string[],
  context: { hostname: string; home: string; tty: boolean },
): string[] {
  const has = (name: string) => env.some((entry) => entry.startsWith(`${name}=`));
  const first = [
    ...(has("PATH") ? [] : [defaultPath]),
    ...(has("HOSTNAME") ? [] : [`HOSTNAME=${context.hostname}`]),
    ...(has("TERM") || !context.tty ? [] : ["TERM=xterm"]),
  ];
  return [...first, ...env, ...(has("HOME") ? [] : [`HOME=${context.home}`])];
}

/** The `process` object of a container's main process or of an exec in it. */
export function makeProcess(
  process: ProcessConfig,
  user: ResolvedUser,
  container: { hostname: string; sandbox: SandboxConfig },
): OciProcess {
  const { sandbox, hostname } = container;
  const isPrivileged = sandbox.privileged || process.privileged === true;
  const granted = grantedCapabilities(isPrivileged, sandbox.capAdd, sandbox.capDrop);
  // Only root holds them from the start; another user can gain them by executing a set-uid program.
  const held = user.uid === 0 ? granted : [];
  const [rows, columns] = process.consoleSize ?? [0, 0];
  return {
    terminal: process.tty,
    user: { uid: user.uid, gid: user.gid, additionalGids: user.groups },
    args: process.args,
    env: completeEnv(process.env, { hostname, home: user.home, tty: process.tty }),
    cwd: process.cwd || "/",
    capabilities: { bounding: granted, effective: held, permitted: held },
    rlimits: sandbox.ulimits.map(({ name, soft, hard }) => ({
      type: `RLIMIT_${name.toUpperCase()}`,
      soft,
      hard,
    })),
    noNewPrivileges: false,
    oomScoreAdj: sandbox.oomScoreAdj,
    ...(process.tty && rows > 0 ? { consoleSize: { height: rows, width: columns } } : {}),
  };
}

/** The whole config.json (OCI runtime specification 1.2) of a container. */
export function makeSpec(config: ContainerConfig, parts: SpecParts): Record<string, unknown> {
  const { sandbox } = config;
  const deny = { allow: false, access: "rwm" };
  const allow = { allow: true, access: "rwm" };
  return {
    ociVersion: "1.0.2",
    hostname: config.hostname,
    ...(config.domainname === "" ? {} : { domainname: config.domainname }),
    root: { path: parts.rootfs, readonly: sandbox.readOnlyRootfs },
    process: makeProcess(config.process, parts.user, config),
    mounts: [...standardMounts(sandbox), ...parts.mounts],
    linux: {
      cgroupsPath: parts.cgroupsPath,
      namespaces: [
        ...["pid", "ipc", "uts", "mount", "cgroup"].map((type) => ({ type })),
        { type: "network", path: parts.networkNamespace },
      ],
      sysctl: sandbox.sysctls,
      maskedPaths: sandbox.privileged ? [] : maskedPaths,
      readonlyPaths: sandbox.privileged ? [] : readonlyPaths,
      resources: {
        devices: sandbox.privileged ? [allow] : [deny, ...defaultDevices],
        ...(sandbox.pidsLimit > 0 ? { pids: { limit: sandbox.pidsLimit } } : {}),
      },
    },
  };
}

/** Devices every container may use, beside the standard nodes the runtime makes (Docker's default list). */
const defaultDevices = [
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
  ].map(([major, minor]) => ({
    allow: true,
    type: "c",
    major,
    minor,
    access: "rwm",
  })),
  { allow: true, type: "c", major: 136, access: "rwm" },
];
