import type { Datastores } from "../../storage/datastores.ts";
import type { VmRecord } from "./record.ts";

/** Fields of a VM that hold its owner's text and not paths. */
const plainText = new Set([
  "name",
  "extraConfig",
  "annotation",
  "kept",
  "description",
  "alternateGuestName",
]);

/** The record with every path on datastore `before` moved to the name `after`; the same object when there is none. */
export function renamedPaths(record: VmRecord, before: string, after: string): VmRecord {
  const prefix = `[${before}]`;
  const swap = (value: unknown): unknown => {
    if (typeof value === "string") {
      return value === prefix || value.startsWith(`${prefix} `)
        ? `[${after}]${value.slice(prefix.length)}`
        : value;
    }
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) {
      const next = value.map(swap);
      return next.every((item, i) => item === value[i]) ? value : next;
    }
    const entries = Object.entries(value);
    const next = entries.map(([key, v]) => [key, plainText.has(key) ? v : swap(v)] as const);
    return next.every(([, v], i) => v === entries[i]?.[1]) ? value : Object.fromEntries(next);
  };
  return swap(record) as VmRecord;
}

/** The record as it reads now: an operation that began before a datastore was renamed ends with the old names. */
export function currentPaths(record: VmRecord, { renames }: Datastores): VmRecord {
  return renames.reduce((now, { before, after }) => renamedPaths(now, before, after), record);
}
