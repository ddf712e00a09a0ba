import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { busyboxImage, dockerArchive, makeImage } from "../fixtures/image.ts";
import { makeTar } from "../fixtures/tar.ts";
import { run, Stand, until } from "../stand/stand.ts";

const mib = 1 << 20;
/** Room for a VCH with its ISOs and a small image, and not for a large one. */
const smallDiskMib = 780;

/** A datastore without room. */
export function fullCases(): void {
  describe("a full datastore", () => {
    test("makes create fail with a clear text and nothing left behind", async () => {
      const dir = mkdtempSync(join(tmpdir(), "vic-full-"));
      const small = new Stand({ dir, loopback: "127.0.10.0/24", capacityBytes: 8 * mib });
      await small.startHost();
      try {
        await expect(small.createVch()).rejects.toThrow(/full|no space|free space/i);
        expect((await small.machine(["ls"])).stdout).not.toContain(small.name);
        const left = Array.fromAsync(new Bun.Glob("**/*.iso").scan(small.hostDir));
        expect(await left).toEqual([]);
      } finally {
        await small.stopHost();
      }
      rmSync(dir, { recursive: true });
    });

    test("makes docker load fail, and the VCH works on", async () => {
      const dir = mkdtempSync(join(tmpdir(), "vic-full-"));
      await run(["mount", "-t", "tmpfs", "-o", `size=${smallDiskMib}m`, "tmpfs", dir]);
      const small = new Stand({ dir, loopback: "127.0.10.0/24" });
      await small.startHost();
      try {
        await small.createVch();
        await small.dockerOk(["load"], dockerArchive(await busyboxImage(), "busybox:latest"));
        const files = Array.from({ length: 30 }, (_, i) => ({
          path: `file${i}`,
          content: Buffer.alloc(10 * mib, `content ${i}`),
        }));
        const large = dockerArchive(
          makeImage([makeTar(files)], { Cmd: ["/file0"] }),
          "large:latest",
        );
        const refused = await small.docker(["load"], large);
        expect(refused.code).toBe(1);
        expect(refused.stderr).toMatch(/full|no space/i);
        expect((await small.dockerOk(["images", "-q"])).trim().split("\n")).toHaveLength(1);
        // The space of the archive comes back a moment after its end.
        const echo = ["run", "--rm", "busybox", "echo", "works on"];
        await until("room for a container", 60, async () => (await small.docker(echo)).code === 0);
      } finally {
        await small.deleteVch();
        await small.stopHost();
      }
      await run(["umount", "--lazy", dir]);
      rmSync(dir, { recursive: true });
    });
  });
}
