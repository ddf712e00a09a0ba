import type { MoRef } from "../../../vim25/types.ts";
import type { Datastores } from "../../storage/datastores.ts";
import type { VmRecord } from "./record.ts";

/** Fields of a VM that hold its owner's text and not paths. */
const plainText = new Set(["name", "extraConfig", "annotation", "kept", "alternateGuestName"]);

/** How {@link mapPaths} changes what names a file. */
export interface PathChange {
  /** The name that a file has now. */
  path: (text: string) => string;
  /** The datastore that a file is on, where it got another name; undefined: that stays. */
  datastore?: (text: string) => MoRef;
  /** Whether a disk that got another name has no parent any more. */
  isBase?: (text: string) => boolean;
}

/** The record with every path changed; the same object when none is. */
export function mapPaths(record: VmRecord, change: PathChange): VmRecord {
  const swap = (value: unknown): unknown => {
    if (typeof value === "string") return change.path(value);
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) {
      const next = value.map(swap);
      return next.every((item, i) => item === value[i]) ? value : next;
    }
    const entries = Object.entries(value);
    const next = entries.map(([key, v]) => [key, plainText.has(key) ? v : swap(v)] as const);
    if (next.every(([, v], i) => v === entries[i]?.[1])) return value;
    return withBacking(value as Fields, Object.fromEntries(next), change);
  };
  return swap(record) as VmRecord;
}

type Fields = Record<string, unknown>;

/** What else a backing says of a file that got another name. */
function withBacking(before: Fields, after: Fields, { datastore, isBase }: PathChange): Fields {
  const { fileName } = after;
  if (typeof fileName !== "string" || fileName === before["fileName"]) return after;
  const where = datastore && "datastore" in after ? { datastore: datastore(fileName) } : {};
  const { parent, ...rest } = after;
  const keepsParent = parent !== undefined && isBase?.(fileName) !== true;
  return { ...rest, ...where, ...(keepsParent ? { parent } : {}) };
}

/** The record with every path on datastore `before` moved to the name `after`; the same object when there is none. */
export function renamedPaths(record: VmRecord, before: string, after: string): VmRecord {
  const prefix = `[${before}]`;
  const isOn = (text: string) => text === prefix || text.startsWith(`${prefix} `);
  return mapPaths(record, {
    path: (text) => (isOn(text) ? `[${after}]${text.slice(prefix.length)}` : text),
  });
}

/** The record as it reads now: an operation that began before a datastore was renamed ends with the old names. */
export function currentPaths(record: VmRecord, { renames }: Datastores): VmRecord {
  return renames.reduce((now, { before, after }) => renamedPaths(now, before, after), record);
}
