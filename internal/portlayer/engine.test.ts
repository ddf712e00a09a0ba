import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { VicError } from "../errors/errors.ts";
import { TestHost } from "../host/testing/fakes.ts";
import { runTask } from "../vim25/task.ts";
import { prepareStore, Stand } from "../testing/fixtures/engine-stand.ts";
import { createRequest } from "./testing/stand.ts";
import { nowNs } from "./time.ts";

// A loaded machine takes its time.
setDefaultTimeout(60_000);

const all = { stdin: true, stdout: true, stderr: true };

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
    const { record } = created;
    const network = record.networks[0]!.networkId;
    const about = { container: id, name: "bridge", type: "bridge" };
    const { signal } = new AbortController();
    const past = await Array.fromAsync(stand.events.follow({ since: 0n, until: nowNs() }, signal));
    const told = past.filter((event) => [id, network].includes(event.id));
    expect(told.map(({ action }) => action)).toEqual([
      "create",
      "connect",
      "start",
      "die",
      "disconnect",
      "destroy",
    ]);
    expect(told[1]).toMatchObject({ type: "network", id: network, attributes: about });
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

  test("that cannot start goes by itself with autoRemove, and only the start says why", async () => {
    const script = { failure: { error: "exec: not found", exitCode: 127 } };
    const id = await stand.create("failrm", script, { autoRemove: true });
    const wait = await stand.client.wait(id, "removed");
    const error = await stand.client.startContainer(id).catch((e: unknown) => VicError.from(e));
    expect(error).toMatchObject({ message: "exec: not found", detail: { exitCode: 127 } });
    expect(await wait.result).toEqual({ exitCode: 127, error: "" });
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
    const actions = await stand.actions(id);
    // Of the first stop one, of the second one for either signal.
    expect(actions.filter((action) => action === "kill")).toHaveLength(3);
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
    // What never ran does not die.
    expect((await stand.actions(id)).filter((action) => action.startsWith("exec"))).toEqual([
      "exec_create",
      "exec_start",
      "exec_die",
      "exec_create",
      "exec_start",
    ]);
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
