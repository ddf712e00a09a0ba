/** Properties of managed objects with their declared types. Notation: parse.ts. */
export const managedTypes = `
AuthorizationManager: privilegeList[] AuthorizationPrivilege, roleList[] AuthorizationRole,
  description AuthorizationDescription
ClusterComputeResource < ComputeResource: configuration ClusterConfigInfo,
  recommendation[] ClusterRecommendation, drsRecommendation[] ClusterDrsRecommendation,
  hciConfig? ClusterComputeResourceHCIConfigInfo, migrationHistory[] ClusterDrsMigration,
  actionHistory[] ClusterActionHistory, drsFault[] ClusterDrsFaults
ComputeResource < ManagedEntity: resourcePool? ref, host[] ref, datastore[] ref, network[] ref,
  summary ComputeResourceSummary, environmentBrowser? ref,
  configurationEx ComputeResourceConfigInfo, lifecycleManaged? boolean
ContainerView < ManagedObjectView: container ref, type[], recursive boolean
CustomFieldsManager: field[] CustomFieldDef
Datacenter < ManagedEntity: vmFolder ref, hostFolder ref, datastoreFolder ref, networkFolder ref,
  datastore[] ref, network[] ref, configuration DatacenterConfigInfo
Datastore < ManagedEntity: info DatastoreInfo, summary DatastoreSummary, host[] DatastoreHostMount,
  vm[] ref, browser ref, capability DatastoreCapability, iormConfiguration? StorageIORMInfo
DistributedVirtualPortgroup < Network: key, config DVPortgroupConfigInfo, portKeys[]
DistributedVirtualSwitch < ManagedEntity: uuid, capability DVSCapability, summary DVSSummary,
  config DVSConfigInfo, networkResourcePool[] DVSNetworkResourcePool, portgroup[] ref,
  runtime? DVSRuntimeInfo
EnvironmentBrowser: datastoreBrowser? ref
EventHistoryCollector < HistoryCollector: latestPage[] Event
EventManager: description EventDescription, latestEvent Event, maxCollector int
ExtensibleManagedObject: value[] CustomFieldValue, availableField[] CustomFieldDef
ExtensionManager: extensionList[] Extension
Folder < ManagedEntity: childType[], childEntity[] ref, namespace?
GuestOperationsManager: authManager? ref, fileManager? ref, processManager? ref,
  guestWindowsRegistryManager? ref, aliasManager? ref
HistoryCollector: filter anyType
HostDatastoreBrowser: datastore[] ref, supportedType[] FileQuery
HostDatastoreSystem: datastore[] ref, capabilities HostDatastoreSystemCapabilities
HostDateTimeSystem: dateTimeInfo HostDateTimeInfo
HostFirewallSystem < ExtensibleManagedObject: firewallInfo? HostFirewallInfo
HostLocalAccountManager
HostNetworkSystem < ExtensibleManagedObject: capabilities? HostNetCapabilities,
  networkInfo? HostNetworkInfo, offloadCapabilities? HostNetOffloadCapabilities,
  networkConfig? HostNetworkConfig, dnsConfig HostDnsConfig, ipRouteConfig HostIpRouteConfig,
  consoleIpRouteConfig HostIpRouteConfig
HostServiceSystem < ExtensibleManagedObject: serviceInfo HostServiceInfo
HostStorageSystem < ExtensibleManagedObject: storageDeviceInfo? HostStorageDeviceInfo,
  fileSystemVolumeInfo HostFileSystemVolumeInfo, systemFile[],
  multipathStateInfo? HostMultipathStateInfo
HostSystem < ManagedEntity: runtime HostRuntimeInfo, summary HostListSummary,
  hardware? HostHardwareInfo, capability? HostCapability,
  licensableResource HostLicensableResourceInfo, remediationState? HostSystemRemediationState,
  precheckRemediationResult? ApplyHostProfileConfigurationSpec,
  remediationResult? ApplyHostProfileConfigurationResult,
  complianceCheckState? HostSystemComplianceCheckState, complianceCheckResult? ComplianceResult,
  configManager HostConfigManager, config? HostConfigInfo, vm[] ref, datastore[] ref, network[] ref,
  datastoreBrowser ref, systemResources? HostSystemResourceInfo,
  answerFileValidationState? AnswerFileStatusResult,
  answerFileValidationResult? AnswerFileStatusResult
HostVirtualNicManager < ExtensibleManagedObject: info HostVirtualNicManagerInfo
InventoryView < ManagedObjectView
LicenseAssignmentManager
LicenseManager: source LicenseSource, sourceAvailable boolean, diagnostics? LicenseDiagnostics,
  featureInfo[] LicenseFeatureInfo, licensedEdition, licenses[] LicenseManagerLicenseInfo,
  licenseAssignmentManager? ref, evaluation LicenseManagerEvaluationInfo
ListView < ManagedObjectView
ManagedEntity < ExtensibleManagedObject: parent? ref, customValue[] CustomFieldValue,
  overallStatus ManagedEntityStatus, configStatus ManagedEntityStatus, configIssue[] Event,
  effectiveRole[] int, permission[] Permission, name, disabledMethod[], recentTask[] ref,
  declaredAlarmState[] AlarmState, triggeredAlarmState[] AlarmState, alarmActionsEnabled? boolean,
  tag[] Tag
ManagedObjectView: view[] ref
Network < ManagedEntity: summary NetworkSummary, host[] ref, vm[] ref, name
OpaqueNetwork < Network: capability? OpaqueNetworkCapability, extraConfig[] OptionValue
OptionManager: supportedOption[] OptionDef, setting[] OptionValue
PerformanceManager: description PerformanceDescription, historicalInterval[] PerfInterval,
  perfCounter[] PerfCounterInfo
PropertyCollector: filter[] ref
PropertyFilter: spec PropertyFilterSpec, partialUpdates boolean
ResourcePool < ManagedEntity: summary ResourcePoolSummary, runtime ResourcePoolRuntimeInfo,
  owner ref, resourcePool[] ref, vm[] ref, config ResourceConfigSpec, namespace?,
  childConfiguration[] ResourceConfigSpec
ServiceInstance: serverClock dateTime, capability Capability, content ServiceContent
ScheduledTaskManager: scheduledTask[] ref
SessionManager: sessionList[] UserSession, currentSession? UserSession, message?,
  messageLocaleList[], supportedLocaleList[], defaultLocale
StoragePod < Folder: summary? StoragePodSummary, podStorageDrsEntry? PodStorageDrsEntry
Task < ExtensibleManagedObject: info TaskInfo
TaskHistoryCollector < HistoryCollector: latestPage[] TaskInfo
TaskManager: recentTask[] ref, description TaskDescription, maxCollector int
UserDirectory: domainList[]
ViewManager: viewList[] ref
VirtualApp < ResourcePool: parentFolder? ref, datastore[] ref, network[] ref,
  vAppConfig? VAppConfigInfo, parentVApp? ref, childLink[] VirtualAppLinkInfo
VirtualMachine < ManagedEntity: capability VirtualMachineCapability,
  config? VirtualMachineConfigInfo, layout? VirtualMachineFileLayout,
  layoutEx? VirtualMachineFileLayoutEx, storage? VirtualMachineStorageInfo, environmentBrowser ref,
  resourcePool? ref, parentVApp? ref, resourceConfig? ResourceConfigSpec,
  runtime VirtualMachineRuntimeInfo, guest? GuestInfo, summary VirtualMachineSummary,
  datastore[] ref, network[] ref, snapshot? VirtualMachineSnapshotInfo, rootSnapshot[] ref,
  guestHeartbeatStatus ManagedEntityStatus
VirtualMachineSnapshot < ExtensibleManagedObject: config VirtualMachineConfigInfo,
  childSnapshot[] ref, vm ref
VmwareDistributedVirtualSwitch < DistributedVirtualSwitch
`;
