/** Files of a container seen from outside it: whoever runs in it chooses its links and may change them at any moment. */
import { closeSync, constants, fstatSync, openSync, readlinkSync, type BigIntStats } from "node:fs";
import { VicError } from "../../errors/errors.ts";
import { linkTargetOf, openInRoot, pathOnly } from "./open-in-root.ts";

const pathMaxBytes = 4096;

/** An object in the container, held open by name only: reading or writing it takes another open of {@link Found.path}. */
export class Found implements Disposable {
  readonly fd: number;
  readonly stat: BigIntStats;
  /** Absolute in the container, without links; the last name may be one. */
  readonly inside: string;
  /** Of a link: where it leads, as it is written. */
  readonly linkTarget: string | undefined;

  /** Takes over `fd`, which was found below `root`. */
  constructor(root: number, fd: number) {
    this.fd = fd;
    try {
      this.stat = fstatSync(fd, { bigint: true });
      this.inside = pathBelow(root, fd);
      this.linkTarget = this.stat.isSymbolicLink() ? linkTargetOf(fd) : undefined;
    } catch (error) {
      closeSync(fd);
      throw error;
    }
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
  readonly #fd: number;

  constructor(root: string) {
    this.#fd = openSync(root, pathOnly | constants.O_DIRECTORY);
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }

  /**
   * Finds what a process rooted here would find. `follow`: a link at the end is followed too, as is one with a slash or
   * a dot behind it. Rejects `not-found` as the container would see it, also for a path through something that is no
   * directory.
   */
  find(path: string, follow: boolean): Found {
    checkPath(path);
    const flags = pathOnly | (follow ? 0 : constants.O_NOFOLLOW);
    return new Found(
      this.#fd,
      reach(path, () => openInRoot(this.#fd, path, flags)),
    );
  }
}

/** Path of an open file below a directory that is open, as the kernel has it now. */
function pathBelow(root: number, fd: number): string {
  const [above, path] = [root, fd].map((each) => readlinkSync(`/proc/self/fd/${each}`));
  if (above === undefined || path === undefined || above === "/") return path ?? "/";
  return path.slice(above.length) || "/";
}

function reach<T>(path: string, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ELOOP") throw new VicError("invalid", `too many links in ${path}`);
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
