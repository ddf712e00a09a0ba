import { isA } from "../../../vim25/schema/schema.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { argumentDescriptions } from "../../events/event-catalogue.ts";
import { type EventFilterSpec, matchesEvent } from "../../events/event-filter.ts";
import type { HostEvent } from "../../events/event-log.ts";
import { collectorsMax, HistoryCollector } from "../../events/history.ts";
import { matchesTask, type TaskFilterSpec } from "../../events/task-filter.ts";
import { fault, invalidArgument } from "../../fault.ts";
import { refs } from "../../inventory/refs.ts";
import type { TaskEntry, TaskInfo } from "../../inventory/task-history.ts";
import { mayKnow } from "../allow.ts";
import { type Call, type Methods, param, sessionOf, userOf } from "../call.ts";

/** Events that QueryEvents returns at most, and unless it is told. */
const eventsMax = 1000;
/** Longest message of a user's event, and longest task type, characters. */
const messageMax = 8 * 1024;
const taskTypeMax = 256;
/** Largest event that a client may post, characters of JSON. */
const postedMax = 64 * 1024;
/** What the log fills in by itself. */
const ownFields = ["key", "chainId", "createdTime", "userName", "_type"];

/** EventManager. */
export const eventManager: Methods = {
  CreateCollectorForEvents: (call) => {
    const { world } = call;
    const filter = eventFilter(call);
    const ref = newCollectorRef(call, "EventHistoryCollector");
    const collector = new HistoryCollector<HostEvent>({
      ref,
      source: world.events,
      filter: { _type: "EventFilterSpec", ...filter },
      show: (event) => event,
      matches: (event) => mayKnow(call, event.vm?.vm) && matchesEvent(event, filter, world.scope),
      changed: () => world.inventory.changed(ref),
    });
    return sessionOf(call).add(collector).ref;
  },
  QueryEvents: (call) => {
    const { world } = call;
    const filter = eventFilter(call);
    const found = world.events
      .items()
      .filter((e) => mayKnow(call, e.vm?.vm) && matchesEvent(e, filter, world.scope));
    return found.slice(-Math.min(filter.maxCount || eventsMax, eventsMax));
  },
  PostEvent: (call) => {
    const { _type: type = "", ...event } = param<{ _type?: string; [field: string]: unknown }>(
      call,
      "eventToPost",
    );
    if (!isA(type, "Event")) throw invalidArgument("eventToPost", "it is no event");
    if (JSON.stringify(event).length > postedMax) {
      throw invalidArgument("eventToPost", `an event has at most ${postedMax} characters`);
    }
    const fields = Object.fromEntries(
      Object.entries(event).filter(([name]) => !ownFields.includes(name)),
    );
    const message = String(event["fullFormattedMessage"] ?? event["message"] ?? type);
    call.world.events.post({ type, message, userName: userOf(call), fields });
    call.world.inventory.changed(refs.eventManager);
  },
  LogUserEvent: (call) => {
    const entity = param<MoRef>(call, "entity");
    const message = param<string>(call, "msg");
    if (message.length > messageMax) {
      throw invalidArgument("msg", `a message has at most ${messageMax} characters`);
    }
    const about = { name: nameOf(call, entity), entity };
    call.world.events.post({
      type: "GeneralUserEvent",
      message,
      userName: userOf(call),
      ...(entity.type === "VirtualMachine" ? { vm: { name: about.name, vm: entity } } : {}),
      fields: { message, entity: about },
    });
    call.world.inventory.changed(refs.eventManager);
  },
  RetrieveArgumentDescription: (call) => argumentDescriptions(param<string>(call, "eventTypeId")),
};

