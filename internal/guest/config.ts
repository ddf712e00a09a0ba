/**
 * THE contract between whoever configures a VM (port layer, vic-machine) and the program that is
 * PID 1 in it (tether, vic-appliance init). It travels as JSON values of extraConfig keys; a key that starts
 * `guestinfo.` can be read in the guest, and the guest may write the `*.state` ones.
 */

/** extraConfig keys. Those without the `guestinfo.` prefix are invisible to the guest. */
export const keys = {
  /** {@link ContainerConfig}; its appearance, with a `run` above 0, gives a booted VM its identity. */
  config: "guestinfo.vic.config",
  /** {@link ContainerSecret}. */
  secret: "guestinfo.vic.secret",
  /**
   * "1": the VM is a template. Its tether, unless it finds an identity, freezes the VM as soon as it has booted; instant
   * clones of it, which have this key too, wait for an identity.
   */
  template: "guestinfo.vic.template",
  /** {@link SpareConfig}; read by an instant clone that has no {@link keys.config} yet. */
  spare: "guestinfo.vic.spare",
  /** {@link GuestState}, written by the tether. */
  state: "guestinfo.vic.state",
  /** What the Docker API knows of a container (`ContainerRecord` of the port layer API). */
  record: "vic.container",
  /** {@link ApplianceConfig}. */
  applianceConfig: "guestinfo.vic.appliance.config",
  /** {@link ApplianceSecret}. */
  applianceSecret: "guestinfo.vic.appliance.secret",
  /** {@link ApplianceState}, written by the appliance's init. */
  applianceState: "guestinfo.vic.appliance.state",
  /** {@link ApplianceDebug}; written into a running appliance by `vic-machine debug`. */
  applianceDebug: "guestinfo.vic.appliance.debug",
  /** Managed object id of the VCH's VM, in the VMs it made that may lie outside of its folder: templates, their clones. */
  owner: "vic.owner",
  /** What vic-machine knows of a VCH (`VchRecord` of internal/install); marks the VM as a VCH. */
  vch: "vic.vch",
} as const;

/** A disk on the VM's first SCSI controller. The guest sees unit N as SCSI target N, LUN 0. */
export interface DiskRef {
  unit: number;
}

/** A process to run, as Docker describes it. */
export interface ProcessConfig {
  /** argv; args[0] is looked up in the container's PATH. */
  args: string[];
  /** `NAME=value` */
  env: string[];
  cwd: string;
  /** "", "user", "uid", "user:group", "uid:gid": resolved against the container's own files. */
  user: string;
  tty: boolean;
  /** Keep stdin open; otherwise it reads as empty. */
  openStdin: boolean;
  /** Close stdin when the first attached client goes. */
  stdinOnce: boolean;
  /** Initial size of the TTY, [rows, columns]. */
  consoleSize?: [number, number];
  privileged?: boolean;
}

/** One network interface of the container, identified by its MAC address. */
export interface NetworkEndpoint {
  /** Name of the Docker network, for logs. */
  network: string;
  /** Lower case, colon separated. */
  mac: string;
  mode: "static" | "dhcp";
  /** CIDR, for example 172.16.0.2/16; static only. */
  address?: string;
  gateway?: string;
  /** This endpoint carries the default route. */
  isDefault: boolean;
}

/** A mount beside the root file system. */
export interface MountConfig {
  type: "disk" | "tmpfs" | "nfs";
  destination: string;
  disk?: DiskRef;
  /** nfs: host:/path */
  source?: string;
  readOnly: boolean;
  /** tmpfs and nfs: mount options. */
  options?: string[];
  /** Copy the image's content at the destination into an empty volume first. */
  copyUp?: boolean;
}

/** A health check as Docker has it, with Docker's defaults filled in; times in milliseconds. */
export interface HealthcheckConfig {
  /** argv of the probe. */
  args: string[];
  intervalMs: number;
  /** A probe that takes longer has failed. */
  timeoutMs: number;
  /** Failures within this time of the start do not count, until the first success. */
  startPeriodMs: number;
  /** Between probes in the start period. */
  startIntervalMs: number;
  /** Failures in a row that make it unhealthy. */
  retries: number;
}

