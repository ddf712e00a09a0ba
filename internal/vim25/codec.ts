import { VicError } from "../errors/errors.ts";
import { dataFields, enumValues, type Field, isA } from "./schema/schema.ts";
import { AnyValue, type DataObject, isMoRef, type MoRef } from "./types.ts";
import { type Element, escapeXml, isNil, typeAttribute } from "./xml.ts";

const numbers = new Set(["int", "long", "short", "byte", "double", "float"]);
const texts = new Set(["string", "dateTime", "base64Binary", "anyURI"]);
const xsd = new Set([...numbers, ...texts, "boolean"]);
const arrayPrefix = "ArrayOf";

/** Name of the list type of `type`: `ArrayOfString`, `ArrayOfVirtualDevice`. */
export function arrayType(type: string): string {
  return arrayPrefix + type.charAt(0).toUpperCase() + type.slice(1);
}

/** Type of the elements of a list type; undefined when `type` is none. */
function elementType(type: string): string | undefined {
  if (!type.startsWith(arrayPrefix) || dataFields(type)) return undefined;
  const name = type.slice(arrayPrefix.length);
  const lower = name.charAt(0).toLowerCase() + name.slice(1);
  return xsd.has(lower) || lower === "anyType" ? lower : name;
}

/**
 * Writes `value` as one element `tag` (a list: one element each), with xsi:type where the value's type is not the
 * declared one. Nothing for undefined and null.
 *
 * @example encodeValue("device", "VirtualDevice", { _type: "VirtualDisk", key: -1 })
 *   // <device xsi:type="VirtualDisk"><key>-1</key></device>
 */
export function encodeValue(tag: string, declared: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (value instanceof AnyValue)
    return encodeAs(tag, value.type, value.value, declared !== value.type);
  if (Array.isArray(value)) {
    if (elementType(declared)) return encodeAs(tag, declared, value, false);
    if (declared === "anyType") return encodeAs(tag, inferList(tag, value), value, true);
    return value.map((item) => encodeValue(tag, declared, item)).join("");
  }
  const runtime = (value as DataObject)._type;
  if (typeof runtime === "string") return encodeAs(tag, runtime, value, runtime !== declared);
  if (declared === "anyType") return encodeAs(tag, inferType(tag, value), value, true);
  return encodeAs(tag, declared, value, false);
}

function encodeAs(tag: string, type: string, value: unknown, isTyped: boolean): string {
  if (value === undefined || value === null) return "";
  const attribute = isTyped ? ` xsi:type="${xsd.has(type) ? "xsd:" : ""}${escapeXml(type)}"` : "";
  const item = elementType(type);
  if (item !== undefined && Array.isArray(value)) {
    const inner = value.map((v) => encodeValue(item, item, v)).join("");
    return `<${tag}${attribute}>${inner}</${tag}>`;
  }
  if (typeof value !== "object" && dataFields(type)) {
    throw new VicError("internal", `vim25: ${tag} takes a ${type}, not ${typeof value}`);
  }
  if (typeof value !== "object") return `<${tag}${attribute}>${encodeText(type, value)}</${tag}>`;
  if (value instanceof Date) return `<${tag}${attribute}>${value.toISOString()}</${tag}>`;
  if (type === "ManagedObjectReference" || (isMoRef(value) && !dataFields(type))) {
    const ref = value as MoRef;
    return `<${tag} type="${escapeXml(ref.type)}"${attribute}>${escapeXml(ref.value)}</${tag}>`;
  }
  if (xsd.has(type)) throw new VicError("internal", `vim25: ${tag} takes ${type}, not an object`);
  return `<${tag}${attribute}>${encodeFields(tag, type, value as DataObject)}</${tag}>`;
}

function encodeText(type: string, value: unknown): string {
  if (numbers.has(type) && (typeof value !== "number" || Number.isNaN(value))) {
    throw new VicError("internal", `vim25: ${String(value)} is no ${type}`);
  }
  return escapeXml(String(value));
}

function encodeFields(tag: string, type: string, value: DataObject): string {
  const fields = dataFields(type);
  if (!fields) {
    return Object.entries(value)
      .filter(([name]) => name !== "_type")
      .map(([name, v]) => encodeGeneric(name, v))
      .join("");
  }
  for (const name in value) {
    if (name !== "_type" && value[name] !== undefined && !fields.has(name)) {
      throw new VicError("internal", `vim25: ${type} (in ${tag}) has no field ${name}`);
    }
  }
  let xml = "";
  for (const field of fields.values())
    xml += encodeValue(field.name, field.type, value[field.name]);
  return xml;
}

/** A field of a type the tables do not have: written by the look of it. */
function encodeGeneric(tag: string, value: unknown): string {
  if (!/^[A-Za-z][\w.-]*$/.test(tag)) throw new VicError("internal", `vim25: bad name ${tag}`);
  if (Array.isArray(value)) return value.map((item) => encodeGeneric(tag, item)).join("");
  return encodeValue(tag, isMoRef(value) ? "ManagedObjectReference" : "unknown", value);
}

