import { expect } from "bun:test";
import { localizedError } from "../../../../vim25/fault.ts";
import { waitTask } from "../../../../vim25/task.ts";
import type { DataObject, MoRef, TaskInfo } from "../../../../vim25/types.ts";
import type { Scene } from "../scene.ts";
import { topic } from "../suite.ts";

interface Event extends DataObject {
  key: number;
  createdTime: string;
  fullFormattedMessage?: string;
  vm?: { name: string; vm: MoRef };
}

const start = (t: Scene, ref: MoRef, method: string, params: DataObject = {}) =>
  t.call(ref, method, params);
const info = (t: Scene, task: MoRef) => t.get<TaskInfo & DataObject>(task, "info");

/** Task and TaskManager. */
export const taskCases = topic("tasks", {
  "a task tells its method, entity and end": async (t) => {
    const vm = await t.vm();
    const task = await start(t, vm, "PowerOnVM_Task");
    await waitTask(t.client, task);
    const done = await info(t, task);
    expect(done).toMatchObject({
      task,
      key: task.value,
      state: "success",
      entity: vm,
      cancelled: false,
    });
    expect(done.descriptionId).toBe("VirtualMachine.powerOn");
    expect(Date.parse(String(done["completeTime"]))).toBeGreaterThanOrEqual(
      Date.parse(String(done["startTime"])),
    );
  },
  "a task that makes something has it as its result": async (t) => {
    const vm = await t.vm();
    expect(vm.type).toBe("VirtualMachine");
  },
  "a task that fails has the fault in its info": async (t) => {
    const vm = await t.vm();
    const task = await start(t, vm, "PowerOffVM_Task");
    expect(await t.fault(waitTask(t.client, task))).toBe("InvalidPowerState");
    const { state, error } = await info(t, task);
    expect(state).toBe("error");
    expect(localizedError(error!).detail).toMatchObject({
      fault: "InvalidPowerState",
      data: { requestedState: "poweredOff", existingState: "poweredOff" },
    });
  },
  "a task knows who started it": async (t) => {
    const vm = await t.vm();
    const task = await start(t, vm, "PowerOnVM_Task");
    await waitTask(t.client, task);
    const { reason } = (await info(t, task)) as { reason?: DataObject };
    expect(reason).toMatchObject({ _type: "TaskReasonUser", userName: t.target.login.username });
  },
  "a finished task is still there to read": async (t) => {
    const vm = await t.vm();
    const task = await start(t, vm, "PowerOnVM_Task");
    await waitTask(t.client, task);
    await waitTask(t.client, task);
    expect((await info(t, task)).state).toBe("success");
  },
  "recent tasks of the manager have it": async (t) => {
    const vm = await t.vm();
    const task = await start(t, vm, "PowerOnVM_Task");
    await waitTask(t.client, task);
    expect(await t.get<MoRef[]>(t.manager("taskManager"), "recentTask")).toContainEqual(task);
  },
  "recent tasks of the entity have it": async (t) => {
    const vm = await t.vm();
    const task = await start(t, vm, "PowerOnVM_Task");
    expect(await t.get<MoRef[]>(vm, "recentTask")).toContainEqual(task);
    await waitTask(t.client, task);
  },
  "a task that is over cannot be cancelled": async (t) => {
    const vm = await t.vm();
    const task = await start(t, vm, "PowerOnVM_Task");
    await waitTask(t.client, task);
    expect(await t.fault(t.call(task, "CancelTask"))).toBe("InvalidState");
  },
  "a collector has the tasks of an entity": async (t) => {
    const vm = await t.vm();
    await t.task(vm, "PowerOnVM_Task");
    const filter = { entity: { entity: vm, recursion: "self" } };
    const collector = await t.call(t.manager("taskManager"), "CreateCollectorForTasks", {
      filter,
    });
    t.defer(() => t.call(collector, "DestroyCollector"));
    const page = await t.get<TaskInfo[]>(collector, "latestPage");
    expect(page.map((task) => task.descriptionId)).toContain("VirtualMachine.powerOn");
    expect(page.every((task) => task.entity?.value === vm.value)).toBe(true);
  },
  "a collector reads on through its tasks": async (t) => {
    const vm = await t.vm();
    await t.task(vm, "PowerOnVM_Task");
    await t.task(vm, "PowerOffVM_Task");
    const filter = { entity: { entity: vm, recursion: "self" } };
    const collector = await t.call(t.manager("taskManager"), "CreateCollectorForTasks", {
      filter,
    });
    t.defer(() => t.call(collector, "DestroyCollector"));
    await t.call(collector, "RewindCollector");
    const tasks = await t.call<TaskInfo[]>(collector, "ReadNextTasks", { maxCount: 10 });
    const ids = tasks.map((task) => task.descriptionId);
    expect(ids.indexOf("VirtualMachine.powerOn")).toBeLessThan(
      ids.indexOf("VirtualMachine.powerOff"),
    );
    expect(ids).toContain("VirtualMachine.powerOff");
  },
  "the tasks of two calls are two": async (t) => {
    const vm = await t.vm();
    const [one, two] = [await start(t, vm, "PowerOnVM_Task"), await start(t, vm, "PowerOnVM_Task")];
    expect(one.value).not.toBe(two.value);
    await Promise.allSettled([waitTask(t.client, one), waitTask(t.client, two)]);
  },
});

