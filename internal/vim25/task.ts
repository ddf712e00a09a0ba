import type { CallOptions, Client } from "./client.ts";
import { localizedError } from "./fault.ts";
import { waitFor } from "./properties.ts";
import type { DataObject, MoRef, TaskInfo } from "./types.ts";

/** Options of {@link runTask}. */
export interface TaskOptions extends CallOptions {
  /** Percent, as the server reports it. */
  onProgress?: (percent: number) => void;
  /** True: the task goes on when the signal comes; only the wait for it ends. */
  isLeftRunning?: boolean;
}

const infoPath = "info";

/**
 * Calls a method that returns a task and waits for the task. All tasks of a client are followed by one shared watcher.
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
  const isOver = (props: Record<string, unknown>) => {
    const info = props[infoPath] as TaskInfo | undefined;
    if (info?.progress !== undefined) onProgress?.(info.progress);
    return info?.state === "success" || info?.state === "error";
  };
  try {
    const props = await waitFor(client, task, [infoPath], isOver, signal);
    return resultOf(props[infoPath] as TaskInfo);
  } catch (error) {
    // Whether it can still be cancelled is the server's affair; nobody waits for it any more.
    if (signal?.aborted && !isLeftRunning) client.call(task, "CancelTask").catch(() => undefined);
    throw error;
  }
}

function resultOf(info: TaskInfo): unknown {
  if (info.state === "error") {
    throw localizedError(info.error ?? { fault: { _type: "SystemError" } });
  }
  return info.result;
}
