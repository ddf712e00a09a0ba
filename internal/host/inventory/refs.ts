import type { MoRef } from "../../vim25/types.ts";

const ref = (type: string, value: string): MoRef => ({ type, value });

/** References of everything that is always there, named as ESXi names them. */
export const refs = {
  serviceInstance: ref("ServiceInstance", "ServiceInstance"),
  rootFolder: ref("Folder", "ha-folder-root"),
  datacenter: ref("Datacenter", "ha-datacenter"),
  vmFolder: ref("Folder", "ha-folder-vm"),
  hostFolder: ref("Folder", "ha-folder-host"),
  datastoreFolder: ref("Folder", "ha-folder-datastore"),
  networkFolder: ref("Folder", "ha-folder-network"),
  computeResource: ref("ComputeResource", "ha-compute-res"),
  host: ref("HostSystem", "ha-host"),
  rootPool: ref("ResourcePool", "ha-root-pool"),
  datastore: ref("Datastore", "datastore1"),
  datastoreBrowser: ref("HostDatastoreBrowser", "ha-host-datastorebrowser"),
  networkSystem: ref("HostNetworkSystem", "networkSystem"),
  virtualNicManager: ref("HostVirtualNicManager", "ha-vnic-mgr"),
  firewallSystem: ref("HostFirewallSystem", "firewallSystem"),
  datastoreSystem: ref("HostDatastoreSystem", "ha-datastoresystem"),
  environmentBrowser: ref("EnvironmentBrowser", "ha-env-browser"),
  propertyCollector: ref("PropertyCollector", "ha-property-collector"),
  viewManager: ref("ViewManager", "ViewManager"),
  sessionManager: ref("SessionManager", "ha-sessionmgr"),
  searchIndex: ref("SearchIndex", "ha-searchindex"),
  fileManager: ref("FileManager", "ha-nfc-file-manager"),
  virtualDiskManager: ref("VirtualDiskManager", "ha-vdiskmanager"),
  authorizationManager: ref("AuthorizationManager", "ha-authmgr"),
  userDirectory: ref("UserDirectory", "ha-user-directory"),
  perfManager: ref("PerformanceManager", "ha-perfmgr"),
  eventManager: ref("EventManager", "ha-eventmgr"),
  taskManager: ref("TaskManager", "ha-taskmgr"),
  licenseManager: ref("LicenseManager", "ha-license-manager"),
  setting: ref("OptionManager", "HostAgentSettings"),
} as const;

/** Reference of a VM by its id. */
export const vmRef = (id: string): MoRef => ref("VirtualMachine", id);
/** Reference of a resource pool by its id. */
export const poolRef = (id: string): MoRef => ref("ResourcePool", id);
/** Reference of a folder by its id. */
export const folderRef = (id: string): MoRef => ref("Folder", id);
/** Reference of a port group by its name. */
export const networkRef = (name: string): MoRef => ref("Network", `HaNetwork-${name}`);
