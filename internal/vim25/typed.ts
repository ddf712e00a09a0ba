import type { CallOptions, Client } from "./client.ts";
import { retrieveOne } from "./properties.ts";
import { runTask, type TaskOptions } from "./task.ts";
import type { MoRef } from "./types.ts";
import type {
  ClusterPowerOnVmResult,
  HostDatastoreBrowserSearchResults,
  Methods,
  Properties,
  VirtualDiskInfo,
} from "./vim.ts";

/** A method of the tables. */
export type Method = keyof Methods;
/** What a method takes. */
export type Params<M extends Method> = Methods[M]["params"];
/** What a method answers. */
export type Result<M extends Method> = Methods[M]["result"];

/** TaskInfo.result of the tasks that have one: the tables know it as anyType. */
interface TaskResults {
  CloneVM_Task: MoRef;
  CreateChildVM_Task: MoRef;
  CreateDVS_Task: MoRef;
  CreateSnapshot_Task: MoRef;
  CreateVM_Task: MoRef;
  InstantClone_Task: MoRef;
  PowerOnMultiVM_Task: ClusterPowerOnVmResult;
  /** A list by the documentation; a single disk where a server says it so. */
  QueryVirtualDiskInfo_Task: VirtualDiskInfo[] | VirtualDiskInfo;
  RegisterChildVM_Task: MoRef;
  RegisterVM_Task: MoRef;
  SearchDatastore_Task: HostDatastoreBrowserSearchResults;
  SearchDatastoreSubFolders_Task: HostDatastoreBrowserSearchResults[];
}

/** A method that starts a task. */
export type TaskMethod = Extract<Method, `${string}_Task`>;
/** What a task ends with. */
export type TaskResult<M extends TaskMethod> = M extends keyof TaskResults
  ? TaskResults[M]
  : undefined;

/**
 * {@link Client.call} with the types of the tables.
 *
 * @example const pool = await invoke(client, parent, "CreateResourcePool", { name, spec });
 */
export function invoke<M extends Method>(
  client: Client,
  self: MoRef,
  method: M,
  params: Params<M>,
  options: CallOptions = {},
): Promise<Result<M>> {
  return client.call<Result<M>>(self, method, params, options);
}

/**
 * {@link runTask} with the types of the tables.
 *
 * @example const vm = await invokeTask(client, folder, "CreateVM_Task", { config, pool }, { signal });
 */
export function invokeTask<M extends TaskMethod>(
  client: Client,
  self: MoRef,
  method: M,
  params: Params<M>,
  options: TaskOptions = {},
): Promise<TaskResult<M>> {
  return runTask<TaskResult<M>>(client, self, method, params, options);
}

/** Type of the value at a property path; unknown below a subtype or with a key in brackets. */
export type PropertyAt<T, P extends string> = P extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? PropertyAt<NonNullable<T[Head]>, Rest>
    : unknown
  : P extends keyof T
    ? NonNullable<T[P]>
    : unknown;

/** `P` when it begins with a property of `T`. */
type PathOf<T, P extends string> = P extends `${infer Head}.${string}`
  ? Head extends keyof T
    ? P
    : never
  : P extends keyof T
    ? P
    : never;

/**
 * {@link retrieveOne} with the types of the tables: `type` is the managed type that `ref` is or extends.
 *
 * @example const { runtime } = await read(client, vm, "VirtualMachine", ["runtime", "config.files"]);
 */
export async function read<T extends keyof Properties, const P extends string>(
  client: Client,
  ref: MoRef,
  type: T,
  paths: readonly (P & PathOf<Properties[T], P>)[],
  signal?: AbortSignal,
): Promise<{ [K in P]?: PropertyAt<Properties[T], K> }> {
  void type;
  const props = await retrieveOne(client, ref, paths, signal);
  return props as { [K in P]?: PropertyAt<Properties[T], K> };
}
