import { afterEach, beforeEach, expect, test } from "bun:test";
import { thumbprint } from "../pki/pki.ts";
import { Client } from "./client.ts";
import { faultOf, hasFault } from "./fault.ts";
import { sharedWatcher, waitFor } from "./properties.ts";
import { objectsSpec } from "./specs.ts";
import { runTask } from "./task.ts";
import { FakeCollector } from "./testing/fake-collector.ts";
import { FakeServer } from "./testing/fake-server.ts";
import type { MoRef } from "./types.ts";
import type { ObjectChange } from "./watcher.ts";

let server: FakeServer;
let collector: FakeCollector;
let client: Client;

beforeEach(async () => {
  collector = new FakeCollector();
  server = await FakeServer.start(collector.handlers);
  client = await Client.connect({
    url: server.url,
    username: "u",
    password: server.password,
    thumbprint: thumbprint(server.pair.certPem, "sha256"),
  });
});
afterEach(async () => {
  await client.close();
  await server[Symbol.asyncDispose]();
});

const vm = (value: string): MoRef => ({ type: "VirtualMachine", value });

/** Collects changes and lets a test wait for the next that fits. */
class Log {
  readonly seen: ObjectChange[] = [];
  #wake: () => void = () => undefined;
  readonly listener = (changes: ObjectChange[]) => {
    this.seen.push(...changes);
    this.#wake();
  };
  async until(fits: (change: ObjectChange) => boolean): Promise<ObjectChange> {
    for (;;) {
      const at = this.seen.findIndex(fits);
      if (at >= 0) return this.seen.splice(0, at + 1).at(-1)!;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

const watch = (log: Log, ...values: string[]) =>
  sharedWatcher(client).watch(
    objectsSpec(values.map(vm), ["name", "runtime.powerState"]),
    log.listener,
  );

test("subscribers share one wait; each sees its own objects with all their properties", async () => {
  collector.set("a", { name: "A", "runtime.powerState": "poweredOff" });
  collector.set("b", { name: "B" });
  const [one, two] = [new Log(), new Log()];
  const first = watch(one, "a");
  expect(await one.until((c) => c.kind === "enter")).toMatchObject({ props: { name: "A" } });
  watch(two, "a", "b");
  await two.until((c) => c.ref.value === "b");
  collector.set("a", { "runtime.powerState": "poweredOn" });
  const change = await one.until((c) => c.kind === "modify");
  expect(change.props).toEqual({ name: "A", "runtime.powerState": "poweredOn" });
  await two.until((c) => c.kind === "modify");
  expect(server.count("CreatePropertyCollector")).toBe(1);
  first.close();
  collector.set("b", undefined);
  await two.until((c) => c.kind === "leave" && c.ref.value === "b");
  expect(collector.filterCount).toBe(1);
});

test("a server that does not wake a wait for a new filter is woken", async () => {
  collector.isLazy = true;
  collector.set("a", { name: "A" });
  collector.set("b", { name: "B" });
  const [one, two] = [new Log(), new Log()];
  watch(one, "a");
  await one.until((c) => c.kind === "enter");
  await collector.parked();
  watch(two, "b");
  await two.until((c) => c.kind === "enter");
  expect(server.count("CancelWaitForUpdates")).toBeGreaterThan(0);
});

test("after a lost session it starts over: what changed is told, what went has left", async () => {
  collector.set("a", { name: "A" });
  collector.set("b", { name: "B" });
  const log = new Log();
  const missing = new Log();
  watch(log, "a");
  const b = watch(missing, "b");
  await log.until((c) => c.kind === "enter");
  await missing.until((c) => c.kind === "enter");
  collector.objects.set("a", { name: "A2" });
  collector.objects.delete("b");
  server.sessions.clear();
  collector.loseSessions();
  expect(await log.until((c) => c.props["name"] === "A2")).toMatchObject({ kind: "modify" });
  // Its only object is gone: it cannot go on, the others do.
  await expect(b.ended).rejects.toMatchObject({ code: "not-found" });
  collector.set("a", { name: "A3" });
  await log.until((c) => c.props["name"] === "A3");
  expect(sharedWatcher(client).trouble).toBeUndefined();
});

test("a server that restarts is found again", async () => {
  collector.set("a", { name: "A" });
  const log = new Log();
  watch(log, "a");
  await log.until((c) => c.kind === "enter");
  await collector.parked();
  await server.restart(async () => {
    collector.loseSessions();
    collector.objects.set("a", { name: "A2" });
    const asked = client.call(client.instance, "CurrentTime", {}, { timeoutMs: 50 });
    await expect(asked).rejects.toMatchObject({ code: "unavailable" });
  });
  await log.until((c) => c.props["name"] === "A2");
});

test("waiting ends with the predicate, its failure, the object, the signal and the client", async () => {
  collector.set("a", { name: "A" });
  const wait = (predicate: (p: Record<string, unknown>) => boolean, signal?: AbortSignal) =>
    waitFor(client, vm("a"), ["name"], predicate, signal);
  const met = wait((p) => p["name"] === "B");
  const failed = wait(() => {
    throw new Error("predicate");
  });
  await expect(failed).rejects.toThrow("predicate");
  collector.set("a", { name: "B" });
  expect(await met).toEqual({ name: "B" });
  const stop = new AbortController();
  const stopped = wait(() => false, stop.signal);
  stop.abort();
  await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
  const gone = wait(() => false);
  const closed = waitFor(client, vm("c"), ["name"], () => true);
  await expect(closed).rejects.toMatchObject({ code: "not-found" });
  collector.set("a", undefined);
  await expect(gone).rejects.toMatchObject({ code: "not-found" });
  collector.set("d", { name: "D" });
  const last = waitFor(client, vm("d"), ["name"], () => false);
  const lastFailure = last.catch((error: unknown) => error);
  await client.close();
  expect(await lastFailure).toMatchObject({ code: "cancelled" });
});

test("a subscriber that throws loses its subscription, the others live", async () => {
  collector.set("a", { name: "A" });
  const log = new Log();
  const bad = sharedWatcher(client).watch(objectsSpec([vm("a")], ["name"]), () => {
    throw new Error("listener");
  });
  watch(log, "a");
  await expect(bad.ended).rejects.toThrow("listener");
  await log.until((c) => c.kind === "enter");
});

test("tasks end with their result or their fault, and tell their progress", async () => {
  const info = (more: object) => ({ info: { _type: "TaskInfo", key: "1", ...more } });
  server.handlers["PowerOnVM_Task"] = () => {
    collector.set("task-1", info({ state: "running", progress: 40 }));
    return { type: "Task", value: "task-1" };
  };
  const percents: number[] = [];
  const done = runTask(
    client,
    vm("a"),
    "PowerOnVM_Task",
    {},
    {
      onProgress: (percent) => {
        percents.push(percent);
        collector.set("task-1", info({ state: "success", result: "yes" }));
      },
    },
  );
  expect(await done).toBe("yes");
  expect(percents).toEqual([40]);
  const fault = {
    _type: "InvalidPowerState",
    existingState: "poweredOn",
    requestedState: "poweredOn",
  };
  server.handlers["PowerOnVM_Task"] = () => {
    collector.set("task-2", info({ state: "error", error: { fault, localizedMessage: "is on" } }));
    return { type: "Task", value: "task-2" };
  };
  await expect(runTask(client, vm("a"), "PowerOnVM_Task")).rejects.toMatchObject({
    code: "conflict",
    message: "is on",
    detail: { fault: "InvalidPowerState" },
  });
});

test("an answer that was cut short goes on, and only its end says who is gone", async () => {
  collector.updatesMax = 2;
  const names = ["a", "b", "c", "d", "e"];
  for (const name of names) collector.set(name, { name });
  const log = new Log();
  const kinds = new Set<string>();
  sharedWatcher(client).watch(objectsSpec(names.map(vm), ["name"]), (changes) => {
    for (const change of changes) kinds.add(change.kind);
    log.listener(changes);
  });
  for (const name of names) await log.until((c) => c.kind === "enter" && c.ref.value === name);
  // Made anew: what is not in the first of three answers has not left.
  server.sessions.clear();
  collector.loseSessions();
  collector.objects.set("e", { name: "E2" });
  await log.until((c) => c.props["name"] === "E2");
  expect([...kinds].toSorted()).toEqual(["enter", "modify"]);
});

test("a wait that is cancelled leaves no filter, whenever that is", async () => {
  collector.set("a", { name: "A" });
  const waitFor1 = (signal: AbortSignal) => waitFor(client, vm("a"), ["name"], () => false, signal);
  const early = new AbortController();
  const first = waitFor1(early.signal);
  early.abort();
  await expect(first).rejects.toMatchObject({ code: "cancelled" });
  const late = new AbortController();
  const second = waitFor1(late.signal);
  const log = new Log();
  const other = watch(log, "a");
  await log.until((c) => c.kind === "enter");
  late.abort();
  await expect(second).rejects.toMatchObject({ code: "cancelled" });
  while (collector.filterCount > 1) await client.call(client.instance, "CurrentTime");
  other.close();
  while (collector.filterCount > 0) await client.call(client.instance, "CurrentTime");
  // With nobody to serve the loop ends after its wait, and the collector goes too.
  collector.answerWaits();
  while (collector.collectorCount > 0) await client.call(client.instance, "CurrentTime");
});

test("a server that answers for a new filter only to a new collector is asked so", async () => {
  collector.isDeaf = true;
  collector.set("a", { name: "A" });
  collector.set("b", { name: "B" });
  const [one, two] = [new Log(), new Log()];
  watch(one, "a");
  await one.until((c) => c.kind === "enter");
  await collector.parked();
  watch(two, "b");
  await two.until((c) => c.kind === "enter");
  expect(one.seen.filter((c) => c.kind === "leave")).toEqual([]);
  expect(server.count("CreatePropertyCollector")).toBe(2);
});

test("a task nobody waits for any more is cancelled", async () => {
  const cancelled = Promise.withResolvers<void>();
  server.handlers["CancelTask"] = () => cancelled.resolve();
  server.handlers["PowerOnVM_Task"] = () => {
    collector.set("task-1", {
      info: { _type: "TaskInfo", key: "1", state: "running", progress: 1 },
    });
    return { type: "Task", value: "task-1" };
  };
  const stop = new AbortController();
  const onProgress = () => stop.abort();
  const task = runTask(client, vm("a"), "PowerOnVM_Task", {}, { signal: stop.signal, onProgress });
  await expect(task).rejects.toMatchObject({ code: "cancelled" });
  await cancelled.promise;
});

test("a task that is left running when its wait ends is not cancelled", async () => {
  server.handlers["PowerOnVM_Task"] = () => {
    collector.set("task-1", {
      info: { _type: "TaskInfo", key: "1", state: "running", progress: 1 },
    });
    return { type: "Task", value: "task-1" };
  };
  const stop = new AbortController();
  const options = { signal: stop.signal, onProgress: () => stop.abort(), isLeftRunning: true };
  const task = runTask(client, vm("a"), "PowerOnVM_Task", {}, options);
  await expect(task).rejects.toMatchObject({ code: "cancelled" });
  await client.call(client.instance, "CurrentTime");
  expect(server.count("CancelTask")).toBe(0);
});

test("the fault of a task is found below others in its cause chain", async () => {
  const cause = { fault: { _type: "VAppTaskInProgress", task: vm("t") }, localizedMessage: "busy" };
  const fault = { _type: "GenericVmConfigFault", reason: "x", faultCause: cause };
  server.handlers["PowerOnVM_Task"] = () => {
    const info = {
      _type: "TaskInfo",
      key: "1",
      state: "error",
      error: { fault, localizedMessage: "x" },
    };
    collector.set("task-1", { info });
    return { type: "Task", value: "task-1" };
  };
  const error: unknown = await runTask(client, vm("a"), "PowerOnVM_Task").catch((e: unknown) => e);
  expect(faultOf(error)).toBe("GenericVmConfigFault");
  expect(hasFault(error, "TaskInProgress")).toBe(true);
  expect(hasFault(error, "FileFault")).toBe(false);
});
