import { expect, test } from "bun:test";
import { VicError } from "../errors/errors.ts";
import { faultCode, faultError, faultOf, hasFault, localizedError } from "./fault.ts";
import { retryBusy } from "./retry.ts";

test("a fault has the code of its nearest base", () => {
  expect(faultCode("InvalidPowerState")).toBe("conflict");
  expect(faultCode("NotAuthenticated")).toBe("unauthenticated");
  expect(faultCode("NoPermission")).toBe("forbidden");
  expect(faultCode("InsufficientMemoryResourcesFault")).toBe("exhausted");
  expect(faultCode("VAppTaskInProgress")).toBe("conflict");
  expect(faultCode("BrandNewFault")).toBe("internal");
});

test("fields, messages and causes are kept", () => {
  const error = faultError({
    message: "",
    fault: {
      _type: "GenericVmConfigFault",
      reason: "r",
      faultMessage: [{ key: "msg.fileio.lock", message: "locked" }],
      faultCause: { fault: { _type: "FileLocked", file: "[ds] a" }, localizedMessage: "in use" },
    },
  });
  expect(error.message).toBe("GenericVmConfigFault: locked");
  expect(error.detail).toMatchObject({ fault: "GenericVmConfigFault", data: { reason: "r" } });
  expect(hasFault(error, "FileFault")).toBe(true);
  expect(hasFault(new Error("x", { cause: error }), "FileLocked")).toBe(true);
  expect(hasFault(error, "InvalidState")).toBe(false);
  expect(faultOf(new Error("x", { cause: error }))).toBe("GenericVmConfigFault");
});

test("a chain of causes has an end", () => {
  const fault: Record<string, unknown> = { _type: "SystemError" };
  fault["faultCause"] = { fault };
  expect(localizedError({ fault }).code).toBe("internal");
});

test("busy is tried again, anything else is not", async () => {
  let calls = 0;
  const busy = (_type: string) => async () => {
    calls += 1;
    if (calls < 3) throw faultError({ fault: { _type }, message: "busy" });
    return calls;
  };
  expect(await retryBusy(busy("VAppTaskInProgress"))).toBe(3);
  calls = 0;
  await expect(retryBusy(busy("InvalidState"))).rejects.toMatchObject({ code: "conflict" });
  expect(calls).toBe(1);
  calls = 0;
  expect(await retryBusy(busy("ConcurrentAccess"), { also: ["ConcurrentAccess"] })).toBe(3);
  calls = 0;
  await expect(retryBusy(busy("TaskInProgress"), { elapsedMs: 0 })).rejects.toBeInstanceOf(
    VicError,
  );
});
