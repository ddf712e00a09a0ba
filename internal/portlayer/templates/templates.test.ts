import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { keys } from "../../guest/config.ts";
import { TestHost } from "../../host/testing/fakes.ts";
import { runTask } from "../../vim25/task.ts";
import { heldMax } from "../exec/held.ts";
import type { Vms } from "../exec/vms.ts";
import {
  prepareStore,
  Stand,
  until,
  type StandOptions,
} from "../../testing/fixtures/engine-stand.ts";
import { createRequest } from "../testing/stand.ts";

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

const vms = () =>
  host.world.vms.all().map(({ record, powerState, ref }) => ({ record, powerState, ref }));
const isTemplate = (name: string) => name.startsWith("vch-template-");
const templates = () => vms().filter(({ record }) => isTemplate(record.name));
const others = () => vms().filter(({ record }) => !isTemplate(record.name));
const folders = (name: string) => readdirSync(join(host.dir, "datastore1", name));
const started = () => [...host.hypervisor.machines.values()].filter(({ spec }) => !spec.restore);

async function open(options: StandOptions = {}): Promise<void> {
  stand = await Stand.start(host, options);
}

async function create(name: string, memoryMiB = 512): Promise<string> {
  return (await stand.client.createContainer({ ...createRequest(name), memoryMiB })).record.id;
}

describe("a container made from a template", () => {
  beforeEach(async () => {
    await open();
    await stand.begin();
  });

  test("is held until it is started, and starts without a boot", async () => {
    const [template] = templates();
    expect(template?.record.frozen).toBeDefined();
    const id = await create("one");
    const entry = stand.engine.cache.find(id);
    expect(await stand.client.container(id)).toMatchObject({ status: "created", memoryMiB: 512 });
    expect(entry.isOn).toBe(true);
    const machine = host.machine(entry.facts.vm.value);
    expect(machine.spec.restore).toBeDefined();
    expect(machine.guestInfo.get(keys.template)).toBeUndefined();
    await stand.client.startContainer(id);
    expect(await stand.client.container(id)).toMatchObject({ status: "running" });
    expect(host.machine(entry.facts.vm.value)).toBe(machine);
    expect(started().length).toBe(1);
    const devices = [...machine.devices.values()].map(({ kind }) => kind);
    expect(devices.filter((kind) => kind === "disk").length).toBe(2);
    expect(devices.filter((kind) => kind === "nic").length).toBe(2);
    await stand.client.removeContainer(id, { force: true });
    expect(others()).toEqual([]);
    expect(folders("vch/containers")).toEqual([]);
    expect(folders(".").filter((name) => name.startsWith("one-"))).toEqual([]);
    expect(await stand.actions(id)).toEqual(["create", "start", "kill", "die", "destroy"]);
  });

  test("talks before its start; what waits for the start is opened on that channel", async () => {
    stand.scripts.set("one", { output: "hello", exitCode: 3 });
    const id = await create("one");
    stand.prepared.get("one")!.connect(stand.engine);
    await until(() => stand.engine.connections.get(id, 1) !== undefined);
    expect(stand.engine.connections.get(id, 2)).toBeUndefined();
    const stream = await stand.client.attach(id, { stdin: false, stdout: true, stderr: true });
    const output = Array.fromAsync(stream as AsyncIterable<Buffer>);
    await stand.client.startContainer(id);
    expect(stand.guests.get("one")).toBe(stand.prepared.get("one"));
    expect(Buffer.concat(await output).toString()).toBe("hello");
  });

  test("may connect with the certificate in its configuration only", async () => {
    const id = await create("one");
    const prepared = stand.prepared.get("one")!;
    prepared.config.control.name = "another";
    await prepared.connect(stand.engine).closed;
    expect(stand.engine.connections.get(id, 1)).toBeUndefined();
  });

  test("starts again by a full boot", async () => {
    stand.scripts.set("one", { exitCode: 3 });
    const id = await create("one");
    for (const isFirst of [true, false]) {
      const wait = await stand.client.wait(id, "next-exit");
      await stand.client.startContainer(id);
      expect(await wait.result).toEqual({ exitCode: 3, error: "" });
      const entry = stand.engine.cache.find(id);
      await entry.until(() => !entry.isOn);
      expect(entry.facts.config.run).toBe(isFirst ? 1 : 2);
    }
  });

  test("is held by the next port layer too, and starts", async () => {
    const id = await create("one");
    await stand[Symbol.asyncDispose]();
    await open();
    await stand.begin();
    expect(templates().length).toBe(1);
    await stand.client.startContainer(id);
    expect(await stand.client.container(id)).toMatchObject({ status: "running" });
    expect(started().length).toBe(1);
  });

  test("that is removed, or whose VM was switched off, is like any other", async () => {
    const [a, b] = [await create("one"), await create("two")];
    await stand.client.removeContainer(a);
    expect(others().length).toBe(1);
    const entry = stand.engine.cache.find(b);
    await runTask(host.client, entry.facts.vm, "PowerOffVM_Task");
    await stand.client.startContainer(b);
    expect(await stand.client.container(b)).toMatchObject({ status: "running" });
  });

  test("is one of few that are held", async () => {
    const ids: string[] = [];
    const all = heldMax + 2;
    for (let index = 0; index < all; index += 1) ids.push(await create(`c${index}`));
    const held = () => ids.filter((id) => stand.engine.cache.find(id).isOn);
    expect(held().length).toBe(heldMax);
    for (const id of ids) await stand.client.startContainer(id);
    expect(held().length).toBe(all);
  });
});

