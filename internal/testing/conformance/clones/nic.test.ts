/** The NIC of a template becomes, in its clone, one with another address; more are added as in any running VM. */
import { expect, test } from "bun:test";
import { runTask } from "../../../vim25/task.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { runInMiniGuest } from "../../fixtures/mini-guest.ts";
import { Scene } from "./scene.ts";

const gateway = "10.0.2.2";

/** Takes an interface up as soon as it is there, and asks the NAT box through it. */
function reach(name: string, address: string): string {
  return [
    `n=0; while [ ! -e /sys/class/net/${name} ] && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done`,
    `ip link set ${name} up && ip addr add ${address}/24 dev ${name}`,
    `ping -c 3 -W 5 -I ${name} ${gateway} > /dev/null && cat /sys/class/net/${name}/address`,
  ].join("; ");
}

function addNic(key: number) {
  const type = "VirtualEthernetCardNetworkBackingInfo";
  const backing = { _type: type, deviceName: "VM Network" };
  return { operation: "add", device: { _type: "VirtualVmxnet3", key, backing } };
}

test("a clone reaches its network at its own address", async () => {
  await using scene = await Scene.open("127.0.94.0/24");
  const run = async (vm: MoRef, command: string) =>
    (await runInMiniGuest(scene.client, vm, command)).output.trim();
  const macs = async (vm: MoRef) =>
    (await scene.get<{ macAddress?: string }[]>(vm, "config.hardware.device")).flatMap(
      ({ macAddress }) => macAddress ?? [],
    );
  const mini = await scene.mini("template");
  const template = await scene.create({ ...mini, deviceChange: [addNic(-7)] });
  await scene.powerOn(template);
  const [own] = await macs(template);
  expect(await run(template, reach("eth0", "10.0.2.77"))).toBe(own!);
  await scene.freezeMini(template);
  const clone = await scene.clone(template, "clone");
  const [first] = await macs(clone);
  expect(first).not.toBe(own);
  expect(await run(clone, reach("eth0", "10.0.2.78"))).toBe(first!);
  const deviceChange = [addNic(-8)];
  await runTask(scene.client, clone, "ReconfigVM_Task", { spec: { deviceChange } });
  const [, second] = await macs(clone);
  expect(await run(clone, reach("eth1", "10.0.2.79"))).toBe(second!);
});
