/** vic-host with real VMs on a file system of its own that somebody else fills up. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "../../../vim25/client.ts";
import { faultOf } from "../../../vim25/fault.ts";
import { retrieveOne } from "../../../vim25/properties.ts";
import { runTask } from "../../../vim25/task.ts";
import type { DataObject, MoRef } from "../../../vim25/types.ts";
import { diskChange, scsiController } from "./actions.ts";
import { observe, rootPool, vmFolder } from "./observe.ts";
import { Program } from "./program.ts";

/** Room that vic-host keeps free for itself, and some more. */
const diskMiB = 128;
const chunk = Buffer.alloc(1024 * 1024, 1);

// Only root can mount.
const isRoot = process.getuid?.() === 0;
let dir = "";
let program: Program;

beforeAll(async () => {
  if (!isRoot) return;
  dir = mkdtempSync(join(tmpdir(), "vic-full-"));
  mkdirSync(join(dir, "data"));
  const mount = ["mount", "-t", "tmpfs", "-o", `size=${diskMiB}m,mode=0700`, "vic-full"];
  expect(Bun.spawnSync([...mount, join(dir, "data")]).exitCode).toBe(0);
  program = new Program(dir);
  program.spawn();
  await program.ready();
}, 60_000);
afterAll(async () => {
  if (!isRoot) return;
  await program.end();
  Bun.spawnSync(["umount", join(dir, "data")]);
  rmSync(dir, { recursive: true, force: true });
});

/** Takes all room; returns the function that gives it back. */
async function fill(): Promise<() => void> {
  const path = join(dir, "data", "ballast");
  await using file = await open(path, "w");
  for (let bytes: Buffer = chunk; bytes.length > 0;) {
    try {
      await file.write(bytes);
    } catch {
      bytes = bytes.subarray(0, Math.floor(bytes.length / 2));
    }
  }
  return () => rmSync(path);
}

async function createVm(client: Client, name: string): Promise<MoRef> {
  const deviceChange = [scsiController, diskChange("[datastore1]", -1)];
  const files = { vmPathName: "[datastore1]" };
  const config: DataObject = { name, memoryMB: 32, files, deviceChange };
  return runTask<MoRef>(client, vmFolder, "CreateVM_Task", { config, pool: rootPool });
}

test.if(isRoot)(
  "a full disk fails what needs room, and nothing else; with room again all goes on",
  async () => {
    await using client = await program.connect();
    const [runs, rests] = [await createVm(client, "runs"), await createVm(client, "rests")];
    await runTask(client, runs, "PowerOnVM_Task");
    const change = (vm: MoRef, annotation: string) =>
      runTask(client, vm, "ReconfigVM_Task", { spec: { annotation } });
    const addDisk = (vm: MoRef) =>
      runTask(client, vm, "ReconfigVM_Task", {
        spec: { deviceChange: [diskChange("[datastore1] runs/more.vmdk", 1000)] },
      });
    const upload = async () => {
      const url = "/folder/file?dcPath=ha-datacenter&dsName=datastore1";
      return (await client.fetch(url, { method: "PUT", body: new Uint8Array(1e6) })).status;
    };
    const state = (vm: MoRef) =>
      retrieveOne(client, vm, ["runtime.powerState", "config.annotation"]);

    const before = await observe(client, program.dataDir);
    expect(before.leaks).toEqual([]);
    const giveBack = await fill();
    const outcome = (work: Promise<unknown>) => work.then(() => "done", faultOf);
    expect(await outcome(createVm(client, "new"))).toBe("NoDiskSpace");
    expect(await outcome(addDisk(runs))).toBe("NoDiskSpace");
    expect(await outcome(runTask(client, rests, "PowerOnVM_Task"))).toBe("NoDiskSpace");
    expect(await upload()).toBe(507);
    // The database may still have room in its files; sooner or later it has none.
    let refused: unknown = "done";
    for (let i = 0; refused === "done"; i++) refused = await outcome(change(rests, `${i}`));
    expect(refused).toBe("NoDiskSpace");
    expect(await outcome(runTask(client, runs, "PowerOffVM_Task"))).toBe("done");
    expect(await state(runs)).toMatchObject({ "runtime.powerState": "poweredOff" });

    giveBack();
    await change(rests, "room again");
    expect(await state(rests)).toMatchObject({ "config.annotation": "room again" });
    expect(await upload()).toBe(201);
    await addDisk(runs);
    const late = await createVm(client, "new");
    for (const vm of [runs, late]) await runTask(client, vm, "PowerOnVM_Task");
    for (const vm of [runs, late]) await runTask(client, vm, "PowerOffVM_Task");
    for (const vm of [runs, rests, late]) await runTask(client, vm, "Destroy_Task");
    const uploaded = {
      name: "[datastore1] file",
      datacenter: { type: "Datacenter", value: "ha-datacenter" },
    };
    await runTask(client, client.content.fileManager!, "DeleteDatastoreFile_Task", uploaded);
    expect((await observe(client, program.dataDir)).leaks).toEqual([]);
  },
  120_000,
);
