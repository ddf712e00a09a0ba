/** What somebody could do to a clone's siblings who broke out of it into its QEMU: nothing by the memory they share. */
import { expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processesOf } from "../../../host/qemu/process.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { runInMiniGuest } from "../../fixtures/mini-guest.ts";
import { canAs } from "../as-user.ts";
import { openHere } from "./here.ts";

// Others run QEMU as themselves.
const isRoot = process.getuid?.() === 0;

/** The memory file that a process has open. */
function memoryOf(pid: number): string {
  const folder = `/proc/${pid}/fd`;
  const isMemory = (fd: string) => readlinkSync(`${folder}/${fd}`).startsWith("/memfd:");
  return `${folder}/${readdirSync(folder).find(isMemory)}`;
}

/** What the user of a process can do with its memory file; what it writes is what was there. */
function can(pid: number): Record<string, boolean> {
  const file = memoryOf(pid);
  const rewrite = (count: number) => `dd if=${file} of=${file} bs=1 count=${count} conv=notrunc`;
  return {
    read: canAs(pid, `dd if=${file} of=/dev/null bs=1 count=1`),
    open: canAs(pid, rewrite(0)),
    write: canAs(pid, rewrite(1)),
    // Beyond its end, so that nothing is lost.
    resize: canAs(pid, `truncate -s +4096 ${file} && truncate -s -4096 ${file}`),
    punch: canAs(pid, `fallocate -p -o 4096 -l 1 ${file}`),
  };
}

test.if(isRoot)(
  "the user of a clone can read the memory of its template and not write it",
  async () => {
    const dir = mkdtempSync(join(tmpdir(), "vic-memory-"));
    try {
      await using scene = await openHere(dir, "127.0.90.0/24");
      const pidOf = async ({ value }: MoRef) => {
        const all = await processesOf(join(dir, "machines", "run"));
        return all.find(({ pidFile }) => pidFile.includes(`/run/${value}/`))!.pid;
      };
      const template = await scene.create(await scene.mini("template"));
      await scene.powerOn(template);
      await scene.isReady(template);
      // Its own memory it may write.
      expect(can(await pidOf(template))).toMatchObject({ open: true, write: true });
      await scene.freezeMini(template);
      const clone = await scene.clone(template, "clone");
      expect((await runInMiniGuest(scene.client, clone, "echo well")).output).toBe("well\n");
      const asked = { read: true, open: true, write: false, resize: false, punch: false };
      expect(can(await pidOf(clone))).toEqual(asked);
      await scene.powerOff(clone);
      await scene.powerOff(template);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
);
