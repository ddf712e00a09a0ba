/** Starting, finding and ending QEMU processes. They outlive vic-host. */
import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:fs";
import { open, readdir, readFile } from "node:fs/promises";
import { VicError } from "../../errors/errors.ts";

/** How often the end of a process that is not our child is looked for, milliseconds. */
const pollMs = 20;
/** Part of a log that goes into an error, bytes. */
const logTailBytes = 2048;

/**
 * Starts QEMU in a session of its own with its output in a file, so that it goes on when vic-host ends. Only what QEMU
 * needs is taken over from the environment.
 */
export async function spawnDetached(
  commandLine: string[],
  logPath: string,
  /** Open files of ours that QEMU gets as descriptors 3 and up; undefined: nothing is there. */
  descriptors: (number | undefined)[] = [],
): Promise<ChildProcess & { pid: number }> {
  const [program = "", ...options] = commandLine;
  await using log = await open(logPath, "a", 0o600);
  const { PATH, TMPDIR, XDG_RUNTIME_DIR } = process.env;
  const environment = Object.entries({ PATH, TMPDIR, XDG_RUNTIME_DIR, LC_ALL: "C" });
  const child = spawn(program, options, {
    detached: true,
    cwd: "/",
    stdio: ["ignore", log.fd, log.fd, ...descriptors.map((fd) => fd ?? ("ignore" as const))],
    env: Object.fromEntries(environment.filter(([, value]) => value !== undefined)),
  });
  await new Promise<void>((fulfil, reject) => {
    child.once("spawn", fulfil);
    child.once("error", (cause) =>
      reject(
        new VicError("unavailable", `${program} cannot be started`, {
          hint: "install the package qemu-system-x86",
          cause,
        }),
      ),
    );
  });
  child.unref();
  return child as ChildProcess & { pid: number };
}

/** The end of a log, for people. */
export async function logTail(path: string): Promise<string> {
  // It lies in a folder of QEMU's user, who could put a link to a secret there.
  const flag = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const text = await readFile(path, { encoding: "utf8", flag }).catch(() => "");
  return text.slice(-logTailBytes).trim();
}

/** Whether the process is there and, where /proc can tell, has `marker` as one of its arguments. */
export async function isAlive(pid: number, marker: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== "linux") return true;
  // A zombie has an empty command line.
  return (await argumentsOf(pid)).includes(marker);
}

async function argumentsOf(pid: number | string): Promise<string[]> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return commandLine.split("\0");
}

/** All QEMUs of this machine that write a pid file below `folder`, whether it is there yet or not. */
export async function processesOf(folder: string): Promise<{ pid: number; pidFile: string }[]> {
  if (process.platform !== "linux") return [];
  const found: { pid: number; pidFile: string }[] = [];
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    const options = await argumentsOf(entry);
    const pidFile = options[options.indexOf("-pidfile") + 1] ?? "";
    if (pidFile.startsWith(`${folder}/`)) found.push({ pid: Number(entry), pidFile });
  }
  return found;
}

/** Waits until the process is gone; false when it is still there at the signal. */
export async function waitGone(pid: number, marker: string, signal: AbortSignal): Promise<boolean> {
  while (await isAlive(pid, marker)) {
    if (signal.aborted) return false;
    await Bun.sleep(pollMs);
  }
  return true;
}

/** Ends the process at once. */
export async function killNow(pid: number, marker: string): Promise<void> {
  if (!(await isAlive(pid, marker))) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ESRCH") return;
    throw new VicError("forbidden", `cannot end process ${pid}`, { cause });
  }
}

/** The number in a pid file of QEMU; undefined when there is none. */
export async function readPid(path: string): Promise<number | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  const pid = Number(text.trim());
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}
