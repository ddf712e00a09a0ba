import { type Code, VicError } from "../errors/errors.ts";

/** Code of each vim25 fault that vic-host throws; a fault that is not here is `invalid`. */
const codeOf: Record<string, Code> = {
  AlreadyExists: "conflict",
  AuthMinimumAdminPermission: "forbidden",
  CannotAccessFile: "conflict",
  CannotDeleteFile: "conflict",
  ConcurrentAccess: "concurrent",
  DuplicateName: "conflict",
  FileAlreadyExists: "conflict",
  FileFault: "internal",
  FileLocked: "conflict",
  FileNotFound: "not-found",
  GuestOperationsUnavailable: "unavailable",
  GenericVmConfigFault: "conflict",
  InvalidGuestLogin: "unauthenticated",
  InvalidLogin: "unauthenticated",
  InvalidPowerState: "conflict",
  InvalidState: "conflict",
  ManagedObjectNotFound: "not-found",
  MethodDisabled: "forbidden",
  MethodNotFound: "unsupported",
  NoDiskSpace: "exhausted",
  NoPermission: "forbidden",
  NotAuthenticated: "unauthenticated",
  NotFound: "not-found",
  NotSupported: "unsupported",
  RequestCanceled: "cancelled",
  ResourceInUse: "conflict",
  SystemError: "internal",
  TaskInProgress: "conflict",
  Timedout: "unavailable",
  ToolsUnavailable: "unavailable",
  UserNotFound: "not-found",
};

/** The vim25 side of an error, as {@link fault} stores it in `detail`. */
export interface FaultDetail {
  /** Type name, for example "InvalidPowerState". */
  fault: string;
  /** Fields of the fault object besides the message. */
  properties: Record<string, unknown>;
}

/**
 * An error that the SOAP layer answers as the vim25 fault `name`.
 *
 * @example throw fault("DuplicateName", "web exists", { name: "web", object: ref })
 */
export function fault(
  name: string,
  message: string,
  properties: Record<string, unknown> = {},
  cause?: unknown,
): VicError {
  return new VicError(codeOf[name] ?? "invalid", message, {
    detail: { fault: name, properties },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** `InvalidArgument` with the property that is wrong. */
export function invalidArgument(property: string, message: string): VicError {
  return fault("InvalidArgument", message, { invalidProperty: property });
}

/** The vim25 fault that tells of `error`: its own, or the nearest one for its code. */
export function faultOf(error: unknown): FaultDetail & { message: string } {
  const e = VicError.from(error);
  if (isNoSpace(error)) return noSpace(e);
  if (typeof e.detail["fault"] === "string") {
    const properties = (e.detail["properties"] ?? {}) as Record<string, unknown>;
    return { fault: e.detail["fault"], properties, message: e.text };
  }
  return { ...byCode(e), message: e.text };
}

/** Whether something did not fit: a file system, a quota of it, or the database on it. */
function isNoSpace(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException;
    if (code !== undefined && noSpaceCodes.has(code)) return true;
  }
  return false;
}

const noSpaceCodes = new Set(["ENOSPC", "EDQUOT", "SQLITE_FULL"]);

function noSpace(e: VicError): FaultDetail & { message: string } {
  const own = e.detail["fault"] === "NoDiskSpace" ? e.detail["properties"] : undefined;
  const properties = (own ?? { file: "", datastore: "" }) as Record<string, unknown>;
  const message = `there is no room left on this machine's disk: delete something (${e.text})`;
  return { fault: "NoDiskSpace", properties, message };
}

function byCode(e: VicError): FaultDetail {
  switch (e.code) {
    case "invalid":
      return { fault: "InvalidArgument", properties: {} };
    case "unauthenticated":
    case "forbidden":
      return { fault: "NotAuthenticated", properties: {} };
    case "not-found":
      return { fault: "NotFound", properties: {} };
    case "conflict":
    case "not-modified":
      return { fault: "InvalidState", properties: {} };
    case "concurrent":
      return { fault: "ConcurrentAccess", properties: {} };
    case "exhausted":
      return { fault: "InsufficientResourcesFault", properties: {} };
    case "unavailable":
      // What vic-host itself asks and waits for is QEMU.
      return e.detail["isTimeout"] === true
        ? { fault: "Timedout", properties: {} }
        : { fault: "GenericVmConfigFault", properties: { reason: e.text } };
    case "unsupported":
      return { fault: "NotSupported", properties: {} };
    case "cancelled":
      return { fault: "RequestCanceled", properties: {} };
    case "damaged":
    case "internal":
      return { fault: "SystemError", properties: { reason: e.text } };
  }
}
