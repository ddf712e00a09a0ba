import { faultOf } from "../../vim25/fault.ts";
import { retrieveOne } from "../../vim25/properties.ts";
import { runTask } from "../../vim25/task.ts";
import type { MoRef } from "../../vim25/types.ts";
import { type TestHost, vmSpec } from "./fakes.ts";

type Params = Record<string, unknown>;

/** The calls that most tests make. `host` is asked each time: tests begin and end hosts. */
export function callsOf(host: () => TestHost) {
  return {
    /** Makes a VM like that of {@link vmSpec}. */
    create: (name: string, more: Params = {}): Promise<MoRef> => {
      const { vmFolder, rootPool } = host().world.refs;
      const params = { config: vmSpec(name, more), pool: rootPool };
      return runTask<MoRef>(host().client, vmFolder, "CreateVM_Task", params);
    },
    /** Runs a task to its end and returns its result. */
    task: <T = unknown>(ref: MoRef, method: string, params: Params = {}): Promise<T> =>
      runTask<T>(host().client, ref, method, params),
    /** One property. */
    get: async (ref: MoRef, path: string): Promise<unknown> =>
      (await retrieveOne(host().client, ref, [path]))[path],
  };
}

/** The fault that something ends with; undefined: it succeeded, or failed otherwise. */
export async function fails(work: Promise<unknown>): Promise<ReturnType<typeof faultOf>> {
  return faultOf(
    await work.then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
}
