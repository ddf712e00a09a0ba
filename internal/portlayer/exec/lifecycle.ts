/**
 * What follows from a container's life: events, ports, log of lost runs, restart policy, auto-remove. Driven by what
 * vSphere says, whoever caused it, so it works the same after a restart of the port layer.
 */
import { findCode, VicError } from "../../errors/errors.ts";
import { logger } from "../log.ts";
import { nowText, pause, within } from "../time.ts";
import { edit, refresh } from "./edit.ts";
import type { Entry } from "./entry.ts";
import { publish, type ExecParts } from "./parts.ts";
import { removeContainer } from "./remove.ts";
import { shouldRestart, shouldStartOnBoot, type Ended } from "./restart.ts";
import { settle, startContainer, type StartReason } from "./start.ts";
import { isLost, killedCode } from "./status.ts";

const log = logger("lifecycle");
/** Exit code of a run that somebody else cut off. */
const unknownCode = 255;
/** The tether's last word may come this long after the VM went off. */
const lastWordMs = 2_000;
const concludeRetryMs = 5_000;

/** See the file's head. */
export class Lifecycle {
  readonly #parts: ExecParts;
  /** While everything is read for the first time nothing is told. */
  #isRestoring = true;

  constructor(parts: ExecParts) {
    this.#parts = parts;
  }

