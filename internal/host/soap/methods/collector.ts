import type { MoRef } from "../../../vim25/types.ts";
import { invalidArgument } from "../../fault.ts";
import { isKind } from "../../inventory/inventory.ts";
import { type Call, type Methods, param, sessionOf } from "../call.ts";
import type { FilterSpec } from "../filter.ts";
import { PropertyCollector, type WaitOptions } from "../property-collector.ts";
import { ContainerView, isContainer, ListView } from "../views.ts";

const collectorOf = (call: Call) => call.object as PropertyCollector;

/** What the session of a call can see. */
const resolver = (call: Call) => sessionOf(call).see;

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
    const types = param<string[] | undefined>(call, "type") ?? [];
    if (!isContainer(call.world.inventory.get(container).ref.type)) {
      throw invalidArgument("container", `nothing is in a ${container.type}`);
    }
    for (const type of types) {
      if (!isKind(type, "ManagedEntity")) throw invalidArgument("type", `no entity is a ${type}`);
    }
    const view = new ContainerView({
      ref: session.newRef("ContainerView"),
      container,
      types,
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
