/** Ending a container: stop, kill and other signals. */
import { constants } from "node:os";
import { VicError } from "../../errors/errors.ts";
import { logger } from "../log.ts";
import { within } from "../time.ts";
import type { StopContainer } from "../api/types.ts";
import { edit, refresh } from "./edit.ts";
import type { Entry } from "./entry.ts";
import { unpause } from "./pause.ts";
import { publish, type ExecParts } from "./parts.ts";

const log = logger("stop");
/** After SIGKILL the process and its VM's report of it take this long at most. */
const killMs = 10_000;
/** How long a signal waits for a tether that is reconnecting. */
const connectMs = 3_000;
/** A longer timer would fire at once. */
const timerMsMax = 2 ** 31 - 1;

/** Whether a name or number means SIGKILL. */
export function isKill(signal: string): boolean {
  return signalNumber(signal) === "9";
}

/** Stop signal, time, SIGKILL, and in the end the plug. Resolves when the process has ended. */
export async function stopContainer(
  parts: ExecParts,
  entry: Entry,
  stop: StopContainer,
): Promise<void> {
  const { isRestarting } = entry;
  entry.restarting?.abort();
  if (entry.starting) return cancelStart(parts, entry);
  await refresh(parts, entry);
  if (isRestarting && !entry.isRunning) {
    await markStopped(parts, entry);
    return publish(parts, entry, "stop");
  }
  if (!entry.isRunning)
    throw new VicError("not-modified", `container ${entry.name} is already stopped`);
  await markStopped(parts, entry);
  const { config } = entry.facts;
  const seconds = stop.timeoutSeconds ?? config.stopTimeoutSeconds;
  const signal = stop.signal ?? config.stopSignal;
  publish(parts, entry, "kill", { signal: signalNumber(signal) });
  // As in Docker, a paused container goes on to hear its stop signal.
  await unpause(parts, entry);
  const isSent = await sendSignal(parts, entry, signal);
  if (!isSent) await askGuest(parts, entry);
  const isEnded = await ended(entry, seconds < 0 ? Number.POSITIVE_INFINITY : seconds * 1000);
  if (!isEnded) {
    publish(parts, entry, "kill", { signal: signalNumber("SIGKILL") });
    await killContainer(parts, entry);
  }
  publish(parts, entry, "stop");
}

/** A signal of the user's choice; SIGKILL resolves when the process has ended. */
export async function signalContainer(
  parts: ExecParts,
  entry: Entry,
  signal: string,
): Promise<void> {
  const { isRestarting } = entry;
  entry.restarting?.abort();
  if (entry.starting && isKill(signal)) return cancelStart(parts, entry);
  await refresh(parts, entry);
  // As in Docker: there is no process to hear it, but the container is not started again.
  if (isRestarting && !entry.isRunning) return markStopped(parts, entry);
  if (!entry.isRunning) throw new VicError("conflict", `container ${entry.id} is not running`);
  if (!isKill(signal)) {
    if (sameSignal(signal, entry.facts.config.stopSignal)) await markStopped(parts, entry);
    if (!(await sendSignal(parts, entry, signal)))
      throw new VicError("unavailable", "the container's VM does not answer");
    publish(parts, entry, "kill", { signal: signalNumber(signal) });
    if (sameSignal(signal, entry.facts.config.stopSignal)) await unpause(parts, entry);
    return;
  }
  await markStopped(parts, entry);
  publish(parts, entry, "kill", { signal: signalNumber(signal) });
  await killContainer(parts, entry);
}

/** SIGKILL, and the plug when that does not help. */
export async function killContainer(parts: ExecParts, entry: Entry): Promise<void> {
  if ((await sendSignal(parts, entry, "SIGKILL")) && (await ended(entry, killMs))) return;
  log.warn(`${entry.name}: does not end, its VM is switched off`);
  await parts.vms.powerOff(entry.facts.vm);
  await refresh(parts, entry);
  await ended(entry, killMs);
}

/** `unless-stopped` and the others leave a container alone that a user ended; it outlives a restart of ours. */
async function markStopped(parts: ExecParts, entry: Entry): Promise<void> {
  entry.isStopping = true;
  const { record } = entry.facts;
  if (record.restartPolicy.name === "no" || record.isStoppedByUser) return;
  await edit(parts, entry, (facts) => ({ record: { ...facts.record, isStoppedByUser: true } }));
}

async function cancelStart(parts: ExecParts, entry: Entry): Promise<void> {
  await markStopped(parts, entry);
  entry.starting?.abort();
  await entry.lock.run(async () => {});
}

/** False when the tether cannot be reached. */
async function sendSignal(parts: ExecParts, entry: Entry, signal: string): Promise<boolean> {
  const { id } = entry;
  try {
    const mux = await parts.connections.until(id, entry.facts.config.run, connectMs);
    await mux.call("signal", { signal }).result;
    return true;
  } catch (error) {
    const { code, text } = VicError.from(error);
    if (code === "invalid" || code === "unsupported") throw error;
    log.info(`${entry.name}: ${signal} not delivered: ${text}`);
    return !entry.isRunning;
  }
}

/** The tether takes a shutdown of the guest for the container's own stop signal. */
async function askGuest(parts: ExecParts, entry: Entry): Promise<void> {
  await parts.vms.shutdownGuest(entry.facts.vm).catch((error: unknown) => {
    log.info(`${entry.name}: guest shutdown: ${VicError.from(error).text}`);
  });
}

/** Whether the process ends within `ms`. */
async function ended(entry: Entry, ms: number): Promise<boolean> {
  const done = entry
    .until(() => !entry.isRunning)
    .then(
      () => true,
      () => true,
    );
  if (ms > timerMsMax) return done;
  return (await within(done, ms)) ?? false;
}

/** `TERM`, `SIGTERM` and `15` are alike. */
function sameSignal(a: string, b: string): boolean {
  return signalNumber(a) === signalNumber(b);
}

/** Number of a signal as Docker's events show it; what is unknown stays as it is. */
export function signalNumber(signal: string): string {
  const name = signal.toUpperCase().replace(/^(SIG)?/, "SIG") as keyof typeof constants.signals;
  return String(constants.signals[name] ?? signal);
}
