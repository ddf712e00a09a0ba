import { describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stand } from "../stand/stand.ts";

/** A datastore without room. */
export function fullCases(): void {
  describe("a full datastore", () => {
    test("makes create fail with a clear text and nothing left behind", async () => {
      const dir = mkdtempSync(join(tmpdir(), "vic-full-"));
      mkdirSync(dir, { recursive: true });
      const small = new Stand({ dir, loopback: "127.0.10.0/24", capacityBytes: 8 << 20 });
      await small.startHost();
      try {
        await expect(small.createVch()).rejects.toThrow(/full|no space|free space/i);
        expect((await small.machine(["ls"])).stdout).not.toContain(small.name);
        await expect(
          Array.fromAsync(new Bun.Glob("**/*.iso").scan(small.hostDir)),
        ).resolves.toEqual([]);
      } finally {
        await small.stopHost();
      }
      rmSync(dir, { recursive: true });
    });
  });
}
