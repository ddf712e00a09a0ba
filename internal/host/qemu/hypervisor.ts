import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { Forwards } from "../network/forwards.ts";
import { Loopback } from "../network/loopback.ts";
import { Nat, natSegment } from "../network/nat.ts";
import { Switch } from "../network/switch.ts";
import type { Hypervisor, Machine, MachineEvents, MachineSpec } from "../vm/machine.ts";
import { allowBoot, allowDevice } from "./access.ts";
import { checkSpec, machineArguments } from "./arguments.ts";
import { directBoot } from "./direct-boot.ts";
import { inspectDisk } from "./disk-store.ts";
import { type Emulator, openEmulator } from "./emulator.ts";
import { type MachineContext, QemuMachine } from "./machine.ts";
import { isAlive, logTail, readPid, spawnDetached } from "./process.ts";
import { Qmp } from "./qmp.ts";
import { endStray, endStrays } from "./strays.ts";
import { openMemory } from "./memory.ts";
import { asInState, giveOwnNics } from "./nic-addresses.ts";
import { makeRunDir, removeRunDir, runDir, type RunDir } from "./run-dir.ts";
import { loadState } from "./state.ts";

const startTimeoutMs = 30_000;
/** An emulated VM on a crowded machine answers late; giving up on it ends it. */
const adoptTimeoutMs = 30_000;

/** Options of {@link createHypervisor}. */
export interface HypervisorOptions {
  /** Folder for sockets, logs and caches of this vic-host. */
  dataDir: string;
  /** Network (a /24 of 127.0.0.0/8) at which guests of the NAT network are reached on this machine. */
  loopback: string;
  log: (line: string) => void;
  /** QEMU; the default is qemu-system-x86_64 from the PATH. */
  program?: string;
  /** How long a QEMU may take to answer a command, milliseconds; the default is 20 s. */
  answerTimeoutMs?: number;
}

/** Makes the hypervisor of a vic-host: finds out what QEMU can do here, and starts the switch. */
export async function createHypervisor(options: HypervisorOptions): Promise<Hypervisor> {
  const loopback = new Loopback(options.loopback);
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const emulator = await openEmulator(options.program ?? "qemu-system-x86_64", options.dataDir);
  if (emulator.accelerator.name === "tcg") {
    options.log(`virtual machines run in software emulation: ${emulator.accelerator.reason}`);
  }
  return new QemuHypervisor(options, emulator, loopback);
}

class QemuHypervisor implements Hypervisor {
  readonly accelerator: Hypervisor["accelerator"];
  readonly #options: HypervisorOptions;
  readonly #emulator: Emulator;
  readonly #loopback: Loopback;
  readonly #network = new Switch();
  readonly #forwards: Forwards;
  readonly #machines = new Set<QemuMachine>();
  #natGroups = new Set<string>();
  #nat: Promise<Nat> | undefined;

  constructor(options: HypervisorOptions, emulator: Emulator, loopback: Loopback) {
    this.accelerator = emulator.accelerator;
    this.#options = options;
    this.#emulator = emulator;
    this.#loopback = loopback;
    this.#forwards = new Forwards(options.log);
  }

