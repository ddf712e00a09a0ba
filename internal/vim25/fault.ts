import { type Code, VicError } from "../errors/errors.ts";
import { baseOf, isA } from "./schema/schema.ts";
import type { WireFault } from "./soap.ts";
import type { DataObject, LocalizedMethodFault } from "./types.ts";

/** Code of a fault type; a type that is not here has that of its nearest base. */
const codeByFault: Record<string, Code> = {
  MethodFault: "internal",
  InvalidLogin: "unauthenticated",
  InvalidGuestLogin: "unauthenticated",
  NotAuthenticated: "unauthenticated",
  SecurityError: "forbidden",
  NoPermission: "forbidden",
  GuestPermissionDenied: "forbidden",
  AuthMinimumAdminPermission: "forbidden",
  ManagedObjectNotFound: "not-found",
  FileNotFound: "not-found",
  NotFound: "not-found",
  UserNotFound: "not-found",
  DeviceNotFound: "not-found",
  LicenseEntityNotFound: "not-found",
  AlreadyExists: "conflict",
  DuplicateName: "conflict",
  FileAlreadyExists: "conflict",
  FileLocked: "conflict",
  DirectoryNotEmpty: "conflict",
  CannotDeleteFile: "conflict",
  InvalidState: "conflict",
  ResourceInUse: "conflict",
  TaskInProgress: "conflict",
  MethodDisabled: "conflict",
  GenericVmConfigFault: "conflict",
  ConcurrentAccess: "concurrent",
  InvalidRequest: "invalid",
  InvalidArgument: "invalid",
  InvalidName: "invalid",
  InvalidProperty: "invalid",
  InvalidDatastore: "invalid",
  InvalidDatastorePath: "invalid",
  InvalidFolder: "invalid",
  VmConfigFault: "invalid",
  OutOfBounds: "invalid",
  NotSupported: "unsupported",
  NotImplemented: "unsupported",
  MethodNotFound: "unsupported",
  RestrictedVersion: "unsupported",
  NotEnoughLicenses: "exhausted",
  NoDiskSpace: "exhausted",
  FileTooLarge: "exhausted",
  LimitExceeded: "exhausted",
  InsufficientResourcesFault: "exhausted",
  HostCommunication: "unavailable",
  HostConnectFault: "unavailable",
  CannotAccessFile: "unavailable",
  ToolsUnavailable: "unavailable",
  GuestOperationsUnavailable: "unavailable",
  Timedout: "unavailable",
  RequestCanceled: "cancelled",
};

const hints: Record<string, string> = {
  InvalidLogin: "check the user name and the password",
  NoPermission: "give the user the privilege it lacks, or log in as another one",
  RestrictedVersion:
    "the licence of this host allows reading only: assign a licence that allows API writes",
  NoDiskSpace: "free space on the datastore",
};

/** The code a fault type maps to. */
export function faultCode(type: string): Code {
  for (let t: string | undefined = type; t !== undefined; t = baseOf(t)) {
    const code = codeByFault[t];
    if (code) return code;
  }
  return "internal";
}

/** Depth to which chains of faultCause are followed. */
const causesMax = 8;

/**
 * A fault as a {@link VicError}: `detail.fault` is its type, `detail.data` its fields, `cause` its faultCause.
 *
 * @example faultError({ fault: { _type: "InvalidPowerState" }, message: "..." }).code // "conflict"
 */
export function faultError({ fault, message }: WireFault, depth = 0): VicError {
  const { _type: type, faultCause, faultMessage, ...data } = fault;
  const inner = faultCause as LocalizedMethodFault | undefined;
  const hint = hints[type];
  return new VicError(faultCode(type), message || messageOf(type, faultMessage), {
    detail: {
      fault: type,
      ...(Object.keys(data).length === 0 ? {} : { data }),
      ...(faultMessage === undefined ? {} : { messages: faultMessage }),
    },
    ...(hint === undefined ? {} : { hint }),
    ...(inner?.fault && depth < causesMax ? { cause: localizedError(inner, depth + 1) } : {}),
  });
}

function messageOf(type: string, faultMessage: unknown): string {
  const texts = Array.isArray(faultMessage)
    ? (faultMessage as DataObject[]).map((m) => String(m["message"] ?? m["key"] ?? ""))
    : [];
  const text = texts.filter((t) => t !== "").join("; ");
  return text === "" ? `vSphere fault ${type}` : `${type}: ${text}`;
}

/** A fault inside a data object, for example TaskInfo.error, as a {@link VicError}. */
export function localizedError(error: LocalizedMethodFault, depth = 0): VicError {
  const fault = { ...error.fault, _type: error.fault._type ?? "MethodFault" };
  return faultError({ fault, message: error.localizedMessage ?? "" }, depth);
}

/**
 * The fault type of an error: the first in its cause chain, if any.
 *
 * @example if (faultOf(error) === "FileAlreadyExists") return;
 */
export function faultOf(error: unknown): string | undefined {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if (e instanceof VicError && typeof e.detail["fault"] === "string") return e.detail["fault"];
  }
  return undefined;
}

/** Whether any fault in the cause chain is one of `types` or extends one. */
export function hasFault(error: unknown, ...types: string[]): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    const fault = e instanceof VicError ? e.detail["fault"] : undefined;
    if (typeof fault === "string" && types.some((type) => isA(fault, type) || fault === type))
      return true;
  }
  return false;
}
