/**
 * The privileges that methods ask for: `Type.Method Method: Privilege@where ...`. A line that begins with a space goes
 * on from the line before. `where` is `self`, `root`, `host`, `path:PARAMETER` (the datastore that a
 * datastore path names), `caller:PARAMETER` (the root folder, unless the parameter names the caller), or a parameter
 * that holds references. `-` asks for nothing but a session. Methods that look into their parameters are in
 * needs-of-vm.ts; what stands nowhere only an administrator may do. Names and places follow the vSphere API reference.
 */
const table = `
AlarmManager.GetAlarm: System.Read@entity
AuthorizationManager.AddAuthorizationRole UpdateAuthorizationRole RemoveAuthorizationRole:
  Authorization.ModifyRoles@root
AuthorizationManager.MergePermissions: Authorization.ReassignRolePermissions@root
AuthorizationManager.SetEntityPermissions ResetEntityPermissions RemoveEntityPermission:
  Authorization.ModifyPermissions@entity
AuthorizationManager.RetrieveEntityPermissions: System.Read@entity
AuthorizationManager.RetrieveAllPermissions RetrieveRolePermissions HasPrivilegeOnEntity
  HasPrivilegeOnEntities: -
AuthorizationManager.HasUserPrivilegeOnEntities FetchUserPrivilegeOnEntities:
  Authorization.ModifyPermissions@caller:userName
AuthorizationManager.DisableMethods: Global.DisableMethods@root
AuthorizationManager.EnableMethods: Global.EnableMethods@root
ClusterComputeResource.ReconfigureCluster_Task: Host.Inventory.EditCluster@self
ComputeResource.ReconfigureComputeResource_Task: Host.Inventory.EditCluster@self
CustomFieldsManager.AddCustomFieldDef RemoveCustomFieldDef RenameCustomFieldDef:
  Global.ManageCustomFields@root
CustomFieldsManager.SetField: Global.SetCustomField@entity
Datacenter.PowerOnMultiVM_Task: VirtualMachine.Interact.PowerOn@vm
Datacenter.QueryConnectionInfo: System.Read@self
Datacenter.Destroy_Task: Datacenter.Delete@self
Datacenter.Rename_Task: Datacenter.Rename@self
Datastore.RefreshDatastore RefreshDatastoreStorageInfo: System.Read@self
Datastore.RenameDatastore Rename_Task: Datastore.Rename@self
Datastore.DestroyDatastore Destroy_Task: Datastore.Delete@self
Datastore.UpdateVirtualMachineFiles_Task: Datastore.UpdateVirtualMachineFiles@self
DatastoreNamespaceManager.CreateDirectory: Datastore.Config@datastore
DatastoreNamespaceManager.DeleteDirectory: Datastore.Config@root
DatastoreNamespaceManager.ConvertNamespacePathToUuidPath: -
DiagnosticManager.QueryDescriptions BrowseDiagnosticLog GenerateLogBundles_Task:
  Global.Diagnostics@root
DistributedVirtualPortgroup.ReconfigureDVPortgroup_Task: DVPortgroup.Modify@self
DistributedVirtualPortgroup.Destroy_Task: DVPortgroup.Delete@self
DistributedVirtualPortgroup.Rename_Task: DVPortgroup.Modify@self
DistributedVirtualSwitch.AddDVPortgroup_Task CreateDVPortgroup_Task: DVPortgroup.Create@self
DistributedVirtualSwitch.ReconfigureDvs_Task Rename_Task: DVSwitch.Modify@self
DistributedVirtualSwitch.Destroy_Task: DVSwitch.Delete@self
DistributedVirtualSwitch.FetchDVPorts: System.Read@self
DistributedVirtualSwitchManager.QueryDvsByUuid DVSManagerLookupDvPortGroup QueryAvailableDvsSpec:
  -
DynamicTypeManager.DynamicTypeMgrQueryTypeInfo DynamicTypeMgrQueryMoInstances: System.Read@self
EnvironmentBrowser.QueryConfigOption QueryConfigOptionEx QueryConfigOptionDescriptor
  QueryConfigTarget QueryTargetCapabilities: System.Read@self
EventManager.PostEvent LogUserEvent: Global.LogEvent@root
EventManager.RetrieveArgumentDescription: -
ExtensionManager.FindExtension GetPublicKey QueryExtensionIpAllocationUsage: -
ExtensionManager.RegisterExtension: Extension.Register@root
ExtensionManager.UpdateExtension: Extension.Update@root
ExtensionManager.UnregisterExtension: Extension.Unregister@root
FileManager.MakeDirectory: Datastore.FileManagement@path:name
FileManager.DeleteDatastoreFile_Task: Datastore.FileManagement@path:name
FileManager.MoveDatastoreFile_Task: Datastore.FileManagement@path:sourceName
  Datastore.FileManagement@path:destinationName
FileManager.CopyDatastoreFile_Task: Datastore.Browse@path:sourceName
  Datastore.FileManagement@path:destinationName
FileManager.ChangeOwner: Datastore.FileManagement@path:name
Folder.CreateFolder: Folder.Create@self
Folder.CreateDatacenter: Datacenter.Create@self
Folder.CreateCluster CreateClusterEx: Host.Inventory.CreateCluster@self
Folder.CreateDVS_Task: DVSwitch.Create@self
Folder.AddStandaloneHost_Task: Host.Inventory.AddStandaloneHost@self
Folder.CreateStoragePod: Folder.Create@self
Folder.Rename_Task: Folder.Rename@self
Folder.Destroy_Task UnregisterAndDestroy_Task: Folder.Delete@self
GuestAuthManager.ValidateCredentialsInGuest AcquireCredentialsInGuest
  ReleaseCredentialsInGuest: VirtualMachine.GuestOperations.Query@vm
GuestFileManager.InitiateFileTransferToGuest: VirtualMachine.GuestOperations.Modify@vm
GuestFileManager.InitiateFileTransferFromGuest ListFilesInGuest:
  VirtualMachine.GuestOperations.Query@vm
GuestFileManager.MakeDirectoryInGuest DeleteFileInGuest DeleteDirectoryInGuest MoveFileInGuest
  MoveDirectoryInGuest CreateTemporaryFileInGuest CreateTemporaryDirectoryInGuest
  ChangeFileAttributesInGuest: VirtualMachine.GuestOperations.Modify@vm
GuestProcessManager.StartProgramInGuest TerminateProcessInGuest:
  VirtualMachine.GuestOperations.Execute@vm
GuestProcessManager.ListProcessesInGuest ReadEnvironmentVariableInGuest:
  VirtualMachine.GuestOperations.Query@vm
HistoryCollector.SetCollectorPageSize DestroyCollector RewindCollector ResetCollector: -
EventHistoryCollector.ReadNextEvents ReadPreviousEvents: -
TaskHistoryCollector.ReadNextTasks ReadPreviousTasks: -
HostDatastoreBrowser.SearchDatastore_Task SearchDatastoreSubFolders_Task:
  Datastore.Browse@path:datastorePath
HostDatastoreBrowser.DeleteFile: Datastore.DeleteFile@path:datastorePath
HostDatastoreSystem.CreateLocalDatastore CreateNasDatastore CreateVmfsDatastore RemoveDatastore:
  Host.Config.Storage@host
HostDateTimeSystem.QueryDateTime QueryAvailableTimeZones: System.Read@self
HostDateTimeSystem.UpdateDateTime UpdateDateTimeConfig RefreshDateTimeSystem:
  Host.Config.DateTime@host
HostFirewallSystem.EnableRuleset DisableRuleset UpdateRuleset UpdateDefaultPolicy RefreshFirewall:
  Host.Config.NetService@host
HostLocalAccountManager.CreateUser UpdateUser RemoveUser CreateGroup RemoveGroup AssignUserToGroup
  UnassignUserFromGroup: Authorization.ModifyPermissions@root Host.Local.ManageUserGroups@root
HostLocalAccountManager.ChangePassword: Host.Local.ManageUserGroups@caller:user
HostNetworkSystem.AddVirtualSwitch RemoveVirtualSwitch UpdateVirtualSwitch AddPortGroup
  RemovePortGroup UpdatePortGroup RefreshNetworkSystem UpdateNetworkConfig:
  Host.Config.Network@host
HostNetworkSystem.QueryNetworkHint: System.Read@host
HostServiceSystem.StartService StopService RestartService UpdateServicePolicy RefreshServices:
  Host.Config.NetService@host
HostStorageSystem.RescanAllHba RescanHba RescanVmfs RefreshStorageSystem: Host.Config.Storage@host
HostSystem.RetrieveHardwareUptime QueryHostConnectionInfo: System.Read@self
HostSystem.RetrieveDynamicTypeManager RetrieveManagedMethodExecuter: System.Read@self
HostSystem.EnterMaintenanceMode_Task ExitMaintenanceMode_Task: Host.Config.Maintenance@self
HostSystem.DisconnectHost_Task ReconnectHost_Task: Host.Config.Connection@self
HostVirtualNicManager.QueryNetConfig: System.Read@host
LicenseAssignmentManager.QueryAssignedLicenses: System.Read@root
LicenseAssignmentManager.UpdateAssignedLicense RemoveAssignedLicense: Global.Licenses@root
LicenseManager.AddLicense RemoveLicense UpdateLicense UpdateLicenseLabel RemoveLicenseLabel:
  Global.Licenses@root
LicenseManager.DecodeLicense QueryLicenseUsage: System.Read@root
ListView.ModifyListView ResetListView ResetListViewFromView: -
ManagedEntity.Reload: System.Read@self
ManagedMethodExecuter.ExecuteSoap: Host.Config.Settings@host
OptionManager.QueryOptions: System.Read@self
PerformanceManager.QueryPerf: -
PerformanceManager.QueryPerfProviderSummary QueryAvailablePerfMetric QueryPerfComposite:
  System.Read@entity
PerformanceManager.QueryPerfCounter QueryPerfCounterByLevel: -
PropertyCollector.RetrieveProperties RetrievePropertiesEx ContinueRetrievePropertiesEx
  CancelRetrievePropertiesEx: -
PropertyCollector.CreatePropertyCollector DestroyPropertyCollector CreateFilter
  CancelWaitForUpdates: -
PropertyCollector.WaitForUpdates CheckForUpdates WaitForUpdatesEx: -
PropertyFilter.DestroyPropertyFilter: -
ResourcePool.CreateResourcePool: Resource.CreatePool@self
ResourcePool.CreateVApp: VApp.Create@self
ResourcePool.UpdateConfig: Resource.EditPool@self
ResourcePool.UpdateChildResourceConfiguration: Resource.EditPool@self
ResourcePool.Rename_Task: Resource.RenamePool@self
ResourcePool.Destroy_Task DestroyChildren: Resource.DeletePool@self
VirtualApp.UpdateVAppConfig: VApp.ApplicationConfig@self
VirtualApp.UpdateLinkedChildren: VApp.ResourceConfig@self
VirtualApp.PowerOnVApp_Task: VApp.PowerOn@self
VirtualApp.PowerOffVApp_Task: VApp.PowerOff@self
VirtualApp.SuspendVApp_Task: VApp.Suspend@self
VirtualApp.unregisterVApp_Task: VApp.Unregister@self
VirtualApp.Destroy_Task: VApp.Delete@self
VirtualApp.Rename_Task: VApp.Rename@self
ScheduledTaskManager.RetrieveEntityScheduledTask: -
SearchIndex.FindByInventoryPath FindByUuid FindAllByUuid FindByIp FindAllByIp FindByDnsName
  FindAllByDnsName FindByDatastorePath FindChild: -
ServiceInstance.RetrieveServiceContent CurrentTime: -
SessionManager.Login LoginByToken LoginExtensionByCertificate Logout CloneSession
  AcquireCloneTicket AcquireGenericServiceTicket AcquireLocalTicket SessionIsActive SetLocale: -
SessionManager.TerminateSession: Sessions.TerminateSession@root
SessionManager.UpdateServiceMessage: Sessions.GlobalMessage@root
SessionManager.ImpersonateUser: Sessions.ImpersonateUser@root
Task.SetTaskState SetTaskDescription UpdateProgress: Task.Update@root
TaskManager.CreateTask: Task.Create@obj
UserDirectory.RetrieveUserGroups: -
View.DestroyView: -
ViewManager.CreateContainerView: System.View@container
ViewManager.CreateListView CreateInventoryView: -
VirtualDiskManager.CreateVirtualDisk_Task DeleteVirtualDisk_Task ExtendVirtualDisk_Task
  InflateVirtualDisk_Task ShrinkVirtualDisk_Task EagerZeroVirtualDisk_Task
  ZeroFillVirtualDisk_Task DefragmentVirtualDisk_Task SetVirtualDiskUuid:
  Datastore.FileManagement@path:name
VirtualDiskManager.MoveVirtualDisk_Task: Datastore.FileManagement@path:sourceName
  Datastore.FileManagement@path:destName
VirtualDiskManager.CopyVirtualDisk_Task: Datastore.Browse@path:sourceName
  Datastore.FileManagement@path:destName
VirtualDiskManager.QueryVirtualDiskUuid QueryVirtualDiskGeometry QueryVirtualDiskFragmentation
  QueryVirtualDiskInfo_Task: Datastore.Browse@path:name
VirtualMachine.PowerOnVM_Task: VirtualMachine.Interact.PowerOn@self
VirtualMachine.PowerOffVM_Task ShutdownGuest: VirtualMachine.Interact.PowerOff@self
VirtualMachine.SuspendVM_Task StandbyGuest: VirtualMachine.Interact.Suspend@self
VirtualMachine.ResetVM_Task RebootGuest: VirtualMachine.Interact.Reset@self
VirtualMachine.TerminateVM: VirtualMachine.Interact.PowerOff@self
VirtualMachine.Rename_Task: VirtualMachine.Config.Rename@self
VirtualMachine.Destroy_Task: VirtualMachine.Inventory.Delete@self
VirtualMachine.UnregisterVM: VirtualMachine.Inventory.Unregister@self
VirtualMachine.CreateSnapshot_Task CreateSnapshotEx_Task: VirtualMachine.State.CreateSnapshot@self
VirtualMachine.RevertToCurrentSnapshot_Task: VirtualMachine.State.RevertToSnapshot@self
VirtualMachine.RemoveAllSnapshots_Task ConsolidateVMDisks_Task:
  VirtualMachine.State.RemoveSnapshot@self
VirtualMachine.AnswerVM: VirtualMachine.Interact.AnswerQuestion@self
VirtualMachine.AcquireTicket AcquireMksTicket: VirtualMachine.Interact.ConsoleInteract@self
VirtualMachine.CreateScreenshot_Task: VirtualMachine.Interact.CreateScreenshot@self
VirtualMachine.MarkAsTemplate: VirtualMachine.Provisioning.MarkAsTemplate@self
VirtualMachine.MarkAsVirtualMachine: VirtualMachine.Provisioning.MarkAsVM@self
  Resource.AssignVMToPool@pool
VirtualMachine.UpgradeVM_Task: VirtualMachine.Config.UpgradeVirtualHardware@self
VirtualMachine.MountToolsInstaller UnmountToolsInstaller UpgradeTools_Task:
  VirtualMachine.Interact.ToolsInstall@self
VirtualMachine.RefreshStorageInfo QueryConnections Reload QueryUnownedFiles QueryChangedDiskAreas:
  System.Read@self
VirtualMachine.ResetGuestInformation: VirtualMachine.Config.ResetGuestInfo@self
VirtualMachineSnapshot.RemoveSnapshot_Task: VirtualMachine.State.RemoveSnapshot@self
VirtualMachineSnapshot.RevertToSnapshot_Task: VirtualMachine.State.RevertToSnapshot@self
VirtualMachineSnapshot.RenameSnapshot: VirtualMachine.State.RenameSnapshot@self
`;

/** A privilege and where it has to be held. */
export interface StaticNeed {
  privilege: string;
  where: string;
}

function parse(): Map<string, StaticNeed[]> {
  const rows = new Map<string, StaticNeed[]>();
  for (const line of table.trim().replaceAll("\n  ", " ").split("\n")) {
    const [left = "", right = ""] = line.split(": ");
    const [type = "", ...names] = left.split(/[. ]/);
    const needs = right === "-" ? [] : right.split(" ").map(parseNeed);
    for (const name of names) rows.set(`${type}.${name}`, needs);
  }
  return rows;
}

function parseNeed(text: string): StaticNeed {
  const at = text.indexOf("@");
  return { privilege: text.slice(0, at), where: text.slice(at + 1) };
}

/** What each method asks for, by `Type.Method` with the type that declares it. */
export const staticNeeds: ReadonlyMap<string, StaticNeed[]> = parse();
