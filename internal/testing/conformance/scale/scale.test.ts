import { afterAll, beforeAll, expect, test } from "bun:test";
import { refs } from "../../../host/inventory/refs.ts";
import type { Client } from "../../../vim25/client.ts";
import { runTask } from "../../../vim25/task.ts";
import { VicHost } from "../vic-host.ts";
import { ManyVms } from "./many-vms.ts";

// How fast this is, `make bench` says.
const vmsMany = 1_000;

let host: VicHost;
let client: Client;
let vms: ManyVms;
beforeAll(async () => {
  host = await VicHost.start({ loopback: "127.0.44.0/24" });
  client = await host.connect();
  vms = new ManyVms(client, vmsMany);
  await vms.make(refs.vmFolder, refs.rootPool);
});
afterAll(async () => {
  await client?.close();
  await host?.[Symbol.asyncDispose]();
});

test(`names and power states of ${vmsMany} VMs are all there, once each`, async () => {
  const found = await vms.retrieve();
  expect(found.map((vm) => String(vm.props["name"])).toSorted()).toEqual(vms.names);
  expect(new Set(found.map((vm) => vm.props["runtime.powerState"]))).toEqual(
    new Set(["poweredOff"]),
  );
});

test(`one change among ${vmsMany} VMs is seen, and nothing else`, async () => {
  const watch = await vms.watch();
  const [last] = (await vms.retrieve()).filter((vm) => vm.props["name"] === vms.names.at(-1));
  if (!last) throw new Error("the last VM is not there");
  const seen = watch.next();
  await runTask(client, last.ref, "Rename_Task", { newName: "another" });
  expect(await seen).toBe(false);
  expect(watch.seen).toEqual(["name: another"]);
  await watch.end();
});

test(`${vmsMany} VMs are still there after a restart`, async () => {
  await client.close();
  await host.restart();
  client = await host.connect();
  const again = new ManyVms(client, 0);
  await again.make(refs.vmFolder, refs.rootPool);
  expect(await again.retrieve()).toHaveLength(vmsMany);
});
