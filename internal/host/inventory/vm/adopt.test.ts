import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { retrieveOne } from "../../../vim25/properties.ts";
import { runTask } from "../../../vim25/task.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { TestHost, vmSpec } from "../../testing/fakes.ts";
import { refs } from "../refs.ts";
import { Store } from "../store.ts";
import type { VmRecord } from "./record.ts";

// A loaded machine takes its time for a start.
setDefaultTimeout(60_000);

async function twoRunning(host: TestHost): Promise<[MoRef, MoRef]> {
  const start = async (name: string) => {
    const params = { config: vmSpec(name), pool: refs.rootPool };
    const vm = await runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", params);
    await runTask(host.client, vm, "PowerOnVM_Task");
    return vm;
  };
  return [await start("good"), await start("bad")];
}

const powerState = async (host: TestHost, vm: MoRef) =>
  (await retrieveOne(host.client, vm, ["runtime.powerState"]))["runtime.powerState"];

test("a VM that cannot be taken over is off and its machine ended; others and the start go on", async () => {
  await using host = await TestHost.start();
  const [good, bad] = await twoRunning(host);
  await host.halt();
  {
    using store = new Store(join(host.dir, "vic-host.db"));
    const record = store.get<VmRecord>("vm", bad.value)!;
    const config = { ...record.config, vmPathName: "[no such datastore] bad/bad.vmx" };
    store.put("vm", bad.value, { ...record, config });
  }
  await host.boot();
  expect(await powerState(host, good)).toBe("poweredOn");
  expect(await powerState(host, bad)).toBe("poweredOff");
  expect([...host.hypervisor.machines.keys()]).toEqual([good.value]);
});

test("a start that was cut off is found on or off, as its machine is", async () => {
  await using host = await TestHost.start();
  const [there, gone] = await twoRunning(host);
  await host.halt();
  {
    using store = new Store(join(host.dir, "vic-host.db"));
    for (const { value } of [there, gone]) {
      const record = store.get<VmRecord>("vm", value)!;
      store.put("vm", value, { ...record, isPoweredOn: false, isStarting: true });
    }
  }
  host.hypervisor.machines.delete(gone.value);
  await host.boot();
  expect(await powerState(host, there)).toBe("poweredOn");
  expect(await powerState(host, gone)).toBe("poweredOff");
});
