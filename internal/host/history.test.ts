import { afterAll, beforeAll, expect, test } from "bun:test";
import type { MoRef } from "../vim25/types.ts";
import { runTask } from "../vim25/task.ts";
import { refs } from "./inventory/refs.ts";
import { TestHost, vmSpec } from "./testing/fakes.ts";

interface Task {
  key: string;
  task: MoRef;
  state: string;
  descriptionId: string;
  entityName: string;
  eventChainId: number;
  progress?: number;
  [field: string]: unknown;
}
interface Event {
  _type: string;
  key: number;
  chainId: number;
  userName: string;
  fullFormattedMessage: string;
}

let host: TestHost;
let vm: MoRef;

beforeAll(async () => {
  host = await TestHost.start();
  vm = await makeVm("web");
  await runTask(host.client, vm, "PowerOnVM_Task");
});
afterAll(() => host[Symbol.asyncDispose]());

const makeVm = (name: string) =>
  runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
    config: vmSpec(name),
    pool: refs.rootPool,
  });

const call = <T>(ref: MoRef, method: string, parameters: Record<string, unknown> = {}) =>
  host.client.call<T>(ref, method, parameters);

async function property<T>(ref: MoRef, path: string): Promise<T> {
  const [found] = await call<{ propSet: { val: T }[] }[]>(
    refs.propertyCollector,
    "RetrieveProperties",
    { specSet: [{ propSet: [{ type: ref.type, pathSet: [path] }], objectSet: [{ obj: ref }] }] },
  );
  return found?.propSet[0]?.val as T;
}

const queryEvents = (filter: object) =>
  call<Event[]>(refs.eventManager, "QueryEvents", {
    filter: { _type: "EventFilterSpec", ...filter },
  });

const collectTasks = (filter: object) =>
  call<MoRef>(refs.taskManager, "CreateCollectorForTasks", {
    filter: { _type: "TaskFilterSpec", ...filter },
  });

const aboutVm = (recursion: string) => ({ entity: { entity: vm, recursion } });

test("a task and the events of its work are one chain, by the user who started it", async () => {
  const collector = await collectTasks(aboutVm("self"));
  const [task] = await property<Task[]>(collector, "latestPage");
  expect(task).toMatchObject({
    state: "success",
    descriptionId: "VirtualMachine.powerOn",
    entityName: "web",
    reason: { _type: "TaskReasonUser", userName: "root" },
    cancelled: false,
    cancelable: false,
  });
  for (const time of ["queueTime", "startTime", "completeTime"]) {
    expect(Date.parse(String(task?.[time]))).toBeGreaterThan(0);
  }
  const chain = await queryEvents({ eventChainId: task!.eventChainId });
  expect(chain.map((e) => [e._type, e.userName])).toEqual([
    ["TaskEvent", "root"],
    ["VmPoweredOnEvent", "root"],
  ]);
  // What happens later is no part of the task that started the machine.
  const other = await makeVm("other");
  await runTask(host.client, other, "PowerOnVM_Task");
  host.machine(other.value).events.exited("guest", "");
  const [off] = (await queryEvents({ eventTypeId: ["VmPoweredOffEvent"] })).slice(-1);
  expect(off).toMatchObject({ chainId: off!.key, userName: "" });
});

test("events are filtered by entity, type, category, user, time and number", async () => {
  const types = async (filter: object) => (await queryEvents(filter)).map((e) => e._type);
  expect(await types({ ...aboutVm("self"), type: ["VmPoweredOnEvent"] })).toEqual([
    "VmPoweredOnEvent",
  ]);
  expect(await types({ ...aboutVm("children") })).toEqual([]);
  const below = { entity: { entity: refs.vmFolder, recursion: "children" } };
  expect(await types(below)).toContain("VmPoweredOnEvent");
  const self = { entity: { entity: refs.vmFolder, recursion: "self" } };
  expect(await types(self)).not.toContain("VmPoweredOnEvent");
  expect(await types({ type: ["VmEvent"] })).not.toContain("TaskEvent");
  await call(refs.eventManager, "LogUserEvent", { entity: vm, msg: "looked at" });
  expect(await types({ category: ["user"] })).toEqual(["GeneralUserEvent"]);
  expect(await types({ userName: { systemUser: false, userList: ["nobody"] } })).toEqual([]);
  const all = await types({ userName: { systemUser: true, userList: ["root"] } });
  expect(all.length).toBeGreaterThan(4);
  expect(await types({ time: { endTime: new Date(0).toISOString() } })).toEqual([]);
  expect((await types({ maxCount: 2 })).length).toBe(2);
});

