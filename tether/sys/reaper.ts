/**
 * Collects exit statuses. As PID 1 (or subreaper) the tether becomes the parent of every process the OCI runtime leaves
 * behind. `waitpid(-1)` would also take the statuses of Bun's own children, so Bun would wait for them for ever:
 * claimed pids are waited for one by one, anything else is looked at first (WNOWAIT) and left alone when it is Bun's. A
 * zombie must not stay: a PID name space ends only when all its processes have been collected.
 */
import { ptr } from "bun:ffi";
import { libc } from "./libc.ts";
import { ownChildren } from "./spawn.ts";

const [pAll, wNoHang, wExited, wNoWait] = [0, 1, 4, 0x0100_0000];
/** Statuses kept for a claim that comes after the exit. */
const unclaimedMax = 256;

/** How a process ended, as a shell counts: 128 + n for signal n. */
export interface Exit {
  code: number;
  signal: number | undefined;
}

/** A wait status of the kernel. */
export function decodeStatus(status: number): Exit {
  const signal = status & 0x7f;
  if (signal !== 0) return { code: 128 + signal, signal };
  return { code: (status >> 8) & 0xff, signal: undefined };
}

/** See the file's head. One per process. */
export class Reaper implements Disposable {
  readonly #claims = new Map<number, (exit: Exit) => void>();
  readonly #unclaimed = new Map<number, Exit>();
  #isWaitingForBun = false;

  readonly #onChild = (): void => this.#reap();

  constructor() {
    process.on("SIGCHLD", this.#onChild);
  }

  /** Collects nothing any more. */
  [Symbol.dispose](): void {
    process.off("SIGCHLD", this.#onChild);
  }

  /** Resolves when the process `pid`, which is or will be our child, has ended. */
  wait(pid: number): Promise<Exit> {
    const early = this.#unclaimed.get(pid);
    if (early !== undefined) {
      this.#unclaimed.delete(pid);
      return Promise.resolve(early);
    }
    return new Promise((resolve) => {
      this.#claims.set(pid, resolve);
      this.#reap();
    });
  }

  #reap(): void {
    for (const [pid, resolve] of this.#claims) {
      const exit = take(pid);
      if (exit === undefined) continue;
      this.#claims.delete(pid);
      resolve(exit);
    }
    this.#reapOrphans();
  }

  #reapOrphans(): void {
    for (let pid = peek(); pid !== undefined; pid = peek()) {
      const collected = ownChildren.get(pid);
      if (collected !== undefined) return this.#afterBun(collected);
      const exit = take(pid);
      if (exit === undefined) return;
      const claim = this.#claims.get(pid);
      this.#claims.delete(pid);
      if (claim !== undefined) claim(exit);
      else this.#remember(pid, exit);
    }
  }

  #afterBun(collected: Promise<unknown>): void {
    if (this.#isWaitingForBun) return;
    this.#isWaitingForBun = true;
    void collected.then(() => {
      this.#isWaitingForBun = false;
      this.#reap();
    });
  }

  #remember(pid: number, exit: Exit): void {
    if (this.#unclaimed.size >= unclaimedMax)
      this.#unclaimed.delete(this.#unclaimed.keys().next().value!);
    this.#unclaimed.set(pid, exit);
  }
}

/** Pid of a child that has ended and was not waited for. */
function peek(): number | undefined {
  const info = new Int32Array(32);
  const result = libc.waitid(pAll, 0, ptr(info), wExited | wNoHang | wNoWait);
  // siginfo: signo, errno, code, padding, pid.
  return result === 0 && info[4] !== 0 ? info[4] : undefined;
}

function take(pid: number): Exit | undefined {
  const status = new Int32Array(1);
  return libc.waitpid(pid, ptr(status), wNoHang) === pid ? decodeStatus(status[0]!) : undefined;
}
