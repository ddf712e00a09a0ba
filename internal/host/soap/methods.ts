import { lineage } from "../inventory/inventory.ts";
import type { Handler, Methods } from "./call.ts";
import * as collector from "./methods/collector.ts";
import * as history from "./methods/history.ts";
import * as entities from "./methods/entities.ts";
import * as host from "./methods/host.ts";
import { performanceManager } from "./methods/perf.ts";
import * as pools from "./methods/pools.ts";
import * as service from "./methods/service.ts";
import * as storage from "./methods/storage.ts";
import { virtualMachine } from "./methods/vm.ts";

/** Every method there is, by the managed object type that declares it. */
const methods: Record<string, Methods> = {
  AuthorizationManager: entities.authorizationManager,
  Datacenter: entities.datacenter,
  Datastore: storage.datastore,
  EventHistoryCollector: history.eventHistoryCollector,
  EventManager: history.eventManager,
  FileManager: storage.fileManager,
  Folder: entities.folder,
  HistoryCollector: history.historyCollector,
  HostDatastoreBrowser: storage.hostDatastoreBrowser,
  HostDatastoreSystem: storage.hostDatastoreSystem,
  HostFirewallSystem: host.hostFirewallSystem,
  HostNetworkSystem: host.hostNetworkSystem,
  HostSystem: host.hostSystem,
  HostVirtualNicManager: host.hostVirtualNicManager,
  ListView: collector.listView,
  OptionManager: service.optionManager,
  PerformanceManager: performanceManager,
  PropertyCollector: collector.propertyCollector,
  PropertyFilter: collector.propertyFilter,
  ResourcePool: pools.resourcePool,
  SearchIndex: entities.searchIndex,
  ServiceInstance: service.serviceInstance,
  SessionManager: service.sessionManager,
  Task: history.task,
  TaskHistoryCollector: history.taskHistoryCollector,
  TaskManager: history.taskManager,
  UserDirectory: service.userDirectory,
  View: collector.view,
  ViewManager: collector.viewManager,
  VirtualApp: pools.virtualApp,
  VirtualDiskManager: storage.virtualDiskManager,
  VirtualMachine: virtualMachine,
};

/** The handler of a method for objects of `type`; undefined: vic-host does not have it. */
export function findHandler(type: string, method: string): Handler | undefined {
  for (const t of lineage(type)) {
    const table = methods[t];
    if (table && Object.hasOwn(table, method)) return table[method];
  }
  return undefined;
}