describe("templates", () => {
  test("are made for each shape in use, and not for too many", async () => {
    await open();
    await stand.begin();
    for (const memoryMiB of [256, 384, 640]) {
      const id = await create(`m${memoryMiB}`, memoryMiB);
      expect(stand.engine.cache.find(id).isOn).toBe(false);
      await stand.engine.templates.made();
    }
    expect(templates().map(({ record }) => record.config.memoryMiB)).toEqual([512, 256, 384]);
    expect(stand.engine.cache.find(await create("again", 256)).isOn).toBe(true);
    expect(await stand.client.containers()).toHaveLength(4);
  });

  test("of another build are replaced", async () => {
    await open();
    await stand.begin();
    const [old] = templates();
    await stand[Symbol.asyncDispose]();
    await open({ build: "2" });
    await stand.begin();
    await until(() => templates().length === 1);
    expect(templates()[0]!.ref).not.toEqual(old!.ref);
  });

  test("that were lost are made anew; meanwhile there are full boots", async () => {
    await open();
    await stand.begin();
    const [old] = templates();
    await runTask(host.client, old!.ref, "PowerOffVM_Task");
    const id = await create("one");
    expect(stand.engine.cache.find(id).isOn).toBe(false);
    await stand.client.startContainer(id);
    await stand.engine.templates.made();
    await until(() => templates().length === 1);
    expect(stand.engine.cache.find(await create("two")).isOn).toBe(true);
  });

  test("are given up where there is no instant clone, before one is booted", async () => {
    const refuse: Partial<Vms> = {
      clone: async () => {
        throw new VicError("unsupported", "an ESXi alone has no instant clone");
      },
    };
    await open({ vms: (own) => wrap(own, refuse) });
    await stand.begin();
    await until(() => templates().length === 0);
    expect(host.hypervisor.machines.size).toBe(0);
    const id = await create("one");
    await stand.client.startContainer(id);
    expect(await stand.client.container(id)).toMatchObject({ status: "running" });
    await stand.engine.templates.made();
    expect(templates()).toEqual([]);
  });
});

/** Never comes back from the n-th of these calls, or never goes into it: as if the port layer had been killed there. */
type Kill = { call: keyof Vms; isDone: boolean };

function wrap(own: Vms, more: Partial<Vms>): Vms {
  return new Proxy(own, {
    get: (target, name: keyof Vms) => more[name] ?? (target[name] as () => void).bind(target),
  });
}

function killed(own: Vms, { call, isDone }: Kill, reached: () => void): Vms {
  const method = (own[call] as (...args: unknown[]) => Promise<unknown>).bind(own);
  const kill = async (...args: unknown[]) => {
    if (isDone) await method(...args).catch(() => {});
    reached();
    return new Promise(() => {});
  };
  return wrap(own, { [call]: kill });
}

