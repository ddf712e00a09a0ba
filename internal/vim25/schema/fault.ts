/** Faults: what a method or a task fails with. Notation: parse.ts. */
export const faultTypes = `
ActiveVMsBlockingEVC < EVCConfigFault: evcMode?, host?[] ref, hostName?[]
AlreadyExists < VimFault: name?
ApplicationQuiesceFault < SnapshotFault
AuthMinimumAdminPermission < VimFault
CannotAccessFile < FileFault
CannotAccessVmComponent < VmConfigFault
CannotAccessVmDevice < CannotAccessVmComponent: device, backing, connected boolean
CannotAccessVmDisk < CannotAccessVmDevice: fault LocalizedMethodFault
CannotCreateFile < FileFault
CannotDeleteFile < FileFault
ConcurrentAccess < VimFault
CpuHotPlugNotSupported < VmConfigFault
DatacenterMismatch < MigrationFault: invalidArgument[] DatacenterMismatchArgument,
  expectedDatacenter ref
DatastoreNotWritableOnHost < InvalidDatastore: host ref
DeviceHotPlugNotSupported < InvalidDeviceSpec
DeviceNotFound < InvalidDeviceSpec
DeviceNotSupported < VirtualHardwareCompatibilityIssue: device, reason?
DeviceUnsupportedForVmPlatform < InvalidDeviceSpec
DeviceUnsupportedForVmVersion < InvalidDeviceSpec: currentVersion, expectedVersion
DirectoryNotEmpty < FileFault
DisallowedOperationOnFailoverHost < RuntimeFault: host ref, hostname
DrsDisabledOnVm < VimFault
DuplicateDisks < VsanDiskFault
DuplicateName < VimFault: name, object ref
DvsFault < VimFault
DvsNotAuthorized < DvsFault: sessionExtensionKey?, dvsExtensionKey?
EVCConfigFault < VimFault: faults?[] LocalizedMethodFault
FailToLockFaultToleranceVMs < RuntimeFault: vmName, vm ref, alreadyLockedVm ref
FaultToleranceVmNotDasProtected < VimFault: vm ref, vmName
FileAlreadyExists < FileFault
FileFault < VimFault: file
FileLocked < FileFault
FileNotFound < FileFault
FileNotWritable < FileFault
FileTooLarge < FileFault: datastore, fileSize long, maxFileSize? long
GenericVmConfigFault < VmConfigFault: reason
GuestOperationsFault < VimFault
GuestOperationsUnavailable < GuestOperationsFault
GuestPermissionDenied < GuestOperationsFault
GuestProcessNotFound < GuestOperationsFault: pid long
HostCommunication < RuntimeFault
HostConfigFailed < HostConfigFault: failure[] LocalizedMethodFault
HostConfigFault < VimFault
HostConnectFault < VimFault
HostNotConnected < HostCommunication
HostNotReachable < HostCommunication
HttpFault < VimFault: statusCode int, statusMessage
IORMNotSupportedHostOnDatastore < VimFault: datastore ref, datastoreName, host?[] ref
InaccessibleDatastore < InvalidDatastore: detail?
InsufficientCpuResourcesFault < InsufficientResourcesFault: unreserved long, requested long
InsufficientDisks < VsanDiskFault
InsufficientMemoryResourcesFault < InsufficientResourcesFault: unreserved long, requested long
InsufficientResourcesFault < VimFault
InvalidArgument < RuntimeFault: invalidProperty?
InvalidBmcRole < VimFault
InvalidCollectorVersion < MethodFault
InvalidController < InvalidDeviceSpec: controllerKey int
InvalidDatastore < VimFault: datastore? ref, name?
InvalidDatastorePath < InvalidDatastore: datastorePath
InvalidDatastoreState < InvalidState: datastoreName?
InvalidDeviceBacking < InvalidDeviceSpec
InvalidDeviceOperation < InvalidDeviceSpec: badOp? VirtualDeviceConfigSpecOperation,
  badFileOp? VirtualDeviceConfigSpecFileOperation
InvalidDeviceSpec < InvalidVmConfig: deviceIndex int
InvalidEvent < VimFault
InvalidFolder < VimFault: target ref
InvalidGuestLogin < GuestOperationsFault
InvalidHostState < InvalidState: host? ref
InvalidIndexArgument < InvalidArgument: key
InvalidLocale < VimFault
InvalidLogin < VimFault
InvalidName < VimFault: name, entity? ref
InvalidPowerState < InvalidState: requestedState? VirtualMachinePowerState,
  existingState VirtualMachinePowerState
InvalidProperty < MethodFault: name
InvalidRequest < RuntimeFault
InvalidState < VimFault
InvalidType < InvalidRequest: argument?
InvalidVmConfig < VmConfigFault: property?
InvalidVmState < InvalidState: vm ref
LicenseEntityNotFound < VimFault: entityId
LimitExceeded < VimFault: property?, limit? int
ManagedObjectNotFound < RuntimeFault: obj ref
MemoryHotPlugNotSupported < VmConfigFault
MemorySnapshotOnIndependentDisk < SnapshotFault
MethodDisabled < RuntimeFault: source?
MethodFault: faultCause? LocalizedMethodFault, faultMessage?[] LocalizableMessage
MethodNotFound < InvalidRequest: receiver ref, method
MigrationFault < VimFault
MismatchedNetworkPolicies < MigrationFault: device, backing, connected boolean
MissingController < InvalidDeviceSpec
MissingNetworkIpConfig < VAppPropertyFault
MultipleSnapshotsNotSupported < SnapshotFault
NasConfigFault < HostConfigFault: name
NetworkDisruptedAndConfigRolledBack < VimFault: host
NoActiveHostInCluster < InvalidState: computeResource ref
NoClientCertificate < VimFault
NoCompatibleDatastore < VimFault
NoCompatibleHost < VimFault: host?[] ref, error?[] LocalizedMethodFault
NoDiskSpace < FileFault: datastore
NoPermission < SecurityError: object? ref, privilegeId?,
  missingPrivileges?[] NoPermissionEntityPrivileges
NotADirectory < FileFault
NotAFile < FileFault
NotAuthenticated < NoPermission
NotEnoughLicenses < RuntimeFault
NotFound < VimFault
NotImplemented < RuntimeFault
NotSupported < RuntimeFault
NotSupportedHost < HostConnectFault: productName?, productVersion?
NumVirtualCpusNotSupported < VirtualHardwareCompatibilityIssue: maxSupportedVcpusDest int,
  numCpuVm int
OutOfBounds < VimFault: argumentName
PatchMetadataInvalid < VimFault: patchID, metaData?[]
PlatformConfigFault < HostConfigFault: text
QuestionPending < InvalidState: text
RequestCanceled < RuntimeFault
ResourceInUse < VimFault: type?, name?
ResourceNotAvailable < VimFault: containerType?, containerName?, type?
RestrictedVersion < SecurityError
RuleViolation < VmConfigFault: host? ref, rule? ClusterRuleInfo
RuntimeFault < MethodFault
SSLVerifyFault < HostConnectFault: selfSigned boolean, thumbprint?, certificate?
SSPIChallenge < VimFault: base64Token
SecurityError < RuntimeFault
SnapshotCopyNotSupported < MigrationFault
SnapshotDisabled < SnapshotFault
SnapshotFault < VimFault
SwapDatastoreUnset < VimFault
SystemError < RuntimeFault: reason
TaskInProgress < VimFault: task ref
Timedout < VimFault
TooManyConcurrentNativeClones < FileFault
TooManySnapshotLevels < SnapshotFault
ToolsInstallationInProgress < MigrationFault
ToolsUnavailable < VimFault
UnexpectedFault < RuntimeFault: faultName, fault? LocalizedMethodFault
UserNotFound < VimFault: principal, unresolved boolean
VAppPropertyFault < VmConfigFault: id, category, label, type, value
VAppTaskInProgress < TaskInProgress
VimFault < MethodFault
VirtualHardwareCompatibilityIssue < VmConfigFault
VirtualHardwareVersionNotSupported < VirtualHardwareCompatibilityIssue: hostName, host ref
VmConfigFault < VimFault
VmToolsUpgradeFault < VimFault
VmValidateMaxDevice < VimFault: device, max int, count int
VmfsMountFault < HostConfigFault: uuid
VsanDiskFault < VsanFault: device?
VsanFault < VimFault
`;
