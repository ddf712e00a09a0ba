/** The only place where the tether starts helper programs: the reaper must know them, their statuses are Bun's. */

/** Running helpers, by pid; the promise resolves when Bun has collected the status. */
export const ownChildren = new Map<number, Promise<unknown>>();

/** A helper's standard streams: nothing, a descriptor, or text to collect. */
export type Stdio = [number | "ignore", number | "ignore" | "pipe", number | "ignore" | "pipe"];

/** A helper's end. */
export interface Finished {
  code: number;
  /** What it wrote to its standard output and error, where they were pipes. */
  output: string;
  errors: string;
}

/** Starts a program. */
export function spawn(
  argv: string[],
  stdio: Stdio,
  env?: Record<string, string>,
): { pid: number; finished: Promise<Finished> } {
  const child = Bun.spawn(argv, { stdio, ...(env === undefined ? {} : { env }) });
  const collected = child.exited.then(() => ownChildren.delete(child.pid));
  ownChildren.set(child.pid, collected);
  const text = (stream: typeof child.stdout): Promise<string> | string =>
    stream instanceof ReadableStream ? stream.text() : "";
  const texts = [text(child.stdout), text(child.stderr)] as const;
  const finished = Promise.all([child.exited, ...texts]).then(([code, output, errors]) => {
    return { code, output, errors };
  });
  return { pid: child.pid, finished };
}
