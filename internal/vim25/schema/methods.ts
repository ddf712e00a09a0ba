/** Methods of managed objects. Notation: parse.ts. */
export const methodTypes = `
AuthorizationManager
  AddAuthorizationRole(name, privIds?[]) int
  UpdateAuthorizationRole(roleId int, newName, privIds?[])
  RemoveAuthorizationRole(roleId int, failIfUsed boolean)
  SetEntityPermissions(entity ref, permission?[] Permission)
  RemoveEntityPermission(entity ref, user, isGroup boolean)
  RetrieveEntityPermissions(entity ref, inherited boolean) Permission[]
  RetrieveAllPermissions() Permission[]
  RetrieveRolePermissions(roleId int) Permission[]
  MergePermissions(srcRoleId int, dstRoleId int)
  ResetEntityPermissions(entity ref, permission[] Permission)
  HasUserPrivilegeOnEntities(entities[] ref, userName, privId?[]) EntityPrivilege[]
  HasPrivilegeOnEntities(entity[] ref, sessionId, privId?[]) EntityPrivilege[]
  HasPrivilegeOnEntity(entity ref, sessionId, privId?[]) boolean[]
  FetchUserPrivilegeOnEntities(entities[] ref, userName) UserPrivilegeResult[]
  internal DisableMethods(entity[] ref, method[] DisabledMethodRequest, sourceId,
    sessionScope? boolean)
  internal EnableMethods(entity[] ref, method[], sourceId)
ComputeResource
  ReconfigureComputeResource_Task(spec ComputeResourceConfigSpec, modify boolean) ref
Datacenter
  PowerOnMultiVM_Task(vm[] ref, option?[] OptionValue) ref
Datastore
  RefreshDatastore()
  RefreshDatastoreStorageInfo()
  RenameDatastore(newName)
  DestroyDatastore()
  UpdateVirtualMachineFiles_Task(mountPathDatastoreMapping[] DatastoreMountPathDatastorePair) ref
DatastoreNamespaceManager
  CreateDirectory(datastore ref, displayName?, policy?, size? long) string
  DeleteDirectory(datacenter? ref, datastorePath)
  ConvertNamespacePathToUuidPath(datacenter? ref, namespaceUrl) string
DiagnosticManager
  BrowseDiagnosticLog(host? ref, key, start? int, lines? int) DiagnosticManagerLogHeader
  QueryDescriptions(host? ref) DiagnosticManagerLogDescriptor[]
  GenerateLogBundles_Task(includeDefault boolean, host?[] ref) ref
DynamicTypeManager
  DynamicTypeMgrQueryTypeInfo(filterSpec? DynamicTypeMgrFilterSpec) DynamicTypeMgrAllTypeInfo
  DynamicTypeMgrQueryMoInstances(
    filterSpec? DynamicTypeMgrFilterSpec) DynamicTypeMgrMoInstance[]
DistributedVirtualPortgroup
  ReconfigureDVPortgroup_Task(spec DVPortgroupConfigSpec) ref
DistributedVirtualSwitch
  AddDVPortgroup_Task(spec[] DVPortgroupConfigSpec) ref
  CreateDVPortgroup_Task(spec DVPortgroupConfigSpec) ref
  ReconfigureDvs_Task(spec DVSConfigSpec) ref
  FetchDVPorts(criteria? DistributedVirtualSwitchPortCriteria) DistributedVirtualPort[]
EnvironmentBrowser
  QueryConfigOption(key?, host? ref) VirtualMachineConfigOption?
  QueryConfigOptionEx(spec? EnvironmentBrowserConfigOptionQuerySpec) VirtualMachineConfigOption?
  QueryConfigOptionDescriptor() VirtualMachineConfigOptionDescriptor[]
  QueryConfigTarget(host? ref) ConfigTarget?
  QueryTargetCapabilities(host? ref) HostCapability?
EventHistoryCollector
  ReadNextEvents(maxCount int) Event[]
  ReadPreviousEvents(maxCount int) Event[]
EventManager
  CreateCollectorForEvents(filter EventFilterSpec) ref
  QueryEvents(filter EventFilterSpec, eventViewSpec? EventManagerEventViewSpec) Event[]
  PostEvent(eventToPost Event, taskInfo? TaskInfo)
  LogUserEvent(entity ref, msg)
  RetrieveArgumentDescription(eventTypeId) EventArgDesc[]
ExtensionManager
  FindExtension(extensionKey) Extension?
FileManager
  MakeDirectory(name, datacenter? ref, createParentDirectories? boolean)
  MoveDatastoreFile_Task(sourceName, sourceDatacenter? ref, destinationName,
    destinationDatacenter? ref, force? boolean) ref
  CopyDatastoreFile_Task(sourceName, sourceDatacenter? ref, destinationName,
    destinationDatacenter? ref, force? boolean) ref
  DeleteDatastoreFile_Task(name, datacenter? ref) ref
  ChangeOwner(name, datacenter? ref, owner)
Folder
  CreateFolder(name) ref
  CreateVM_Task(config VirtualMachineConfigSpec, pool ref, host? ref) ref
  RegisterVM_Task(path, name?, asTemplate boolean, pool? ref, host? ref) ref
  MoveIntoFolder_Task(list[] ref) ref
  CreateDatacenter(name) ref
  CreateClusterEx(name, spec ClusterConfigSpecEx) ref
  CreateDVS_Task(spec DVSCreateSpec) ref
GuestAuthManager
  ValidateCredentialsInGuest(vm ref, auth GuestAuthentication)
  AcquireCredentialsInGuest(vm ref, requestedAuth GuestAuthentication,
    sessionID? long) GuestAuthentication
  ReleaseCredentialsInGuest(vm ref, auth GuestAuthentication)
GuestFileManager
  InitiateFileTransferToGuest(vm ref, auth GuestAuthentication, guestFilePath,
    fileAttributes GuestFileAttributes, fileSize long, overwrite boolean) string
  InitiateFileTransferFromGuest(vm ref, auth GuestAuthentication,
    guestFilePath) FileTransferInformation
  MakeDirectoryInGuest(vm ref, auth GuestAuthentication, directoryPath,
    createParentDirectories boolean)
  DeleteFileInGuest(vm ref, auth GuestAuthentication, filePath)
  DeleteDirectoryInGuest(vm ref, auth GuestAuthentication, directoryPath, recursive boolean)
  MoveDirectoryInGuest(vm ref, auth GuestAuthentication, srcDirectoryPath, dstDirectoryPath)
  MoveFileInGuest(vm ref, auth GuestAuthentication, srcFilePath, dstFilePath, overwrite boolean)
  CreateTemporaryFileInGuest(vm ref, auth GuestAuthentication, prefix, suffix,
    directoryPath?) string
  CreateTemporaryDirectoryInGuest(vm ref, auth GuestAuthentication, prefix, suffix,
    directoryPath?) string
  ListFilesInGuest(vm ref, auth GuestAuthentication, filePath, index? int, maxResults? int,
    matchPattern?) GuestListFileInfo
  ChangeFileAttributesInGuest(vm ref, auth GuestAuthentication, guestFilePath,
    fileAttributes GuestFileAttributes)
GuestProcessManager
  StartProgramInGuest(vm ref, auth GuestAuthentication, spec GuestProgramSpec) long
  ListProcessesInGuest(vm ref, auth GuestAuthentication, pids?[] long) GuestProcessInfo[]
  TerminateProcessInGuest(vm ref, auth GuestAuthentication, pid long)
  ReadEnvironmentVariableInGuest(vm ref, auth GuestAuthentication, names?[]) string[]
HistoryCollector
  SetCollectorPageSize(maxCount int)
  DestroyCollector()
  RewindCollector()
  ResetCollector()
HostDatastoreBrowser
  SearchDatastore_Task(datastorePath, searchSpec? HostDatastoreBrowserSearchSpec) ref
  SearchDatastoreSubFolders_Task(datastorePath, searchSpec? HostDatastoreBrowserSearchSpec) ref
  DeleteFile(datastorePath)
HostDatastoreSystem
  CreateLocalDatastore(name, path) ref
  RemoveDatastore(datastore ref)
HostDateTimeSystem
  QueryDateTime() dateTime
  QueryAvailableTimeZones() HostDateTimeSystemTimeZone[]
  UpdateDateTime(dateTime dateTime)
  RefreshDateTimeSystem()
HostFirewallSystem
  EnableRuleset(id)
  DisableRuleset(id)
  RefreshFirewall()
  UpdateRuleset(id, spec HostFirewallRulesetRulesetSpec)
  UpdateDefaultPolicy(defaultPolicy HostFirewallDefaultPolicy)
HostLocalAccountManager
  CreateUser(user HostAccountSpec)
  UpdateUser(user HostAccountSpec)
  RemoveUser(userName)
  CreateGroup(group HostAccountSpec)
  RemoveGroup(groupName)
  AssignUserToGroup(user, group)
  UnassignUserFromGroup(user, group)
  ChangePassword(user, oldPassword, newPassword)
HostNetworkSystem
  AddVirtualSwitch(vswitchName, spec? HostVirtualSwitchSpec)
  RemoveVirtualSwitch(vswitchName)
  UpdateVirtualSwitch(vswitchName, spec HostVirtualSwitchSpec)
  AddPortGroup(portgrp HostPortGroupSpec)
  RemovePortGroup(pgName)
  UpdatePortGroup(pgName, portgrp HostPortGroupSpec)
  RefreshNetworkSystem()
  QueryNetworkHint(device?[]) PhysicalNicHintInfo[]
HostServiceSystem
  StartService(id)
  StopService(id)
  RestartService(id)
  UpdateServicePolicy(id, policy)
  RefreshServices()
HostStorageSystem
  RescanAllHba()
  RescanVmfs()
  RefreshStorageSystem()
HostSystem
  RetrieveHardwareUptime() long
  QueryHostConnectionInfo() HostConnectInfo
  RetrieveDynamicTypeManager() ref
  RetrieveManagedMethodExecuter() ref
HostVirtualNicManager
  QueryNetConfig(nicType) VirtualNicManagerNetConfig?
LicenseAssignmentManager
  QueryAssignedLicenses(entityId?) LicenseAssignmentManagerLicenseAssignment[]
  UpdateAssignedLicense(entity, licenseKey, entityDisplayName?) LicenseManagerLicenseInfo
  RemoveAssignedLicense(entityId)
LicenseManager
  AddLicense(licenseKey, labels?[] KeyValue) LicenseManagerLicenseInfo
  DecodeLicense(licenseKey) LicenseManagerLicenseInfo
  QueryLicenseUsage(host? ref) LicenseUsageInfo
  RemoveLicense(licenseKey)
  UpdateLicense(licenseKey, labels?[] KeyValue) LicenseManagerLicenseInfo
  UpdateLicenseLabel(licenseKey, labelKey, labelValue)
  RemoveLicenseLabel(licenseKey, labelKey)
ListView
  ModifyListView(add?[] ref, remove?[] ref) ref[]
  ResetListView(obj?[] ref) ref[]
ManagedEntity
  Destroy_Task() ref
  Rename_Task(newName) ref
  Reload()
ManagedMethodExecuter
  ExecuteSoap(moid, version, method,
    argument?[] ReflectManagedMethodExecuterSoapArgument) ReflectManagedMethodExecuterSoapResult?
OptionManager
  QueryOptions(name?) OptionValue[]
  UpdateOptions(changedValue[] OptionValue)
PerformanceManager
  QueryPerf(querySpec[] PerfQuerySpec) PerfEntityMetricBase[]
  QueryPerfProviderSummary(entity ref) PerfProviderSummary
  QueryAvailablePerfMetric(entity ref, beginTime? dateTime, endTime? dateTime,
    intervalId? int) PerfMetricId[]
  QueryPerfCounter(counterId[] int) PerfCounterInfo[]
  QueryPerfCounterByLevel(level int) PerfCounterInfo[]
  QueryPerfComposite(querySpec PerfQuerySpec) PerfCompositeMetric
PropertyCollector
  RetrieveProperties(specSet[] PropertyFilterSpec) ObjectContent[]
  RetrievePropertiesEx(specSet[] PropertyFilterSpec, options RetrieveOptions) RetrieveResult?
  ContinueRetrievePropertiesEx(token) RetrieveResult
  CancelRetrievePropertiesEx(token)
  CreatePropertyCollector() ref
  DestroyPropertyCollector()
  CreateFilter(spec PropertyFilterSpec, partialUpdates boolean) ref
  WaitForUpdates(version?) UpdateSet
  CheckForUpdates(version?) UpdateSet?
  WaitForUpdatesEx(version?, options? WaitOptions) UpdateSet?
  CancelWaitForUpdates()
PropertyFilter
  DestroyPropertyFilter()
ResourcePool
  CreateResourcePool(name, spec ResourceConfigSpec) ref
  CreateVApp(name, resSpec ResourceConfigSpec, configSpec VAppConfigSpec, vmFolder? ref) ref
  UpdateConfig(name?, config? ResourceConfigSpec)
  UpdateChildResourceConfiguration(spec[] ResourceConfigSpec)
  CreateChildVM_Task(config VirtualMachineConfigSpec, host? ref) ref
  RegisterChildVM_Task(path, name?, host? ref) ref
  DestroyChildren()
  MoveIntoResourcePool(list[] ref)
ScheduledTaskManager
  RetrieveEntityScheduledTask(entity? ref) ref[]
SearchIndex
  FindByInventoryPath(inventoryPath) ref?
  FindByUuid(datacenter? ref, uuid, vmSearch boolean, instanceUuid? boolean) ref?
  FindChild(entity ref, name) ref?
  FindByDatastorePath(datacenter ref, path) ref?
  FindByIp(datacenter? ref, ip, vmSearch boolean) ref?
  FindByDnsName(datacenter? ref, dnsName, vmSearch boolean) ref?
  FindAllByUuid(datacenter? ref, uuid, vmSearch boolean, instanceUuid? boolean) ref[]
ServiceInstance
  RetrieveServiceContent() ServiceContent
  CurrentTime() dateTime
SessionManager
  Login(userName, password, locale?) UserSession
  LoginByToken(locale?) UserSession
  LoginExtensionByCertificate(extensionKey, locale?) UserSession
  ImpersonateUser(userName, locale?) UserSession
  AcquireLocalTicket(userName) SessionManagerLocalTicket
  Logout()
  CloneSession(cloneTicket) UserSession
  AcquireCloneTicket() string
  AcquireGenericServiceTicket(
    spec SessionManagerServiceRequestSpec) SessionManagerGenericServiceTicket
  SessionIsActive(sessionID, userName) boolean
  TerminateSession(sessionId[])
  SetLocale(locale)
  UpdateServiceMessage(message)
Task
  CancelTask()
  UpdateProgress(percentDone int)
  SetTaskState(state TaskInfoState, result? anyType, fault? LocalizedMethodFault)
  SetTaskDescription(description LocalizableMessage)
TaskHistoryCollector
  ReadNextTasks(maxCount int) TaskInfo[]
  ReadPreviousTasks(maxCount int) TaskInfo[]
TaskManager
  CreateCollectorForTasks(filter TaskFilterSpec) ref
  CreateTask(obj ref, taskTypeId, initiatedBy?, cancelable boolean, parentTaskKey?,
    activationId?) TaskInfo
UserDirectory
  RetrieveUserGroups(domain?, searchStr, belongsToGroup?, belongsToUser?, exactMatch boolean,
    findUsers boolean, findGroups boolean) UserSearchResult[]
View
  DestroyView()
ViewManager
  CreateContainerView(container ref, type?[], recursive boolean) ref
  CreateListView(obj?[] ref) ref
  CreateInventoryView() ref
VirtualApp
  UpdateVAppConfig(spec VAppConfigSpec)
  PowerOnVApp_Task() ref
  PowerOffVApp_Task(force boolean) ref
  unregisterVApp_Task() ref
VirtualDiskManager
  CreateVirtualDisk_Task(name, datacenter? ref, spec VirtualDiskSpec) ref
  DeleteVirtualDisk_Task(name, datacenter? ref) ref
  MoveVirtualDisk_Task(sourceName, sourceDatacenter? ref, destName, destDatacenter? ref,
    force? boolean, profile?[] VirtualMachineProfileSpec) ref
  CopyVirtualDisk_Task(sourceName, sourceDatacenter? ref, destName, destDatacenter? ref,
    destSpec? VirtualDiskSpec, force? boolean) ref
  ExtendVirtualDisk_Task(name, datacenter? ref, newCapacityKb long, eagerZero? boolean) ref
  QueryVirtualDiskUuid(name, datacenter? ref) string
  SetVirtualDiskUuid(name, datacenter? ref, uuid)
  QueryVirtualDiskGeometry(name, datacenter? ref) HostDiskDimensionsChs
  InflateVirtualDisk_Task(name, datacenter? ref) ref
  EagerZeroVirtualDisk_Task(name, datacenter? ref) ref
  ShrinkVirtualDisk_Task(name, datacenter? ref, copy? boolean) ref
  DefragmentVirtualDisk_Task(name, datacenter? ref) ref
  QueryVirtualDiskFragmentation(name, datacenter? ref) int
  internal QueryVirtualDiskInfo_Task(name, datacenter? ref, includeParents boolean) ref
VirtualMachine
  PowerOnVM_Task(host? ref) ref
  PowerOffVM_Task() ref
  SuspendVM_Task() ref
  ResetVM_Task() ref
  ReconfigVM_Task(spec VirtualMachineConfigSpec) ref
  RelocateVM_Task(spec VirtualMachineRelocateSpec, priority? VirtualMachineMovePriority) ref
  UnregisterVM()
  ShutdownGuest()
  RebootGuest()
  StandbyGuest()
  CreateSnapshot_Task(name, description?, memory boolean, quiesce boolean) ref
  CreateSnapshotEx_Task(name, description?, memory boolean,
    quiesceSpec? VirtualMachineGuestQuiesceSpec) ref
  ConsolidateVMDisks_Task() ref
  TerminateVM()
  QueryChangedDiskAreas(snapshot? ref, deviceKey int, startOffset long, changeId) DiskChangeInfo
  QueryUnownedFiles() string[]
  RevertToCurrentSnapshot_Task(host? ref, suppressPowerOn? boolean) ref
  RemoveAllSnapshots_Task(consolidate? boolean, spec? SnapshotSelectionSpec) ref
  CloneVM_Task(folder ref, name, spec VirtualMachineCloneSpec) ref
  InstantClone_Task(spec VirtualMachineInstantCloneSpec) ref
  AnswerVM(questionId, answerChoice)
  AcquireTicket(ticketType) VirtualMachineTicket
  RefreshStorageInfo()
  QueryConnections() VirtualMachineConnection[]
  MarkAsTemplate()
  MarkAsVirtualMachine(pool ref, host? ref)
VirtualMachineSnapshot
  RemoveSnapshot_Task(removeChildren boolean, consolidate? boolean) ref
  RevertToSnapshot_Task(host? ref, suppressPowerOn? boolean) ref
  RenameSnapshot(name?, description?)
`;
