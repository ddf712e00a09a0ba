/** Docker's `filters` query parameter. */
import { VicError } from "../../errors/errors.ts";

/** Values by key. */
export class Filters {
  readonly #values: Map<string, string[]>;

  constructor(values: Map<string, string[]> = new Map()) {
    this.#values = values;
  }

  /** Parses `{"key":{"value":true}}` or the older `{"key":["value"]}`; keys outside `known` are refused. */
  static parse(text: string | undefined, known: string[]): Filters {
    const values = new Map<string, string[]>();
    if (text === undefined || text === "") return new Filters();
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw new VicError("invalid", "invalid filter");
    }
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      throw new VicError("invalid", "invalid filter");
    }
    for (const [key, value] of Object.entries(json)) {
      if (!known.includes(key)) throw new VicError("invalid", `invalid filter '${key}'`);
      if (typeof value !== "object" || value === null)
        throw new VicError("invalid", "invalid filter");
      const list = Array.isArray(value)
        ? value.map(String)
        : Object.entries(value)
            .filter(([, isOn]) => isOn === true)
            .map(([name]) => name);
      if (list.length > 0) values.set(key, list);
    }
    return new Filters(values);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  get(key: string): string[] {
    return this.#values.get(key) ?? [];
  }

  /** True without such a filter, or when one value of it satisfies the predicate. */
  some(key: string, predicate: (value: string) => boolean): boolean {
    const values = this.#values.get(key);
    return values === undefined || values.some(predicate);
  }

  /** Exact match. */
  is(key: string, ...actual: string[]): boolean {
    return this.some(key, (value) => actual.includes(value));
  }

  /** Docker's Match: a regular expression, or a substring where the value is none. */
  matches(key: string, actual: string): boolean {
    return this.some(key, (value) => {
      try {
        return new RegExp(value).test(actual);
      } catch {
        return actual.includes(value);
      }
    });
  }

  /** `name` of a container: like {@link matches}, also against the name with its leading slash. */
  matchesName(name: string): boolean {
    return this.matches("name", name) || this.matches("name", `/${name}`);
  }

  /** Every `label` value (`key` or `key=value`) must hold. */
  labels(labels: Record<string, string>, key = "label"): boolean {
    return this.get(key).every((value) => {
      const at = value.indexOf("=");
      const name = at < 0 ? value : value.slice(0, at);
      if (!Object.hasOwn(labels, name)) return false;
      return at < 0 || labels[name] === value.slice(at + 1);
    });
  }

  /** A boolean filter; undefined when absent. */
  bool(key: string): boolean | undefined {
    const values = this.get(key);
    if (values.length === 0) return undefined;
    if (values.every((v) => ["1", "true", "True", "t"].includes(v))) return true;
    if (values.every((v) => ["0", "false", "False", "f"].includes(v))) return false;
    throw new VicError("invalid", `invalid filter '${key}=[${values.join(" ")}]'`);
  }
}