/** TaskManager. */
export const taskManager: Methods = {
  CreateCollectorForTasks: (call) => {
    const { world } = call;
    const filter = param<TaskFilterSpec>(call, "filter");
    if (filter.entity) world.inventory.get(filter.entity.entity);
    const ref = newCollectorRef(call, "TaskHistoryCollector");
    const collector = new HistoryCollector<TaskEntry>({
      ref,
      source: world.tasks.history,
      filter: { _type: "TaskFilterSpec", ...filter },
      show: ({ info }) => info,
      matches: (entry) =>
        (entry.info.reason.userName === userOf(call) || mayKnow(call, entry.info.entity)) &&
        matchesTask(entry, filter, world.scope),
      changed: () => world.inventory.changed(ref),
    });
    return sessionOf(call).add(collector).ref;
  },
  CreateTask: (call) => {
    const entity = param<MoRef>(call, "obj");
    const taskTypeId = param<string>(call, "taskTypeId");
    if (taskTypeId === "" || taskTypeId.length > taskTypeMax) {
      throw invalidArgument("taskTypeId", `say of which type the task is (1 to ${taskTypeMax})`);
    }
    return call.world.tasks.createForeign({
      entity,
      entityName: nameOf(call, entity),
      taskTypeId,
      userName: param<string | undefined>(call, "initiatedBy") || userOf(call),
      isCancelable: param<boolean>(call, "cancelable"),
      parentTaskKey: param<string | undefined>(call, "parentTaskKey"),
      activationId: param<string | undefined>(call, "activationId"),
    });
  },
};

/** Task. */
export const task: Methods = {
  CancelTask: (call) => call.world.tasks.cancel(call.object.ref),
  UpdateProgress: (call) => {
    const progress = param<number>(call, "percentDone");
    if (progress < 0 || progress > 100) throw outOfBounds("percentDone");
    call.world.tasks.updateForeign(call.object.ref, { progress });
  },
  SetTaskState: (call) => {
    const state = param<TaskInfo["state"]>(call, "state");
    const error = param<object | undefined>(call, "fault");
    const result = param<unknown>(call, "result");
    if (state === "error" && !error) throw invalidArgument("fault", "say what went wrong");
    call.world.tasks.updateForeign(call.object.ref, {
      state,
      ...(state === "error" ? { error } : {}),
      ...(state === "success" && result !== undefined ? { result } : {}),
    });
  },
  SetTaskDescription: (call) =>
    call.world.tasks.updateForeign(call.object.ref, {
      description: param<object>(call, "description"),
    }),
};

const historyOf = (call: Call) => call.object as HistoryCollector<unknown>;
const countOf = (call: Call) => param<number>(call, "maxCount");

/** EventHistoryCollector. */
export const eventHistoryCollector: Methods = {
  ReadNextEvents: (call) => historyOf(call).readNext(countOf(call)),
  ReadPreviousEvents: (call) => historyOf(call).readPrevious(countOf(call)),
};

/** TaskHistoryCollector. */
export const taskHistoryCollector: Methods = {
  ReadNextTasks: (call) => historyOf(call).readNext(countOf(call)),
  ReadPreviousTasks: (call) => historyOf(call).readPrevious(countOf(call)),
};

/** HistoryCollector. */
export const historyCollector: Methods = {
  SetCollectorPageSize: (call) => {
    historyOf(call).setPageSize(countOf(call));
    call.world.inventory.changed(call.object.ref);
  },
  DestroyCollector: (call) => sessionOf(call).remove(call.object.ref),
  RewindCollector: (call) => historyOf(call).rewind(),
  ResetCollector: (call) => historyOf(call).reset(),
};

function newCollectorRef(call: Call, type: string): MoRef {
  const session = sessionOf(call);
  if (session.ofType(type).length >= collectorsMax) {
    throw fault("InvalidState", `a session has at most ${collectorsMax} ${type}s: destroy some`);
  }
  return session.newRef(type);
}

function eventFilter(call: Call): EventFilterSpec {
  const filter = param<EventFilterSpec>(call, "filter");
  if (filter.entity) call.world.inventory.get(filter.entity.entity);
  return filter;
}

function nameOf(call: Call, entity: MoRef): string {
  const name = call.world.inventory.get(entity).properties["name"]?.();
  return typeof name === "string" ? name : entity.value;
}

const outOfBounds = (argumentName: string) =>
  fault("OutOfBounds", `${argumentName} is out of bounds`, { argumentName });
