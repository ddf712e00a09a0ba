/** Writes vim.ts, the tables as TypeScript types: `bun internal/vim25/schema/generate.ts`. */
import { join } from "node:path";
import { allMethods, dataTypes, enumTypes, managedTypesOf, type Field } from "./schema.ts";

/** Where {@link generatedTypes} lies. */
export const generatedPath = join(import.meta.dir, "../vim.ts");

const head = `/**
 * The types of the vSphere API as far as the tables have them. Made by schema/generate.ts: change the tables, then run
 * it. Long because every type is here.
 *
 * A type that others extend has an \`Any\` type with all of them, told apart by \`_type\`. Lists in data objects may be
 * absent when empty. What is anyType, or of a type that is not in the tables, is unknown.
 */
import type { MoRef } from "./types.ts";

type Sub<T extends { _type?: string }> = T & { _type: NonNullable<T["_type"]> };
`;

const plain: Record<string, string> = {
  ManagedObjectReference: "MoRef",
  anyType: "unknown",
  base64Binary: "string",
  dateTime: "string",
  anyURI: "string",
  string: "string",
  boolean: "boolean",
};
for (const number of ["int", "long", "short", "byte", "double", "float"]) plain[number] = "number";

/** The tables as the text of a TypeScript module. */
export function generatedTypes(): string {
  const data = dataTypes();
  const enums = enumTypes();
  const names = new Set(data.map((row) => row.name));
  const subtypes = new Map<string, string[]>();
  const baseOf = new Map(data.map((row) => [row.name, row.base]));
  for (const { name } of data) {
    for (let base = baseOf.get(name); base !== undefined; base = baseOf.get(base)) {
      subtypes.set(base, [...(subtypes.get(base) ?? []), name]);
    }
  }
  const typeOf = (type: string) => {
    if (plain[type] !== undefined) return plain[type];
    if (enums.has(type)) return type;
    if (!names.has(type)) return "unknown";
    return subtypes.has(type) ? `Any${type}` : type;
  };
  const member = ({ name, type, isArray, isOptional }: Field, isListAbsent: boolean) => {
    const mark = isOptional || (isArray && isListAbsent) ? "?" : "";
    const ts = `${typeOf(type)}${isArray ? "[]" : ""}`;
    return `${name}${mark}: ${ts}${mark && ts !== "unknown" ? " | undefined" : ""};`;
  };
  const body = (fields: Field[], isListAbsent = true) =>
    fields.map((field) => member(field, isListAbsent)).join(" ");

  const record = (members: string) => (members === "" ? "Record<string, never>" : `{ ${members} }`);

  const text = [head];
  for (const [name, values] of [...enums].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    text.push(
      `/** vim25 ${name}. */\nexport type ${name} = ${values.map((v) => `"${v}"`).join(" | ")};`,
    );
  }
  for (const { name, base, own } of data) {
    const known = base !== undefined && names.has(base) ? ` extends Omit<${base}, "_type">` : "";
    text.push(
      `/** vim25 ${name}. */\nexport interface ${name}${known} { _type?: "${name}"; ${body(own)} }`,
    );
    const subs = subtypes.get(name);
    if (!subs) continue;
    const members = [name, ...subs.map((sub) => `Sub<${sub}>`)].join(" | ");
    text.push(
      `/** {@link ${name}} or a type that extends it. */\nexport type Any${name} = ${members};`,
    );
  }
  text.push("/** Properties of managed objects, by type. */\nexport interface Properties {");
  for (const { name, own } of managedTypesOf()) text.push(`${name}: ${record(body(own))};`);
  text.push("}\n/** Parameters and results of methods, by name. */\nexport interface Methods {");
  for (const [name, rows] of allMethods()) {
    const params = [...new Set(rows.map((row) => record(body(row.params, false))))].join(" | ");
    const results = new Set(
      rows.map(({ result }) => {
        if (!result) return "undefined";
        const ts = `${typeOf(result.type)}${result.isArray ? "[]" : ""}`;
        return result.isOptional ? `${ts} | undefined` : ts;
      }),
    );
    text.push(`${name}: { params: ${params}; result: ${[...results].join(" | ")} };`);
  }
  text.push("}");
  return `${text.join("\n")}\n`;
}

if (import.meta.main) {
  await Bun.write(generatedPath, generatedTypes());
  await Bun.spawn([process.execPath, "fmt", generatedPath], { stdout: "ignore" }).exited;
}
