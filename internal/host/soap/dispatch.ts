import { VicError } from "../../errors/errors.ts";
import { decodeRequest, encodeFault, encodeResponse } from "../../vim25/soap.ts";
import { fault, faultOf } from "../fault.ts";
import { notFound } from "../inventory/inventory.ts";
import { refs } from "../inventory/refs.ts";
import { methodFault } from "../inventory/tasks.ts";
import { assertAllowed, visibleResult } from "./allow.ts";
import type { Call, Service } from "./call.ts";
import { checkRequest } from "./limits.ts";
import { findHandler } from "./methods.ts";
import type { Session } from "./session.ts";

/** Methods that need no login. */
const open = new Set([
  "RetrieveServiceContent",
  "CurrentTime",
  "Login",
  "LoginByToken",
  "LoginExtensionByCertificate",
  "CloneSession",
]);
/** Types whose properties may be read without a login: how clients look around before they log in. */
const openTypes = new Set(["ServiceInstance", "SessionManager"]);

/** What goes back to the client. */
export interface Answer {
  status: 200 | 500 | 503;
  xml: string;
  /** A session began, or (null) ended. */
  session?: Session | null;
}

/** Decodes a SOAP call, does it and encodes the answer or the fault. */
export async function dispatch(
  service: Service,
  text: string,
  from: {
    session: Session | undefined;
    userAgent: string;
    address: string;
    signal: AbortSignal;
  },
): Promise<Answer> {
  let started: Session | null | undefined;
  try {
    checkRequest(text, from.session !== undefined);
    const { method, self, params, row } = decodeRequest(text);
    const call: Omit<Call, "object"> = {
      ...service,
      ...from,
      method,
      params,
      startSession: (session) => {
        started = session;
      },
    };
    if (from.session) from.session.callCount++;
    else if (!open.has(method) && !isOpenRead(method, params)) {
      throw fault("NotAuthenticated", "the session is not authenticated: log in first", {
        object: self,
        privilegeId: "System.View",
      });
    }
    const object =
      from.session?.find(self) ??
      service.world.inventory.find(self) ??
      openObject(service, self.value);
    if (!object || object.ref.type !== self.type) throw notFound(self);
    const whole: Call = { ...call, object };
    const handler = findHandler(self.type, method);
    if (!handler) throw fault("NotSupported", `vic-host has no ${self.type}.${method}`);
    assertAllowed(whole);
    assertEnabled(service, self, method);
    const result = await handler(whole);
    const xml = encodeResponse(row, visibleResult(whole, result));
    return { status: 200, xml, ...(started === undefined ? {} : { session: started }) };
  } catch (error) {
    return faultAnswer(error);
  }
}

/** The answer that tells of an error. */
export function faultAnswer(error: unknown): Answer {
  return { status: 500, xml: faultXml(error) };
}

function isOpenRead(method: string, params: Record<string, unknown>): boolean {
  if (!["RetrieveProperties", "RetrievePropertiesEx"].includes(method)) return false;
  const specs = params["specSet"] as { objectSet?: { obj?: { type?: string } }[] }[];
  return specs.every((spec) =>
    spec.objectSet?.every((o) => openTypes.has(o.obj?.type ?? "") && isPlain(o)),
  );
}

const isPlain = (spec: object): boolean => !("selectSet" in spec);

/** A collector for those who are not logged in, to read what is open. */
function openObject(service: Service, value: string) {
  return value === refs.propertyCollector.value ? service.openCollector : undefined;
}

function assertEnabled(service: Service, self: { type: string; value: string }, method: string) {
  if (self.type !== "VirtualMachine") return;
  const { disabledMethods } = service.world.vms.get(self).record;
  if (!Object.hasOwn(disabledMethods, method)) return;
  const source = disabledMethods[method];
  throw fault("MethodDisabled", `${method} is disabled by ${source}`, { source });
}

function faultXml(error: unknown): string {
  const detail = faultOf(decodingFault(error));
  const encode = (name: string, properties: Record<string, unknown>) =>
    encodeFault({
      fault: methodFault({ fault: name, properties }),
      message: detail.message,
    });
  try {
    return encode(detail.fault, detail.properties);
  } catch {
    // A fault that cannot be written must not become no answer at all.
    return encode("SystemError", { reason: detail.message });
  }
}

/** The codec tells its faults with their fields beside the name. */
function decodingFault(error: unknown): unknown {
  if (!(error instanceof VicError) || error.detail["properties"] !== undefined) return error;
  const { fault: name, ...properties } = error.detail;
  if (name === undefined && error.code === "invalid") {
    return fault("InvalidRequest", error.message);
  }
  return typeof name === "string" ? fault(name, error.message, properties) : error;
}
