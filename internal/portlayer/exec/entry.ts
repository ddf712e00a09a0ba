/** One container in memory: its facts, and what only this process knows of it. */
import { VicError } from "../../errors/errors.ts";
import type { GuestState } from "../../guest/config.ts";
import type { Container } from "../api/types.ts";
import { Lock } from "../lock.ts";
import { orAbort } from "../time.ts";
import type { Facts } from "./facts.ts";
import { BackOff } from "./restart.ts";
import { describe, isOn, killedCode, type Described } from "./status.ts";

/** A run's state only moves forward. */
const ages = { starting: 1, running: 2, exited: 3, failed: 3 };

function ageOf(state: GuestState | undefined): number {
  return state === undefined ? 0 : ages[state.phase];
}

/** See the file's head. */
export class Entry {
  readonly id: string;
  /** Held by whatever changes the container's life: start, remove, rename. Stop and kill do not wait for it. */
  readonly lock = new Lock();
  readonly backOff = new BackOff();
  /** Newest run that was told as `start`, and as `die`. */
  readonly told = { start: 0, die: 0 };
  /** Run and status of the last `health_status`. */
  toldHealth = "";
  isRemoving = false;
  /** Its disks are in use in the appliance: see files/offline.ts. */
  isMounted = false;
  /** Set once the VM is gone; waiters see it. */
  isGone = false;
  /** A start that is going on; aborting it gives up. */
  starting: AbortController | undefined;
  /** Calls off a restart that waits for its time. */
  restarting: AbortController | undefined;
  /** A user wants the current run to end. */
  isStopping = false;
  /** Somebody finds out how a run ended that went without a word. */
  isConcluding = false;
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
    const described = describe(this.#facts, this.starting !== undefined);
    // Removed while it ran: it was killed.
    if (this.isGone && described.status === "running")
      return { ...described, status: "exited", isPaused: false, exitCode: killedCode };
    return this.isRemoving ? { ...described, status: "removing" } : described;
  }

  get isPaused(): boolean {
    return this.isRunning && this.described.isPaused;
  }

  /** It ended, and its restart policy is about to start it again. */
  get isRestarting(): boolean {
    const { isRunning, restarting, isRemoving, isGone } = this;
    return (
      restarting !== undefined && !restarting.signal.aborted && !isRunning && !isRemoving && !isGone
    );
  }

  get isRunning(): boolean {
    return !this.isGone && describe(this.#facts).status === "running";
  }

  /** Takes newer facts. What tells of an earlier run, or an earlier time of it, was overtaken on its way. */
  update(facts: Facts): void {
    const { config, state } = this.#facts;
    if (facts.config.run < config.run) return;
    const isOlder = facts.config.run === config.run && ageOf(facts.state) < ageOf(state);
    this.#facts = isOlder ? { ...facts, state } : facts;
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
    const { record, config, own, state, vm, vmName, cpus, memoryMiB } = this.#facts;
    const { privileged: _, ...process } = config.process;
    const health = state?.health;
    return {
      record,
      ...this.described,
      isRestarting: this.isRestarting,
      ...(health === undefined ? {} : { health }),
      limits: config.sandbox.limits ?? {},
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
