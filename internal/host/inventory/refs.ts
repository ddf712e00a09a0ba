import type { MoRef } from "../../vim25/types.ts";

const ref = (type: string, value: string): MoRef => ({ type, value });

/** How a vic-host looks: like one ESXi host, or like a vCenter that has a cluster of one. */
export type Mode = "esx" | "vcenter";

/** Managers, of which there is one each; the same in every mode. */
const managers = {
  serviceInstance: ref("ServiceInstance", "ServiceInstance"),
  datastoreBrowser: ref("HostDatastoreBrowser", "ha-host-datastorebrowser"),
  networkSystem: ref("HostNetworkSystem", "networkSystem"),
  virtualNicManager: ref("HostVirtualNicManager", "ha-vnic-mgr"),
  firewallSystem: ref("HostFirewallSystem", "firewallSystem"),
  datastoreSystem: ref("HostDatastoreSystem", "ha-datastoresystem"),
  storageSystem: ref("HostStorageSystem", "storageSystem"),
  environmentBrowser: ref("EnvironmentBrowser", "ha-env-browser"),
  propertyCollector: ref("PropertyCollector", "ha-property-collector"),
  viewManager: ref("ViewManager", "ViewManager"),
  sessionManager: ref("SessionManager", "ha-sessionmgr"),
  searchIndex: ref("SearchIndex", "ha-searchindex"),
  fileManager: ref("FileManager", "ha-nfc-file-manager"),
  virtualDiskManager: ref("VirtualDiskManager", "ha-vdiskmanager"),
  datastoreNamespaceManager: ref("DatastoreNamespaceManager", "DatastoreNamespaceManager"),
  authorizationManager: ref("AuthorizationManager", "ha-authmgr"),
  userDirectory: ref("UserDirectory", "ha-user-directory"),
  perfManager: ref("PerformanceManager", "ha-perfmgr"),
  eventManager: ref("EventManager", "ha-eventmgr"),
  guestOperationsManager: ref("GuestOperationsManager", "ha-guest-operations-manager"),
  guestAuthManager: ref("GuestAuthManager", "ha-guest-operations-auth-manager"),
  guestFileManager: ref("GuestFileManager", "ha-guest-operations-file-manager"),
  guestProcessManager: ref("GuestProcessManager", "ha-guest-operations-process-manager"),
  taskManager: ref("TaskManager", "ha-taskmgr"),
  licenseManager: ref("LicenseManager", "ha-license-manager"),
  licenseAssignmentManager: ref("LicenseAssignmentManager", "ha-license-assignment-manager"),
  setting: ref("OptionManager", "HostAgentSettings"),
  advancedOption: ref("OptionManager", "ha-adv-options"),
  extensionManager: ref("ExtensionManager", "ExtensionManager"),
  customFieldsManager: ref("CustomFieldsManager", "CustomFieldsManager"),
  scheduledTaskManager: ref("ScheduledTaskManager", "ScheduledTaskManager"),
  diagnosticManager: ref("DiagnosticManager", "ha-diagnostic-mgr"),
  accountManager: ref("HostLocalAccountManager", "ha-localacctmgr"),
  serviceSystem: ref("HostServiceSystem", "serviceSystem"),
  dateTimeSystem: ref("HostDateTimeSystem", "dateTimeSystem"),
  dynamicTypeManager: ref("DynamicTypeManager", "ha-dynamic-type-manager"),
  methodExecuter: ref("ManagedMethodExecuter", "ha-managed-method-executer"),
};

/** Entities that are always there, as ESXi names them. */
const esx = {
  rootFolder: ref("Folder", "ha-folder-root"),
  datacenter: ref("Datacenter", "ha-datacenter"),
  vmFolder: ref("Folder", "ha-folder-vm"),
  hostFolder: ref("Folder", "ha-folder-host"),
  datastoreFolder: ref("Folder", "ha-folder-datastore"),
  networkFolder: ref("Folder", "ha-folder-network"),
  computeResource: ref("ComputeResource", "ha-compute-res"),
  host: ref("HostSystem", "ha-host"),
  rootPool: ref("ResourcePool", "ha-root-pool"),
  /** The first datastore. */
  datastore: ref("Datastore", "datastore1"),
};

/** The same as vCenter names them: a kind and a number that no other object has. */
const vcenter: typeof esx = {
  rootFolder: ref("Folder", "group-d1"),
  datacenter: ref("Datacenter", "datacenter-2"),
  vmFolder: ref("Folder", "group-v3"),
  hostFolder: ref("Folder", "group-h4"),
  datastoreFolder: ref("Folder", "group-s5"),
  networkFolder: ref("Folder", "group-n6"),
  computeResource: ref("ClusterComputeResource", "domain-c7"),
  rootPool: ref("ResourcePool", "resgroup-8"),
  host: ref("HostSystem", "host-9"),
  datastore: ref("Datastore", "datastore-11"),
};

/** References of everything that is always there. */
export type Refs = typeof managers & typeof esx;

/** References in a mode; a world has its own as `world.refs`. */
export const refsOf = (mode: Mode): Refs => ({ ...managers, ...(mode === "esx" ? esx : vcenter) });

/** Those of an ESXi host. Of an entity only to be used where the mode is known: else `world.refs`. */
export const refs: Refs = refsOf("esx");

/** Names of the entities whose name nobody chose. */
export interface FixedNames {
  root: string;
  datacenter: string;
  /** Undefined: that of the host. */
  computeResource: string | undefined;
}

const names: Record<Mode, FixedNames> = {
  esx: { root: "ha-folder-root", datacenter: "ha-datacenter", computeResource: undefined },
  vcenter: { root: "Datacenters", datacenter: "DC0", computeResource: "DC0_C0" },
};
/** The names in a mode. */
export const namesOf = (mode: Mode): FixedNames => names[mode];

type Kind = "vm" | "pool" | "folder" | "network";

/** What ids of entities begin with that clients make. */
const prefixes: Record<Mode, Record<Kind, string>> = {
  esx: { vm: "", pool: "pool", folder: "group-v", network: "network-" },
  vcenter: { vm: "vm-", pool: "resgroup-", folder: "group-v", network: "network-" },
};
/** First number of them on a vCenter; the fixed ones are below. */
const firstNumber: Record<Mode, number> = { esx: 0, vcenter: 100 };

/** Id of the `number`th entity of a kind that clients make. */
export const entityId = (mode: Mode, kind: Kind, number: number): string =>
  `${prefixes[mode][kind]}${firstNumber[mode] + number}`;

/** Reference of a VM by its id. */
export const vmRef = (id: string): MoRef => ref("VirtualMachine", id);
/** Reference of a resource pool or vApp by its id. */
export const poolRef = (id: string): MoRef =>
  ref(id.startsWith("vapp") ? "VirtualApp" : "ResourcePool", id);
/** Reference of a folder by its id. */
export const folderRef = (id: string): MoRef => ref("Folder", id);
/** Reference of a distributed switch. */
export const switchRef = (id: string): MoRef => ref("VmwareDistributedVirtualSwitch", id);
/** Reference of a distributed port group. */
export const groupRef = (id: string): MoRef => ref("DistributedVirtualPortgroup", id);
