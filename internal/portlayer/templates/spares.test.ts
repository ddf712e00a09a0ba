import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { keys } from "../../guest/config.ts";
import { TestHost } from "../../host/testing/fakes.ts";
import {
  prepareStore,
  Stand,
  until,
  type StandOptions,
} from "../../testing/fixtures/engine-stand.ts";
import { runTask } from "../../vim25/task.ts";
import type { CreateContainer } from "../api/types.ts";
import { createRequest } from "../testing/stand.ts";
import { sparesMax } from "./spares.ts";

// A loaded machine takes its time.
setDefaultTimeout(60_000);

let host: TestHost;
let stand: Stand;
beforeEach(async () => {
  host = await TestHost.start();
  await prepareStore(host);
});
afterEach(async () => {
  await stand[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
});

const vms = () => host.world.vms.all();
const spares = () => vms().filter(({ record }) => record.name.startsWith("vch-spare-"));
const spareIds = () => spares().map(({ ref }) => ref.value);
const folders = (name: string) => readdirSync(join(host.dir, "datastore1", name));

async function open(options: StandOptions = {}): Promise<void> {
  stand = await Stand.start(host, { spareQuietMs: 1, ...options });
  await stand.begin({ spares: true });
  await until(() => stand.engine.spares.ready === sparesMax);
}

const usual = (name: string) => ({ ...createRequest(name), memoryMiB: 512 });

describe("a spare VM", () => {
  beforeEach(() => open());

  test("becomes the next container, with its NICs, certificate and channel", async () => {
    const ids = spareIds();
    expect(stand.engine.list()).toEqual([]);
    stand.scripts.set("one", { output: "hello", exitCode: 3 });
    const { id } = (await stand.client.createContainer(usual("one"))).record;
    const { facts } = stand.engine.cache.find(id);
    expect(ids).toContain(facts.vm.value);
    expect(facts.vmName).toStartWith("one-");
    const machine = host.machine(facts.vm.value);
    const nics = [...machine.devices.values()].filter(({ kind }) => kind === "nic");
    expect(nics.length).toBe(2);
    const { control, networks } = facts.config;
    const macs = [control.mac, networks[0]!.mac];
    const devices = vms().find(({ ref }) => ref.value === facts.vm.value)!.record.config.devices;
    expect(JSON.stringify(devices)).toContain(macs[0]!);
    expect(JSON.stringify(devices)).toContain(macs[1]!);
    for (const key of [keys.spare, keys.template]) expect(machine.guestInfo.has(key)).toBe(false);
    expect(stand.engine.connections.get(id, 1)).toBeDefined();
    const stream = await stand.client.attach(id, { stdin: false, stdout: true, stderr: true });
    const output = Array.fromAsync(stream as AsyncIterable<Buffer>);
    await stand.client.startContainer(id);
    expect(Buffer.concat(await output).toString()).toBe("hello");
    await stand.client.removeContainer(id, { force: true });
    expect(vms().map(({ ref }) => ref.value)).not.toContain(facts.vm.value);
    expect(folders("vch/containers")).toEqual([]);
    await until(() => stand.engine.spares.ready === sparesMax);
    expect(folders(".").filter((name) => name.startsWith("vch-spare-")).length).toBe(sparesMax);
    expect(stand.engine.spares.macs.size).toBe(2 * sparesMax);
  });

  test("calls again before it has heard of its container, and is known", async () => {
    const { id } = (await stand.client.createContainer(usual("one"))).record;
    const guest = stand.prepared.get("one")!;
    stand.engine.connections.hangUp(id);
    guest.config = { ...guest.config, id: "" };
    guest.connect(stand.engine);
    await until(() => stand.engine.connections.get(id, 1) !== undefined);
  });

  test.each<{ what: string; request: CreateContainer }>([
    { what: "another size", request: { ...usual("one"), memoryMiB: 640 } },
    { what: "no network", request: { ...usual("one"), networks: [] } },
    {
      what: "a MAC address of its own",
      request: {
        ...usual("one"),
        networks: [{ name: "bridge", aliases: [], mac: "02:42:ac:11:00:02" }],
      },
    },
  ])("is not for a container with $what", async ({ request }) => {
    const ids = spareIds();
    const { id } = (await stand.client.createContainer(request)).record;
    expect(ids).not.toContain(stand.engine.cache.find(id).facts.vm.value);
    expect(spareIds()).toEqual(ids);
  });

  test("is there for others when the container cannot be made", async () => {
    const ids = spareIds();
    const networks = [{ name: "nowhere", aliases: [] }];
    expect(stand.client.createContainer({ ...usual("one"), networks })).rejects.toThrow(
      "network nowhere not found",
    );
    await until(() => stand.engine.spares.ready === sparesMax);
    expect(spareIds()).toEqual(ids);
    const { id } = (await stand.client.createContainer(usual("two"))).record;
    expect(ids).toContain(stand.engine.cache.find(id).facts.vm.value);
  });

  test("that has gone off is replaced", async () => {
    const [first] = spares();
    await runTask(host.client, first!.ref, "PowerOffVM_Task");
    stand.spareGuests.get(first!.ref.value)!.hangUp();
    await until(() => !spareIds().includes(first!.ref.value));
    await until(() => stand.engine.spares.ready === sparesMax);
  });

  test("of an earlier port layer goes", async () => {
    const old = spareIds();
    await stand[Symbol.asyncDispose]();
    await open();
    await until(() => !spareIds().some((id) => old.includes(id)));
    expect(spares().length).toBe(sparesMax);
  });
});
