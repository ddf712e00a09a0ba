/**
 * What vic-host can ask of a guest besides its power: the operations of vSphere's GuestOperationsManager. On vic-host
 * they travel over the tools channel (tools-wire.ts); on VMware vmtoolsd answers them and nothing here is used.
 */
import { type Code, VicError } from "../../errors/errors.ts";

/** Who asks. What a name may be is decided by the guest: see {@link import("./toolbox.ts").Ground}. */
export interface Credentials {
  username: string;
  password: string;
}

/** A file as the API shows it; times are milliseconds since the epoch. */
export interface FileInfo {
  path: string;
  type: "file" | "directory" | "symlink";
  sizeBytes: number;
  modifiedMs: number;
  accessedMs: number;
  uid: number;
  gid: number;
  /** Permission bits. */
  mode: number;
  target?: string;
}

/** What is changed of a file; what is missing stays. */
export interface FileAttributes {
  modifiedMs?: number;
  accessedMs?: number;
  uid?: number;
  gid?: number;
  mode?: number;
}

/** A process of the guest, running or ended within the last minutes. */
export interface ProcessInfo {
  pid: number;
  name: string;
  owner: string;
  commandLine: string;
  startedMs: number;
  endedMs?: number;
  exitCode?: number;
}

interface OperationTable {
  check: { params: object; result: object };
  start: {
    params: { program: string; arguments: string; directory?: string; environment: string[] };
    result: { pid: number };
  };
  /** All of them, or those with these pids. */
  processes: { params: { pids?: number[] }; result: ProcessInfo[] };
  terminate: { params: { pid: number }; result: object };
  /** NAME=value; all when no names are given. */
  environment: { params: { names: string[] }; result: string[] };
  stat: { params: { path: string }; result: FileInfo };
  list: {
    params: { path: string; index: number; count: number; pattern?: string };
    result: { files: FileInfo[]; remaining: number };
  };
  makeDirectory: { params: { path: string; parents: boolean }; result: object };
  removeFile: { params: { path: string }; result: object };
  removeDirectory: { params: { path: string; isRecursive: boolean }; result: object };
  move: {
    params: { from: string; to: string; kind: "file" | "directory"; overwrite: boolean };
    result: object;
  };
  makeTemporary: {
    params: { kind: "file" | "directory"; prefix: string; suffix: string; directory?: string };
    result: { path: string };
  };
  setAttributes: { params: { path: string; attributes: FileAttributes }; result: object };
  /** Streams the file to the host. */
  read: { params: { path: string }; result: object };
  /** Takes the file from the host; nothing is at `path` before all of it is there. */
  write: {
    params: { path: string; sizeBytes: number; overwrite: boolean; attributes: FileAttributes };
    result: object;
  };
}

/** Every operation; each also takes {@link Credentials}. */
export type Operations = {
  [Name in keyof OperationTable]: {
    params: OperationTable[Name]["params"] & Credentials;
    result: OperationTable[Name]["result"];
  };
};

/** Faults of vSphere that a guest may answer, with the codes they have here. */
const faultCodes = {
  CannotAccessFile: "conflict",
  DirectoryNotEmpty: "conflict",
  FileAlreadyExists: "conflict",
  FileNotFound: "not-found",
  GuestOperationsUnavailable: "unavailable",
  GuestPermissionDenied: "forbidden",
  GuestProcessNotFound: "not-found",
  InvalidArgument: "invalid",
  InvalidGuestLogin: "unauthenticated",
  NotADirectory: "conflict",
  NotAFile: "conflict",
} as const satisfies Record<string, Code>;

/** Name of a fault that a guest may answer. */
export type GuestFault = keyof typeof faultCodes;

/** Whether a guest may answer this fault: what it says is not trusted. */
export function isGuestFault(name: unknown): name is GuestFault {
  return typeof name === "string" && Object.hasOwn(faultCodes, name);
}

/**
 * An error that vic-host answers as a fault.
 *
 * @example throw guestFault("FileNotFound", "/etc/none is not there", { file: "/etc/none" })
 */
export function guestFault(
  name: GuestFault,
  message: string,
  properties: Record<string, unknown> = {},
): VicError {
  return new VicError(faultCodes[name], message, { detail: { fault: name, properties } });
}

/** Whether `error` is this fault. */
export function isFault(error: unknown, name: GuestFault): boolean {
  return error instanceof VicError && error.detail["fault"] === name;
}
