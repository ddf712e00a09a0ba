import { VicError } from "../errors/errors.ts";
import type { Client } from "./client.ts";
import { faultOf, localizedError } from "./fault.ts";
import { cancelled, throwIfAborted } from "./gate.ts";
import { isA } from "./schema/schema.ts";
import { objectsSpec } from "./specs.ts";
import {
  type DataObject,
  type LocalizedMethodFault,
  type MoRef,
  refKey,
  sameRef,
} from "./types.ts";
import { PropertyWatcher } from "./watcher.ts";

export { PropertyWatcher };

/** An object with the properties asked for; a property it does not have is absent. */
export interface ObjectProps {
  ref: MoRef;
  props: Record<string, unknown>;
}

interface ObjectContent {
  obj: MoRef;
  propSet?: { name: string; val: unknown }[];
  missingSet?: { path: string; fault: LocalizedMethodFault }[];
}

interface RetrieveResult {
  token?: string;
  objects?: ObjectContent[];
}

/** Objects in one answer; more come by token. */
const pageObjectsMax = 500;

/** Runs a PropertyFilterSpec once, all pages. */
export function retrieveSpec(
  client: Client,
  spec: DataObject,
  signal?: AbortSignal,
): Promise<ObjectProps[]> {
  return client.withSession(() => retrievePages(client, spec, signal), signal);
}

async function retrievePages(
  client: Client,
  spec: DataObject,
  signal?: AbortSignal,
): Promise<ObjectProps[]> {
  const collector = client.content.propertyCollector;
  const found: ObjectProps[] = [];
  let page = await client.call<RetrieveResult | undefined>(
    collector,
    "RetrievePropertiesEx",
    { specSet: [spec], options: { maxObjects: pageObjectsMax } },
    { signal },
  );
  for (;;) {
    for (const object of page?.objects ?? []) {
      refuseUnauthenticated(object);
      const props = Object.fromEntries((object.propSet ?? []).map((p) => [p.name, p.val]));
      found.push({ ref: object.obj, props });
    }
    if (page?.token === undefined) return found;
    const { token } = page;
    const next = client.call<RetrieveResult>(
      collector,
      "ContinueRetrievePropertiesEx",
      { token },
      { signal },
    );
    page = await next.catch((error: unknown) => {
      // The rest is of no use any more: the server need not keep it.
      client.call(collector, "CancelRetrievePropertiesEx", { token }).catch(() => undefined);
      throw error;
    });
  }
}

/** Without a session a collector answers all the same, with nothing in it. */
function refuseUnauthenticated({ missingSet }: ObjectContent): void {
  for (const { fault } of missingSet ?? []) {
    if (isA(fault.fault._type, "NotAuthenticated")) throw localizedError(fault);
  }
}

/**
 * Reads properties of objects. Of several objects those that are gone are left out; a single one that is gone is
 * `not-found`.
 *
 * @example const [vm] = await retrieve(client, [ref], ["name", "runtime.powerState"]);
 */
export async function retrieve(
  client: Client,
  refs: readonly MoRef[],
  paths: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<ObjectProps[]> {
  let wanted = [...refs];
  while (wanted.length > 0) {
    try {
      return await retrieveSpec(client, objectsSpec(wanted, paths), signal);
    } catch (error) {
      const gone = faultOf(error) === "ManagedObjectNotFound" ? goneRef(error) : undefined;
      const rest = wanted.filter((ref) => !sameRef(ref, gone));
      if (refs.length === 1 || rest.length === wanted.length) throw error;
      wanted = rest;
    }
  }
  return [];
}

function goneRef(error: unknown): MoRef | undefined {
  if (!(error instanceof VicError)) return undefined;
  return (error.detail["data"] as { obj?: MoRef } | undefined)?.obj;
}

/** Properties of one object. */
export async function retrieveOne(
  client: Client,
  ref: MoRef,
  paths: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<Record<string, unknown>> {
  const [found] = await retrieve(client, [ref], paths, signal);
  if (!found) throw new VicError("not-found", `${refKey(ref)} is not there`);
  return found.props;
}

const watchers = new WeakMap<Client, PropertyWatcher>();

/** The watcher all users of a client share; it ends with the client. */
export function sharedWatcher(client: Client): PropertyWatcher {
  let watcher = watchers.get(client);
  if (!watcher) watchers.set(client, (watcher = new PropertyWatcher(client)));
  return watcher;
}

/**
 * Waits until `predicate` says true of an object's properties, and returns them. Rejects when the object goes away,
 * the predicate throws, or the signal comes.
 *
 * @example await waitFor(client, vm, ["runtime.powerState"], (p) => p["runtime.powerState"] === "poweredOff");
 */
export async function waitFor(
  client: Client,
  ref: MoRef,
  paths: readonly string[],
  predicate: (props: Record<string, unknown>) => boolean,
  signal?: AbortSignal,
): Promise<Record<string, unknown>> {
  throwIfAborted(signal);
  const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>>();
  const subscription = sharedWatcher(client).watch(objectsSpec([ref], paths), (changes) => {
    for (const change of changes) {
      if (change.kind === "leave") {
        reject(new VicError("not-found", `${refKey(ref)} is gone`));
        return;
      }
      try {
        if (predicate(change.props)) resolve(change.props);
      } catch (error) {
        reject(error);
      }
    }
  });
  subscription.ended.catch(reject);
  const abort = () => reject(cancelled(signal));
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await promise;
  } finally {
    signal?.removeEventListener("abort", abort);
    subscription.close();
  }
}
