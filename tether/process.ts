/** A process of the container, its own or an exec's: launched by the OCI runtime, then looked after from here. */
import { closeSync, fchownSync, openSync } from "node:fs";
import { Output } from "./output.ts";
import type { ResolvedUser } from "./oci/user.ts";
import { FdWriter } from "./sys/fd.ts";
import { kill, pipe, setWindowSize } from "./sys/libc.ts";
import type { Exit, Reaper } from "./sys/reaper.ts";

/** After the process is gone, descriptors that left-over children of it hold are read for this long. */
const leftOverMs = 2_000;

/** The parent's and the child's ends of a process's standard streams without a TTY. */
export interface Pipes {
  child: [number, number, number];
  stdin: number | undefined;
  stdout: number;
  stderr: number;
}

/** Pipes, not sockets: programs open /dev/stdout. They belong to the user, who may be someone else than root. */
export function makePipes(openStdin: boolean, user: ResolvedUser): Pipes {
  const [input, output, error] = [openStdin ? pipe() : undefined, pipe(), pipe()];
  for (const fd of [input?.read, output.write, error.write])
    if (fd !== undefined) fchownSync(fd, user.uid, user.gid);
  return {
    child: [input?.read ?? openSync("/dev/null", "r"), output.write, error.write],
    stdin: input?.write,
    stdout: output.read,
    stderr: error.read,
  };
}

/** Closes the child's ends, once it has them; all of them when it could not be started. */
export function closePipes(pipes: Pipes, which: "child" | "all"): void {
  for (const fd of pipes.child) closeSync(fd);
  if (which === "child") return;
  for (const fd of [pipes.stdin, pipes.stdout, pipes.stderr]) if (fd !== undefined) closeSync(fd);
}

/** What the runtime has launched: pipes, or the master of its PTY. */
export type Streams = { pipes: Pipes } | { master: number };

/** See the file's head. */
export class Process {
  readonly pid: number;
  readonly output: Output;
  /** Its exit; output may still be on its way. */
  readonly exited: Promise<Exit>;
  readonly #stdin: FdWriter | undefined;
  readonly #master: number | undefined;
  #isGone = false;

  constructor(pid: number, streams: Streams, output: Output, reaper: Reaper) {
    this.pid = pid;
    this.output = output;
    if ("master" in streams) {
      this.#master = streams.master;
      this.#stdin = new FdWriter(streams.master, { isShared: true });
      output.pump(1, streams.master);
    } else {
      const { stdin, stdout, stderr } = streams.pipes;
      if (stdin !== undefined) this.#stdin = new FdWriter(stdin, { isShared: false });
      output.pump(1, stdout);
      output.pump(2, stderr);
    }
    this.exited = reaper.wait(pid).then((exit) => {
      this.#isGone = true;
      this.closeStdin();
      return exit;
    });
  }

  get isRunning(): boolean {
    return !this.#isGone;
  }

  /** Resolves when all output was delivered, or `stop` resolves. */
  async drained(stop: Promise<void>): Promise<void> {
    await Promise.race([this.output.finished(), stop]);
    this.output.close();
  }

  /** For an exec: its children may live on with its output open. */
  async ended(): Promise<Exit> {
    const exit = await this.exited;
    await this.drained(Bun.sleep(leftOverMs));
    return exit;
  }

  /** Resolves when the bytes are on their way; bytes for a process that does not read any more are dropped. */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      await this.#stdin?.write(bytes);
    } catch {
      this.closeStdin();
    }
  }

  /** The process reads the end of its input. A TTY has none: as in Docker it stays open. */
  endStdin(): void {
    if (this.#master === undefined) this.closeStdin();
  }

  private closeStdin(): void {
    this.#stdin?.close();
  }

  /** Does nothing without a TTY. */
  resize(rows: number, columns: number): void {
    if (this.#master !== undefined && !this.#isGone) setWindowSize(this.#master, rows, columns);
  }

  /** Sends a signal; false when the process is gone. */
  signal(number: number): boolean {
    return !this.#isGone && kill(this.pid, number);
  }
}
