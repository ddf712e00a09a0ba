import { VicError } from "../errors/errors.ts";
import { decode, encodeValue } from "./codec.ts";
import { anyMethod, isManagedType, managedMethod, type MethodRow } from "./schema/schema.ts";
import type { DataObject, MoRef } from "./types.ts";
import { childOf, type Element, escapeXml, parseXml } from "./xml.ts";

const envelopeHead =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"' +
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">';

/** XML namespaces of methods. */
export const namespaces = { public: "urn:vim25", internal: "urn:internalvim25" } as const;

const envelope = (body: string) =>
  `${envelopeHead}<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

/** How `name` of managed object type `type` is called; types the tables do not have are looked up by method alone. */
export function findMethod(type: string, name: string): MethodRow | undefined {
  return managedMethod(type, name) ?? (isManagedType(type) ? undefined : anyMethod(name));
}

/** A method call as it came in. */
export interface Request {
  method: string;
  self: MoRef;
  params: DataObject;
  row: MethodRow;
}

/** Writes a call of a method of `self`. Throws `internal` for a method or parameter the tables do not have. */
export function encodeRequest(self: MoRef, method: string, params: DataObject): string {
  const row = findMethod(self.type, method) ?? anyMethod(method);
  if (!row) throw new VicError("internal", `vim25: no method ${method} of ${self.type}`);
  const names = new Set(row.params.map((p) => p.name));
  for (const name in params) {
    if (!names.has(name)) throw new VicError("internal", `vim25: ${method} takes no ${name}`);
  }
  const inner =
    encodeValue("_this", "ManagedObjectReference", self) +
    row.params.map((p) => encodeValue(p.name, p.type, params[p.name])).join("");
  const namespace = row.isInternal ? namespaces.internal : namespaces.public;
  return envelope(`<${method} xmlns="${namespace}">${inner}</${method}>`);
}

function bodyOf(text: string): Element {
  const root = parseXml(text);
  const body = root.name === "Envelope" ? childOf(root, "Body")?.children[0] : undefined;
  if (!body) throw new VicError("invalid", "not a SOAP envelope with a body");
  return body;
}

/**
 * Reads a call (server side). Throws a VicError `invalid` for what is no SOAP call, with `detail.fault`
 * `MethodNotFound` (and `detail.method`, `detail.receiver`) when the object has no such method.
 */
export function decodeRequest(text: string): Request {
  const body = bodyOf(text);
  const selfElement = childOf(body, "_this");
  if (!selfElement) throw new VicError("invalid", `${body.name} without _this`);
  const self = decode(selfElement, "ManagedObjectReference") as MoRef;
  const row = findMethod(self.type, body.name);
  if (!row) {
    throw new VicError("invalid", `${self.type} has no method ${body.name}`, {
      detail: { fault: "MethodNotFound", method: body.name, receiver: self },
    });
  }
  const params: DataObject = {};
  for (const param of row.params) {
    const values = body.children
      .filter((child) => child.name === param.name)
      .map((child) => decode(child, param.type));
    if (param.isArray) params[param.name] = values;
    else if (values.length > 0 && values[0] !== undefined) params[param.name] = values[0];
    else if (!param.isOptional) {
      throw new VicError("invalid", `${row.name} lacks ${param.name}`, {
        detail: { fault: "InvalidArgument", invalidProperty: param.name },
      });
    }
  }
  return { method: row.name, self, params, row };
}

/** Writes the answer to a call (server side). */
export function encodeResponse(row: MethodRow, result: unknown): string {
  const inner = row.result ? encodeValue("returnval", row.result.type, result) : "";
  return envelope(
    `<${row.name}Response xmlns="${namespaces.public}">${inner}</${row.name}Response>`,
  );
}

/** A fault as it is on the wire: the data object with its `_type`, and what it says to people. */
export interface WireFault {
  fault: DataObject & { _type: string };
  message: string;
}

/** Writes a fault (server side); send it with HTTP status 500. */
export function encodeFault({ fault, message }: WireFault): string {
  const tag = `${fault._type}Fault`;
  // Declared as anyType so that xsi:type is always written: clients rely on it.
  const detail = encodeValue(tag, "anyType", fault).replace(`<${tag}`, `<${tag} xmlns="urn:vim25"`);
  return envelope(
    "<soapenv:Fault><faultcode>ServerFaultCode</faultcode>" +
      `<faultstring>${escapeXml(message)}</faultstring><detail>${detail}</detail></soapenv:Fault>`,
  );
}

/** Reads an answer (client side): its result, or the fault. */
export function decodeResponse(
  row: MethodRow,
  text: string,
): { result: unknown } | { fault: WireFault } {
  const body = bodyOf(text);
  if (body.name === "Fault") return { fault: decodeFault(body) };
  if (body.name !== `${row.name}Response`) {
    throw new VicError("invalid", `answer to ${row.name} is a ${body.name}`);
  }
  const returned = body.children.filter((child) => child.name === "returnval");
  const type = row.result?.type ?? "anyType";
  if (row.result?.isArray) return { result: returned.map((child) => decode(child, type)) };
  return { result: returned[0] && decode(returned[0], type) };
}

function decodeFault(element: Element): WireFault {
  const detail = childOf(element, "detail")?.children[0];
  const message = childOf(element, "faultstring")?.text ?? "";
  const value = detail ? decode(detail, "anyType") : undefined;
  const fault: DataObject = typeof value === "object" && value !== null ? { ...value } : {};
  // Without xsi:type the element is named after the fault, with "Fault" behind.
  fault._type ??= detail ? detail.name.replace(/Fault$/, "") : "SystemError";
  return { fault: fault as WireFault["fault"], message };
}
