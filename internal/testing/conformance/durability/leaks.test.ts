/** VMs come and go; vic-host's own memory and open files stay as they are. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "../../../vim25/client.ts";
import { runTask } from "../../../vim25/task.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { diskChange, scsiController } from "./actions.ts";
import { observe, rootPool, vmFolder } from "./observe.ts";
import { Program } from "./program.ts";

const isLong = process.env["VIC_SOAK"] === "1";
const cycles = isLong ? 500 : 12;
/** Until caches and the list of finished tasks are full, as far as the test is long enough for that. */
const warmUpCycles = isLong ? 250 : 4;
/** What 500 VMs may leave behind, MiB; the collector decides when memory is given back. */
const growthMaxMiB = 48;

let dir = "";
let program: Program;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "vic-leaks-"));
  program = new Program(dir);
  program.spawn();
  await program.ready();
}, 60_000);
afterAll(async () => {
  await program.end();
  rmSync(dir, { recursive: true, force: true });
});

/** A whole life. */
async function live(client: Client, name: string): Promise<void> {
  const deviceChange = [scsiController, diskChange("[datastore1]", -1)];
  const config = { name, memoryMB: 32, files: { vmPathName: "[datastore1]" }, deviceChange };
  const vm = await runTask<MoRef>(client, vmFolder, "CreateVM_Task", { config, pool: rootPool });
  await runTask(client, vm, "PowerOnVM_Task");
  const more = diskChange(`[datastore1] ${name}/more.vmdk`, 1000);
  await runTask(client, vm, "ReconfigVM_Task", { spec: { deviceChange: [more] } });
  await runTask(client, vm, "PowerOffVM_Task");
  await runTask(client, vm, "Destroy_Task");
}

function use() {
  const status = readFileSync(`/proc/${program.pid}/status`, "utf8");
  return {
    files: readdirSync(`/proc/${program.pid}/fd`).length,
    memoryMiB: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024,
  };
}

test(
  `${cycles} VMs leave neither open files nor memory behind`,
  async () => {
    await using client = await program.connect();
    for (let i = 0; i < warmUpCycles; i++) await live(client, `warm${i}`);
    const before = use();
    for (let i = 0; i < cycles; i++) await live(client, `vm${i}`);
    const after = use();
    console.log({ before, after });
    // The client's own connections come and go; a leak would be at least one for each VM.
    expect(after.files).toBeLessThan(before.files + cycles / 2);
    expect(after.memoryMiB - before.memoryMiB).toBeLessThan(growthMaxMiB);
    expect((await observe(client, program.dataDir)).leaks).toEqual([]);
  },
  isLong ? 3_600_000 : 180_000,
);
