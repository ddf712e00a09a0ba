/**
 * POSIX access control lists of files, as the kernel keeps them in `system.posix_acl_access`: a version and entries of
 * tag, permissions and id (include/uapi/linux/posix_acl_xattr.h). Debian's setfacl is not part of a minimal system.
 */
import { dlopen, FFIType as T, ptr, read } from "bun:ffi";
import { lstatSync } from "node:fs";
import { constants } from "node:os";
import { VicError } from "../../errors/errors.ts";

const attribute = Buffer.from("system.posix_acl_access\0");
const version = 2;
const [headBytes, entryBytes] = [4, 8];
const tag = { owner: 1, user: 2, owningGroup: 4, group: 8, mask: 16, other: 32 } as const;
const noId = 0xffff_ffff;
/** Largest value of an extended attribute. */
const valueMaxBytes = 64 * 1024;

/** Rights: 4 read, 2 write, 1 execute or enter. */
export interface Acl {
  owner: number;
  owningGroup: number;
  other: number;
  /** By uid. */
  users: Map<number, number>;
  /** By gid. */
  groups: Map<number, number>;
}

let loaded: ReturnType<typeof open> | undefined;
const libc = () => (loaded ??= open());

function open() {
  return dlopen("libc.so.6", {
    __errno_location: { args: [], returns: T.ptr },
    lgetxattr: { args: [T.ptr, T.ptr, T.ptr, T.u64], returns: T.i64 },
    lsetxattr: { args: [T.ptr, T.ptr, T.ptr, T.u64, T.i32], returns: T.i32 },
  }).symbols;
}

/** The list of a file; one without is made of its mode. Links are not followed. */
export function readAcl(path: string): Acl {
  const name = Buffer.from(`${path}\0`);
  const value = Buffer.alloc(valueMaxBytes);
  const length = Number(libc().lgetxattr(ptr(name), ptr(attribute), ptr(value), value.length));
  if (length >= 0) return decodeAcl(value.subarray(0, length));
  const { mode } = lstatSync(path);
  const part = (shift: number) => (mode >> shift) & 7;
  const [users, groups] = [new Map<number, number>(), new Map<number, number>()];
  return { owner: part(6), owningGroup: part(3), other: part(0), users, groups };
}

/**
 * Replaces the list of a file. Rejects `exhausted` when it has more entries than the file system keeps (about 500 on
 * ext4) and `unsupported` where there are no lists.
 */
export function writeAcl(path: string, acl: Acl): void {
  const name = Buffer.from(`${path}\0`);
  const value = encodeAcl(acl);
  if (libc().lsetxattr(ptr(name), ptr(attribute), ptr(value), value.length, 0) === 0) return;
  const errno = read.i32(libc().__errno_location()!, 0);
  const { ENOSPC, E2BIG, EOPNOTSUPP, ENOENT } = constants.errno;
  const code =
    { [ENOSPC]: "exhausted", [E2BIG]: "exhausted", [EOPNOTSUPP]: "unsupported" }[errno] ??
    (errno === ENOENT ? "not-found" : "forbidden");
  throw new VicError(code as "exhausted", `the access list of ${path} cannot be set (${errno})`);
}

/** The bytes that the kernel takes. */
export function encodeAcl(acl: Acl): Buffer {
  const { owner, owningGroup, other, users, groups } = acl;
  const named = [...users.values(), ...groups.values()];
  const byId = (map: Map<number, number>) => [...map].sort(([a], [b]) => a - b);
  const entries: (readonly [tag: number, rights: number, id: number])[] = [
    [tag.owner, owner, noId],
    ...byId(users).map(([id, rights]) => [tag.user, rights, id] as const),
    [tag.owningGroup, owningGroup, noId],
    ...byId(groups).map(([id, rights]) => [tag.group, rights, id] as const),
  ];
  // The mask bounds all but the owner and others; without named entries there is none.
  const mask = named.reduce((all, rights) => all | rights, owningGroup);
  if (named.length > 0) entries.push([tag.mask, mask, noId]);
  entries.push([tag.other, other, noId]);
  const value = Buffer.alloc(headBytes + entries.length * entryBytes);
  value.writeUInt32LE(version);
  entries.forEach(([kind, rights, id], i) => {
    const at = headBytes + i * entryBytes;
    value.writeUInt16LE(kind, at);
    value.writeUInt16LE(rights, at + 2);
    value.writeUInt32LE(id, at + 4);
  });
  return value;
}

/** The inverse of {@link encodeAcl}. */
export function decodeAcl(value: Buffer): Acl {
  const acl: Acl = { owner: 0, owningGroup: 0, other: 0, users: new Map(), groups: new Map() };
  for (let at = headBytes; at + entryBytes <= value.length; at += entryBytes) {
    const rights = value.readUInt16LE(at + 2);
    const id = value.readUInt32LE(at + 4);
    const kind = value.readUInt16LE(at);
    if (kind === tag.owner) acl.owner = rights;
    else if (kind === tag.owningGroup) acl.owningGroup = rights;
    else if (kind === tag.other) acl.other = rights;
    else if (kind === tag.user) acl.users.set(id, rights);
    else if (kind === tag.group) acl.groups.set(id, rights);
  }
  return acl;
}
