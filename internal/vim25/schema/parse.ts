/**
 * The tables of this folder are written in a small notation, close to how the WSDL reads:
 *
 *     Name < Base: field, field? type, field[] type, field?[] type
 *     enum Name: value value
 *     ManagedType
 *       Method(param type, param? type) result
 *
 * No type means string, `ref` means ManagedObjectReference, `?` optional, `[]` a list. A line that begins with a
 * space goes on from the line before. Order is the order of the elements on the wire: it matters.
 */

/** One element of a data object, one parameter of a method, or one property of a managed object. */
export interface Field {
  name: string;
  type: string;
  isOptional: boolean;
  isArray: boolean;
}

/** A data object type or a managed object type. */
export interface TypeRow {
  name: string;
  base: string | undefined;
  /** Its own fields, without those of the base. */
  own: Field[];
}

/** A method of a managed object type. */
export interface MethodRow {
  name: string;
  params: Field[];
  /** Undefined: returns nothing. */
  result: { type: string; isArray: boolean; isOptional: boolean } | undefined;
  /** True: lives in the namespace urn:internalvim25. */
  isInternal: boolean;
}

/** Reads `name?[] type`. */
function parseField(text: string): Field {
  const match = /^(\w+)(\?)?(\[\])?(?: (\w+))?$/.exec(text.trim());
  if (!match) throw new SyntaxError(`vim25 schema: bad field "${text}"`);
  return {
    name: match[1] ?? "",
    type: match[4] === "ref" ? "ManagedObjectReference" : (match[4] ?? "string"),
    isOptional: match[2] !== undefined,
    isArray: match[3] !== undefined,
  };
}

const parseFields = (text: string) =>
  text.trim() === "" ? [] : text.split(",").map((part) => parseField(part));

/** Logical lines: continuation lines joined to the line they belong to. */
function logicalLines(table: string, indent: string): string[] {
  const lines: string[] = [];
  for (const line of table.split("\n")) {
    if (line.trim() === "") continue;
    if (line.startsWith(indent) && lines.length > 0) lines.push(`${lines.pop()} ${line.trim()}`);
    else lines.push(line);
  }
  return lines;
}

/** Reads a table of data or managed object types. */
export function parseTypes(table: string): { types: TypeRow[]; enums: [string, string[]][] } {
  const types: TypeRow[] = [];
  const enums: [string, string[]][] = [];
  for (const line of logicalLines(table, " ")) {
    const match = /^(enum )?(\w+)(?: < (\w+))?(?::(.*))?$/.exec(line);
    if (!match) throw new SyntaxError(`vim25 schema: bad line "${line}"`);
    const [, isEnum, name = "", base, rest = ""] = match;
    if (isEnum) enums.push([name, rest.trim().split(/\s+/)]);
    else types.push({ name, base, own: parseFields(rest) });
  }
  return { types, enums };
}

/** Reads the table of methods. */
export function parseMethods(table: string): [string, MethodRow[]][] {
  const rows: [string, MethodRow[]][] = [];
  for (const line of logicalLines(table, "    ")) {
    if (!line.startsWith(" ")) {
      rows.push([line.trim(), []]);
      continue;
    }
    const match = /^ {2}(internal )?(\w+)\((.*)\)(?: (\w+)(\[\])?(\?)?)?$/.exec(line);
    if (!match) throw new SyntaxError(`vim25 schema: bad method "${line}"`);
    const [, internal, name = "", params = "", type, array, optional] = match;
    rows.at(-1)?.[1].push({
      name,
      params: parseFields(params),
      isInternal: internal !== undefined,
      result:
        type === undefined
          ? undefined
          : {
              type: type === "ref" ? "ManagedObjectReference" : type,
              isArray: array !== undefined,
              isOptional: optional !== undefined,
            },
    });
  }
  return rows;
}
