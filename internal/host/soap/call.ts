import type { MoRef } from "../../vim25/types.ts";
import { fault } from "../fault.ts";
import type { Transfers } from "../guest/transfers.ts";
import type { ManagedObject } from "../inventory/inventory.ts";
import type { VirtualMachine } from "../inventory/vm/virtual-machine.ts";
import type { World } from "../inventory/world.ts";
import type { PropertyCollector } from "./property-collector.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";

/** The service behind the calls. */
export interface Service {
  world: World;
  sessions: Sessions;
  /** Files that may be moved into guests and out of them. */
  transfers: Transfers;
  /** For one-time reads without a login. */
  openCollector: PropertyCollector;
}

/** One method call. */
export interface Call extends Service {
  object: ManagedObject;
  method: string;
  params: Params;
  /** Undefined only for methods that need no login. */
  session: Session | undefined;
  userAgent: string;
  /** Address of the client; "" when it is not known. */
  address: string;
  /** Ends when the client is gone. */
  signal: AbortSignal;
  /** The session that the answer's cookie is for; null: the cookie goes. */
  startSession: (session: Session | null) => void;
}

/** Parameters as the codec decoded them by the method's declared types. */
export type Params = Record<string, unknown>;

/** Does one method; what it returns is encoded by the method's declared result. */
export type Handler = (call: Call) => unknown;

/** Methods of one managed object type. */
export type Methods = Record<string, Handler>;

/** A parameter as the type it was declared with. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names that type
export function param<T>(call: Call, name: string): T {
  return call.params[name] as T;
}

/** The session of a call that needs one. */
export function sessionOf(call: Call): Session {
  if (!call.session) throw fault("NotAuthenticated", "log in first");
  return call.session;
}

/** Name of the user for events and tasks. */
export const userOf = (call: Call): string => call.session?.userName ?? "";

/** Starts a task about the object of the call. */
export function startTask(
  call: Call,
  work: (progress: (percent: number) => void, signal: AbortSignal) => Promise<unknown>,
  options: { isCancelable?: boolean } = {},
): MoRef {
  const name = call.object.properties["name"]?.();
  return call.world.tasks.start(
    {
      entity: call.object.ref,
      entityName: typeof name === "string" ? name : call.object.ref.value,
      method: call.method,
      userName: userOf(call),
      ...options,
    },
    work,
  );
}

/** {@link startTask} about a VM when the call is about something of it. */
export const startVmTask = (
  call: Call,
  vm: VirtualMachine,
  work: (progress: (percent: number) => void) => Promise<unknown>,
): MoRef => startTask({ ...call, object: vm }, work);

/** The VM that the call is about. */
export const vmOf = (call: Call): VirtualMachine => call.world.vms.get(call.object.ref);
