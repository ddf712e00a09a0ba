import { describe, expect, test } from "bun:test";
import { readPath } from "./path.ts";

const vm = {
  ref: { type: "VirtualMachine", value: "1" },
  properties: {
    config: () => ({
      hardware: { device: [{ key: 4000, macAddress: "a" }, { key: 4001 }] },
      extraConfig: [{ key: 'guestinfo.a|b.c~"x"', value: "1" }],
    }),
    parent: () => undefined,
  },
};

describe("readPath", () => {
  test("walks names and keys", () => {
    expect(readPath(vm, "config.hardware.device[4000].macAddress")).toBe("a");
    expect(readPath(vm, "config.hardware.device[4009].macAddress")).toBeUndefined();
    expect(readPath(vm, 'config.extraConfig["guestinfo.a|b.c~\\"x\\""].value')).toBe("1");
    expect(readPath(vm, "parent")).toBeUndefined();
    expect(readPath(vm, "snapshot.currentSnapshot")).toBeUndefined();
  });

  test("refuses what the type does not have", () => {
    for (const path of [
      "nope",
      "",
      "constructor",
      "__proto__",
      "[1]",
      "config..a",
      "config.constructor",
      "config.hardware.device[4000].mac",
    ]) {
      expect(() => readPath(vm, path)).toThrow();
    }
  });
});
