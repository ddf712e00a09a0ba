/**
 * File access as another user and below another root, without a further process: the kernel takes a thread's file
 * system ids for its own, so they are set, synchronous calls are made, and the old ones are set again, all in one turn.
 */
import { dlopen, FFIType as T, ptr } from "bun:ffi";
import { closeSync, constants, openSync } from "node:fs";
import { openInRoot, pathOnly } from "../files/open-in-root.ts";

const { symbols: c } = dlopen("libc.so.6", {
  setfsuid: { args: [T.u32], returns: T.i32 },
  setfsgid: { args: [T.u32], returns: T.i32 },
  syscall: { args: [T.i64, T.i64, T.ptr, T.ptr, T.u64], returns: T.i64 },
});

/** glibc's own setgroups would change all threads, also those that read files for others. */
const setGroupsCall = process.arch === "arm64" ? 159 : 116;

/** Whose rights count. */
export interface UserIds {
  uid: number;
  gid: number;
  groups: number[];
}

/** Does synchronous `work` with the rights of `user` on files. */
export function asUser<R>(user: UserIds, work: () => R): R {
  if (user.uid === 0 && user.gid === 0) return work();
  setGroups(user.groups);
  c.setfsgid(user.gid);
  c.setfsuid(user.uid);
  try {
    return work();
  } finally {
    c.setfsuid(0);
    c.setfsgid(0);
    setGroups([]);
  }
}

/** A test that does not run as root cannot, and need not, change its groups. */
function setGroups(groups: number[]): void {
  const list = new Uint32Array(groups.length > 0 ? groups : [0]);
  c.syscall(setGroupsCall, groups.length, ptr(list), null, 0);
}

/** A tree, and who uses it. */
export interface Place {
  root: string;
  user: UserIds;
}

/**
 * A descriptor for what `path` leads to in the tree; links and `..` do not lead out of it. `/proc/self/fd/N` is then a
 * path to it. The root is opened with the rights of this program: it may be another process's.
 */
export function openIn({ root, user }: Place, path: string): number {
  const rootFd = openSync(root, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    return asUser(user, () => openInRoot(rootFd, path, pathOnly));
  } finally {
    closeSync(rootFd);
  }
}

/** Does synchronous `work` with the path of what `path` leads to, and the rights of the user. */
export function withFile<R>(place: Place, path: string, work: (path: string) => R): R {
  const fd = openIn(place, path);
  try {
    return asUser(place.user, () => work(`/proc/self/fd/${fd}`));
  } finally {
    closeSync(fd);
  }
}
