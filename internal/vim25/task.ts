import type { CallOptions, Client } from "./client.ts";
import { localizedError } from "./fault.ts";
import { cancelled, throwIfAborted } from "./gate.ts";
import { waitFor } from "./properties.ts";
import { taskFeed } from "./task-feed.ts";
import type { DataObject, MoRef, TaskInfo } from "./types.ts";

/** Options of {@link runTask}. */
export interface TaskOptions extends CallOptions {
  /** Percent, as the server reports it. */
  onProgress?: (percent: number) => void;
  /** True: the task goes on when the signal comes; only the wait for it ends. */
  isLeftRunning?: boolean;
}

const infoPath = "info";
/** A task that is not among the recent ones after so long is asked for by its name. */
const unseenMs = 1000;

/**
 * Calls a method that returns a task and waits for the task, without a further call (see task-feed.ts).
 * When the signal comes the task is asked to cancel (unless
 * `isLeftRunning`), and the call rejects at once.
 *
 * @example await runTask(client, vm, "PowerOnVM_Task", {}, { signal });
 */
export async function runTask<T = unknown>(
  client: Client,
  ref: MoRef,
  method: string,
  params: DataObject = {},
  options: TaskOptions = {},
): Promise<T> {
  const task = await client.call<MoRef>(ref, method, params, options);
  return (await waitTask(client, task, options)) as T;
}

/** Waits for a task: its result, or its error as a VicError. */
export async function waitTask(
  client: Client,
  task: MoRef,
  options: TaskOptions = {},
): Promise<unknown> {
  const { signal, onProgress, isLeftRunning = false } = options;
  try {
    const info = await untilOver(client, task, signal, (progress) => onProgress?.(progress));
    return resultOf(info);
  } catch (error) {
    // Whether it can still be cancelled is the server's affair; nobody waits for it any more.
    if (signal?.aborted && !isLeftRunning) client.call(task, "CancelTask").catch(() => undefined);
    throw error;
  }
}

async function untilOver(
  client: Client,
  task: MoRef,
  signal: AbortSignal | undefined,
  report: (percent: number) => void,
): Promise<TaskInfo> {
  throwIfAborted(signal);
  const { promise, resolve, reject } = Promise.withResolvers<TaskInfo>();
  let isSeen = false;
  const take = (info: TaskInfo | undefined): boolean => {
    isSeen = true;
    if (info?.progress !== undefined) report(info.progress);
    const isOver = info?.state === "success" || info?.state === "error";
    if (isOver) resolve(info);
    return isOver;
  };
  const ended = new AbortController();
  const isDone = (props: Record<string, unknown>) => take(props[infoPath] as TaskInfo | undefined);
  const byName = (): void => {
    waitFor(client, task, [infoPath], isDone, ended.signal).catch(reject);
  };
  const feed = taskFeed(client);
  const unfollow = feed?.follow(task, { take, lose: byName });
  const timer = setTimeout(
    () => {
      if (!isSeen) byName();
    },
    feed?.isProven ? unseenMs : 0,
  );
  const abort = () => reject(cancelled(signal));
  const close = () => reject(cancelled(client.signal));
  signal?.addEventListener("abort", abort, { once: true });
  client.signal.addEventListener("abort", close, { once: true });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    unfollow?.();
    ended.abort();
    signal?.removeEventListener("abort", abort);
    client.signal.removeEventListener("abort", close);
  }
}

function resultOf(info: TaskInfo): unknown {
  if (info.state === "error") {
    throw localizedError(info.error ?? { fault: { _type: "SystemError" } });
  }
  return info.result;
}
