/**
 * Who a QEMU is. When vic-host is root, every machine's QEMU has a user id of its own and the one group id of this
 * vic-host, both numbers that no account has, no capability, and no way to get one. It may open what it is allowed here
 * and nothing else: not the disks of another VM, not the database, the password or the key. When vic-host
 * is not root, QEMU is who vic-host is and all of this does nothing.
 */
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  lchownSync,
  lstatSync,
  openSync,
  readFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { readAcl, writeAcl } from "./acl.ts";

/** Ids that systemd's UIDS-GIDS.md lists as used by nobody; each vic-host takes a block by the path of its data. */
const [idsFirst, idsCount, blockIds] = [0x7000_0000, 0x1000_0000, 0x4_0000];
/** In a container with few ids: those of systemd's dynamic users. */
const [fewFirst, fewIds] = [61_184, 4_096];
/** What of root's powers is left. */
const nothing = ["--inh-caps=-all", "--bounding-set=-all"];
const listenOnly = ["inh-caps", "ambient-caps", "bounding-set"].map(
  (set) => `--${set}=-all,+net_bind_service`,
);
/** Ids in a block that are not of a VM: the group, and machines without a number. */
const reserved: Record<string, number> = { nat: 1, probe: 2 };
const reservedIds = 16;
const [readBit, writeBit, enterBit] = [4, 2, 1];

/**
 * What a QEMU may do with a file: `read`; `write`, and nobody else may; `write-too`: others keep what they
 * may; `share`: every QEMU of this vic-host may read it.
 */
export type Access = "read" | "write" | "write-too" | "share";

/** The user of one machine's QEMU. */
export interface Identity {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** The command line that runs a program as this user; `mayListen`: also on ports below 1024. */
  command(program: string, options: string[], mayListen?: boolean): string[];
  /** Lets it open a file. One that is not there is made first when it is to be written. */
  allow(path: string, access: Access): void;
  /** Lets every QEMU of this vic-host use a device, as far as that can be done. */
  allowDevice(path: string): void;
  /** Gives it a folder in which it makes files of its own. */
  give(folder: string): void;
  /** Takes back what was allowed; what it has open stays open. */
  withdraw(paths: Iterable<string>): void;
}

const nobodyElse: Identity = {
  uid: undefined,
  gid: undefined,
  command: (program, options) => [program, ...options],
  allow: () => undefined,
  allowDevice: () => undefined,
  give: () => undefined,
  withdraw: () => undefined,
};

/** Makes the identity of machine `id` of the vic-host with this data folder. */
export function identityOf(dataDir: string, id: string): Identity {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return nobodyElse;
  const block = idBlock(dataDir, readFileSync("/proc/self/uid_map", "utf8"));
  return new OwnUser(block.first + idInBlock(id, block.count), block);
}

/** Ids of one vic-host, and the group of all of them that may use devices. */
interface IdBlock {
  first: number;
  count: number;
  devices: number;
}

/** The ids of the vic-host with this data folder, out of those that this user name space has. */
export function idBlock(dataDir: string, idMap: string): IdBlock {
  const isMapped = idMap.split("\n").some((line) => {
    const [first = 0, , count = 0] = line.trim().split(/\s+/).map(Number);
    return first <= idsFirst && idsFirst + idsCount <= first + count;
  });
  if (!isMapped) return { first: fewFirst, count: fewIds, devices: fewFirst };
  const number = createHash("sha256").update(resolve(dataDir)).digest().readUInt32BE();
  const block = 1 + (number % (idsCount / blockIds - 1));
  return { first: idsFirst + block * blockIds, count: blockIds, devices: idsFirst };
}

function idInBlock(id: string, count: number): number {
  const known = reserved[id];
  if (known !== undefined) return known;
  const number = /^\d{1,15}$/.test(id)
    ? Number(id)
    : createHash("sha256").update(id).digest().readUInt32BE();
  return reservedIds + (number % (count - reservedIds));
}

class OwnUser implements Identity {
  readonly uid: number;
  readonly gid: number;
  readonly #devicesGid: number;

