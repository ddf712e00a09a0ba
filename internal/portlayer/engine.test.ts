import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { VicError } from "../errors/errors.ts";
import type { ApplianceConfig } from "../guest/config.ts";
import { refs } from "../host/inventory/refs.ts";
import { TestHost, type FakeMachine } from "../host/testing/fakes.ts";
import { serve } from "../http/server.ts";
import { generateCa } from "../pki/pki.ts";
import { retrieveOne } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import type { Client } from "../vim25/client.ts";
import type { MoRef } from "../vim25/types.ts";
import { Datastore } from "../vsphere/datastore.ts";
import { createDisk } from "../vsphere/virtual-disk.ts";
import { PortLayerClient, upgradeToken } from "./api/client.ts";
import { routes, type PortLayer } from "./api/routes.ts";
import { EventRing } from "./events/ring.ts";
import { Engine } from "./exec/engine.ts";
import { VsphereVms } from "./exec/vms.ts";
import { Networks } from "./network/networks.ts";
import { PublishedPorts } from "./network/ports.ts";
import { createRequest, FakeGuest, type Script } from "./testing/stand.ts";

// A loaded machine takes its time.
setDefaultTimeout(60_000);

const store = "[datastore1] vch";
const all = { stdin: true, stdout: true, stderr: true };

/** The exec layer against vic-host's vSphere API, with guests made of a few lines. */
class Stand implements AsyncDisposable {
  readonly host: TestHost;
  readonly engine: Engine;
  readonly client: PortLayerClient;
  readonly events = new EventRing();
  readonly scripts = new Map<string, Script>();
  readonly guests = new Map<string, FakeGuest>();
  readonly #stopping: AbortController;

  private constructor(host: TestHost, parts: { engine: Engine; events: EventRing }) {
    this.host = host;
    this.engine = parts.engine;
    this.events = parts.events;
    this.#stopping = new AbortController();
    this.client = new PortLayerClient(join(host.dir, "pl.sock"));
  }

  static async start(host: TestHost, isBoot = false): Promise<Stand> {
    const { engine, events } = await makeEngine(host.client);
    const stand = new Stand(host, { engine, events });
    stand.#hookMachines();
    await engine.restore(isBoot, stand.#stopping.signal);
    const portLayer = { engine, events, trouble: () => undefined } as unknown as PortLayer;
    const server = await serve({
      app: routes(() => portLayer),
      upgrades: [upgradeToken],
      listen: { path: join(host.dir, "pl.sock") },
    });
    stand.#closers.push(() => server.close());
    return stand;
  }

  readonly #closers: (() => Promise<void>)[] = [];

  /** Whatever vic-host starts gets a guest. */
  #hookMachines(): void {
    const { hypervisor } = this.host;
    const start = Object.getPrototypeOf(hypervisor).start.bind(
      hypervisor,
    ) as typeof hypervisor.start;
    hypervisor.start = async (spec, events) => {
      const machine = await start(spec, events);
      const guest = new FakeGuest(
        machine as FakeMachine,
        this.scripts.get(spec.name.replace(/-[0-9a-f]{12}$/, "")) ?? {},
      );
      this.guests.set(guest.config.name, guest);
      setImmediate(() => void guest.boot(this.engine));
      return machine;
    };
  }

  /** A container of the engine, created and with a script. */
  async create(name: string, script: Script = {}, more = {}): Promise<string> {
    this.scripts.set(name, script);
    const { record } = await this.client.createContainer(createRequest(name, more));
    return record.id;
  }

