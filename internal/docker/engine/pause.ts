/** `docker pause`, `docker unpause` and `docker top`: what is done with the processes of a running container. */
import { VicError } from "../../errors/errors.ts";
import type { Engine } from "./engine.ts";
import { attributesOf } from "./lifecycle.ts";
import { checkNotRestarting, findContainer } from "./lookup.ts";

const defaultPsArgs = "-ef";

/** Holds all processes, or lets them go on. */
export async function pauseContainer(
  engine: Engine,
  ref: string,
  isPaused: boolean,
): Promise<void> {
  const container = await findContainer(engine, ref);
  const { record, status, isPaused: isPausedNow } = container;
  if (isPaused) checkNotRestarting(container);
  if (isPaused && status !== "running") {
    throw new VicError("conflict", `container ${record.id} is not running`);
  }
  if (isPaused === isPausedNow || status !== "running") {
    const state = isPaused ? "already paused" : "not paused";
    throw new VicError("conflict", `Container ${record.id} is ${state}`);
  }
  await engine.portLayer.pauseContainer(record.id, isPaused);
}

/** What `docker top` answers. */
export async function topContainer(
  engine: Engine,
  ref: string,
  psArgs: string,
  signal: AbortSignal,
): Promise<{ Titles: string[]; Processes: string[][] }> {
  const container = await findContainer(engine, ref);
  const { record, status } = container;
  checkNotRestarting(container);
  if (status !== "running") {
    throw new VicError("conflict", `container ${record.id} is not running`);
  }
  const args = (psArgs || defaultPsArgs).split(/\s+/).filter((arg) => arg !== "");
  // A column of another kind under this title would let processes of the VM itself through.
  const renamed = /[\s,]([^\s,]*)=\s*(PID[^\s]*)/i.exec(` ${psArgs}`);
  if (renamed && renamed[1]!.toLowerCase() !== "pid") {
    throw new VicError("invalid", `specifying "${renamed[0].trim()}" is not allowed`);
  }
  const { titles, processes } = await engine.portLayer
    .processes(record.id, args, signal)
    .catch((error: unknown) => {
      // The first line says why; what follows is how ps is used.
      const { code, message } = VicError.from(error);
      throw new VicError(code, message.split("\n", 1)[0]!, { cause: error });
    });
  await engine.events.emit("container", "top", record.id, attributesOf(record));
  return { Titles: titles, Processes: processes };
}