  constructor(uid: number, block: IdBlock) {
    this.uid = uid;
    this.gid = block.first;
    this.#devicesGid = block.devices;
  }

  command(program: string, options: string[], mayListen = false): string[] {
    return [
      ["setpriv", `--reuid=${this.uid}`, `--regid=${this.gid}`],
      [
        `--groups=${this.#devicesGid}`,
        "--no-new-privs",
        ...(mayListen ? listenOnly : nothing),
        program,
      ],
      options,
    ].flat();
  }

  allow(path: string, access: Access): void {
    this.#letEnter(dirname(path));
    const mayWrite = access === "write" || access === "write-too";
    if (mayWrite && !existsSync(path)) makeFile(path);
    try {
      if (access === "share") this.#share(path);
      else this.#list(path, access);
    } catch (error) {
      const { code } = VicError.from(error);
      if (code !== "unsupported" && code !== "exhausted") throw error;
      // Without lists, or with a full one: the owner writes, the group reads.
      if (mayWrite) lchownSync(path, this.uid, this.gid);
      else this.#share(path);
    }
  }

  allowDevice(path: string): void {
    try {
      const acl = readAcl(path);
      const isOpen = (acl.other & acl.owningGroup & (readBit | writeBit)) === (readBit | writeBit);
      if (isOpen || acl.groups.has(this.#devicesGid)) return;
      // One entry for all vic-hosts there ever are on this machine.
      acl.groups.set(this.#devicesGid, readBit | writeBit);
      writeAcl(path, acl);
    } catch {
      // Not there, or not to be changed: who tries to use it says so.
    }
  }

  give(folder: string): void {
    this.#letEnter(dirname(folder));
    chownSync(folder, this.uid, this.gid);
  }

  withdraw(paths: Iterable<string>): void {
    for (const path of paths) {
      try {
        const acl = readAcl(path);
        if (acl.users.delete(this.uid)) writeAcl(path, acl);
      } catch {
        // Gone, or on a file system without lists.
      }
    }
  }

  #list(path: string, access: Access): void {
    const acl = readAcl(path);
    if (access === "write") acl.users.clear();
    // Who wrote it when it was a disk of its own does not write a parent.
    if (access === "read") for (const [user] of acl.users) acl.users.set(user, readBit);
    acl.users.set(this.uid, access === "read" ? readBit : readBit | writeBit);
    writeAcl(path, acl);
  }

  #share(path: string): void {
    const { mode } = lstatSync(path);
    lchownSync(path, 0, this.gid);
    try {
      writeAcl(path, { ...readAcl(path), owningGroup: readBit });
    } catch (error) {
      if (VicError.from(error).code !== "unsupported") throw error;
      chmodSync(path, (mode & 0o600) | 0o040);
    }
  }

  /** Lets the group of this vic-host pass the folder and those above it, without letting it list them. */
  #letEnter(folder: string): void {
    for (let at = resolve(folder); ; at = dirname(at)) {
      const { mode, gid, uid } = lstatSync(at);
      const isOpen =
        (mode & 0o001) !== 0 || (gid === this.gid && (mode & 0o010) !== 0) || uid === this.uid;
      if (!isOpen) this.#openFolder(at, mode);
      if (at === "/") return;
    }
  }

  #openFolder(folder: string, mode: number): void {
    const acl = readAcl(folder);
    if (((acl.groups.get(this.gid) ?? 0) & enterBit) !== 0) return;
    acl.groups.set(this.gid, enterBit);
    try {
      writeAcl(folder, acl);
    } catch (cause) {
      if ((mode & 0o070) === 0 && VicError.from(cause).code === "unsupported") {
        chownSync(folder, lstatSync(folder).uid, this.gid);
        chmodSync(folder, (mode & 0o700) | 0o010);
        return;
      }
      throw new VicError("forbidden", `a virtual machine cannot get into ${folder}`, {
        hint: `chmod o+x ${folder}, or give vic-host another --data`,
        cause,
      });
    }
  }
}

function makeFile(path: string): void {
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  closeSync(openSync(path, O_CREAT | O_EXCL | O_WRONLY, 0o600));
}
