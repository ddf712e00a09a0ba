import { arrayType } from "./codec.ts";
import { dataFields, dataTypes, type Field, isA, managedProperty } from "./schema/schema.ts";
import { AnyValue, any } from "./types.ts";

/** One step of a property path: a field, and perhaps the key of one element of that list field. */
export interface PathStep {
  name: string;
  key: string | undefined;
}

/**
 * Splits `config.hardware.device[4000].backing` or `config.extraConfig["guestinfo.a"].value`; keys may hold dots.
 * Undefined: not a path.
 */
export function splitPath(path: string): PathStep[] | undefined {
  const steps: PathStep[] = [];
  const step = /(\w+)(?:\[(?:"((?:[^"\\]|\\.)*)"|([^\]"]*))\])?(\.|$)/y;
  for (let at = 0; at < path.length; at = step.lastIndex) {
    step.lastIndex = at;
    const match = step.exec(path);
    if (!match) return undefined;
    const quoted = match[2]?.replace(/\\(.)/g, "$1");
    steps.push({ name: match[1] ?? "", key: quoted ?? match[3] });
    if (step.lastIndex === path.length) return match[4] === "." ? undefined : steps;
  }
  return undefined;
}

const anything = { type: "anyType", isArray: false };

type Declared = { type: string; isArray: boolean } | undefined;

/** Types of paths that were asked for; clients ask for the same few of many objects. */
const declared = new Map<string, Declared>();
const declaredMax = 4096;

/**
 * Declared type of a property path of a managed object type; undefined: no such property in the tables. What is below
 * a field of an unknown type is anyType.
 */
export function propertyType(
  managedType: string,
  path: string,
): { type: string; isArray: boolean } | undefined {
  const key = `${managedType} ${path}`;
  if (declared.has(key)) return declared.get(key);
  const found = lookUp(managedType, path);
  if (declared.size >= declaredMax) declared.clear();
  declared.set(key, found);
  return found;
}

function lookUp(managedType: string, path: string): Declared {
  const steps = splitPath(path);
  if (!steps?.[0]) return undefined;
  let field: Pick<Field, "type" | "isArray"> | undefined;
  for (const [index, step] of steps.entries()) {
    const found: Field | undefined =
      index === 0
        ? managedProperty(managedType, step.name)
        : fieldBelow(field?.type ?? "", step.name);
    if (!found) return index > 0 && !dataFields(field?.type ?? "") ? anything : undefined;
    field = { type: found.type, isArray: found.isArray && step.key === undefined };
  }
  return field;
}

/** A field of a type, or of one that extends it. */
function fieldBelow(type: string, name: string): Field | undefined {
  const own = dataFields(type);
  if (!own || own.has(name)) return own?.get(name);
  const sub = dataTypes().find((row) => isA(row.name, type) && dataFields(row.name)?.has(name));
  return sub && dataFields(sub.name)?.get(name);
}

/** A property value ready for DynamicProperty.val or PropertyChange.val; `undefined` stays undefined. */
export function propertyValue(managedType: string, path: string, value: unknown): unknown {
  if (value === undefined || value === null || value instanceof AnyValue) return value ?? undefined;
  const type = propertyType(managedType, path);
  if (!type || (type.type === "anyType" && !type.isArray)) return value;
  if (type.isArray) return any(arrayType(type.type), value);
  const runtime = (value as { _type?: unknown })._type;
  return any(typeof runtime === "string" ? runtime : type.type, value);
}