  /** Actions of a container so far. */
  actions(id: string): Promise<string[]> {
    return actionsOf(this.events, id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    for (const close of this.#closers) await close();
  }
}

async function actionsOf(events: EventRing, id: string): Promise<string[]> {
  const found: string[] = [];
  const stop = new AbortController();
  const end = crypto.randomUUID();
  events.publish({ type: "container", action: "resize", id: end, attributes: {} });
  for await (const event of events.follow(0n, stop.signal)) {
    if (event.id === id) found.push(event.action);
    if (event.id === end) stop.abort();
  }
  return found;
}

async function makeEngine(client: Client) {
  const config = {
    vm: "1",
    name: "vch",
    debug: 0,
    nics: { bridge: { mac: "00:50:56:11:22:33", address: "172.16.0.1/16" } },
    inventory: {
      datacenter: refs.datacenter.value,
      folder: refs.vmFolder.value,
      pool: refs.rootPool.value,
      bridgeNetwork: await networkRef(client),
      bridgeNetworkName: "VM Network",
    },
    storage: { imageStore: store },
    bootstrapIso: "[datastore1] vch/bootstrap.iso",
    bridge: { range: "172.16.0.0/12", width: 16 },
  } as unknown as ApplianceConfig;
  const events = new EventRing();
  const engine = new Engine({
    config,
    controlCa: await generateCa({ organization: ["test"] }),
    controlAddress: "fe80::1",
    vms: new VsphereVms(client, config),
    networks: new Networks(config),
    ports: new PublishedPorts(async () => {}),
    events,
    images: {
      rootfs: (id) => {
        if (id !== "sha256:test") throw new VicError("not-found", `no image ${id}`);
        return { path: `${store}/image.vmdk`, partitions: [1, 2] };
      },
    },
    scratch: async () => `${store}/scratch.vmdk`,
    nameservers: () => ["10.0.2.3"],
    releaseLogs: async () => {},
    offline: {
      attach: async (path) => {
        throw new VicError("unavailable", `${path} cannot be plugged in here`);
      },
      root: "/nowhere",
    },
  });
  return { engine, events };
}

async function networkRef(client: Client): Promise<string> {
  const { network } = await retrieveOne(client, refs.datacenter, ["network"]);
  return (network as MoRef[])[0]!.value;
}

async function prepareStore(host: TestHost): Promise<void> {
  const { datastore: found } = await retrieveOne(host.client, refs.datacenter, ["datastore"]);
  const datastore = await Datastore.open(host.client, (found as MoRef[])[0]!);
  await datastore.mkdir(`${store}/containers`);
  await datastore.upload("iso", `${store}/bootstrap.iso`);
  await createDisk(datastore, `${store}/image.vmdk`, 1024);
  await createDisk(datastore, `${store}/scratch.vmdk`, 1024);
}

let host: TestHost;
let stand: Stand;
beforeAll(async () => {
  host = await TestHost.start();
  await prepareStore(host);
  stand = await Stand.start(host);
});
afterAll(async () => {
  await stand[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
});
const code = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => VicError.from(error).code,
  );

describe("a container", () => {
  test("is one VM from create to remove", async () => {
    const id = await stand.create("life", { exitCode: 3 });
    const created = await stand.client.container("life");
    expect(created).toMatchObject({ status: "created", memoryMiB: 128, startedAt: "" });
    expect(created.vmName).toBe(`life-${id.slice(0, 12)}`);
    expect(created.record.networks[0]).toMatchObject({ address: "172.16.0.2", prefixBits: 16 });
    expect(created.record.networks[0]?.mac).toMatch(/^00:50:56:[0-3]/);
    const wait = await stand.client.wait(id, "next-exit");
    await stand.client.startContainer(id);
    expect(await wait.result).toEqual({ exitCode: 3, error: "" });
    expect(await stand.client.container(id)).toMatchObject({ status: "exited", exitCode: 3 });
    await stand.client.removeContainer(id);
    expect(await code(stand.client.container(id))).toBe("not-found");
    expect(existsSync(join(host.dir, "datastore1/vch/containers", id))).toBe(false);
    expect(existsSync(join(host.dir, "datastore1/vch/image.vmdk"))).toBe(true);
    expect(await stand.actions(id)).toEqual(["create", "start", "die", "destroy"]);
  });

  test("has its name alone", async () => {
    const id = await stand.create("name");
    const error = await stand.create("name").catch((e: unknown) => VicError.from(e));
    expect(error).toMatchObject({ code: "conflict", detail: { conflictingId: id } });
    await stand.client.updateContainer(id, { name: "renamed" });
    expect((await stand.client.container("renamed")).vmName).toStartWith("renamed-");
    expect(await code(stand.client.container("name"))).toBe("not-found");
    await stand.client.removeContainer(id);
  });

  test("that cannot be created leaves nothing", async () => {
    const request = createRequest("bad");
    request.networks = [{ name: "bridge", aliases: [], address: "172.16.9.9" }];
    const { record } = request;
    expect(
      await code(stand.client.createContainer({ ...request, record: { ...record, imageId: "x" } })),
    ).toBe("not-found");
    expect(await code(stand.client.createContainer({ ...request, cpus: 0 }))).toBe("invalid");
    await stand.client.createContainer(request);
    await stand.client.removeContainer(request.id);
  });

  test("that cannot start says why", async () => {
    const id = await stand.create("fail", { failure: { error: "exec: not found", exitCode: 127 } });
    const error = await stand.client.startContainer(id).catch((e: unknown) => VicError.from(e));
    expect(error).toMatchObject({ message: "exec: not found", detail: { exitCode: 127 } });
    const shown = await stand.client.container(id);
    expect(shown).toMatchObject({ status: "created", exitCode: 127, error: "exec: not found" });
    await stand.client.removeContainer(id);
  });

  test("that cannot start goes by itself with autoRemove, and still says why", async () => {
    const script = { failure: { error: "exec: not found", exitCode: 127 } };
    const id = await stand.create("failrm", script, { autoRemove: true });
    const wait = await stand.client.wait(id, "removed");
    const error = await stand.client.startContainer(id).catch((e: unknown) => VicError.from(e));
    expect(error).toMatchObject({ message: "exec: not found", detail: { exitCode: 127 } });
    expect((await wait.result).exitCode).toBe(127);
  });

  test("that is stopped while it starts does not start", async () => {
    const id = await stand.create("early", { neverRuns: true });
    const start = stand.client.startContainer(id).catch((e: unknown) => VicError.from(e));
    const entry = stand.engine.cache.find(id);
    await entry.until(() => entry.isOn);
    await stand.client.signalContainer(id, "SIGKILL");
    expect(await start).toMatchObject({ code: "conflict" });
    expect(entry.isOn).toBe(false);
    expect((await stand.client.container(id)).status).toBe("created");
    await stand.client.removeContainer(id);
  });

  test("is stopped by its signal, and killed when that does not help", async () => {
    const id = await stand.create("stop");
    await stand.client.startContainer(id);
    expect(await code(stand.client.startContainer(id))).toBe("not-modified");
    expect(await code(stand.client.removeContainer(id))).toBe("conflict");
    await stand.client.stopContainer(id);
    expect((await stand.client.container(id)).exitCode).toBe(143);
    expect(await code(stand.client.stopContainer(id))).toBe("not-modified");
    stand.scripts.set("stop", { isStubborn: true });
    await stand.client.startContainer(id);
    await stand.client.stopContainer(id, { timeoutSeconds: 0 });
    expect((await stand.client.container(id)).exitCode).toBe(137);
    expect(await code(stand.client.signalContainer(id, "SIGHUP"))).toBe("conflict");
    await stand.client.startContainer(id);
    await stand.client.removeContainer(id, { force: true });
    expect(await code(stand.client.container(id))).toBe("not-found");
  });

  test("that is switched off by somebody else has exited", async () => {
    const id = await stand.create("cut");
    await stand.client.startContainer(id);
    const wait = await stand.client.wait(id, "not-running");
    const { vm } = await stand.client.container(id);
    await runTask(host.client, { type: "VirtualMachine", value: vm }, "PowerOffVM_Task");
    await wait.result;
    await stand.engine.cache.find(id).until((facts) => facts.state?.phase === "exited");
    expect(await stand.client.container(id)).toMatchObject({ status: "exited", exitCode: 255 });
    await stand.client.removeContainer(id);
  });

  test("goes by itself with autoRemove", async () => {
    const id = await stand.create("auto", { exitCode: 7 }, { autoRemove: true });
    const wait = await stand.client.wait(id, "removed");
    await stand.client.startContainer(id);
    expect(await wait.result).toEqual({ exitCode: 7, error: "" });
    expect(await stand.actions(id)).toEqual(["create", "start", "die", "destroy"]);
  });

  test("is started again by its policy, as often as that says", async () => {
    const restartPolicy = { name: "on-failure", maximumRetryCount: 2 };
    const id = await stand.create("again", { exitCode: 1 }, { restartPolicy });
    await stand.client.startContainer(id);
    const entry = stand.engine.cache.find(id);
    await entry.until(() => entry.told.die === 3 && !entry.isOn);
    expect((await stand.client.container(id)).restartCount).toBe(2);
    await stand.client.removeContainer(id);
  });

  test("removed behind our back is gone", async () => {
    const id = await stand.create("behind");
    const wait = await stand.client.wait(id, "removed");
    const { vm } = await stand.client.container(id);
    await runTask(host.client, { type: "VirtualMachine", value: vm }, "Destroy_Task");
    await wait.result;
    expect(await code(stand.client.container(id))).toBe("not-found");
  });
});

describe("streams", () => {
  test("attach before the start sees the first byte and closes stdin by half", async () => {
    const id = await stand.create("attach", { output: "hello" });
    const stream = await stand.client.attach(id, all);
    await stand.client.startContainer(id);
    expect(stand.guests.get("attach")?.config.hold).toBe(true);
    stream.end("input");
    const ended = Array.fromAsync(stream as AsyncIterable<Buffer>);
    const entry = stand.engine.cache.find(id);
    await entry.until(() => entry.isRunning);
    while (Buffer.concat(stand.guests.get("attach")!.received).toString() !== "input")
      await new Promise((next) => setImmediate(next));
    await stand.client.signalContainer(id, "SIGKILL");
    expect(Buffer.concat(await ended).toString()).toBe("hello");
    await stand.client.removeContainer(id);
  });

  test("an input that ended before the start, without a byte, ends in the VM", async () => {
    const id = await stand.create("no-input");
    const stream = await stand.client.attach(id, all);
    stream.end();
    const ended = Array.fromAsync(stream as AsyncIterable<Buffer>);
    await stand.client.startContainer(id);
    while (!stand.guests.get("no-input")!.isInputEnded)
      await new Promise((next) => setImmediate(next));
    await stand.client.signalContainer(id, "SIGKILL");
    await ended;
    await stand.client.removeContainer(id);
  });

  test("a start that fails ends the sessions that wait for it", async () => {
    const id = await stand.create("nostart", { failure: { error: "no", exitCode: 126 } });
    const stream = await stand.client.attach(id, all);
    const ended = Array.fromAsync(stream as AsyncIterable<Buffer>);
    expect(await code(stand.client.startContainer(id))).toBe("invalid");
    expect(Buffer.concat(await ended).length).toBe(0);
    await stand.client.removeContainer(id);
  });

  test("exec: bytes both ways, its exit code, and a command that is not there", async () => {
    const id = await stand.create("exec");
    await stand.client.startContainer(id);
    const process = { ...createRequest("x").process, args: ["cat"], privileged: false };
    const exec = await stand.client.createExec(id, { process });
    const stream = await stand.client.startExec(exec, all);
    stream.end("to and fro");
    const bytes = await Array.fromAsync(stream as AsyncIterable<Buffer>);
    expect(Buffer.concat(bytes).toString()).toBe("to and fro");
    expect(await stand.client.exec(exec)).toMatchObject({ exitCode: 4, isRunning: false });
    const nope = await stand.client.createExec(id, { process: { ...process, args: ["nope"] } });
    const failed = await stand.client.startExec(nope, all);
    const text = Buffer.concat(await Array.fromAsync(failed as AsyncIterable<Buffer>)).toString();
    expect(text).toContain("nope: not found");
    expect((await stand.client.exec(nope)).exitCode).toBe(127);
    await stand.client.removeContainer(id, { force: true });
    expect(await code(stand.client.exec(exec))).toBe("not-found");
  });
});

test("a port layer that starts anew finds everything as it is", async () => {
  const running = await stand.create("stays");
  const exited = await stand.create("over", { exitCode: 9 });
  await stand.client.startContainer(running);
  const wait = await stand.client.wait(exited, "next-exit");
  await stand.client.startContainer(exited);
  await wait.result;
  const before = await stand.client.container(running);
  await stand[Symbol.asyncDispose]();
  const { guests } = stand;
  stand = await Stand.start(host);
  expect(await stand.client.container("stays")).toEqual(before);
  expect(await stand.client.container("over")).toMatchObject({ status: "exited", exitCode: 9 });
  guests.get("stays")!.connect(stand.engine);
  await stand.client.stopContainer(running);
  expect((await stand.client.container(running)).exitCode).toBe(143);
  expect(await stand.actions(running)).toEqual(["kill", "die", "stop"]);
  for (const id of [running, exited]) await stand.client.removeContainer(id);
  expect(await stand.client.containers()).toEqual([]);
});
