/** The container's network name space, and work done inside it. */
import { ptr } from "bun:ffi";
import { closeSync, openSync, writeFileSync, mkdirSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { VicError } from "../../internal/errors/errors.ts";
import { check, cstring, libc } from "../sys/libc.ts";
import { mountFlags, unmount } from "../sys/mount.ts";
import { acknowledgement } from "./netlink.ts";

const cloneNewNet = 0x4000_0000;
const [afNetlink, sockRaw, closeOnExec] = [16, 3, 0o2000000];
const [solSocket, soRcvTimeo] = [1, 20];
/** The kernel answers within the call; this only guards against a lost answer. */
const answerSeconds = 5n;
/** Not /proc/self: that is the process, whose name space is the main thread's; this is the calling thread's. */
const threadNamespace = "/proc/thread-self/ns/net";

/** A network name space held by a file. */
export class NetNamespace {
  readonly path: string;
  readonly fd: number;

  private constructor(path: string, fd: number) {
    this.path = path;
    this.fd = fd;
  }

  /** Makes one, kept alive by a bind mount at `path`. */
  static create(path: string): NetNamespace {
    mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    writeFileSync(path, "");
    const home = openSync(threadNamespace, "r");
    try {
      check(libc.unshare(cloneNewNet), "unshare");
      bindFile(threadNamespace, path);
    } finally {
      check(libc.setns(home, cloneNewNet), "setns");
      closeSync(home);
    }
    return new NetNamespace(path, openSync(path, "r"));
  }

  /** Gives it up. */
  remove(): void {
    closeSync(this.fd);
    unmount(this.path);
    rmSync(this.path);
  }

  /**
   * Runs `work` inside. It must be synchronous: name spaces belong to threads, and everything else
   * of this process runs on the same one.
   */
  run<T>(work: () => T): T {
    const home = openSync(threadNamespace, "r");
    check(libc.setns(this.fd, cloneNewNet), "setns");
    try {
      return work();
    } finally {
      check(libc.setns(home, cloneNewNet), "setns");
      closeSync(home);
    }
  }
}

function bindFile(source: string, target: string): void {
  const [s, t, none] = [cstring(source), cstring(target), cstring("")];
  const result = libc.mount(ptr(s), ptr(t), ptr(none), mountFlags.bind, ptr(none));
  check(result, `bind ${target}`);
}

/** Sends netlink requests in the current name space; throws at the first the kernel refuses. */
export function netlink(requests: Uint8Array[]): void {
  const fd = check(libc.socket(afNetlink, sockRaw | closeOnExec, 0), "netlink");
  try {
    const timeout = new BigInt64Array([answerSeconds, 0n]);
    check(libc.setsockopt(fd, solSocket, soRcvTimeo, ptr(timeout), 16), "setsockopt");
    const answer = new Uint8Array(8192);
    for (const request of requests) {
      check(libc.send(fd, ptr(request), request.length, 0), "netlink");
      const length = check(libc.recv(fd, ptr(answer), answer.length, 0), "netlink");
      const number = acknowledgement(answer.subarray(0, length));
      if (number === 0) continue;
      const name = Object.entries(constants.errno).find(([, n]) => n === number)?.[0];
      throw new VicError("internal", `network configuration refused: ${name ?? number}`);
    }
  } finally {
    closeSync(fd);
  }
}

/** Index of an interface in the current name space. */
export function interfaceIndex(name: string): number {
  const text = cstring(name);
  const index = libc.if_nametoindex(ptr(text));
  if (index === 0) throw new VicError("internal", `no network interface ${name}`);
  return index;
}