function inferType(tag: string, value: unknown): string {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") {
    if (!Number.isInteger(value)) return "double";
    return value >= -(2 ** 31) && value < 2 ** 31 ? "int" : "long";
  }
  if (value instanceof Date) return "dateTime";
  if (isMoRef(value)) return "ManagedObjectReference";
  throw new VicError("internal", `vim25: ${tag} needs _type or any(): only anyType is declared`);
}

function inferList(tag: string, values: unknown[]): string {
  const first = values[0];
  if (typeof first === "string" || isMoRef(first)) return arrayType(inferType(tag, first));
  throw new VicError("internal", `vim25: ${tag} needs any("ArrayOf...", list)`);
}

/**
 * Reads an element of a declared type into plain values: data objects as objects (with `_type` where xsi:type was
 * given), lists as arrays, references as {@link MoRef}, numbers, booleans, everything else as text. Types the tables do
 * not have are kept by the look of them; unknown fields of known types are left out. A type that does not fit the
 * declared one is a VicError `invalid`.
 */
export function decode(element: Element, declared: string): unknown {
  if (isNil(element)) return undefined;
  const runtime = typeAttribute(element);
  const declaredFields = dataFields(declared);
  if (declaredFields) return decodeData(element, declared, declaredFields, runtime);
  const type = isClosed(declared) ? declared : (runtime ?? declared);
  const item = elementType(type);
  if (item !== undefined) return element.children.map((child) => decode(child, item));
  if (numbers.has(type)) return decodeNumber(element, type);
  if (type === "boolean") return decodeBoolean(element);
  if (type === "ManagedObjectReference") return decodeRef(element);
  if (texts.has(type) || enumValues(type)) return element.text;
  const fields = dataFields(type);
  return fields ? decodeFields(element, fields, runtime) : decodeGeneric(element, runtime);
}

/** Types nothing extends: xsi:type cannot change them. */
function isClosed(type: string): boolean {
  return (
    xsd.has(type) ||
    type === "ManagedObjectReference" ||
    enumValues(type) !== undefined ||
    elementType(type) !== undefined
  );
}

function decodeData(
  element: Element,
  declared: string,
  declaredFields: ReadonlyMap<string, Field>,
  runtime: string | undefined,
): DataObject {
  if (runtime === undefined) return decodeFields(element, declaredFields, undefined);
  const fields = dataFields(runtime);
  if (fields ? isA(runtime, declared) : !isClosed(runtime)) {
    return decodeFields(element, fields ?? declaredFields, runtime, fields === undefined);
  }
  throw new VicError("invalid", `<${element.name}> takes a ${declared}, not a ${runtime}`, {
    detail: { fault: "InvalidType" },
  });
}

function decodeFields(
  element: Element,
  fields: ReadonlyMap<string, Field>,
  runtime: string | undefined,
  isOpen = false,
): DataObject {
  const object: DataObject = runtime === undefined ? {} : { _type: runtime };
  for (const child of element.children) {
    const field = fields.get(child.name);
    if (field) {
      const value = decode(child, field.type);
      if (value === undefined) continue;
      if (!field.isArray) object[field.name] = value;
      else ((object[field.name] ??= []) as unknown[]).push(value);
    } else if (isOpen) {
      addGeneric(object, child);
    }
  }
  return object;
}

/** Adds a field nothing is known about: a list when it comes more than once. */
function addGeneric(object: DataObject, child: Element): void {
  const { name } = child;
  if (name.startsWith("_")) return; // neither _type nor __proto__ comes from the wire
  const value = decode(child, "anyType");
  if (!Object.hasOwn(object, name)) object[name] = value;
  else if (Array.isArray(object[name])) object[name].push(value);
  else object[name] = [object[name], value];
}

function decodeGeneric(element: Element, runtime: string | undefined): unknown {
  const { children, attributes, text } = element;
  if (children.length === 0) {
    if (attributes["type"] !== undefined) return decodeRef(element);
    if (runtime === undefined || text.trim() !== "") return text;
  }
  const object: DataObject = runtime === undefined ? {} : { _type: runtime };
  for (const child of children) addGeneric(object, child);
  return object;
}

/** Largest magnitudes of whole numbers; a long's is as near as a number gets. */
const wholeMax: Record<string, number> = {
  byte: 2 ** 7,
  short: 2 ** 15,
  int: 2 ** 31,
  long: 2 ** 63,
};

const isWhole = (value: number, max: number) =>
  Number.isInteger(value) && value >= -max && (value < max || max === 2 ** 63) && value <= max;

function decodeNumber(element: Element, type: string): number {
  const text = element.text.trim();
  const special: Record<string, number> = { INF: Infinity, "-INF": -Infinity };
  const value = text === "" ? Number.NaN : (special[text] ?? Number(text));
  const max = wholeMax[type];
  const isRight = max === undefined ? !Number.isNaN(value) || text === "NaN" : isWhole(value, max);
  if (!isRight) {
    throw new VicError("invalid", `<${element.name}> is no ${type}: "${text.slice(0, 40)}"`);
  }
  return value;
}

function decodeBoolean(element: Element): boolean {
  const text = element.text.trim();
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw new VicError("invalid", `<${element.name}> is no boolean: "${text.slice(0, 40)}"`);
}

function decodeRef(element: Element): MoRef {
  return { type: element.attributes["type"] ?? "", value: element.text.trim() };
}
