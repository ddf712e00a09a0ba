export type { ServiceContent } from "./vim.ts";

/** A managed object reference. */
export interface MoRef {
  type: string;
  value: string;
}

/** A data object: its fields under their vim25 names; `_type` names the type where it differs from the declared one. */
export interface DataObject {
  _type?: string;
  [field: string]: unknown;
}

/** A value of declared type anyType, with the type it goes by on the wire. Made by {@link any}. */
export class AnyValue {
  readonly type: string;
  readonly value: unknown;

  constructor(type: string, value: unknown) {
    this.type = type;
    this.value = value;
  }
}

/**
 * Says which type a value has where only anyType is declared (property values, option values).
 *
 * @example any("ArrayOfVirtualDevice", devices)
 * @example any("long", 5)
 */
export function any(type: string, value: unknown): AnyValue {
  return new AnyValue(type, value);
}

/** Whether `value` is a {@link MoRef} and nothing else. */
export function isMoRef(value: unknown): value is MoRef {
  if (typeof value !== "object" || value === null) return false;
  const v = value as Record<string, unknown>;
  return (
    typeof v["type"] === "string" && typeof v["value"] === "string" && Object.keys(v).length === 2
  );
}

/** `VirtualMachine:12`, for messages and as a map key. */
export function refKey(ref: MoRef): string {
  return `${ref.type}:${ref.value}`;
}

/** Whether two references name the same object. */
export function sameRef(a: MoRef | undefined, b: MoRef | undefined): boolean {
  return a !== undefined && b !== undefined && a.type === b.type && a.value === b.value;
}

/** A fault inside a data object, for example TaskInfo.error. */
export interface LocalizedMethodFault {
  fault: DataObject;
  localizedMessage?: string;
}

/** Property info of a Task, as far as it is used here. */
export interface TaskInfo {
  key: string;
  task: MoRef;
  state: "queued" | "running" | "success" | "error";
  progress?: number;
  result?: unknown;
  error?: LocalizedMethodFault;
  entity?: MoRef;
  descriptionId?: string;
}
