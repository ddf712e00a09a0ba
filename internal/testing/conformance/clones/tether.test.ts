/** A template of bootstrap.iso that its tether freezes; two clones become containers at the same time. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { keys } from "../../../guest/config.ts";
import { testCa } from "../../../guest/testing.ts";
import { waitFor } from "../../../vim25/properties.ts";
import { runTask } from "../../../vim25/task.ts";
import { bin, until } from "../../stand/stand.ts";
import { containerConfig, containerDevices, writtenBy } from "./container.ts";
import { Scene } from "./scene.ts";

const memoryMiB = 512;
/** How long the template stands still at least; its clock would be that late. */
const frozenMs = 5_000;
const lateMaxSeconds = 3;
const command =
  "exec > /out; cat /proc/sys/kernel/random/uuid /proc/sys/kernel/random/boot_id; hostname; date +%s; sync";

test("two clones become two containers that share nothing", async () => {
  await using scene = await Scene.open("127.0.95.0/24");
  const extraConfig = { [keys.template]: "1" };
  const iso = bin("bootstrap.iso");
  const template = await scene.create({ name: "template", iso, memoryMiB, extraConfig });
  await scene.powerOn(template);
  await scene.isFrozen(template);
  const frozenAt = Date.now();
  const ca = await testCa();
  const containers = await Promise.all(
    ["a", "b"].map(async (letter) => {
      const id = letter.repeat(64);
      const mac = `00:50:56:00:00:0${letter}`;
      const deviceChange = await containerDevices(scene.host.datastore, `disks-${letter}`, mac);
      const config = containerConfig(id, mac, command);
      return { letter, config, deviceChange, secret: await ca.issue(id, "client") };
    }),
  );
  await until("the template to have stood still", 60, () => Date.now() > frozenAt + frozenMs);
  const outputs = await Promise.all(
    containers.map(async ({ letter, config, deviceChange, secret }) => {
      const values = {
        [keys.config]: JSON.stringify(config),
        [keys.secret]: JSON.stringify(secret),
      };
      const vm = await scene.clone(template, letter, values);
      await runTask(scene.client, vm, "ReconfigVM_Task", { spec: { deviceChange } });
      const startedAt = Date.now() / 1000;
      const path = "runtime.powerState";
      await waitFor(scene.client, vm, [path], (props) => props[path] === "poweredOff");
      const state = await guestState(scene, vm);
      const out = await writtenBy(scene.host.datastore, `disks-${letter}`, "/out");
      return { state, startedAt, endedAt: Date.now() / 1000, lines: out.trim().split("\n") };
    }),
  );
  for (const [index, { state, startedAt, endedAt, lines }] of outputs.entries()) {
    expect(state).toMatchObject({ run: 1, phase: "exited", exitCode: 0 });
    const [, , hostname, seconds] = lines;
    expect(hostname).toBe(containers[index]!.config.hostname);
    expect(Number(seconds)).toBeGreaterThan(startedAt - lateMaxSeconds);
    expect(Number(seconds)).toBeLessThan(endedAt + lateMaxSeconds);
  }
  // The VM's own, which the container does not see: it follows from the entropy that the clone began with.
  const machineIds = ["a", "b"].map((letter) => {
    const log = readFileSync(join(scene.host.datastore, letter, "serial.log"), "utf8");
    return /cloned: machine id ([0-9a-f]{32})$/m.exec(log.replaceAll("\r", ""))?.[1];
  });
  for (const id of machineIds) expect(id).toBeString();
  expect(new Set(machineIds).size).toBe(2);
  const ids = outputs.flatMap(({ lines }) => lines.slice(0, 2));
  expect(new Set(ids).size).toBe(4);
});

async function guestState(scene: Scene, vm: Parameters<Scene["get"]>[0]): Promise<unknown> {
  const values = await scene.get<{ key: string; value: string }[]>(vm, "config.extraConfig");
  return JSON.parse(values.find(({ key }) => key === keys.state)?.value ?? "null");
}
