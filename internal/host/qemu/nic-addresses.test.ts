import { expect, test } from "bun:test";
import { FakeMachine } from "../testing/fakes.ts";
import type { MachineNic, MachineSpec } from "../vm/machine.ts";
import { asInState, giveOwnNics } from "./nic-addresses.ts";

const nic = (key: number, mac: string): MachineNic => {
  return { kind: "nic", key, mac, portGroup: "bridge", model: "vmxnet3", isConnected: true };
};
const spec: MachineSpec = {
  id: "1",
  name: "clone",
  uuid: "564d0000-0000-0000-0000-000000000001",
  cpus: 1,
  memoryMiB: 64,
  guestInfo: {},
  devices: [nic(4000, "00:0c:29:00:00:01"), nic(4001, "00:0c:29:00:00:02")],
};
const events = { exited() {}, guestInfo() {}, guestNics() {}, toolsRunning() {} };

test("a clone begins with its source's NICs unplugged and ends with its own", async () => {
  const macs = { 4000: "00:0c:29:00:00:0a", 4001: "00:0c:29:00:00:02" };
  const wanted = { ...spec, restore: { statePath: "/state", macs } };
  const inState = asInState(wanted);
  expect(inState.devices).toEqual([
    { ...nic(4000, "00:0c:29:00:00:0a"), isConnected: false },
    nic(4001, "00:0c:29:00:00:02"),
  ]);
  const machine = new FakeMachine(inState, events);
  await giveOwnNics(machine, wanted, inState);
  expect(machine.done).toEqual(["remove 4000", "add 4000"]);
  expect([...machine.devices.values()].map((d) => (d as MachineNic).mac).toSorted()).toEqual([
    "00:0c:29:00:00:01",
    "00:0c:29:00:00:02",
  ]);
});

test("a machine that boots, or goes on as itself, has its NICs from the start", () => {
  expect(asInState(spec)).toBe(spec);
  const resumed = { ...spec, restore: { statePath: "/state" } };
  expect(asInState(resumed)).toBe(resumed);
});
