/** Reading JSON that somebody else wrote, field by field. */
import { VicError } from "../errors/errors.ts";

/** A JSON object of unknown shape. */
export type Json = Record<string, unknown>;

/** The value as an object, else undefined. */
export function objectOf(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : undefined;
}

/** Parses the text of an object; anything else is `damaged`. */
export function parseObject(text: string | Uint8Array, what: string): Json {
  try {
    const decoded =
      typeof text === "string"
        ? text
        : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
    const value = objectOf(JSON.parse(decoded));
    if (value) return value;
  } catch (error) {
    throw new VicError("damaged", `${what} is no valid JSON`, { cause: error });
  }
  throw new VicError("damaged", `${what} is no JSON object`);
}

/** A string, else "". */
export function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** An array of strings; null and undefined are empty; anything else is `damaged`. */
export function stringsOf(value: unknown, what: string): string[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value) || !value.every((v) => typeof v === "string")) {
    throw new VicError("damaged", `${what} is no list of strings`);
  }
  return value;
}

/** An object with string values; null and undefined are empty; anything else is `damaged`. */
export function stringMapOf(value: unknown, what: string): Record<string, string> {
  if (value === null || value === undefined) return {};
  const object = objectOf(value);
  if (!object || !Object.values(object).every((v) => typeof v === "string")) {
    throw new VicError("damaged", `${what} is no map of strings`);
  }
  return object as Record<string, string>;
}