describe("a port layer that is killed while", () => {
  test.each<Kill>([
    { call: "create", isDone: true },
    { call: "powerOn", isDone: false },
    { call: "powerOn", isDone: true },
    { call: "untilFrozen", isDone: true },
  ])("a template is made ($call, $isDone) leaves one that is used or goes", async (kill) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await open({ vms: (own) => killed(own, kill, resolve) });
    void stand.begin();
    await promise;
    await stand[Symbol.asyncDispose]();
    await open();
    await stand.begin();
    await until(() => templates().length === 1 && templates()[0]!.record.frozen !== undefined);
    expect(stand.engine.cache.find(await create("one")).isOn).toBe(true);
    expect(folders("vch/templates").length).toBe(1);
  });

  test.each<Kill & { left: number }>([
    { call: "clone", isDone: false, left: 0 },
    { call: "clone", isDone: true, left: 0 },
    { call: "makeFolder", isDone: true, left: 0 },
    { call: "reconfigure", isDone: false, left: 0 },
    { call: "reconfigure", isDone: true, left: 1 },
  ])("a clone is made ($call, $isDone) leaves a whole container or none", async (kill) => {
    await open();
    await stand.begin();
    await stand[Symbol.asyncDispose]();
    const { promise, resolve } = Promise.withResolvers<void>();
    await open({ vms: (own) => killed(own, kill, resolve) });
    await stand.begin();
    create("one").catch(() => {});
    await promise;
    await stand[Symbol.asyncDispose]();
    await open();
    await stand.begin();
    await until(() => others().length === kill.left);
    await until(() => folders("vch/containers").length === kill.left);
    const [container] = await stand.client.containers();
    expect(container?.status).toBe(kill.left === 1 ? "created" : undefined);
    if (!container) return;
    await stand.client.startContainer(container.record.id);
    await stand.client.removeContainer(container.record.id, { force: true });
    expect(folders("vch/containers")).toEqual([]);
  });

  test("a clone whose change is lost with vSphere goes once that is back", async () => {
    const away = () => new VicError("unavailable", "vSphere is away");
    let isAway = true;
    const whenBack = async (work: () => Promise<void>) => {
      if (isAway) throw away();
      await work();
    };
    const reconfigure = () => Promise.reject(away());
    await open({
      vms: (own) =>
        wrap(own, {
          reconfigure,
          powerOff: (vm) => whenBack(() => own.powerOff(vm)),
          removeFolder: (folder) => whenBack(() => own.removeFolder(folder)),
        }),
    });
    await stand.begin();
    await expect(create("one")).rejects.toMatchObject({ code: "unavailable" });
    expect(others().length).toBe(1);
    expect(folders("vch/containers").length).toBe(1);
    isAway = false;
    await until(() => others().length === 0);
    await until(() => folders("vch/containers").length === 0);
    expect(await stand.client.containers()).toEqual([]);
  });

  /** Makes the first clone all the same. */
  const failingOnce = (own: Vms, error: VicError): Vms => {
    let isFirst = true;
    const clone: Vms["clone"] = async (...args) => {
      const vm = await own.clone(...args);
      // The probe of a template is none.
      if (!isFirst || args[1].endsWith("-probe")) return vm;
      isFirst = false;
      throw error;
    };
    return wrap(own, { clone });
  };

  test("a clone that was made, but not said to be, goes", async () => {
    const away = new VicError("unavailable", "vSphere is away");
    await open({ vms: (own) => failingOnce(own, away) });
    await stand.begin();
    await expect(create("one")).rejects.toMatchObject({ code: "unavailable" });
    await until(() => others().length === 0);
    expect(stand.engine.cache.find(await create("one")).isOn).toBe(true);
  });

  test("a clone that was made although its task failed makes room for a container that boots", async () => {
    const ended = new VicError("internal", "ended", { detail: { fault: "SystemError" } });
    await open({ vms: (own) => failingOnce(own, ended) });
    await stand.begin();
    expect(stand.engine.cache.find(await create("one")).isOn).toBe(false);
    expect(others().length).toBe(1);
  });

  test("a container whose VM went, and vSphere with it, leaves no folder", async () => {
    const destroy =
      (own: Vms): Vms["destroy"] =>
      async (vm) => {
        await own.destroy(vm, "[datastore1] vch/nowhere");
        throw new VicError("unavailable", "vSphere is away");
      };
    await open({ vms: (own) => wrap(own, { destroy: destroy(own) }) });
    await stand.begin();
    const id = await create("one");
    expect(folders("vch/containers")).toEqual([id]);
    await expect(stand.client.removeContainer(id)).rejects.toThrow("vSphere is away");
    await until(() => folders("vch/containers").length === 0);
    await until(() => stand.engine.list().length === 0);
  });

  test("a change that vSphere refuses makes a container by the other way", async () => {
    let isFirst = true;
    const reconfigure: Partial<Vms> = {
      makeFolder: async () => {
        if (isFirst) throw new Error("refused in this test");
      },
    };
    await open({ vms: (own) => wrap(own, reconfigure) });
    await stand.begin();
    const id = await create("one");
    isFirst = false;
    expect(stand.engine.cache.find(id).isOn).toBe(false);
    expect(others().length).toBe(1);
  });
});
