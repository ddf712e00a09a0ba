/** Typed reading of a request's JSON, the way Go's decoder sees it: null is absent, a wrong type is a 400. */
import { VicError } from "../../errors/errors.ts";

/** A larger request body is refused. */
export const bodyMaxBytes = 4 * 1024 * 1024;

/** One JSON object of a request. */
export class Fields {
  readonly json: Record<string, unknown>;
  readonly #name: string;
  /** By lower case; made when a key is not there as it is written. */
  #keys: Map<string, string> | undefined;

  constructor(json: Record<string, unknown>, name = "") {
    this.json = json;
    this.#name = name;
  }

  /** The value as an object; `name` is for error texts. */
  static of(value: unknown, name = ""): Fields {
    if (value === undefined || value === null) return new Fields({}, name);
    if (typeof value !== "object" || Array.isArray(value)) throw bad(name, "an object");
    return new Fields(value as Record<string, unknown>, name);
  }

  has(key: string): boolean {
    const value = this.value(key);
    return value !== undefined && value !== null;
  }

  /** What was given, unchecked. Go's decoder takes a key in any case where there is none as it is written. */
  value(key: string): unknown {
    if (Object.hasOwn(this.json, key)) return this.json[key];
    this.#keys ??= new Map(Object.keys(this.json).map((name) => [name.toLowerCase(), name]));
    const given = this.#keys.get(key.toLowerCase());
    return given === undefined ? undefined : this.json[given];
  }

  object(key: string): Fields {
    return Fields.of(this.value(key), this.#path(key));
  }

  string(key: string, fallback = ""): string {
    const value = this.value(key) ?? fallback;
    if (typeof value !== "string") throw bad(this.#path(key), "a string");
    return value;
  }

  bool(key: string, fallback = false): boolean {
    const value = this.value(key) ?? fallback;
    if (typeof value !== "boolean") throw bad(this.#path(key), "true or false");
    return value;
  }

  int(key: string, fallback = 0): number {
    const value = this.value(key) ?? fallback;
    if (!Number.isSafeInteger(value)) throw bad(this.#path(key), "an integer");
    return value as number;
  }

  strings(key: string): string[] {
    const value = this.value(key) ?? [];
    if (!Array.isArray(value) || !value.every((v) => typeof v === "string")) {
      throw bad(this.#path(key), "a list of strings");
    }
    return value;
  }

  /** Docker's StrSlice: a list of strings, or one string; undefined when absent. */
  words(key: string): string[] | undefined {
    const value = this.value(key);
    if (value === undefined || value === null) return undefined;
    return typeof value === "string" ? [value] : this.strings(key);
  }

  list(key: string): Fields[] {
    const value = this.value(key) ?? [];
    if (!Array.isArray(value)) throw bad(this.#path(key), "a list");
    return value.map((item, i) => Fields.of(item, `${this.#path(key)}[${i}]`));
  }

  stringMap(key: string): Record<string, string> {
    const map = this.object(key);
    for (const name of Object.keys(map.json)) map.string(name);
    return map.json as Record<string, string>;
  }

  #path(key: string): string {
    return this.#name === "" ? key : `${this.#name}.${key}`;
  }
}

function bad(name: string, wanted: string): VicError {
  return new VicError("invalid", `invalid JSON: ${name || "the body"} must be ${wanted}`);
}

/** The request's body as an object; an empty body is an empty object. */
export async function readBody(request: Request): Promise<Fields> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > bodyMaxBytes) throw new VicError("invalid", "the request body is too large");
    parts.push(chunk);
  }
  const text = Buffer.concat(parts).toString();
  if (text.trim() === "") return new Fields({});
  checkContentType(request.headers.get("Content-Type"));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new VicError("invalid", `invalid JSON: ${(error as Error).message}`, { cause: error });
  }
  return Fields.of(json);
}

/** A body says that it is JSON: dockerd refuses what a page of another site could send. */
function checkContentType(header: string | null): void {
  const type = (header ?? "").split(";")[0]!.trim().toLowerCase();
  if (type === "application/json") return;
  const message = `unsupported Content-Type header (${header ?? ""}): must be 'application/json'`;
  throw new VicError("invalid", message);
}

/** Docker's boolean query parameters: absent, "", "0", "no", "false" and "none" are false. */
export function queryBool(value: string | undefined, fallback = false): boolean {
  if (value === undefined) return fallback;
  return !["", "0", "no", "false", "none"].includes(value.trim().toLowerCase());
}

/** An integer query parameter; undefined when absent or empty. */
export function queryInt(value: string | undefined, name: string): number | undefined {
  if (value === undefined || value === "") return undefined;
  if (!/^-?\d{1,15}$/.test(value)) {
    throw new VicError("invalid", `invalid value for ${name}: "${value}"`);
  }
  return Number(value);
}