/** Limits inside the VM (cgroup v2); absent ones are not set. */
export interface ResourceLimits {
  /** Weight as Docker counts it: 1024 is the usual. */
  cpuShares?: number;
  /** Microseconds of CPU time in each period. */
  cpuQuotaUs?: number;
  cpuPeriodUs?: number;
  /** At most what the VM has for its container. */
  memoryBytes?: number;
  /** memory.low: reclaimed last. */
  memoryReservationBytes?: number;
}

/** What the OCI runtime is asked to grant or limit. */
export interface SandboxConfig {
  privileged: boolean;
  capAdd: string[];
  capDrop: string[];
  readOnlyRootfs: boolean;
  ulimits: { name: string; soft: number; hard: number }[];
  sysctls: Record<string, string>;
  /** bytes; 0 means the default of 64 MiB */
  shmSizeBytes: number;
  /** Run an init as PID 1 that reaps and forwards signals. */
  init: boolean;
  oomScoreAdj: number;
  groupAdd: string[];
  /** 0 means unlimited */
  pidsLimit: number;
  limits?: ResourceLimits;
  noNewPrivileges?: boolean;
  /** Instead of Docker's own lists; empty: nothing is hidden. */
  maskedPaths?: string[];
  readonlyPaths?: string[];
  /** Device nodes of the VM; `access` is of r, w and m. */
  devices?: { source: string; destination: string; access: string }[];
  /** Passed to the OCI runtime. */
  annotations?: Record<string, string>;
}

/** Everything the tether needs to run one container. */
export interface ContainerConfig {
  version: 1;
  /** 64 hex digits */
  id: string;
  name: string;
  /** Grows by one with every start, 0 before the first; {@link GuestState.run} repeats it. */
  run: number;
  hostname: string;
  domainname: string;
  process: ProcessConfig;
  /** Name or number, for example SIGTERM; delivered on guest shutdown. */
  stopSignal: string;
  /** Seconds between the stop signal and SIGKILL on guest shutdown. */
  stopTimeoutSeconds: number;
  /** Do not start the process before the control channel says `start` (at most 60 s). */
  hold: boolean;
  rootfs: {
    /** Disk with one EROFS partition per layer. */
    image: DiskRef;
    /** Partition numbers on it, lowest layer first. */
    partitions: number[];
    /** Formatted ext4 disk that takes upper and work directory (`upper`, `work`) and the log (`log`). */
    scratch: DiskRef;
  };
  mounts: MountConfig[];
  /** Absolute paths of folders that the container must have. */
  folders?: string[];
  networks: NetworkEndpoint[];
  dns: { nameservers: string[]; search: string[]; options: string[] };
  /** Further lines of /etc/hosts. */
  extraHosts: { name: string; address: string }[];
  sandbox: SandboxConfig;
  healthcheck?: HealthcheckConfig;
  /** Ring of log files; maxBytes 0 means without limit, maxFiles 0 without a log. */
  log: { maxBytes: number; maxFiles: number };
  control: ControlConfig;
  /** Debug level, 0 to 3. */
  debug: number;
}

/** Where the control channel goes. */
export interface ControlConfig {
  /** NIC that stays in the VM's root network namespace. */
  mac: string;
  /** Link-local IPv6 address of the appliance, without zone. */
  address: string;
  port: number;
  /** Common name of this VM's certificate. */
  name: string;
}

/** What a VM is told that is got ready for a container before there is one: it keeps all of this as that container. */
export interface SpareConfig {
  version: 1;
  control: ControlConfig;
  /** MACs of the container's NICs, in the order of {@link ContainerConfig.networks}. */
  macs: string[];
  debug: number;
}

/** mTLS material of the control channel. */
export interface ContainerSecret {
  caPem: string;
  certPem: string;
  keyPem: string;
}

/** One run of a health check. */
export interface HealthResult {
  /** RFC 3339 with nanoseconds. */
  start: string;
  end: string;
  /** -1: it could not be run, or took too long. */
  exitCode: number;
  output: string;
}

/** How a container with a health check does. */
export interface Health {
  status: "starting" | "healthy" | "unhealthy";
  failingStreak: number;
  /** The last results, oldest first. */
  log: HealthResult[];
}

