import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { VicError } from "../../errors/errors.ts";
import { decodeQcow2, encodeQcow2, isQcow2 } from "./qcow2.ts";

describe("qcow2", () => {
  test("reads back what it writes", () => {
    for (const capacityBytes of [512, 8 * 2 ** 30, 62 * 2 ** 40]) {
      const backing = { name: "../images/base disk.vmdk", format: "raw" as const };
      const image = encodeQcow2(capacityBytes, backing);
      expect(isQcow2(image)).toBe(true);
      expect(decodeQcow2(image.subarray(0, 4096))).toEqual({ capacityBytes, backing });
    }
  });

  test("refuses a parent's name that the format cannot hold", () => {
    const backing = { name: "x".repeat(1024), format: "raw" as const };
    expect(() => encodeQcow2(512, backing)).toThrow("too long");
  });

  test("a hostile header is an error and nothing worse", () => {
    const image = encodeQcow2(2 ** 30, { name: "base.vmdk", format: "raw" }).subarray(0, 512);
    const change = fc.array(fc.tuple(fc.nat(511), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(change, fc.nat(512), (changes, length) => {
        const hostile = Buffer.from(image);
        for (const [at, byte] of changes) hostile[at] = byte;
        try {
          decodeQcow2(hostile.subarray(0, length));
        } catch (error) {
          expect(error).toBeInstanceOf(VicError);
          expect((error as VicError).code).toBe("damaged");
        }
      }),
      { seed: 30, numRuns: 2000 },
    );
  });
});
