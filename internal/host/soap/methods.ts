import { lineage } from "../inventory/inventory.ts";
import type { Handler, Methods } from "./call.ts";
import * as accounts from "./methods/accounts.ts";
import { authorizationManager } from "./methods/authorization.ts";
import * as collector from "./methods/collector.ts";
import * as guest from "./methods/guest.ts";
import * as history from "./methods/history.ts";
import * as entities from "./methods/entities.ts";
import * as esxcli from "./methods/esxcli.ts";
import * as hostConfig from "./methods/host-config.ts";
import * as host from "./methods/host.ts";
import * as settings from "./methods/settings.ts";
import { hostNetworkSystem } from "./methods/network.ts";
import { performanceManager } from "./methods/perf.ts";
import * as pools from "./methods/pools.ts";
import * as service from "./methods/service.ts";
import * as storage from "./methods/storage.ts";
import * as vcenter from "./methods/vcenter.ts";
import { virtualMachineSnapshot, vmSnapshots } from "./methods/snapshot.ts";
import { vmLife } from "./methods/vm-life.ts";
import { virtualDiskManager } from "./methods/virtual-disk.ts";
import { virtualMachine } from "./methods/vm.ts";

/** Every method there is, by the managed object type that declares it. */
const methods: Record<string, Methods> = {
  AuthorizationManager: authorizationManager,
  ComputeResource: vcenter.computeResource,
  Datacenter: vcenter.datacenter,
  Datastore: storage.datastore,
  DatastoreNamespaceManager: storage.datastoreNamespaceManager,
  DistributedVirtualPortgroup: vcenter.distributedVirtualPortgroup,
  DistributedVirtualSwitch: vcenter.distributedVirtualSwitch,
  EnvironmentBrowser: vcenter.environmentBrowser,
  EventHistoryCollector: history.eventHistoryCollector,
  EventManager: history.eventManager,
  DiagnosticManager: settings.diagnosticManager,
  DynamicTypeManager: esxcli.dynamicTypeManager,
  ExtensionManager: settings.extensionManager,
  FileManager: storage.fileManager,
  Folder: entities.folder,
  GuestAuthManager: guest.guestAuthManager,
  GuestFileManager: guest.guestFileManager,
  GuestProcessManager: guest.guestProcessManager,
  HistoryCollector: history.historyCollector,
  HostDatastoreBrowser: storage.hostDatastoreBrowser,
  HostDatastoreSystem: storage.hostDatastoreSystem,
  HostDateTimeSystem: hostConfig.hostDateTimeSystem,
  HostFirewallSystem: hostConfig.hostFirewallSystem,
  HostLocalAccountManager: accounts.hostLocalAccountManager,
  HostNetworkSystem: hostNetworkSystem,
  HostServiceSystem: hostConfig.hostServiceSystem,
  HostStorageSystem: storage.hostStorageSystem,
  HostSystem: { ...host.hostSystem, ...esxcli.esxcliEntry },
  HostVirtualNicManager: host.hostVirtualNicManager,
  LicenseAssignmentManager: settings.licenseAssignmentManager,
  LicenseManager: settings.licenseManager,
  ListView: collector.listView,
  ManagedMethodExecuter: esxcli.managedMethodExecuter,
  OptionManager: settings.optionManager,
  PerformanceManager: performanceManager,
  PropertyCollector: collector.propertyCollector,
  PropertyFilter: collector.propertyFilter,
  ResourcePool: pools.resourcePool,
  ScheduledTaskManager: settings.scheduledTaskManager,
  SearchIndex: entities.searchIndex,
  ServiceInstance: service.serviceInstance,
  SessionManager: service.sessionManager,
  Task: history.task,
  TaskHistoryCollector: history.taskHistoryCollector,
  TaskManager: history.taskManager,
  UserDirectory: accounts.userDirectory,
  View: collector.view,
  ViewManager: collector.viewManager,
  VirtualApp: pools.virtualApp,
  VirtualDiskManager: virtualDiskManager,
  VirtualMachine: { ...virtualMachine, ...vmLife, ...vmSnapshots },
  VirtualMachineSnapshot: virtualMachineSnapshot,
};

/** The handler of a method for objects of `type`; undefined: vic-host does not have it. */
export function findHandler(type: string, method: string): Handler | undefined {
  for (const t of lineage(type)) {
    const table = methods[t];
    if (table && Object.hasOwn(table, method)) return table[method];
  }
  return undefined;
}

/** Every method that there is a handler for. */
export function* allMethods(): Iterable<{ type: string; method: string }> {
  for (const [type, table] of Object.entries(methods)) {
    for (const method of Object.keys(table)) yield { type, method };
  }
}
