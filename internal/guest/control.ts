import type { FileRequest } from "./files/requests.ts";

/**
 * The control channel (design D6): one TLS connection that the tether opens to the appliance, carrying
 * calls as multiplexed byte streams. This file is its wire format and the list of calls; `mux.ts` is the machinery.
 *
 * A frame is a 9-byte header and a payload: u32 payload length, u8 type, u32 stream id, all big endian.
 * A call is one stream: `open` names it and carries its parameters as JSON; then both sides may send `data`
 * within the window the other granted, `end` closes one direction, and the callee's `result` (JSON) or the
 * caller's `reset` ends it.
 */
export const frameTypes = {
  /** First frame of the tether: {@link Hello}, stream id 0. */
  hello: 0,
  /** {@link Open}. Ids are chosen by the caller: the appliance even, the tether odd, growing. */
  open: 1,
  data: 2,
  /** u32: the receiver can take this many further bytes. */
  window: 3,
  /** No more data from this side. */
  end: 4,
  /** JSON {@link Result}; after it nothing more is sent on this stream by the callee. */
  result: 5,
  /** The caller no longer wants the call; no payload. */
  reset: 6,
  ping: 7,
  pong: 8,
} as const;
/** Largest payload of a frame, bytes; a longer one is a protocol error that closes the connection. */
export const frameMaxBytes = 64 * 1024;
/** Bytes each direction of a stream may have in flight before the receiver grants more. */
export const windowBytes = 256 * 1024;
/** Streams open at once on one connection. */
export const streamsMax = 1024;

/** What the tether says first. */
export interface Hello {
  /** Container id; empty when the VM is no container yet, and known by the common name of its certificate only. */
  id: string;
  run: number;
  version: string;
  /** The main process: held, running or gone. */
  phase: "held" | "running" | "exited" | "failed";
}

/** Payload of an `open` frame. */
export interface Open<M extends Method = Method> {
  method: M;
  params: Calls[M]["params"];
}

/** Payload of a `result` frame; `error` is the JSON of a VicError. */
export type Result<M extends Method = Method> =
  { ok: Calls[M]["result"] } | { error: import("../errors/errors.ts").ErrorJson };

/** Streams to attach to. Output is framed as Docker's stdcopy does (see stdcopy.ts) unless the process has a TTY. */
export interface AttachParams {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
}

/** A further process in a running container. */
export interface ExecParams extends AttachParams {
  execId: string;
  process: import("./config.ts").ProcessConfig;
}

/** Which process a call is about: the container's own or an exec. */
export interface Target {
  execId?: string;
}

/** Which log entries to read. Times are nanoseconds since the epoch as decimal strings. */
export interface LogParams {
  follow: boolean;
  stdout: boolean;
  stderr: boolean;
  /** -1: all */
  tail: number;
  since?: string;
  until?: string;
}

/** What the container uses, read from its cgroup and network namespace. Bytes, packets and nanoseconds since its start. */
export interface GuestStats {
  /** When it was read: RFC 3339 with nanoseconds. */
  readAt: string;
  cpu: {
    totalNs: number;
    userNs: number;
    systemNs: number;
    periods: number;
    throttledPeriods: number;
    throttledNs: number;
    /** Of all CPUs of the VM together, idle time included. */
    machineNs: number;
    online: number;
  };
  memory: {
    usageBytes: number;
    /** What the container may use. */
    limitBytes: number;
    /** memory.stat of cgroup v2. */
    stat: Record<string, number>;
  };
  pids: { current: number; limit: number };
  /** By block device. */
  block: {
    major: number;
    minor: number;
    readBytes: number;
    writtenBytes: number;
    reads: number;
    writes: number;
  }[];
  /** By interface name, without the loopback. */
  networks: Record<string, NetworkCounters>;
}

/** Counters of a network interface as the container sees it. */
export interface NetworkCounters {
  receivedBytes: number;
  receivedPackets: number;
  receiveErrors: number;
  receiveDropped: number;
  sentBytes: number;
  sentPackets: number;
  sendErrors: number;
  sendDropped: number;
}

/** A run of the health check has begun, or ended when there is an exit code. One that cannot be run does not end. */
export interface ProbeNews {
  /** 64 hex digits. */
  id: string;
  exitCode?: number;
}

/** What `ps` prints of the container's processes. */
export interface ProcessTable {
  titles: string[];
  processes: string[][];
}

/** Every call the appliance can make to a tether. Where `stream` is true, bytes flow on it. */
export interface Calls {
  /** Let a held process start. Idempotent. */
  start: { params: Record<string, never>; result: Record<string, never>; stream: false };
  /** Ends with the process; the result is its exit code. */
  attach: { params: AttachParams; result: { exitCode: number }; stream: true };
  /** The result comes when the process ends. A command that cannot be started is an error whose detail.exitCode is 126 or 127. */
  exec: { params: ExecParams; result: { exitCode: number }; stream: true };
  /** Pid (in the VM) and state of an exec that is known; not-found otherwise. */
  execInfo: {
    params: { execId: string };
    result: { running: boolean; pid: number; exitCode: number | null };
    stream: false;
  };
  resize: {
    params: Target & { rows: number; columns: number };
    result: Record<string, never>;
    stream: false;
  };
  signal: { params: Target & { signal: string }; result: Record<string, never>; stream: false };
  /** Holds all processes where they are, or lets them go on. `conflict` when it is so already. */
  pause: { params: { isPaused: boolean }; result: Record<string, never>; stream: false };
  /** `args` are for ps; the container's processes are picked from its output. */
  processes: { params: { args: string[] }; result: ProcessTable; stream: false };
  stats: { params: Record<string, never>; result: GuestStats; stream: false };
  /** `not-found` for a container without a health check. */
  health: {
    params: Record<string, never>;
    result: import("./config.ts").Health;
    stream: false;
  };
  /** Runs of the health check from now on: lines of JSON {@link ProbeNews}, until the container ends. */
  probes: { params: Record<string, never>; result: Record<string, never>; stream: true };
  /** Sets limits of the running container; what is absent has none. */
  limit: {
    params: { pidsLimit: number; limits: import("./config.ts").ResourceLimits };
    result: Record<string, never>;
    stream: false;
  };
  /** Bytes both ways as files/requests.ts says. */
  files: { params: FileRequest; result: Record<string, never>; stream: true };
  /** Log entries in the framing of log-frame.ts, oldest first. */
  logs: { params: LogParams; result: Record<string, never>; stream: true };
}
/** Name of a call. */
export type Method = keyof Calls;
