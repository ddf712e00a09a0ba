import { expect, test } from "bun:test";
import { faultOf } from "../../../vim25/fault.ts";
import { runTask } from "../../../vim25/task.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { TestHost, vmSpec } from "../../testing/fakes.ts";
import { refs } from "../refs.ts";

test("a power-on whose state cannot be stored leaves no lock and no machine", async () => {
  await using host = await TestHost.start();
  const { store, datastores, vms } = host.world;
  const ref = await runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
    config: vmSpec("web"),
    pool: refs.rootPool,
  });
  const vm = vms.get(ref);
  const put = store.put.bind(store);
  for (const isRefused of [
    (record: typeof vm.record) => record.isStarting,
    (record: typeof vm.record) => record.isPoweredOn,
  ]) {
    store.put = (kind, id, value) => {
      if (kind === "vm" && isRefused(value as typeof vm.record)) throw new Error("disk is full");
      put(kind, id, value);
    };
    await expect(runTask(host.client, ref, "PowerOnVM_Task")).rejects.toThrow("disk is full");
    expect(datastores.locks.isHeld(datastores.places.parse("[datastore1] web"))).toBe(false);
    expect([vm.machine, host.hypervisor.machines.size]).toEqual([undefined, 0]);
    expect(vm.record).toMatchObject({ isPoweredOn: false, isStarting: false });
  }
  store.put = put;
  await runTask(host.client, ref, "PowerOnVM_Task");
  expect(vm.powerState).toBe("poweredOn");
});

test("a machine's end is shown at once and stored when the database takes it", async () => {
  await using host = await TestHost.start();
  const { store, vms } = host.world;
  const ref = await runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
    config: vmSpec("web"),
    pool: refs.rootPool,
  });
  await runTask(host.client, ref, "PowerOnVM_Task");
  const put = store.put.bind(store);
  const appendEvent = store.appendEvent.bind(store);
  const full = () => {
    throw Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
  };
  store.put = full;
  store.appendEvent = full;
  await runTask(host.client, ref, "PowerOffVM_Task");
  expect(vms.get(ref).powerState).toBe("poweredOff");
  const stored = () => store.get<{ isPoweredOn: boolean }>("vm", ref.value)?.isPoweredOn;
  expect(stored()).toBe(true);
  const params = { spec: { annotation: "new" } };
  const refused = await runTask(host.client, ref, "ReconfigVM_Task", params).catch(faultOf);
  expect(refused).toBe("NoDiskSpace");
  store.put = put;
  store.appendEvent = appendEvent;
  while (stored()) await new Promise((fulfil) => setImmediate(fulfil));
  await runTask(host.client, ref, "ReconfigVM_Task", params);
});