async function collector(t: Scene, filter: DataObject): Promise<MoRef> {
  const ref = await t.call(t.manager("eventManager"), "CreateCollectorForEvents", {
    filter,
  });
  t.defer(() => t.call(ref, "DestroyCollector"));
  return ref;
}
const of = (entity: MoRef, recursion = "self") => ({ entity: { entity, recursion } });
const query = (t: Scene, filter: DataObject) =>
  t.call<Event[]>(t.manager("eventManager"), "QueryEvents", { filter });
/** What a cluster with DRS does is the same in other words. */
const typeOf = (event: Event) => event._type?.replace(/^Drs/, "");
const typesOf = (events: Event[]) => events.map(typeOf);
/** The events of a VM that was started and stopped. */
async function story(t: Scene): Promise<MoRef> {
  const vm = await t.vm();
  await t.task(vm, "PowerOnVM_Task");
  await t.task(vm, "PowerOffVM_Task");
  return vm;
}

/** EventManager and its collectors. */
export const eventCases = topic("events", {
  "creation and power of a VM are events": async (t) => {
    const types = typesOf(await query(t, of(await story(t))));
    for (const type of ["VmCreatedEvent", "VmPoweredOnEvent", "VmPoweredOffEvent"]) {
      expect(types).toContain(type);
    }
  },
  "the beginning of a change of power is an event too": async (t) => {
    const types = typesOf(await query(t, of(await story(t))));
    for (const type of ["VmStartingEvent", "VmStoppingEvent"]) expect(types).toContain(type);
  },
  "an event tells its VM, time and text": async (t) => {
    const vm = await story(t);
    const event = (await query(t, of(vm))).find((e) => typeOf(e) === "VmPoweredOnEvent")!;
    expect(event.vm!.vm).toEqual(vm);
    expect(event.fullFormattedMessage).toContain(event.vm!.name);
    expect(Math.abs(Date.parse(event.createdTime) - Date.now())).toBeLessThan(60_000);
    expect(event["userName"]).toBe(t.target.login.username);
  },
  "keys of events grow with time": async (t) => {
    const events = (await query(t, of(await story(t)))).toSorted((a, b) => a.key - b.key);
    expect(new Set(events.map((event) => event.key)).size).toBe(events.length);
    const times = events.map((event) => Date.parse(event.createdTime));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  },
  "a filter of types has these only": async (t) => {
    const vm = await story(t);
    const events = await query(t, { ...of(vm), eventTypeId: ["VmPoweredOffEvent"] });
    expect(typesOf(events)).toEqual(["VmPoweredOffEvent"]);
  },
  "a filter of a folder and all below has the VM's": async (t) => {
    const vm = await story(t);
    const events = await query(t, { ...of(t.folder, "all"), eventTypeId: ["VmPoweredOnEvent"] });
    expect(events.map((event) => event.vm!.vm.value)).toContain(vm.value);
  },
  "a filter of a folder itself has not the VM's": async (t) => {
    await story(t);
    const events = await query(t, { ...of(t.folder, "self"), eventTypeId: ["VmPoweredOnEvent"] });
    expect(events).toEqual([]);
  },
  "the latest page is newest first": async (t) => {
    const vm = await story(t);
    const page = await t.get<Event[]>(await collector(t, of(vm)), "latestPage");
    const keys = page.map((event) => event.key);
    expect(keys.length).toBeGreaterThan(2);
    expect(keys).toEqual(keys.toSorted((a, b) => b - a));
  },
  "the latest page grows as things happen": async (t) => {
    const vm = await t.vm();
    const ref = await collector(t, of(vm));
    const seen = t.until<Event[]>(ref, "latestPage", (page) =>
      typesOf(page ?? []).includes("VmPoweredOnEvent"),
    );
    await t.task(vm, "PowerOnVM_Task");
    await seen;
  },
  "a page is no longer than asked for": async (t) => {
    const ref = await collector(t, of(await story(t)));
    await t.call(ref, "SetCollectorPageSize", { maxCount: 2 });
    expect(await t.get<Event[]>(ref, "latestPage")).toHaveLength(2);
  },
  "reading on goes from old to new, and ends": async (t) => {
    const ref = await collector(t, of(await story(t)));
    await t.call(ref, "RewindCollector");
    const next = () => t.call<Event[]>(ref, "ReadNextEvents", { maxCount: 2 });
    const [one, two] = [await next(), await next()];
    expect(one).toHaveLength(2);
    expect(two[0]!.key).toBeGreaterThan(one[1]!.key);
    while ((await next()).length > 0);
  },
  "reading back has what is before the latest page": async (t) => {
    const ref = await collector(t, of(await story(t)));
    await t.call(ref, "SetCollectorPageSize", { maxCount: 1 });
    await t.call(ref, "ResetCollector");
    const events = await t.call<Event[]>(ref, "ReadPreviousEvents", { maxCount: 50 });
    expect(events.length).toBeGreaterThan(1);
  },
  "a destroyed collector is gone": async (t) => {
    const ref = await collector(t, {});
    await t.call(ref, "DestroyCollector");
    expect(await t.fault(t.call(ref, "RewindCollector"))).toBe("ManagedObjectNotFound");
  },
  "renaming, reconfiguring and removing are events": async (t) => {
    const vm = await t.vm();
    await t.task(vm, "Rename_Task", { newName: t.name("renamed") });
    await t.reconfigure(vm, { annotation: "x" });
    const before = typesOf(await query(t, of(vm)));
    expect(before).toContain("VmRenamedEvent");
    expect(before).toContain("VmReconfiguredEvent");
    await t.task(vm, "Destroy_Task");
    const after = await query(t, { eventTypeId: ["VmRemovedEvent"] });
    expect(after.map((event) => event.vm?.vm.value)).toContain(vm.value);
  },
  "an event can be posted": async (t) => {
    const message = t.name("message");
    const now = new Date();
    const eventToPost = {
      _type: "GeneralUserEvent",
      key: 0,
      chainId: 0,
      createdTime: now,
      userName: "",
      message,
    };
    await t.call(t.manager("eventManager"), "PostEvent", { eventToPost });
    const events = await query(t, { eventTypeId: ["GeneralUserEvent"] });
    expect(events.map((event) => event["message"])).toContain(message);
  },
  "a login is an event": async (t) => {
    const events = await query(t, { eventTypeId: ["UserLoginSessionEvent"] });
    expect(events.length).toBeGreaterThan(0);
  },
  "the latest event is a property": async (t) => {
    await story(t);
    expect(await t.get<Event>(t.manager("eventManager"), "latestEvent")).toMatchObject({
      key: expect.any(Number),
    });
  },
  "the manager describes event types": async (t) => {
    const description = await t.get<{ eventInfo: { key: string }[] }>(
      t.manager("eventManager"),
      "description",
    );
    expect(description.eventInfo.map((detail) => detail.key)).toContain("VmPoweredOnEvent");
  },
});