test("a collector is read from the oldest event to the newest and back", async () => {
  const collector = await call<MoRef>(refs.eventManager, "CreateCollectorForEvents", {
    filter: { _type: "EventFilterSpec", entity: { entity: vm, recursion: "self" } },
  });
  const read = async (direction: "Next" | "Previous", maxCount: number) => {
    const events = await call<Event[]>(collector, `Read${direction}Events`, { maxCount });
    return events.map((event) => event.key);
  };
  const all = await read("Next", 1000);
  expect(all).toEqual(all.toSorted((a, b) => a - b));
  expect(await read("Next", 1000)).toEqual([]);
  expect(await read("Previous", 2)).toEqual(all.slice(-2).reverse());
  expect(await read("Previous", 1)).toEqual(all.slice(-3, -2));
  await call(collector, "RewindCollector");
  expect(await read("Previous", 5)).toEqual([]);
  expect(await read("Next", 1)).toEqual(all.slice(0, 1));
  await call(collector, "SetCollectorPageSize", { maxCount: 2 });
  await call(collector, "ResetCollector");
  expect(await read("Next", 9)).toEqual(all.slice(-2));
  const page = () => property<Event[]>(collector, "latestPage");
  await call(refs.eventManager, "LogUserEvent", { entity: vm, msg: "one more" });
  expect((await page()).map((e) => e.fullFormattedMessage)[0]).toBe("one more");
  expect((await page()).length).toBe(2);
  await expect(call(collector, "SetCollectorPageSize", { maxCount: 0 })).rejects.toThrow("page");
  await expect(read("Next", 0)).rejects.toThrow("at least one");
  await call(collector, "DestroyCollector");
  await expect(read("Next", 1)).rejects.toThrow("deleted");
});

test("an extension posts events, and what they have is described", async () => {
  await call(refs.eventManager, "PostEvent", {
    eventToPost: {
      _type: "EventEx",
      key: 1,
      chainId: 1,
      createdTime: new Date(0).toISOString(),
      userName: "forged",
      eventTypeId: "com.example.thing",
      severity: "warning",
      message: "a thing",
    },
  });
  const [event] = await queryEvents({ eventTypeId: ["com.example.thing"], category: ["warning"] });
  expect(event).toMatchObject({ userName: "root", fullFormattedMessage: "a thing" });
  expect(event!.key).toBeGreaterThan(1);
  const described = await call<{ name: string }[]>(
    refs.eventManager,
    "RetrieveArgumentDescription",
    { eventTypeId: "vim.event.VmRenamedEvent" },
  );
  expect(described.map(({ name }) => name)).toEqual(["template", "oldName", "newName"]);
  await expect(
    call(refs.eventManager, "RetrieveArgumentDescription", { eventTypeId: "Task" }),
  ).rejects.toThrow("no event type");
});

test("a task of an extension is shown as the extension says, and asked to stop", async () => {
  const running = await collectTasks({ state: ["queued", "running"] });
  const page = async () => (await property<Task[]>(running, "latestPage")) ?? [];
  const task = await call<Task>(refs.taskManager, "CreateTask", {
    obj: vm,
    taskTypeId: "com.example.scan",
    cancelable: true,
  });
  expect(await page()).toMatchObject([{ key: task.key, state: "queued" }]);
  await call(task.task, "SetTaskState", { state: "running" });
  await call(task.task, "UpdateProgress", { percentDone: 40 });
  await call(task.task, "SetTaskDescription", { description: { key: "k", message: "scanning" } });
  await call(task.task, "CancelTask");
  expect(await property<Task>(task.task, "info")).toMatchObject({
    state: "running",
    progress: 40,
    description: { message: "scanning" },
    cancelled: true,
  });
  await expect(call(task.task, "UpdateProgress", { percentDone: 101 })).rejects.toThrow("bounds");
  await expect(call(task.task, "SetTaskState", { state: "error" })).rejects.toThrow("wrong");
  await call(task.task, "SetTaskState", { state: "success" });
  expect(await page()).toEqual([]);
  await expect(call(task.task, "CancelTask")).rejects.toThrow("has ended");
});

