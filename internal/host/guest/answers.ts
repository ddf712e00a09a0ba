/** What guests answer, in the terms of the API. A guest may answer anything: nothing in it is trusted. */
import { fault } from "../fault.ts";

/** Longest text of a guest that is passed on, characters, and longest list. */
const textMax = 4096;
const listMax = 1000;
/** The last millisecond that a JavaScript date has. */
const timeMaxMs = 8.64e15;

/** GuestFileInfo. */
export function fileInfo(answer: unknown): Record<string, unknown> {
  const { path, type, sizeBytes } = fields(answer);
  return {
    path: text(path),
    type: type === "directory" || type === "symlink" ? type : "file",
    size: number(sizeBytes),
    attributes: posixAttributes(answer),
  };
}

/** GuestPosixFileAttributes. */
export function posixAttributes(answer: unknown): Record<string, unknown> {
  const { modifiedMs, accessedMs, uid, gid, mode, target } = fields(answer);
  return {
    _type: "GuestPosixFileAttributes",
    modificationTime: time(modifiedMs),
    accessTime: time(accessedMs),
    ...(target === undefined ? {} : { symlinkTarget: text(target) }),
    ownerId: number(uid) & 0x7fffffff,
    groupId: number(gid) & 0x7fffffff,
    permissions: number(mode) & 0o7777,
  };
}

/** GuestListFileInfo. */
export function fileList(answer: unknown): Record<string, unknown> {
  const { files, remaining } = fields(answer);
  return { files: list(files).map(fileInfo), remaining: number(remaining) & 0x7fffffff };
}

/** GuestProcessInfo. */
export function processInfo(answer: unknown): Record<string, unknown> {
  const { pid, name, owner, commandLine, startedMs, endedMs, exitCode } = fields(answer);
  return {
    name: text(name),
    pid: number(pid),
    owner: text(owner),
    cmdLine: text(commandLine),
    startTime: time(startedMs),
    ...(endedMs === undefined ? {} : { endTime: time(endedMs), exitCode: number(exitCode) & 0xff }),
  };
}

/** A list of what `convert` makes of the answer's items. */
export function listOf<T>(answer: unknown, convert: (item: unknown) => T): T[] {
  return list(answer).map(convert);
}

/** A text of the guest, without what XML cannot hold. */
export function text(value: unknown): string {
  if (typeof value !== "string") throw nonsense();
  // oxlint-disable-next-line no-control-regex -- these are what XML has no way to write
  return value.slice(0, textMax).replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "?");
}

/** A number of the guest. */
export function number(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw nonsense();
  return value as number;
}

/** The fields of an answer. */
export function fields(answer: unknown): Record<string, unknown> {
  if (answer === null || typeof answer !== "object") throw nonsense();
  return answer as Record<string, unknown>;
}

function list(answer: unknown): unknown[] {
  if (!Array.isArray(answer)) throw nonsense();
  return answer.slice(0, listMax);
}

function time(value: unknown): string {
  const ms = number(value);
  if (Math.abs(ms) > timeMaxMs) throw nonsense();
  return new Date(ms).toISOString();
}

const nonsense = () =>
  fault("GuestOperationsUnavailable", "the guest answered something that makes no sense");
