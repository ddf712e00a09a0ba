import { expect, test } from "bun:test";
import { VicError } from "../errors/errors.ts";
import { fault, faultOf } from "./fault.ts";

const coded = (code: string) => Object.assign(new Error(code), { code });

test("what could not be stored for want of room is NoDiskSpace, however deep that is", () => {
  for (const code of ["ENOSPC", "EDQUOT", "SQLITE_FULL"]) {
    expect(faultOf(coded(code)).fault).toBe("NoDiskSpace");
    const wrapped = fault("CannotCreateFile", "no folder", { file: "[a] b" }, coded(code));
    expect(faultOf(wrapped)).toMatchObject({
      fault: "NoDiskSpace",
      properties: { file: "", datastore: "" },
    });
  }
  const own = fault("NoDiskSpace", "full", { file: "[a]", datastore: "a" }, coded("ENOSPC"));
  expect(faultOf(own).properties).toEqual({ file: "[a]", datastore: "a" });
  expect(faultOf(coded("EIO")).fault).toBe("SystemError");
});

test("a machine that fails or hangs is not a matter of its guest's tools", () => {
  const failed = new VicError("unavailable", "QEMU: no such device");
  expect(faultOf(failed)).toMatchObject({
    fault: "GenericVmConfigFault",
    properties: { reason: "QEMU: no such device" },
  });
  const hung = new VicError("unavailable", "no answer", { detail: { isTimeout: true } });
  expect(faultOf(hung).fault).toBe("Timedout");
});