/** What the tether reports; outlives both the VM's power state and the appliance. */
export interface GuestState {
  /** {@link ContainerConfig.run} this belongs to; a state of another run is stale. */
  run: number;
  phase: "starting" | "running" | "exited" | "failed";
  /** RFC 3339 with nanoseconds. */
  startedAt?: string;
  finishedAt?: string;
  /** 0 to 255; 128 + n when killed by signal n; 126/127 as a shell has them when `failed`. */
  exitCode?: number;
  oomKilled?: boolean;
  /** `running`, with all processes held. */
  isPaused?: boolean;
  /** As of the last change of its status; the `health` call has the newest. */
  health?: Health;
  /** Why the process could not be started. */
  error?: string;
  /** Addresses by MAC (CIDR), as really configured. */
  addresses?: Record<string, string>;
}

/** One NIC of the appliance. Several roles may share one (same MAC). */
export interface ApplianceNic {
  /** vSphere network name. */
  network: string;
  mac: string;
  mode: "dhcp" | "static";
  /** CIDR; static only. */
  address?: string;
  gateway?: string;
  /** Destinations (CIDR) routed over `gateway`; empty for the default route. */
  destinations?: string[];
}

/** The roles a NIC of the appliance can have; the interface is named after the first of them. */
export type Role = "public" | "client" | "management" | "bridge";

/** Everything the appliance needs; holds no secret. */
export interface ApplianceConfig {
  version: 1;
  name: string;
  /** vic version string of the appliance. */
  build: string;
  /** Managed object id of the appliance VM, for example vm-12. */
  vm: string;
  debug: number;
  /** bridge: `static` with the gateway address of the default bridge network. */
  nics: Record<Role, ApplianceNic>;
  nameservers: string[];
  target: {
    /** https://host:port/sdk as reached from the appliance */
    url: string;
    username: string;
    /** SHA-256 thumbprint of the server's certificate, colon separated upper-case hex. */
    thumbprint: string;
  };
  inventory: {
    /** Inventory paths and managed object ids of what the VCH lives in. */
    datacenter: string;
    datacenterPath: string;
    folder: string;
    pool: string;
    /** vSphere network that is the bridge, managed object id and name. */
    bridgeNetwork: string;
    bridgeNetworkName: string;
  };
  storage: {
    /** `[datastore] folder`, the VCH's own folder; images/ and containers live below it. */
    imageStore: string;
    /** label -> `[datastore] folder` */
    volumeStores: Record<string, string>;
    /** Capacity of a container's writable disk. */
    scratchBytes: number;
  };
  /** `[datastore] path` of the ISO container VMs boot from. */
  bootstrapIso: string;
  bridge: { range: string; width: number };
  docker: {
    port: number;
    tls: "verify" | "server" | "none";
    serverCertPem: string;
    /** Who may sign client certificates. */
    clientCaPem: string;
  };
  registries: { insecure: string[]; allowed: string[]; caPem: string[] };
  proxies: { http: string; https: string; no: string };
  /** CA of the control channel, certificate only. */
  controlCaPem: string;
}

/** The appliance's secrets; never logged, never in a process argument. */
export interface ApplianceSecret {
  /** vSphere password. */
  password: string;
  serverKeyPem: string;
  controlCaKeyPem: string;
}

/** Debugging that was switched on in a running appliance; gone after a reboot of it only when removed here. */
export interface ApplianceDebug {
  /** Run sshd and let this public key (OpenSSH format) in as root; "" for no key. */
  ssh: { enabled: boolean; authorizedKey: string };
  /** Hash (as Bun.password makes them) of what lets root use guest operations; without it nobody can. */
  rootPasswordHash?: string;
}

/** Services that init supervises, in start order. */
export const services = ["port-layer", "docker"] as const;
/** Name of a service of the appliance. */
export type Service = (typeof services)[number];

/** What the appliance's init reports. */
export interface ApplianceState {
  build: string;
  /** CIDR by role, as really configured. */
  addresses: Partial<Record<Role, string>>;
  /** "true" once it serves; otherwise why not; "" while it starts. */
  services: Record<Service, string>;
  /** How often a service had to be restarted. */
  restarts: Record<Service, number>;
}
