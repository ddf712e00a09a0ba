/** POST /containers/:id/start. */
import { VicError } from "../../errors/errors.ts";
import { logger } from "../log.ts";
import { orAbort, within } from "../time.ts";
import { edit, refresh } from "./edit.ts";
import { engage } from "./engage.ts";
import type { Entry } from "./entry.ts";
import type { Facts } from "./facts.ts";
import type { ExecParts } from "./parts.ts";
import { describe, isHeld, isLost, isOn } from "./status.ts";

const log = logger("start");
/** From power-on until the process runs; a guest on an emulated or crowded host is slow. */
const launchMs = 3 * 60_000;
/** A process that ended leaves its VM this long to go off. */
const settleMs = 20_000;

/** Who wants it: a user, the restart policy after an end, or the same policy when the appliance boots. */
export type StartReason = "user" | "policy" | "boot";

/** Resolves when the process runs or has already ended. Call it with the entry's lock held. */
export async function startContainer(
  parts: ExecParts,
  entry: Entry,
  reason: StartReason,
  signal?: AbortSignal,
): Promise<void> {
  // Of a VM that waits for its start all is known that the start depends on.
  if (!isHeld(entry.facts)) await refresh(parts, entry);
  if (isLost(entry.facts)) {
    // It has just ended; how, is being found out.
    const concluded = entry.until((facts) => !isLost(facts), signal);
    concluded.catch(() => {});
    await within(concluded, settleMs);
  }
  if (entry.isRunning)
    throw new VicError("not-modified", `container ${entry.name} is already started`);
  const giveUp = new AbortController();
  entry.starting = giveUp;
  const deadline = AbortSignal.timeout(launchMs);
  const all = [giveUp.signal, deadline, ...(signal ? [signal] : [])];
  try {
    if (!isHeld(entry.facts)) await settle(parts, entry);
    await orAbort(parts.releaseLogs(entry.id), giveUp.signal);
    await launch(parts, entry, reason, AbortSignal.any(all));
  } catch (error) {
    const reported = explain(entry, error, deadline.aborted);
    await abandon(parts, entry, reported, giveUp.signal.aborted);
    throw reported;
  } finally {
    entry.starting = undefined;
    entry.wake();
  }
}

async function launch(
  parts: ExecParts,
  entry: Entry,
  reason: StartReason,
  signal: AbortSignal,
): Promise<void> {
  const address = entry.facts.record.networks[0]?.address ?? "";
  const boundPorts = await parts.ports.publish(entry.id, address, entry.facts.own.ports);
  await edit(parts, entry, (facts) => nextRun(parts, facts, reason, boundPorts));
  entry.isStopping = false;
  signal.throwIfAborted();
  if (isOn(entry.facts) || entry.facts.state) {
    // A held VM has just been told to begin, and may even have come to its end.
    const mux = parts.connections.get(entry.id, entry.facts.config.run);
    if (mux) engage(parts, entry, mux, true);
  } else {
    // A VM that is off hears nothing on a channel that it had.
    parts.connections.hangUp(entry.id);
    await parts.vms.powerOn(entry.facts.vm, signal);
    await refresh(parts, entry);
  }
  for (;;) {
    await entry.until((facts) => isDecided(facts), signal);
    if (isOn(entry.facts)) break;
    // An update that was on its way may show the time before power-on: ask again before believing it.
    await refresh(parts, entry);
    if (isDecided(entry.facts)) break;
  }
  const { state } = entry.facts;
  if (state?.phase === "running" || state?.phase === "exited") return;
  const { error, exitCode } = describe(entry.facts);
  throw new VicError("invalid", error, { detail: { exitCode } });
}

/** Whether it is known what became of a launch. */
function isDecided(facts: Facts): boolean {
  return !isOn(facts) || (facts.state !== undefined && facts.state.phase !== "starting");
}

function nextRun(
  parts: ExecParts,
  facts: Facts,
  reason: StartReason,
  boundPorts: Facts["own"]["boundPorts"],
) {
  const { startedAt, finishedAt, exitCode } = describe(facts);
  // As in dockerd a boot begins to count anew.
  const restartCount = reason === "policy" ? facts.own.restartCount + 1 : 0;
  return {
    config: {
      ...facts.config,
      run: facts.config.run + 1,
      hold: parts.attachSessions.isAwaited(facts.record.id),
      control: { ...facts.config.control, address: parts.controlAddress },
      dns: facts.own.usesApplianceDns
        ? { ...facts.config.dns, nameservers: parts.nameservers() }
        : facts.config.dns,
    },
    own: {
      ...facts.own,
      boundPorts,
      startedAt,
      finishedAt,
      exitCode,
      restartCount,
    },
    state: null,
    ...(facts.record.isStoppedByUser
      ? { record: { ...facts.record, isStoppedByUser: false } }
      : {}),
  };
}

/** Waits for the VM of a process that ended to go off, and pulls the plug if it does not. */
export async function settle(parts: ExecParts, entry: Entry): Promise<void> {
  if (!entry.isOn) return;
  if (entry.facts.state?.phase === "exited" || entry.facts.state?.phase === "failed") {
    const off = entry.until((facts) => !isOn(facts));
    off.catch(() => {});
    await within(off, settleMs);
  }
  if (entry.isOn) {
    if (!isHeld(entry.facts)) log.warn(`${entry.name}: its VM does not go off by itself`);
    await parts.vms.powerOff(entry.facts.vm);
  }
  await refresh(parts, entry);
}

/** A failed start leaves the VM off and nothing waiting. */
async function abandon(
  parts: ExecParts,
  entry: Entry,
  error: VicError,
  isCalledOff: boolean,
): Promise<void> {
  log.warn(`${entry.name}: not started: ${error.text}`);
  parts.attachSessions.fail(entry.id, error);
  await parts.ports.withdraw(entry.id).catch((cause: unknown) => {
    log.warn(`${entry.name}: ports: ${VicError.from(cause).text}`);
  });
  if (entry.isGone) return;
  try {
    await refresh(parts, entry);
    if (entry.isOn) await parts.vms.powerOff(entry.facts.vm);
    await refresh(parts, entry);
    await edit(parts, entry, (facts) => failedState(facts, error, isCalledOff));
  } catch (cause) {
    log.warn(`${entry.name}: after a failed start: ${VicError.from(cause).text}`);
  }
}

/** What inspect shows of a run that failed without a word of the tether. */
function failedState(facts: Facts, error: VicError, isCalledOff: boolean) {
  const { run } = facts.config;
  const isSaid = facts.state !== undefined && facts.state.phase !== "starting";
  if (isSaid || run === 0) return undefined;
  const exitCode = isCalledOff && facts.own.startedAt !== "" ? (facts.own.exitCode ?? 0) : 128;
  const state = {
    run,
    phase: "failed" as const,
    error: isCalledOff ? "" : error.message,
    exitCode,
  };
  return { state };
}

function explain(entry: Entry, error: unknown, isLate: boolean): VicError {
  if (isLate)
    return new VicError("unavailable", `container ${entry.name} did not start in time`, {
      hint: "its boot log is tether.debug in the VM's folder on the datastore",
      cause: error,
    });
  if (entry.starting?.signal.aborted)
    return new VicError("conflict", `container ${entry.name} was stopped while it started`, {
      cause: error,
    });
  return VicError.from(error);
}
