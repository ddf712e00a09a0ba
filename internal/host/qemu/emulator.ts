/** What the QEMU on this machine can do; asked once and kept in the data folder. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { probeKvm } from "./probe.ts";

/** A system call filter around QEMU. */
const sandboxOptions = [
  "-sandbox",
  "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
];
const queryTimeoutMs = 20_000;

/** A QEMU and how to run it. */
export interface Emulator {
  program: string;
  version: string;
  accelerator: { name: "kvm" | "tcg"; reason: string };
  /** Command line options of the system call filter; empty where QEMU has none. */
  sandbox: string[];
}

/** Finds out, or reads what was found out earlier about the same QEMU on the same boot of this machine. */
export async function openEmulator(program: string, dataDir: string): Promise<Emulator> {
  const { stdout } = await query(program, ["-version"]);
  const version = /version (\S+)/.exec(stdout)?.[1] ?? "unknown";
  const key = [program, version, release(), await bootId()].join(" ");
  const path = join(dataDir, "emulator.json");
  const cached = await readCache(path, key);
  if (cached) return cached;
  const emulator = {
    program,
    version,
    accelerator: await probeKvm(program),
    sandbox: (await hasSandbox(program)) ? sandboxOptions : [],
  };
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, JSON.stringify({ key, emulator }), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return emulator;
}

async function readCache(path: string, key: string): Promise<Emulator | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  try {
    const cache = JSON.parse(text ?? "{}") as { key?: string; emulator?: Emulator };
    return cache.key === key ? cache.emulator : undefined;
  } catch {
    return undefined;
  }
}

/** Changes with every boot of this machine. */
async function bootId(): Promise<string> {
  return (await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "")).trim();
}

async function hasSandbox(program: string): Promise<boolean> {
  const options = ["-M", "none", "-nodefaults", "-display", "none", "-qmp", "stdio"];
  const commands = ["qmp_capabilities", "quit"].map((execute) => JSON.stringify({ execute }));
  const { exitCode } = await query(program, [...options, ...sandboxOptions], commands.join("\n"));
  return exitCode === 0;
}

async function query(
  program: string,
  options: string[],
  input = "",
): Promise<{ stdout: string; exitCode: number }> {
  try {
    const child = Bun.spawn([program, ...options], {
      stdin: Buffer.from(input),
      stdout: "pipe",
      stderr: "ignore",
      timeout: queryTimeoutMs,
      killSignal: "SIGKILL",
    });
    return { stdout: await child.stdout.text(), exitCode: await child.exited };
  } catch (cause) {
    throw new VicError("unavailable", `${program} cannot be started`, {
      hint: "install the package qemu-system-x86",
      cause,
    });
  }
}