  /** The cache has new facts of a container. */
  changed(entry: Entry): void {
    const { facts, told } = entry;
    const { run } = facts.config;
    const phase = facts.state?.phase;
    const hasStarted = phase === "running" || phase === "exited";
    const hasEnded = phase === "exited";
    if (hasStarted && told.start < run) {
      told.start = run;
      if (!this.#isRestoring) {
        this.#tellNetworks(entry, "connect");
        publish(this.#parts, entry, "start");
      }
    }
    this.#tellHealth(entry);
    if (phase === "failed" && told.die < run && told.start < run) {
      told.start = told.die = run;
      if (!this.#isRestoring) this.#inBackground(entry, () => this.#afterFailure(entry));
    }
    if (isLost(facts) && !this.#isRestoring) this.#inBackground(entry, () => this.#conclude(entry));
    if (hasEnded && told.die < run) {
      told.die = run;
      if (this.#isRestoring) return;
      // At once: nobody shall see it as ended for good in between.
      if (shouldRestart(this.#ended(entry))) entry.restarting = new AbortController();
      this.#tellEnd(entry);
      this.#inBackground(entry, () => this.#afterEnd(entry));
    }
  }

  /** `starting` is where every run begins, and what has ended has no health: neither is news. */
  #tellHealth(entry: Entry): void {
    const { health, phase, run } = entry.facts.state ?? {};
    if (health === undefined || phase !== "running" || health.status === "starting") return;
    const news = `${run} ${health.status}`;
    if (entry.toldHealth === news) return;
    entry.toldHealth = news;
    if (!this.#isRestoring) publish(this.#parts, entry, `health_status: ${health.status}`);
  }

  #tellEnd(entry: Entry): void {
    const { exitCode, oomKilled } = entry.described;
    log.info(`${entry.name}: ended with ${exitCode}`);
    if (oomKilled) publish(this.#parts, entry, "oom");
    publish(this.#parts, entry, "die", { exitCode: String(exitCode) });
    this.#tellNetworks(entry, "disconnect");
  }

  /** As in Docker a container is in its networks while it runs. */
  #tellNetworks(entry: Entry, action: "connect" | "disconnect"): void {
    const { events, networks } = this.#parts;
    for (const { network: name, networkId: id } of entry.facts.record.networks) {
      const type = networks.list().find((network) => network.id === id)?.driver ?? "bridge";
      const attributes = { container: entry.id, name, type };
      events.publish({ type: "network", action, id, attributes });
    }
  }

  /** The VM is gone from vSphere, by us or by somebody else. */
  gone(entry: Entry): void {
    const { attachSessions, connections, execs, ports } = this.#parts;
    const error = new VicError("not-found", `container ${entry.name} was removed`);
    entry.restarting?.abort();
    entry.starting?.abort();
    attachSessions.fail(entry.id, error);
    connections.drop(entry.id);
    execs.forget(entry.id);
    this.#inBackground(entry, () => ports.withdraw(entry.id));
    if (entry.told.die < entry.told.start) this.#tellEnd(entry);
    publish(this.#parts, entry, "destroy");
  }

  /** Everything was read: takes up what an earlier port layer left. `isBoot`: the whole appliance started. */
  restored(isBoot: boolean): void {
    this.#isRestoring = false;
    for (const entry of this.#parts.cache.list())
      this.#inBackground(entry, () => this.#restore(entry, isBoot));
  }

  async #restore(entry: Entry, isBoot: boolean): Promise<void> {
    if (isLost(entry.facts)) {
      // What follows from its end is decided here, not as after an end that was seen.
      entry.told.die = entry.facts.config.run;
      await this.#conclude(entry);
      if (!entry.isGone) this.#tellEnd(entry);
    }
    const { facts } = entry;
    if (entry.isRunning) {
      const address = facts.record.networks[0]?.address ?? "";
      await this.#parts.ports.publish(entry.id, address, facts.own.boundPorts);
      return;
    }
    if (facts.config.run === 0) return this.#parts.held.watch(this.#parts, entry);
    // A start that the earlier port layer had begun goes on by itself.
    if (entry.isOn && (facts.state === undefined || facts.state.phase === "starting")) return;
    if (facts.record.autoRemove) return this.#autoRemove(entry);
    const decide = isBoot ? shouldStartOnBoot : shouldRestart;
    if (facts.state?.phase !== "failed" && decide(this.#ended(entry)))
      return this.#restart(entry, isBoot ? "boot" : "policy");
    await this.#settle(entry);
  }

  async #afterEnd(entry: Entry): Promise<void> {
    const { attachSessions, execs, ports } = this.#parts;
    execs.forget(entry.id);
    await ports.withdraw(entry.id);
    const { restarting } = entry;
    const willRestart = restarting !== undefined;
    if (!willRestart)
      attachSessions.fail(entry.id, new VicError("unavailable", "the container has ended"));
    if (entry.facts.record.autoRemove && !willRestart) {
      // Its output may still be on the way to slow clients.
      await attachSessions.drained(entry.id);
      return this.#autoRemove(entry);
    }
    if (willRestart) return this.#restart(entry, "policy", restarting);
    await attachSessions.drained(entry.id);
    await this.#settle(entry);
  }

  /** The VM of a process that ended must not stay on. */
  async #settle(entry: Entry): Promise<void> {
    await entry.lock.run(async () => {
      if (!entry.isGone && !entry.isRunning) await settle(this.#parts, entry);
    });
  }

  /** A start that did not work; the call that wanted it says why. */
  async #afterFailure(entry: Entry): Promise<void> {
    if (entry.facts.record.autoRemove) await this.#autoRemove(entry);
  }

  /** Nobody else would try again, and `docker run --rm` waits for it. */
  async #autoRemove(entry: Entry): Promise<void> {
    await this.#parts.chores.do(`removing ${entry.name}`, async () => {
      if (!entry.isGone && !entry.isRunning) await removeContainer(this.#parts, entry, false);
    });
  }

  /** A run that ended without a word of the tether: what is known goes where it outlives us. */
  async #conclude(entry: Entry): Promise<void> {
    if (entry.isConcluding) return;
    entry.isConcluding = true;
    const { run } = entry.facts.config;
    const isOpen = () => !entry.isGone && !entry.isRemoving && isLost(entry.facts);
    try {
      const spoken = entry.until((facts) => !isLost(facts));
      spoken.catch(() => {});
      if (!entry.isStopping) await within(spoken, lastWordMs);
      while (isOpen() && entry.facts.config.run === run) {
        try {
          await this.#writeEnd(entry);
        } catch (error) {
          if (!isOpen()) return;
          log.warn(`${entry.name}: its end is not written down: ${VicError.from(error).text}`);
          await pause(concludeRetryMs);
        }
      }
    } finally {
      entry.isConcluding = false;
    }
  }

  async #writeEnd(entry: Entry): Promise<void> {
    const exitCode = entry.isStopping ? killedCode : unknownCode;
    const finishedAt = nowText();
    // What a guest says does not make what is known outdated.
    await refresh(this.#parts, entry);
    await edit(this.#parts, entry, (facts) => {
      if (!isLost(facts) || !facts.state) return undefined;
      return { state: { ...facts.state, phase: "exited", exitCode, finishedAt } };
    });
  }

  #ended(entry: Entry): Ended {
    const { record, own } = entry.facts;
    return {
      policy: record.restartPolicy,
      exitCode: entry.described.exitCode,
      isStoppedByUser: record.isStoppedByUser || entry.isStopping,
      restartCount: own.restartCount,
    };
  }

  async #restart(
    entry: Entry,
    reason: StartReason,
    calledOff = new AbortController(),
  ): Promise<void> {
    entry.restarting = calledOff;
    try {
      while (!entry.isGone && !entry.isRemoving) {
        await pause(entry.backOff.next(ranMs(entry)), calledOff.signal);
        const error = await this.#tryStart(entry, reason);
        if (error === undefined || findCode(error, "not-modified")) return;
        log.warn(`${entry.name}: restart: ${VicError.from(error).text}`);
        if (calledOff.signal.aborted || !shouldRestart({ ...this.#ended(entry), exitCode: 1 }))
          return;
      }
    } catch (error) {
      if (!findCode(error, "cancelled")) throw error;
      const ended = new VicError("unavailable", "the container has ended");
      if (!entry.isStopping) return;
      this.#parts.attachSessions.fail(entry.id, ended);
      await this.#settle(entry);
    } finally {
      if (entry.restarting === calledOff) entry.restarting = undefined;
      entry.wake();
    }
  }

  async #tryStart(entry: Entry, reason: StartReason): Promise<unknown> {
    try {
      await entry.lock.run(async () => {
        // A user may have come first while the lock was awaited.
        if (entry.restarting?.signal.aborted || entry.isGone) return;
        await startContainer(this.#parts, entry, reason);
      });
      return undefined;
    } catch (error) {
      return error;
    }
  }

  /** Never rejects: nobody waits for it. */
  #inBackground(entry: Entry, work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      if (entry.isGone && findCode(error, "not-found")) return;
      log.error(`${entry.name}: ${VicError.from(error).text}`);
    });
  }
}

function ranMs(entry: Entry): number {
  const { startedAt, finishedAt } = entry.described;
  const ms = Date.parse(finishedAt) - Date.parse(startedAt);
  return Number.isFinite(ms) ? ms : 0;
}
