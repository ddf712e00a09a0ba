/** A machine that stands still for good and that clones start from. */
import { rm } from "node:fs/promises";
import { VicError } from "../../errors/errors.ts";
import type { MachineRestore } from "../vm/machine.ts";
import { memoryFile, sealMemory } from "./memory.ts";
import type { Qmp } from "./qmp.ts";
import type { RunDir } from "./run-dir.ts";
import { saveState } from "./state.ts";

/** How long QEMU may take to write the caches of all disks back, milliseconds. */
const stopTimeoutMs = 60_000;

/** Freezes one machine and tells what its clones need. */
export class Freezer {
  readonly #context: { qmp: Qmp; run: RunDir; pid: number };
  #memoryPath: Promise<string | undefined> | undefined;

  constructor(context: { qmp: Qmp; run: RunDir; pid: number }) {
    this.#context = context;
  }

  /** Stops the guest and saves its state, without memory that clones can map; when `frozen` throws, the guest goes on. */
  async freeze(frozen: () => void): Promise<void> {
    const { qmp, run, pid } = this.#context;
    // One that a vic-host had saved when it was killed, before it knew that the machine was frozen.
    await rm(run.frozen, { force: true });
    await qmp.execute("stop", {}, stopTimeoutMs);
    try {
      const memoryPath = await memoryFile(qmp, pid);
      const isSharedMemory = memoryPath !== undefined;
      const files = { path: run.frozen, socketPath: run.state, identity: run.identity };
      await saveState(qmp, files, { isSharedMemory });
      if (isSharedMemory) await sealMemory(memoryPath);
      frozen();
    } catch (error) {
      await rm(run.frozen, { force: true });
      await qmp.execute("cont");
      throw error;
    }
  }

  /** What clones start from. */
  async state(): Promise<MachineRestore> {
    const { qmp, run, pid } = this.#context;
    if (!(await Bun.file(run.frozen).exists())) {
      throw new VicError("conflict", "the virtual machine is not frozen");
    }
    // Asked once: a machine that stands still should not have to answer for every clone.
    this.#memoryPath ??= memoryFile(qmp, pid);
    const memoryPath = await this.#memoryPath.catch((error: unknown) => {
      this.#memoryPath = undefined;
      throw error;
    });
    return { statePath: run.frozen, ...(memoryPath === undefined ? {} : { memoryPath }) };
  }
}
