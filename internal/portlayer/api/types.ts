/**
 * The port layer's API as both sides see it: JSON bodies of the hono routes in `routes.ts`, used through the client in
 * `client.ts`. Served over a unix socket inside the appliance only. Errors are the JSON of a VicError.
 *
 * | route | request | answer |
 * |---|---|---|
 * | GET /_ping | | "OK" |
 * | GET /info | | {@link Info} |
 * | GET /networks | | {@link Network}[] |
 * | GET /events?since&until | nanoseconds, inclusive | NDJSON of {@link Event}, until the client goes or `until` is over |
 * | POST /events | {@link Event} without its time | 204: it happened now |
 * | GET /containers | | {@link Container}[], newest first |
 * | POST /containers | {@link CreateContainer} | {@link Container} (201) |
 * | GET /containers/:ref | ref: id, unique prefix of it, or name | {@link Container} |
 * | PATCH /containers/:id | {@link UpdateContainer} | {@link Container} |
 * | DELETE /containers/:id?force=&volumes= | | 204 |
 * | POST /containers/:id/start | | 204, not-modified when it runs |
 * | POST /containers/:id/stop | {@link StopContainer} | 204, not-modified when it does not run |
 * | POST /containers/:id/signal | {signal} | 204 |
 * | POST /containers/:id/pause, /unpause | | 204, conflict when it is so already |
 * | GET /containers/:id/processes?arg= | arguments for ps, in order | {@link ProcessTable} |
 * | POST /containers/:id/files?request= | JSON of a {@link FileRequest}; the body is what to write | bytes; nothing for a write |
 * | GET /containers/:id/health | | {@link Health} as of now; `not-found` without a health check |
 * | GET /containers/:id/stats | | {@link GuestStats} as of now |
 * | POST /containers/:id/resize | {rows, columns} | 204 |
 * | GET /containers/:id/wait?condition= | | head at once, then {@link WaitResult} |
 * | POST /containers/:id/attach | {@link Attach} as query, `Upgrade: vic-stream` | 101, raw bytes both ways |
 * | GET /containers/:id/logs | {@link LogQuery} as query | log entries framed as guest/log-frame.ts |
 * | POST /containers/:id/execs | {@link CreateExec} | {id} (201) |
 * | GET /execs/:id | | {@link Exec} |
 * | POST /execs/:id/start | {@link Attach} as query, `Upgrade: vic-stream` unless detached | 101 or 204 |
 * | POST /execs/:id/resize | {rows, columns} | 204 |
 * | GET /images | | {@link Image}[] |
 * | GET /images/:id | image id with or without sha256: | {@link Image} |
 * | DELETE /images/:id | | 204; conflict while a container uses it |
 * | PUT /images/:id/names | {@link ImageNames} | {@link Image}; names leave the images that had them |
 * | POST /images | {@link BeginImage} | {@link ImageUpload} (201) |
 * | PUT /images/uploads/:upload/layers/:n | the blob; header Content-Type is its media type | {diffId} |
 * | POST /images/uploads/:upload/commit | {@link ImageNames} | {@link Image} |
 * | DELETE /images/uploads/:upload | | 204, everything of it gone |
 *
 * Attached streams carry stdcopy frames (guest/stdcopy.ts) unless the process has a TTY; half-close works both ways.
 */
import type {
  Health,
  HealthcheckConfig,
  ProcessConfig,
  SandboxConfig,
} from "../../guest/config.ts";
import type { Change } from "../../guest/files/changes.ts";
import type { FileRequest, PathStat } from "../../guest/files/requests.ts";
import type { GuestStats, LogParams, ProcessTable } from "../../guest/control.ts";

export type { Change, FileRequest, GuestStats, Health, PathStat, ProcessTable };

/** Life cycle as Docker names it. */
export type Status = "created" | "running" | "exited" | "dead" | "removing";

/**
 * What only the Docker API cares about. Stored as it is in the VM's extraConfig and given back unchanged; the
 * port layer reads nothing in `docker`.
 */
