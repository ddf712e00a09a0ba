/** A vic-host that took over a running VM changes its devices as the one that had started it. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "../../../vim25/client.ts";
import { retrieveOne } from "../../../vim25/properties.ts";
import { runTask } from "../../../vim25/task.ts";
import type { DataObject, MoRef } from "../../../vim25/types.ts";
import { diskChange, scsiController } from "./actions.ts";
import { rootPool, vmFolder } from "./observe.ts";
import { Program } from "./program.ts";

let dir = "";
let program: Program;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "vic-hot-add-"));
  program = new Program(dir);
  program.spawn();
  await program.ready();
});
afterAll(async () => {
  await program.end();
  rmSync(dir, { recursive: true, force: true });
});

const nicChange = (): DataObject => {
  const type = "VirtualEthernetCardNetworkBackingInfo";
  const backing = { _type: type, deviceName: "VM Network" };
  return { operation: "add", device: { _type: "VirtualVmxnet3", key: -7, backing } };
};
/** A disk that is based on another one. */
function childChange(parent: string): DataObject {
  const change = diskChange("", 1000) as { device: { backing: DataObject } };
  change.device.backing["parent"] = { ...change.device.backing, fileName: parent };
  return change;
}
const change = (client: Client, vm: MoRef, ...deviceChange: DataObject[]) =>
  runTask(client, vm, "ReconfigVM_Task", { spec: { deviceChange } });

async function restart(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  await program.kill(signal);
  program.spawn();
  await program.ready();
}

test("disks and NICs are added to a VM that was running when vic-host was killed", async () => {
  let vm: MoRef;
  {
    await using client = await program.connect();
    const files = { vmPathName: "[datastore1]" };
    const deviceChange = [scsiController, diskChange("", -1), nicChange()];
    const config = { name: "vm", memoryMB: 32, files, deviceChange };
    vm = await runTask<MoRef>(client, vmFolder, "CreateVM_Task", { config, pool: rootPool });
    const image = {
      name: "image",
      memoryMB: 32,
      files,
      deviceChange: [scsiController, diskChange("", -1)],
    };
    await runTask(client, vmFolder, "CreateVM_Task", { config: image, pool: rootPool });
    await runTask(client, vm, "PowerOnVM_Task");
    await change(client, vm, diskChange("", 1000));
  }
  const counts = async (client: Client) => {
    const { device } = (await retrieveOne(client, vm, ["config.hardware"]))["config.hardware"] as {
      device: DataObject[];
    };
    const count = (type: string) => device.filter(({ _type }) => _type === type).length;
    return [count("VirtualDisk"), count("VirtualVmxnet3")];
  };
  for (const [index, signal] of (["SIGKILL", "SIGTERM", "SIGKILL"] as const).entries()) {
    await restart(signal);
    await using client = await program.connect();
    const power = await retrieveOne(client, vm, ["runtime.powerState"]);
    expect(power["runtime.powerState"]).toBe("poweredOn");
    await change(client, vm, diskChange("", 1000), nicChange());
    await change(client, vm, childChange("[datastore1] image/image.vmdk"));
    expect(await counts(client)).toEqual([4 + 2 * index, 2 + index]);
    const snapshot = { name: signal, memory: false, quiesce: false };
    await runTask(client, vm, "CreateSnapshot_Task", snapshot);
  }
  await restart("SIGKILL");
  await using client = await program.connect();
  await runTask(client, vm, "RemoveAllSnapshots_Task");
  await change(client, vm, diskChange("", 1000), nicChange());
  expect(await counts(client)).toEqual([9, 5]);
});
