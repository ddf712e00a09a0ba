import { fault } from "../../fault.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { EventCollector, type EventFilterSpec, matches } from "../../events/collector.ts";
import { type Call, type Methods, param, sessionOf } from "../call.ts";
import type { FilterSpec } from "../filter.ts";
import { PropertyCollector, type WaitOptions } from "../property-collector.ts";
import { ContainerView, ListView } from "../views.ts";

const collectorOf = (call: Call) => call.object as PropertyCollector;

/** What the session of a call can see. */
const resolver = (call: Call) => (ref: MoRef) =>
  sessionOf(call).find(ref) ?? call.world.inventory.find(ref);

/** PropertyCollector. */
export const propertyCollector: Methods = {
  RetrieveProperties: (call) => {
    const specs = param<FilterSpec[]>(call, "specSet");
    return collectorOf(call).retrieve(specs, Number.MAX_SAFE_INTEGER)?.["objects"] ?? [];
  },
  RetrievePropertiesEx: (call) => {
    const options = param<{ maxObjects?: number }>(call, "options");
    return collectorOf(call).retrieve(param<FilterSpec[]>(call, "specSet"), options.maxObjects);
  },
  ContinueRetrievePropertiesEx: (call) => collectorOf(call).proceed(param<string>(call, "token")),
  CancelRetrievePropertiesEx: (call) =>
    collectorOf(call).cancelRetrieve(param<string>(call, "token")),
  CreatePropertyCollector: (call) => {
    const session = sessionOf(call);
    const ref = session.newRef("PropertyCollector");
    return session.add(new PropertyCollector(ref, call.world.inventory, resolver(call))).ref;
  },
  DestroyPropertyCollector: (call) => sessionOf(call).remove(call.object.ref),
  CreateFilter: (call) => collectorOf(call).createFilter(param<FilterSpec>(call, "spec")),
  WaitForUpdates: (call) =>
    collectorOf(call).wait(param<string | undefined>(call, "version"), {}, call.signal),
  CheckForUpdates: (call) => collectorOf(call).check(param<string | undefined>(call, "version")),
  WaitForUpdatesEx: (call) =>
    collectorOf(call).wait(
      param<string | undefined>(call, "version"),
      param<WaitOptions | undefined>(call, "options") ?? {},
      call.signal,
    ),
  CancelWaitForUpdates: (call) => collectorOf(call).cancelWait(),
};

/** PropertyFilter. */
export const propertyFilter: Methods = {
  DestroyPropertyFilter: (call) => {
    for (const collector of sessionOf(call).collectors()) {
      if (collector.destroyFilter(call.object.ref)) return;
    }
  },
};

/** ViewManager. */
export const viewManager: Methods = {
  CreateContainerView: (call) => {
    const session = sessionOf(call);
    const container = param<MoRef>(call, "container");
    call.world.inventory.get(container);
    const view = new ContainerView({
      ref: session.newRef("ContainerView"),
      container,
      types: param<string[] | undefined>(call, "type") ?? [],
      isRecursive: param<boolean>(call, "recursive"),
      resolve: resolver(call),
    });
    return session.add(view).ref;
  },
  CreateListView: (call) => {
    const session = sessionOf(call);
    const list = param<MoRef[] | undefined>(call, "obj") ?? [];
    for (const ref of list) if (!resolver(call)(ref)) call.world.inventory.get(ref);
    return session.add(new ListView(session.newRef("ListView"), call.world.inventory, list)).ref;
  },
};

const listOf = (call: Call, name: string) => param<MoRef[] | undefined>(call, name) ?? [];

/** ListView. */
export const listView: Methods = {
  ModifyListView: (call) =>
    (call.object as ListView).modify(listOf(call, "add"), listOf(call, "remove"), resolver(call)),
  ResetListView: (call) => (call.object as ListView).reset(listOf(call, "obj"), resolver(call)),
};

/** View. */
export const view: Methods = {
  DestroyView: (call) => sessionOf(call).remove(call.object.ref),
};

/** Event collectors one session may have. */
const collectorsMax = 32;

/** EventManager. */
export const eventManager: Methods = {
  CreateCollectorForEvents: (call) => {
    const session = sessionOf(call);
    const { world } = call;
    if (session.ofType("EventHistoryCollector").length >= collectorsMax) {
      throw fault("InvalidState", `a session has at most ${collectorsMax} event collectors`);
    }
    const ref = session.newRef("EventHistoryCollector");
    const collector = new EventCollector({
      ref,
      log: world.events,
      filter: checkedFilter(call),
      scope: (event, entity) => world.scope(event, entity),
      changed: () => world.inventory.changed(ref),
    });
    return session.add(collector).ref;
  },
  QueryEvents: (call) => {
    const { world } = call;
    const filter = checkedFilter(call);
    const found = world.events.events.filter((event) =>
      matches(event, filter, (e, entity) => world.scope(e, entity)),
    );
    return found.slice(-(filter.maxCount || 1000));
  },
};

function checkedFilter(call: Call): EventFilterSpec {
  const filter = param<EventFilterSpec>(call, "filter");
  if (filter.entity) call.world.inventory.get(filter.entity.entity);
  return filter;
}

const historyOf = (call: Call) => call.object as EventCollector;

/** EventHistoryCollector. */
export const eventHistoryCollector: Methods = {
  ReadNextEvents: (call) => historyOf(call).readNext(param<number>(call, "maxCount")),
  ReadPreviousEvents: (call) => historyOf(call).readPrevious(param<number>(call, "maxCount")),
};

/** HistoryCollector. */
export const historyCollector: Methods = {
  SetCollectorPageSize: (call) => {
    historyOf(call).setPageSize(param<number>(call, "maxCount"));
    call.world.inventory.changed(call.object.ref);
  },
  DestroyCollector: (call) => sessionOf(call).remove(call.object.ref),
  RewindCollector: (call) => historyOf(call).rewind(),
  ResetCollector: (call) => historyOf(call).reset(),
};
