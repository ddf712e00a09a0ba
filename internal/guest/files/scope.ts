/**
 * Files of a container seen from outside it. Whoever runs in the container chooses its links and may change them at any
 * moment, so every path is walked one name at a time, from descriptor to descriptor: nothing leads out of the root.
 */
import { closeSync, constants, fstatSync, openSync, readlinkSync, type BigIntStats } from "node:fs";
import { VicError } from "../../errors/errors.ts";

/** open(2): names an object without opening it; not in node's constants. */
const pathOnly = 0o10000000;
/** As Docker: more links than this are a loop. */
const linksMax = 255;
const pathMaxBytes = 4096;

/** An object in the container, held open by name only: reading or writing it takes another open of {@link Found.path}. */
export class Found implements Disposable {
  readonly fd: number;
  readonly stat: BigIntStats;
  /** Absolute in the container, without links; the last name may be one. */
  readonly inside: string;
  /** Of a link: where it leads, as it is written. */
  readonly linkTarget: string | undefined;

  constructor(fd: number, inside: string, linkTarget: string | undefined) {
    this.fd = fd;
    this.inside = inside;
    this.linkTarget = linkTarget;
    this.stat = fstatSync(fd, { bigint: true });
  }

  /** A path of this machine that means this object and no other. */
  get path(): string {
    return `/proc/self/fd/${this.fd}`;
  }

  /** Path of a name in this directory. The name must be one: no slash, no `..`. */
  child(name: string): string {
    if (!isName(name)) throw new VicError("invalid", `no file name: ${JSON.stringify(name)}`);
    return `${this.path}/${name}`;
  }

  [Symbol.dispose](): void {
    closeSync(this.fd);
  }
}

/** Whether it is a single name, not a path. */
export function isName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !/[/\0]/.test(name);
}

/** A container's root directory, or any directory that must not be left. */
export class Scope implements Disposable {
  readonly #root: string;
  readonly #fd: number;

  constructor(root: string) {
    this.#root = root;
    this.#fd = openSync(root, pathOnly | constants.O_DIRECTORY);
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }

  /**
   * Finds what a process rooted here would find. `follow`: a link at the end is followed too. Rejects `not-found` as the
   * container would see it, also for a path through something that is no directory.
   */
  find(path: string, follow: boolean): Found {
    checkPath(path);
    const walk = new Walk(this.#root);
    try {
      // A trailing slash or dot asks for what a link means, as lstat(2) has it.
      const isDirectory = /\/\.?$/.test(path) || path === ".";
      walk.go(path, follow || isDirectory);
      const found = walk.take();
      if (isDirectory && !found.stat.isDirectory()) {
        found[Symbol.dispose]();
        throw noSuch(path);
      }
      return found;
    } finally {
      walk[Symbol.dispose]();
    }
  }
}

/** The directories from the root to where the walk is, each held open: `..` goes back along them. */
class Walk implements Disposable {
  readonly #stack: { fd: number; name: string; linkTarget?: string }[];
  #links = 0;

  constructor(root: string) {
    this.#stack = [{ fd: openSync(root, pathOnly | constants.O_DIRECTORY), name: "" }];
  }

  get #here(): number {
    return this.#stack.at(-1)!.fd;
  }

  go(path: string, follow: boolean): void {
    if (path.startsWith("/")) this.#backTo(1);
    const names = path.split("/").filter((name) => name !== "" && name !== ".");
    for (const [index, name] of names.entries()) {
      if (name === "..") this.#backTo(Math.max(1, this.#stack.length - 1));
      else this.#step(name, follow || index < names.length - 1, path);
    }
  }

  #step(name: string, follow: boolean, path: string): void {
    const at = `/proc/self/fd/${this.#here}/${name}`;
    const fd = reach(path, () => openSync(at, pathOnly | constants.O_NOFOLLOW));
    if (!fstatSync(fd).isSymbolicLink()) {
      this.#stack.push({ fd, name });
      return;
    }
    const linkTarget = reach(path, () => readlinkSync(at));
    if (!follow) {
      this.#stack.push({ fd, name, linkTarget });
      return;
    }
    closeSync(fd);
    if (++this.#links > linksMax) throw new VicError("invalid", `too many links in ${path}`);
    this.go(linkTarget, true);
  }

  #backTo(length: number): void {
    for (const { fd } of this.#stack.splice(length)) closeSync(fd);
  }

  /** What was reached; from then on it is the caller's. */
  take(): Found {
    const inside = `/${this.#stack
      .slice(1)
      .map(({ name }) => name)
      .join("/")}`;
    const { fd, linkTarget } = this.#stack.pop()!;
    return new Found(fd, inside, linkTarget);
  }

  [Symbol.dispose](): void {
    this.#backTo(0);
  }
}

function reach<T>(path: string, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (["ENOENT", "ENOTDIR", "EINVAL", "ENAMETOOLONG"].includes(code ?? "")) throw noSuch(path);
    throw error;
  }
}

function checkPath(path: string): void {
  if (path === "" || path.includes("\0") || Buffer.byteLength(path) > pathMaxBytes)
    throw new VicError("invalid", "no path in a container");
}

function noSuch(path: string): VicError {
  return new VicError("not-found", `no such file or directory: ${path}`);
}
