import { expect, test } from "bun:test";
import { runTask } from "../../vim25/task.ts";
import type { MoRef } from "../../vim25/types.ts";
import { TestHost, vmSpec } from "../testing/fakes.ts";
import { refs } from "./refs.ts";
import type { MachineStats } from "../vm/machine.ts";
import { Sampler } from "./sampler.ts";

const mib = 1024 * 1024;

/** Use of a machine with 1 MiB. */
function statsOf(cpuSeconds: number): MachineStats {
  const memory = { residentBytes: mib, grantedBytes: mib, consumedBytes: mib, overheadBytes: 0 };
  return { cpuSeconds, memory, disks: [], nics: [] };
}

test("what a guest reports while its folder is measured is kept", async () => {
  await using host = await TestHost.start();
  const ref = await runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
    config: vmSpec("web"),
    pool: refs.rootPool,
  });
  await runTask(host.client, ref, "PowerOnVM_Task");
  const vm = host.world.vms.get(ref);
  const machine = host.machine(ref.value);
  const nics = [{ mac: "00:0c:29:00:00:01", addresses: ["10.0.2.15/24"] }];
  // Reading the folder takes a turn of the event loop, and these are only microtasks: this happens before it is read.
  const soon = async (happen: () => void) => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
    happen();
  };
  machine.stats = async () => {
    void soon(() => {
      machine.events.toolsRunning(true);
      machine.events.guestNics(nics);
    });
    return statsOf(2);
  };
  using sampler = new Sampler(host.world);
  await sampler.sample();
  expect(vm.live).toMatchObject({ areToolsRunning: true, nics, memoryMiB: 1 });
  machine.stats = async () => {
    void soon(() => machine.events.exited("guest", ""));
    return statsOf(3);
  };
  await sampler.sample();
  expect(vm.live).toMatchObject({ areToolsRunning: false, nics: [], memoryMiB: 0 });
});
