/** What the QEMU on this machine can do; asked once and kept in the data folder. */
import { lstat, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { type Identity, identityOf } from "./identity.ts";
import { probeKvm } from "./probe.ts";

/** A system call filter around QEMU. */
const sandboxOptions = [
  "-sandbox",
  "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
];
const kvmPath = "/dev/kvm";
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
  const { stdout } = await query([program, "-version"]);
  const version = /version (\S+)/.exec(stdout)?.[1] ?? "unknown";
  const identity = identityOf(dataDir, "probe");
  identity.allowDevice(kvmPath);
  const key = [program, version, release(), await bootId(), await kvmDevice(), identity.uid].join(
    " ",
  );
  const path = join(dataDir, "emulator.json");
  const cached = await readCache(path, key);
  if (cached) return cached;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const emulator = {
    program,
    version,
    accelerator: await probeKvm(program, dataDir, identity),
    sandbox: (await hasSandbox(program, identity)) ? sandboxOptions : [],
  };
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

/** Who may use KVM: a device that came, went or was opened up is probed again. */
async function kvmDevice(): Promise<string> {
  const device = await lstat(kvmPath).catch(() => undefined);
  if (!device) return "no-kvm";
  return [device.rdev, device.mode.toString(8), device.uid, device.gid].join(":");
}

async function hasSandbox(program: string, identity: Identity): Promise<boolean> {
  const options = ["-M", "none", "-nodefaults", "-display", "none", "-qmp", "stdio"];
  const commands = ["qmp_capabilities", "quit"].map((execute) => JSON.stringify({ execute }));
  const commandLine = identity.command(program, [...options, ...sandboxOptions]);
  const { exitCode } = await query(commandLine, commands.join("\n"));
  return exitCode === 0;
}

async function query(
  commandLine: string[],
  input = "",
): Promise<{ stdout: string; exitCode: number }> {
  try {
    const child = Bun.spawn(commandLine, {
      stdin: Buffer.from(input),
      stdout: "pipe",
      stderr: "ignore",
      timeout: queryTimeoutMs,
      killSignal: "SIGKILL",
    });
    return { stdout: await child.stdout.text(), exitCode: await child.exited };
  } catch (cause) {
    throw new VicError("unavailable", `${commandLine[0]} cannot be started`, {
      hint: "install the packages qemu-system-x86 and util-linux",
      cause,
    });
  }
}
