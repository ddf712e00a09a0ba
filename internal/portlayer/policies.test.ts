/** What follows from a container's health, restarts and updates. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { VicError } from "../errors/errors.ts";
import { TestHost } from "../host/testing/fakes.ts";
import { retrieveOne } from "../vim25/properties.ts";
import { runTask } from "../vim25/task.ts";
import { prepareStore, Stand } from "../testing/fixtures/engine-stand.ts";
import { createRequest } from "./testing/stand.ts";

// A loaded machine takes its time.
setDefaultTimeout(60_000);
const starting = { status: "starting" as const, failingStreak: 0, log: [] };

let host: TestHost;
let stand: Stand;
/** How often vSphere is away when a VM is to be destroyed. */
let refusals = 0;
beforeAll(async () => {
  host = await TestHost.start();
  await prepareStore(host);
  stand = await Stand.start(host, {
    vms: (own) => {
      const destroy = own.destroy.bind(own);
      own.destroy = async (vm, folder) => {
        if (refusals-- > 0) throw new VicError("unavailable", "vSphere is away");
        await destroy(vm, folder);
      };
      return own;
    },
  });
});
afterAll(async () => {
  await stand[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
});

function health(status: "healthy" | "unhealthy") {
  return { ...starting, status };
}

test("a new health status is an event, once", async () => {
  const id = await stand.create("sick", { health: starting });
  await stand.client.startContainer(id);
  const entry = stand.engine.cache.find(id);
  expect((await stand.client.container(id)).health).toEqual(starting);
  for (const status of ["healthy", "healthy", "unhealthy"] as const) {
    stand.guests.get("sick")!.healthChanged(health(status));
    await entry.until((facts) => facts.state?.health?.status === status);
  }
  expect((await stand.client.container(id)).health).toMatchObject({ status: "unhealthy" });
  // The newest is the guest's own word.
  expect((await stand.client.health(id)).status).toBe("healthy");
  await stand.client.stopContainer(id);
  const events = ["health_status: healthy", "health_status: unhealthy"];
  expect(await stand.actions(id)).toEqual(["create", "start", ...events, "kill", "die", "stop"]);
  await stand.client.removeContainer(id);
});

test("runs of a health check are execs, as Docker shows them", async () => {
  const { signal } = new AbortController();
  const request = createRequest("probed");
  const args = ["/bin/sh", "-c", "check it"];
  const times = { intervalMs: 1, timeoutMs: 1, startPeriodMs: 0, startIntervalMs: 1, retries: 1 };
  await stand.client.createContainer({ ...request, healthcheck: { args, ...times } });
  const { id } = request;
  await stand.client.startContainer(id);
  const events = stand.events.follow({}, signal);
  const guest = stand.guests.get("probed")!;
  const [first, second] = ["a".repeat(64), "b".repeat(64)];
  while (!guest.hasProbesReader) await new Promise((next) => setImmediate(next));
  guest.probed({ id: first });
  guest.probed({ id: first, exitCode: 1 });
  guest.probed({ id: second });
  const common = { name: "probed", image: "busybox", team: "a" };
  const begins = { ...common, execID: first, command: "/bin/sh -c check it" };
  const wanted = [
    { action: "exec_create", attributes: begins },
    { action: "exec_start", attributes: begins },
    { action: "exec_die", attributes: { ...common, execID: first, exitCode: "1" } },
    { action: "exec_create", attributes: { ...begins, execID: second } },
    { action: "exec_start", attributes: { ...begins, execID: second } },
  ];
  for (const one of wanted) expect((await events.next()).value).toMatchObject({ id, ...one });
  // A guest that does not speak as it should is not listened to any more.
  for (const bad of ["{", '{"id":"x"}', "x".repeat(1000)]) guest.probed(bad);
  guest.probed({ id: second, exitCode: 0 });
  await stand.client.stopContainer(id);
  expect((await events.next()).value).toMatchObject({ action: "kill" });
  await stand.client.removeContainer(id);
});

test("a container that waits for its restart is restarting, and a stop calls it off", async () => {
  const restartPolicy = { name: "always" as const, maximumRetryCount: 0 };
  const id = await stand.create("crashes", { exitCode: 1 }, { restartPolicy });
  await stand.client.startContainer(id);
  const entry = stand.engine.cache.find(id);
  while (!(entry.isRestarting && entry.starting === undefined))
    await new Promise((next) => setImmediate(next));
  // Without a pause: the next start is near.
  expect(stand.engine.get(id)).toMatchObject({ status: "exited", isRestarting: true });
  expect(stand.engine.start(id)).rejects.toMatchObject({ code: "not-modified" });
  await stand.engine.stop(id, {});
  const stopped = await stand.client.container(id);
  expect(stopped).toMatchObject({ status: "exited", isRestarting: false });
  expect(stopped.record.isStoppedByUser).toBe(true);
  await stand.client.removeContainer(id);
});

test("as in Docker a wait does not take the pause before a restart for the end", async () => {
  const restartPolicy = { name: "always" as const, maximumRetryCount: 0 };
  const id = await stand.create("loops", { exitCode: 5 }, { restartPolicy });
  await stand.client.startContainer(id);
  const entry = stand.engine.cache.find(id);
  const signal = new AbortController().signal;
  const { die } = entry.told;
  await entry.until(() => entry.isRestarting && entry.told.die > die);
  const first = entry.told.die;
  const wait = stand.engine.wait(id, "not-running", signal);
  expect((await wait).exitCode).toBe(5);
  expect(entry.told.die).toBeGreaterThan(first);
  // Long enough a pause that the stop comes into it.
  await entry.until(() => entry.isRestarting && entry.starting === undefined);
  const waits = (["not-running", "next-exit"] as const).map((condition) =>
    stand.engine.wait(id, condition, signal),
  );
  const isOver = Promise.all(waits).then(() => "over");
  expect(await Promise.race([isOver, Promise.resolve("waiting")])).toBe("waiting");
  await stand.engine.stop(id, {});
  expect(await isOver).toBe("over");
  expect((await stand.engine.wait(id, "not-running", signal)).exitCode).toBe(5);
  await stand.client.removeContainer(id);
});

test("a restart that is stopped in the middle leaves what the last run left", async () => {
  const restartPolicy = { name: "always" as const, maximumRetryCount: 0 };
  const id = await stand.create("boots", { exitCode: 3 }, { restartPolicy });
  await stand.client.startContainer(id);
  stand.scripts.set("boots", { neverRuns: true });
  const entry = stand.engine.cache.find(id);
  await entry.until(() => entry.isRestarting && entry.facts.config.run === 2);
  expect(await stand.client.container(id)).toMatchObject({ isRestarting: true, exitCode: 3 });
  await stand.client.stopContainer(id);
  const stopped = { isRestarting: false, status: "exited", exitCode: 3, error: "" };
  expect(await stand.client.container(id)).toMatchObject(stopped);
  await stand.client.removeContainer(id);
});

test("autoRemove goes on when vSphere was away", async () => {
  refusals = 2;
  const id = await stand.create("auto", { exitCode: 7 }, { autoRemove: true });
  const wait = await stand.client.wait(id, "removed");
  await stand.client.startContainer(id);
  expect(await wait.result).toEqual({ exitCode: 7, error: "" });
  expect(refusals).toBeLessThan(0);
});

test("limits reach a running container at once; its VM's size waits until it is off", async () => {
  const id = await stand.create("grows");
  await stand.client.startContainer(id);
  const limits = { memoryBytes: 5, cpuShares: 512 };
  await stand.client.updateContainer(id, { pidsLimit: 7, limits, cpus: 1, memoryMiB: 126 });
  expect(stand.guests.get("grows")!.limited).toEqual({ pidsLimit: 7, limits });
  const { vm } = await stand.client.container(id);
  const ref = { type: "VirtualMachine", value: vm };
  const { "config.cpuAllocation": allocation } = await retrieveOne(host.client, ref, [
    "config.cpuAllocation",
  ]);
  expect(allocation).toMatchObject({ shares: { level: "custom", shares: 500 } });
  const refused = await stand.client
    .updateContainer(id, { memoryMiB: 256 })
    .catch((error: unknown) => VicError.from(error));
  expect(refused).toMatchObject({ code: "conflict", hint: expect.stringContaining("stop") });
  await stand.client.stopContainer(id);
  await stand.engine.cache.find(id).until((facts) => facts.power === "poweredOff");
  await stand.client.updateContainer(id, { memoryMiB: 256, cpus: 2 });
  expect(await stand.client.container(id)).toMatchObject({ memoryMiB: 256, cpus: 2, limits });
  await stand.client.removeContainer(id);
});

test("a boot starts what its policy wants, and counts that as no restart", async () => {
  const policies = ["no", "always", "unless-stopped", "on-failure"] as const;
  const ids = new Map<string, string>();
  for (const name of policies) {
    const restartPolicy = { name, maximumRetryCount: 0 };
    for (const end of ["stopped", "cut", ...(name === "always" ? ["fresh"] : [])])
      ids.set(`${end}-${name}`, await stand.create(`${end}-${name}`, {}, { restartPolicy }));
    await stand.client.startContainer(`stopped-${name}`);
    await stand.client.startContainer(`cut-${name}`);
    await stand.client.stopContainer(`stopped-${name}`);
  }
  // It has been restarted before.
  stand.scripts.set("cut-always", { exitCode: 1 });
  const often = stand.engine.cache.find("cut-always");
  await stand.client.stopContainer(often.id);
  await stand.client.startContainer(often.id);
  stand.scripts.set("cut-always", {});
  await often.until(() => often.isRunning && often.facts.own.restartCount > 0 && !often.starting);
  const vms = new Map<string, string>();
  for (const { record, vm } of await stand.client.containers()) vms.set(record.name, vm);
  await stand[Symbol.asyncDispose]();
  // As after a power failure: the VMs went off and nobody was there to see it.
  for (const name of policies) {
    const ref = { type: "VirtualMachine", value: vms.get(`cut-${name}`)! };
    await runTask(host.client, ref, "PowerOffVM_Task");
  }
  stand = await Stand.start(host, { isBoot: true });
  const running = ["cut-always", "cut-on-failure", "cut-unless-stopped"];
  running.push("stopped-always", "stopped-on-failure");
  for (const name of running) {
    const entry = stand.engine.cache.find(name);
    await entry.until(() => entry.isRunning && entry.isOn && entry.starting === undefined);
  }
  await stand.engine.wait("cut-no", "not-running", new AbortController().signal);
  const shown = await stand.client.containers();
  const on = shown.filter(({ status }) => status === "running").map(({ record }) => record.name);
  expect(on.toSorted()).toEqual(running.toSorted());
  expect(shown.every(({ restartCount }) => restartCount === 0)).toBe(true);
  for (const id of ids.values()) await stand.client.removeContainer(id, { force: true });
});
