import { expect, test } from "bun:test";
import { exitReason } from "./exit-reason.ts";

test("only a guest that powered itself off ended by its own will", () => {
  expect(exitReason({ guest: true, reason: "guest-shutdown" }, false)).toBe("guest");
  expect(exitReason({ guest: true, reason: "guest-panic" }, false)).toBe("crash");
  expect(exitReason({ guest: false, reason: "host-signal" }, false)).toBe("crash");
  expect(exitReason(undefined, false)).toBe("crash");
  expect(exitReason({ guest: false, reason: "host-qmp-quit" }, true)).toBe("host");
  expect(exitReason(undefined, true)).toBe("host");
});
