/** start, stop, restart, kill, rename, remove, wait, prune. */
import { VicError } from "../../errors/errors.ts";
import type { Container, WaitCondition, WaitResult } from "../../portlayer/api/types.ts";
import type { Filters } from "../wire/filters.ts";
import { parseTimestamp } from "../wire/time.ts";
import { nameConflict, nameHolder } from "./create.ts";
import type { Engine } from "./engine.ts";
import { findContainer } from "./lookup.ts";
import { checkName } from "./names.ts";
import { parseSignal } from "./signals.ts";

/** `docker start`; `not-modified` when it runs already. */
export async function startContainer(engine: Engine, ref: string): Promise<void> {
  const { record, isPaused } = await findContainer(engine, ref);
  if (isPaused) {
    throw new VicError("conflict", "cannot start a paused container, try unpause instead");
  }
  try {
    await engine.portLayer.startContainer(record.id);
  } catch (error) {
    const { code } = VicError.from(error);
    if (record.autoRemove && code !== "not-modified" && code !== "concurrent") {
      // `docker run --rm` waits for the removal before it shows the error. Not forced: if it runs after all it stays,
      // and the port layer may have removed it already.
      const options = { force: false, volumes: true };
      await engine.portLayer.removeContainer(record.id, options).catch(() => {});
    }
    throw error;
  }
}

/** How to stop. */
export interface StopOptions {
  signal: string | undefined;
  timeoutSeconds: number | undefined;
}

/** `docker stop`; `not-modified` when it does not run. */
export async function stopContainer(
  engine: Engine,
  ref: string,
  options: StopOptions,
): Promise<void> {
  const { record } = await findContainer(engine, ref);
  await stop(engine, record.id, options);
}

/** `docker restart`: also starts what was not running. */
export async function restartContainer(
  engine: Engine,
  ref: string,
  options: StopOptions,
): Promise<void> {
  const { record } = await findContainer(engine, ref);
  await stop(engine, record.id, options).catch(ignoreNotModified);
  await engine.portLayer.startContainer(record.id).catch(ignoreNotModified);
  await engine.events.emit("container", "restart", record.id, attributesOf(record));
}

/** `docker kill`. */
export async function killContainer(engine: Engine, ref: string, signal: string): Promise<void> {
  try {
    await sendSignal(engine, ref, signal);
  } catch (error) {
    const { code, message } = VicError.from(error);
    throw new VicError(code, `cannot kill container: ${ref}: ${message}`, { cause: error });
  }
}

async function sendSignal(engine: Engine, ref: string, signal: string): Promise<void> {
  const name = parseSignal(signal || "SIGKILL");
  const { record, status, isRestarting } = await findContainer(engine, ref);
  const notRunning = () => new VicError("conflict", `container ${record.id} is not running`);
  if (status !== "running" && !isRestarting) throw notRunning();
  try {
    await engine.portLayer.signalContainer(record.id, name);
  } catch (error) {
    // It ended between the two calls.
    if (VicError.from(error).code === "conflict") throw notRunning();
    throw error;
  }
}

/** `docker rename`. */
export async function renameContainer(engine: Engine, ref: string, to: string): Promise<void> {
  if (to === "") {
    throw new VicError("invalid", "Neither old nor new names may be empty");
  }
  const { record } = await findContainer(engine, ref);
  const name = newName(to);
  if (record.name === name) {
    throw new VicError("invalid", "Renaming a container with the same name as its current name");
  }
  try {
    await engine.portLayer.updateContainer(record.id, { name });
  } catch (error) {
    const holder = await nameHolder(engine, name, error);
    throw holder === undefined ? error : notAllocated(nameConflict(name, holder));
  }
}

function newName(to: string): string {
  try {
    return checkName(to.startsWith("/") ? to : `/${to}`);
  } catch (error) {
    throw notAllocated(error);
  }
}

function notAllocated(error: unknown): VicError {
  const { code, message } = VicError.from(error);
  return new VicError(code, `Error when allocating new name: ${message}`, { cause: error });
}

/** `docker rm`. */
export async function removeContainer(
  engine: Engine,
  ref: string,
  options: { force: boolean; volumes: boolean },
): Promise<void> {
  const { record, status, isPaused, isRestarting } = await findContainer(engine, ref);
  if (status === "removing") {
    throw new VicError("conflict", `removal of container ${ref} is already in progress`);
  }
  if ((status === "running" || isRestarting) && !options.force) {
    const state = isRestarting ? "restarting" : "running";
    const why = isPaused
      ? "container is paused and must be unpaused first"
      : `container is ${state}: stop the container before removing or force remove`;
    throw new VicError("conflict", `cannot remove container "/${record.name}": ${why}`);
  }
  await engine.portLayer.removeContainer(record.id, options);
}

/** `docker wait`: resolves once it is waiting; the result comes later. */
export async function waitContainer(
  engine: Engine,
  ref: string,
  condition: string,
  signal: AbortSignal,
): Promise<{ result: Promise<WaitResult> }> {
  const known: WaitCondition[] = ["not-running", "next-exit", "removed"];
  const wanted = known.find((c) => c === (condition || "not-running"));
  if (!wanted) throw new VicError("invalid", `invalid condition: "${condition}"`);
  const { record } = await findContainer(engine, ref);
  return engine.portLayer.wait(record.id, wanted, signal);
}

/** `docker container prune`: ids of what was removed, and the bytes that it had changed. */
export async function pruneContainers(
  engine: Engine,
  filters: Filters,
): Promise<{ removed: string[]; reclaimedBytes: number }> {
  const until = filters.get("until").map(parseTimestamp);
  const removed: string[] = [];
  let reclaimedBytes = 0;
  for (const container of await engine.portLayer.containers()) {
    const { status, isRestarting } = container;
    if (status === "running" || status === "removing" || isRestarting) continue;
    if (!isPrunable(container, filters, until)) continue;
    const { id } = container.record;
    try {
      const bytes = await engine.portLayer.usedBytes(id).catch(() => 0);
      await engine.portLayer.removeContainer(id, { force: false, volumes: false });
      removed.push(id);
      reclaimedBytes += bytes;
    } catch (error) {
      // Started or removed by somebody else meanwhile: not ours to prune any more.
      const { code } = VicError.from(error);
      if (code !== "conflict" && code !== "not-found") throw error;
    }
  }
  return { removed, reclaimedBytes };
}

function isPrunable(container: Container, filters: Filters, until: bigint[]): boolean {
  const { labels, createdAt } = container.record;
  if (!filters.labels(labels)) return false;
  if (filters.has("label!") && filters.labels(labels, "label!")) return false;
  const created = BigInt(Date.parse(createdAt) || 0) * 1_000_000n;
  return until.every((limit) => created < limit);
}

/** The attributes of a container's event. */
export function attributesOf(record: Container["record"]): Record<string, string> {
  return { ...record.labels, image: record.imageName, name: record.name };
}

async function stop(engine: Engine, id: string, options: StopOptions): Promise<void> {
  await engine.portLayer.stopContainer(id, {
    ...(options.signal ? { signal: parseSignal(options.signal) } : {}),
    ...(options.timeoutSeconds === undefined ? {} : { timeoutSeconds: options.timeoutSeconds }),
  });
}

function ignoreNotModified(error: unknown): void {
  if (VicError.from(error).code !== "not-modified") throw error;
}