export interface ContainerRecord {
  id: string;
  name: string;
  /** RFC 3339 with nanoseconds. */
  createdAt: string;
  imageId: string;
  /** The image as the user named it. */
  imageName: string;
  labels: Record<string, string>;
  /** Remove the container when it ends. */
  autoRemove: boolean;
  restartPolicy: {
    name: "no" | "always" | "unless-stopped" | "on-failure";
    maximumRetryCount: number;
  };
  /** A user stopped it: `unless-stopped` leaves it alone. */
  isStoppedByUser: boolean;
  networks: ContainerNetwork[];
  /** Docker's Config and HostConfig objects as created; opaque here. */
  docker: { config: unknown; hostConfig: unknown };
}

/** A container's place in a network. */
export interface ContainerNetwork {
  network: string;
  networkId: string;
  endpointId: string;
  mac: string;
  /** Without prefix; "" while it has none. */
  address: string;
  prefixBits: number;
  gateway: string;
  aliases: string[];
}

/** A published port. */
export interface PortBinding {
  protocol: "tcp" | "udp";
  containerPort: number;
  /** "" for every address. */
  hostAddress: string;
  /** 0: chosen at start. */
  hostPort: number;
  /** Of a range: at each start the first port that is free is taken. */
  hostPortLast?: number;
}

/** POST /containers */
export interface CreateContainer {
  /** 64 hex digits, chosen by the caller. */
  id: string;
  record: Omit<ContainerRecord, "id" | "networks" | "createdAt" | "isStoppedByUser">;
  process: Omit<ProcessConfig, "privileged">;
  hostname: string;
  domainname: string;
  stopSignal: string;
  stopTimeoutSeconds: number;
  cpus: number;
  memoryMiB: number;
  sandbox: SandboxConfig;
  healthcheck?: HealthcheckConfig;
  tmpfs: { destination: string; options: string[] }[];
  /** Absolute paths of folders that it must have. */
  folders?: string[];
  dns: { nameservers: string[]; search: string[]; options: string[] };
  extraHosts: { name: string; address: string }[];
  log: { maxBytes: number; maxFiles: number };
  /** Networks to join by name; empty for none. */
  networks: { name: string; address?: string; mac?: string; aliases: string[] }[];
  ports: PortBinding[];
}

/** PATCH /containers/:id; absent fields stay. */
export interface UpdateContainer {
  name?: string;
  restartPolicy?: ContainerRecord["restartPolicy"];
  docker?: ContainerRecord["docker"];
  /** Size of its VM, in parts; `invalid` while the VM is on and its vSphere does not allow it. */
  cpus?: number;
  memoryMiB?: number;
  /** Limits in the VM; a running container has them at once. */
  pidsLimit?: number;
  limits?: SandboxConfig["limits"];
}

/** POST /containers/:id/stop */
export interface StopContainer {
  /** Absent: the container's own stop signal. */
  signal?: string;
  /** Seconds until SIGKILL; absent: the container's own; -1: never. */
  timeoutSeconds?: number;
}

/** A container as it is now. */
export interface Container {
  record: ContainerRecord;
  status: Status;
  /** `running`, with all processes held. */
  isPaused: boolean;
  /** It ended, and its restart policy is about to start it again. */
  isRestarting: boolean;
  /** Of its current or last run, as of the last change; absent without a health check. */
  health?: Health;
  limits: NonNullable<SandboxConfig["limits"]>;
  process: CreateContainer["process"];
  hostname: string;
  domainname: string;
  stopSignal: string;
  stopTimeoutSeconds: number;
  cpus: number;
  memoryMiB: number;
  /** RFC 3339 with nanoseconds, "" for never. */
  startedAt: string;
  finishedAt: string;
  exitCode: number;
  oomKilled: boolean;
  error: string;
  restartCount: number;
  /** Managed object id of the VM. */
  vm: string;
  vmName: string;
  /** With the host ports really in use; empty while it does not run. */
  ports: PortBinding[];
  execIds: string[];
}