test("a task of the host itself is cancelled only where it can be, and steered by nobody", async () => {
  const gate = Promise.withResolvers<void>();
  const start = (isCancelable: boolean) =>
    host.world.tasks.start(
      { entity: vm, entityName: "web", method: "Search_Task", userName: "root", isCancelable },
      (_, signal) =>
        Promise.race([
          gate.promise,
          new Promise((_resolve, reject) =>
            signal.addEventListener("abort", () => reject(signal.reason as Error)),
          ),
        ]),
    );
  const [fixed, cancelable] = [start(false), start(true)];
  await expect(call(fixed, "CancelTask")).rejects.toThrow("cannot be cancelled");
  await expect(call(fixed, "UpdateProgress", { percentDone: 1 })).rejects.toThrow("steers");
  await call(cancelable, "CancelTask");
  const ended = await property<Task>(cancelable, "info");
  expect(ended).toMatchObject({ state: "error", error: { fault: { _type: "RequestCanceled" } } });
  gate.resolve();
});

test("tasks outlive a restart, and those under way at a kill are told to have failed", async () => {
  await using own = await TestHost.start();
  own.world.tasks.start(
    { entity: refs.host, entityName: "h", method: "Long_Task", userName: "root" },
    async () => undefined,
  );
  await own.world.tasks.idle();
  // As a kill leaves it: begun, and never ended.
  const number = own.world.tasks.history.nextNumber();
  const info = own.world.tasks.history.items().at(-1)!.info;
  const task = { type: "Task", value: `haTask-${number}` };
  const begun = { ...info, key: task.value, task, state: "running", completeTime: undefined };
  own.world.store.putTask(number, begun);
  await own.halt();
  await own.boot();
  const states = own.world.tasks.history.items().map((entry) => entry.info.state);
  expect(states).toEqual(["success", "error"]);
  expect(own.world.tasks.history.nextNumber()).toBeGreaterThan(number);
  // Who waits for one of them learns how it went.
  const [shown] = await own.client.call<{ propSet: { val: Task }[] }[]>(
    refs.propertyCollector,
    "RetrieveProperties",
    { specSet: [{ propSet: [{ type: "Task", pathSet: ["info"] }], objectSet: [{ obj: task }] }] },
  );
  expect(shown?.propSet[0]?.val).toMatchObject({ state: "error", cancelable: false });
  expect(own.world.tasks.recent).toContainEqual(task);
});

test("names and formats are described", async () => {
  const description = await property<{ methodInfo: { key: string; label: string }[] }>(
    refs.taskManager,
    "description",
  );
  expect(description.methodInfo).toContainEqual(
    expect.objectContaining({ key: "VirtualMachine.powerOn", label: "Power on VM" }),
  );
  const events = await property<{ eventInfo: { key: string; category: string }[] }>(
    refs.eventManager,
    "description",
  );
  expect(events.eventInfo).toContainEqual(
    expect.objectContaining({ key: "VmMessageErrorEvent", category: "error" }),
  );
});

test("who comes and goes is told, and failed logins only so often", async () => {
  const other = await host.connect();
  await other.close();
  const own = await queryEvents({ type: ["SessionEvent"] });
  const [login, logout] = own.slice(-2);
  expect([login?._type, logout?._type]).toEqual([
    "UserLoginSessionEvent",
    "UserLogoutSessionEvent",
  ]);
  expect(login?.fullFormattedMessage).toMatch(/^User root@127\.0\.0\.1 logged in as /);
  for (let n = 0; n < 12; n++) await expect(host.connect("wrong")).rejects.toThrow();
  const failed = await queryEvents({ eventTypeId: ["BadUsernameSessionEvent"] });
  expect(failed.length).toBe(10);
  // Wrong passwords are answered more and more slowly.
}, 60_000);
