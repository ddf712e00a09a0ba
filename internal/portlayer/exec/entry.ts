/** One container in memory: its facts, and what only this process knows of it. */
import { VicError } from "../../errors/errors.ts";
import type { Container } from "../api/types.ts";
import { Lock } from "../lock.ts";
import { orAbort } from "../time.ts";
import type { Facts } from "./facts.ts";
import { BackOff } from "./restart.ts";
import { describe, isOn, type Described } from "./status.ts";

/** See the file's head. */
export class Entry {
  readonly id: string;
  /** Held by whatever changes the container's life: start, remove, rename. Stop and kill do not wait for it. */
  readonly lock = new Lock();
  readonly backOff = new BackOff();
  /** Newest run that was told as `start`, and as `die`. */
  readonly told = { start: 0, die: 0 };
  isRemoving = false;
  /** Set once the VM is gone; waiters see it. */
  isGone = false;
  /** A start that is going on; aborting it gives up. */
  starting: AbortController | undefined;
  /** Calls off a restart that waits for its time. */
  restarting: AbortController | undefined;
  /** A user wants the current run to end. */
  isStopping = false;
  #facts: Facts;
  #changed = Promise.withResolvers<void>();

  constructor(facts: Facts) {
    this.id = facts.record.id;
    this.#facts = facts;
  }

  get facts(): Facts {
    return this.#facts;
  }

  get name(): string {
    return this.#facts.record.name;
  }

  /** In Docker's terms. */
  get described(): Described {
    const described = describe(this.#facts);
    return this.isRemoving ? { ...described, status: "removing" } : described;
  }

  get isRunning(): boolean {
    return describe(this.#facts).status === "running";
  }

  /** Takes newer facts. Those of an earlier run come from a read that was overtaken. */
  update(facts: Facts): void {
    if (facts.config.run < this.#facts.config.run) return;
    this.#facts = facts;
    this.wake();
  }

  /** Lets {@link Entry.until} look again. */
  wake(): void {
    const changed = this.#changed;
    this.#changed = Promise.withResolvers<void>();
    changed.resolve();
  }

  /** Waits until `predicate` holds. Rejects `not-found` when the container is removed meanwhile. */
  async until(predicate: (facts: Facts) => boolean, signal?: AbortSignal): Promise<void> {
    while (!predicate(this.#facts)) {
      if (this.isGone) throw new VicError("not-found", `container ${this.name} was removed`);
      await orAbort(this.#changed.promise, signal);
    }
  }

  /** As the API shows it. */
  toContainer(execIds: string[]): Container {
    const { record, config, own, vm, vmName, cpus, memoryMiB } = this.#facts;
    const { privileged: _, ...process } = config.process;
    return {
      record,
      ...this.described,
      process,
      hostname: config.hostname,
      domainname: config.domainname,
      stopSignal: config.stopSignal,
      stopTimeoutSeconds: config.stopTimeoutSeconds,
      cpus,
      memoryMiB,
      restartCount: own.restartCount,
      vm: vm.value,
      vmName,
      ports: this.isRunning ? own.boundPorts : [],
      execIds,
    };
  }

  /** Whether the VM is on, whatever the process in it does. */
  get isOn(): boolean {
    return isOn(this.#facts);
  }
}