/** Answer of GET /containers/:id/wait; conditions are Docker's. */
export interface WaitResult {
  exitCode: number;
  error: string;
}
/** Docker's wait conditions. */
export type WaitCondition = "not-running" | "next-exit" | "removed";

/** Which streams to join; on the wire "1" or "0". `detachKeys` are handled by the Docker API, not here. */
export interface Attach {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
}

/** Query of GET /containers/:id/logs; times are nanoseconds since the epoch in decimal. */
export type LogQuery = LogParams;

/** POST /containers/:id/execs */
export interface CreateExec {
  process: CreateContainer["process"] & { privileged: boolean };
}

/** An exec instance; forgotten when its container stops. */
export interface Exec {
  id: string;
  containerId: string;
  process: CreateExec["process"];
  isRunning: boolean;
  /** null while it has not ended */
  exitCode: number | null;
  pid: number;
}

/** An image in the store. */
export interface Image {
  /** sha256:<hex> of the config. */
  id: string;
  /** The config's bytes as UTF-8 text, exactly as hashed. */
  config: string;
  /** Normalised references with tag, for example docker.io/library/busybox:latest. */
  tags: string[];
  /** Normalised references with digest. */
  digests: string[];
  /** Bytes of the layers as stored, this image and those below it. */
  sizeBytes: number;
  layers: { diffId: string; sizeBytes: number }[];
  /** When it arrived here, RFC 3339. */
  storedAt: string;
}

/** Full replacement of an image's names. */
export interface ImageNames {
  tags: string[];
  digests: string[];
}

/** POST /images: the config and the non-empty layers, lowest first. */
export interface BeginImage {
  config: string;
  layers: {
    diffId: string;
    /** Digest of the blob as it will be sent; absent for load, where only the diff ID is known. */
    digest?: string;
    /** Bytes of the blob as it will be sent. */
    sizeBytes: number;
  }[];
}

/** An image being written. It is dropped when the port layer restarts. */
export interface ImageUpload {
  upload: string;
  /** Indexes of layers that must be sent; the others are shared with an image that is here. */
  wanted: number[];
  /** Set when the image is here already: nothing to send or commit. */
  image?: Image;
}

/** Something that happened; the Docker API turns these into `docker events`. */
export interface Event {
  /** Nanoseconds since the epoch in decimal. */
  timeNs: string;
  type: "container" | "image" | "network";
  action:
    | "create"
    | "start"
    | "die"
    | "stop"
    | "kill"
    | "destroy"
    | "rename"
    | "oom"
    | "archive-path"
    | "extract-to-dir"
    | "export"
    | "commit"
    | "top"
    | "update"
    | `health_status: ${Health["status"]}`
    | "pause"
    | "unpause"
    | "resize"
    | "attach"
    | "detach"
    | "exec_create"
    | "exec_start"
    | "exec_detach"
    | "exec_die"
    | "restart"
    | "pull"
    | "load"
    | "delete"
    | "tag"
    | "untag"
    | "connect"
    | "disconnect";
  id: string;
  attributes: Record<string, string>;
}

/** GET /info */
export interface Info {
  name: string;
  id: string;
  build: string;
  vsphere: { product: string; version: string; build: string; apiType: string; url: string };
  /** Of the VCH's resource pool; -1 where unlimited. */
  cpuMhzLimit: number;
  memoryMiBLimit: number;
  cpuMhzUsed: number;
  memoryMiBUsed: number;
  hostCpus: number;
  hostMemoryMiB: number;
  imageStore: string;
  datastoreFreeBytes: number;
  datastoreCapacityBytes: number;
  networks: Network[];
  nameservers: string[];
  /** Things a user should know, for example that VMs are emulated. */
  warnings: string[];
}

/** A network containers can join. */
export interface Network {
  id: string;
  name: string;
  driver: "bridge" | "external";
  subnet: string;
  gateway: string;
  isInternal: boolean;
}