  async start(wanted: MachineSpec, events: MachineEvents): Promise<Machine> {
    checkSpec(wanted);
    const spec = asInState(wanted);
    const run = runDir(this.#options.dataDir, spec.id);
    await endStray(run);
    await makeRunDir(run);
    let child: { pid: number } | undefined;
    try {
      const commandLine = await this.#commandLine(spec, run);
      const { restore } = spec;
      // Read by QEMU through this descriptor: it needs no right to the path.
      await using state = restore ? await open(restore.statePath, "r") : undefined;
      await using memory = await openMemory(restore?.memoryPath, spec.memoryMiB);
      const descriptors = [state?.fd, memory?.fd];
      const started = await spawnDetached(commandLine, run.log, descriptors);
      child = started;
      const ended = new AbortController();
      started.once("exit", () => ended.abort());
      const timeout = AbortSignal.timeout(startTimeoutMs);
      const { answerTimeoutMs } = this.#options;
      const signal = AbortSignal.any([ended.signal, timeout]);
      const qmp = await Qmp.connect(run.qmp, signal, answerTimeoutMs);
      const watched = { spec, events, run, qmp, pid: child.pid };
      const running = await this.#watch(watched, async (machine) => {
        // Before its state is there: a guest that goes on then finds its tools port as it was, not closed and opened.
        await machine.attach();
        if (restore) await loadState(qmp, restore.memoryPath !== undefined);
        await machine.setLinks();
      });
      await giveOwnNics(running, wanted, spec);
      return running;
    } catch (error) {
      const output = await logTail(run.log);
      await endStray(run, child?.pid);
      await removeRunDir(run);
      if (output === "") throw error;
      throw new VicError("unavailable", `QEMU: ${output}`, { cause: error });
    }
  }

  async adopt(spec: MachineSpec, events: MachineEvents): Promise<Machine | undefined> {
    const run = runDir(this.#options.dataDir, spec.id);
    const pid = await readPid(run.pid);
    if (pid === undefined || !(await isAlive(pid, run.pid))) {
      await endStray(run);
      await removeRunDir(run);
      return undefined;
    }
    try {
      const qmp = await Qmp.connect(
        run.qmp,
        AbortSignal.timeout(adoptTimeoutMs),
        this.#options.answerTimeoutMs,
      );
      const { UUID } = (await qmp.execute("query-uuid")) as { UUID: string };
      if (UUID.toLowerCase() !== spec.uuid.toLowerCase()) {
        qmp.close();
        throw new VicError("conflict", `process ${pid} is the machine ${UUID}`);
      }
      const { status } = (await qmp.execute("query-status")) as { status: string };
      if (status === "inmigrate") {
        qmp.close();
        throw new VicError("conflict", "its start from a saved state was interrupted");
      }
      return await this.#watch({ spec, events, run, qmp, pid }, async (machine) => {
        // A device that the guest holds on to is no reason to end it.
        await machine.reconcile().catch((error: unknown) => {
          this.#options.log(`${spec.name}: ${VicError.from(error).text}`);
        });
        await machine.attach();
      });
    } catch (error) {
      this.#options.log(`${spec.name} does not answer and is ended: ${VicError.from(error).text}`);
      await endStray(run, pid);
      await removeRunDir(run);
      return undefined;
    }
  }

  async endOthers(keep: ReadonlySet<string>): Promise<void> {
    const ended = await endStrays(this.#options.dataDir, keep);
    if (ended.length > 0) this.#options.log(`ended what was left of VM ${ended.join(", ")}`);
  }

  outsideAddress(portGroup: string, guestAddress: string): string | undefined {
    return this.#natGroups.has(portGroup) ? this.#loopback.outside(guestAddress) : undefined;
  }

  async setPortGroups(groups: { name: string; isNat: boolean }[]): Promise<void> {
    this.#natGroups = new Set(groups.flatMap(({ name, isNat }) => (isNat ? [name] : [])));
    if (this.#natGroups.size > 0) {
      this.#nat ??= this.#openNat();
      await this.#nat;
    } else {
      await this.#closeNat();
    }
  }

  async close(): Promise<void> {
    for (const machine of this.#machines) await machine.release();
    await this.#closeNat();
    this.#forwards.close();
  }

  async #openNat(): Promise<Nat> {
    try {
      return await Nat.open({
        dataDir: this.#options.dataDir,
        program: this.#emulator.program,
        sandbox: this.#emulator.sandbox,
        network: this.#network,
        forwards: this.#forwards,
        log: this.#options.log,
      });
    } catch (error) {
      this.#nat = undefined;
      throw error;
    }
  }

  async #closeNat(): Promise<void> {
    const nat = this.#nat;
    this.#nat = undefined;
    await nat?.then(
      (box) => box.close(),
      () => undefined,
    );
  }

  async #commandLine(spec: MachineSpec, run: RunDir): Promise<string[]> {
    const formats = new Map<string, "raw" | "qcow2">();
    const cache = join(this.#options.dataDir, "cache", "boot");
    const { bootPath } = spec.restore ?? {};
    let boot = bootPath === undefined ? undefined : await directBoot(bootPath, cache);
    for (const device of spec.devices) {
      if (device.kind === "disk") {
        formats.set(device.path, (await inspectDisk(device.path)).format);
      } else if (device.kind === "cdrom" && device.path !== undefined) {
        boot ??= await directBoot(device.path, cache);
      }
    }
    for (const device of spec.devices) allowDevice(run.identity, device);
    allowBoot(run.identity, boot);
    const parts = { spec, run, emulator: this.#emulator, formats, boot };
    return run.identity.command(this.#emulator.program, machineArguments(parts));
  }

  /** Takes a QEMU that answers under watch, has it prepared and attached, and lets it run. */
  async #watch(
    parts: Pick<MachineContext, "spec" | "events" | "run" | "qmp" | "pid">,
    prepare: (machine: QemuMachine) => Promise<void>,
  ): Promise<Machine> {
    const machine = new QemuMachine({
      ...parts,
      network: this.#network,
      isEmulated: this.accelerator.name === "tcg",
      forwards: this.#forwards,
      outsideAddress: (portGroup, address) => this.outsideAddress(portGroup, address),
      segmentOf: (portGroup) => (this.#natGroups.has(portGroup) ? natSegment : `:${portGroup}`),
    });
    try {
      await prepare(machine);
      if (!parts.spec.isFrozen) await parts.qmp.execute("cont");
    } catch (error) {
      await machine.release();
      throw error;
    }
    this.#machines.add(machine);
    void machine.ended.then(() => this.#machines.delete(machine));
    machine.open();
    return machine;
  }
}
