/**
 * Every privilege there is, by group. The names are those of vSphere; a line that begins with a space goes on from the
 * line before.
 */
const table = `
Alarm: Acknowledge Create Delete DisableActions Edit SetStatus ToggleEnableOnEntity
Authorization: ModifyPermissions ModifyPrivileges ModifyRoles ReassignRolePermissions
DVPortgroup: Create Delete Modify PolicyOp ScopeOp
DVSwitch: Create Delete HostOp Modify Move PolicyOp PortConfig PortSetting ResourceManagement
  Vspan
Datacenter: Create Delete IpPoolConfig IpPoolQueryAllocations IpPoolReleaseIp Move Reconfigure
  Rename UpdateCarbonInfo
Datastore: AllocateSpace Browse Config ConfigIOManagement Delete DeleteFile FileManagement Move
  Rename UpdateVirtualMachineFiles UpdateVirtualMachineMetadata
Extension: Register Unregister Update
Folder: Create Delete ExternalFolderManagement Move Rename
Global: CancelTask CapacityPlanning Diagnostics DisableMethods EnableMethods GlobalTag Health
  Licenses LogEvent ManageCustomFields Proxy ScriptAction ServiceManagers SetCustomField Settings
  SystemTag VCServer
Host.Config: AdvancedConfig AuthenticationStore AutoStart Connection DateTime Firmware GuestStore
  HyperThreading Image Maintenance Memory NetService Network Nvdimm Patch PciPassthru Power
  ProductLocker Quarantine Resources Settings Snmp Storage SystemFirewallRuleSet SystemManagement
Host.Inventory: AddHostToCluster AddStandaloneHost CreateCluster DeleteCluster EditCluster
  ManageClusterLifecyle MoveCluster MoveHost RemoveHostFromCluster RenameCluster
Host.Local: CreateVM DeleteVM InstallAgent ManageUserGroups ReconfigVM
Host.Tpm: Read Unseal
Network: Assign Config Delete Move
Performance: ModifyIntervals
Resource: ApplyRecommendation AssignVAppToPool AssignVMToPool ColdMigrate CreatePool DeletePool
  EditPool HotMigrate MovePool QueryVMotion RenamePool
ScheduledTask: Create Delete Edit Run
Sessions: CollectPrivilegeChecks GlobalMessage ImpersonateUser TerminateSession ValidateSession
StoragePod: Config
System: Anonymous Read View
Task: Create Update
VApp: ApplicationConfig AssignResourcePool AssignVApp AssignVM Clone Create Delete Export
  ExtractOvfEnvironment Import InstanceConfig ManagedByConfig Move PowerOff PowerOn PullFromUrls
  Rename ResourceConfig Suspend Unregister
VirtualMachine.Config: AddExistingDisk AddNewDisk AddRemoveDevice AdvancedConfig Annotation
  CPUCount ChangeTracking DiskExtend DiskLease EditDevice HostUSBDevice ManagedBy Memory
  MksControl QueryFTCompatibility QueryUnownedFiles RawDevice ReloadFromPath RemoveDisk Rename
  ResetGuestInfo Resource Settings SwapPlacement ToggleForkParent UpgradeVirtualHardware
VirtualMachine.GuestOperations: Execute Modify ModifyAliases Query QueryAliases
VirtualMachine.Interact: AnswerQuestion Backup ConsoleInteract CreateScreenshot CreateSecondary
  DefragmentAllDisks DeviceConnection DisableSecondary DnD EnableSecondary GuestControl
  MakePrimary Pause PowerOff PowerOn PutUsbScanCodes Record Replay Reset SESparseMaintenance
  SetCDMedia SetFloppyMedia Suspend SuspendToMemory TerminateFaultTolerantVM ToolsInstall
  TurnOffFaultTolerance
VirtualMachine.Inventory: Create CreateFromExisting Delete Move Register Unregister
VirtualMachine.Provisioning: Clone CloneTemplate CreateTemplateFromVM Customize DeployTemplate
  DiskRandomAccess DiskRandomRead FileRandomAccess GetVmFiles MarkAsTemplate MarkAsVM
  ModifyCustSpecs PromoteDisks PutVmFiles ReadCustSpecs
VirtualMachine.State: CreateSnapshot RemoveSnapshot RenameSnapshot RevertToSnapshot
`;

/** A privilege as AuthorizationManager.privilegeList tells it. */
export interface Privilege {
  /** For example "VirtualMachine.Config.Rename". */
  privId: string;
  name: string;
  privGroupName: string;
  onParent: boolean;
}

function parse(): Privilege[] {
  const lines = table.trim().replaceAll("\n  ", " ").split("\n");
  return lines.flatMap((line) => {
    const [group = "", names = ""] = line.split(": ");
    return names.split(" ").map((name) => ({
      privId: `${group}.${name}`,
      name,
      privGroupName: group,
      // What makes a new object is asked for on the object it is made in.
      onParent: name === "Create",
    }));
  });
}

/** All privileges, in the order of their groups. */
export const privileges: readonly Privilege[] = parse();

const known = new Set(privileges.map((p) => p.privId));

/** Whether there is such a privilege. */
export const isPrivilege = (privId: string): boolean => known.has(privId);

/** What every role that can be granted holds. */
export const systemPrivileges = ["System.Anonymous", "System.Read", "System.View"] as const;
