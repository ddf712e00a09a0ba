import { propertyType, splitPath } from "../../vim25/property-path.ts";
import { fault } from "../fault.ts";
import type { ManagedObject } from "./inventory.ts";

/** Longest property path that is looked at, characters. */
const pathMax = 1024;

/**
 * Value of a property path such as `config.hardware.device[4000].macAddress`; undefined when it is unset. In `[...]`
 * stands the `key` of an element, bare or in quotes. A path that vim25 does not know is an InvalidProperty fault.
 */
export function readPath(object: ManagedObject, path: string): unknown {
  checkPath(object.ref.type, path);
  let value: unknown;
  for (const [index, { name, key }] of (splitPath(path) ?? []).entries()) {
    value = index === 0 ? top(object, name) : field(value, name);
    if (key !== undefined) value = element(value, key);
  }
  return value;
}

/** Throws InvalidProperty unless vim25 declares the path for this type. */
export function checkPath(type: string, path: string): void {
  if (path.length <= pathMax && propertyType(type, path) !== undefined) return;
  throw fault("InvalidProperty", `${type} has no property "${path}"`, { name: path });
}

function top(object: ManagedObject, name: string): unknown {
  return Object.hasOwn(object.properties, name) ? object.properties[name]?.() : undefined;
}

function field(value: unknown, name: string): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function element(value: unknown, key: string): unknown {
  if (!Array.isArray(value)) return undefined;
  return value.find((item: unknown) => {
    if (item === null || typeof item !== "object") return String(item) === key;
    const { key: own, value: ref } = item as { key?: unknown; value?: unknown };
    return String(own ?? ref) === key;
  });
}
