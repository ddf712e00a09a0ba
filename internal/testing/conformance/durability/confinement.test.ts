/** What somebody could open who broke out of a VM into its QEMU process, with the compiled vic-host run by root. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { processesOf } from "../../../host/qemu/process.ts";
import { runTask } from "../../../vim25/task.ts";
import type { DataObject, MoRef } from "../../../vim25/types.ts";
import { canAs } from "../as-user.ts";
import { diskChange, scsiController } from "./actions.ts";
import { rootPool, vmFolder } from "./observe.ts";
import { Program } from "./program.ts";

// Others run QEMU as themselves.
const isRoot = process.getuid?.() === 0;
let dir = "";
let program: Program;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "vic-confined-"));
  program = new Program(dir);
  program.spawn();
  await program.ready();
}, 60_000);
afterAll(async () => {
  await program.end();
  rmSync(dir, { recursive: true, force: true });
});

test.if(isRoot)(
  "a QEMU opens its own VM's disks and nothing else of vic-host",
  async () => {
    await using client = await program.connect();
    const create = async (name: string, disk: DataObject) => {
      const files = { vmPathName: "[datastore1]" };
      const config = { name, memoryMB: 32, files, deviceChange: [scsiController, disk] };
      return runTask<MoRef>(client, vmFolder, "CreateVM_Task", { config, pool: rootPool });
    };
    const child = diskChange("[datastore1]", -1);
    const { device } = child as { device: { backing: DataObject } };
    const parent = { ...device.backing, fileName: "[datastore1] base/base.vmdk" };
    device.backing["parent"] = parent;
    await create("base", diskChange("[datastore1]", -1));
    const [a, b] = [await create("a", child), await create("b", child)];
    for (const vm of [a, b]) await runTask(client, vm, "PowerOnVM_Task");
    const more = diskChange("[datastore1] a/more.vmdk", 1000);
    await runTask(client, a, "ReconfigVM_Task", { spec: { deviceChange: [more] } });

    const all = await processesOf(join(program.dataDir, "machines", "run"));
    const idOf = (pidFile: string) => basename(dirname(pidFile));
    const { pid } = all.find(({ pidFile }) => idOf(pidFile) === a.value)!;
    const may = (path: string) => {
      const file = join(program.dataDir, path);
      return [canAs(pid, `head -c1 ${file}`), canAs(pid, `true >> ${file}`)];
    };
    const [full, readOnly, none] = [
      [true, true],
      [true, false],
      [false, false],
    ];
    expect(may("datastore1/a/a.vmdk")).toEqual(full);
    expect(may("datastore1/a/more.vmdk")).toEqual(full);
    expect(may("datastore1/base/base.vmdk")).toEqual(readOnly);
    for (const secret of [
      "datastore1/b/b.vmdk",
      "datastore1/a/a.vmx",
      "vic-host.db",
      "vic-host.lock",
      "server-key.pem",
      "machines/emulator.json",
    ]) {
      expect([secret, ...may(secret)]).toEqual([secret, ...none]);
    }
    const sockets = join(program.dataDir, "machines", "run", b.value);
    expect(canAs(pid, `ls ${sockets}`)).toBe(false);
    expect(canAs(pid, `ls ${program.dataDir}`)).toBe(false);
    expect(canAs(pid, `kill -0 ${program.pid}`)).toBe(false);

    const removed = { operation: "remove", device: { _type: "VirtualDisk", key: 2001 } };
    await runTask(client, a, "ReconfigVM_Task", { spec: { deviceChange: [removed] } });
    expect(may("datastore1/a/more.vmdk")).toEqual(none);
  },
  120_000,
);
