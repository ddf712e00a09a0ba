import { accessTypes } from "./access.ts";
import { clusterTypes } from "./cluster.ts";
import { coreTypes } from "./core.ts";
import { deviceTypes } from "./device.ts";
import { dvsTypes } from "./dvs.ts";
import { eventTypes } from "./event.ts";
import { faultTypes } from "./fault.ts";
import { hostTypes } from "./host.ts";
import { manageTypes } from "./manage.ts";
import { methodTypes } from "./methods.ts";
import { networkTypes } from "./network.ts";
import { type Field, type MethodRow, parseMethods, parseTypes, type TypeRow } from "./parse.ts";
import { managedTypes } from "./properties.ts";
import { storageTypes } from "./storage.ts";
import { vmConfigTypes } from "./vm-config.ts";
import { vmStateTypes } from "./vm-state.ts";

export type { Field, MethodRow };

const dataRows = new Map<string, TypeRow>();
const enumRows = new Map<string, readonly string[]>();
const managedRows = new Map<string, TypeRow>();
const methodRows = new Map<string, Map<string, MethodRow>>();
const methodsByName = new Map<string, MethodRow>();

for (const table of [
  accessTypes,
  coreTypes,
  vmConfigTypes,
  deviceTypes,
  vmStateTypes,
  clusterTypes,
  hostTypes,
  networkTypes,
  storageTypes,
  dvsTypes,
  eventTypes,
  faultTypes,
  manageTypes,
]) {
  const { types, enums } = parseTypes(table);
  for (const row of types) dataRows.set(row.name, row);
  for (const [name, values] of enums) enumRows.set(name, values);
}
for (const row of parseTypes(managedTypes).types) managedRows.set(row.name, row);
for (const [managed, rows] of parseMethods(methodTypes)) {
  methodRows.set(managed, new Map(rows.map((row) => [row.name, row])));
  for (const row of rows) methodsByName.set(row.name, row);
}

const fieldsOf = new Map<string, ReadonlyMap<string, Field>>();

/** All fields of a data object type in wire order, those of its base first; undefined: not in the tables. */
export function dataFields(type: string): ReadonlyMap<string, Field> | undefined {
  const known = fieldsOf.get(type);
  if (known) return known;
  const row = dataRows.get(type);
  if (!row) return undefined;
  const fields = new Map(row.base === undefined ? [] : dataFields(row.base));
  for (const field of row.own) fields.set(field.name, field);
  fieldsOf.set(type, fields);
  return fields;
}

/** Values of an enumeration; undefined when `type` is none. */
export function enumValues(type: string): readonly string[] | undefined {
  return enumRows.get(type);
}

/** The base of a data or managed object type. */
export function baseOf(type: string): string | undefined {
  return (dataRows.get(type) ?? managedRows.get(type))?.base;
}

/**
 * Whether `type` is `base` or extends it; works for data objects, faults, events and managed objects.
 *
 * @example isA("VirtualVmxnet3", "VirtualEthernetCard") // true
 */
export function isA(type: string | undefined, base: string): boolean {
  for (let t = type; t !== undefined; t = baseOf(t)) if (t === base) return true;
  return false;
}

/** Whether the tables have properties or methods for this managed object type. */
export function isManagedType(type: string): boolean {
  return managedRows.has(type) || methodRows.has(type);
}

/** All properties of a managed object type, those of its base first; undefined: not in the tables. */
export function managedProperties(type: string): Field[] | undefined {
  const row = managedRows.get(type);
  if (!row) return undefined;
  const inherited = row.base === undefined ? [] : (managedProperties(row.base) ?? []);
  return [...inherited, ...row.own];
}

/** The declared type of a property of a managed object by its first path segment. */
export function managedProperty(type: string, name: string): Field | undefined {
  for (let t: string | undefined = type; t !== undefined; t = managedRows.get(t)?.base) {
    const field = managedRows.get(t)?.own.find((f) => f.name === name);
    if (field) return field;
  }
  return undefined;
}

/** Bases that have methods but no properties. */
const methodBase: Record<string, string> = { ManagedObjectView: "View" };

/** The method as `type` or a base of it declares it. */
export function managedMethod(type: string, name: string): MethodRow | undefined {
  for (let t: string | undefined = type; t !== undefined;) {
    const row = methodRows.get(t)?.get(name);
    if (row) return row;
    t = managedRows.get(t)?.base ?? methodBase[t];
  }
  return undefined;
}

/** A method by name alone, for managed object types that are not in the tables. */
export function anyMethod(name: string): MethodRow | undefined {
  return methodsByName.get(name);
}

/** All data object types, by name. */
export const dataTypes = (): TypeRow[] => byName([...dataRows.values()]);

/** All enumerations with their values. */
export const enumTypes = (): ReadonlyMap<string, readonly string[]> => enumRows;

/** All managed object types, each with all its properties. */
export const managedTypesOf = (): { name: string; own: Field[] }[] =>
  byName([...managedRows.values()]).map(({ name }) => {
    const fields = new Map((managedProperties(name) ?? []).map((field) => [field.name, field]));
    return { name, own: [...fields.values()] };
  });

/** All methods, by name; types that have one of the same name have it in different ways. */
export function allMethods(): [string, MethodRow[]][] {
  const all = new Map<string, MethodRow[]>();
  for (const rows of methodRows.values()) {
    for (const row of rows.values()) all.set(row.name, [...(all.get(row.name) ?? []), row]);
  }
  return [...all].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const byName = <T extends { name: string }>(rows: T[]): T[] =>
  rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));
