/** Property collector, sessions, tasks, options and other basics. Notation: parse.ts. */
export const coreTypes = `
AboutInfo: name, fullName, vendor, version, patchLevel?, build, localeVersion?, localeBuild?,
  osType, productLineId, apiType, apiVersion, instanceUuid?, licenseProductName?,
  licenseProductVersion?
AlarmState: key, entity ref, alarm ref, overallStatus ManagedEntityStatus, time dateTime,
  acknowledged? boolean, acknowledgedByUser?, acknowledgedTime? dateTime, eventKey? int,
  disabled? boolean
ArrayUpdateSpec: operation ArrayUpdateOperation, removeKey? anyType
BoolOption < OptionType: supported boolean, defaultValue boolean
Capability: provisioningSupported boolean, multiHostSupported boolean,
  userShellAccessSupported boolean, supportedEVCMode?[] EVCMode,
  supportedEVCGraphicsMode?[] FeatureEVCMode, networkBackupAndRestoreSupported? boolean,
  ftDrsWithoutEvcSupported? boolean, hciWorkflowSupported? boolean, computePolicyVersion? int,
  clusterPlacementSupported? boolean, lifecycleManagementSupported? boolean,
  hostSeedingSupported? boolean, scalableSharesSupported? boolean, hadcsSupported? boolean,
  configMgmtSupported? boolean
ChoiceOption < OptionType: choiceInfo[] ElementDescription, defaultIndex? int
CustomFieldDef: key int, name, type, managedObjectType?, fieldDefPrivileges? PrivilegePolicyDef,
  fieldInstancePrivileges? PrivilegePolicyDef
CustomFieldValue: key int
DatacenterConfigInfo: defaultHardwareVersionKey?, maximumHardwareVersionKey?
DatacenterMismatchArgument: entity ref, inputDatacenter? ref
Description: label, summary
DynamicProperty: name, val anyType
ElementDescription < Description: key
EnumDescription: key, tags[] ElementDescription
EnvironmentBrowserConfigOptionQuerySpec: key?, host? ref, guestId?[]
FloatOption < OptionType: min float, max float, defaultValue float
IntOption < OptionType: min int, max int, defaultValue int
KeyAnyValue: key, value anyType
KeyValue: key, value
LocalizableMessage: key, arg?[] KeyAnyValue, message?
LocalizedMethodFault: fault MethodFault, localizedMessage?
LongOption < OptionType: min long, max long, defaultValue long
MissingObject: obj ref, fault LocalizedMethodFault
MissingProperty: path, fault LocalizedMethodFault
NoPermissionEntityPrivileges: entity ref, privilegeIds?[]
ObjectContent: obj ref, propSet?[] DynamicProperty, missingSet?[] MissingProperty
ObjectSpec: obj ref, skip? boolean, selectSet?[] SelectionSpec
ObjectUpdate: kind ObjectUpdateKind, obj ref, changeSet?[] PropertyChange,
  missingSet?[] MissingProperty
OptionDef < ElementDescription: optionType OptionType
OptionType: valueIsReadonly? boolean
OptionValue: key, value anyType
PolicyOption: id, parameter?[] KeyAnyValue
PropertyChange: name, op PropertyChangeOp, val anyType
PropertyFilterSpec: propSet[] PropertySpec, objectSet[] ObjectSpec,
  reportMissingObjectsInResults? boolean
PropertyFilterUpdate: filter ref, objectSet?[] ObjectUpdate, missingSet?[] MissingObject
PropertySpec: type, all? boolean, pathSet?[]
RetrieveOptions: maxObjects? int
RetrieveResult: token?, objects[] ObjectContent
SelectionSpec: name?
ServiceContent: rootFolder ref, propertyCollector ref, viewManager? ref, about AboutInfo,
  setting? ref, userDirectory? ref, sessionManager? ref, authorizationManager? ref,
  serviceManager? ref, perfManager? ref, scheduledTaskManager? ref, alarmManager? ref,
  eventManager? ref, taskManager? ref, extensionManager? ref, customizationSpecManager? ref,
  guestCustomizationManager? ref, customFieldsManager? ref, accountManager? ref,
  diagnosticManager? ref, licenseManager? ref, searchIndex? ref, fileManager? ref,
  datastoreNamespaceManager? ref, virtualDiskManager? ref, virtualizationManager? ref,
  snmpSystem? ref, vmProvisioningChecker? ref, vmCompatibilityChecker? ref, ovfManager? ref,
  ipPoolManager? ref, dvSwitchManager? ref, hostProfileManager? ref, clusterProfileManager? ref,
  complianceManager? ref, localizationManager? ref, storageResourceManager? ref,
  guestOperationsManager? ref, overheadMemoryManager? ref, certificateManager? ref,
  ioFilterManager? ref, vStorageObjectManager? ref, hostSpecManager? ref, cryptoManager? ref,
  healthUpdateManager? ref, failoverClusterConfigurator? ref, failoverClusterManager? ref,
  tenantManager? ref, siteInfoManager? ref, storageQueryManager? ref, directPathProfileManager? ref
SessionManagerGenericServiceTicket: id, hostName?, sslThumbprint?,
  certThumbprintList?[] VirtualMachineCertThumbprint, sslCertificate?, ticketType?
SessionManagerHttpServiceRequestSpec < SessionManagerServiceRequestSpec: method?, url
SessionManagerLocalTicket: userName, passwordFilePath
SessionManagerServiceRequestSpec
StringOption < OptionType: defaultValue, validCharacters?
Tag: key
TaskDescription: methodInfo[] ElementDescription, state[] ElementDescription,
  reason[] TypeDescription
TaskFilterSpec: entity? TaskFilterSpecByEntity, time? TaskFilterSpecByTime,
  userName? TaskFilterSpecByUsername, activationId?[], state?[] TaskInfoState, alarm? ref,
  scheduledTask? ref, eventChainId?[] int, tag?[], parentTaskKey?[], rootTaskKey?[]
TaskFilterSpecByEntity: entity ref, recursion TaskFilterSpecRecursionOption
TaskFilterSpecByTime: timeType TaskFilterSpecTimeOption, beginTime? dateTime, endTime? dateTime
TaskFilterSpecByUsername: systemUser boolean, userList?[]
TaskInfo: key, task ref, description? LocalizableMessage, name?, descriptionId, entity? ref,
  entityName?, locked?[] ref, state TaskInfoState, cancelled boolean, cancelable boolean,
  error? LocalizedMethodFault, result? anyType, progress? int, progressDetails?[] KeyAnyValue,
  reason TaskReason, queueTime dateTime, startTime? dateTime, completeTime? dateTime,
  eventChainId int, changeTag?, parentTaskKey?, rootTaskKey?, activationId?
TaskReason
TaskReasonAlarm < TaskReason: alarmName, alarm ref, entityName, entity ref
TaskReasonSchedule < TaskReason: name, scheduledTask ref
TaskReasonSystem < TaskReason
TaskReasonUser < TaskReason: userName
TraversalSpec < SelectionSpec: type, path, skip? boolean, selectSet?[] SelectionSpec
TypeDescription < Description: key
UpdateSet: version, filterSet?[] PropertyFilterUpdate, truncated? boolean
UserSession: key, userName, fullName, loginTime dateTime, lastActiveTime dateTime, locale,
  messageLocale, extensionSession? boolean, ipAddress?, userAgent?, callCount? long
WaitOptions: maxWaitSeconds? int, maxObjectUpdates? int
enum ArrayUpdateOperation: add remove edit
enum AutoStartWaitHeartbeatSetting: yes no systemDefault
enum DpmBehavior: manual automated
enum EventFilterSpecRecursionOption: self children all
enum HostFirewallRuleDirection: inbound outbound
enum HostFirewallRulePortType: src dst
enum HostLockdownMode: lockdownDisabled lockdownNormal lockdownStrict
enum HostSystemConnectionState: connected notResponding disconnected
enum HostSystemPowerState: poweredOn poweredOff standBy unknown
enum LatencySensitivitySensitivityLevel: low normal medium high custom
enum LicenseManagerState: initializing normal marginal fault
enum LicenseReservationInfoState: notUsed noLicense unlicensedUse licensed
enum ManagedEntityStatus: gray green yellow red
enum ObjectUpdateKind: modify enter leave
enum PerfStatsType: absolute delta rate
enum PerfSummaryType: average maximum minimum latest summation none
enum PropertyChangeOp: add remove assign indirectRemove
enum SharesLevel: low normal high custom
enum TaskFilterSpecRecursionOption: self children all
enum TaskFilterSpecTimeOption: queuedTime startedTime completedTime
enum TaskInfoState: queued running success error
enum VirtualAppVAppState: started stopped starting stopping
enum VirtualDeviceConfigSpecFileOperation: create destroy replace
enum VirtualDeviceConfigSpecOperation: add remove edit
enum VirtualMachineConnectionState: connected disconnected orphaned inaccessible invalid
enum VirtualMachineMovePriority: lowPriority highPriority defaultPriority
enum VirtualMachinePowerState: poweredOff poweredOn suspended
enum VirtualMachineRecordReplayState: recording replaying inactive
enum VirtualMachineRelocateTransformation: flat sparse
enum VirtualMachineToolsStatus: toolsNotInstalled toolsNotRunning toolsOld toolsOk
enum VirtualSCSISharing: noSharing virtualSharing physicalSharing
`;
