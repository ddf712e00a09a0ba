/**
 * The types of the vSphere API as far as the tables have them. Made by schema/generate.ts: change the tables, then run
 * it. Long because every type is here.
 *
 * A type that others extend has an `Any` type with all of them, told apart by `_type`. Lists in data objects may be
 * absent when empty. What is anyType, or of a type that is not in the tables, is unknown.
 */
import type { MoRef } from "./types.ts";

type Sub<T extends { _type?: string }> = T & { _type: NonNullable<T["_type"]> };

/** vim25 ArrayUpdateOperation. */
export type ArrayUpdateOperation = "add" | "remove" | "edit";
/** vim25 AutoStartWaitHeartbeatSetting. */
export type AutoStartWaitHeartbeatSetting = "yes" | "no" | "systemDefault";
/** vim25 DpmBehavior. */
export type DpmBehavior = "manual" | "automated";
/** vim25 EventFilterSpecRecursionOption. */
export type EventFilterSpecRecursionOption = "self" | "children" | "all";
/** vim25 HostFirewallRuleDirection. */
export type HostFirewallRuleDirection = "inbound" | "outbound";
/** vim25 HostFirewallRulePortType. */
export type HostFirewallRulePortType = "src" | "dst";
/** vim25 HostLockdownMode. */
export type HostLockdownMode = "lockdownDisabled" | "lockdownNormal" | "lockdownStrict";
/** vim25 HostSystemConnectionState. */
export type HostSystemConnectionState = "connected" | "notResponding" | "disconnected";
/** vim25 HostSystemPowerState. */
export type HostSystemPowerState = "poweredOn" | "poweredOff" | "standBy" | "unknown";
/** vim25 LatencySensitivitySensitivityLevel. */
export type LatencySensitivitySensitivityLevel = "low" | "normal" | "medium" | "high" | "custom";
/** vim25 LicenseManagerState. */
export type LicenseManagerState = "initializing" | "normal" | "marginal" | "fault";
/** vim25 LicenseReservationInfoState. */
export type LicenseReservationInfoState = "notUsed" | "noLicense" | "unlicensedUse" | "licensed";
/** vim25 ManagedEntityStatus. */
export type ManagedEntityStatus = "gray" | "green" | "yellow" | "red";
/** vim25 ObjectUpdateKind. */
export type ObjectUpdateKind = "modify" | "enter" | "leave";
/** vim25 PerfStatsType. */
export type PerfStatsType = "absolute" | "delta" | "rate";
/** vim25 PerfSummaryType. */
export type PerfSummaryType = "average" | "maximum" | "minimum" | "latest" | "summation" | "none";
/** vim25 PropertyChangeOp. */
export type PropertyChangeOp = "add" | "remove" | "assign" | "indirectRemove";
/** vim25 SharesLevel. */
export type SharesLevel = "low" | "normal" | "high" | "custom";
/** vim25 TaskFilterSpecRecursionOption. */
export type TaskFilterSpecRecursionOption = "self" | "children" | "all";
/** vim25 TaskFilterSpecTimeOption. */
export type TaskFilterSpecTimeOption = "queuedTime" | "startedTime" | "completedTime";
/** vim25 TaskInfoState. */
export type TaskInfoState = "queued" | "running" | "success" | "error";
/** vim25 VirtualAppVAppState. */
export type VirtualAppVAppState = "started" | "stopped" | "starting" | "stopping";
/** vim25 VirtualDeviceConfigSpecFileOperation. */
export type VirtualDeviceConfigSpecFileOperation = "create" | "destroy" | "replace";
/** vim25 VirtualDeviceConfigSpecOperation. */
export type VirtualDeviceConfigSpecOperation = "add" | "remove" | "edit";
/** vim25 VirtualMachineConnectionState. */
export type VirtualMachineConnectionState =
  "connected" | "disconnected" | "orphaned" | "inaccessible" | "invalid";
/** vim25 VirtualMachineMovePriority. */
export type VirtualMachineMovePriority = "lowPriority" | "highPriority" | "defaultPriority";
/** vim25 VirtualMachinePowerState. */
export type VirtualMachinePowerState = "poweredOff" | "poweredOn" | "suspended";
/** vim25 VirtualMachineRecordReplayState. */
export type VirtualMachineRecordReplayState = "recording" | "replaying" | "inactive";
/** vim25 VirtualMachineRelocateTransformation. */
export type VirtualMachineRelocateTransformation = "flat" | "sparse";
/** vim25 VirtualMachineToolsStatus. */
export type VirtualMachineToolsStatus =
  "toolsNotInstalled" | "toolsNotRunning" | "toolsOld" | "toolsOk";
/** vim25 VirtualSCSISharing. */
export type VirtualSCSISharing = "noSharing" | "virtualSharing" | "physicalSharing";
/** vim25 AboutInfo. */
export interface AboutInfo {
  _type?: "AboutInfo";
  name: string;
  fullName: string;
  vendor: string;
  version: string;
  patchLevel?: string | undefined;
  build: string;
  localeVersion?: string | undefined;
  localeBuild?: string | undefined;
  osType: string;
  productLineId: string;
  apiType: string;
  apiVersion: string;
  instanceUuid?: string | undefined;
  licenseProductName?: string | undefined;
  licenseProductVersion?: string | undefined;
}
/** vim25 ActiveVMsBlockingEVC. */
export interface ActiveVMsBlockingEVC extends Omit<EVCConfigFault, "_type"> {
  _type?: "ActiveVMsBlockingEVC";
  evcMode?: string | undefined;
  host?: MoRef[] | undefined;
  hostName?: string[] | undefined;
}
/** vim25 AlarmEvent. */
export interface AlarmEvent extends Omit<Event, "_type"> {
  _type?: "AlarmEvent";
  alarm: AlarmEventArgument;
}
/** vim25 AlarmEventArgument. */
export interface AlarmEventArgument extends Omit<EntityEventArgument, "_type"> {
  _type?: "AlarmEventArgument";
  alarm: MoRef;
}
/** vim25 AlarmState. */
export interface AlarmState {
  _type?: "AlarmState";
  key: string;
  entity: MoRef;
  alarm: MoRef;
  overallStatus: ManagedEntityStatus;
  time: string;
  acknowledged?: boolean | undefined;
  acknowledgedByUser?: string | undefined;
  acknowledgedTime?: string | undefined;
  eventKey?: number | undefined;
  disabled?: boolean | undefined;
}
/** vim25 AlreadyExists. */
export interface AlreadyExists extends Omit<VimFault, "_type"> {
  _type?: "AlreadyExists";
  name?: string | undefined;
}
/** vim25 AnswerFileStatusError. */
export interface AnswerFileStatusError {
  _type?: "AnswerFileStatusError";
  userInputPath: unknown;
  errMsg: LocalizableMessage;
}
/** vim25 AnswerFileStatusResult. */
export interface AnswerFileStatusResult {
  _type?: "AnswerFileStatusResult";
  checkedTime: string;
  host: MoRef;
  status: string;
  error?: AnswerFileStatusError[] | undefined;
}
/** vim25 ApplicationQuiesceFault. */
export interface ApplicationQuiesceFault extends Omit<SnapshotFault, "_type"> {
  _type?: "ApplicationQuiesceFault";
}
/** vim25 ArrayUpdateSpec. */
export interface ArrayUpdateSpec {
  _type?: "ArrayUpdateSpec";
  operation: ArrayUpdateOperation;
  removeKey?: unknown;
}
/** {@link ArrayUpdateSpec} or a type that extends it. */
export type AnyArrayUpdateSpec =
  | ArrayUpdateSpec
  | Sub<ClusterDatastoreUpdateSpec>
  | Sub<ClusterDpmHostConfigSpec>
  | Sub<ClusterDrsVmConfigSpec>
  | Sub<ClusterGroupSpec>
  | Sub<ClusterRuleSpec>
  | Sub<ClusterTagCategoryUpdateSpec>
  | Sub<ClusterVmOrchestrationSpec>
  | Sub<VAppProductSpec>
  | Sub<VAppPropertySpec>;
/** vim25 AuthMinimumAdminPermission. */
export interface AuthMinimumAdminPermission extends Omit<VimFault, "_type"> {
  _type?: "AuthMinimumAdminPermission";
}
/** vim25 AuthorizationDescription. */
export interface AuthorizationDescription {
  _type?: "AuthorizationDescription";
  privilege?: AnyElementDescription[] | undefined;
  privilegeGroup?: AnyElementDescription[] | undefined;
}
/** vim25 AuthorizationPrivilege. */
export interface AuthorizationPrivilege {
  _type?: "AuthorizationPrivilege";
  privId: string;
  onParent: boolean;
  name: string;
  privGroupName: string;
}
/** vim25 AuthorizationRole. */
export interface AuthorizationRole {
  _type?: "AuthorizationRole";
  roleId: number;
  system: boolean;
  name: string;
  info: AnyDescription;
  privilege?: string[] | undefined;
}
/** vim25 AutoStartDefaults. */
export interface AutoStartDefaults {
  _type?: "AutoStartDefaults";
  enabled?: boolean | undefined;
  startDelay?: number | undefined;
  stopDelay?: number | undefined;
  waitForHeartbeat?: boolean | undefined;
  stopAction?: string | undefined;
}
/** vim25 AutoStartPowerInfo. */
export interface AutoStartPowerInfo {
  _type?: "AutoStartPowerInfo";
  key: MoRef;
  startOrder: number;
  startDelay: number;
  waitForHeartbeat: AutoStartWaitHeartbeatSetting;
  startAction: string;
  stopDelay: number;
  stopAction: string;
}
/** vim25 BadUsernameSessionEvent. */
export interface BadUsernameSessionEvent extends Omit<SessionEvent, "_type"> {
  _type?: "BadUsernameSessionEvent";
  ipAddress: string;
}
/** vim25 BoolOption. */
export interface BoolOption extends Omit<OptionType, "_type"> {
  _type?: "BoolOption";
  supported: boolean;
  defaultValue: boolean;
}
/** vim25 BoolPolicy. */
export interface BoolPolicy extends Omit<InheritablePolicy, "_type"> {
  _type?: "BoolPolicy";
  value?: boolean | undefined;
}
/** vim25 CannotAccessFile. */
export interface CannotAccessFile extends Omit<FileFault, "_type"> {
  _type?: "CannotAccessFile";
}
/** vim25 CannotAccessVmComponent. */
export interface CannotAccessVmComponent extends Omit<VmConfigFault, "_type"> {
  _type?: "CannotAccessVmComponent";
}
/** {@link CannotAccessVmComponent} or a type that extends it. */
export type AnyCannotAccessVmComponent =
  CannotAccessVmComponent | Sub<CannotAccessVmDevice> | Sub<CannotAccessVmDisk>;
/** vim25 CannotAccessVmDevice. */
export interface CannotAccessVmDevice extends Omit<CannotAccessVmComponent, "_type"> {
  _type?: "CannotAccessVmDevice";
  device: string;
  backing: string;
  connected: boolean;
}
/** {@link CannotAccessVmDevice} or a type that extends it. */
export type AnyCannotAccessVmDevice = CannotAccessVmDevice | Sub<CannotAccessVmDisk>;
/** vim25 CannotAccessVmDisk. */
export interface CannotAccessVmDisk extends Omit<CannotAccessVmDevice, "_type"> {
  _type?: "CannotAccessVmDisk";
  fault: LocalizedMethodFault;
}
/** vim25 CannotCreateFile. */
export interface CannotCreateFile extends Omit<FileFault, "_type"> {
  _type?: "CannotCreateFile";
}
/** vim25 CannotDeleteFile. */
export interface CannotDeleteFile extends Omit<FileFault, "_type"> {
  _type?: "CannotDeleteFile";
}
/** vim25 Capability. */
export interface Capability {
  _type?: "Capability";
  provisioningSupported: boolean;
  multiHostSupported: boolean;
  userShellAccessSupported: boolean;
  supportedEVCMode?: unknown[] | undefined;
  supportedEVCGraphicsMode?: unknown[] | undefined;
  networkBackupAndRestoreSupported?: boolean | undefined;
  ftDrsWithoutEvcSupported?: boolean | undefined;
  hciWorkflowSupported?: boolean | undefined;
  computePolicyVersion?: number | undefined;
  clusterPlacementSupported?: boolean | undefined;
  lifecycleManagementSupported?: boolean | undefined;
  hostSeedingSupported?: boolean | undefined;
  scalableSharesSupported?: boolean | undefined;
  hadcsSupported?: boolean | undefined;
  configMgmtSupported?: boolean | undefined;
}
/** vim25 ChangesInfoEventArgument. */
export interface ChangesInfoEventArgument {
  _type?: "ChangesInfoEventArgument";
  modified?: string | undefined;
  added?: string | undefined;
  deleted?: string | undefined;
}
/** vim25 ChoiceOption. */
export interface ChoiceOption extends Omit<OptionType, "_type"> {
  _type?: "ChoiceOption";
  choiceInfo?: AnyElementDescription[] | undefined;
  defaultIndex?: number | undefined;
}
/** vim25 ClusterAction. */
export interface ClusterAction {
  _type?: "ClusterAction";
  type: string;
  target?: MoRef | undefined;
}
/** vim25 ClusterActionHistory. */
export interface ClusterActionHistory {
  _type?: "ClusterActionHistory";
  action: ClusterAction;
  time: string;
}
/** vim25 ClusterAffinityRuleSpec. */
export interface ClusterAffinityRuleSpec extends Omit<ClusterRuleInfo, "_type"> {
  _type?: "ClusterAffinityRuleSpec";
  vm?: MoRef[] | undefined;
}
/** vim25 ClusterAntiAffinityRuleSpec. */
export interface ClusterAntiAffinityRuleSpec extends Omit<ClusterRuleInfo, "_type"> {
  _type?: "ClusterAntiAffinityRuleSpec";
  vm?: MoRef[] | undefined;
}
/** vim25 ClusterAttemptedVmInfo. */
export interface ClusterAttemptedVmInfo {
  _type?: "ClusterAttemptedVmInfo";
  vm: MoRef;
  task?: MoRef | undefined;
}
/** vim25 ClusterComputeResourceHCIConfigInfo. */
export interface ClusterComputeResourceHCIConfigInfo {
  _type?: "ClusterComputeResourceHCIConfigInfo";
  workflowState: string;
  dvsSetting?: unknown[] | undefined;
  configuredHosts?: MoRef[] | undefined;
  hostConfigProfile?: unknown;
}
/** vim25 ClusterComputeResourceSummary. */
export interface ClusterComputeResourceSummary extends Omit<ComputeResourceSummary, "_type"> {
  _type?: "ClusterComputeResourceSummary";
  currentFailoverLevel: number;
  admissionControlInfo?: unknown;
  numVmotions: number;
  targetBalance?: number | undefined;
  currentBalance?: number | undefined;
  drsScore?: number | undefined;
  numVmsPerDrsScoreBucket?: number[] | undefined;
  usageSummary?: ClusterUsageSummary | undefined;
  currentEVCModeKey?: string | undefined;
  currentEVCGraphicsModeKey?: string | undefined;
  dasData?: unknown;
  clusterMaintenanceModeStatus?: string | undefined;
  vcsHealthStatus?: string | undefined;
  vcsSlots?: ClusterComputeResourceVcsSlots[] | undefined;
}
/** vim25 ClusterComputeResourceVcsSlots. */
export interface ClusterComputeResourceVcsSlots {
  _type?: "ClusterComputeResourceVcsSlots";
  systemId?: string | undefined;
  host: MoRef;
  datastore?: MoRef[] | undefined;
  totalSlots: number;
}
/** vim25 ClusterConfigInfo. */
export interface ClusterConfigInfo {
  _type?: "ClusterConfigInfo";
  dasConfig: ClusterDasConfigInfo;
  dasVmConfig?: unknown[] | undefined;
  drsConfig: ClusterDrsConfigInfo;
  drsVmConfig?: ClusterDrsVmConfigInfo[] | undefined;
  rule?: AnyClusterRuleInfo[] | undefined;
}
/** vim25 ClusterConfigInfoEx. */
export interface ClusterConfigInfoEx extends Omit<ComputeResourceConfigInfo, "_type"> {
  _type?: "ClusterConfigInfoEx";
  systemVMsConfig?: ClusterSystemVMsConfigInfo | undefined;
  dasConfig: ClusterDasConfigInfo;
  dasVmConfig?: unknown[] | undefined;
  drsConfig: ClusterDrsConfigInfo;
  drsVmConfig?: ClusterDrsVmConfigInfo[] | undefined;
  rule?: AnyClusterRuleInfo[] | undefined;
  orchestration?: ClusterOrchestrationInfo | undefined;
  vmOrchestration?: ClusterVmOrchestrationInfo[] | undefined;
  dpmConfigInfo?: ClusterDpmConfigInfo | undefined;
  dpmHostConfig?: ClusterDpmHostConfigInfo[] | undefined;
  vsanConfigInfo?: unknown;
  vsanHostConfig?: unknown[] | undefined;
  group?: AnyClusterGroupInfo[] | undefined;
  infraUpdateHaConfig?: ClusterInfraUpdateHaConfigInfo | undefined;
  proactiveDrsConfig?: unknown;
  cryptoConfig?: unknown;
  vsanCoreConfig?: unknown;
}
/** vim25 ClusterConfigSpec. */
export interface ClusterConfigSpec {
  _type?: "ClusterConfigSpec";
  dasConfig?: ClusterDasConfigInfo | undefined;
  dasVmConfigSpec?: unknown[] | undefined;
  drsConfig?: ClusterDrsConfigInfo | undefined;
  drsVmConfigSpec?: ClusterDrsVmConfigSpec[] | undefined;
  rulesSpec?: ClusterRuleSpec[] | undefined;
}
/** vim25 ClusterConfigSpecEx. */
export interface ClusterConfigSpecEx extends Omit<ComputeResourceConfigSpec, "_type"> {
  _type?: "ClusterConfigSpecEx";
  systemVMsConfig?: ClusterSystemVMsConfigSpec | undefined;
  dasConfig?: ClusterDasConfigInfo | undefined;
  dasVmConfigSpec?: unknown[] | undefined;
  drsConfig?: ClusterDrsConfigInfo | undefined;
  drsVmConfigSpec?: ClusterDrsVmConfigSpec[] | undefined;
  rulesSpec?: ClusterRuleSpec[] | undefined;
  orchestration?: ClusterOrchestrationInfo | undefined;
  vmOrchestrationSpec?: ClusterVmOrchestrationSpec[] | undefined;
  dpmConfig?: ClusterDpmConfigInfo | undefined;
  dpmHostConfigSpec?: ClusterDpmHostConfigSpec[] | undefined;
  vsanConfig?: unknown;
  vsanHostConfigSpec?: unknown[] | undefined;
  groupSpec?: ClusterGroupSpec[] | undefined;
  infraUpdateHaConfig?: ClusterInfraUpdateHaConfigInfo | undefined;
  proactiveDrsConfig?: unknown;
  inHciWorkflow?: boolean | undefined;
  cryptoConfig?: unknown;
  vsanCoreConfigSpec?: unknown;
}
/** vim25 ClusterDasConfigInfo. */
export interface ClusterDasConfigInfo {
  _type?: "ClusterDasConfigInfo";
  enabled?: boolean | undefined;
  vmMonitoring?: string | undefined;
  hostMonitoring?: string | undefined;
  vmComponentProtecting?: string | undefined;
  failoverLevel?: number | undefined;
  admissionControlPolicy?: unknown;
  admissionControlEnabled?: boolean | undefined;
  defaultVmSettings?: unknown;
  option?: OptionValue[] | undefined;
  heartbeatDatastore?: MoRef[] | undefined;
  hBDatastoreCandidatePolicy?: string | undefined;
}
/** vim25 ClusterDatastoreUpdateSpec. */
export interface ClusterDatastoreUpdateSpec extends Omit<ArrayUpdateSpec, "_type"> {
  _type?: "ClusterDatastoreUpdateSpec";
  datastore?: MoRef | undefined;
}
/** vim25 ClusterDpmConfigInfo. */
export interface ClusterDpmConfigInfo {
  _type?: "ClusterDpmConfigInfo";
  enabled?: boolean | undefined;
  defaultDpmBehavior?: DpmBehavior | undefined;
  hostPowerActionRate?: number | undefined;
  option?: OptionValue[] | undefined;
}
/** vim25 ClusterDpmHostConfigInfo. */
export interface ClusterDpmHostConfigInfo {
  _type?: "ClusterDpmHostConfigInfo";
  key: MoRef;
  enabled?: boolean | undefined;
  behavior?: DpmBehavior | undefined;
}
/** vim25 ClusterDpmHostConfigSpec. */
export interface ClusterDpmHostConfigSpec extends Omit<ArrayUpdateSpec, "_type"> {
  _type?: "ClusterDpmHostConfigSpec";
  info?: ClusterDpmHostConfigInfo | undefined;
}
/** vim25 ClusterDrsConfigInfo. */
export interface ClusterDrsConfigInfo {
  _type?: "ClusterDrsConfigInfo";
  enabled?: boolean | undefined;
  enableVmBehaviorOverrides?: boolean | undefined;
  defaultVmBehavior?: unknown;
  vmotionRate?: number | undefined;
  scaleDescendantsShares?: string | undefined;
  option?: OptionValue[] | undefined;
}
/** vim25 ClusterDrsFaults. */
export interface ClusterDrsFaults {
  _type?: "ClusterDrsFaults";
  reason: string;
  faultsByVm?: ClusterDrsFaultsFaultsByVm[] | undefined;
}
/** vim25 ClusterDrsFaultsFaultsByVm. */
export interface ClusterDrsFaultsFaultsByVm {
  _type?: "ClusterDrsFaultsFaultsByVm";
  vm?: MoRef | undefined;
  fault?: LocalizedMethodFault[] | undefined;
}
/** vim25 ClusterDrsVmConfigInfo. */
export interface ClusterDrsVmConfigInfo {
  _type?: "ClusterDrsVmConfigInfo";
  key: MoRef;
  enabled?: boolean | undefined;
  behavior?: unknown;
}
/** vim25 ClusterDrsVmConfigSpec. */
export interface ClusterDrsVmConfigSpec extends Omit<ArrayUpdateSpec, "_type"> {
  _type?: "ClusterDrsVmConfigSpec";
  info?: ClusterDrsVmConfigInfo | undefined;
}
/** vim25 ClusterGroupInfo. */
export interface ClusterGroupInfo {
  _type?: "ClusterGroupInfo";
  name: string;
  userCreated?: boolean | undefined;
  uniqueID?: string | undefined;
}
/** {@link ClusterGroupInfo} or a type that extends it. */
export type AnyClusterGroupInfo = ClusterGroupInfo | Sub<ClusterHostGroup> | Sub<ClusterVmGroup>;
/** vim25 ClusterGroupSpec. */
export interface ClusterGroupSpec extends Omit<ArrayUpdateSpec, "_type"> {
  _type?: "ClusterGroupSpec";
  info?: AnyClusterGroupInfo | undefined;
}
/** vim25 ClusterHostGroup. */
export interface ClusterHostGroup extends Omit<ClusterGroupInfo, "_type"> {
  _type?: "ClusterHostGroup";
  host?: MoRef[] | undefined;
}
/** vim25 ClusterInfraUpdateHaConfigInfo. */
export interface ClusterInfraUpdateHaConfigInfo {
  _type?: "ClusterInfraUpdateHaConfigInfo";
  enabled?: boolean | undefined;
  behavior?: string | undefined;
  moderateRemediation?: string | undefined;
  severeRemediation?: string | undefined;
  providers?: string[] | undefined;
}
/** vim25 ClusterNotAttemptedVmInfo. */
export interface ClusterNotAttemptedVmInfo {
  _type?: "ClusterNotAttemptedVmInfo";
  vm: MoRef;
  fault: LocalizedMethodFault;
}
/** vim25 ClusterOrchestrationInfo. */
export interface ClusterOrchestrationInfo {
  _type?: "ClusterOrchestrationInfo";
  defaultVmReadiness?: ClusterVmReadiness | undefined;
}
/** vim25 ClusterPowerOnVmResult. */
export interface ClusterPowerOnVmResult {
  _type?: "ClusterPowerOnVmResult";
  attempted?: ClusterAttemptedVmInfo[] | undefined;
  notAttempted?: ClusterNotAttemptedVmInfo[] | undefined;
  recommendations?: ClusterRecommendation[] | undefined;
}
/** vim25 ClusterRecommendation. */
export interface ClusterRecommendation {
  _type?: "ClusterRecommendation";
  key: string;
  type: string;
  time: string;
  rating: number;
  reason: string;
  reasonText: string;
  warningText?: string | undefined;
  warningDetails?: LocalizableMessage | undefined;
  prerequisite?: string[] | undefined;
  action?: ClusterAction[] | undefined;
  target?: MoRef | undefined;
}
/** vim25 ClusterRuleInfo. */
export interface ClusterRuleInfo {
  _type?: "ClusterRuleInfo";
  key?: number | undefined;
  status?: ManagedEntityStatus | undefined;
  enabled?: boolean | undefined;
  name?: string | undefined;
  mandatory?: boolean | undefined;
  userCreated?: boolean | undefined;
  inCompliance?: boolean | undefined;
  ruleUuid?: string | undefined;
}
/** {@link ClusterRuleInfo} or a type that extends it. */
export type AnyClusterRuleInfo =
  | ClusterRuleInfo
  | Sub<ClusterAffinityRuleSpec>
  | Sub<ClusterAntiAffinityRuleSpec>
  | Sub<ClusterVmHostRuleInfo>;
/** vim25 ClusterRuleSpec. */
export interface ClusterRuleSpec extends Omit<ArrayUpdateSpec, "_type"> {
  _type?: "ClusterRuleSpec";
  info?: AnyClusterRuleInfo | undefined;
}
/** vim25 ClusterSystemVMsConfigInfo. */
export interface ClusterSystemVMsConfigInfo {
  _type?: "ClusterSystemVMsConfigInfo";
  allowedDatastores?: MoRef[] | undefined;
  notAllowedDatastores?: MoRef[] | undefined;
  dsTagCategoriesToExclude?: string[] | undefined;
  deploymentMode?: string | undefined;
}
/** vim25 ClusterSystemVMsConfigSpec. */
export interface ClusterSystemVMsConfigSpec {
  _type?: "ClusterSystemVMsConfigSpec";
  allowedDatastores?: ClusterDatastoreUpdateSpec[] | undefined;
  notAllowedDatastores?: ClusterDatastoreUpdateSpec[] | undefined;
  dsTagCategoriesToExclude?: ClusterTagCategoryUpdateSpec[] | undefined;
  deploymentMode?: string | undefined;
}
/** vim25 ClusterTagCategoryUpdateSpec. */
export interface ClusterTagCategoryUpdateSpec extends Omit<ArrayUpdateSpec, "_type"> {
  _type?: "ClusterTagCategoryUpdateSpec";
  category?: string | undefined;
}
/** vim25 ClusterUsageSummary. */
export interface ClusterUsageSummary {
  _type?: "ClusterUsageSummary";
  totalCpuCapacityMhz: number;
  totalMemCapacityMB: number;
  cpuReservationMhz: number;
  memReservationMB: number;
  poweredOffCpuReservationMhz?: number | undefined;
  poweredOffMemReservationMB?: number | undefined;
  cpuDemandMhz: number;
  memDemandMB: number;
  statsGenNumber: number;
  cpuEntitledMhz: number;
  memEntitledMB: number;
  poweredOffVmCount: number;
  totalVmCount: number;
  tier0MemCapacityMB?: number | undefined;
  reservedTier0MemMB?: number | undefined;
  unreservedTier0MemMB?: number | undefined;
}
/** vim25 ClusterVmGroup. */
export interface ClusterVmGroup extends Omit<ClusterGroupInfo, "_type"> {
  _type?: "ClusterVmGroup";
  vm?: MoRef[] | undefined;
}
/** vim25 ClusterVmHostRuleInfo. */
export interface ClusterVmHostRuleInfo extends Omit<ClusterRuleInfo, "_type"> {
  _type?: "ClusterVmHostRuleInfo";
  vmGroupName?: string | undefined;
  affineHostGroupName?: string | undefined;
  antiAffineHostGroupName?: string | undefined;
}
/** vim25 ClusterVmOrchestrationInfo. */
export interface ClusterVmOrchestrationInfo {
  _type?: "ClusterVmOrchestrationInfo";
  vm: MoRef;
  vmReadiness: ClusterVmReadiness;
}
/** vim25 ClusterVmOrchestrationSpec. */
export interface ClusterVmOrchestrationSpec extends Omit<ArrayUpdateSpec, "_type"> {
  _type?: "ClusterVmOrchestrationSpec";
  info?: ClusterVmOrchestrationInfo | undefined;
}
/** vim25 ClusterVmReadiness. */
export interface ClusterVmReadiness {
  _type?: "ClusterVmReadiness";
  readyCondition?: string | undefined;
  postReadyDelay?: number | undefined;
}
/** vim25 ComplianceFailure. */
export interface ComplianceFailure {
  _type?: "ComplianceFailure";
  failureType: string;
  message: LocalizableMessage;
  expressionName?: string | undefined;
  failureValues?: ComplianceFailureComplianceFailureValues[] | undefined;
}
/** vim25 ComplianceFailureComplianceFailureValues. */
export interface ComplianceFailureComplianceFailureValues {
  _type?: "ComplianceFailureComplianceFailureValues";
  comparisonIdentifier: string;
  profileInstance?: string | undefined;
  hostValue?: unknown;
  profileValue?: unknown;
}
/** vim25 ComplianceResult. */
export interface ComplianceResult {
  _type?: "ComplianceResult";
  profile?: MoRef | undefined;
  complianceStatus: string;
  entity?: MoRef | undefined;
  checkTime?: string | undefined;
  failure?: ComplianceFailure[] | undefined;
}
/** vim25 ComputeResourceConfigInfo. */
export interface ComputeResourceConfigInfo {
  _type?: "ComputeResourceConfigInfo";
  vmSwapPlacement: string;
  spbmEnabled?: boolean | undefined;
  defaultHardwareVersionKey?: string | undefined;
  maximumHardwareVersionKey?: string | undefined;
}
/** {@link ComputeResourceConfigInfo} or a type that extends it. */
export type AnyComputeResourceConfigInfo = ComputeResourceConfigInfo | Sub<ClusterConfigInfoEx>;
/** vim25 ComputeResourceConfigSpec. */
export interface ComputeResourceConfigSpec {
  _type?: "ComputeResourceConfigSpec";
  vmSwapPlacement?: string | undefined;
  spbmEnabled?: boolean | undefined;
  defaultHardwareVersionKey?: string | undefined;
  desiredSoftwareSpec?: DesiredSoftwareSpec | undefined;
  maximumHardwareVersionKey?: string | undefined;
  enableConfigManager?: boolean | undefined;
  hostSeedSpec?: ComputeResourceHostSeedSpec | undefined;
  softwareSpecId?: string | undefined;
  networkBootMode?: string | undefined;
}
/** {@link ComputeResourceConfigSpec} or a type that extends it. */
export type AnyComputeResourceConfigSpec = ComputeResourceConfigSpec | Sub<ClusterConfigSpecEx>;
/** vim25 ComputeResourceEventArgument. */
export interface ComputeResourceEventArgument extends Omit<EntityEventArgument, "_type"> {
  _type?: "ComputeResourceEventArgument";
  computeResource: MoRef;
}
/** vim25 ComputeResourceHostSeedSpec. */
export interface ComputeResourceHostSeedSpec {
  _type?: "ComputeResourceHostSeedSpec";
  singleHostSpec: ComputeResourceHostSeedSpecSingleHostSpec;
}
/** vim25 ComputeResourceHostSeedSpecSingleHostSpec. */
export interface ComputeResourceHostSeedSpecSingleHostSpec {
  _type?: "ComputeResourceHostSeedSpecSingleHostSpec";
  newHostCnxSpec?: HostConnectSpec | undefined;
  existingHost?: MoRef | undefined;
}
/** vim25 ComputeResourceSummary. */
export interface ComputeResourceSummary {
  _type?: "ComputeResourceSummary";
  totalCpu: number;
  totalMemory: number;
  numCpuCores: number;
  numCpuThreads: number;
  effectiveCpu: number;
  effectiveMemory: number;
  numHosts: number;
  numEffectiveHosts: number;
  overallStatus: ManagedEntityStatus;
}
/** {@link ComputeResourceSummary} or a type that extends it. */
export type AnyComputeResourceSummary = ComputeResourceSummary | Sub<ClusterComputeResourceSummary>;
/** vim25 ConcurrentAccess. */
export interface ConcurrentAccess extends Omit<VimFault, "_type"> {
  _type?: "ConcurrentAccess";
}
/** vim25 ConfigTarget. */
export interface ConfigTarget {
  _type?: "ConfigTarget";
  numCpus: number;
  numCpuCores: number;
  numNumaNodes: number;
  maxCpusPerHost?: number | undefined;
  smcPresent?: boolean | undefined;
  datastore?: VirtualMachineDatastoreInfo[] | undefined;
  network?: VirtualMachineNetworkInfo[] | undefined;
  opaqueNetwork?: OpaqueNetworkTargetInfo[] | undefined;
  distributedVirtualPortgroup?: DistributedVirtualPortgroupInfo[] | undefined;
  distributedVirtualSwitch?: DistributedVirtualSwitchInfo[] | undefined;
  subnetInfo?: SubnetInfo[] | undefined;
  cdRom?: VirtualMachineCdromInfo[] | undefined;
  serial?: VirtualMachineSerialInfo[] | undefined;
  parallel?: VirtualMachineParallelInfo[] | undefined;
  sound?: unknown[] | undefined;
  usb?: unknown[] | undefined;
  floppy?: VirtualMachineFloppyInfo[] | undefined;
  legacyNetworkInfo?: VirtualMachineLegacyNetworkSwitchInfo[] | undefined;
  scsiPassthrough?: VirtualMachineScsiPassthroughInfo[] | undefined;
  scsiDisk?: VirtualMachineScsiDiskDeviceInfo[] | undefined;
  ideDisk?: unknown[] | undefined;
  maxMemMBOptimalPerf: number;
  supportedMaxMemMB?: number | undefined;
  resourcePool?: ResourcePoolRuntimeInfo | undefined;
  autoVmotion?: boolean | undefined;
  pciPassthrough?: unknown[] | undefined;
  sriov?: unknown[] | undefined;
  vFlashModule?: unknown[] | undefined;
  sharedGpuPassthroughTypes?: unknown[] | undefined;
  availablePersistentMemoryReservationMB?: number | undefined;
  dynamicPassthrough?: unknown[] | undefined;
  sgxTargetInfo?: unknown;
  precisionClockInfo?: unknown[] | undefined;
  sevSupported?: boolean | undefined;
  vgpuDeviceInfo?: unknown[] | undefined;
  vgpuProfileInfo?: unknown[] | undefined;
  vendorDeviceGroupInfo?: VirtualMachineVendorDeviceGroupInfo[] | undefined;
  maxSimultaneousThreads?: number | undefined;
  dvxClassInfo?: unknown[] | undefined;
  sevSnpSupported?: boolean | undefined;
  tdxSupported?: boolean | undefined;
}
/** vim25 CpuHotPlugNotSupported. */
export interface CpuHotPlugNotSupported extends Omit<VmConfigFault, "_type"> {
  _type?: "CpuHotPlugNotSupported";
}
/** vim25 CustomFieldDef. */
export interface CustomFieldDef {
  _type?: "CustomFieldDef";
  key: number;
  name: string;
  type: string;
  managedObjectType?: string | undefined;
  fieldDefPrivileges?: PrivilegePolicyDef | undefined;
  fieldInstancePrivileges?: PrivilegePolicyDef | undefined;
}
/** vim25 CustomFieldValue. */
export interface CustomFieldValue {
  _type?: "CustomFieldValue";
  key: number;
}
/** vim25 CustomizationEvent. */
export interface CustomizationEvent extends Omit<VmEvent, "_type"> {
  _type?: "CustomizationEvent";
  logLocation?: string | undefined;
}
/** vim25 CustomizationSpec. */
export interface CustomizationSpec {
  _type?: "CustomizationSpec";
  options?: unknown;
  identity: unknown;
  globalIPSettings: unknown;
  nicSettingMap?: unknown[] | undefined;
  encryptionKey?: number[] | undefined;
}
/** vim25 DVPortConfigInfo. */
export interface DVPortConfigInfo {
  _type?: "DVPortConfigInfo";
  name?: string | undefined;
  scope?: MoRef[] | undefined;
  description?: string | undefined;
  setting?: AnyDVPortSetting | undefined;
  configVersion: string;
}
/** vim25 DVPortSetting. */
export interface DVPortSetting {
  _type?: "DVPortSetting";
  blocked?: BoolPolicy | undefined;
  vmDirectPathGen2Allowed?: BoolPolicy | undefined;
  inShapingPolicy?: unknown;
  outShapingPolicy?: unknown;
  vendorSpecificConfig?: unknown;
  networkResourcePoolKey?: StringPolicy | undefined;
  filterPolicy?: unknown;
}
/** {@link DVPortSetting} or a type that extends it. */
export type AnyDVPortSetting = DVPortSetting | Sub<VMwareDVSPortSetting>;
/** vim25 DVPortgroupConfigInfo. */
export interface DVPortgroupConfigInfo {
  _type?: "DVPortgroupConfigInfo";
  key: string;
  name: string;
  numPorts: number;
  distributedVirtualSwitch?: MoRef | undefined;
  defaultPortConfig?: AnyDVPortSetting | undefined;
  description?: string | undefined;
  type: string;
  backingType?: string | undefined;
  policy: AnyDVPortgroupPolicy;
  portNameFormat?: string | undefined;
  scope?: MoRef[] | undefined;
  vendorSpecificConfig?: DistributedVirtualSwitchKeyedOpaqueBlob[] | undefined;
  configVersion?: string | undefined;
  autoExpand?: boolean | undefined;
  vmVnicNetworkResourcePoolKey?: string | undefined;
  uplink?: boolean | undefined;
  transportZoneUuid?: string | undefined;
  transportZoneName?: string | undefined;
  logicalSwitchUuid?: string | undefined;
  segmentId?: string | undefined;
  subnetId?: string | undefined;
}
/** vim25 DVPortgroupConfigSpec. */
export interface DVPortgroupConfigSpec {
  _type?: "DVPortgroupConfigSpec";
  configVersion?: string | undefined;
  name?: string | undefined;
  numPorts?: number | undefined;
  portNameFormat?: string | undefined;
  defaultPortConfig?: AnyDVPortSetting | undefined;
  description?: string | undefined;
  type?: string | undefined;
  backingType?: string | undefined;
  scope?: MoRef[] | undefined;
  policy?: AnyDVPortgroupPolicy | undefined;
  vendorSpecificConfig?: DistributedVirtualSwitchKeyedOpaqueBlob[] | undefined;
  autoExpand?: boolean | undefined;
  vmVnicNetworkResourcePoolKey?: string | undefined;
  transportZoneUuid?: string | undefined;
  transportZoneName?: string | undefined;
  logicalSwitchUuid?: string | undefined;
  segmentId?: string | undefined;
  subnetId?: string | undefined;
}
/** vim25 DVPortgroupCreatedEvent. */
export interface DVPortgroupCreatedEvent extends Omit<DVPortgroupEvent, "_type"> {
  _type?: "DVPortgroupCreatedEvent";
}
/** vim25 DVPortgroupDestroyedEvent. */
export interface DVPortgroupDestroyedEvent extends Omit<DVPortgroupEvent, "_type"> {
  _type?: "DVPortgroupDestroyedEvent";
}
/** vim25 DVPortgroupEvent. */
export interface DVPortgroupEvent extends Omit<Event, "_type"> {
  _type?: "DVPortgroupEvent";
}
/** {@link DVPortgroupEvent} or a type that extends it. */
export type AnyDVPortgroupEvent =
  | DVPortgroupEvent
  | Sub<DVPortgroupCreatedEvent>
  | Sub<DVPortgroupDestroyedEvent>
  | Sub<DVPortgroupReconfiguredEvent>
  | Sub<DVPortgroupRenamedEvent>;
/** vim25 DVPortgroupPolicy. */
export interface DVPortgroupPolicy {
  _type?: "DVPortgroupPolicy";
  blockOverrideAllowed: boolean;
  shapingOverrideAllowed: boolean;
  vendorConfigOverrideAllowed: boolean;
  livePortMovingAllowed: boolean;
  portConfigResetAtDisconnect: boolean;
  networkResourcePoolOverrideAllowed?: boolean | undefined;
  trafficFilterOverrideAllowed?: boolean | undefined;
}
/** {@link DVPortgroupPolicy} or a type that extends it. */
export type AnyDVPortgroupPolicy = DVPortgroupPolicy | Sub<VMwareDVSPortgroupPolicy>;
/** vim25 DVPortgroupReconfiguredEvent. */
export interface DVPortgroupReconfiguredEvent extends Omit<DVPortgroupEvent, "_type"> {
  _type?: "DVPortgroupReconfiguredEvent";
  configSpec: DVPortgroupConfigSpec;
  configChanges?: ChangesInfoEventArgument | undefined;
}
/** vim25 DVPortgroupRenamedEvent. */
export interface DVPortgroupRenamedEvent extends Omit<DVPortgroupEvent, "_type"> {
  _type?: "DVPortgroupRenamedEvent";
  oldName: string;
  newName: string;
}
/** vim25 DVSCapability. */
export interface DVSCapability {
  _type?: "DVSCapability";
  dvsOperationSupported?: boolean | undefined;
  dvPortGroupOperationSupported?: boolean | undefined;
  dvPortOperationSupported?: boolean | undefined;
  compatibleHostComponentProductInfo?: DistributedVirtualSwitchHostProductSpec[] | undefined;
  featuresSupported?: AnyDVSFeatureCapability | undefined;
}
/** vim25 DVSConfigInfo. */
export interface DVSConfigInfo {
  _type?: "DVSConfigInfo";
  uuid: string;
  name: string;
  numStandalonePorts: number;
  numPorts: number;
  maxPorts: number;
  uplinkPortPolicy: AnyDVSUplinkPortPolicy;
  uplinkPortgroup?: MoRef[] | undefined;
  defaultPortConfig: AnyDVPortSetting;
  host?: DistributedVirtualSwitchHostMember[] | undefined;
  productInfo: DistributedVirtualSwitchProductSpec;
  targetInfo?: DistributedVirtualSwitchProductSpec | undefined;
  extensionKey?: string | undefined;
  vendorSpecificConfig?: DistributedVirtualSwitchKeyedOpaqueBlob[] | undefined;
  policy?: DVSPolicy | undefined;
  description?: string | undefined;
  configVersion: string;
  contact: DVSContactInfo;
  switchIpAddress?: string | undefined;
  createTime: string;
  networkResourceManagementEnabled?: boolean | undefined;
  defaultProxySwitchMaxNumPorts?: number | undefined;
  healthCheckConfig?: unknown[] | undefined;
  infrastructureTrafficResourceConfig?: unknown[] | undefined;
  netResourcePoolTrafficResourceConfig?: unknown[] | undefined;
  networkResourceControlVersion?: string | undefined;
  vmVnicNetworkResourcePool?: unknown[] | undefined;
  pnicCapacityRatioForReservation?: number | undefined;
}
/** {@link DVSConfigInfo} or a type that extends it. */
export type AnyDVSConfigInfo = DVSConfigInfo | Sub<VMwareDVSConfigInfo>;
/** vim25 DVSConfigSpec. */
export interface DVSConfigSpec {
  _type?: "DVSConfigSpec";
  configVersion?: string | undefined;
  name?: string | undefined;
  numStandalonePorts?: number | undefined;
  maxPorts?: number | undefined;
  uplinkPortPolicy?: AnyDVSUplinkPortPolicy | undefined;
  uplinkPortgroup?: MoRef[] | undefined;
  defaultPortConfig?: AnyDVPortSetting | undefined;
  host?: DistributedVirtualSwitchHostMemberConfigSpec[] | undefined;
  extensionKey?: string | undefined;
  description?: string | undefined;
  policy?: DVSPolicy | undefined;
  vendorSpecificConfig?: DistributedVirtualSwitchKeyedOpaqueBlob[] | undefined;
  contact?: DVSContactInfo | undefined;
  switchIpAddress?: string | undefined;
  defaultProxySwitchMaxNumPorts?: number | undefined;
  infrastructureTrafficResourceConfig?: unknown[] | undefined;
  netResourcePoolTrafficResourceConfig?: unknown[] | undefined;
  networkResourceControlVersion?: string | undefined;
}
/** {@link DVSConfigSpec} or a type that extends it. */
export type AnyDVSConfigSpec = DVSConfigSpec | Sub<VMwareDVSConfigSpec>;
/** vim25 DVSContactInfo. */
export interface DVSContactInfo {
  _type?: "DVSContactInfo";
  name?: string | undefined;
  contact?: string | undefined;
}
/** vim25 DVSCreateSpec. */
export interface DVSCreateSpec {
  _type?: "DVSCreateSpec";
  configSpec: AnyDVSConfigSpec;
  productInfo?: DistributedVirtualSwitchProductSpec | undefined;
  capability?: DVSCapability | undefined;
}
/** vim25 DVSFeatureCapability. */
export interface DVSFeatureCapability {
  _type?: "DVSFeatureCapability";
  networkResourceManagementSupported: boolean;
  vmDirectPathGen2Supported?: boolean | undefined;
  nicTeamingPolicy?: string[] | undefined;
  networkResourcePoolHighShareValue?: number | undefined;
  networkResourceManagementCapability?: unknown;
  healthCheckCapability?: unknown;
  rollbackCapability?: unknown;
  backupRestoreCapability?: unknown;
  networkFilterSupported?: boolean | undefined;
  macLearningSupported?: boolean | undefined;
}
/** {@link DVSFeatureCapability} or a type that extends it. */
export type AnyDVSFeatureCapability = DVSFeatureCapability | Sub<VMwareDVSFeatureCapability>;
/** vim25 DVSNameArrayUplinkPortPolicy. */
export interface DVSNameArrayUplinkPortPolicy extends Omit<DVSUplinkPortPolicy, "_type"> {
  _type?: "DVSNameArrayUplinkPortPolicy";
  uplinkPortName?: string[] | undefined;
}
/** vim25 DVSPolicy. */
export interface DVSPolicy {
  _type?: "DVSPolicy";
  autoPreInstallAllowed?: boolean | undefined;
  autoUpgradeAllowed?: boolean | undefined;
  partialUpgradeAllowed?: boolean | undefined;
}
/** vim25 DVSSummary. */
export interface DVSSummary {
  _type?: "DVSSummary";
  name: string;
  uuid: string;
  numPorts: number;
  productInfo?: DistributedVirtualSwitchProductSpec | undefined;
  hostMember?: MoRef[] | undefined;
  vm?: MoRef[] | undefined;
  host?: MoRef[] | undefined;
  portgroupName?: string[] | undefined;
  description?: string | undefined;
  contact?: DVSContactInfo | undefined;
  numHosts?: number | undefined;
}
/** vim25 DVSUplinkPortPolicy. */
export interface DVSUplinkPortPolicy {
  _type?: "DVSUplinkPortPolicy";
}
/** {@link DVSUplinkPortPolicy} or a type that extends it. */
export type AnyDVSUplinkPortPolicy = DVSUplinkPortPolicy | Sub<DVSNameArrayUplinkPortPolicy>;
/** vim25 DatacenterConfigInfo. */
export interface DatacenterConfigInfo {
  _type?: "DatacenterConfigInfo";
  defaultHardwareVersionKey?: string | undefined;
  maximumHardwareVersionKey?: string | undefined;
}
/** vim25 DatacenterCreatedEvent. */
export interface DatacenterCreatedEvent extends Omit<DatacenterEvent, "_type"> {
  _type?: "DatacenterCreatedEvent";
  parent: FolderEventArgument;
}
/** vim25 DatacenterEvent. */
export interface DatacenterEvent extends Omit<Event, "_type"> {
  _type?: "DatacenterEvent";
}
/** {@link DatacenterEvent} or a type that extends it. */
export type AnyDatacenterEvent = DatacenterEvent | Sub<DatacenterCreatedEvent>;
/** vim25 DatacenterEventArgument. */
export interface DatacenterEventArgument extends Omit<EntityEventArgument, "_type"> {
  _type?: "DatacenterEventArgument";
  datacenter: MoRef;
}
/** vim25 DatacenterMismatch. */
export interface DatacenterMismatch extends Omit<MigrationFault, "_type"> {
  _type?: "DatacenterMismatch";
  invalidArgument?: DatacenterMismatchArgument[] | undefined;
  expectedDatacenter: MoRef;
}
/** vim25 DatacenterMismatchArgument. */
export interface DatacenterMismatchArgument {
  _type?: "DatacenterMismatchArgument";
  entity: MoRef;
  inputDatacenter?: MoRef | undefined;
}
/** vim25 DatastoreCapability. */
export interface DatastoreCapability {
  _type?: "DatastoreCapability";
  directoryHierarchySupported: boolean;
  rawDiskMappingsSupported: boolean;
  perFileThinProvisioningSupported: boolean;
  storageIORMSupported?: boolean | undefined;
  nativeSnapshotSupported?: boolean | undefined;
  topLevelDirectoryCreateSupported?: boolean | undefined;
  seSparseSupported?: boolean | undefined;
  vmfsSparseSupported?: boolean | undefined;
  vsanSparseSupported?: boolean | undefined;
  upitSupported?: boolean | undefined;
  vmdkExpandSupported?: boolean | undefined;
  clusteredVmdkSupported?: boolean | undefined;
}
/** vim25 DatastoreDestroyedEvent. */
export interface DatastoreDestroyedEvent extends Omit<DatastoreEvent, "_type"> {
  _type?: "DatastoreDestroyedEvent";
}
/** vim25 DatastoreDiscoveredEvent. */
export interface DatastoreDiscoveredEvent extends Omit<HostEvent, "_type"> {
  _type?: "DatastoreDiscoveredEvent";
  datastore: DatastoreEventArgument;
}
/** vim25 DatastoreEvent. */
export interface DatastoreEvent extends Omit<Event, "_type"> {
  _type?: "DatastoreEvent";
  datastore?: DatastoreEventArgument | undefined;
}
/** {@link DatastoreEvent} or a type that extends it. */
export type AnyDatastoreEvent =
  | DatastoreEvent
  | Sub<DatastoreDestroyedEvent>
  | Sub<DatastoreFileEvent>
  | Sub<DatastoreRenamedEvent>;
/** vim25 DatastoreEventArgument. */
export interface DatastoreEventArgument extends Omit<EntityEventArgument, "_type"> {
  _type?: "DatastoreEventArgument";
  datastore: MoRef;
}
/** vim25 DatastoreFileEvent. */
export interface DatastoreFileEvent extends Omit<DatastoreEvent, "_type"> {
  _type?: "DatastoreFileEvent";
  targetFile: string;
  sourceOfOperation?: string | undefined;
  succeeded?: boolean | undefined;
}
/** vim25 DatastoreHostMount. */
export interface DatastoreHostMount {
  _type?: "DatastoreHostMount";
  key: MoRef;
  mountInfo: HostMountInfo;
}
/** vim25 DatastoreInfo. */
export interface DatastoreInfo {
  _type?: "DatastoreInfo";
  name: string;
  url: string;
  freeSpace: number;
  maxFileSize: number;
  maxVirtualDiskCapacity?: number | undefined;
  maxMemoryFileSize?: number | undefined;
  timestamp?: string | undefined;
  containerId?: string | undefined;
  aliasOf?: string | undefined;
  supportedVDiskFormats?: string[] | undefined;
  logicalSectorSize?: number | undefined;
  physicalSectorSize?: number | undefined;
}
/** {@link DatastoreInfo} or a type that extends it. */
export type AnyDatastoreInfo =
  | DatastoreInfo
  | Sub<LocalDatastoreInfo>
  | Sub<NasDatastoreInfo>
  | Sub<VmfsDatastoreInfo>
  | Sub<VsanDatastoreInfo>;
/** vim25 DatastoreMountPathDatastorePair. */
export interface DatastoreMountPathDatastorePair {
  _type?: "DatastoreMountPathDatastorePair";
  oldMountPath: string;
  datastore: MoRef;
}
/** vim25 DatastoreNotWritableOnHost. */
export interface DatastoreNotWritableOnHost extends Omit<InvalidDatastore, "_type"> {
  _type?: "DatastoreNotWritableOnHost";
  host: MoRef;
}
/** vim25 DatastoreOption. */
export interface DatastoreOption {
  _type?: "DatastoreOption";
  unsupportedVolumes?: VirtualMachineDatastoreVolumeOption[] | undefined;
}
/** vim25 DatastoreRenamedEvent. */
export interface DatastoreRenamedEvent extends Omit<DatastoreEvent, "_type"> {
  _type?: "DatastoreRenamedEvent";
  oldName: string;
  newName: string;
}
/** vim25 DatastoreSummary. */
export interface DatastoreSummary {
  _type?: "DatastoreSummary";
  datastore?: MoRef | undefined;
  name: string;
  url: string;
  capacity: number;
  freeSpace: number;
  uncommitted?: number | undefined;
  accessible: boolean;
  multipleHostAccess?: boolean | undefined;
  type: string;
  maintenanceMode?: string | undefined;
}
/** vim25 Description. */
export interface Description {
  _type?: "Description";
  label: string;
  summary: string;
}
/** {@link Description} or a type that extends it. */
export type AnyDescription =
  Description | Sub<ElementDescription> | Sub<OptionDef> | Sub<TypeDescription>;
/** vim25 DesiredSoftwareSpec. */
export interface DesiredSoftwareSpec {
  _type?: "DesiredSoftwareSpec";
  baseImageSpec: DesiredSoftwareSpecBaseImageSpec;
  vendorAddOnSpec?: DesiredSoftwareSpecVendorAddOnSpec | undefined;
  components?: DesiredSoftwareSpecComponentSpec[] | undefined;
  removedComponents?: string[] | undefined;
}
/** vim25 DesiredSoftwareSpecBaseImageSpec. */
export interface DesiredSoftwareSpecBaseImageSpec {
  _type?: "DesiredSoftwareSpecBaseImageSpec";
  version: string;
}
/** vim25 DesiredSoftwareSpecComponentSpec. */
export interface DesiredSoftwareSpecComponentSpec {
  _type?: "DesiredSoftwareSpecComponentSpec";
  name: string;
  version?: string | undefined;
}
/** vim25 DesiredSoftwareSpecVendorAddOnSpec. */
export interface DesiredSoftwareSpecVendorAddOnSpec {
  _type?: "DesiredSoftwareSpecVendorAddOnSpec";
  name: string;
  version: string;
}
/** vim25 DeviceBackedVirtualDiskSpec. */
export interface DeviceBackedVirtualDiskSpec extends Omit<VirtualDiskSpec, "_type"> {
  _type?: "DeviceBackedVirtualDiskSpec";
  device: string;
}
/** vim25 DeviceHotPlugNotSupported. */
export interface DeviceHotPlugNotSupported extends Omit<InvalidDeviceSpec, "_type"> {
  _type?: "DeviceHotPlugNotSupported";
}
/** vim25 DeviceNotFound. */
export interface DeviceNotFound extends Omit<InvalidDeviceSpec, "_type"> {
  _type?: "DeviceNotFound";
}
/** vim25 DeviceNotSupported. */
export interface DeviceNotSupported extends Omit<VirtualHardwareCompatibilityIssue, "_type"> {
  _type?: "DeviceNotSupported";
  device: string;
  reason?: string | undefined;
}
/** vim25 DeviceUnsupportedForVmPlatform. */
export interface DeviceUnsupportedForVmPlatform extends Omit<InvalidDeviceSpec, "_type"> {
  _type?: "DeviceUnsupportedForVmPlatform";
}
/** vim25 DeviceUnsupportedForVmVersion. */
export interface DeviceUnsupportedForVmVersion extends Omit<InvalidDeviceSpec, "_type"> {
  _type?: "DeviceUnsupportedForVmVersion";
  currentVersion: string;
  expectedVersion: string;
}
/** vim25 DiagnosticManagerLogDescriptor. */
export interface DiagnosticManagerLogDescriptor {
  _type?: "DiagnosticManagerLogDescriptor";
  key: string;
  fileName: string;
  creator: string;
  format: string;
  mimeType: string;
  info: AnyDescription;
}
/** vim25 DiagnosticManagerLogHeader. */
export interface DiagnosticManagerLogHeader {
  _type?: "DiagnosticManagerLogHeader";
  lineStart: number;
  lineEnd: number;
  lineText?: string[] | undefined;
}
/** vim25 DirectoryNotEmpty. */
export interface DirectoryNotEmpty extends Omit<FileFault, "_type"> {
  _type?: "DirectoryNotEmpty";
}
/** vim25 DisabledMethodRequest. */
export interface DisabledMethodRequest {
  _type?: "DisabledMethodRequest";
  method: string;
  reasonId: string;
}
/** vim25 DisallowedOperationOnFailoverHost. */
export interface DisallowedOperationOnFailoverHost extends Omit<RuntimeFault, "_type"> {
  _type?: "DisallowedOperationOnFailoverHost";
  host: MoRef;
  hostname: string;
}
/** vim25 DiskChangeExtent. */
export interface DiskChangeExtent {
  _type?: "DiskChangeExtent";
  start: number;
  length: number;
}
/** vim25 DiskChangeInfo. */
export interface DiskChangeInfo {
  _type?: "DiskChangeInfo";
  startOffset: number;
  length: number;
  changedArea?: DiskChangeExtent[] | undefined;
}
/** vim25 DistributedVirtualPort. */
export interface DistributedVirtualPort {
  _type?: "DistributedVirtualPort";
  key: string;
  config: DVPortConfigInfo;
  dvsUuid: string;
  portgroupKey?: string | undefined;
  proxyHost?: MoRef | undefined;
  connectee?: DistributedVirtualSwitchPortConnectee | undefined;
  conflict: boolean;
  conflictPortKey?: string | undefined;
  connectionCookie?: number | undefined;
  lastStatusChange: string;
  hostLocalPort?: boolean | undefined;
}
/** vim25 DistributedVirtualPortgroupInfo. */
export interface DistributedVirtualPortgroupInfo {
  _type?: "DistributedVirtualPortgroupInfo";
  switchName: string;
  switchUuid: string;
  portgroupName: string;
  portgroupKey: string;
  portgroupType: string;
  uplinkPortgroup: boolean;
  portgroup: MoRef;
  networkReservationSupported?: boolean | undefined;
  backingType?: string | undefined;
  logicalSwitchUuid?: string | undefined;
  segmentId?: string | undefined;
  subnetId?: string | undefined;
}
/** vim25 DistributedVirtualSwitchHostMember. */
export interface DistributedVirtualSwitchHostMember {
  _type?: "DistributedVirtualSwitchHostMember";
  runtimeState?: DistributedVirtualSwitchHostMemberRuntimeState | undefined;
  config: DistributedVirtualSwitchHostMemberConfigInfo;
  productInfo?: DistributedVirtualSwitchProductSpec | undefined;
  uplinkPortKey?: string[] | undefined;
  status: string;
  statusDetail?: string | undefined;
}
/** vim25 DistributedVirtualSwitchHostMemberBacking. */
export interface DistributedVirtualSwitchHostMemberBacking {
  _type?: "DistributedVirtualSwitchHostMemberBacking";
}
/** {@link DistributedVirtualSwitchHostMemberBacking} or a type that extends it. */
export type AnyDistributedVirtualSwitchHostMemberBacking =
  DistributedVirtualSwitchHostMemberBacking | Sub<DistributedVirtualSwitchHostMemberPnicBacking>;
/** vim25 DistributedVirtualSwitchHostMemberConfigInfo. */
export interface DistributedVirtualSwitchHostMemberConfigInfo {
  _type?: "DistributedVirtualSwitchHostMemberConfigInfo";
  host?: MoRef | undefined;
  maxProxySwitchPorts: number;
  vendorSpecificConfig?: DistributedVirtualSwitchKeyedOpaqueBlob[] | undefined;
  backing: AnyDistributedVirtualSwitchHostMemberBacking;
  nsxSwitch?: boolean | undefined;
  ensEnabled?: boolean | undefined;
  ensInterruptEnabled?: boolean | undefined;
  transportZones?: DistributedVirtualSwitchHostMemberTransportZoneInfo[] | undefined;
  nsxtUsedUplinkNames?: string[] | undefined;
  networkOffloadingEnabled?: boolean | undefined;
}
/** vim25 DistributedVirtualSwitchHostMemberConfigSpec. */
export interface DistributedVirtualSwitchHostMemberConfigSpec {
  _type?: "DistributedVirtualSwitchHostMemberConfigSpec";
  operation: string;
  host: MoRef;
  backing?: AnyDistributedVirtualSwitchHostMemberBacking | undefined;
  maxProxySwitchPorts?: number | undefined;
  vendorSpecificConfig?: DistributedVirtualSwitchKeyedOpaqueBlob[] | undefined;
}
/** vim25 DistributedVirtualSwitchHostMemberPnicBacking. */
export interface DistributedVirtualSwitchHostMemberPnicBacking extends Omit<
  DistributedVirtualSwitchHostMemberBacking,
  "_type"
> {
  _type?: "DistributedVirtualSwitchHostMemberPnicBacking";
  pnicSpec?: DistributedVirtualSwitchHostMemberPnicSpec[] | undefined;
}
/** vim25 DistributedVirtualSwitchHostMemberPnicSpec. */
export interface DistributedVirtualSwitchHostMemberPnicSpec {
  _type?: "DistributedVirtualSwitchHostMemberPnicSpec";
  pnicDevice: string;
  uplinkPortKey?: string | undefined;
  uplinkPortgroupKey?: string | undefined;
  connectionCookie?: number | undefined;
}
/** vim25 DistributedVirtualSwitchHostMemberRuntimeState. */
export interface DistributedVirtualSwitchHostMemberRuntimeState {
  _type?: "DistributedVirtualSwitchHostMemberRuntimeState";
  currentMaxProxySwitchPorts: number;
}
/** vim25 DistributedVirtualSwitchHostMemberTransportZoneInfo. */
export interface DistributedVirtualSwitchHostMemberTransportZoneInfo {
  _type?: "DistributedVirtualSwitchHostMemberTransportZoneInfo";
  uuid: string;
  type: string;
}
/** vim25 DistributedVirtualSwitchHostProductSpec. */
export interface DistributedVirtualSwitchHostProductSpec {
  _type?: "DistributedVirtualSwitchHostProductSpec";
  productLineId?: string | undefined;
  version?: string | undefined;
}
/** vim25 DistributedVirtualSwitchInfo. */
export interface DistributedVirtualSwitchInfo {
  _type?: "DistributedVirtualSwitchInfo";
  switchName: string;
  switchUuid: string;
  distributedVirtualSwitch: MoRef;
  networkReservationSupported?: boolean | undefined;
}
/** vim25 DistributedVirtualSwitchKeyedOpaqueBlob. */
export interface DistributedVirtualSwitchKeyedOpaqueBlob {
  _type?: "DistributedVirtualSwitchKeyedOpaqueBlob";
  key: string;
  opaqueData: string;
}
/** vim25 DistributedVirtualSwitchPortConnectee. */
export interface DistributedVirtualSwitchPortConnectee {
  _type?: "DistributedVirtualSwitchPortConnectee";
  connectedEntity?: MoRef | undefined;
  nicKey?: string | undefined;
  type?: string | undefined;
  addressHint?: string | undefined;
}
/** vim25 DistributedVirtualSwitchPortConnection. */
export interface DistributedVirtualSwitchPortConnection {
  _type?: "DistributedVirtualSwitchPortConnection";
  switchUuid: string;
  portgroupKey?: string | undefined;
  portKey?: string | undefined;
  connectionCookie?: number | undefined;
}
/** vim25 DistributedVirtualSwitchPortCriteria. */
export interface DistributedVirtualSwitchPortCriteria {
  _type?: "DistributedVirtualSwitchPortCriteria";
  connected?: boolean | undefined;
  active?: boolean | undefined;
  uplinkPort?: boolean | undefined;
  scope?: MoRef | undefined;
  portgroupKey?: string[] | undefined;
  inside?: boolean | undefined;
  portKey?: string[] | undefined;
  nsxPort?: boolean | undefined;
  host?: MoRef[] | undefined;
}
/** vim25 DistributedVirtualSwitchProductSpec. */
export interface DistributedVirtualSwitchProductSpec {
  _type?: "DistributedVirtualSwitchProductSpec";
  name?: string | undefined;
  vendor?: string | undefined;
  version?: string | undefined;
  build?: string | undefined;
  forwardingClass?: string | undefined;
  bundleId?: string | undefined;
  bundleUrl?: string | undefined;
}
/** vim25 DrsDisabledOnVm. */
export interface DrsDisabledOnVm extends Omit<VimFault, "_type"> {
  _type?: "DrsDisabledOnVm";
}
/** vim25 DrsVmMigratedEvent. */
export interface DrsVmMigratedEvent extends Omit<VmMigratedEvent, "_type"> {
  _type?: "DrsVmMigratedEvent";
}
/** vim25 DrsVmPoweredOnEvent. */
export interface DrsVmPoweredOnEvent extends Omit<VmPoweredOnEvent, "_type"> {
  _type?: "DrsVmPoweredOnEvent";
}
/** vim25 DuplicateDisks. */
export interface DuplicateDisks extends Omit<VsanDiskFault, "_type"> {
  _type?: "DuplicateDisks";
}
/** vim25 DuplicateName. */
export interface DuplicateName extends Omit<VimFault, "_type"> {
  _type?: "DuplicateName";
  name: string;
  object: MoRef;
}
/** vim25 DvsCreatedEvent. */
export interface DvsCreatedEvent extends Omit<DvsEvent, "_type"> {
  _type?: "DvsCreatedEvent";
  parent: FolderEventArgument;
}
/** vim25 DvsDestroyedEvent. */
export interface DvsDestroyedEvent extends Omit<DvsEvent, "_type"> {
  _type?: "DvsDestroyedEvent";
}
/** vim25 DvsEvent. */
export interface DvsEvent extends Omit<Event, "_type"> {
  _type?: "DvsEvent";
}
/** {@link DvsEvent} or a type that extends it. */
export type AnyDvsEvent = DvsEvent | Sub<DvsCreatedEvent> | Sub<DvsDestroyedEvent>;
/** vim25 DvsEventArgument. */
export interface DvsEventArgument extends Omit<EntityEventArgument, "_type"> {
  _type?: "DvsEventArgument";
  dvs: MoRef;
}
/** vim25 DvsFault. */
export interface DvsFault extends Omit<VimFault, "_type"> {
  _type?: "DvsFault";
}
/** {@link DvsFault} or a type that extends it. */
export type AnyDvsFault = DvsFault | Sub<DvsNotAuthorized>;
/** vim25 DvsNotAuthorized. */
export interface DvsNotAuthorized extends Omit<DvsFault, "_type"> {
  _type?: "DvsNotAuthorized";
  sessionExtensionKey?: string | undefined;
  dvsExtensionKey?: string | undefined;
}
/** vim25 DynamicProperty. */
export interface DynamicProperty {
  _type?: "DynamicProperty";
  name: string;
  val: unknown;
}
/** vim25 DynamicTypeEnumTypeInfo. */
export interface DynamicTypeEnumTypeInfo {
  _type?: "DynamicTypeEnumTypeInfo";
  name: string;
  wsdlName: string;
  version: string;
  value?: string[] | undefined;
  annotation?: DynamicTypeMgrAnnotation[] | undefined;
}
/** vim25 DynamicTypeMgrAllTypeInfo. */
export interface DynamicTypeMgrAllTypeInfo {
  _type?: "DynamicTypeMgrAllTypeInfo";
  managedTypeInfo?: DynamicTypeMgrManagedTypeInfo[] | undefined;
  enumTypeInfo?: DynamicTypeEnumTypeInfo[] | undefined;
  dataTypeInfo?: DynamicTypeMgrDataTypeInfo[] | undefined;
}
/** vim25 DynamicTypeMgrAnnotation. */
export interface DynamicTypeMgrAnnotation {
  _type?: "DynamicTypeMgrAnnotation";
  name: string;
  parameter?: string[] | undefined;
}
/** vim25 DynamicTypeMgrDataTypeInfo. */
export interface DynamicTypeMgrDataTypeInfo {
  _type?: "DynamicTypeMgrDataTypeInfo";
  name: string;
  wsdlName: string;
  version: string;
  base?: string[] | undefined;
  property?: DynamicTypeMgrPropertyTypeInfo[] | undefined;
  annotation?: DynamicTypeMgrAnnotation[] | undefined;
}
/** vim25 DynamicTypeMgrFilterSpec. */
export interface DynamicTypeMgrFilterSpec {
  _type?: "DynamicTypeMgrFilterSpec";
}
/** {@link DynamicTypeMgrFilterSpec} or a type that extends it. */
export type AnyDynamicTypeMgrFilterSpec =
  DynamicTypeMgrFilterSpec | Sub<DynamicTypeMgrMoFilterSpec> | Sub<DynamicTypeMgrTypeFilterSpec>;
/** vim25 DynamicTypeMgrManagedTypeInfo. */
export interface DynamicTypeMgrManagedTypeInfo {
  _type?: "DynamicTypeMgrManagedTypeInfo";
  name: string;
  wsdlName: string;
  version: string;
  base?: string[] | undefined;
  property?: DynamicTypeMgrPropertyTypeInfo[] | undefined;
  method?: DynamicTypeMgrMethodTypeInfo[] | undefined;
  annotation?: DynamicTypeMgrAnnotation[] | undefined;
}
/** vim25 DynamicTypeMgrMethodTypeInfo. */
export interface DynamicTypeMgrMethodTypeInfo {
  _type?: "DynamicTypeMgrMethodTypeInfo";
  name: string;
  wsdlName: string;
  version: string;
  paramTypeInfo?: DynamicTypeMgrParamTypeInfo[] | undefined;
  returnTypeInfo?: DynamicTypeMgrParamTypeInfo | undefined;
  fault?: string[] | undefined;
  privId?: string | undefined;
  annotation?: DynamicTypeMgrAnnotation[] | undefined;
}
/** vim25 DynamicTypeMgrMoFilterSpec. */
export interface DynamicTypeMgrMoFilterSpec extends Omit<DynamicTypeMgrFilterSpec, "_type"> {
  _type?: "DynamicTypeMgrMoFilterSpec";
  id?: string | undefined;
  typeSubstr?: string | undefined;
}
/** vim25 DynamicTypeMgrMoInstance. */
export interface DynamicTypeMgrMoInstance {
  _type?: "DynamicTypeMgrMoInstance";
  id: string;
  moType: string;
}
/** vim25 DynamicTypeMgrParamTypeInfo. */
export interface DynamicTypeMgrParamTypeInfo {
  _type?: "DynamicTypeMgrParamTypeInfo";
  name: string;
  version: string;
  type: string;
  privId?: string | undefined;
  annotation?: DynamicTypeMgrAnnotation[] | undefined;
}
/** vim25 DynamicTypeMgrPropertyTypeInfo. */
export interface DynamicTypeMgrPropertyTypeInfo {
  _type?: "DynamicTypeMgrPropertyTypeInfo";
  name: string;
  version: string;
  type: string;
  privId?: string | undefined;
  msgIdFormat?: string | undefined;
  annotation?: DynamicTypeMgrAnnotation[] | undefined;
}
/** vim25 DynamicTypeMgrTypeFilterSpec. */
export interface DynamicTypeMgrTypeFilterSpec extends Omit<DynamicTypeMgrFilterSpec, "_type"> {
  _type?: "DynamicTypeMgrTypeFilterSpec";
  typeSubstr?: string | undefined;
}
/** vim25 EVCConfigFault. */
export interface EVCConfigFault extends Omit<VimFault, "_type"> {
  _type?: "EVCConfigFault";
  faults?: LocalizedMethodFault[] | undefined;
}
/** {@link EVCConfigFault} or a type that extends it. */
export type AnyEVCConfigFault = EVCConfigFault | Sub<ActiveVMsBlockingEVC>;
/** vim25 ElementDescription. */
export interface ElementDescription extends Omit<Description, "_type"> {
  _type?: "ElementDescription";
  key: string;
}
/** {@link ElementDescription} or a type that extends it. */
export type AnyElementDescription = ElementDescription | Sub<OptionDef>;
/** vim25 EntityEventArgument. */
export interface EntityEventArgument extends Omit<EventArgument, "_type"> {
  _type?: "EntityEventArgument";
  name: string;
}
/** {@link EntityEventArgument} or a type that extends it. */
export type AnyEntityEventArgument =
  | EntityEventArgument
  | Sub<AlarmEventArgument>
  | Sub<ComputeResourceEventArgument>
  | Sub<DatacenterEventArgument>
  | Sub<DatastoreEventArgument>
  | Sub<DvsEventArgument>
  | Sub<FolderEventArgument>
  | Sub<HostEventArgument>
  | Sub<ManagedEntityEventArgument>
  | Sub<NetworkEventArgument>
  | Sub<ResourcePoolEventArgument>
  | Sub<VmEventArgument>;
/** vim25 EntityPrivilege. */
export interface EntityPrivilege {
  _type?: "EntityPrivilege";
  entity: MoRef;
  privAvailability?: PrivilegeAvailability[] | undefined;
}
/** vim25 EnumDescription. */
export interface EnumDescription {
  _type?: "EnumDescription";
  key: string;
  tags?: AnyElementDescription[] | undefined;
}
/** vim25 EnvironmentBrowserConfigOptionQuerySpec. */
export interface EnvironmentBrowserConfigOptionQuerySpec {
  _type?: "EnvironmentBrowserConfigOptionQuerySpec";
  key?: string | undefined;
  host?: MoRef | undefined;
  guestId?: string[] | undefined;
}
/** vim25 Event. */
export interface Event {
  _type?: "Event";
  key: number;
  chainId: number;
  createdTime: string;
  userName: string;
  datacenter?: DatacenterEventArgument | undefined;
  computeResource?: ComputeResourceEventArgument | undefined;
  host?: HostEventArgument | undefined;
  vm?: VmEventArgument | undefined;
  ds?: DatastoreEventArgument | undefined;
  net?: NetworkEventArgument | undefined;
  dvs?: DvsEventArgument | undefined;
  fullFormattedMessage?: string | undefined;
  changeTag?: string | undefined;
}
/** {@link Event} or a type that extends it. */
export type AnyEvent =
  | Event
  | Sub<AlarmEvent>
  | Sub<BadUsernameSessionEvent>
  | Sub<CustomizationEvent>
  | Sub<DVPortgroupCreatedEvent>
  | Sub<DVPortgroupDestroyedEvent>
  | Sub<DVPortgroupEvent>
  | Sub<DVPortgroupReconfiguredEvent>
  | Sub<DVPortgroupRenamedEvent>
  | Sub<DatacenterCreatedEvent>
  | Sub<DatacenterEvent>
  | Sub<DatastoreDestroyedEvent>
  | Sub<DatastoreDiscoveredEvent>
  | Sub<DatastoreEvent>
  | Sub<DatastoreFileEvent>
  | Sub<DatastoreRenamedEvent>
  | Sub<DrsVmMigratedEvent>
  | Sub<DrsVmPoweredOnEvent>
  | Sub<DvsCreatedEvent>
  | Sub<DvsDestroyedEvent>
  | Sub<DvsEvent>
  | Sub<EventEx>
  | Sub<ExtendedEvent>
  | Sub<GeneralEvent>
  | Sub<GeneralHostErrorEvent>
  | Sub<GeneralHostInfoEvent>
  | Sub<GeneralHostWarningEvent>
  | Sub<GeneralUserEvent>
  | Sub<HostConnectedEvent>
  | Sub<HostDisconnectedEvent>
  | Sub<HostEvent>
  | Sub<MigrationEvent>
  | Sub<ResourcePoolCreatedEvent>
  | Sub<ResourcePoolDestroyedEvent>
  | Sub<ResourcePoolEvent>
  | Sub<ResourcePoolReconfiguredEvent>
  | Sub<SessionEvent>
  | Sub<TaskEvent>
  | Sub<UserLoginSessionEvent>
  | Sub<UserLogoutSessionEvent>
  | Sub<VmBeingClonedEvent>
  | Sub<VmBeingCreatedEvent>
  | Sub<VmBeingHotMigratedEvent>
  | Sub<VmBeingRelocatedEvent>
  | Sub<VmCloneEvent>
  | Sub<VmClonedEvent>
  | Sub<VmConnectedEvent>
  | Sub<VmCreatedEvent>
  | Sub<VmDeployedEvent>
  | Sub<VmDisconnectedEvent>
  | Sub<VmEmigratingEvent>
  | Sub<VmEvent>
  | Sub<VmFailedToPowerOffEvent>
  | Sub<VmFailedToPowerOnEvent>
  | Sub<VmGuestOSCrashedEvent>
  | Sub<VmGuestRebootEvent>
  | Sub<VmGuestShutdownEvent>
  | Sub<VmGuestStandbyEvent>
  | Sub<VmInstanceUuidAssignedEvent>
  | Sub<VmMacAssignedEvent>
  | Sub<VmMessageErrorEvent>
  | Sub<VmMessageEvent>
  | Sub<VmMigratedEvent>
  | Sub<VmOrphanedEvent>
  | Sub<VmPoweredOffEvent>
  | Sub<VmPoweredOnEvent>
  | Sub<VmReconfiguredEvent>
  | Sub<VmRegisteredEvent>
  | Sub<VmRelocateSpecEvent>
  | Sub<VmRelocatedEvent>
  | Sub<VmRemovedEvent>
  | Sub<VmRenamedEvent>
  | Sub<VmResettingEvent>
  | Sub<VmResourcePoolMovedEvent>
  | Sub<VmResourceReallocatedEvent>
  | Sub<VmResumingEvent>
  | Sub<VmStartingEvent>
  | Sub<VmStoppingEvent>
  | Sub<VmSuspendedEvent>
  | Sub<VmSuspendingEvent>
  | Sub<VmUuidAssignedEvent>;
/** vim25 EventArgDesc. */
export interface EventArgDesc {
  _type?: "EventArgDesc";
  name: string;
  type: string;
  description?: AnyElementDescription | undefined;
}
/** vim25 EventArgument. */
export interface EventArgument {
  _type?: "EventArgument";
}
/** {@link EventArgument} or a type that extends it. */
export type AnyEventArgument =
  | EventArgument
  | Sub<AlarmEventArgument>
  | Sub<ComputeResourceEventArgument>
  | Sub<DatacenterEventArgument>
  | Sub<DatastoreEventArgument>
  | Sub<DvsEventArgument>
  | Sub<EntityEventArgument>
  | Sub<FolderEventArgument>
  | Sub<HostEventArgument>
  | Sub<ManagedEntityEventArgument>
  | Sub<NetworkEventArgument>
  | Sub<ResourcePoolEventArgument>
  | Sub<VmEventArgument>;
/** vim25 EventDescription. */
export interface EventDescription {
  _type?: "EventDescription";
  category?: AnyElementDescription[] | undefined;
  eventInfo?: EventDescriptionEventDetail[] | undefined;
  enumeratedTypes?: EnumDescription[] | undefined;
}
/** vim25 EventDescriptionEventDetail. */
export interface EventDescriptionEventDetail {
  _type?: "EventDescriptionEventDetail";
  key: string;
  description?: string | undefined;
  category: string;
  formatOnDatacenter: string;
  formatOnComputeResource: string;
  formatOnHost: string;
  formatOnVm: string;
  fullFormat: string;
  longDescription?: string | undefined;
}
/** vim25 EventEx. */
export interface EventEx extends Omit<Event, "_type"> {
  _type?: "EventEx";
  eventTypeId: string;
  severity?: string | undefined;
  message?: string | undefined;
  arguments?: KeyAnyValue[] | undefined;
  objectId?: string | undefined;
  objectType?: string | undefined;
  objectName?: string | undefined;
  fault?: LocalizedMethodFault | undefined;
}
/** vim25 EventFilterSpec. */
export interface EventFilterSpec {
  _type?: "EventFilterSpec";
  entity?: EventFilterSpecByEntity | undefined;
  time?: EventFilterSpecByTime | undefined;
  userName?: EventFilterSpecByUsername | undefined;
  eventChainId?: number | undefined;
  alarm?: MoRef | undefined;
  scheduledTask?: MoRef | undefined;
  disableFullMessage?: boolean | undefined;
  category?: string[] | undefined;
  type?: string[] | undefined;
  tag?: string[] | undefined;
  eventTypeId?: string[] | undefined;
  maxCount?: number | undefined;
  delayedInit?: boolean | undefined;
}
/** vim25 EventFilterSpecByEntity. */
export interface EventFilterSpecByEntity {
  _type?: "EventFilterSpecByEntity";
  entity: MoRef;
  recursion: EventFilterSpecRecursionOption;
}
/** vim25 EventFilterSpecByTime. */
export interface EventFilterSpecByTime {
  _type?: "EventFilterSpecByTime";
  beginTime?: string | undefined;
  endTime?: string | undefined;
}
/** vim25 EventFilterSpecByUsername. */
export interface EventFilterSpecByUsername {
  _type?: "EventFilterSpecByUsername";
  systemUser: boolean;
  userList?: string[] | undefined;
}
/** vim25 EventManagerEventViewSpec. */
export interface EventManagerEventViewSpec {
  _type?: "EventManagerEventViewSpec";
}
/** vim25 ExtExtendedProductInfo. */
export interface ExtExtendedProductInfo {
  _type?: "ExtExtendedProductInfo";
  companyUrl?: string | undefined;
  productUrl?: string | undefined;
  managementUrl?: string | undefined;
}
/** vim25 ExtManagedEntityInfo. */
export interface ExtManagedEntityInfo {
  _type?: "ExtManagedEntityInfo";
  type: string;
  smallIconUrl?: string | undefined;
  iconUrl?: string | undefined;
  description?: string | undefined;
}
/** vim25 ExtSolutionManagerInfo. */
export interface ExtSolutionManagerInfo {
  _type?: "ExtSolutionManagerInfo";
  tab?: ExtSolutionManagerInfoTabInfo[] | undefined;
  smallIconUrl?: string | undefined;
}
/** vim25 ExtSolutionManagerInfoTabInfo. */
export interface ExtSolutionManagerInfoTabInfo {
  _type?: "ExtSolutionManagerInfoTabInfo";
  label: string;
  url: string;
}
/** vim25 ExtendedEvent. */
export interface ExtendedEvent extends Omit<GeneralEvent, "_type"> {
  _type?: "ExtendedEvent";
  eventTypeId: string;
  managedObject: MoRef;
  data?: ExtendedEventPair[] | undefined;
}
/** vim25 ExtendedEventPair. */
export interface ExtendedEventPair {
  _type?: "ExtendedEventPair";
  key: string;
  value: string;
}
/** vim25 Extension. */
export interface Extension {
  _type?: "Extension";
  description: AnyDescription;
  key: string;
  company?: string | undefined;
  type?: string | undefined;
  version: string;
  subjectName?: string | undefined;
  server?: ExtensionServerInfo[] | undefined;
  client?: ExtensionClientInfo[] | undefined;
  taskList?: ExtensionTaskTypeInfo[] | undefined;
  eventList?: ExtensionEventTypeInfo[] | undefined;
  faultList?: ExtensionFaultTypeInfo[] | undefined;
  privilegeList?: ExtensionPrivilegeInfo[] | undefined;
  resourceList?: ExtensionResourceInfo[] | undefined;
  lastHeartbeatTime: string;
  healthInfo?: ExtensionHealthInfo | undefined;
  ovfConsumerInfo?: unknown;
  extendedProductInfo?: ExtExtendedProductInfo | undefined;
  managedEntityInfo?: ExtManagedEntityInfo[] | undefined;
  shownInSolutionManager?: boolean | undefined;
  solutionManagerInfo?: ExtSolutionManagerInfo | undefined;
}
/** vim25 ExtensionClientInfo. */
export interface ExtensionClientInfo {
  _type?: "ExtensionClientInfo";
  version: string;
  description: AnyDescription;
  company: string;
  type: string;
  url: string;
}
/** vim25 ExtensionEventTypeInfo. */
export interface ExtensionEventTypeInfo {
  _type?: "ExtensionEventTypeInfo";
  eventID: string;
  eventTypeSchema?: string | undefined;
}
/** vim25 ExtensionFaultTypeInfo. */
export interface ExtensionFaultTypeInfo {
  _type?: "ExtensionFaultTypeInfo";
  faultID: string;
}
/** vim25 ExtensionHealthInfo. */
export interface ExtensionHealthInfo {
  _type?: "ExtensionHealthInfo";
  url: string;
}
/** vim25 ExtensionPrivilegeInfo. */
export interface ExtensionPrivilegeInfo {
  _type?: "ExtensionPrivilegeInfo";
  privID: string;
  privGroupName: string;
}
/** vim25 ExtensionResourceInfo. */
export interface ExtensionResourceInfo {
  _type?: "ExtensionResourceInfo";
  locale: string;
  module: string;
  data?: KeyValue[] | undefined;
}
/** vim25 ExtensionServerInfo. */
export interface ExtensionServerInfo {
  _type?: "ExtensionServerInfo";
  url: string;
  description: AnyDescription;
  company: string;
  type: string;
  adminEmail?: string[] | undefined;
  serverThumbprint?: string | undefined;
  serverCertificate?: string | undefined;
}
/** vim25 ExtensionTaskTypeInfo. */
export interface ExtensionTaskTypeInfo {
  _type?: "ExtensionTaskTypeInfo";
  taskID: string;
}
/** vim25 FailToLockFaultToleranceVMs. */
export interface FailToLockFaultToleranceVMs extends Omit<RuntimeFault, "_type"> {
  _type?: "FailToLockFaultToleranceVMs";
  vmName: string;
  vm: MoRef;
  alreadyLockedVm: MoRef;
}
/** vim25 FaultToleranceVmNotDasProtected. */
export interface FaultToleranceVmNotDasProtected extends Omit<VimFault, "_type"> {
  _type?: "FaultToleranceVmNotDasProtected";
  vm: MoRef;
  vmName: string;
}
/** vim25 FileAlreadyExists. */
export interface FileAlreadyExists extends Omit<FileFault, "_type"> {
  _type?: "FileAlreadyExists";
}
/** vim25 FileBackedVirtualDiskSpec. */
export interface FileBackedVirtualDiskSpec extends Omit<VirtualDiskSpec, "_type"> {
  _type?: "FileBackedVirtualDiskSpec";
  capacityKb: number;
  profile?: unknown[] | undefined;
  crypto?: unknown;
  sectorFormat?: string | undefined;
}
/** {@link FileBackedVirtualDiskSpec} or a type that extends it. */
export type AnyFileBackedVirtualDiskSpec = FileBackedVirtualDiskSpec | Sub<SeSparseVirtualDiskSpec>;
/** vim25 FileFault. */
export interface FileFault extends Omit<VimFault, "_type"> {
  _type?: "FileFault";
  file: string;
}
/** {@link FileFault} or a type that extends it. */
export type AnyFileFault =
  | FileFault
  | Sub<CannotAccessFile>
  | Sub<CannotCreateFile>
  | Sub<CannotDeleteFile>
  | Sub<DirectoryNotEmpty>
  | Sub<FileAlreadyExists>
  | Sub<FileLocked>
  | Sub<FileNotFound>
  | Sub<FileNotWritable>
  | Sub<FileTooLarge>
  | Sub<NoDiskSpace>
  | Sub<NotADirectory>
  | Sub<NotAFile>
  | Sub<TooManyConcurrentNativeClones>;
/** vim25 FileInfo. */
export interface FileInfo {
  _type?: "FileInfo";
  path: string;
  friendlyName?: string | undefined;
  fileSize?: number | undefined;
  modification?: string | undefined;
  owner?: string | undefined;
}
/** {@link FileInfo} or a type that extends it. */
export type AnyFileInfo =
  | FileInfo
  | Sub<FloppyImageFileInfo>
  | Sub<FolderFileInfo>
  | Sub<IsoImageFileInfo>
  | Sub<TemplateConfigFileInfo>
  | Sub<VmConfigFileInfo>
  | Sub<VmDiskFileInfo>
  | Sub<VmLogFileInfo>
  | Sub<VmNvramFileInfo>
  | Sub<VmSnapshotFileInfo>;
/** vim25 FileLocked. */
export interface FileLocked extends Omit<FileFault, "_type"> {
  _type?: "FileLocked";
}
/** vim25 FileNotFound. */
export interface FileNotFound extends Omit<FileFault, "_type"> {
  _type?: "FileNotFound";
}
/** vim25 FileNotWritable. */
export interface FileNotWritable extends Omit<FileFault, "_type"> {
  _type?: "FileNotWritable";
}
/** vim25 FileQuery. */
export interface FileQuery {
  _type?: "FileQuery";
}
/** {@link FileQuery} or a type that extends it. */
export type AnyFileQuery =
  | FileQuery
  | Sub<FloppyImageFileQuery>
  | Sub<FolderFileQuery>
  | Sub<IsoImageFileQuery>
  | Sub<TemplateConfigFileQuery>
  | Sub<VmConfigFileQuery>
  | Sub<VmDiskFileQuery>
  | Sub<VmLogFileQuery>
  | Sub<VmNvramFileQuery>
  | Sub<VmSnapshotFileQuery>;
/** vim25 FileQueryFlags. */
export interface FileQueryFlags {
  _type?: "FileQueryFlags";
  fileType: boolean;
  fileSize: boolean;
  modification: boolean;
  fileOwner?: boolean | undefined;
}
/** vim25 FileTooLarge. */
export interface FileTooLarge extends Omit<FileFault, "_type"> {
  _type?: "FileTooLarge";
  datastore: string;
  fileSize: number;
  maxFileSize?: number | undefined;
}
/** vim25 FileTransferInformation. */
export interface FileTransferInformation {
  _type?: "FileTransferInformation";
  attributes: AnyGuestFileAttributes;
  size: number;
  url: string;
}
/** vim25 FloatOption. */
export interface FloatOption extends Omit<OptionType, "_type"> {
  _type?: "FloatOption";
  min: number;
  max: number;
  defaultValue: number;
}
/** vim25 FloppyImageFileInfo. */
export interface FloppyImageFileInfo extends Omit<FileInfo, "_type"> {
  _type?: "FloppyImageFileInfo";
}
/** vim25 FloppyImageFileQuery. */
export interface FloppyImageFileQuery extends Omit<FileQuery, "_type"> {
  _type?: "FloppyImageFileQuery";
}
/** vim25 FolderEventArgument. */
export interface FolderEventArgument extends Omit<EntityEventArgument, "_type"> {
  _type?: "FolderEventArgument";
  folder: MoRef;
}
/** vim25 FolderFileInfo. */
export interface FolderFileInfo extends Omit<FileInfo, "_type"> {
  _type?: "FolderFileInfo";
}
/** vim25 FolderFileQuery. */
export interface FolderFileQuery extends Omit<FileQuery, "_type"> {
  _type?: "FolderFileQuery";
}
/** vim25 GeneralEvent. */
export interface GeneralEvent extends Omit<Event, "_type"> {
  _type?: "GeneralEvent";
  message: string;
}
/** {@link GeneralEvent} or a type that extends it. */
export type AnyGeneralEvent =
  | GeneralEvent
  | Sub<ExtendedEvent>
  | Sub<GeneralHostErrorEvent>
  | Sub<GeneralHostInfoEvent>
  | Sub<GeneralHostWarningEvent>
  | Sub<GeneralUserEvent>;
/** vim25 GeneralHostErrorEvent. */
export interface GeneralHostErrorEvent extends Omit<GeneralEvent, "_type"> {
  _type?: "GeneralHostErrorEvent";
}
/** vim25 GeneralHostInfoEvent. */
export interface GeneralHostInfoEvent extends Omit<GeneralEvent, "_type"> {
  _type?: "GeneralHostInfoEvent";
}
/** vim25 GeneralHostWarningEvent. */
export interface GeneralHostWarningEvent extends Omit<GeneralEvent, "_type"> {
  _type?: "GeneralHostWarningEvent";
}
/** vim25 GeneralUserEvent. */
export interface GeneralUserEvent extends Omit<GeneralEvent, "_type"> {
  _type?: "GeneralUserEvent";
  entity?: ManagedEntityEventArgument | undefined;
}
/** vim25 GenericVmConfigFault. */
export interface GenericVmConfigFault extends Omit<VmConfigFault, "_type"> {
  _type?: "GenericVmConfigFault";
  reason: string;
}
/** vim25 GuestAuthentication. */
export interface GuestAuthentication {
  _type?: "GuestAuthentication";
  interactiveSession: boolean;
}
/** {@link GuestAuthentication} or a type that extends it. */
export type AnyGuestAuthentication = GuestAuthentication | Sub<NamePasswordAuthentication>;
/** vim25 GuestDiskInfo. */
export interface GuestDiskInfo {
  _type?: "GuestDiskInfo";
  diskPath?: string | undefined;
  capacity?: number | undefined;
  freeSpace?: number | undefined;
  filesystemType?: string | undefined;
  mappings?: GuestInfoVirtualDiskMapping[] | undefined;
}
/** vim25 GuestFileAttributes. */
export interface GuestFileAttributes {
  _type?: "GuestFileAttributes";
  modificationTime?: string | undefined;
  accessTime?: string | undefined;
  symlinkTarget?: string | undefined;
}
/** {@link GuestFileAttributes} or a type that extends it. */
export type AnyGuestFileAttributes =
  GuestFileAttributes | Sub<GuestPosixFileAttributes> | Sub<GuestWindowsFileAttributes>;
/** vim25 GuestFileInfo. */
export interface GuestFileInfo {
  _type?: "GuestFileInfo";
  path: string;
  type: string;
  size: number;
  attributes: AnyGuestFileAttributes;
}
/** vim25 GuestInfo. */
export interface GuestInfo {
  _type?: "GuestInfo";
  toolsStatus?: VirtualMachineToolsStatus | undefined;
  toolsVersionStatus?: string | undefined;
  toolsVersionStatus2?: string | undefined;
  toolsRunningStatus?: string | undefined;
  toolsVersion?: string | undefined;
  toolsInstallType?: string | undefined;
  guestId?: string | undefined;
  guestFamily?: string | undefined;
  guestFullName?: string | undefined;
  guestDetailedData?: string | undefined;
  hostName?: string | undefined;
  ipAddress?: string | undefined;
  net?: GuestNicInfo[] | undefined;
  ipStack?: GuestStackInfo[] | undefined;
  disk?: GuestDiskInfo[] | undefined;
  screen?: GuestScreenInfo | undefined;
  guestState: string;
  appHeartbeatStatus?: string | undefined;
  guestKernelCrashed?: boolean | undefined;
  appState?: string | undefined;
  guestOperationsReady?: boolean | undefined;
  interactiveGuestOperationsReady?: boolean | undefined;
  guestStateChangeSupported?: boolean | undefined;
  generationInfo?: unknown[] | undefined;
  hwVersion?: string | undefined;
  customizationInfo?: unknown;
}
/** vim25 GuestInfoVirtualDiskMapping. */
export interface GuestInfoVirtualDiskMapping {
  _type?: "GuestInfoVirtualDiskMapping";
  key: number;
}
/** vim25 GuestListFileInfo. */
export interface GuestListFileInfo {
  _type?: "GuestListFileInfo";
  files?: GuestFileInfo[] | undefined;
  remaining: number;
}
/** vim25 GuestNicInfo. */
export interface GuestNicInfo {
  _type?: "GuestNicInfo";
  network?: string | undefined;
  ipAddress?: string[] | undefined;
  macAddress?: string | undefined;
  connected: boolean;
  deviceConfigId: number;
  dnsConfig?: NetDnsConfigInfo | undefined;
  ipConfig?: NetIpConfigInfo | undefined;
  netBIOSConfig?: NetBIOSConfigInfo | undefined;
}
/** vim25 GuestOperationsFault. */
export interface GuestOperationsFault extends Omit<VimFault, "_type"> {
  _type?: "GuestOperationsFault";
}
/** {@link GuestOperationsFault} or a type that extends it. */
export type AnyGuestOperationsFault =
  | GuestOperationsFault
  | Sub<GuestOperationsUnavailable>
  | Sub<GuestPermissionDenied>
  | Sub<GuestProcessNotFound>
  | Sub<InvalidGuestLogin>;
/** vim25 GuestOperationsUnavailable. */
export interface GuestOperationsUnavailable extends Omit<GuestOperationsFault, "_type"> {
  _type?: "GuestOperationsUnavailable";
}
/** vim25 GuestOsDescriptor. */
export interface GuestOsDescriptor {
  _type?: "GuestOsDescriptor";
  id: string;
  family: string;
  fullName: string;
  supportedMaxCPUs: number;
  numSupportedPhysicalSockets?: number | undefined;
  numSupportedCoresPerSocket?: number | undefined;
  supportedMinMemMB: number;
  supportedMaxMemMB: number;
  recommendedMemMB: number;
  recommendedColorDepth: number;
  supportedDiskControllerList?: string[] | undefined;
  recommendedSCSIController?: string | undefined;
  recommendedDiskController: string;
  supportedNumDisks: number;
  recommendedDiskSizeMB: number;
  recommendedCdromController?: string | undefined;
  supportedEthernetCard?: string[] | undefined;
  recommendedEthernetCard?: string | undefined;
  supportsSlaveDisk?: boolean | undefined;
  cpuFeatureMask?: unknown[] | undefined;
  smcRequired?: boolean | undefined;
  supportsWakeOnLan: boolean;
  supportsVMI?: boolean | undefined;
  supportsMemoryHotAdd?: boolean | undefined;
  supportsCpuHotAdd?: boolean | undefined;
  supportsCpuHotRemove?: boolean | undefined;
  supportedFirmware?: string[] | undefined;
  recommendedFirmware?: string | undefined;
  supportedUSBControllerList?: string[] | undefined;
  recommendedUSBController?: string | undefined;
  supports3D?: boolean | undefined;
  recommended3D?: boolean | undefined;
  smcRecommended?: boolean | undefined;
  ich7mRecommended?: boolean | undefined;
  usbRecommended?: boolean | undefined;
  supportLevel?: string | undefined;
  supportedForCreate?: boolean | undefined;
  vRAMSizeInKB?: IntOption | undefined;
  numSupportedFloppyDevices?: number | undefined;
  wakeOnLanEthernetCard?: string[] | undefined;
  supportsPvscsiControllerForBoot?: boolean | undefined;
  diskUuidEnabled?: boolean | undefined;
  supportsHotPlugPCI?: boolean | undefined;
  supportsSecureBoot?: boolean | undefined;
  defaultSecureBoot?: boolean | undefined;
  persistentMemorySupported?: boolean | undefined;
  supportedMinPersistentMemoryMB?: number | undefined;
  supportedMaxPersistentMemoryMB?: number | undefined;
  recommendedPersistentMemoryMB?: number | undefined;
  persistentMemoryHotAddSupported?: boolean | undefined;
  persistentMemoryHotRemoveSupported?: boolean | undefined;
  persistentMemoryColdGrowthSupported?: boolean | undefined;
  persistentMemoryColdGrowthGranularityMB?: number | undefined;
  persistentMemoryHotGrowthSupported?: boolean | undefined;
  persistentMemoryHotGrowthGranularityMB?: number | undefined;
  numRecommendedPhysicalSockets?: number | undefined;
  numRecommendedCoresPerSocket?: number | undefined;
  vvtdSupported?: BoolOption | undefined;
  vbsSupported?: BoolOption | undefined;
  vsgxSupported?: BoolOption | undefined;
  vsgxRemoteAttestationSupported?: boolean | undefined;
  supportsTPM20?: boolean | undefined;
  recommendedTPM20?: boolean | undefined;
  vwdtSupported?: boolean | undefined;
}
/** vim25 GuestPermissionDenied. */
export interface GuestPermissionDenied extends Omit<GuestOperationsFault, "_type"> {
  _type?: "GuestPermissionDenied";
}
/** vim25 GuestPosixFileAttributes. */
export interface GuestPosixFileAttributes extends Omit<GuestFileAttributes, "_type"> {
  _type?: "GuestPosixFileAttributes";
  ownerId?: number | undefined;
  groupId?: number | undefined;
  permissions?: number | undefined;
}
/** vim25 GuestProcessInfo. */
export interface GuestProcessInfo {
  _type?: "GuestProcessInfo";
  name: string;
  pid: number;
  owner: string;
  cmdLine: string;
  startTime: string;
  endTime?: string | undefined;
  exitCode?: number | undefined;
}
/** vim25 GuestProcessNotFound. */
export interface GuestProcessNotFound extends Omit<GuestOperationsFault, "_type"> {
  _type?: "GuestProcessNotFound";
  pid: number;
}
/** vim25 GuestProgramSpec. */
export interface GuestProgramSpec {
  _type?: "GuestProgramSpec";
  programPath: string;
  arguments: string;
  workingDirectory?: string | undefined;
  envVariables?: string[] | undefined;
}
/** vim25 GuestScreenInfo. */
export interface GuestScreenInfo {
  _type?: "GuestScreenInfo";
  width: number;
  height: number;
}
/** vim25 GuestStackInfo. */
export interface GuestStackInfo {
  _type?: "GuestStackInfo";
  dnsConfig?: NetDnsConfigInfo | undefined;
  ipRouteConfig?: NetIpRouteConfigInfo | undefined;
  ipStackConfig?: KeyValue[] | undefined;
  dhcpConfig?: NetDhcpConfigInfo | undefined;
}
/** vim25 GuestWindowsFileAttributes. */
export interface GuestWindowsFileAttributes extends Omit<GuestFileAttributes, "_type"> {
  _type?: "GuestWindowsFileAttributes";
  hidden?: boolean | undefined;
  readOnly?: boolean | undefined;
  createTime?: string | undefined;
}
/** vim25 HealthSystemRuntime. */
export interface HealthSystemRuntime {
  _type?: "HealthSystemRuntime";
  systemHealthInfo?: HostSystemHealthInfo | undefined;
  hardwareStatusInfo?: unknown;
}
/** vim25 HostAccountSpec. */
export interface HostAccountSpec {
  _type?: "HostAccountSpec";
  id: string;
  password?: string | undefined;
  description?: string | undefined;
}
/** {@link HostAccountSpec} or a type that extends it. */
export type AnyHostAccountSpec = HostAccountSpec | Sub<HostPosixAccountSpec>;
/** vim25 HostAutoStartManagerConfig. */
export interface HostAutoStartManagerConfig {
  _type?: "HostAutoStartManagerConfig";
  defaults?: AutoStartDefaults | undefined;
  powerInfo?: AutoStartPowerInfo[] | undefined;
}
/** vim25 HostBIOSInfo. */
export interface HostBIOSInfo {
  _type?: "HostBIOSInfo";
  biosVersion?: string | undefined;
  releaseDate?: string | undefined;
  vendor?: string | undefined;
  majorRelease?: number | undefined;
  minorRelease?: number | undefined;
  firmwareMajorRelease?: number | undefined;
  firmwareMinorRelease?: number | undefined;
  firmwareType?: string | undefined;
}
/** vim25 HostCacheConfigurationInfo. */
export interface HostCacheConfigurationInfo {
  _type?: "HostCacheConfigurationInfo";
  key: MoRef;
  swapSize: number;
}
/** vim25 HostCapability. */
export interface HostCapability {
  _type?: "HostCapability";
  recursiveResourcePoolsSupported: boolean;
  cpuMemoryResourceConfigurationSupported: boolean;
  rebootSupported: boolean;
  shutdownSupported: boolean;
  vmotionSupported: boolean;
  standbySupported: boolean;
  ipmiSupported?: boolean | undefined;
  maxSupportedVMs?: number | undefined;
  maxRunningVMs?: number | undefined;
  maxSupportedVcpus?: number | undefined;
  maxRegisteredVMs?: number | undefined;
  datastorePrincipalSupported: boolean;
  sanSupported: boolean;
  nfsSupported: boolean;
  iscsiSupported: boolean;
  vlanTaggingSupported: boolean;
  nicTeamingSupported: boolean;
  highGuestMemSupported: boolean;
  maintenanceModeSupported: boolean;
  suspendedRelocateSupported: boolean;
  restrictedSnapshotRelocateSupported: boolean;
  perVmSwapFiles: boolean;
  localSwapDatastoreSupported: boolean;
  unsharedSwapVMotionSupported: boolean;
  backgroundSnapshotsSupported: boolean;
  preAssignedPCIUnitNumbersSupported: boolean;
  screenshotSupported: boolean;
  scaledScreenshotSupported: boolean;
  storageVMotionSupported?: boolean | undefined;
  vmotionWithStorageVMotionSupported?: boolean | undefined;
  vmotionAcrossNetworkSupported?: boolean | undefined;
  maxNumDisksSVMotion?: number | undefined;
  maxVirtualDiskDescVersionSupported?: number | undefined;
  hbrNicSelectionSupported?: boolean | undefined;
  vrNfcNicSelectionSupported?: boolean | undefined;
  recordReplaySupported?: boolean | undefined;
  ftSupported?: boolean | undefined;
  replayUnsupportedReason?: string | undefined;
  replayCompatibilityIssues?: string[] | undefined;
  smpFtSupported?: boolean | undefined;
  ftCompatibilityIssues?: string[] | undefined;
  smpFtCompatibilityIssues?: string[] | undefined;
  maxVcpusPerFtVm?: number | undefined;
  loginBySSLThumbprintSupported?: boolean | undefined;
  cloneFromSnapshotSupported?: boolean | undefined;
  deltaDiskBackingsSupported?: boolean | undefined;
  perVMNetworkTrafficShapingSupported?: boolean | undefined;
  tpmSupported?: boolean | undefined;
  tpmVersion?: string | undefined;
  txtEnabled?: boolean | undefined;
  supportedCpuFeature?: unknown[] | undefined;
  virtualExecUsageSupported?: boolean | undefined;
  storageIORMSupported?: boolean | undefined;
  vmDirectPathGen2Supported?: boolean | undefined;
  vmDirectPathGen2UnsupportedReason?: string[] | undefined;
  vmDirectPathGen2UnsupportedReasonExtended?: string | undefined;
  supportedVmfsMajorVersion?: number[] | undefined;
  vStorageCapable?: boolean | undefined;
  snapshotRelayoutSupported?: boolean | undefined;
  firewallIpRulesSupported?: boolean | undefined;
  servicePackageInfoSupported?: boolean | undefined;
  maxHostRunningVms?: number | undefined;
  maxHostSupportedVcpus?: number | undefined;
  vmfsDatastoreMountCapable?: boolean | undefined;
  eightPlusHostVmfsSharedAccessSupported?: boolean | undefined;
  nestedHVSupported?: boolean | undefined;
  vPMCSupported?: boolean | undefined;
  interVMCommunicationThroughVMCISupported?: boolean | undefined;
  scheduledHardwareUpgradeSupported?: boolean | undefined;
  featureCapabilitiesSupported?: boolean | undefined;
  latencySensitivitySupported?: boolean | undefined;
  storagePolicySupported?: boolean | undefined;
  accel3dSupported?: boolean | undefined;
  reliableMemoryAware?: boolean | undefined;
  multipleNetworkStackInstanceSupported?: boolean | undefined;
  messageBusProxySupported?: boolean | undefined;
  vsanSupported?: boolean | undefined;
  vFlashSupported?: boolean | undefined;
  hostAccessManagerSupported?: boolean | undefined;
  provisioningNicSelectionSupported?: boolean | undefined;
  nfs41Supported?: boolean | undefined;
  nfs41Krb5iSupported?: boolean | undefined;
  turnDiskLocatorLedSupported?: boolean | undefined;
  virtualVolumeDatastoreSupported?: boolean | undefined;
  markAsSsdSupported?: boolean | undefined;
  markAsLocalSupported?: boolean | undefined;
  smartCardAuthenticationSupported?: boolean | undefined;
  pMemSupported?: boolean | undefined;
  pMemSnapshotSupported?: boolean | undefined;
  cryptoSupported?: boolean | undefined;
  oneKVolumeAPIsSupported?: boolean | undefined;
  gatewayOnNicSupported?: boolean | undefined;
  upitSupported?: boolean | undefined;
  cpuHwMmuSupported?: boolean | undefined;
  encryptedVMotionSupported?: boolean | undefined;
  encryptionChangeOnAddRemoveSupported?: boolean | undefined;
  encryptionHotOperationSupported?: boolean | undefined;
  encryptionWithSnapshotsSupported?: boolean | undefined;
  encryptionFaultToleranceSupported?: boolean | undefined;
  encryptionMemorySaveSupported?: boolean | undefined;
  encryptionRDMSupported?: boolean | undefined;
  encryptionVFlashSupported?: boolean | undefined;
  encryptionCBRCSupported?: boolean | undefined;
  encryptionHBRSupported?: boolean | undefined;
  ftEfiSupported?: boolean | undefined;
  unmapMethodSupported?: string | undefined;
  maxMemMBPerFtVm?: number | undefined;
  virtualMmuUsageIgnored?: boolean | undefined;
  virtualExecUsageIgnored?: boolean | undefined;
  vmCreateDateSupported?: boolean | undefined;
  vmfs3EOLSupported?: boolean | undefined;
  ftVmcpSupported?: boolean | undefined;
  quickBootSupported?: boolean | undefined;
  encryptedFtSupported?: boolean | undefined;
  assignableHardwareSupported?: boolean | undefined;
  suspendToMemorySupported?: boolean | undefined;
  useFeatureReqsForOldHWv?: boolean | undefined;
  markPerenniallyReservedSupported?: boolean | undefined;
  hppPspSupported?: boolean | undefined;
  deviceRebindWithoutRebootSupported?: boolean | undefined;
  storagePolicyChangeSupported?: boolean | undefined;
  precisionTimeProtocolSupported?: boolean | undefined;
  remoteDeviceVMotionSupported?: boolean | undefined;
  maxSupportedVmMemory?: number | undefined;
  ahDeviceHintsSupported?: boolean | undefined;
  nvmeOverTcpSupported?: boolean | undefined;
  nvmeStorageFabricServicesSupported?: boolean | undefined;
  assignHwPciConfigSupported?: boolean | undefined;
  timeConfigSupported?: boolean | undefined;
  nvmeBatchOperationsSupported?: boolean | undefined;
  pMemFailoverSupported?: boolean | undefined;
  hostConfigEncryptionSupported?: boolean | undefined;
  maxSupportedSimultaneousThreads?: number | undefined;
  ptpConfigSupported?: boolean | undefined;
  maxSupportedPtpPorts?: number | undefined;
  sgxRegistrationSupported?: boolean | undefined;
  pMemIndependentSnapshotSupported?: boolean | undefined;
  iommuSLDirtyCapable?: boolean | undefined;
  vmknicBindingSupported?: boolean | undefined;
  ultralowFixedUnmapSupported?: boolean | undefined;
  nvmeVvolSupported?: boolean | undefined;
  fptHotplugSupported?: boolean | undefined;
  mconnectSupported?: boolean | undefined;
  vsanNicMgmtSupported?: boolean | undefined;
  vvolNQNSupported?: boolean | undefined;
  stretchedSCSupported?: boolean | undefined;
  vmknicBindingOnNFSv41?: boolean | undefined;
  vpStatusCheckSupported?: boolean | undefined;
  e2e4knSupported?: boolean | undefined;
  vsanDedicatedVmkNicSupported?: boolean | undefined;
  nConnectSupported?: boolean | undefined;
  userKeySupported?: boolean | undefined;
  ndcmSupported?: boolean | undefined;
  uefiSecureBoot?: boolean | undefined;
  vpxdVmxGenerationSupported?: boolean | undefined;
  nfs41Krb5pSupported?: boolean | undefined;
  cimSupported?: boolean | undefined;
  npivSupported?: boolean | undefined;
  entitlementSupported?: boolean | undefined;
  podVMOverheadInfo?: PodVMOverheadInfo | undefined;
}
/** vim25 HostCommunication. */
export interface HostCommunication extends Omit<RuntimeFault, "_type"> {
  _type?: "HostCommunication";
}
/** {@link HostCommunication} or a type that extends it. */
export type AnyHostCommunication =
  HostCommunication | Sub<HostNotConnected> | Sub<HostNotReachable>;
/** vim25 HostConfigFailed. */
export interface HostConfigFailed extends Omit<HostConfigFault, "_type"> {
  _type?: "HostConfigFailed";
  failure?: LocalizedMethodFault[] | undefined;
}
/** vim25 HostConfigFault. */
export interface HostConfigFault extends Omit<VimFault, "_type"> {
  _type?: "HostConfigFault";
}
/** {@link HostConfigFault} or a type that extends it. */
export type AnyHostConfigFault =
  | HostConfigFault
  | Sub<HostConfigFailed>
  | Sub<NasConfigFault>
  | Sub<PlatformConfigFault>
  | Sub<VmfsMountFault>;
/** vim25 HostConfigInfo. */
export interface HostConfigInfo {
  _type?: "HostConfigInfo";
  host: MoRef;
  product: AboutInfo;
  deploymentInfo?: HostDeploymentInfo | undefined;
  hyperThread?: HostHyperThreadScheduleInfo | undefined;
  cpuScheduler?: unknown;
  consoleReservation?: ServiceConsoleReservationInfo | undefined;
  virtualMachineReservation?: VirtualMachineMemoryReservationInfo | undefined;
  storageDevice?: HostStorageDeviceInfo | undefined;
  multipathState?: unknown;
  fileSystemVolume?: HostFileSystemVolumeInfo | undefined;
  systemFile?: string[] | undefined;
  network?: HostNetworkInfo | undefined;
  vmotion?: unknown;
  virtualNicManagerInfo?: HostVirtualNicManagerInfo | undefined;
  capabilities?: HostNetCapabilities | undefined;
  datastoreCapabilities?: HostDatastoreSystemCapabilities | undefined;
  offloadCapabilities?: HostNetOffloadCapabilities | undefined;
  service?: HostServiceInfo | undefined;
  firewall?: HostFirewallInfo | undefined;
  autoStart?: HostAutoStartManagerConfig | undefined;
  activeDiagnosticPartition?: HostDiagnosticPartition | undefined;
  option?: OptionValue[] | undefined;
  optionDef?: OptionDef[] | undefined;
  datastorePrincipal?: string | undefined;
  localSwapDatastore?: MoRef | undefined;
  systemSwapConfiguration?: unknown;
  systemResources?: unknown;
  dateTimeInfo?: HostDateTimeInfo | undefined;
  flags?: HostFlagInfo | undefined;
  adminDisabled?: boolean | undefined;
  lockdownMode?: HostLockdownMode | undefined;
  ipmi?: HostIpmiInfo | undefined;
  sslThumbprintInfo?: HostSslThumbprintInfo | undefined;
  sslThumbprintData?: HostSslThumbprintInfo[] | undefined;
  authenticationData?: unknown[] | undefined;
  certificate?: number[] | undefined;
  pciPassthruInfo?: unknown[] | undefined;
  authenticationManagerInfo?: unknown;
  featureVersion?: unknown[] | undefined;
  powerSystemCapability?: PowerSystemCapability | undefined;
  powerSystemInfo?: PowerSystemInfo | undefined;
  cacheConfigurationInfo?: HostCacheConfigurationInfo[] | undefined;
  wakeOnLanCapable?: boolean | undefined;
  featureCapability?: HostFeatureCapability[] | undefined;
  maskedFeatureCapability?: HostFeatureCapability[] | undefined;
  vFlashConfigInfo?: unknown;
  vsanHostConfig?: unknown;
  domainList?: string[] | undefined;
  scriptCheckSum?: string | undefined;
  hostConfigCheckSum?: string | undefined;
  descriptionTreeCheckSum?: string | undefined;
  graphicsInfo?: unknown[] | undefined;
  sharedPassthruGpuTypes?: string[] | undefined;
  graphicsConfig?: unknown;
  sharedGpuCapabilities?: unknown[] | undefined;
  ioFilterInfo?: HostIoFilterInfo[] | undefined;
  sriovDevicePool?: unknown[] | undefined;
  assignableHardwareBinding?: unknown[] | undefined;
  assignableHardwareConfig?: unknown;
}
/** vim25 HostConfigManager. */
export interface HostConfigManager {
  _type?: "HostConfigManager";
  cpuScheduler?: MoRef | undefined;
  datastoreSystem?: MoRef | undefined;
  memoryManager?: MoRef | undefined;
  storageSystem?: MoRef | undefined;
  networkSystem?: MoRef | undefined;
  vmotionSystem?: MoRef | undefined;
  virtualNicManager?: MoRef | undefined;
  serviceSystem?: MoRef | undefined;
  firewallSystem?: MoRef | undefined;
  advancedOption?: MoRef | undefined;
  diagnosticSystem?: MoRef | undefined;
  autoStartManager?: MoRef | undefined;
  snmpSystem?: MoRef | undefined;
  dateTimeSystem?: MoRef | undefined;
  patchManager?: MoRef | undefined;
  imageConfigManager?: MoRef | undefined;
  bootDeviceSystem?: MoRef | undefined;
  firmwareSystem?: MoRef | undefined;
  healthStatusSystem?: MoRef | undefined;
  pciPassthruSystem?: MoRef | undefined;
  licenseManager?: MoRef | undefined;
  kernelModuleSystem?: MoRef | undefined;
  authenticationManager?: MoRef | undefined;
  powerSystem?: MoRef | undefined;
  cacheConfigurationManager?: MoRef | undefined;
  esxAgentHostManager?: MoRef | undefined;
  iscsiManager?: MoRef | undefined;
  vFlashManager?: MoRef | undefined;
  vsanSystem?: MoRef | undefined;
  messageBusProxy?: MoRef | undefined;
  userDirectory?: MoRef | undefined;
  accountManager?: MoRef | undefined;
  hostAccessManager?: MoRef | undefined;
  graphicsManager?: MoRef | undefined;
  vsanInternalSystem?: MoRef | undefined;
  certificateManager?: MoRef | undefined;
  cryptoManager?: MoRef | undefined;
  nvdimmSystem?: MoRef | undefined;
  assignableHardwareManager?: MoRef | undefined;
}
/** vim25 HostConfigSummary. */
export interface HostConfigSummary {
  _type?: "HostConfigSummary";
  name: string;
  port: number;
  sslThumbprint?: string | undefined;
  sslCertificate?: string | undefined;
  product?: AboutInfo | undefined;
  vmotionEnabled: boolean;
  faultToleranceEnabled?: boolean | undefined;
  featureVersion?: unknown[] | undefined;
  agentVmDatastore?: MoRef | undefined;
  agentVmNetwork?: MoRef | undefined;
}
/** vim25 HostConnectFault. */
export interface HostConnectFault extends Omit<VimFault, "_type"> {
  _type?: "HostConnectFault";
}
/** {@link HostConnectFault} or a type that extends it. */
export type AnyHostConnectFault = HostConnectFault | Sub<NotSupportedHost> | Sub<SSLVerifyFault>;
/** vim25 HostConnectInfo. */
export interface HostConnectInfo {
  _type?: "HostConnectInfo";
  serverIp?: string | undefined;
  inDasCluster?: boolean | undefined;
  host: HostListSummary;
  vm?: VirtualMachineSummary[] | undefined;
  vimAccountNameRequired?: boolean | undefined;
  clusterSupported?: boolean | undefined;
  network?: HostConnectInfoNetworkInfo[] | undefined;
  datastore?: HostDatastoreConnectInfo[] | undefined;
  license?: HostLicenseConnectInfo | undefined;
  capability?: HostCapability | undefined;
}
/** vim25 HostConnectInfoNetworkInfo. */
export interface HostConnectInfoNetworkInfo {
  _type?: "HostConnectInfoNetworkInfo";
  summary: AnyNetworkSummary;
}
/** vim25 HostConnectSpec. */
export interface HostConnectSpec {
  _type?: "HostConnectSpec";
  hostName?: string | undefined;
  port?: number | undefined;
  sslThumbprint?: string | undefined;
  sslCertificate?: string | undefined;
  userName?: string | undefined;
  password?: string | undefined;
  vmFolder?: MoRef | undefined;
  force: boolean;
  vimAccountName?: string | undefined;
  vimAccountPassword?: string | undefined;
  managementIp?: string | undefined;
  lockdownMode?: HostLockdownMode | undefined;
  hostGateway?: HostGatewaySpec | undefined;
}
/** vim25 HostConnectedEvent. */
export interface HostConnectedEvent extends Omit<HostEvent, "_type"> {
  _type?: "HostConnectedEvent";
}
/** vim25 HostCpuInfo. */
export interface HostCpuInfo {
  _type?: "HostCpuInfo";
  numCpuPackages: number;
  numCpuCores: number;
  numCpuThreads: number;
  hz: number;
}
/** vim25 HostCpuPackage. */
export interface HostCpuPackage {
  _type?: "HostCpuPackage";
  index: number;
  vendor: string;
  hz: number;
  busHz: number;
  description: string;
  threadId?: number[] | undefined;
  cpuFeature?: unknown[] | undefined;
  family?: number | undefined;
  model?: number | undefined;
  stepping?: number | undefined;
}
/** vim25 HostDatastoreBrowserSearchResults. */
export interface HostDatastoreBrowserSearchResults {
  _type?: "HostDatastoreBrowserSearchResults";
  datastore?: MoRef | undefined;
  folderPath?: string | undefined;
  file?: AnyFileInfo[] | undefined;
}
/** vim25 HostDatastoreBrowserSearchSpec. */
export interface HostDatastoreBrowserSearchSpec {
  _type?: "HostDatastoreBrowserSearchSpec";
  query?: AnyFileQuery[] | undefined;
  details?: FileQueryFlags | undefined;
  searchCaseInsensitive?: boolean | undefined;
  matchPattern?: string[] | undefined;
  sortFoldersFirst?: boolean | undefined;
}
/** vim25 HostDatastoreConnectInfo. */
export interface HostDatastoreConnectInfo {
  _type?: "HostDatastoreConnectInfo";
  summary: DatastoreSummary;
}
/** vim25 HostDatastoreSystemCapabilities. */
export interface HostDatastoreSystemCapabilities {
  _type?: "HostDatastoreSystemCapabilities";
  nfsMountCreationRequired: boolean;
  nfsMountCreationSupported: boolean;
  localDatastoreSupported: boolean;
  vmfsExtentExpansionSupported?: boolean | undefined;
}
/** vim25 HostDateTimeInfo. */
export interface HostDateTimeInfo {
  _type?: "HostDateTimeInfo";
  timeZone: HostDateTimeSystemTimeZone;
  systemClockProtocol?: string | undefined;
  ntpConfig?: HostNtpConfig | undefined;
  ptpConfig?: unknown;
  enabled?: boolean | undefined;
  disableEvents?: boolean | undefined;
  disableFallback?: boolean | undefined;
  inFallbackState?: boolean | undefined;
  serviceSync?: boolean | undefined;
  lastSyncTime?: string | undefined;
  remoteNtpServer?: string | undefined;
  ntpRunTime?: number | undefined;
  ptpRunTime?: number | undefined;
  ntpDuration?: string | undefined;
  ptpDuration?: string | undefined;
}
/** vim25 HostDateTimeSystemTimeZone. */
export interface HostDateTimeSystemTimeZone {
  _type?: "HostDateTimeSystemTimeZone";
  key: string;
  name: string;
  description: string;
  gmtOffset: number;
}
/** vim25 HostDeploymentInfo. */
export interface HostDeploymentInfo {
  _type?: "HostDeploymentInfo";
  bootedFromStatelessCache?: boolean | undefined;
}
/** vim25 HostDevice. */
export interface HostDevice {
  _type?: "HostDevice";
  deviceName: string;
  deviceType: string;
}
/** {@link HostDevice} or a type that extends it. */
export type AnyHostDevice = HostDevice | Sub<HostScsiDisk> | Sub<ScsiLun>;
/** vim25 HostDiagnosticPartition. */
export interface HostDiagnosticPartition {
  _type?: "HostDiagnosticPartition";
  storageType: string;
  diagnosticType: string;
  slots: number;
  id: HostScsiDiskPartition;
}
/** vim25 HostDisconnectedEvent. */
export interface HostDisconnectedEvent extends Omit<HostEvent, "_type"> {
  _type?: "HostDisconnectedEvent";
  reason?: string | undefined;
}
/** vim25 HostDiskDimensionsChs. */
export interface HostDiskDimensionsChs {
  _type?: "HostDiskDimensionsChs";
  cylinder: number;
  head: number;
  sector: number;
}
/** vim25 HostDiskDimensionsLba. */
export interface HostDiskDimensionsLba {
  _type?: "HostDiskDimensionsLba";
  blockSize: number;
  block: number;
}
/** vim25 HostDnsConfig. */
export interface HostDnsConfig {
  _type?: "HostDnsConfig";
  dhcp: boolean;
  virtualNicDevice?: string | undefined;
  ipv6VirtualNicDevice?: string | undefined;
  hostName: string;
  domainName: string;
  address?: string[] | undefined;
  searchDomain?: string[] | undefined;
}
/** vim25 HostEvent. */
export interface HostEvent extends Omit<Event, "_type"> {
  _type?: "HostEvent";
}
/** {@link HostEvent} or a type that extends it. */
export type AnyHostEvent =
  HostEvent | Sub<DatastoreDiscoveredEvent> | Sub<HostConnectedEvent> | Sub<HostDisconnectedEvent>;
/** vim25 HostEventArgument. */
export interface HostEventArgument extends Omit<EntityEventArgument, "_type"> {
  _type?: "HostEventArgument";
  host: MoRef;
}
/** vim25 HostFeatureCapability. */
export interface HostFeatureCapability {
  _type?: "HostFeatureCapability";
  key: string;
  featureName: string;
  value: string;
}
/** vim25 HostFileSystemMountInfo. */
export interface HostFileSystemMountInfo {
  _type?: "HostFileSystemMountInfo";
  mountInfo: HostMountInfo;
  volume: AnyHostFileSystemVolume;
  vStorageSupport?: string | undefined;
}
/** vim25 HostFileSystemVolume. */
export interface HostFileSystemVolume {
  _type?: "HostFileSystemVolume";
  type: string;
  name: string;
  capacity: number;
}
/** {@link HostFileSystemVolume} or a type that extends it. */
export type AnyHostFileSystemVolume =
  HostFileSystemVolume | Sub<HostLocalFileSystemVolume> | Sub<HostNasVolume> | Sub<HostVmfsVolume>;
/** vim25 HostFileSystemVolumeInfo. */
export interface HostFileSystemVolumeInfo {
  _type?: "HostFileSystemVolumeInfo";
  volumeTypeList?: string[] | undefined;
  mountInfo?: HostFileSystemMountInfo[] | undefined;
}
/** vim25 HostFirewallDefaultPolicy. */
export interface HostFirewallDefaultPolicy {
  _type?: "HostFirewallDefaultPolicy";
  incomingBlocked?: boolean | undefined;
  outgoingBlocked?: boolean | undefined;
}
/** vim25 HostFirewallInfo. */
export interface HostFirewallInfo {
  _type?: "HostFirewallInfo";
  defaultPolicy: HostFirewallDefaultPolicy;
  ruleset?: HostFirewallRuleset[] | undefined;
}
/** vim25 HostFirewallRule. */
export interface HostFirewallRule {
  _type?: "HostFirewallRule";
  port: number;
  endPort?: number | undefined;
  direction: HostFirewallRuleDirection;
  portType?: HostFirewallRulePortType | undefined;
  protocol: string;
}
/** vim25 HostFirewallRuleset. */
export interface HostFirewallRuleset {
  _type?: "HostFirewallRuleset";
  key: string;
  label: string;
  required: boolean;
  rule?: HostFirewallRule[] | undefined;
  service?: string | undefined;
  enabled: boolean;
  allowedHosts?: HostFirewallRulesetIpList | undefined;
  userControllable?: boolean | undefined;
  ipListUserConfigurable?: boolean | undefined;
}
/** vim25 HostFirewallRulesetIpList. */
export interface HostFirewallRulesetIpList {
  _type?: "HostFirewallRulesetIpList";
  ipAddress?: string[] | undefined;
  ipNetwork?: HostFirewallRulesetIpNetwork[] | undefined;
  allIp: boolean;
}
/** vim25 HostFirewallRulesetIpNetwork. */
export interface HostFirewallRulesetIpNetwork {
  _type?: "HostFirewallRulesetIpNetwork";
  network: string;
  prefixLength: number;
}
/** vim25 HostFirewallRulesetRulesetSpec. */
export interface HostFirewallRulesetRulesetSpec {
  _type?: "HostFirewallRulesetRulesetSpec";
  allowedHosts: HostFirewallRulesetIpList;
}
/** vim25 HostFlagInfo. */
export interface HostFlagInfo {
  _type?: "HostFlagInfo";
  backgroundSnapshotsEnabled?: boolean | undefined;
}
/** vim25 HostForceMountedInfo. */
export interface HostForceMountedInfo {
  _type?: "HostForceMountedInfo";
  persist: boolean;
  mounted: boolean;
}
/** vim25 HostFru. */
export interface HostFru {
  _type?: "HostFru";
  type: string;
  partName: string;
  partNumber: string;
  manufacturer: string;
  serialNumber?: string | undefined;
  mfgTimeStamp?: string | undefined;
}
/** vim25 HostGatewaySpec. */
export interface HostGatewaySpec {
  _type?: "HostGatewaySpec";
  gatewayType: string;
  gatewayId?: string | undefined;
  trustVerificationToken?: string | undefined;
  hostAuthParams?: KeyValue[] | undefined;
}
/** vim25 HostHardwareInfo. */
export interface HostHardwareInfo {
  _type?: "HostHardwareInfo";
  systemInfo: HostSystemInfo;
  cpuPowerManagementInfo?: unknown;
  cpuInfo: HostCpuInfo;
  cpuPkg?: HostCpuPackage[] | undefined;
  memorySize: number;
  numaInfo?: unknown;
  smcPresent?: boolean | undefined;
  pciDevice?: HostPciDevice[] | undefined;
  dvxClasses?: unknown[] | undefined;
  cpuFeature?: unknown[] | undefined;
  biosInfo?: HostBIOSInfo | undefined;
  reliableMemoryInfo?: HostReliableMemoryInfo | undefined;
  persistentMemoryInfo?: HostPersistentMemoryInfo | undefined;
  sgxInfo?: unknown;
  sevInfo?: unknown;
  memoryTieringType?: string | undefined;
  memoryTierInfo?: HostMemoryTierInfo[] | undefined;
  tdxInfo?: HostTdxInfo | undefined;
}
/** vim25 HostHardwareSummary. */
export interface HostHardwareSummary {
  _type?: "HostHardwareSummary";
  vendor: string;
  model: string;
  family?: string | undefined;
  uuid: string;
  otherIdentifyingInfo?: HostSystemIdentificationInfo[] | undefined;
  memorySize: number;
  cpuModel: string;
  cpuMhz: number;
  numCpuPkgs: number;
  numCpuCores: number;
  numCpuThreads: number;
  numNics: number;
  numHBAs: number;
}
/** vim25 HostHostBusAdapter. */
export interface HostHostBusAdapter {
  _type?: "HostHostBusAdapter";
  key?: string | undefined;
  device: string;
  bus: number;
  status: string;
  model: string;
  driver?: string | undefined;
  pci?: string | undefined;
  storageProtocol?: string | undefined;
}
/** vim25 HostHyperThreadScheduleInfo. */
export interface HostHyperThreadScheduleInfo {
  _type?: "HostHyperThreadScheduleInfo";
  available: boolean;
  active: boolean;
  config: boolean;
}
/** vim25 HostIoFilterInfo. */
export interface HostIoFilterInfo extends Omit<IoFilterInfo, "_type"> {
  _type?: "HostIoFilterInfo";
  available: boolean;
}
/** vim25 HostIpConfig. */
export interface HostIpConfig {
  _type?: "HostIpConfig";
  dhcp: boolean;
  ipAddress?: string | undefined;
  subnetMask?: string | undefined;
  ipV6Config?: HostIpConfigIpV6AddressConfiguration | undefined;
}
/** vim25 HostIpConfigIpV6Address. */
export interface HostIpConfigIpV6Address {
  _type?: "HostIpConfigIpV6Address";
  ipAddress: string;
  prefixLength: number;
  origin?: string | undefined;
  dadState?: string | undefined;
  lifetime?: string | undefined;
  operation?: string | undefined;
}
/** vim25 HostIpConfigIpV6AddressConfiguration. */
export interface HostIpConfigIpV6AddressConfiguration {
  _type?: "HostIpConfigIpV6AddressConfiguration";
  ipV6Address?: HostIpConfigIpV6Address[] | undefined;
  autoConfigurationEnabled?: boolean | undefined;
  dhcpV6Enabled?: boolean | undefined;
}
/** vim25 HostIpRouteConfig. */
export interface HostIpRouteConfig {
  _type?: "HostIpRouteConfig";
  defaultGateway?: string | undefined;
  gatewayDevice?: string | undefined;
  ipV6DefaultGateway?: string | undefined;
  ipV6GatewayDevice?: string | undefined;
}
/** vim25 HostIpRouteEntry. */
export interface HostIpRouteEntry {
  _type?: "HostIpRouteEntry";
  network: string;
  prefixLength: number;
  gateway: string;
  deviceName?: string | undefined;
}
/** vim25 HostIpRouteOp. */
export interface HostIpRouteOp {
  _type?: "HostIpRouteOp";
  changeOperation: string;
  route: HostIpRouteEntry;
}
/** vim25 HostIpRouteTableConfig. */
export interface HostIpRouteTableConfig {
  _type?: "HostIpRouteTableConfig";
  ipRoute?: HostIpRouteOp[] | undefined;
  ipv6Route?: HostIpRouteOp[] | undefined;
}
/** vim25 HostIpRouteTableInfo. */
export interface HostIpRouteTableInfo {
  _type?: "HostIpRouteTableInfo";
  ipRoute?: HostIpRouteEntry[] | undefined;
  ipv6Route?: HostIpRouteEntry[] | undefined;
}
/** vim25 HostIpmiInfo. */
export interface HostIpmiInfo {
  _type?: "HostIpmiInfo";
  bmcIpAddress?: string | undefined;
  bmcMacAddress?: string | undefined;
  login?: string | undefined;
  password?: string | undefined;
}
/** vim25 HostLicensableResourceInfo. */
export interface HostLicensableResourceInfo {
  _type?: "HostLicensableResourceInfo";
  resource?: KeyAnyValue[] | undefined;
}
/** vim25 HostLicenseConnectInfo. */
export interface HostLicenseConnectInfo {
  _type?: "HostLicenseConnectInfo";
  license: LicenseManagerLicenseInfo;
  evaluation: LicenseManagerEvaluationInfo;
  resource?: HostLicensableResourceInfo | undefined;
}
/** vim25 HostListSummary. */
export interface HostListSummary {
  _type?: "HostListSummary";
  host?: MoRef | undefined;
  hardware?: HostHardwareSummary | undefined;
  runtime?: HostRuntimeInfo | undefined;
  config: HostConfigSummary;
  quickStats: HostListSummaryQuickStats;
  overallStatus: ManagedEntityStatus;
  rebootRequired: boolean;
  customValue?: CustomFieldValue[] | undefined;
  managementServerIp?: string | undefined;
  maxEVCModeKey?: string | undefined;
  currentEVCModeKey?: string | undefined;
  currentEVCGraphicsModeKey?: string | undefined;
  gateway?: HostListSummaryGatewaySummary | undefined;
  tpmAttestation?: unknown;
  trustAuthorityAttestationInfos?: unknown[] | undefined;
}
/** vim25 HostListSummaryGatewaySummary. */
export interface HostListSummaryGatewaySummary {
  _type?: "HostListSummaryGatewaySummary";
  gatewayType: string;
  gatewayId: string;
}
/** vim25 HostListSummaryQuickStats. */
export interface HostListSummaryQuickStats {
  _type?: "HostListSummaryQuickStats";
  overallCpuUsage?: number | undefined;
  overallMemoryUsage?: number | undefined;
  distributedCpuFairness?: number | undefined;
  distributedMemoryFairness?: number | undefined;
  availablePMemCapacity?: number | undefined;
  uptime?: number | undefined;
}
/** vim25 HostLocalFileSystemVolume. */
export interface HostLocalFileSystemVolume extends Omit<HostFileSystemVolume, "_type"> {
  _type?: "HostLocalFileSystemVolume";
  device: string;
}
/** vim25 HostMemoryTierInfo. */
export interface HostMemoryTierInfo {
  _type?: "HostMemoryTierInfo";
  name: string;
  type: string;
  flags?: string[] | undefined;
  internalFlags?: string[] | undefined;
  size: number;
}
/** vim25 HostMountInfo. */
export interface HostMountInfo {
  _type?: "HostMountInfo";
  path?: string | undefined;
  accessMode: string;
  mounted?: boolean | undefined;
  accessible?: boolean | undefined;
  inaccessibleReason?: string | undefined;
  vmknicName?: string | undefined;
  vmknicActive?: boolean | undefined;
  mountFailedReason?: string | undefined;
  numTcpConnections?: number | undefined;
}
/** vim25 HostNasVolume. */
export interface HostNasVolume extends Omit<HostFileSystemVolume, "_type"> {
  _type?: "HostNasVolume";
  remoteHost: string;
  remotePath: string;
  userName?: string | undefined;
  remoteHostNames?: string[] | undefined;
  securityType?: string | undefined;
  protocolEndpoint?: boolean | undefined;
}
/** vim25 HostNetCapabilities. */
export interface HostNetCapabilities {
  _type?: "HostNetCapabilities";
  canSetPhysicalNicLinkSpeed: boolean;
  supportsNicTeaming: boolean;
  nicTeamingPolicy?: string[] | undefined;
  supportsVlan: boolean;
  usesServiceConsoleNic: boolean;
  supportsNetworkHints: boolean;
  maxPortGroupsPerVswitch?: number | undefined;
  vswitchConfigSupported: boolean;
  vnicConfigSupported: boolean;
  ipRouteConfigSupported: boolean;
  dnsConfigSupported: boolean;
  dhcpOnVnicSupported: boolean;
  ipV6Supported?: boolean | undefined;
  backupNfcNiocSupported?: boolean | undefined;
}
/** vim25 HostNetOffloadCapabilities. */
export interface HostNetOffloadCapabilities {
  _type?: "HostNetOffloadCapabilities";
  csumOffload?: boolean | undefined;
  tcpSegmentation?: boolean | undefined;
  zeroCopyXmit?: boolean | undefined;
}
/** vim25 HostNetworkConfig. */
export interface HostNetworkConfig {
  _type?: "HostNetworkConfig";
  vswitch?: HostVirtualSwitchConfig[] | undefined;
  proxySwitch?: unknown[] | undefined;
  portgroup?: HostPortGroupConfig[] | undefined;
  pnic?: PhysicalNicConfig[] | undefined;
  vnic?: HostVirtualNicConfig[] | undefined;
  consoleVnic?: HostVirtualNicConfig[] | undefined;
  dnsConfig?: HostDnsConfig | undefined;
  ipRouteConfig?: HostIpRouteConfig | undefined;
  consoleIpRouteConfig?: HostIpRouteConfig | undefined;
  routeTableConfig?: HostIpRouteTableConfig | undefined;
  dhcp?: unknown[] | undefined;
  nat?: unknown[] | undefined;
  ipV6Enabled?: boolean | undefined;
  netStackSpec?: unknown[] | undefined;
  migrationStatus?: string | undefined;
}
/** vim25 HostNetworkInfo. */
export interface HostNetworkInfo {
  _type?: "HostNetworkInfo";
  vswitch?: HostVirtualSwitch[] | undefined;
  proxySwitch?: HostProxySwitch[] | undefined;
  portgroup?: HostPortGroup[] | undefined;
  pnic?: PhysicalNic[] | undefined;
  rdmaDevice?: HostRdmaDevice[] | undefined;
  vnic?: HostVirtualNic[] | undefined;
  consoleVnic?: HostVirtualNic[] | undefined;
  dnsConfig?: HostDnsConfig | undefined;
  ipRouteConfig?: HostIpRouteConfig | undefined;
  consoleIpRouteConfig?: HostIpRouteConfig | undefined;
  routeTableInfo?: HostIpRouteTableInfo | undefined;
  dhcp?: unknown[] | undefined;
  nat?: unknown[] | undefined;
  ipV6Enabled?: boolean | undefined;
  atBootIpV6Enabled?: boolean | undefined;
  netStackInstance?: unknown[] | undefined;
  opaqueSwitch?: unknown[] | undefined;
  opaqueNetwork?: unknown[] | undefined;
  nsxTransportNodeId?: string | undefined;
  nvdsToVdsMigrationRequired?: boolean | undefined;
  migrationStatus?: string | undefined;
}
/** vim25 HostNetworkPolicy. */
export interface HostNetworkPolicy {
  _type?: "HostNetworkPolicy";
  security?: HostNetworkSecurityPolicy | undefined;
  nicTeaming?: HostNicTeamingPolicy | undefined;
  offloadPolicy?: HostNetOffloadCapabilities | undefined;
  shapingPolicy?: HostNetworkTrafficShapingPolicy | undefined;
}
/** vim25 HostNetworkResourceRuntime. */
export interface HostNetworkResourceRuntime {
  _type?: "HostNetworkResourceRuntime";
  pnicResourceInfo?: HostPnicNetworkResourceInfo[] | undefined;
}
/** vim25 HostNetworkSecurityPolicy. */
export interface HostNetworkSecurityPolicy {
  _type?: "HostNetworkSecurityPolicy";
  allowPromiscuous?: boolean | undefined;
  macChanges?: boolean | undefined;
  forgedTransmits?: boolean | undefined;
}
/** vim25 HostNetworkTrafficShapingPolicy. */
export interface HostNetworkTrafficShapingPolicy {
  _type?: "HostNetworkTrafficShapingPolicy";
  enabled?: boolean | undefined;
  averageBandwidth?: number | undefined;
  peakBandwidth?: number | undefined;
  burstSize?: number | undefined;
}
/** vim25 HostNicFailureCriteria. */
export interface HostNicFailureCriteria {
  _type?: "HostNicFailureCriteria";
  checkSpeed?: string | undefined;
  speed?: number | undefined;
  checkDuplex?: boolean | undefined;
  fullDuplex?: boolean | undefined;
  checkErrorPercent?: boolean | undefined;
  percentage?: number | undefined;
  checkBeacon?: boolean | undefined;
}
/** vim25 HostNicOrderPolicy. */
export interface HostNicOrderPolicy {
  _type?: "HostNicOrderPolicy";
  activeNic?: string[] | undefined;
  standbyNic?: string[] | undefined;
}
/** vim25 HostNicTeamingPolicy. */
export interface HostNicTeamingPolicy {
  _type?: "HostNicTeamingPolicy";
  policy?: string | undefined;
  reversePolicy?: boolean | undefined;
  notifySwitches?: boolean | undefined;
  rollingOrder?: boolean | undefined;
  failureCriteria?: HostNicFailureCriteria | undefined;
  nicOrder?: HostNicOrderPolicy | undefined;
}
/** vim25 HostNotConnected. */
export interface HostNotConnected extends Omit<HostCommunication, "_type"> {
  _type?: "HostNotConnected";
}
/** vim25 HostNotReachable. */
export interface HostNotReachable extends Omit<HostCommunication, "_type"> {
  _type?: "HostNotReachable";
}
/** vim25 HostNtpConfig. */
export interface HostNtpConfig {
  _type?: "HostNtpConfig";
  server?: string[] | undefined;
  configFile?: string[] | undefined;
}
/** vim25 HostNumericSensorInfo. */
export interface HostNumericSensorInfo {
  _type?: "HostNumericSensorInfo";
  name: string;
  healthState?: AnyElementDescription | undefined;
  currentReading: number;
  unitModifier: number;
  baseUnits: string;
  rateUnits?: string | undefined;
  sensorType: string;
  id?: string | undefined;
  sensorNumber?: number | undefined;
  timeStamp?: string | undefined;
  fru?: HostFru | undefined;
}
/** vim25 HostPartialMaintenanceModeRuntimeInfo. */
export interface HostPartialMaintenanceModeRuntimeInfo {
  _type?: "HostPartialMaintenanceModeRuntimeInfo";
  key: string;
  hostStatus: string;
}
/** vim25 HostPciDevice. */
export interface HostPciDevice {
  _type?: "HostPciDevice";
  id: string;
  classId: number;
  bus: number;
  slot: number;
  physicalSlot?: number | undefined;
  slotDescription?: string | undefined;
  function: number;
  vendorId: number;
  subVendorId: number;
  vendorName: string;
  deviceId: number;
  subDeviceId: number;
  parentBridge?: string | undefined;
  deviceName: string;
  deviceClassName?: string | undefined;
}
/** vim25 HostPersistentMemoryInfo. */
export interface HostPersistentMemoryInfo {
  _type?: "HostPersistentMemoryInfo";
  capacityInMB?: number | undefined;
  volumeUUID?: string | undefined;
}
/** vim25 HostPlacedVirtualNicIdentifier. */
export interface HostPlacedVirtualNicIdentifier {
  _type?: "HostPlacedVirtualNicIdentifier";
  vm: MoRef;
  vnicKey: string;
  reservation?: number | undefined;
}
/** vim25 HostPnicNetworkResourceInfo. */
export interface HostPnicNetworkResourceInfo {
  _type?: "HostPnicNetworkResourceInfo";
  pnicDevice: string;
  availableBandwidthForVMTraffic?: number | undefined;
  unusedBandwidthForVMTraffic?: number | undefined;
  placedVirtualNics?: HostPlacedVirtualNicIdentifier[] | undefined;
}
/** vim25 HostPortGroup. */
export interface HostPortGroup {
  _type?: "HostPortGroup";
  key?: string | undefined;
  port?: HostPortGroupPort[] | undefined;
  vswitch?: string | undefined;
  computedPolicy: HostNetworkPolicy;
  spec: HostPortGroupSpec;
}
/** vim25 HostPortGroupConfig. */
export interface HostPortGroupConfig {
  _type?: "HostPortGroupConfig";
  changeOperation?: string | undefined;
  spec?: HostPortGroupSpec | undefined;
}
/** vim25 HostPortGroupPort. */
export interface HostPortGroupPort {
  _type?: "HostPortGroupPort";
  key?: string | undefined;
  mac?: string[] | undefined;
  type: string;
}
/** vim25 HostPortGroupSpec. */
export interface HostPortGroupSpec {
  _type?: "HostPortGroupSpec";
  name: string;
  vlanId: number;
  vswitchName: string;
  policy: HostNetworkPolicy;
}
/** vim25 HostPosixAccountSpec. */
export interface HostPosixAccountSpec extends Omit<HostAccountSpec, "_type"> {
  _type?: "HostPosixAccountSpec";
  posixId?: number | undefined;
  shellAccess?: boolean | undefined;
}
/** vim25 HostPowerPolicy. */
export interface HostPowerPolicy {
  _type?: "HostPowerPolicy";
  key: number;
  name: string;
  shortName: string;
  description: string;
}
/** vim25 HostProxySwitch. */
export interface HostProxySwitch {
  _type?: "HostProxySwitch";
  dvsUuid: string;
  dvsName: string;
  key: string;
  numPorts: number;
  configNumPorts?: number | undefined;
  numPortsAvailable: number;
  networkReservationSupported?: boolean | undefined;
  uplinkPort?: KeyValue[] | undefined;
  mtu?: number | undefined;
  pnic?: string[] | undefined;
  spec: HostProxySwitchSpec;
}
/** vim25 HostProxySwitchSpec. */
export interface HostProxySwitchSpec {
  _type?: "HostProxySwitchSpec";
  backing?: AnyDistributedVirtualSwitchHostMemberBacking | undefined;
}
/** vim25 HostQualifiedName. */
export interface HostQualifiedName {
  _type?: "HostQualifiedName";
  value: string;
  type: string;
}
/** vim25 HostRdmaDevice. */
export interface HostRdmaDevice {
  _type?: "HostRdmaDevice";
  key: string;
  device: string;
  driver?: string | undefined;
  description?: string | undefined;
  backing?: HostRdmaDeviceBacking | undefined;
  connectionInfo: HostRdmaDeviceConnectionInfo;
  capability: HostRdmaDeviceCapability;
}
/** vim25 HostRdmaDeviceBacking. */
export interface HostRdmaDeviceBacking {
  _type?: "HostRdmaDeviceBacking";
}
/** vim25 HostRdmaDeviceCapability. */
export interface HostRdmaDeviceCapability {
  _type?: "HostRdmaDeviceCapability";
  roceV1Capable: boolean;
  roceV2Capable: boolean;
  iWarpCapable: boolean;
}
/** vim25 HostRdmaDeviceConnectionInfo. */
export interface HostRdmaDeviceConnectionInfo {
  _type?: "HostRdmaDeviceConnectionInfo";
  state: string;
  mtu: number;
  speedInMbps: number;
}
/** vim25 HostReliableMemoryInfo. */
export interface HostReliableMemoryInfo {
  _type?: "HostReliableMemoryInfo";
  memorySize: number;
}
/** vim25 HostRuntimeInfo. */
export interface HostRuntimeInfo {
  _type?: "HostRuntimeInfo";
  connectionState: HostSystemConnectionState;
  powerState: HostSystemPowerState;
  standbyMode?: string | undefined;
  inMaintenanceMode: boolean;
  inQuarantineMode?: boolean | undefined;
  bootTime?: string | undefined;
  healthSystemRuntime?: HealthSystemRuntime | undefined;
  dasHostState?: unknown;
  tpmPcrValues?: unknown[] | undefined;
  vsanRuntimeInfo?: unknown;
  networkRuntimeInfo?: HostRuntimeInfoNetworkRuntimeInfo | undefined;
  vFlashResourceRuntimeInfo?: unknown;
  hostMaxVirtualDiskCapacity?: number | undefined;
  cryptoState?: string | undefined;
  cryptoKeyId?: unknown;
  statelessNvdsMigrationReady?: string | undefined;
  partialMaintenanceMode?: HostPartialMaintenanceModeRuntimeInfo[] | undefined;
  stateEncryption?: unknown;
}
/** vim25 HostRuntimeInfoNetworkRuntimeInfo. */
export interface HostRuntimeInfoNetworkRuntimeInfo {
  _type?: "HostRuntimeInfoNetworkRuntimeInfo";
  netStackInstanceRuntimeInfo?: unknown[] | undefined;
  networkResourceRuntime?: HostNetworkResourceRuntime | undefined;
}
/** vim25 HostScsiDisk. */
export interface HostScsiDisk extends Omit<ScsiLun, "_type"> {
  _type?: "HostScsiDisk";
  capacity: HostDiskDimensionsLba;
  devicePath: string;
  ssd?: boolean | undefined;
  localDisk?: boolean | undefined;
  physicalLocation?: string[] | undefined;
  emulatedDIXDIFEnabled?: boolean | undefined;
  vsanDiskInfo?: unknown;
  scsiDiskType?: string | undefined;
  usedByMemoryTiering?: boolean | undefined;
}
/** vim25 HostScsiDiskPartition. */
export interface HostScsiDiskPartition {
  _type?: "HostScsiDiskPartition";
  diskName: string;
  partition: number;
}
/** vim25 HostService. */
export interface HostService {
  _type?: "HostService";
  key: string;
  label: string;
  required: boolean;
  uninstallable: boolean;
  running: boolean;
  ruleset?: string[] | undefined;
  policy: string;
  sourcePackage?: HostServiceSourcePackage | undefined;
}
/** vim25 HostServiceInfo. */
export interface HostServiceInfo {
  _type?: "HostServiceInfo";
  service?: HostService[] | undefined;
}
/** vim25 HostServiceSourcePackage. */
export interface HostServiceSourcePackage {
  _type?: "HostServiceSourcePackage";
  sourcePackageName: string;
  description: string;
}
/** vim25 HostSslThumbprintInfo. */
export interface HostSslThumbprintInfo {
  _type?: "HostSslThumbprintInfo";
  principal: string;
  ownerTag?: string | undefined;
  sslThumbprints?: string[] | undefined;
}
/** vim25 HostStorageDeviceInfo. */
export interface HostStorageDeviceInfo {
  _type?: "HostStorageDeviceInfo";
  hostBusAdapter?: HostHostBusAdapter[] | undefined;
  scsiLun?: AnyScsiLun[] | undefined;
  scsiTopology?: unknown;
  nvmeTopology?: unknown;
  multipathInfo?: unknown;
  plugStoreTopology?: unknown;
  softwareInternetScsiEnabled: boolean;
}
/** vim25 HostSystemComplianceCheckState. */
export interface HostSystemComplianceCheckState {
  _type?: "HostSystemComplianceCheckState";
  state: string;
  checkTime: string;
}
/** vim25 HostSystemHealthInfo. */
export interface HostSystemHealthInfo {
  _type?: "HostSystemHealthInfo";
  numericSensorInfo?: HostNumericSensorInfo[] | undefined;
}
/** vim25 HostSystemIdentificationInfo. */
export interface HostSystemIdentificationInfo {
  _type?: "HostSystemIdentificationInfo";
  identifierValue: string;
  identifierType: AnyElementDescription;
}
/** vim25 HostSystemInfo. */
export interface HostSystemInfo {
  _type?: "HostSystemInfo";
  vendor: string;
  model: string;
  family?: string | undefined;
  uuid: string;
  otherIdentifyingInfo?: HostSystemIdentificationInfo[] | undefined;
  serialNumber?: string | undefined;
  qualifiedName?: HostQualifiedName[] | undefined;
  vvolHostNQN?: HostQualifiedName | undefined;
  vvolHostId?: string | undefined;
  bootCommandLine?: string | undefined;
}
/** vim25 HostSystemRemediationState. */
export interface HostSystemRemediationState {
  _type?: "HostSystemRemediationState";
  state: string;
  operationTime: string;
}
/** vim25 HostTdxInfo. */
export interface HostTdxInfo {
  _type?: "HostTdxInfo";
  tdxState: string;
  numTDXPrivateKeyIDs: number;
}
/** vim25 HostVirtualNic. */
export interface HostVirtualNic {
  _type?: "HostVirtualNic";
  device: string;
  key: string;
  portgroup: string;
  spec: HostVirtualNicSpec;
  port?: string | undefined;
  owner?: string | undefined;
}
/** vim25 HostVirtualNicConfig. */
export interface HostVirtualNicConfig {
  _type?: "HostVirtualNicConfig";
  changeOperation?: string | undefined;
  device?: string | undefined;
  portgroup: string;
  spec?: HostVirtualNicSpec | undefined;
}
/** vim25 HostVirtualNicIpRouteSpec. */
export interface HostVirtualNicIpRouteSpec {
  _type?: "HostVirtualNicIpRouteSpec";
  ipRouteConfig?: HostIpRouteConfig | undefined;
}
/** vim25 HostVirtualNicManagerInfo. */
export interface HostVirtualNicManagerInfo {
  _type?: "HostVirtualNicManagerInfo";
  netConfig?: VirtualNicManagerNetConfig[] | undefined;
}
/** vim25 HostVirtualNicOpaqueNetworkSpec. */
export interface HostVirtualNicOpaqueNetworkSpec {
  _type?: "HostVirtualNicOpaqueNetworkSpec";
  opaqueNetworkId: string;
  opaqueNetworkType: string;
}
/** vim25 HostVirtualNicSpec. */
export interface HostVirtualNicSpec {
  _type?: "HostVirtualNicSpec";
  ip?: HostIpConfig | undefined;
  mac?: string | undefined;
  distributedVirtualPort?: DistributedVirtualSwitchPortConnection | undefined;
  portgroup?: string | undefined;
  mtu?: number | undefined;
  tsoEnabled?: boolean | undefined;
  netStackInstanceKey?: string | undefined;
  opaqueNetwork?: HostVirtualNicOpaqueNetworkSpec | undefined;
  externalId?: string | undefined;
  pinnedPnic?: string | undefined;
  ipRouteSpec?: HostVirtualNicIpRouteSpec | undefined;
  systemOwned?: boolean | undefined;
  dpuId?: string | undefined;
}
/** vim25 HostVirtualSwitch. */
export interface HostVirtualSwitch {
  _type?: "HostVirtualSwitch";
  name: string;
  key: string;
  numPorts: number;
  numPortsAvailable: number;
  mtu?: number | undefined;
  portgroup?: string[] | undefined;
  pnic?: string[] | undefined;
  spec: HostVirtualSwitchSpec;
}
/** vim25 HostVirtualSwitchAutoBridge. */
export interface HostVirtualSwitchAutoBridge extends Omit<HostVirtualSwitchBridge, "_type"> {
  _type?: "HostVirtualSwitchAutoBridge";
  excludedNicDevice?: string[] | undefined;
}
/** vim25 HostVirtualSwitchBeaconConfig. */
export interface HostVirtualSwitchBeaconConfig {
  _type?: "HostVirtualSwitchBeaconConfig";
  interval: number;
}
/** vim25 HostVirtualSwitchBondBridge. */
export interface HostVirtualSwitchBondBridge extends Omit<HostVirtualSwitchBridge, "_type"> {
  _type?: "HostVirtualSwitchBondBridge";
  nicDevice?: string[] | undefined;
  beacon?: HostVirtualSwitchBeaconConfig | undefined;
  linkDiscoveryProtocolConfig?: unknown;
}
/** vim25 HostVirtualSwitchBridge. */
export interface HostVirtualSwitchBridge {
  _type?: "HostVirtualSwitchBridge";
}
/** {@link HostVirtualSwitchBridge} or a type that extends it. */
export type AnyHostVirtualSwitchBridge =
  | HostVirtualSwitchBridge
  | Sub<HostVirtualSwitchAutoBridge>
  | Sub<HostVirtualSwitchBondBridge>
  | Sub<HostVirtualSwitchSimpleBridge>;
/** vim25 HostVirtualSwitchConfig. */
export interface HostVirtualSwitchConfig {
  _type?: "HostVirtualSwitchConfig";
  changeOperation?: string | undefined;
  name: string;
  spec?: HostVirtualSwitchSpec | undefined;
}
/** vim25 HostVirtualSwitchSimpleBridge. */
export interface HostVirtualSwitchSimpleBridge extends Omit<HostVirtualSwitchBridge, "_type"> {
  _type?: "HostVirtualSwitchSimpleBridge";
  nicDevice: string;
}
/** vim25 HostVirtualSwitchSpec. */
export interface HostVirtualSwitchSpec {
  _type?: "HostVirtualSwitchSpec";
  numPorts: number;
  bridge?: AnyHostVirtualSwitchBridge | undefined;
  policy?: HostNetworkPolicy | undefined;
  mtu?: number | undefined;
}
/** vim25 HostVmfsVolume. */
export interface HostVmfsVolume extends Omit<HostFileSystemVolume, "_type"> {
  _type?: "HostVmfsVolume";
  blockSizeMb: number;
  blockSize?: number | undefined;
  unmapGranularity?: number | undefined;
  unmapPriority?: string | undefined;
  unmapBandwidthSpec?: VmfsUnmapBandwidthSpec | undefined;
  maxBlocks: number;
  majorVersion: number;
  version: string;
  uuid: string;
  extent?: HostScsiDiskPartition[] | undefined;
  vmfsUpgradable: boolean;
  forceMountedInfo?: HostForceMountedInfo | undefined;
  ssd?: boolean | undefined;
  local?: boolean | undefined;
  scsiDiskType?: string | undefined;
}
/** vim25 HttpFault. */
export interface HttpFault extends Omit<VimFault, "_type"> {
  _type?: "HttpFault";
  statusCode: number;
  statusMessage: string;
}
/** vim25 ID. */
export interface ID {
  _type?: "ID";
  id: string;
}
/** vim25 IORMNotSupportedHostOnDatastore. */
export interface IORMNotSupportedHostOnDatastore extends Omit<VimFault, "_type"> {
  _type?: "IORMNotSupportedHostOnDatastore";
  datastore: MoRef;
  datastoreName: string;
  host?: MoRef[] | undefined;
}
/** vim25 InaccessibleDatastore. */
export interface InaccessibleDatastore extends Omit<InvalidDatastore, "_type"> {
  _type?: "InaccessibleDatastore";
  detail?: string | undefined;
}
/** vim25 InheritablePolicy. */
export interface InheritablePolicy {
  _type?: "InheritablePolicy";
  inherited: boolean;
}
/** {@link InheritablePolicy} or a type that extends it. */
export type AnyInheritablePolicy =
  | InheritablePolicy
  | Sub<BoolPolicy>
  | Sub<IntPolicy>
  | Sub<StringPolicy>
  | Sub<VMwareUplinkLacpPolicy>
  | Sub<VmwareDistributedVirtualSwitchVlanIdSpec>
  | Sub<VmwareDistributedVirtualSwitchVlanSpec>;
/** vim25 InsufficientCpuResourcesFault. */
export interface InsufficientCpuResourcesFault extends Omit<InsufficientResourcesFault, "_type"> {
  _type?: "InsufficientCpuResourcesFault";
  unreserved: number;
  requested: number;
}
/** vim25 InsufficientDisks. */
export interface InsufficientDisks extends Omit<VsanDiskFault, "_type"> {
  _type?: "InsufficientDisks";
}
/** vim25 InsufficientMemoryResourcesFault. */
export interface InsufficientMemoryResourcesFault extends Omit<
  InsufficientResourcesFault,
  "_type"
> {
  _type?: "InsufficientMemoryResourcesFault";
  unreserved: number;
  requested: number;
}
/** vim25 InsufficientResourcesFault. */
export interface InsufficientResourcesFault extends Omit<VimFault, "_type"> {
  _type?: "InsufficientResourcesFault";
}
/** {@link InsufficientResourcesFault} or a type that extends it. */
export type AnyInsufficientResourcesFault =
  | InsufficientResourcesFault
  | Sub<InsufficientCpuResourcesFault>
  | Sub<InsufficientMemoryResourcesFault>;
/** vim25 IntOption. */
export interface IntOption extends Omit<OptionType, "_type"> {
  _type?: "IntOption";
  min: number;
  max: number;
  defaultValue: number;
}
/** vim25 IntPolicy. */
export interface IntPolicy extends Omit<InheritablePolicy, "_type"> {
  _type?: "IntPolicy";
  value?: number | undefined;
}
/** vim25 InvalidArgument. */
export interface InvalidArgument extends Omit<RuntimeFault, "_type"> {
  _type?: "InvalidArgument";
  invalidProperty?: string | undefined;
}
/** {@link InvalidArgument} or a type that extends it. */
export type AnyInvalidArgument = InvalidArgument | Sub<InvalidIndexArgument>;
/** vim25 InvalidBmcRole. */
export interface InvalidBmcRole extends Omit<VimFault, "_type"> {
  _type?: "InvalidBmcRole";
}
/** vim25 InvalidCollectorVersion. */
export interface InvalidCollectorVersion extends Omit<MethodFault, "_type"> {
  _type?: "InvalidCollectorVersion";
}
/** vim25 InvalidController. */
export interface InvalidController extends Omit<InvalidDeviceSpec, "_type"> {
  _type?: "InvalidController";
  controllerKey: number;
}
/** vim25 InvalidDatastore. */
export interface InvalidDatastore extends Omit<VimFault, "_type"> {
  _type?: "InvalidDatastore";
  datastore?: MoRef | undefined;
  name?: string | undefined;
}
/** {@link InvalidDatastore} or a type that extends it. */
export type AnyInvalidDatastore =
  | InvalidDatastore
  | Sub<DatastoreNotWritableOnHost>
  | Sub<InaccessibleDatastore>
  | Sub<InvalidDatastorePath>;
/** vim25 InvalidDatastorePath. */
export interface InvalidDatastorePath extends Omit<InvalidDatastore, "_type"> {
  _type?: "InvalidDatastorePath";
  datastorePath: string;
}
/** vim25 InvalidDatastoreState. */
export interface InvalidDatastoreState extends Omit<InvalidState, "_type"> {
  _type?: "InvalidDatastoreState";
  datastoreName?: string | undefined;
}
/** vim25 InvalidDeviceBacking. */
export interface InvalidDeviceBacking extends Omit<InvalidDeviceSpec, "_type"> {
  _type?: "InvalidDeviceBacking";
}
/** vim25 InvalidDeviceOperation. */
export interface InvalidDeviceOperation extends Omit<InvalidDeviceSpec, "_type"> {
  _type?: "InvalidDeviceOperation";
  badOp?: VirtualDeviceConfigSpecOperation | undefined;
  badFileOp?: VirtualDeviceConfigSpecFileOperation | undefined;
}
/** vim25 InvalidDeviceSpec. */
export interface InvalidDeviceSpec extends Omit<InvalidVmConfig, "_type"> {
  _type?: "InvalidDeviceSpec";
  deviceIndex: number;
}
/** {@link InvalidDeviceSpec} or a type that extends it. */
export type AnyInvalidDeviceSpec =
  | InvalidDeviceSpec
  | Sub<DeviceHotPlugNotSupported>
  | Sub<DeviceNotFound>
  | Sub<DeviceUnsupportedForVmPlatform>
  | Sub<DeviceUnsupportedForVmVersion>
  | Sub<InvalidController>
  | Sub<InvalidDeviceBacking>
  | Sub<InvalidDeviceOperation>
  | Sub<MissingController>;
/** vim25 InvalidEvent. */
export interface InvalidEvent extends Omit<VimFault, "_type"> {
  _type?: "InvalidEvent";
}
/** vim25 InvalidFolder. */
export interface InvalidFolder extends Omit<VimFault, "_type"> {
  _type?: "InvalidFolder";
  target: MoRef;
}
/** vim25 InvalidGuestLogin. */
export interface InvalidGuestLogin extends Omit<GuestOperationsFault, "_type"> {
  _type?: "InvalidGuestLogin";
}
/** vim25 InvalidHostState. */
export interface InvalidHostState extends Omit<InvalidState, "_type"> {
  _type?: "InvalidHostState";
  host?: MoRef | undefined;
}
/** vim25 InvalidIndexArgument. */
export interface InvalidIndexArgument extends Omit<InvalidArgument, "_type"> {
  _type?: "InvalidIndexArgument";
  key: string;
}
/** vim25 InvalidLocale. */
export interface InvalidLocale extends Omit<VimFault, "_type"> {
  _type?: "InvalidLocale";
}
/** vim25 InvalidLogin. */
export interface InvalidLogin extends Omit<VimFault, "_type"> {
  _type?: "InvalidLogin";
}
/** vim25 InvalidName. */
export interface InvalidName extends Omit<VimFault, "_type"> {
  _type?: "InvalidName";
  name: string;
  entity?: MoRef | undefined;
}
/** vim25 InvalidPowerState. */
export interface InvalidPowerState extends Omit<InvalidState, "_type"> {
  _type?: "InvalidPowerState";
  requestedState?: VirtualMachinePowerState | undefined;
  existingState: VirtualMachinePowerState;
}
/** vim25 InvalidProperty. */
export interface InvalidProperty extends Omit<MethodFault, "_type"> {
  _type?: "InvalidProperty";
  name: string;
}
/** vim25 InvalidRequest. */
export interface InvalidRequest extends Omit<RuntimeFault, "_type"> {
  _type?: "InvalidRequest";
}
/** {@link InvalidRequest} or a type that extends it. */
export type AnyInvalidRequest = InvalidRequest | Sub<InvalidType> | Sub<MethodNotFound>;
/** vim25 InvalidState. */
export interface InvalidState extends Omit<VimFault, "_type"> {
  _type?: "InvalidState";
}
/** {@link InvalidState} or a type that extends it. */
export type AnyInvalidState =
  | InvalidState
  | Sub<InvalidDatastoreState>
  | Sub<InvalidHostState>
  | Sub<InvalidPowerState>
  | Sub<InvalidVmState>
  | Sub<NoActiveHostInCluster>
  | Sub<QuestionPending>;
/** vim25 InvalidType. */
export interface InvalidType extends Omit<InvalidRequest, "_type"> {
  _type?: "InvalidType";
  argument?: string | undefined;
}
/** vim25 InvalidVmConfig. */
export interface InvalidVmConfig extends Omit<VmConfigFault, "_type"> {
  _type?: "InvalidVmConfig";
  property?: string | undefined;
}
/** {@link InvalidVmConfig} or a type that extends it. */
export type AnyInvalidVmConfig =
  | InvalidVmConfig
  | Sub<DeviceHotPlugNotSupported>
  | Sub<DeviceNotFound>
  | Sub<DeviceUnsupportedForVmPlatform>
  | Sub<DeviceUnsupportedForVmVersion>
  | Sub<InvalidController>
  | Sub<InvalidDeviceBacking>
  | Sub<InvalidDeviceOperation>
  | Sub<InvalidDeviceSpec>
  | Sub<MissingController>;
/** vim25 InvalidVmState. */
export interface InvalidVmState extends Omit<InvalidState, "_type"> {
  _type?: "InvalidVmState";
  vm: MoRef;
}
/** vim25 IoFilterInfo. */
export interface IoFilterInfo {
  _type?: "IoFilterInfo";
  id: string;
  name: string;
  vendor: string;
  version: string;
  type?: string | undefined;
  summary?: string | undefined;
  releaseDate?: string | undefined;
}
/** {@link IoFilterInfo} or a type that extends it. */
export type AnyIoFilterInfo = IoFilterInfo | Sub<HostIoFilterInfo>;
/** vim25 IsoImageFileInfo. */
export interface IsoImageFileInfo extends Omit<FileInfo, "_type"> {
  _type?: "IsoImageFileInfo";
}
/** vim25 IsoImageFileQuery. */
export interface IsoImageFileQuery extends Omit<FileQuery, "_type"> {
  _type?: "IsoImageFileQuery";
}
/** vim25 KeyAnyValue. */
export interface KeyAnyValue {
  _type?: "KeyAnyValue";
  key: string;
  value: unknown;
}
/** vim25 KeyValue. */
export interface KeyValue {
  _type?: "KeyValue";
  key: string;
  value: string;
}
/** vim25 LatencySensitivity. */
export interface LatencySensitivity {
  _type?: "LatencySensitivity";
  level: LatencySensitivitySensitivityLevel;
  sensitivity?: number | undefined;
}
/** vim25 LicenseAssignmentManagerLicenseAssignment. */
export interface LicenseAssignmentManagerLicenseAssignment {
  _type?: "LicenseAssignmentManagerLicenseAssignment";
  entityId: string;
  scope?: string | undefined;
  entityDisplayName?: string | undefined;
  assignedLicense: LicenseManagerLicenseInfo;
  properties?: KeyAnyValue[] | undefined;
}
/** vim25 LicenseDiagnostics. */
export interface LicenseDiagnostics {
  _type?: "LicenseDiagnostics";
  sourceLastChanged: string;
  sourceLost: string;
  sourceLatency: number;
  licenseRequests: string;
  licenseRequestFailures: string;
  licenseFeatureUnknowns: string;
  opState: LicenseManagerState;
  lastStatusUpdate: string;
  opFailureMessage: string;
}
/** vim25 LicenseEntityNotFound. */
export interface LicenseEntityNotFound extends Omit<VimFault, "_type"> {
  _type?: "LicenseEntityNotFound";
  entityId: string;
}
/** vim25 LicenseManagerEvaluationInfo. */
export interface LicenseManagerEvaluationInfo {
  _type?: "LicenseManagerEvaluationInfo";
  properties?: KeyAnyValue[] | undefined;
}
/** vim25 LicenseManagerLicenseInfo. */
export interface LicenseManagerLicenseInfo {
  _type?: "LicenseManagerLicenseInfo";
  licenseKey: string;
  editionKey: string;
  name: string;
  total: number;
  used?: number | undefined;
  costUnit: string;
  properties?: KeyAnyValue[] | undefined;
  labels?: KeyValue[] | undefined;
}
/** vim25 LicenseReservationInfo. */
export interface LicenseReservationInfo {
  _type?: "LicenseReservationInfo";
  key: string;
  state: LicenseReservationInfoState;
  required: number;
}
/** vim25 LicenseSource. */
export interface LicenseSource {
  _type?: "LicenseSource";
}
/** vim25 LicenseUsageInfo. */
export interface LicenseUsageInfo {
  _type?: "LicenseUsageInfo";
  source: LicenseSource;
  sourceAvailable: boolean;
  reservationInfo?: LicenseReservationInfo[] | undefined;
  featureInfo?: unknown[] | undefined;
}
/** vim25 LimitExceeded. */
export interface LimitExceeded extends Omit<VimFault, "_type"> {
  _type?: "LimitExceeded";
  property?: string | undefined;
  limit?: number | undefined;
}
/** vim25 LinkLayerDiscoveryProtocolInfo. */
export interface LinkLayerDiscoveryProtocolInfo {
  _type?: "LinkLayerDiscoveryProtocolInfo";
  chassisId: string;
  portId: string;
  timeToLive: number;
  parameter?: KeyAnyValue[] | undefined;
}
/** vim25 LocalDatastoreInfo. */
export interface LocalDatastoreInfo extends Omit<DatastoreInfo, "_type"> {
  _type?: "LocalDatastoreInfo";
  path?: string | undefined;
}
/** vim25 LocalizableMessage. */
export interface LocalizableMessage {
  _type?: "LocalizableMessage";
  key: string;
  arg?: KeyAnyValue[] | undefined;
  message?: string | undefined;
}
/** vim25 LocalizedMethodFault. */
export interface LocalizedMethodFault {
  _type?: "LocalizedMethodFault";
  fault: AnyMethodFault;
  localizedMessage?: string | undefined;
}
/** vim25 LongOption. */
export interface LongOption extends Omit<OptionType, "_type"> {
  _type?: "LongOption";
  min: number;
  max: number;
  defaultValue: number;
}
/** vim25 ManagedByInfo. */
export interface ManagedByInfo {
  _type?: "ManagedByInfo";
  extensionKey: string;
  type: string;
}
/** vim25 ManagedEntityEventArgument. */
export interface ManagedEntityEventArgument extends Omit<EntityEventArgument, "_type"> {
  _type?: "ManagedEntityEventArgument";
  entity: MoRef;
}
/** vim25 ManagedObjectNotFound. */
export interface ManagedObjectNotFound extends Omit<RuntimeFault, "_type"> {
  _type?: "ManagedObjectNotFound";
  obj: MoRef;
}
/** vim25 MemoryHotPlugNotSupported. */
export interface MemoryHotPlugNotSupported extends Omit<VmConfigFault, "_type"> {
  _type?: "MemoryHotPlugNotSupported";
}
/** vim25 MemorySnapshotOnIndependentDisk. */
export interface MemorySnapshotOnIndependentDisk extends Omit<SnapshotFault, "_type"> {
  _type?: "MemorySnapshotOnIndependentDisk";
}
/** vim25 MethodDisabled. */
export interface MethodDisabled extends Omit<RuntimeFault, "_type"> {
  _type?: "MethodDisabled";
  source?: string | undefined;
}
/** vim25 MethodFault. */
export interface MethodFault {
  _type?: "MethodFault";
  faultCause?: LocalizedMethodFault | undefined;
  faultMessage?: LocalizableMessage[] | undefined;
}
/** {@link MethodFault} or a type that extends it. */
export type AnyMethodFault =
  | MethodFault
  | Sub<ActiveVMsBlockingEVC>
  | Sub<AlreadyExists>
  | Sub<ApplicationQuiesceFault>
  | Sub<AuthMinimumAdminPermission>
  | Sub<CannotAccessFile>
  | Sub<CannotAccessVmComponent>
  | Sub<CannotAccessVmDevice>
  | Sub<CannotAccessVmDisk>
  | Sub<CannotCreateFile>
  | Sub<CannotDeleteFile>
  | Sub<ConcurrentAccess>
  | Sub<CpuHotPlugNotSupported>
  | Sub<DatacenterMismatch>
  | Sub<DatastoreNotWritableOnHost>
  | Sub<DeviceHotPlugNotSupported>
  | Sub<DeviceNotFound>
  | Sub<DeviceNotSupported>
  | Sub<DeviceUnsupportedForVmPlatform>
  | Sub<DeviceUnsupportedForVmVersion>
  | Sub<DirectoryNotEmpty>
  | Sub<DisallowedOperationOnFailoverHost>
  | Sub<DrsDisabledOnVm>
  | Sub<DuplicateDisks>
  | Sub<DuplicateName>
  | Sub<DvsFault>
  | Sub<DvsNotAuthorized>
  | Sub<EVCConfigFault>
  | Sub<FailToLockFaultToleranceVMs>
  | Sub<FaultToleranceVmNotDasProtected>
  | Sub<FileAlreadyExists>
  | Sub<FileFault>
  | Sub<FileLocked>
  | Sub<FileNotFound>
  | Sub<FileNotWritable>
  | Sub<FileTooLarge>
  | Sub<GenericVmConfigFault>
  | Sub<GuestOperationsFault>
  | Sub<GuestOperationsUnavailable>
  | Sub<GuestPermissionDenied>
  | Sub<GuestProcessNotFound>
  | Sub<HostCommunication>
  | Sub<HostConfigFailed>
  | Sub<HostConfigFault>
  | Sub<HostConnectFault>
  | Sub<HostNotConnected>
  | Sub<HostNotReachable>
  | Sub<HttpFault>
  | Sub<IORMNotSupportedHostOnDatastore>
  | Sub<InaccessibleDatastore>
  | Sub<InsufficientCpuResourcesFault>
  | Sub<InsufficientDisks>
  | Sub<InsufficientMemoryResourcesFault>
  | Sub<InsufficientResourcesFault>
  | Sub<InvalidArgument>
  | Sub<InvalidBmcRole>
  | Sub<InvalidCollectorVersion>
  | Sub<InvalidController>
  | Sub<InvalidDatastore>
  | Sub<InvalidDatastorePath>
  | Sub<InvalidDatastoreState>
  | Sub<InvalidDeviceBacking>
  | Sub<InvalidDeviceOperation>
  | Sub<InvalidDeviceSpec>
  | Sub<InvalidEvent>
  | Sub<InvalidFolder>
  | Sub<InvalidGuestLogin>
  | Sub<InvalidHostState>
  | Sub<InvalidIndexArgument>
  | Sub<InvalidLocale>
  | Sub<InvalidLogin>
  | Sub<InvalidName>
  | Sub<InvalidPowerState>
  | Sub<InvalidProperty>
  | Sub<InvalidRequest>
  | Sub<InvalidState>
  | Sub<InvalidType>
  | Sub<InvalidVmConfig>
  | Sub<InvalidVmState>
  | Sub<LicenseEntityNotFound>
  | Sub<LimitExceeded>
  | Sub<ManagedObjectNotFound>
  | Sub<MemoryHotPlugNotSupported>
  | Sub<MemorySnapshotOnIndependentDisk>
  | Sub<MethodDisabled>
  | Sub<MethodNotFound>
  | Sub<MigrationFault>
  | Sub<MismatchedNetworkPolicies>
  | Sub<MissingController>
  | Sub<MissingNetworkIpConfig>
  | Sub<MultipleSnapshotsNotSupported>
  | Sub<NasConfigFault>
  | Sub<NetworkDisruptedAndConfigRolledBack>
  | Sub<NoActiveHostInCluster>
  | Sub<NoClientCertificate>
  | Sub<NoCompatibleDatastore>
  | Sub<NoCompatibleHost>
  | Sub<NoDiskSpace>
  | Sub<NoPermission>
  | Sub<NotADirectory>
  | Sub<NotAFile>
  | Sub<NotAuthenticated>
  | Sub<NotEnoughLicenses>
  | Sub<NotFound>
  | Sub<NotImplemented>
  | Sub<NotSupported>
  | Sub<NotSupportedHost>
  | Sub<NumVirtualCpusNotSupported>
  | Sub<OutOfBounds>
  | Sub<PatchMetadataInvalid>
  | Sub<PlatformConfigFault>
  | Sub<QuestionPending>
  | Sub<RequestCanceled>
  | Sub<ResourceInUse>
  | Sub<ResourceNotAvailable>
  | Sub<RestrictedVersion>
  | Sub<RuleViolation>
  | Sub<RuntimeFault>
  | Sub<SSLVerifyFault>
  | Sub<SSPIChallenge>
  | Sub<SecurityError>
  | Sub<SnapshotCopyNotSupported>
  | Sub<SnapshotDisabled>
  | Sub<SnapshotFault>
  | Sub<SwapDatastoreUnset>
  | Sub<SystemError>
  | Sub<TaskInProgress>
  | Sub<Timedout>
  | Sub<TooManyConcurrentNativeClones>
  | Sub<TooManySnapshotLevels>
  | Sub<ToolsInstallationInProgress>
  | Sub<ToolsUnavailable>
  | Sub<UnexpectedFault>
  | Sub<UserNotFound>
  | Sub<VAppPropertyFault>
  | Sub<VAppTaskInProgress>
  | Sub<VimFault>
  | Sub<VirtualHardwareCompatibilityIssue>
  | Sub<VirtualHardwareVersionNotSupported>
  | Sub<VmConfigFault>
  | Sub<VmToolsUpgradeFault>
  | Sub<VmValidateMaxDevice>
  | Sub<VmfsMountFault>
  | Sub<VsanDiskFault>
  | Sub<VsanFault>;
/** vim25 MethodNotFound. */
export interface MethodNotFound extends Omit<InvalidRequest, "_type"> {
  _type?: "MethodNotFound";
  receiver: MoRef;
  method: string;
}
/** vim25 MigrationEvent. */
export interface MigrationEvent extends Omit<VmEvent, "_type"> {
  _type?: "MigrationEvent";
  fault: LocalizedMethodFault;
}
/** vim25 MigrationFault. */
export interface MigrationFault extends Omit<VimFault, "_type"> {
  _type?: "MigrationFault";
}
/** {@link MigrationFault} or a type that extends it. */
export type AnyMigrationFault =
  | MigrationFault
  | Sub<DatacenterMismatch>
  | Sub<MismatchedNetworkPolicies>
  | Sub<SnapshotCopyNotSupported>
  | Sub<ToolsInstallationInProgress>;
/** vim25 MismatchedNetworkPolicies. */
export interface MismatchedNetworkPolicies extends Omit<MigrationFault, "_type"> {
  _type?: "MismatchedNetworkPolicies";
  device: string;
  backing: string;
  connected: boolean;
}
/** vim25 MissingController. */
export interface MissingController extends Omit<InvalidDeviceSpec, "_type"> {
  _type?: "MissingController";
}
/** vim25 MissingNetworkIpConfig. */
export interface MissingNetworkIpConfig extends Omit<VAppPropertyFault, "_type"> {
  _type?: "MissingNetworkIpConfig";
}
/** vim25 MissingObject. */
export interface MissingObject {
  _type?: "MissingObject";
  obj: MoRef;
  fault: LocalizedMethodFault;
}
/** vim25 MissingProperty. */
export interface MissingProperty {
  _type?: "MissingProperty";
  path: string;
  fault: LocalizedMethodFault;
}
/** vim25 MultipleSnapshotsNotSupported. */
export interface MultipleSnapshotsNotSupported extends Omit<SnapshotFault, "_type"> {
  _type?: "MultipleSnapshotsNotSupported";
}
/** vim25 NamePasswordAuthentication. */
export interface NamePasswordAuthentication extends Omit<GuestAuthentication, "_type"> {
  _type?: "NamePasswordAuthentication";
  username: string;
  password: string;
}
/** vim25 NasConfigFault. */
export interface NasConfigFault extends Omit<HostConfigFault, "_type"> {
  _type?: "NasConfigFault";
  name: string;
}
/** vim25 NasDatastoreInfo. */
export interface NasDatastoreInfo extends Omit<DatastoreInfo, "_type"> {
  _type?: "NasDatastoreInfo";
  nas?: HostNasVolume | undefined;
}
/** vim25 NetBIOSConfigInfo. */
export interface NetBIOSConfigInfo {
  _type?: "NetBIOSConfigInfo";
  mode: string;
}
/** vim25 NetDhcpConfigInfo. */
export interface NetDhcpConfigInfo {
  _type?: "NetDhcpConfigInfo";
  ipv6?: NetDhcpConfigInfoDhcpOptions | undefined;
  ipv4?: NetDhcpConfigInfoDhcpOptions | undefined;
}
/** vim25 NetDhcpConfigInfoDhcpOptions. */
export interface NetDhcpConfigInfoDhcpOptions {
  _type?: "NetDhcpConfigInfoDhcpOptions";
  enable: boolean;
  config?: KeyValue[] | undefined;
}
/** vim25 NetDnsConfigInfo. */
export interface NetDnsConfigInfo {
  _type?: "NetDnsConfigInfo";
  dhcp: boolean;
  hostName: string;
  domainName: string;
  ipAddress?: string[] | undefined;
  searchDomain?: string[] | undefined;
}
/** vim25 NetIpConfigInfo. */
export interface NetIpConfigInfo {
  _type?: "NetIpConfigInfo";
  ipAddress?: NetIpConfigInfoIpAddress[] | undefined;
  dhcp?: NetDhcpConfigInfo | undefined;
  autoConfigurationEnabled?: boolean | undefined;
}
/** vim25 NetIpConfigInfoIpAddress. */
export interface NetIpConfigInfoIpAddress {
  _type?: "NetIpConfigInfoIpAddress";
  ipAddress: string;
  prefixLength: number;
  origin?: string | undefined;
  state?: string | undefined;
  lifetime?: string | undefined;
}
/** vim25 NetIpRouteConfigInfo. */
export interface NetIpRouteConfigInfo {
  _type?: "NetIpRouteConfigInfo";
  ipRoute?: NetIpRouteConfigInfoIpRoute[] | undefined;
}
/** vim25 NetIpRouteConfigInfoGateway. */
export interface NetIpRouteConfigInfoGateway {
  _type?: "NetIpRouteConfigInfoGateway";
  ipAddress?: string | undefined;
  device?: string | undefined;
}
/** vim25 NetIpRouteConfigInfoIpRoute. */
export interface NetIpRouteConfigInfoIpRoute {
  _type?: "NetIpRouteConfigInfoIpRoute";
  network: string;
  prefixLength: number;
  gateway: NetIpRouteConfigInfoGateway;
}
/** vim25 NetworkDisruptedAndConfigRolledBack. */
export interface NetworkDisruptedAndConfigRolledBack extends Omit<VimFault, "_type"> {
  _type?: "NetworkDisruptedAndConfigRolledBack";
  host: string;
}
/** vim25 NetworkEventArgument. */
export interface NetworkEventArgument extends Omit<EntityEventArgument, "_type"> {
  _type?: "NetworkEventArgument";
  network: MoRef;
}
/** vim25 NetworkSummary. */
export interface NetworkSummary {
  _type?: "NetworkSummary";
  network?: MoRef | undefined;
  name: string;
  accessible: boolean;
  ipPoolName: string;
  ipPoolId?: number | undefined;
}
/** {@link NetworkSummary} or a type that extends it. */
export type AnyNetworkSummary = NetworkSummary | Sub<OpaqueNetworkSummary>;
/** vim25 NoActiveHostInCluster. */
export interface NoActiveHostInCluster extends Omit<InvalidState, "_type"> {
  _type?: "NoActiveHostInCluster";
  computeResource: MoRef;
}
/** vim25 NoClientCertificate. */
export interface NoClientCertificate extends Omit<VimFault, "_type"> {
  _type?: "NoClientCertificate";
}
/** vim25 NoCompatibleDatastore. */
export interface NoCompatibleDatastore extends Omit<VimFault, "_type"> {
  _type?: "NoCompatibleDatastore";
}
/** vim25 NoCompatibleHost. */
export interface NoCompatibleHost extends Omit<VimFault, "_type"> {
  _type?: "NoCompatibleHost";
  host?: MoRef[] | undefined;
  error?: LocalizedMethodFault[] | undefined;
}
/** vim25 NoDiskSpace. */
export interface NoDiskSpace extends Omit<FileFault, "_type"> {
  _type?: "NoDiskSpace";
  datastore: string;
}
/** vim25 NoPermission. */
export interface NoPermission extends Omit<SecurityError, "_type"> {
  _type?: "NoPermission";
  object?: MoRef | undefined;
  privilegeId?: string | undefined;
  missingPrivileges?: NoPermissionEntityPrivileges[] | undefined;
}
/** {@link NoPermission} or a type that extends it. */
export type AnyNoPermission = NoPermission | Sub<NotAuthenticated>;
/** vim25 NoPermissionEntityPrivileges. */
export interface NoPermissionEntityPrivileges {
  _type?: "NoPermissionEntityPrivileges";
  entity: MoRef;
  privilegeIds?: string[] | undefined;
}
/** vim25 NotADirectory. */
export interface NotADirectory extends Omit<FileFault, "_type"> {
  _type?: "NotADirectory";
}
/** vim25 NotAFile. */
export interface NotAFile extends Omit<FileFault, "_type"> {
  _type?: "NotAFile";
}
/** vim25 NotAuthenticated. */
export interface NotAuthenticated extends Omit<NoPermission, "_type"> {
  _type?: "NotAuthenticated";
}
/** vim25 NotEnoughLicenses. */
export interface NotEnoughLicenses extends Omit<RuntimeFault, "_type"> {
  _type?: "NotEnoughLicenses";
}
/** vim25 NotFound. */
export interface NotFound extends Omit<VimFault, "_type"> {
  _type?: "NotFound";
}
/** vim25 NotImplemented. */
export interface NotImplemented extends Omit<RuntimeFault, "_type"> {
  _type?: "NotImplemented";
}
/** vim25 NotSupported. */
export interface NotSupported extends Omit<RuntimeFault, "_type"> {
  _type?: "NotSupported";
}
/** vim25 NotSupportedHost. */
export interface NotSupportedHost extends Omit<HostConnectFault, "_type"> {
  _type?: "NotSupportedHost";
  productName?: string | undefined;
  productVersion?: string | undefined;
}
/** vim25 NumVirtualCpusNotSupported. */
export interface NumVirtualCpusNotSupported extends Omit<
  VirtualHardwareCompatibilityIssue,
  "_type"
> {
  _type?: "NumVirtualCpusNotSupported";
  maxSupportedVcpusDest: number;
  numCpuVm: number;
}
/** vim25 ObjectContent. */
export interface ObjectContent {
  _type?: "ObjectContent";
  obj: MoRef;
  propSet?: DynamicProperty[] | undefined;
  missingSet?: MissingProperty[] | undefined;
}
/** vim25 ObjectSpec. */
export interface ObjectSpec {
  _type?: "ObjectSpec";
  obj: MoRef;
  skip?: boolean | undefined;
  selectSet?: AnySelectionSpec[] | undefined;
}
/** vim25 ObjectUpdate. */
export interface ObjectUpdate {
  _type?: "ObjectUpdate";
  kind: ObjectUpdateKind;
  obj: MoRef;
  changeSet?: PropertyChange[] | undefined;
  missingSet?: MissingProperty[] | undefined;
}
/** vim25 OpaqueNetworkCapability. */
export interface OpaqueNetworkCapability {
  _type?: "OpaqueNetworkCapability";
  networkReservationSupported: boolean;
}
/** vim25 OpaqueNetworkSummary. */
export interface OpaqueNetworkSummary extends Omit<NetworkSummary, "_type"> {
  _type?: "OpaqueNetworkSummary";
  opaqueNetworkId: string;
  opaqueNetworkType: string;
}
/** vim25 OpaqueNetworkTargetInfo. */
export interface OpaqueNetworkTargetInfo extends Omit<VirtualMachineTargetInfo, "_type"> {
  _type?: "OpaqueNetworkTargetInfo";
  network: OpaqueNetworkSummary;
  networkReservationSupported?: boolean | undefined;
}
/** vim25 OptionDef. */
export interface OptionDef extends Omit<ElementDescription, "_type"> {
  _type?: "OptionDef";
  optionType: AnyOptionType;
}
/** vim25 OptionType. */
export interface OptionType {
  _type?: "OptionType";
  valueIsReadonly?: boolean | undefined;
}
/** {@link OptionType} or a type that extends it. */
export type AnyOptionType =
  | OptionType
  | Sub<BoolOption>
  | Sub<ChoiceOption>
  | Sub<FloatOption>
  | Sub<IntOption>
  | Sub<LongOption>
  | Sub<StringOption>;
/** vim25 OptionValue. */
export interface OptionValue {
  _type?: "OptionValue";
  key: string;
  value: unknown;
}
/** vim25 OutOfBounds. */
export interface OutOfBounds extends Omit<VimFault, "_type"> {
  _type?: "OutOfBounds";
  argumentName: string;
}
/** vim25 ParaVirtualSCSIController. */
export interface ParaVirtualSCSIController extends Omit<VirtualSCSIController, "_type"> {
  _type?: "ParaVirtualSCSIController";
}
/** vim25 PatchMetadataInvalid. */
export interface PatchMetadataInvalid extends Omit<VimFault, "_type"> {
  _type?: "PatchMetadataInvalid";
  patchID: string;
  metaData?: string[] | undefined;
}
/** vim25 PerfCompositeMetric. */
export interface PerfCompositeMetric {
  _type?: "PerfCompositeMetric";
  entity?: AnyPerfEntityMetricBase | undefined;
  childEntity?: AnyPerfEntityMetricBase[] | undefined;
}
/** vim25 PerfCounterInfo. */
export interface PerfCounterInfo {
  _type?: "PerfCounterInfo";
  key: number;
  nameInfo: AnyElementDescription;
  groupInfo: AnyElementDescription;
  unitInfo: AnyElementDescription;
  rollupType: PerfSummaryType;
  statsType: PerfStatsType;
  level?: number | undefined;
  perDeviceLevel?: number | undefined;
  associatedCounterId?: number[] | undefined;
}
/** vim25 PerfEntityMetric. */
export interface PerfEntityMetric extends Omit<PerfEntityMetricBase, "_type"> {
  _type?: "PerfEntityMetric";
  sampleInfo?: PerfSampleInfo[] | undefined;
  value?: AnyPerfMetricSeries[] | undefined;
}
/** vim25 PerfEntityMetricBase. */
export interface PerfEntityMetricBase {
  _type?: "PerfEntityMetricBase";
  entity: MoRef;
}
/** {@link PerfEntityMetricBase} or a type that extends it. */
export type AnyPerfEntityMetricBase =
  PerfEntityMetricBase | Sub<PerfEntityMetric> | Sub<PerfEntityMetricCSV>;
/** vim25 PerfEntityMetricCSV. */
export interface PerfEntityMetricCSV extends Omit<PerfEntityMetricBase, "_type"> {
  _type?: "PerfEntityMetricCSV";
  sampleInfoCSV: string;
  value?: PerfMetricSeriesCSV[] | undefined;
}
/** vim25 PerfInterval. */
export interface PerfInterval {
  _type?: "PerfInterval";
  key: number;
  samplingPeriod: number;
  name: string;
  length: number;
  level?: number | undefined;
  enabled: boolean;
}
/** vim25 PerfMetricId. */
export interface PerfMetricId {
  _type?: "PerfMetricId";
  counterId: number;
  instance: string;
}
/** vim25 PerfMetricIntSeries. */
export interface PerfMetricIntSeries extends Omit<PerfMetricSeries, "_type"> {
  _type?: "PerfMetricIntSeries";
  value?: number[] | undefined;
}
/** vim25 PerfMetricSeries. */
export interface PerfMetricSeries {
  _type?: "PerfMetricSeries";
  id: PerfMetricId;
}
/** {@link PerfMetricSeries} or a type that extends it. */
export type AnyPerfMetricSeries =
  PerfMetricSeries | Sub<PerfMetricIntSeries> | Sub<PerfMetricSeriesCSV>;
/** vim25 PerfMetricSeriesCSV. */
export interface PerfMetricSeriesCSV extends Omit<PerfMetricSeries, "_type"> {
  _type?: "PerfMetricSeriesCSV";
  value?: string | undefined;
}
/** vim25 PerfProviderSummary. */
export interface PerfProviderSummary {
  _type?: "PerfProviderSummary";
  entity: MoRef;
  currentSupported: boolean;
  summarySupported: boolean;
  refreshRate?: number | undefined;
}
/** vim25 PerfQuerySpec. */
export interface PerfQuerySpec {
  _type?: "PerfQuerySpec";
  entity: MoRef;
  startTime?: string | undefined;
  endTime?: string | undefined;
  maxSample?: number | undefined;
  metricId?: PerfMetricId[] | undefined;
  intervalId?: number | undefined;
  format?: string | undefined;
}
/** vim25 PerfSampleInfo. */
export interface PerfSampleInfo {
  _type?: "PerfSampleInfo";
  timestamp: string;
  interval: number;
}
/** vim25 PerformanceDescription. */
export interface PerformanceDescription {
  _type?: "PerformanceDescription";
  counterType?: AnyElementDescription[] | undefined;
  statsType?: AnyElementDescription[] | undefined;
}
/** vim25 Permission. */
export interface Permission {
  _type?: "Permission";
  entity?: MoRef | undefined;
  principal: string;
  group: boolean;
  roleId: number;
  propagate: boolean;
}
/** vim25 PhysicalNic. */
export interface PhysicalNic {
  _type?: "PhysicalNic";
  key?: string | undefined;
  device: string;
  pci: string;
  driver?: string | undefined;
  driverVersion?: string | undefined;
  firmwareVersion?: string | undefined;
  linkSpeed?: PhysicalNicLinkInfo | undefined;
  validLinkSpecification?: PhysicalNicLinkInfo[] | undefined;
  spec: PhysicalNicSpec;
  wakeOnLanSupported: boolean;
  mac: string;
  fcoeConfiguration?: unknown;
  vmDirectPathGen2Supported?: boolean | undefined;
  vmDirectPathGen2SupportedMode?: string | undefined;
  resourcePoolSchedulerAllowed?: boolean | undefined;
  resourcePoolSchedulerDisallowedReason?: string[] | undefined;
  autoNegotiateSupported?: boolean | undefined;
  enhancedNetworkingStackSupported?: boolean | undefined;
  ensInterruptSupported?: boolean | undefined;
  rdmaDevice?: string | undefined;
  dpuId?: string | undefined;
}
/** vim25 PhysicalNicCdpDeviceCapability. */
export interface PhysicalNicCdpDeviceCapability {
  _type?: "PhysicalNicCdpDeviceCapability";
  router: boolean;
  transparentBridge: boolean;
  sourceRouteBridge: boolean;
  networkSwitch: boolean;
  host: boolean;
  igmpEnabled: boolean;
  repeater: boolean;
}
/** vim25 PhysicalNicCdpInfo. */
export interface PhysicalNicCdpInfo {
  _type?: "PhysicalNicCdpInfo";
  cdpVersion?: number | undefined;
  timeout?: number | undefined;
  ttl?: number | undefined;
  samples?: number | undefined;
  devId?: string | undefined;
  address?: string | undefined;
  portId?: string | undefined;
  deviceCapability?: PhysicalNicCdpDeviceCapability | undefined;
  softwareVersion?: string | undefined;
  hardwarePlatform?: string | undefined;
  ipPrefix?: string | undefined;
  ipPrefixLen?: number | undefined;
  vlan?: number | undefined;
  fullDuplex?: boolean | undefined;
  mtu?: number | undefined;
  systemName?: string | undefined;
  systemOID?: string | undefined;
  mgmtAddr?: string | undefined;
  location?: string | undefined;
}
/** vim25 PhysicalNicConfig. */
export interface PhysicalNicConfig {
  _type?: "PhysicalNicConfig";
  device: string;
  spec: PhysicalNicSpec;
}
/** vim25 PhysicalNicHint. */
export interface PhysicalNicHint {
  _type?: "PhysicalNicHint";
  vlanId?: number | undefined;
}
/** {@link PhysicalNicHint} or a type that extends it. */
export type AnyPhysicalNicHint =
  PhysicalNicHint | Sub<PhysicalNicIpHint> | Sub<PhysicalNicNameHint>;
/** vim25 PhysicalNicHintInfo. */
export interface PhysicalNicHintInfo {
  _type?: "PhysicalNicHintInfo";
  device: string;
  subnet?: PhysicalNicIpHint[] | undefined;
  network?: PhysicalNicNameHint[] | undefined;
  connectedSwitchPort?: PhysicalNicCdpInfo | undefined;
  lldpInfo?: LinkLayerDiscoveryProtocolInfo | undefined;
}
/** vim25 PhysicalNicIpHint. */
export interface PhysicalNicIpHint extends Omit<PhysicalNicHint, "_type"> {
  _type?: "PhysicalNicIpHint";
  ipSubnet: string;
}
/** vim25 PhysicalNicLinkInfo. */
export interface PhysicalNicLinkInfo {
  _type?: "PhysicalNicLinkInfo";
  speedMb: number;
  duplex: boolean;
}
/** vim25 PhysicalNicNameHint. */
export interface PhysicalNicNameHint extends Omit<PhysicalNicHint, "_type"> {
  _type?: "PhysicalNicNameHint";
  network: string;
}
/** vim25 PhysicalNicSpec. */
export interface PhysicalNicSpec {
  _type?: "PhysicalNicSpec";
  ip?: HostIpConfig | undefined;
  linkSpeed?: PhysicalNicLinkInfo | undefined;
  enableEnhancedNetworkingStack?: boolean | undefined;
  ensInterruptEnabled?: boolean | undefined;
}
/** vim25 PlatformConfigFault. */
export interface PlatformConfigFault extends Omit<HostConfigFault, "_type"> {
  _type?: "PlatformConfigFault";
  text: string;
}
/** vim25 PodVMOverheadInfo. */
export interface PodVMOverheadInfo {
  _type?: "PodVMOverheadInfo";
  crxPageSharingSupported: boolean;
  podVMOverheadWithoutPageSharing: number;
  podVMOverheadWithPageSharing: number;
}
/** vim25 PolicyOption. */
export interface PolicyOption {
  _type?: "PolicyOption";
  id: string;
  parameter?: KeyAnyValue[] | undefined;
}
/** vim25 PowerSystemCapability. */
export interface PowerSystemCapability {
  _type?: "PowerSystemCapability";
  availablePolicy?: HostPowerPolicy[] | undefined;
}
/** vim25 PowerSystemInfo. */
export interface PowerSystemInfo {
  _type?: "PowerSystemInfo";
  currentPolicy: HostPowerPolicy;
}
/** vim25 PrivilegeAvailability. */
export interface PrivilegeAvailability {
  _type?: "PrivilegeAvailability";
  privId: string;
  isGranted: boolean;
}
/** vim25 PrivilegePolicyDef. */
export interface PrivilegePolicyDef {
  _type?: "PrivilegePolicyDef";
  createPrivilege: string;
  readPrivilege: string;
  updatePrivilege: string;
  deletePrivilege: string;
}
/** vim25 PropertyChange. */
export interface PropertyChange {
  _type?: "PropertyChange";
  name: string;
  op: PropertyChangeOp;
  val: unknown;
}
/** vim25 PropertyFilterSpec. */
export interface PropertyFilterSpec {
  _type?: "PropertyFilterSpec";
  propSet?: PropertySpec[] | undefined;
  objectSet?: ObjectSpec[] | undefined;
  reportMissingObjectsInResults?: boolean | undefined;
}
/** vim25 PropertyFilterUpdate. */
export interface PropertyFilterUpdate {
  _type?: "PropertyFilterUpdate";
  filter: MoRef;
  objectSet?: ObjectUpdate[] | undefined;
  missingSet?: MissingObject[] | undefined;
}
/** vim25 PropertySpec. */
export interface PropertySpec {
  _type?: "PropertySpec";
  type: string;
  all?: boolean | undefined;
  pathSet?: string[] | undefined;
}
/** vim25 QuestionPending. */
export interface QuestionPending extends Omit<InvalidState, "_type"> {
  _type?: "QuestionPending";
  text: string;
}
/** vim25 ReflectManagedMethodExecuterSoapArgument. */
export interface ReflectManagedMethodExecuterSoapArgument {
  _type?: "ReflectManagedMethodExecuterSoapArgument";
  name: string;
  val: string;
}
/** vim25 ReflectManagedMethodExecuterSoapFault. */
export interface ReflectManagedMethodExecuterSoapFault {
  _type?: "ReflectManagedMethodExecuterSoapFault";
  faultMsg: string;
  faultDetail?: string | undefined;
}
/** vim25 ReflectManagedMethodExecuterSoapResult. */
export interface ReflectManagedMethodExecuterSoapResult {
  _type?: "ReflectManagedMethodExecuterSoapResult";
  response?: string | undefined;
  fault?: ReflectManagedMethodExecuterSoapFault | undefined;
}
/** vim25 RequestCanceled. */
export interface RequestCanceled extends Omit<RuntimeFault, "_type"> {
  _type?: "RequestCanceled";
}
/** vim25 ResourceAllocationInfo. */
export interface ResourceAllocationInfo {
  _type?: "ResourceAllocationInfo";
  reservation?: number | undefined;
  expandableReservation?: boolean | undefined;
  limit?: number | undefined;
  shares?: SharesInfo | undefined;
  overheadLimit?: number | undefined;
}
/** vim25 ResourceConfigSpec. */
export interface ResourceConfigSpec {
  _type?: "ResourceConfigSpec";
  entity?: MoRef | undefined;
  changeVersion?: string | undefined;
  lastModified?: string | undefined;
  cpuAllocation: ResourceAllocationInfo;
  memoryAllocation: ResourceAllocationInfo;
  scaleDescendantsShares?: string | undefined;
}
/** vim25 ResourceInUse. */
export interface ResourceInUse extends Omit<VimFault, "_type"> {
  _type?: "ResourceInUse";
  type?: string | undefined;
  name?: string | undefined;
}
/** vim25 ResourceNotAvailable. */
export interface ResourceNotAvailable extends Omit<VimFault, "_type"> {
  _type?: "ResourceNotAvailable";
  containerType?: string | undefined;
  containerName?: string | undefined;
  type?: string | undefined;
}
/** vim25 ResourcePoolCreatedEvent. */
export interface ResourcePoolCreatedEvent extends Omit<ResourcePoolEvent, "_type"> {
  _type?: "ResourcePoolCreatedEvent";
  parent: ResourcePoolEventArgument;
}
/** vim25 ResourcePoolDestroyedEvent. */
export interface ResourcePoolDestroyedEvent extends Omit<ResourcePoolEvent, "_type"> {
  _type?: "ResourcePoolDestroyedEvent";
}
/** vim25 ResourcePoolEvent. */
export interface ResourcePoolEvent extends Omit<Event, "_type"> {
  _type?: "ResourcePoolEvent";
  resourcePool: ResourcePoolEventArgument;
}
/** {@link ResourcePoolEvent} or a type that extends it. */
export type AnyResourcePoolEvent =
  | ResourcePoolEvent
  | Sub<ResourcePoolCreatedEvent>
  | Sub<ResourcePoolDestroyedEvent>
  | Sub<ResourcePoolReconfiguredEvent>;
/** vim25 ResourcePoolEventArgument. */
export interface ResourcePoolEventArgument extends Omit<EntityEventArgument, "_type"> {
  _type?: "ResourcePoolEventArgument";
  resourcePool: MoRef;
}
/** vim25 ResourcePoolQuickStats. */
export interface ResourcePoolQuickStats {
  _type?: "ResourcePoolQuickStats";
  overallCpuUsage?: number | undefined;
  overallCpuDemand?: number | undefined;
  guestMemoryUsage?: number | undefined;
  hostMemoryUsage?: number | undefined;
  distributedCpuEntitlement?: number | undefined;
  distributedMemoryEntitlement?: number | undefined;
  staticCpuEntitlement?: number | undefined;
  staticMemoryEntitlement?: number | undefined;
  privateMemory?: number | undefined;
  sharedMemory?: number | undefined;
  swappedMemory?: number | undefined;
  balloonedMemory?: number | undefined;
  overheadMemory?: number | undefined;
  consumedOverheadMemory?: number | undefined;
  compressedMemory?: number | undefined;
}
/** vim25 ResourcePoolReconfiguredEvent. */
export interface ResourcePoolReconfiguredEvent extends Omit<ResourcePoolEvent, "_type"> {
  _type?: "ResourcePoolReconfiguredEvent";
  configChanges?: ChangesInfoEventArgument | undefined;
}
/** vim25 ResourcePoolResourceUsage. */
export interface ResourcePoolResourceUsage {
  _type?: "ResourcePoolResourceUsage";
  reservationUsed: number;
  reservationUsedForVm: number;
  unreservedForPool: number;
  unreservedForVm: number;
  overallUsage: number;
  maxUsage: number;
}
/** vim25 ResourcePoolRuntimeInfo. */
export interface ResourcePoolRuntimeInfo {
  _type?: "ResourcePoolRuntimeInfo";
  memory: ResourcePoolResourceUsage;
  cpu: ResourcePoolResourceUsage;
  overallStatus: ManagedEntityStatus;
  sharesScalable?: string | undefined;
}
/** vim25 ResourcePoolSummary. */
export interface ResourcePoolSummary {
  _type?: "ResourcePoolSummary";
  name: string;
  config: ResourceConfigSpec;
  runtime: ResourcePoolRuntimeInfo;
  quickStats?: ResourcePoolQuickStats | undefined;
  configuredMemoryMB?: number | undefined;
}
/** {@link ResourcePoolSummary} or a type that extends it. */
export type AnyResourcePoolSummary = ResourcePoolSummary | Sub<VirtualAppSummary>;
/** vim25 RestrictedVersion. */
export interface RestrictedVersion extends Omit<SecurityError, "_type"> {
  _type?: "RestrictedVersion";
}
/** vim25 RetrieveOptions. */
export interface RetrieveOptions {
  _type?: "RetrieveOptions";
  maxObjects?: number | undefined;
}
/** vim25 RetrieveResult. */
export interface RetrieveResult {
  _type?: "RetrieveResult";
  token?: string | undefined;
  objects?: ObjectContent[] | undefined;
}
/** vim25 RuleViolation. */
export interface RuleViolation extends Omit<VmConfigFault, "_type"> {
  _type?: "RuleViolation";
  host?: MoRef | undefined;
  rule?: AnyClusterRuleInfo | undefined;
}
/** vim25 RuntimeFault. */
export interface RuntimeFault extends Omit<MethodFault, "_type"> {
  _type?: "RuntimeFault";
}
/** {@link RuntimeFault} or a type that extends it. */
export type AnyRuntimeFault =
  | RuntimeFault
  | Sub<DisallowedOperationOnFailoverHost>
  | Sub<FailToLockFaultToleranceVMs>
  | Sub<HostCommunication>
  | Sub<HostNotConnected>
  | Sub<HostNotReachable>
  | Sub<InvalidArgument>
  | Sub<InvalidIndexArgument>
  | Sub<InvalidRequest>
  | Sub<InvalidType>
  | Sub<ManagedObjectNotFound>
  | Sub<MethodDisabled>
  | Sub<MethodNotFound>
  | Sub<NoPermission>
  | Sub<NotAuthenticated>
  | Sub<NotEnoughLicenses>
  | Sub<NotImplemented>
  | Sub<NotSupported>
  | Sub<RequestCanceled>
  | Sub<RestrictedVersion>
  | Sub<SecurityError>
  | Sub<SystemError>
  | Sub<UnexpectedFault>;
/** vim25 SSLVerifyFault. */
export interface SSLVerifyFault extends Omit<HostConnectFault, "_type"> {
  _type?: "SSLVerifyFault";
  selfSigned: boolean;
  thumbprint?: string | undefined;
  certificate?: string | undefined;
}
/** vim25 SSPIChallenge. */
export interface SSPIChallenge extends Omit<VimFault, "_type"> {
  _type?: "SSPIChallenge";
  base64Token: string;
}
/** vim25 ScsiLun. */
export interface ScsiLun extends Omit<HostDevice, "_type"> {
  _type?: "ScsiLun";
  key?: string | undefined;
  uuid: string;
  descriptor?: unknown[] | undefined;
  canonicalName?: string | undefined;
  displayName?: string | undefined;
  lunType: string;
  vendor?: string | undefined;
  model?: string | undefined;
  revision?: string | undefined;
  scsiLevel?: number | undefined;
  serialNumber?: string | undefined;
  durableName?: unknown;
  alternateName?: unknown[] | undefined;
  standardInquiry?: number[] | undefined;
  queueDepth?: number | undefined;
  operationalState?: string[] | undefined;
  capabilities?: unknown;
  vStorageSupport?: string | undefined;
  protocolEndpoint?: boolean | undefined;
  perenniallyReserved?: boolean | undefined;
  clusteredVmdkSupported?: boolean | undefined;
  applicationProtocol?: string | undefined;
  dispersedNs?: boolean | undefined;
  deviceReservation?: string | undefined;
}
/** {@link ScsiLun} or a type that extends it. */
export type AnyScsiLun = ScsiLun | Sub<HostScsiDisk>;
/** vim25 SeSparseVirtualDiskSpec. */
export interface SeSparseVirtualDiskSpec extends Omit<FileBackedVirtualDiskSpec, "_type"> {
  _type?: "SeSparseVirtualDiskSpec";
  grainSizeKb?: number | undefined;
}
/** vim25 SecurityError. */
export interface SecurityError extends Omit<RuntimeFault, "_type"> {
  _type?: "SecurityError";
}
/** {@link SecurityError} or a type that extends it. */
export type AnySecurityError =
  SecurityError | Sub<NoPermission> | Sub<NotAuthenticated> | Sub<RestrictedVersion>;
/** vim25 SelectionSpec. */
export interface SelectionSpec {
  _type?: "SelectionSpec";
  name?: string | undefined;
}
/** {@link SelectionSpec} or a type that extends it. */
export type AnySelectionSpec = SelectionSpec | Sub<TraversalSpec>;
/** vim25 ServiceConsoleReservationInfo. */
export interface ServiceConsoleReservationInfo {
  _type?: "ServiceConsoleReservationInfo";
  serviceConsoleReservedCfg: number;
  serviceConsoleReserved: number;
  unreserved: number;
}
/** vim25 ServiceContent. */
export interface ServiceContent {
  _type?: "ServiceContent";
  rootFolder: MoRef;
  propertyCollector: MoRef;
  viewManager?: MoRef | undefined;
  about: AboutInfo;
  setting?: MoRef | undefined;
  userDirectory?: MoRef | undefined;
  sessionManager?: MoRef | undefined;
  authorizationManager?: MoRef | undefined;
  serviceManager?: MoRef | undefined;
  perfManager?: MoRef | undefined;
  scheduledTaskManager?: MoRef | undefined;
  alarmManager?: MoRef | undefined;
  eventManager?: MoRef | undefined;
  taskManager?: MoRef | undefined;
  extensionManager?: MoRef | undefined;
  customizationSpecManager?: MoRef | undefined;
  guestCustomizationManager?: MoRef | undefined;
  customFieldsManager?: MoRef | undefined;
  accountManager?: MoRef | undefined;
  diagnosticManager?: MoRef | undefined;
  licenseManager?: MoRef | undefined;
  searchIndex?: MoRef | undefined;
  fileManager?: MoRef | undefined;
  datastoreNamespaceManager?: MoRef | undefined;
  virtualDiskManager?: MoRef | undefined;
  virtualizationManager?: MoRef | undefined;
  snmpSystem?: MoRef | undefined;
  vmProvisioningChecker?: MoRef | undefined;
  vmCompatibilityChecker?: MoRef | undefined;
  ovfManager?: MoRef | undefined;
  ipPoolManager?: MoRef | undefined;
  dvSwitchManager?: MoRef | undefined;
  hostProfileManager?: MoRef | undefined;
  clusterProfileManager?: MoRef | undefined;
  complianceManager?: MoRef | undefined;
  localizationManager?: MoRef | undefined;
  storageResourceManager?: MoRef | undefined;
  guestOperationsManager?: MoRef | undefined;
  overheadMemoryManager?: MoRef | undefined;
  certificateManager?: MoRef | undefined;
  ioFilterManager?: MoRef | undefined;
  vStorageObjectManager?: MoRef | undefined;
  hostSpecManager?: MoRef | undefined;
  cryptoManager?: MoRef | undefined;
  healthUpdateManager?: MoRef | undefined;
  failoverClusterConfigurator?: MoRef | undefined;
  failoverClusterManager?: MoRef | undefined;
  tenantManager?: MoRef | undefined;
  siteInfoManager?: MoRef | undefined;
  storageQueryManager?: MoRef | undefined;
  directPathProfileManager?: MoRef | undefined;
}
/** vim25 ServiceLocator. */
export interface ServiceLocator {
  _type?: "ServiceLocator";
  instanceUuid: string;
  url: string;
  credential: ServiceLocatorCredential;
  sslThumbprint?: string | undefined;
  sslCertificate?: string | undefined;
}
/** vim25 ServiceLocatorCredential. */
export interface ServiceLocatorCredential {
  _type?: "ServiceLocatorCredential";
}
/** vim25 SessionEvent. */
export interface SessionEvent extends Omit<Event, "_type"> {
  _type?: "SessionEvent";
}
/** {@link SessionEvent} or a type that extends it. */
export type AnySessionEvent =
  | SessionEvent
  | Sub<BadUsernameSessionEvent>
  | Sub<UserLoginSessionEvent>
  | Sub<UserLogoutSessionEvent>;
/** vim25 SessionManagerGenericServiceTicket. */
export interface SessionManagerGenericServiceTicket {
  _type?: "SessionManagerGenericServiceTicket";
  id: string;
  hostName?: string | undefined;
  sslThumbprint?: string | undefined;
  certThumbprintList?: VirtualMachineCertThumbprint[] | undefined;
  sslCertificate?: string | undefined;
  ticketType?: string | undefined;
}
/** vim25 SessionManagerHttpServiceRequestSpec. */
export interface SessionManagerHttpServiceRequestSpec extends Omit<
  SessionManagerServiceRequestSpec,
  "_type"
> {
  _type?: "SessionManagerHttpServiceRequestSpec";
  method?: string | undefined;
  url: string;
}
/** vim25 SessionManagerLocalTicket. */
export interface SessionManagerLocalTicket {
  _type?: "SessionManagerLocalTicket";
  userName: string;
  passwordFilePath: string;
}
/** vim25 SessionManagerServiceRequestSpec. */
export interface SessionManagerServiceRequestSpec {
  _type?: "SessionManagerServiceRequestSpec";
}
/** {@link SessionManagerServiceRequestSpec} or a type that extends it. */
export type AnySessionManagerServiceRequestSpec =
  SessionManagerServiceRequestSpec | Sub<SessionManagerHttpServiceRequestSpec>;
/** vim25 SharesInfo. */
export interface SharesInfo {
  _type?: "SharesInfo";
  shares: number;
  level: SharesLevel;
}
/** vim25 SnapshotCopyNotSupported. */
export interface SnapshotCopyNotSupported extends Omit<MigrationFault, "_type"> {
  _type?: "SnapshotCopyNotSupported";
}
/** vim25 SnapshotDisabled. */
export interface SnapshotDisabled extends Omit<SnapshotFault, "_type"> {
  _type?: "SnapshotDisabled";
}
/** vim25 SnapshotFault. */
export interface SnapshotFault extends Omit<VimFault, "_type"> {
  _type?: "SnapshotFault";
}
/** {@link SnapshotFault} or a type that extends it. */
export type AnySnapshotFault =
  | SnapshotFault
  | Sub<ApplicationQuiesceFault>
  | Sub<MemorySnapshotOnIndependentDisk>
  | Sub<MultipleSnapshotsNotSupported>
  | Sub<SnapshotDisabled>
  | Sub<TooManySnapshotLevels>;
/** vim25 SnapshotSelectionSpec. */
export interface SnapshotSelectionSpec {
  _type?: "SnapshotSelectionSpec";
  retentionDays?: number | undefined;
}
/** vim25 StorageIOAllocationInfo. */
export interface StorageIOAllocationInfo {
  _type?: "StorageIOAllocationInfo";
  limit?: number | undefined;
  shares?: SharesInfo | undefined;
  reservation?: number | undefined;
}
/** vim25 StorageIORMInfo. */
export interface StorageIORMInfo {
  _type?: "StorageIORMInfo";
  enabled: boolean;
  congestionThresholdMode?: string | undefined;
  congestionThreshold: number;
  percentOfPeakThroughput?: number | undefined;
  statsCollectionEnabled?: boolean | undefined;
  reservationEnabled?: boolean | undefined;
  statsAggregationDisabled?: boolean | undefined;
  reservableIopsThreshold?: number | undefined;
}
/** vim25 StoragePodSummary. */
export interface StoragePodSummary {
  _type?: "StoragePodSummary";
  name: string;
  capacity: number;
  freeSpace: number;
}
/** vim25 StringOption. */
export interface StringOption extends Omit<OptionType, "_type"> {
  _type?: "StringOption";
  defaultValue: string;
  validCharacters?: string | undefined;
}
/** vim25 StringPolicy. */
export interface StringPolicy extends Omit<InheritablePolicy, "_type"> {
  _type?: "StringPolicy";
  value?: string | undefined;
}
/** vim25 SubnetInfo. */
export interface SubnetInfo extends Omit<VirtualMachineTargetInfo, "_type"> {
  _type?: "SubnetInfo";
  id: string;
  subnetFolderInfo: SubnetInfoFolderInfo;
  vpcFolderInfo: SubnetInfoFolderInfo;
  projectFolderInfo?: SubnetInfoFolderInfo | undefined;
  rootFolderInfo: SubnetInfoFolderInfo;
}
/** vim25 SubnetInfoFolderInfo. */
export interface SubnetInfoFolderInfo {
  _type?: "SubnetInfoFolderInfo";
  name: string;
  folder: MoRef;
}
/** vim25 SwapDatastoreUnset. */
export interface SwapDatastoreUnset extends Omit<VimFault, "_type"> {
  _type?: "SwapDatastoreUnset";
}
/** vim25 SystemError. */
export interface SystemError extends Omit<RuntimeFault, "_type"> {
  _type?: "SystemError";
  reason: string;
}
/** vim25 Tag. */
export interface Tag {
  _type?: "Tag";
  key: string;
}
/** vim25 TaskDescription. */
export interface TaskDescription {
  _type?: "TaskDescription";
  methodInfo?: AnyElementDescription[] | undefined;
  state?: AnyElementDescription[] | undefined;
  reason?: TypeDescription[] | undefined;
}
/** vim25 TaskEvent. */
export interface TaskEvent extends Omit<Event, "_type"> {
  _type?: "TaskEvent";
  info: TaskInfo;
}
/** vim25 TaskFilterSpec. */
export interface TaskFilterSpec {
  _type?: "TaskFilterSpec";
  entity?: TaskFilterSpecByEntity | undefined;
  time?: TaskFilterSpecByTime | undefined;
  userName?: TaskFilterSpecByUsername | undefined;
  activationId?: string[] | undefined;
  state?: TaskInfoState[] | undefined;
  alarm?: MoRef | undefined;
  scheduledTask?: MoRef | undefined;
  eventChainId?: number[] | undefined;
  tag?: string[] | undefined;
  parentTaskKey?: string[] | undefined;
  rootTaskKey?: string[] | undefined;
}
/** vim25 TaskFilterSpecByEntity. */
export interface TaskFilterSpecByEntity {
  _type?: "TaskFilterSpecByEntity";
  entity: MoRef;
  recursion: TaskFilterSpecRecursionOption;
}
/** vim25 TaskFilterSpecByTime. */
export interface TaskFilterSpecByTime {
  _type?: "TaskFilterSpecByTime";
  timeType: TaskFilterSpecTimeOption;
  beginTime?: string | undefined;
  endTime?: string | undefined;
}
/** vim25 TaskFilterSpecByUsername. */
export interface TaskFilterSpecByUsername {
  _type?: "TaskFilterSpecByUsername";
  systemUser: boolean;
  userList?: string[] | undefined;
}
/** vim25 TaskInProgress. */
export interface TaskInProgress extends Omit<VimFault, "_type"> {
  _type?: "TaskInProgress";
  task: MoRef;
}
/** {@link TaskInProgress} or a type that extends it. */
export type AnyTaskInProgress = TaskInProgress | Sub<VAppTaskInProgress>;
/** vim25 TaskInfo. */
export interface TaskInfo {
  _type?: "TaskInfo";
  key: string;
  task: MoRef;
  description?: LocalizableMessage | undefined;
  name?: string | undefined;
  descriptionId: string;
  entity?: MoRef | undefined;
  entityName?: string | undefined;
  locked?: MoRef[] | undefined;
  state: TaskInfoState;
  cancelled: boolean;
  cancelable: boolean;
  error?: LocalizedMethodFault | undefined;
  result?: unknown;
  progress?: number | undefined;
  progressDetails?: KeyAnyValue[] | undefined;
  reason: AnyTaskReason;
  queueTime: string;
  startTime?: string | undefined;
  completeTime?: string | undefined;
  eventChainId: number;
  changeTag?: string | undefined;
  parentTaskKey?: string | undefined;
  rootTaskKey?: string | undefined;
  activationId?: string | undefined;
}
/** vim25 TaskReason. */
export interface TaskReason {
  _type?: "TaskReason";
}
/** {@link TaskReason} or a type that extends it. */
export type AnyTaskReason =
  | TaskReason
  | Sub<TaskReasonAlarm>
  | Sub<TaskReasonSchedule>
  | Sub<TaskReasonSystem>
  | Sub<TaskReasonUser>;
/** vim25 TaskReasonAlarm. */
export interface TaskReasonAlarm extends Omit<TaskReason, "_type"> {
  _type?: "TaskReasonAlarm";
  alarmName: string;
  alarm: MoRef;
  entityName: string;
  entity: MoRef;
}
/** vim25 TaskReasonSchedule. */
export interface TaskReasonSchedule extends Omit<TaskReason, "_type"> {
  _type?: "TaskReasonSchedule";
  name: string;
  scheduledTask: MoRef;
}
/** vim25 TaskReasonSystem. */
export interface TaskReasonSystem extends Omit<TaskReason, "_type"> {
  _type?: "TaskReasonSystem";
}
/** vim25 TaskReasonUser. */
export interface TaskReasonUser extends Omit<TaskReason, "_type"> {
  _type?: "TaskReasonUser";
  userName: string;
}
/** vim25 TemplateConfigFileInfo. */
export interface TemplateConfigFileInfo extends Omit<VmConfigFileInfo, "_type"> {
  _type?: "TemplateConfigFileInfo";
}
/** vim25 TemplateConfigFileQuery. */
export interface TemplateConfigFileQuery extends Omit<VmConfigFileQuery, "_type"> {
  _type?: "TemplateConfigFileQuery";
}
/** vim25 Timedout. */
export interface Timedout extends Omit<VimFault, "_type"> {
  _type?: "Timedout";
}
/** vim25 TooManyConcurrentNativeClones. */
export interface TooManyConcurrentNativeClones extends Omit<FileFault, "_type"> {
  _type?: "TooManyConcurrentNativeClones";
}
/** vim25 TooManySnapshotLevels. */
export interface TooManySnapshotLevels extends Omit<SnapshotFault, "_type"> {
  _type?: "TooManySnapshotLevels";
}
/** vim25 ToolsConfigInfo. */
export interface ToolsConfigInfo {
  _type?: "ToolsConfigInfo";
  toolsVersion?: number | undefined;
  toolsInstallType?: string | undefined;
  afterPowerOn?: boolean | undefined;
  afterResume?: boolean | undefined;
  beforeGuestStandby?: boolean | undefined;
  beforeGuestShutdown?: boolean | undefined;
  beforeGuestReboot?: boolean | undefined;
  toolsUpgradePolicy?: string | undefined;
  pendingCustomization?: string | undefined;
  customizationKeyId?: unknown;
  syncTimeWithHostAllowed?: boolean | undefined;
  syncTimeWithHost?: boolean | undefined;
  lastInstallInfo?: ToolsConfigInfoToolsLastInstallInfo | undefined;
}
/** vim25 ToolsConfigInfoToolsLastInstallInfo. */
export interface ToolsConfigInfoToolsLastInstallInfo {
  _type?: "ToolsConfigInfoToolsLastInstallInfo";
  counter: number;
  fault?: LocalizedMethodFault | undefined;
}
/** vim25 ToolsInstallationInProgress. */
export interface ToolsInstallationInProgress extends Omit<MigrationFault, "_type"> {
  _type?: "ToolsInstallationInProgress";
}
/** vim25 ToolsUnavailable. */
export interface ToolsUnavailable extends Omit<VimFault, "_type"> {
  _type?: "ToolsUnavailable";
}
/** vim25 TraversalSpec. */
export interface TraversalSpec extends Omit<SelectionSpec, "_type"> {
  _type?: "TraversalSpec";
  type: string;
  path: string;
  skip?: boolean | undefined;
  selectSet?: AnySelectionSpec[] | undefined;
}
/** vim25 TypeDescription. */
export interface TypeDescription extends Omit<Description, "_type"> {
  _type?: "TypeDescription";
  key: string;
}
/** vim25 UnexpectedFault. */
export interface UnexpectedFault extends Omit<RuntimeFault, "_type"> {
  _type?: "UnexpectedFault";
  faultName: string;
  fault?: LocalizedMethodFault | undefined;
}
/** vim25 UpdateSet. */
export interface UpdateSet {
  _type?: "UpdateSet";
  version: string;
  filterSet?: PropertyFilterUpdate[] | undefined;
  truncated?: boolean | undefined;
}
/** vim25 UserLoginSessionEvent. */
export interface UserLoginSessionEvent extends Omit<SessionEvent, "_type"> {
  _type?: "UserLoginSessionEvent";
  ipAddress: string;
  userAgent?: string | undefined;
  locale: string;
  sessionId: string;
}
/** vim25 UserLogoutSessionEvent. */
export interface UserLogoutSessionEvent extends Omit<SessionEvent, "_type"> {
  _type?: "UserLogoutSessionEvent";
  ipAddress?: string | undefined;
  userAgent?: string | undefined;
  callCount?: number | undefined;
  sessionId?: string | undefined;
  loginTime?: string | undefined;
}
/** vim25 UserNotFound. */
export interface UserNotFound extends Omit<VimFault, "_type"> {
  _type?: "UserNotFound";
  principal: string;
  unresolved: boolean;
}
/** vim25 UserPrivilegeResult. */
export interface UserPrivilegeResult {
  _type?: "UserPrivilegeResult";
  entity: MoRef;
  privileges?: string[] | undefined;
}
/** vim25 UserSearchResult. */
export interface UserSearchResult {
  _type?: "UserSearchResult";
  principal: string;
  fullName?: string | undefined;
  group: boolean;
}
/** vim25 UserSession. */
export interface UserSession {
  _type?: "UserSession";
  key: string;
  userName: string;
  fullName: string;
  loginTime: string;
  lastActiveTime: string;
  locale: string;
  messageLocale: string;
  extensionSession?: boolean | undefined;
  ipAddress?: string | undefined;
  userAgent?: string | undefined;
  callCount?: number | undefined;
}
/** vim25 VAppConfigInfo. */
export interface VAppConfigInfo extends Omit<VmConfigInfo, "_type"> {
  _type?: "VAppConfigInfo";
  entityConfig?: VAppEntityConfigInfo[] | undefined;
  annotation: string;
  instanceUuid?: string | undefined;
  managedBy?: ManagedByInfo | undefined;
}
/** vim25 VAppConfigSpec. */
export interface VAppConfigSpec extends Omit<VmConfigSpec, "_type"> {
  _type?: "VAppConfigSpec";
  entityConfig?: VAppEntityConfigInfo[] | undefined;
  annotation?: string | undefined;
  instanceUuid?: string | undefined;
  managedBy?: ManagedByInfo | undefined;
}
/** vim25 VAppEntityConfigInfo. */
export interface VAppEntityConfigInfo {
  _type?: "VAppEntityConfigInfo";
  key?: MoRef | undefined;
  tag?: string | undefined;
  startOrder?: number | undefined;
  startDelay?: number | undefined;
  waitingForGuest?: boolean | undefined;
  startAction?: string | undefined;
  stopDelay?: number | undefined;
  stopAction?: string | undefined;
  destroyWithParent?: boolean | undefined;
}
/** vim25 VAppIPAssignmentInfo. */
export interface VAppIPAssignmentInfo {
  _type?: "VAppIPAssignmentInfo";
  supportedAllocationScheme?: string[] | undefined;
  ipAllocationPolicy?: string | undefined;
  supportedIpProtocol?: string[] | undefined;
  ipProtocol?: string | undefined;
}
/** vim25 VAppProductInfo. */
export interface VAppProductInfo {
  _type?: "VAppProductInfo";
  key: number;
  classId?: string | undefined;
  instanceId?: string | undefined;
  name?: string | undefined;
  vendor?: string | undefined;
  version?: string | undefined;
  fullVersion?: string | undefined;
  vendorUrl?: string | undefined;
  productUrl?: string | undefined;
  appUrl?: string | undefined;
}
/** vim25 VAppProductSpec. */
export interface VAppProductSpec extends Omit<ArrayUpdateSpec, "_type"> {
  _type?: "VAppProductSpec";
  info?: VAppProductInfo | undefined;
}
/** vim25 VAppPropertyFault. */
export interface VAppPropertyFault extends Omit<VmConfigFault, "_type"> {
  _type?: "VAppPropertyFault";
  id: string;
  category: string;
  label: string;
  type: string;
  value: string;
}
/** {@link VAppPropertyFault} or a type that extends it. */
export type AnyVAppPropertyFault = VAppPropertyFault | Sub<MissingNetworkIpConfig>;
/** vim25 VAppPropertyInfo. */
export interface VAppPropertyInfo {
  _type?: "VAppPropertyInfo";
  key: number;
  classId?: string | undefined;
  instanceId?: string | undefined;
  id?: string | undefined;
  category?: string | undefined;
  label?: string | undefined;
  type?: string | undefined;
  typeReference?: string | undefined;
  userConfigurable?: boolean | undefined;
  defaultValue?: string | undefined;
  value?: string | undefined;
  description?: string | undefined;
}
/** vim25 VAppPropertySpec. */
export interface VAppPropertySpec extends Omit<ArrayUpdateSpec, "_type"> {
  _type?: "VAppPropertySpec";
  info?: VAppPropertyInfo | undefined;
}
/** vim25 VAppTaskInProgress. */
export interface VAppTaskInProgress extends Omit<TaskInProgress, "_type"> {
  _type?: "VAppTaskInProgress";
}
/** vim25 VMwareDVSConfigInfo. */
export interface VMwareDVSConfigInfo extends Omit<DVSConfigInfo, "_type"> {
  _type?: "VMwareDVSConfigInfo";
  vspanSession?: unknown[] | undefined;
  pvlanConfig?: unknown[] | undefined;
  maxMtu: number;
  linkDiscoveryProtocolConfig?: unknown;
  ipfixConfig?: unknown;
  lacpGroupConfig?: unknown[] | undefined;
  lacpApiVersion?: string | undefined;
  multicastFilteringMode?: string | undefined;
  networkOffloadSpecId?: string | undefined;
  networkOffloadConfig?: VmwareDistributedVirtualSwitchNetworkOffloadConfig | undefined;
  realTimeConfig?: VmwareDistributedVirtualSwitchRealTimeConfig | undefined;
}
/** vim25 VMwareDVSConfigSpec. */
export interface VMwareDVSConfigSpec extends Omit<DVSConfigSpec, "_type"> {
  _type?: "VMwareDVSConfigSpec";
  pvlanConfigSpec?: unknown[] | undefined;
  vspanConfigSpec?: unknown[] | undefined;
  maxMtu?: number | undefined;
  linkDiscoveryProtocolConfig?: unknown;
  ipfixConfig?: unknown;
  lacpApiVersion?: string | undefined;
  multicastFilteringMode?: string | undefined;
  networkOffloadSpecId?: string | undefined;
}
/** vim25 VMwareDVSFeatureCapability. */
export interface VMwareDVSFeatureCapability extends Omit<DVSFeatureCapability, "_type"> {
  _type?: "VMwareDVSFeatureCapability";
  vspanSupported?: boolean | undefined;
  lldpSupported?: boolean | undefined;
  ipfixSupported?: boolean | undefined;
  ipfixCapability?: unknown;
  multicastSnoopingSupported?: boolean | undefined;
  vspanCapability?: unknown;
  lacpCapability?: unknown;
  dpuCapability?: unknown;
  nsxSupported?: boolean | undefined;
  mtuCapability?: unknown;
  realTimeConfigSupported?: boolean | undefined;
}
/** vim25 VMwareDVSPortSetting. */
export interface VMwareDVSPortSetting extends Omit<DVPortSetting, "_type"> {
  _type?: "VMwareDVSPortSetting";
  vlan?: AnyVmwareDistributedVirtualSwitchVlanSpec | undefined;
  qosTag?: IntPolicy | undefined;
  uplinkTeamingPolicy?: unknown;
  securityPolicy?: unknown;
  ipfixEnabled?: BoolPolicy | undefined;
  txUplink?: BoolPolicy | undefined;
  lacpPolicy?: VMwareUplinkLacpPolicy | undefined;
  macManagementPolicy?: unknown;
  VNI?: IntPolicy | undefined;
}
/** vim25 VMwareDVSPortgroupPolicy. */
export interface VMwareDVSPortgroupPolicy extends Omit<DVPortgroupPolicy, "_type"> {
  _type?: "VMwareDVSPortgroupPolicy";
  vlanOverrideAllowed: boolean;
  uplinkTeamingOverrideAllowed: boolean;
  securityPolicyOverrideAllowed: boolean;
  ipfixOverrideAllowed?: boolean | undefined;
  macManagementOverrideAllowed?: boolean | undefined;
}
/** vim25 VMwareUplinkLacpPolicy. */
export interface VMwareUplinkLacpPolicy extends Omit<InheritablePolicy, "_type"> {
  _type?: "VMwareUplinkLacpPolicy";
  enable?: BoolPolicy | undefined;
  mode?: StringPolicy | undefined;
}
/** vim25 VimFault. */
export interface VimFault extends Omit<MethodFault, "_type"> {
  _type?: "VimFault";
}
/** {@link VimFault} or a type that extends it. */
export type AnyVimFault =
  | VimFault
  | Sub<ActiveVMsBlockingEVC>
  | Sub<AlreadyExists>
  | Sub<ApplicationQuiesceFault>
  | Sub<AuthMinimumAdminPermission>
  | Sub<CannotAccessFile>
  | Sub<CannotAccessVmComponent>
  | Sub<CannotAccessVmDevice>
  | Sub<CannotAccessVmDisk>
  | Sub<CannotCreateFile>
  | Sub<CannotDeleteFile>
  | Sub<ConcurrentAccess>
  | Sub<CpuHotPlugNotSupported>
  | Sub<DatacenterMismatch>
  | Sub<DatastoreNotWritableOnHost>
  | Sub<DeviceHotPlugNotSupported>
  | Sub<DeviceNotFound>
  | Sub<DeviceNotSupported>
  | Sub<DeviceUnsupportedForVmPlatform>
  | Sub<DeviceUnsupportedForVmVersion>
  | Sub<DirectoryNotEmpty>
  | Sub<DrsDisabledOnVm>
  | Sub<DuplicateDisks>
  | Sub<DuplicateName>
  | Sub<DvsFault>
  | Sub<DvsNotAuthorized>
  | Sub<EVCConfigFault>
  | Sub<FaultToleranceVmNotDasProtected>
  | Sub<FileAlreadyExists>
  | Sub<FileFault>
  | Sub<FileLocked>
  | Sub<FileNotFound>
  | Sub<FileNotWritable>
  | Sub<FileTooLarge>
  | Sub<GenericVmConfigFault>
  | Sub<GuestOperationsFault>
  | Sub<GuestOperationsUnavailable>
  | Sub<GuestPermissionDenied>
  | Sub<GuestProcessNotFound>
  | Sub<HostConfigFailed>
  | Sub<HostConfigFault>
  | Sub<HostConnectFault>
  | Sub<HttpFault>
  | Sub<IORMNotSupportedHostOnDatastore>
  | Sub<InaccessibleDatastore>
  | Sub<InsufficientCpuResourcesFault>
  | Sub<InsufficientDisks>
  | Sub<InsufficientMemoryResourcesFault>
  | Sub<InsufficientResourcesFault>
  | Sub<InvalidBmcRole>
  | Sub<InvalidController>
  | Sub<InvalidDatastore>
  | Sub<InvalidDatastorePath>
  | Sub<InvalidDatastoreState>
  | Sub<InvalidDeviceBacking>
  | Sub<InvalidDeviceOperation>
  | Sub<InvalidDeviceSpec>
  | Sub<InvalidEvent>
  | Sub<InvalidFolder>
  | Sub<InvalidGuestLogin>
  | Sub<InvalidHostState>
  | Sub<InvalidLocale>
  | Sub<InvalidLogin>
  | Sub<InvalidName>
  | Sub<InvalidPowerState>
  | Sub<InvalidState>
  | Sub<InvalidVmConfig>
  | Sub<InvalidVmState>
  | Sub<LicenseEntityNotFound>
  | Sub<LimitExceeded>
  | Sub<MemoryHotPlugNotSupported>
  | Sub<MemorySnapshotOnIndependentDisk>
  | Sub<MigrationFault>
  | Sub<MismatchedNetworkPolicies>
  | Sub<MissingController>
  | Sub<MissingNetworkIpConfig>
  | Sub<MultipleSnapshotsNotSupported>
  | Sub<NasConfigFault>
  | Sub<NetworkDisruptedAndConfigRolledBack>
  | Sub<NoActiveHostInCluster>
  | Sub<NoClientCertificate>
  | Sub<NoCompatibleDatastore>
  | Sub<NoCompatibleHost>
  | Sub<NoDiskSpace>
  | Sub<NotADirectory>
  | Sub<NotAFile>
  | Sub<NotFound>
  | Sub<NotSupportedHost>
  | Sub<NumVirtualCpusNotSupported>
  | Sub<OutOfBounds>
  | Sub<PatchMetadataInvalid>
  | Sub<PlatformConfigFault>
  | Sub<QuestionPending>
  | Sub<ResourceInUse>
  | Sub<ResourceNotAvailable>
  | Sub<RuleViolation>
  | Sub<SSLVerifyFault>
  | Sub<SSPIChallenge>
  | Sub<SnapshotCopyNotSupported>
  | Sub<SnapshotDisabled>
  | Sub<SnapshotFault>
  | Sub<SwapDatastoreUnset>
  | Sub<TaskInProgress>
  | Sub<Timedout>
  | Sub<TooManyConcurrentNativeClones>
  | Sub<TooManySnapshotLevels>
  | Sub<ToolsInstallationInProgress>
  | Sub<ToolsUnavailable>
  | Sub<UserNotFound>
  | Sub<VAppPropertyFault>
  | Sub<VAppTaskInProgress>
  | Sub<VirtualHardwareCompatibilityIssue>
  | Sub<VirtualHardwareVersionNotSupported>
  | Sub<VmConfigFault>
  | Sub<VmToolsUpgradeFault>
  | Sub<VmValidateMaxDevice>
  | Sub<VmfsMountFault>
  | Sub<VsanDiskFault>
  | Sub<VsanFault>;
/** vim25 VirtualAHCIController. */
export interface VirtualAHCIController extends Omit<VirtualSATAController, "_type"> {
  _type?: "VirtualAHCIController";
}
/** vim25 VirtualAppLinkInfo. */
export interface VirtualAppLinkInfo {
  _type?: "VirtualAppLinkInfo";
  key: MoRef;
  destroyWithParent?: boolean | undefined;
}
/** vim25 VirtualAppSummary. */
export interface VirtualAppSummary extends Omit<ResourcePoolSummary, "_type"> {
  _type?: "VirtualAppSummary";
  product?: VAppProductInfo | undefined;
  vAppState?: VirtualAppVAppState | undefined;
  suspended?: boolean | undefined;
  installBootRequired?: boolean | undefined;
  instanceUuid?: string | undefined;
}
/** vim25 VirtualBusLogicController. */
export interface VirtualBusLogicController extends Omit<VirtualSCSIController, "_type"> {
  _type?: "VirtualBusLogicController";
}
/** vim25 VirtualCdrom. */
export interface VirtualCdrom extends Omit<VirtualDevice, "_type"> {
  _type?: "VirtualCdrom";
}
/** vim25 VirtualCdromAtapiBackingInfo. */
export interface VirtualCdromAtapiBackingInfo extends Omit<
  VirtualDeviceDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualCdromAtapiBackingInfo";
}
/** vim25 VirtualCdromIsoBackingInfo. */
export interface VirtualCdromIsoBackingInfo extends Omit<VirtualDeviceFileBackingInfo, "_type"> {
  _type?: "VirtualCdromIsoBackingInfo";
}
/** vim25 VirtualCdromPassthroughBackingInfo. */
export interface VirtualCdromPassthroughBackingInfo extends Omit<
  VirtualDeviceDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualCdromPassthroughBackingInfo";
  exclusive: boolean;
}
/** vim25 VirtualCdromRemoteAtapiBackingInfo. */
export interface VirtualCdromRemoteAtapiBackingInfo extends Omit<
  VirtualDeviceRemoteDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualCdromRemoteAtapiBackingInfo";
}
/** vim25 VirtualCdromRemotePassthroughBackingInfo. */
export interface VirtualCdromRemotePassthroughBackingInfo extends Omit<
  VirtualDeviceRemoteDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualCdromRemotePassthroughBackingInfo";
  exclusive: boolean;
}
/** vim25 VirtualController. */
export interface VirtualController extends Omit<VirtualDevice, "_type"> {
  _type?: "VirtualController";
  busNumber: number;
  device?: number[] | undefined;
}
/** {@link VirtualController} or a type that extends it. */
export type AnyVirtualController =
  | VirtualController
  | Sub<ParaVirtualSCSIController>
  | Sub<VirtualAHCIController>
  | Sub<VirtualBusLogicController>
  | Sub<VirtualIDEController>
  | Sub<VirtualLsiLogicController>
  | Sub<VirtualLsiLogicSASController>
  | Sub<VirtualNVMEController>
  | Sub<VirtualPCIController>
  | Sub<VirtualPS2Controller>
  | Sub<VirtualSATAController>
  | Sub<VirtualSCSIController>
  | Sub<VirtualSIOController>
  | Sub<VirtualUSBController>
  | Sub<VirtualUSBXHCIController>;
/** vim25 VirtualDevice. */
export interface VirtualDevice {
  _type?: "VirtualDevice";
  key: number;
  deviceInfo?: AnyDescription | undefined;
  backing?: AnyVirtualDeviceBackingInfo | undefined;
  connectable?: VirtualDeviceConnectInfo | undefined;
  slotInfo?: AnyVirtualDeviceBusSlotInfo | undefined;
  controllerKey?: number | undefined;
  unitNumber?: number | undefined;
  numaNode?: number | undefined;
  deviceGroupInfo?: VirtualDeviceDeviceGroupInfo | undefined;
}
/** {@link VirtualDevice} or a type that extends it. */
export type AnyVirtualDevice =
  | VirtualDevice
  | Sub<ParaVirtualSCSIController>
  | Sub<VirtualAHCIController>
  | Sub<VirtualBusLogicController>
  | Sub<VirtualCdrom>
  | Sub<VirtualController>
  | Sub<VirtualDisk>
  | Sub<VirtualE1000>
  | Sub<VirtualE1000e>
  | Sub<VirtualEthernetCard>
  | Sub<VirtualFloppy>
  | Sub<VirtualIDEController>
  | Sub<VirtualKeyboard>
  | Sub<VirtualLsiLogicController>
  | Sub<VirtualLsiLogicSASController>
  | Sub<VirtualMachineVMCIDevice>
  | Sub<VirtualMachineVideoCard>
  | Sub<VirtualNVMEController>
  | Sub<VirtualPCIController>
  | Sub<VirtualPCNet32>
  | Sub<VirtualPS2Controller>
  | Sub<VirtualPointingDevice>
  | Sub<VirtualSATAController>
  | Sub<VirtualSCSIController>
  | Sub<VirtualSIOController>
  | Sub<VirtualSerialPort>
  | Sub<VirtualSriovEthernetCard>
  | Sub<VirtualTPM>
  | Sub<VirtualUSBController>
  | Sub<VirtualUSBXHCIController>
  | Sub<VirtualVmxnet>
  | Sub<VirtualVmxnet2>
  | Sub<VirtualVmxnet3>;
/** vim25 VirtualDeviceBackingInfo. */
export interface VirtualDeviceBackingInfo {
  _type?: "VirtualDeviceBackingInfo";
}
/** {@link VirtualDeviceBackingInfo} or a type that extends it. */
export type AnyVirtualDeviceBackingInfo =
  | VirtualDeviceBackingInfo
  | Sub<VirtualCdromAtapiBackingInfo>
  | Sub<VirtualCdromIsoBackingInfo>
  | Sub<VirtualCdromPassthroughBackingInfo>
  | Sub<VirtualCdromRemoteAtapiBackingInfo>
  | Sub<VirtualCdromRemotePassthroughBackingInfo>
  | Sub<VirtualDeviceDeviceBackingInfo>
  | Sub<VirtualDeviceFileBackingInfo>
  | Sub<VirtualDevicePipeBackingInfo>
  | Sub<VirtualDeviceRemoteDeviceBackingInfo>
  | Sub<VirtualDeviceURIBackingInfo>
  | Sub<VirtualDiskFlatVer2BackingInfo>
  | Sub<VirtualDiskRawDiskMappingVer1BackingInfo>
  | Sub<VirtualDiskSeSparseBackingInfo>
  | Sub<VirtualDiskSparseVer2BackingInfo>
  | Sub<VirtualEthernetCardDistributedVirtualPortBackingInfo>
  | Sub<VirtualEthernetCardNetworkBackingInfo>
  | Sub<VirtualEthernetCardOpaqueNetworkBackingInfo>
  | Sub<VirtualFloppyDeviceBackingInfo>
  | Sub<VirtualFloppyImageBackingInfo>
  | Sub<VirtualFloppyRemoteDeviceBackingInfo>
  | Sub<VirtualPCIPassthroughDeviceBackingInfo>
  | Sub<VirtualPCIPassthroughDvxBackingInfo>
  | Sub<VirtualSerialPortDeviceBackingInfo>
  | Sub<VirtualSerialPortFileBackingInfo>
  | Sub<VirtualSerialPortPipeBackingInfo>
  | Sub<VirtualSerialPortThinPrintBackingInfo>
  | Sub<VirtualSerialPortURIBackingInfo>
  | Sub<VirtualSriovEthernetCardSriovBackingInfo>;
/** vim25 VirtualDeviceBusSlotInfo. */
export interface VirtualDeviceBusSlotInfo {
  _type?: "VirtualDeviceBusSlotInfo";
}
/** {@link VirtualDeviceBusSlotInfo} or a type that extends it. */
export type AnyVirtualDeviceBusSlotInfo =
  VirtualDeviceBusSlotInfo | Sub<VirtualDevicePciBusSlotInfo>;
/** vim25 VirtualDeviceConfigSpec. */
export interface VirtualDeviceConfigSpec {
  _type?: "VirtualDeviceConfigSpec";
  operation?: VirtualDeviceConfigSpecOperation | undefined;
  fileOperation?: VirtualDeviceConfigSpecFileOperation | undefined;
  device: AnyVirtualDevice;
  profile?: unknown[] | undefined;
  backing?: VirtualDeviceConfigSpecBackingSpec | undefined;
  filterSpec?: VirtualMachineBaseIndependentFilterSpec[] | undefined;
  changeMode?: string | undefined;
}
/** vim25 VirtualDeviceConfigSpecBackingSpec. */
export interface VirtualDeviceConfigSpecBackingSpec {
  _type?: "VirtualDeviceConfigSpecBackingSpec";
  parent?: VirtualDeviceConfigSpecBackingSpec | undefined;
  crypto?: unknown;
}
/** vim25 VirtualDeviceConnectInfo. */
export interface VirtualDeviceConnectInfo {
  _type?: "VirtualDeviceConnectInfo";
  migrateConnect?: string | undefined;
  startConnected: boolean;
  allowGuestControl: boolean;
  connected: boolean;
  status?: string | undefined;
}
/** vim25 VirtualDeviceDeviceBackingInfo. */
export interface VirtualDeviceDeviceBackingInfo extends Omit<VirtualDeviceBackingInfo, "_type"> {
  _type?: "VirtualDeviceDeviceBackingInfo";
  deviceName: string;
  useAutoDetect?: boolean | undefined;
}
/** {@link VirtualDeviceDeviceBackingInfo} or a type that extends it. */
export type AnyVirtualDeviceDeviceBackingInfo =
  | VirtualDeviceDeviceBackingInfo
  | Sub<VirtualCdromAtapiBackingInfo>
  | Sub<VirtualCdromPassthroughBackingInfo>
  | Sub<VirtualEthernetCardNetworkBackingInfo>
  | Sub<VirtualFloppyDeviceBackingInfo>
  | Sub<VirtualPCIPassthroughDeviceBackingInfo>
  | Sub<VirtualSerialPortDeviceBackingInfo>;
/** vim25 VirtualDeviceDeviceGroupInfo. */
export interface VirtualDeviceDeviceGroupInfo {
  _type?: "VirtualDeviceDeviceGroupInfo";
  groupInstanceKey: number;
  sequenceId: number;
}
/** vim25 VirtualDeviceFileBackingInfo. */
export interface VirtualDeviceFileBackingInfo extends Omit<VirtualDeviceBackingInfo, "_type"> {
  _type?: "VirtualDeviceFileBackingInfo";
  fileName: string;
  datastore?: MoRef | undefined;
  backingObjectId?: string | undefined;
}
/** {@link VirtualDeviceFileBackingInfo} or a type that extends it. */
export type AnyVirtualDeviceFileBackingInfo =
  | VirtualDeviceFileBackingInfo
  | Sub<VirtualCdromIsoBackingInfo>
  | Sub<VirtualDiskFlatVer2BackingInfo>
  | Sub<VirtualDiskRawDiskMappingVer1BackingInfo>
  | Sub<VirtualDiskSeSparseBackingInfo>
  | Sub<VirtualDiskSparseVer2BackingInfo>
  | Sub<VirtualFloppyImageBackingInfo>
  | Sub<VirtualSerialPortFileBackingInfo>;
/** vim25 VirtualDevicePciBusSlotInfo. */
export interface VirtualDevicePciBusSlotInfo extends Omit<VirtualDeviceBusSlotInfo, "_type"> {
  _type?: "VirtualDevicePciBusSlotInfo";
  pciSlotNumber: number;
}
/** vim25 VirtualDevicePipeBackingInfo. */
export interface VirtualDevicePipeBackingInfo extends Omit<VirtualDeviceBackingInfo, "_type"> {
  _type?: "VirtualDevicePipeBackingInfo";
  pipeName: string;
}
/** {@link VirtualDevicePipeBackingInfo} or a type that extends it. */
export type AnyVirtualDevicePipeBackingInfo =
  VirtualDevicePipeBackingInfo | Sub<VirtualSerialPortPipeBackingInfo>;
/** vim25 VirtualDeviceRemoteDeviceBackingInfo. */
export interface VirtualDeviceRemoteDeviceBackingInfo extends Omit<
  VirtualDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualDeviceRemoteDeviceBackingInfo";
  deviceName: string;
  useAutoDetect?: boolean | undefined;
}
/** {@link VirtualDeviceRemoteDeviceBackingInfo} or a type that extends it. */
export type AnyVirtualDeviceRemoteDeviceBackingInfo =
  | VirtualDeviceRemoteDeviceBackingInfo
  | Sub<VirtualCdromRemoteAtapiBackingInfo>
  | Sub<VirtualCdromRemotePassthroughBackingInfo>
  | Sub<VirtualFloppyRemoteDeviceBackingInfo>;
/** vim25 VirtualDeviceURIBackingInfo. */
export interface VirtualDeviceURIBackingInfo extends Omit<VirtualDeviceBackingInfo, "_type"> {
  _type?: "VirtualDeviceURIBackingInfo";
  serviceURI: string;
  direction: string;
  proxyURI?: string | undefined;
}
/** {@link VirtualDeviceURIBackingInfo} or a type that extends it. */
export type AnyVirtualDeviceURIBackingInfo =
  VirtualDeviceURIBackingInfo | Sub<VirtualSerialPortURIBackingInfo>;
/** vim25 VirtualDisk. */
export interface VirtualDisk extends Omit<VirtualDevice, "_type"> {
  _type?: "VirtualDisk";
  capacityInKB: number;
  capacityInBytes?: number | undefined;
  shares?: SharesInfo | undefined;
  storageIOAllocation?: StorageIOAllocationInfo | undefined;
  diskObjectId?: string | undefined;
  vFlashCacheConfigInfo?: unknown;
  iofilter?: string[] | undefined;
  vDiskId?: ID | undefined;
  vDiskVersion?: number | undefined;
  virtualDiskFormat?: string | undefined;
  nativeUnmanagedLinkedClone?: boolean | undefined;
  independentFilters?: VirtualMachineBaseIndependentFilterSpec[] | undefined;
  guestReadOnly?: boolean | undefined;
}
/** vim25 VirtualDiskFlatVer2BackingInfo. */
export interface VirtualDiskFlatVer2BackingInfo extends Omit<
  VirtualDeviceFileBackingInfo,
  "_type"
> {
  _type?: "VirtualDiskFlatVer2BackingInfo";
  diskMode: string;
  split?: boolean | undefined;
  writeThrough?: boolean | undefined;
  thinProvisioned?: boolean | undefined;
  eagerlyScrub?: boolean | undefined;
  uuid?: string | undefined;
  contentId?: string | undefined;
  changeId?: string | undefined;
  parent?: VirtualDiskFlatVer2BackingInfo | undefined;
  deltaDiskFormat?: string | undefined;
  digestEnabled?: boolean | undefined;
  deltaGrainSize?: number | undefined;
  deltaDiskFormatVariant?: string | undefined;
  sharing?: string | undefined;
  keyId?: unknown;
}
/** vim25 VirtualDiskInfo. */
export interface VirtualDiskInfo {
  _type?: "VirtualDiskInfo";
  unit: VirtualDiskInfoUnit;
  diskType: string;
  parent?: string | undefined;
}
/** vim25 VirtualDiskInfoUnit. */
export interface VirtualDiskInfoUnit {
  _type?: "VirtualDiskInfoUnit";
  name: string;
}
/** vim25 VirtualDiskRawDiskMappingVer1BackingInfo. */
export interface VirtualDiskRawDiskMappingVer1BackingInfo extends Omit<
  VirtualDeviceFileBackingInfo,
  "_type"
> {
  _type?: "VirtualDiskRawDiskMappingVer1BackingInfo";
  lunUuid?: string | undefined;
  deviceName?: string | undefined;
  compatibilityMode?: string | undefined;
  diskMode?: string | undefined;
  uuid?: string | undefined;
  contentId?: string | undefined;
  changeId?: string | undefined;
  parent?: VirtualDiskRawDiskMappingVer1BackingInfo | undefined;
  deltaDiskFormat?: string | undefined;
  deltaGrainSize?: number | undefined;
  sharing?: string | undefined;
}
/** vim25 VirtualDiskSeSparseBackingInfo. */
export interface VirtualDiskSeSparseBackingInfo extends Omit<
  VirtualDeviceFileBackingInfo,
  "_type"
> {
  _type?: "VirtualDiskSeSparseBackingInfo";
  diskMode: string;
  writeThrough?: boolean | undefined;
  uuid?: string | undefined;
  contentId?: string | undefined;
  changeId?: string | undefined;
  parent?: VirtualDiskSeSparseBackingInfo | undefined;
  deltaDiskFormat?: string | undefined;
  digestEnabled?: boolean | undefined;
  grainSize?: number | undefined;
  keyId?: unknown;
}
/** vim25 VirtualDiskSparseVer2BackingInfo. */
export interface VirtualDiskSparseVer2BackingInfo extends Omit<
  VirtualDeviceFileBackingInfo,
  "_type"
> {
  _type?: "VirtualDiskSparseVer2BackingInfo";
  diskMode: string;
  split?: boolean | undefined;
  writeThrough?: boolean | undefined;
  spaceUsedInKB?: number | undefined;
  uuid?: string | undefined;
  contentId?: string | undefined;
  changeId?: string | undefined;
  parent?: VirtualDiskSparseVer2BackingInfo | undefined;
  keyId?: unknown;
}
/** vim25 VirtualDiskSpec. */
export interface VirtualDiskSpec {
  _type?: "VirtualDiskSpec";
  diskType: string;
  adapterType: string;
}
/** {@link VirtualDiskSpec} or a type that extends it. */
export type AnyVirtualDiskSpec =
  | VirtualDiskSpec
  | Sub<DeviceBackedVirtualDiskSpec>
  | Sub<FileBackedVirtualDiskSpec>
  | Sub<SeSparseVirtualDiskSpec>;
/** vim25 VirtualE1000. */
export interface VirtualE1000 extends Omit<VirtualEthernetCard, "_type"> {
  _type?: "VirtualE1000";
}
/** vim25 VirtualE1000e. */
export interface VirtualE1000e extends Omit<VirtualEthernetCard, "_type"> {
  _type?: "VirtualE1000e";
}
/** vim25 VirtualEthernetCard. */
export interface VirtualEthernetCard extends Omit<VirtualDevice, "_type"> {
  _type?: "VirtualEthernetCard";
  addressType?: string | undefined;
  macAddress?: string | undefined;
  wakeOnLanEnabled?: boolean | undefined;
  resourceAllocation?: VirtualEthernetCardResourceAllocation | undefined;
  externalId?: string | undefined;
  uptCompatibilityEnabled?: boolean | undefined;
  subnetId?: string | undefined;
}
/** {@link VirtualEthernetCard} or a type that extends it. */
export type AnyVirtualEthernetCard =
  | VirtualEthernetCard
  | Sub<VirtualE1000>
  | Sub<VirtualE1000e>
  | Sub<VirtualPCNet32>
  | Sub<VirtualSriovEthernetCard>
  | Sub<VirtualVmxnet>
  | Sub<VirtualVmxnet2>
  | Sub<VirtualVmxnet3>;
/** vim25 VirtualEthernetCardDistributedVirtualPortBackingInfo. */
export interface VirtualEthernetCardDistributedVirtualPortBackingInfo extends Omit<
  VirtualDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualEthernetCardDistributedVirtualPortBackingInfo";
  port: DistributedVirtualSwitchPortConnection;
}
/** vim25 VirtualEthernetCardNetworkBackingInfo. */
export interface VirtualEthernetCardNetworkBackingInfo extends Omit<
  VirtualDeviceDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualEthernetCardNetworkBackingInfo";
  network?: MoRef | undefined;
  inPassthroughMode?: boolean | undefined;
}
/** vim25 VirtualEthernetCardOpaqueNetworkBackingInfo. */
export interface VirtualEthernetCardOpaqueNetworkBackingInfo extends Omit<
  VirtualDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualEthernetCardOpaqueNetworkBackingInfo";
  opaqueNetworkId: string;
  opaqueNetworkType: string;
}
/** vim25 VirtualEthernetCardResourceAllocation. */
export interface VirtualEthernetCardResourceAllocation {
  _type?: "VirtualEthernetCardResourceAllocation";
  reservation?: number | undefined;
  share: SharesInfo;
  limit?: number | undefined;
}
/** vim25 VirtualFloppy. */
export interface VirtualFloppy extends Omit<VirtualDevice, "_type"> {
  _type?: "VirtualFloppy";
}
/** vim25 VirtualFloppyDeviceBackingInfo. */
export interface VirtualFloppyDeviceBackingInfo extends Omit<
  VirtualDeviceDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualFloppyDeviceBackingInfo";
}
/** vim25 VirtualFloppyImageBackingInfo. */
export interface VirtualFloppyImageBackingInfo extends Omit<VirtualDeviceFileBackingInfo, "_type"> {
  _type?: "VirtualFloppyImageBackingInfo";
}
/** vim25 VirtualFloppyRemoteDeviceBackingInfo. */
export interface VirtualFloppyRemoteDeviceBackingInfo extends Omit<
  VirtualDeviceRemoteDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualFloppyRemoteDeviceBackingInfo";
}
/** vim25 VirtualHardware. */
export interface VirtualHardware {
  _type?: "VirtualHardware";
  numCPU: number;
  numCoresPerSocket?: number | undefined;
  autoCoresPerSocket?: boolean | undefined;
  memoryMB: number;
  virtualICH7MPresent?: boolean | undefined;
  virtualSMCPresent?: boolean | undefined;
  device?: AnyVirtualDevice[] | undefined;
  motherboardLayout?: string | undefined;
  simultaneousThreads?: number | undefined;
}
/** vim25 VirtualHardwareCompatibilityIssue. */
export interface VirtualHardwareCompatibilityIssue extends Omit<VmConfigFault, "_type"> {
  _type?: "VirtualHardwareCompatibilityIssue";
}
/** {@link VirtualHardwareCompatibilityIssue} or a type that extends it. */
export type AnyVirtualHardwareCompatibilityIssue =
  | VirtualHardwareCompatibilityIssue
  | Sub<DeviceNotSupported>
  | Sub<NumVirtualCpusNotSupported>
  | Sub<VirtualHardwareVersionNotSupported>;
/** vim25 VirtualHardwareOption. */
export interface VirtualHardwareOption {
  _type?: "VirtualHardwareOption";
  hwVersion: number;
  virtualDeviceOption?: unknown[] | undefined;
  deviceListReadonly: boolean;
  numCPU?: number[] | undefined;
  numCoresPerSocket?: IntOption | undefined;
  numCpuReadonly: boolean;
  memoryMB: LongOption;
  numPCIControllers: IntOption;
  numIDEControllers: IntOption;
  numUSBControllers: IntOption;
  numUSBXHCIControllers?: IntOption | undefined;
  numSIOControllers: IntOption;
  numPS2Controllers: IntOption;
  licensingLimit?: string[] | undefined;
  numSupportedWwnPorts?: IntOption | undefined;
}
/** vim25 VirtualHardwareVersionNotSupported. */
export interface VirtualHardwareVersionNotSupported extends Omit<
  VirtualHardwareCompatibilityIssue,
  "_type"
> {
  _type?: "VirtualHardwareVersionNotSupported";
  hostName: string;
  host: MoRef;
}
/** vim25 VirtualIDEController. */
export interface VirtualIDEController extends Omit<VirtualController, "_type"> {
  _type?: "VirtualIDEController";
}
/** vim25 VirtualKeyboard. */
export interface VirtualKeyboard extends Omit<VirtualDevice, "_type"> {
  _type?: "VirtualKeyboard";
}
/** vim25 VirtualLsiLogicController. */
export interface VirtualLsiLogicController extends Omit<VirtualSCSIController, "_type"> {
  _type?: "VirtualLsiLogicController";
}
/** vim25 VirtualLsiLogicSASController. */
export interface VirtualLsiLogicSASController extends Omit<VirtualSCSIController, "_type"> {
  _type?: "VirtualLsiLogicSASController";
}
/** vim25 VirtualMachineAffinityInfo. */
export interface VirtualMachineAffinityInfo {
  _type?: "VirtualMachineAffinityInfo";
  affinitySet?: number[] | undefined;
}
/** vim25 VirtualMachineBaseIndependentFilterSpec. */
export interface VirtualMachineBaseIndependentFilterSpec {
  _type?: "VirtualMachineBaseIndependentFilterSpec";
}
/** vim25 VirtualMachineBootOptions. */
export interface VirtualMachineBootOptions {
  _type?: "VirtualMachineBootOptions";
  bootDelay?: number | undefined;
  enterBIOSSetup?: boolean | undefined;
  efiSecureBootEnabled?: boolean | undefined;
  bootRetryEnabled?: boolean | undefined;
  bootRetryDelay?: number | undefined;
  bootOrder?: VirtualMachineBootOptionsBootableDevice[] | undefined;
  networkBootProtocol?: string | undefined;
}
/** vim25 VirtualMachineBootOptionsBootableDevice. */
export interface VirtualMachineBootOptionsBootableDevice {
  _type?: "VirtualMachineBootOptionsBootableDevice";
}
/** vim25 VirtualMachineCapability. */
export interface VirtualMachineCapability {
  _type?: "VirtualMachineCapability";
  snapshotOperationsSupported: boolean;
  multipleSnapshotsSupported: boolean;
  snapshotConfigSupported: boolean;
  poweredOffSnapshotsSupported: boolean;
  memorySnapshotsSupported: boolean;
  revertToSnapshotSupported: boolean;
  quiescedSnapshotsSupported: boolean;
  disableSnapshotsSupported: boolean;
  lockSnapshotsSupported: boolean;
  consolePreferencesSupported: boolean;
  cpuFeatureMaskSupported: boolean;
  s1AcpiManagementSupported: boolean;
  settingScreenResolutionSupported: boolean;
  toolsAutoUpdateSupported: boolean;
  vmNpivWwnSupported: boolean;
  npivWwnOnNonRdmVmSupported: boolean;
  vmNpivWwnDisableSupported?: boolean | undefined;
  vmNpivWwnUpdateSupported?: boolean | undefined;
  swapPlacementSupported: boolean;
  toolsSyncTimeSupported: boolean;
  virtualMmuUsageSupported: boolean;
  diskSharesSupported: boolean;
  bootOptionsSupported: boolean;
  bootRetryOptionsSupported?: boolean | undefined;
  settingVideoRamSizeSupported: boolean;
  settingDisplayTopologySupported?: boolean | undefined;
  recordReplaySupported?: boolean | undefined;
  changeTrackingSupported?: boolean | undefined;
  multipleCoresPerSocketSupported?: boolean | undefined;
  hostBasedReplicationSupported?: boolean | undefined;
  guestAutoLockSupported?: boolean | undefined;
  memoryReservationLockSupported?: boolean | undefined;
  featureRequirementSupported?: boolean | undefined;
  poweredOnMonitorTypeChangeSupported?: boolean | undefined;
  seSparseDiskSupported?: boolean | undefined;
  nestedHVSupported?: boolean | undefined;
  vPMCSupported?: boolean | undefined;
  secureBootSupported?: boolean | undefined;
  perVmEvcSupported?: boolean | undefined;
  virtualMmuUsageIgnored?: boolean | undefined;
  virtualExecUsageIgnored?: boolean | undefined;
  diskOnlySnapshotOnSuspendedVMSupported?: boolean | undefined;
  suspendToMemorySupported?: boolean | undefined;
  toolsSyncTimeAllowSupported?: boolean | undefined;
  sevSupported?: boolean | undefined;
  pmemFailoverSupported?: boolean | undefined;
  requireSgxAttestationSupported?: boolean | undefined;
  changeModeDisksSupported?: boolean | undefined;
  vendorDeviceGroupSupported?: boolean | undefined;
  sevSnpSupported?: boolean | undefined;
  tdxSupported?: boolean | undefined;
}
/** vim25 VirtualMachineCdromInfo. */
export interface VirtualMachineCdromInfo extends Omit<VirtualMachineTargetInfo, "_type"> {
  _type?: "VirtualMachineCdromInfo";
  description?: string | undefined;
}
/** vim25 VirtualMachineCertThumbprint. */
export interface VirtualMachineCertThumbprint {
  _type?: "VirtualMachineCertThumbprint";
  thumbprint: string;
  hashAlgorithm?: string | undefined;
}
/** vim25 VirtualMachineCloneSpec. */
export interface VirtualMachineCloneSpec {
  _type?: "VirtualMachineCloneSpec";
  location: VirtualMachineRelocateSpec;
  template: boolean;
  config?: VirtualMachineConfigSpec | undefined;
  customization?: CustomizationSpec | undefined;
  powerOn: boolean;
  snapshot?: MoRef | undefined;
  memory?: boolean | undefined;
  tpmProvisionPolicy?: string | undefined;
}
/** vim25 VirtualMachineConfigInfo. */
export interface VirtualMachineConfigInfo {
  _type?: "VirtualMachineConfigInfo";
  changeVersion: string;
  modified: string;
  name: string;
  guestFullName: string;
  version: string;
  uuid: string;
  createDate?: string | undefined;
  instanceUuid?: string | undefined;
  npivNodeWorldWideName?: number[] | undefined;
  npivPortWorldWideName?: number[] | undefined;
  npivWorldWideNameType?: string | undefined;
  npivDesiredNodeWwns?: number | undefined;
  npivDesiredPortWwns?: number | undefined;
  npivTemporaryDisabled?: boolean | undefined;
  npivOnNonRdmDisks?: boolean | undefined;
  locationId?: string | undefined;
  template: boolean;
  guestId: string;
  alternateGuestName: string;
  annotation?: string | undefined;
  files: VirtualMachineFileInfo;
  tools?: ToolsConfigInfo | undefined;
  flags: VirtualMachineFlagInfo;
  consolePreferences?: VirtualMachineConsolePreferences | undefined;
  defaultPowerOps: VirtualMachineDefaultPowerOpInfo;
  rebootPowerOff?: boolean | undefined;
  hardware: VirtualHardware;
  vcpuConfig?: VirtualMachineVcpuConfig[] | undefined;
  cpuAllocation?: ResourceAllocationInfo | undefined;
  memoryAllocation?: ResourceAllocationInfo | undefined;
  latencySensitivity?: LatencySensitivity | undefined;
  memoryHotAddEnabled?: boolean | undefined;
  cpuHotAddEnabled?: boolean | undefined;
  cpuHotRemoveEnabled?: boolean | undefined;
  hotPlugMemoryLimit?: number | undefined;
  hotPlugMemoryIncrementSize?: number | undefined;
  cpuAffinity?: VirtualMachineAffinityInfo | undefined;
  memoryAffinity?: VirtualMachineAffinityInfo | undefined;
  networkShaper?: VirtualMachineNetworkShaperInfo | undefined;
  extraConfig?: OptionValue[] | undefined;
  cpuFeatureMask?: unknown[] | undefined;
  datastoreUrl?: VirtualMachineConfigInfoDatastoreUrlPair[] | undefined;
  swapPlacement?: string | undefined;
  bootOptions?: VirtualMachineBootOptions | undefined;
  ftInfo?: unknown;
  repConfig?: unknown;
  vAppConfig?: AnyVmConfigInfo | undefined;
  vAssertsEnabled?: boolean | undefined;
  changeTrackingEnabled?: boolean | undefined;
  firmware?: string | undefined;
  maxMksConnections?: number | undefined;
  guestAutoLockEnabled?: boolean | undefined;
  managedBy?: ManagedByInfo | undefined;
  memoryReservationLockedToMax?: boolean | undefined;
  initialOverhead?: VirtualMachineConfigInfoOverheadInfo | undefined;
  nestedHVEnabled?: boolean | undefined;
  vPMCEnabled?: boolean | undefined;
  scheduledHardwareUpgradeInfo?: unknown;
  forkConfigInfo?: VirtualMachineForkConfigInfo | undefined;
  vFlashCacheReservation?: number | undefined;
  vmxConfigChecksum?: string | undefined;
  messageBusTunnelEnabled?: boolean | undefined;
  vmStorageObjectId?: string | undefined;
  swapStorageObjectId?: string | undefined;
  keyId?: unknown;
  guestIntegrityInfo?: VirtualMachineGuestIntegrityInfo | undefined;
  migrateEncryption?: string | undefined;
  sgxInfo?: unknown;
  contentLibItemInfo?: VirtualMachineContentLibraryItemInfo | undefined;
  ftEncryptionMode?: string | undefined;
  guestMonitoringModeInfo?: VirtualMachineGuestMonitoringModeInfo | undefined;
  sevEnabled?: boolean | undefined;
  numaInfo?: VirtualMachineVirtualNumaInfo | undefined;
  pmemFailoverEnabled?: boolean | undefined;
  vmxStatsCollectionEnabled?: boolean | undefined;
  vmOpNotificationToAppEnabled?: boolean | undefined;
  vmOpNotificationTimeout?: number | undefined;
  deviceSwap?: unknown;
  pmem?: VirtualMachineVirtualPMem | undefined;
  deviceGroups?: VirtualMachineVirtualDeviceGroups | undefined;
  fixedPassthruHotPlugEnabled?: boolean | undefined;
  metroFtEnabled?: boolean | undefined;
  vmxRuntimeConfig?: OptionValue[] | undefined;
  metroFtHostGroup?: string | undefined;
  tdxEnabled?: boolean | undefined;
  sevSnpEnabled?: boolean | undefined;
}
/** vim25 VirtualMachineConfigInfoDatastoreUrlPair. */
export interface VirtualMachineConfigInfoDatastoreUrlPair {
  _type?: "VirtualMachineConfigInfoDatastoreUrlPair";
  name: string;
  url: string;
}
/** vim25 VirtualMachineConfigInfoOverheadInfo. */
export interface VirtualMachineConfigInfoOverheadInfo {
  _type?: "VirtualMachineConfigInfoOverheadInfo";
  initialMemoryReservation?: number | undefined;
  initialSwapReservation?: number | undefined;
}
/** vim25 VirtualMachineConfigOption. */
export interface VirtualMachineConfigOption {
  _type?: "VirtualMachineConfigOption";
  version: string;
  description: string;
  guestOSDescriptor?: GuestOsDescriptor[] | undefined;
  guestOSDefaultIndex: number;
  hardwareOptions: VirtualHardwareOption;
  capabilities: VirtualMachineCapability;
  datastore: DatastoreOption;
  defaultDevice?: AnyVirtualDevice[] | undefined;
  supportedMonitorType?: string[] | undefined;
  supportedOvfEnvironmentTransport?: string[] | undefined;
  supportedOvfInstallTransport?: string[] | undefined;
  propertyRelations?: VirtualMachinePropertyRelation[] | undefined;
}
/** vim25 VirtualMachineConfigOptionDescriptor. */
export interface VirtualMachineConfigOptionDescriptor {
  _type?: "VirtualMachineConfigOptionDescriptor";
  key: string;
  description?: string | undefined;
  host?: MoRef[] | undefined;
  createSupported?: boolean | undefined;
  defaultConfigOption?: boolean | undefined;
  runSupported?: boolean | undefined;
  upgradeSupported?: boolean | undefined;
}
/** vim25 VirtualMachineConfigSpec. */
export interface VirtualMachineConfigSpec {
  _type?: "VirtualMachineConfigSpec";
  changeVersion?: string | undefined;
  name?: string | undefined;
  version?: string | undefined;
  createDate?: string | undefined;
  uuid?: string | undefined;
  instanceUuid?: string | undefined;
  npivNodeWorldWideName?: number[] | undefined;
  npivPortWorldWideName?: number[] | undefined;
  npivWorldWideNameType?: string | undefined;
  npivDesiredNodeWwns?: number | undefined;
  npivDesiredPortWwns?: number | undefined;
  npivTemporaryDisabled?: boolean | undefined;
  npivOnNonRdmDisks?: boolean | undefined;
  npivWorldWideNameOp?: string | undefined;
  locationId?: string | undefined;
  guestId?: string | undefined;
  alternateGuestName?: string | undefined;
  annotation?: string | undefined;
  files?: VirtualMachineFileInfo | undefined;
  tools?: ToolsConfigInfo | undefined;
  flags?: VirtualMachineFlagInfo | undefined;
  consolePreferences?: VirtualMachineConsolePreferences | undefined;
  powerOpInfo?: VirtualMachineDefaultPowerOpInfo | undefined;
  rebootPowerOff?: boolean | undefined;
  numCPUs?: number | undefined;
  vcpuConfig?: VirtualMachineVcpuConfig[] | undefined;
  numCoresPerSocket?: number | undefined;
  memoryMB?: number | undefined;
  memoryHotAddEnabled?: boolean | undefined;
  cpuHotAddEnabled?: boolean | undefined;
  cpuHotRemoveEnabled?: boolean | undefined;
  virtualICH7MPresent?: boolean | undefined;
  virtualSMCPresent?: boolean | undefined;
  deviceChange?: VirtualDeviceConfigSpec[] | undefined;
  cpuAllocation?: ResourceAllocationInfo | undefined;
  memoryAllocation?: ResourceAllocationInfo | undefined;
  latencySensitivity?: LatencySensitivity | undefined;
  cpuAffinity?: VirtualMachineAffinityInfo | undefined;
  memoryAffinity?: VirtualMachineAffinityInfo | undefined;
  networkShaper?: VirtualMachineNetworkShaperInfo | undefined;
  cpuFeatureMask?: unknown[] | undefined;
  extraConfig?: OptionValue[] | undefined;
  swapPlacement?: string | undefined;
  bootOptions?: VirtualMachineBootOptions | undefined;
  vAppConfig?: AnyVmConfigSpec | undefined;
  ftInfo?: unknown;
  repConfig?: unknown;
  vAppConfigRemoved?: boolean | undefined;
  vAssertsEnabled?: boolean | undefined;
  changeTrackingEnabled?: boolean | undefined;
  firmware?: string | undefined;
  maxMksConnections?: number | undefined;
  guestAutoLockEnabled?: boolean | undefined;
  managedBy?: ManagedByInfo | undefined;
  memoryReservationLockedToMax?: boolean | undefined;
  nestedHVEnabled?: boolean | undefined;
  vPMCEnabled?: boolean | undefined;
  scheduledHardwareUpgradeInfo?: unknown;
  vmProfile?: unknown[] | undefined;
  messageBusTunnelEnabled?: boolean | undefined;
  crypto?: unknown;
  migrateEncryption?: string | undefined;
  sgxInfo?: unknown;
  ftEncryptionMode?: string | undefined;
  guestMonitoringModeInfo?: VirtualMachineGuestMonitoringModeInfo | undefined;
  sevEnabled?: boolean | undefined;
  virtualNuma?: VirtualMachineVirtualNuma | undefined;
  motherboardLayout?: string | undefined;
  pmemFailoverEnabled?: boolean | undefined;
  vmxStatsCollectionEnabled?: boolean | undefined;
  vmOpNotificationToAppEnabled?: boolean | undefined;
  vmOpNotificationTimeout?: number | undefined;
  deviceSwap?: unknown;
  simultaneousThreads?: number | undefined;
  pmem?: VirtualMachineVirtualPMem | undefined;
  deviceGroups?: VirtualMachineVirtualDeviceGroups | undefined;
  fixedPassthruHotPlugEnabled?: boolean | undefined;
  metroFtEnabled?: boolean | undefined;
  metroFtHostGroup?: string | undefined;
  tdxEnabled?: boolean | undefined;
  sevSnpEnabled?: boolean | undefined;
  vmPlacementPolicies?: VmPlacementPolicy[] | undefined;
}
/** vim25 VirtualMachineConfigSummary. */
export interface VirtualMachineConfigSummary {
  _type?: "VirtualMachineConfigSummary";
  name: string;
  template: boolean;
  vmPathName: string;
  memorySizeMB?: number | undefined;
  cpuReservation?: number | undefined;
  memoryReservation?: number | undefined;
  numCpu?: number | undefined;
  numEthernetCards?: number | undefined;
  numVirtualDisks?: number | undefined;
  uuid?: string | undefined;
  instanceUuid?: string | undefined;
  guestId?: string | undefined;
  guestFullName?: string | undefined;
  annotation?: string | undefined;
  product?: VAppProductInfo | undefined;
  installBootRequired?: boolean | undefined;
  ftInfo?: unknown;
  managedBy?: ManagedByInfo | undefined;
  tpmPresent?: boolean | undefined;
  numVmiopBackings?: number | undefined;
  hwVersion?: string | undefined;
}
/** vim25 VirtualMachineConnection. */
export interface VirtualMachineConnection {
  _type?: "VirtualMachineConnection";
  label: string;
  client: string;
  userName: string;
}
/** vim25 VirtualMachineConsolePreferences. */
export interface VirtualMachineConsolePreferences {
  _type?: "VirtualMachineConsolePreferences";
  powerOnWhenOpened?: boolean | undefined;
  enterFullScreenOnPowerOn?: boolean | undefined;
  closeOnPowerOffOrSuspend?: boolean | undefined;
}
/** vim25 VirtualMachineContentLibraryItemInfo. */
export interface VirtualMachineContentLibraryItemInfo {
  _type?: "VirtualMachineContentLibraryItemInfo";
  contentLibraryItemUuid: string;
  contentLibraryItemVersion?: string | undefined;
}
/** vim25 VirtualMachineDatastoreInfo. */
export interface VirtualMachineDatastoreInfo extends Omit<VirtualMachineTargetInfo, "_type"> {
  _type?: "VirtualMachineDatastoreInfo";
  datastore: DatastoreSummary;
  capability: DatastoreCapability;
  maxFileSize: number;
  maxVirtualDiskCapacity?: number | undefined;
  maxPhysicalRDMFileSize?: number | undefined;
  maxVirtualRDMFileSize?: number | undefined;
  mode: string;
  vStorageSupport?: string | undefined;
  supportedVDiskFormats?: string[] | undefined;
}
/** vim25 VirtualMachineDatastoreVolumeOption. */
export interface VirtualMachineDatastoreVolumeOption {
  _type?: "VirtualMachineDatastoreVolumeOption";
  fileSystemType: string;
  majorVersion?: number | undefined;
}
/** vim25 VirtualMachineDefaultPowerOpInfo. */
export interface VirtualMachineDefaultPowerOpInfo {
  _type?: "VirtualMachineDefaultPowerOpInfo";
  powerOffType?: string | undefined;
  suspendType?: string | undefined;
  resetType?: string | undefined;
  defaultPowerOffType?: string | undefined;
  defaultSuspendType?: string | undefined;
  defaultResetType?: string | undefined;
  standbyAction?: string | undefined;
}
/** vim25 VirtualMachineDeviceRuntimeInfo. */
export interface VirtualMachineDeviceRuntimeInfo {
  _type?: "VirtualMachineDeviceRuntimeInfo";
  runtimeState: VirtualMachineDeviceRuntimeInfoDeviceRuntimeState;
  key: number;
}
/** vim25 VirtualMachineDeviceRuntimeInfoDeviceRuntimeState. */
export interface VirtualMachineDeviceRuntimeInfoDeviceRuntimeState {
  _type?: "VirtualMachineDeviceRuntimeInfoDeviceRuntimeState";
}
/** vim25 VirtualMachineDiskDeviceInfo. */
export interface VirtualMachineDiskDeviceInfo extends Omit<VirtualMachineTargetInfo, "_type"> {
  _type?: "VirtualMachineDiskDeviceInfo";
  capacity?: number | undefined;
  vm?: MoRef[] | undefined;
}
/** {@link VirtualMachineDiskDeviceInfo} or a type that extends it. */
export type AnyVirtualMachineDiskDeviceInfo =
  VirtualMachineDiskDeviceInfo | Sub<VirtualMachineScsiDiskDeviceInfo>;
/** vim25 VirtualMachineFileInfo. */
export interface VirtualMachineFileInfo {
  _type?: "VirtualMachineFileInfo";
  vmPathName?: string | undefined;
  snapshotDirectory?: string | undefined;
  suspendDirectory?: string | undefined;
  logDirectory?: string | undefined;
  ftMetadataDirectory?: string | undefined;
}
/** vim25 VirtualMachineFileLayout. */
export interface VirtualMachineFileLayout {
  _type?: "VirtualMachineFileLayout";
  configFile?: string[] | undefined;
  logFile?: string[] | undefined;
  disk?: VirtualMachineFileLayoutDiskLayout[] | undefined;
  snapshot?: VirtualMachineFileLayoutSnapshotLayout[] | undefined;
  swapFile?: string | undefined;
}
/** vim25 VirtualMachineFileLayoutDiskLayout. */
export interface VirtualMachineFileLayoutDiskLayout {
  _type?: "VirtualMachineFileLayoutDiskLayout";
  key: number;
  diskFile?: string[] | undefined;
}
/** vim25 VirtualMachineFileLayoutEx. */
export interface VirtualMachineFileLayoutEx {
  _type?: "VirtualMachineFileLayoutEx";
  file?: VirtualMachineFileLayoutExFileInfo[] | undefined;
  disk?: VirtualMachineFileLayoutExDiskLayout[] | undefined;
  snapshot?: VirtualMachineFileLayoutExSnapshotLayout[] | undefined;
  timestamp: string;
}
/** vim25 VirtualMachineFileLayoutExDiskLayout. */
export interface VirtualMachineFileLayoutExDiskLayout {
  _type?: "VirtualMachineFileLayoutExDiskLayout";
  key: number;
  virtualDiskFormat?: string | undefined;
  chain?: VirtualMachineFileLayoutExDiskUnit[] | undefined;
}
/** vim25 VirtualMachineFileLayoutExDiskUnit. */
export interface VirtualMachineFileLayoutExDiskUnit {
  _type?: "VirtualMachineFileLayoutExDiskUnit";
  fileKey?: number[] | undefined;
}
/** vim25 VirtualMachineFileLayoutExFileInfo. */
export interface VirtualMachineFileLayoutExFileInfo {
  _type?: "VirtualMachineFileLayoutExFileInfo";
  key: number;
  name: string;
  type: string;
  size: number;
  uniqueSize?: number | undefined;
  backingObjectId?: string | undefined;
  accessible?: boolean | undefined;
}
/** vim25 VirtualMachineFileLayoutExSnapshotLayout. */
export interface VirtualMachineFileLayoutExSnapshotLayout {
  _type?: "VirtualMachineFileLayoutExSnapshotLayout";
  key: MoRef;
  dataKey: number;
  memoryKey?: number | undefined;
  disk?: VirtualMachineFileLayoutExDiskLayout[] | undefined;
}
/** vim25 VirtualMachineFileLayoutSnapshotLayout. */
export interface VirtualMachineFileLayoutSnapshotLayout {
  _type?: "VirtualMachineFileLayoutSnapshotLayout";
  key: MoRef;
  snapshotFile?: string[] | undefined;
}
/** vim25 VirtualMachineFlagInfo. */
export interface VirtualMachineFlagInfo {
  _type?: "VirtualMachineFlagInfo";
  disableAcceleration?: boolean | undefined;
  enableLogging?: boolean | undefined;
  useToe?: boolean | undefined;
  runWithDebugInfo?: boolean | undefined;
  monitorType?: string | undefined;
  htSharing?: string | undefined;
  snapshotDisabled?: boolean | undefined;
  snapshotLocked?: boolean | undefined;
  diskUuidEnabled?: boolean | undefined;
  virtualMmuUsage?: string | undefined;
  virtualExecUsage?: string | undefined;
  snapshotPowerOffBehavior?: string | undefined;
  recordReplayEnabled?: boolean | undefined;
  faultToleranceType?: string | undefined;
  cbrcCacheEnabled?: boolean | undefined;
  vvtdEnabled?: boolean | undefined;
  vbsEnabled?: boolean | undefined;
}
/** vim25 VirtualMachineFloppyInfo. */
export interface VirtualMachineFloppyInfo extends Omit<VirtualMachineTargetInfo, "_type"> {
  _type?: "VirtualMachineFloppyInfo";
}
/** vim25 VirtualMachineForkConfigInfo. */
export interface VirtualMachineForkConfigInfo {
  _type?: "VirtualMachineForkConfigInfo";
  parentEnabled?: boolean | undefined;
  childForkGroupId?: string | undefined;
  parentForkGroupId?: string | undefined;
  childType?: string | undefined;
}
/** vim25 VirtualMachineGuestIntegrityInfo. */
export interface VirtualMachineGuestIntegrityInfo {
  _type?: "VirtualMachineGuestIntegrityInfo";
  enabled?: boolean | undefined;
}
/** vim25 VirtualMachineGuestMonitoringModeInfo. */
export interface VirtualMachineGuestMonitoringModeInfo {
  _type?: "VirtualMachineGuestMonitoringModeInfo";
  gmmFile?: string | undefined;
  gmmAppliance?: string | undefined;
}
/** vim25 VirtualMachineGuestQuiesceSpec. */
export interface VirtualMachineGuestQuiesceSpec {
  _type?: "VirtualMachineGuestQuiesceSpec";
  timeout?: number | undefined;
}
/** vim25 VirtualMachineGuestSummary. */
export interface VirtualMachineGuestSummary {
  _type?: "VirtualMachineGuestSummary";
  guestId?: string | undefined;
  guestFullName?: string | undefined;
  toolsStatus?: VirtualMachineToolsStatus | undefined;
  toolsVersionStatus?: string | undefined;
  toolsVersionStatus2?: string | undefined;
  toolsRunningStatus?: string | undefined;
  hostName?: string | undefined;
  ipAddress?: string | undefined;
  hwVersion?: string | undefined;
}
/** vim25 VirtualMachineInstantCloneSpec. */
export interface VirtualMachineInstantCloneSpec {
  _type?: "VirtualMachineInstantCloneSpec";
  name: string;
  location: VirtualMachineRelocateSpec;
  config?: OptionValue[] | undefined;
  biosUuid?: string | undefined;
}
/** vim25 VirtualMachineLegacyNetworkSwitchInfo. */
export interface VirtualMachineLegacyNetworkSwitchInfo {
  _type?: "VirtualMachineLegacyNetworkSwitchInfo";
  name: string;
}
/** vim25 VirtualMachineMemoryReservationInfo. */
export interface VirtualMachineMemoryReservationInfo {
  _type?: "VirtualMachineMemoryReservationInfo";
  virtualMachineMin: number;
  virtualMachineMax: number;
  virtualMachineReserved: number;
  allocationPolicy: string;
}
/** vim25 VirtualMachineMessage. */
export interface VirtualMachineMessage {
  _type?: "VirtualMachineMessage";
  id: string;
  argument?: unknown[] | undefined;
  text?: string | undefined;
}
/** vim25 VirtualMachineNetworkInfo. */
export interface VirtualMachineNetworkInfo extends Omit<VirtualMachineTargetInfo, "_type"> {
  _type?: "VirtualMachineNetworkInfo";
  network: AnyNetworkSummary;
  vswitch?: string | undefined;
}
/** vim25 VirtualMachineNetworkShaperInfo. */
export interface VirtualMachineNetworkShaperInfo {
  _type?: "VirtualMachineNetworkShaperInfo";
  enabled?: boolean | undefined;
  peakBps?: number | undefined;
  averageBps?: number | undefined;
  burstSize?: number | undefined;
}
/** vim25 VirtualMachineParallelInfo. */
export interface VirtualMachineParallelInfo extends Omit<VirtualMachineTargetInfo, "_type"> {
  _type?: "VirtualMachineParallelInfo";
}
/** vim25 VirtualMachinePropertyRelation. */
export interface VirtualMachinePropertyRelation {
  _type?: "VirtualMachinePropertyRelation";
  key: DynamicProperty;
  relations?: DynamicProperty[] | undefined;
}
/** vim25 VirtualMachineQuestionInfo. */
export interface VirtualMachineQuestionInfo {
  _type?: "VirtualMachineQuestionInfo";
  id: string;
  text: string;
  choice: ChoiceOption;
  message?: VirtualMachineMessage[] | undefined;
}
/** vim25 VirtualMachineQuickStats. */
export interface VirtualMachineQuickStats {
  _type?: "VirtualMachineQuickStats";
  overallCpuUsage?: number | undefined;
  overallCpuDemand?: number | undefined;
  overallCpuReadiness?: number | undefined;
  guestMemoryUsage?: number | undefined;
  hostMemoryUsage?: number | undefined;
  guestHeartbeatStatus: ManagedEntityStatus;
  distributedCpuEntitlement?: number | undefined;
  distributedMemoryEntitlement?: number | undefined;
  staticCpuEntitlement?: number | undefined;
  staticMemoryEntitlement?: number | undefined;
  grantedMemory?: number | undefined;
  privateMemory?: number | undefined;
  sharedMemory?: number | undefined;
  swappedMemory?: number | undefined;
  balloonedMemory?: number | undefined;
  consumedOverheadMemory?: number | undefined;
  ftLogBandwidth?: number | undefined;
  ftSecondaryLatency?: number | undefined;
  ftLatencyStatus?: ManagedEntityStatus | undefined;
  compressedMemory?: number | undefined;
  uptimeSeconds?: number | undefined;
  ssdSwappedMemory?: number | undefined;
  activeMemory?: number | undefined;
  memoryTierStats?: VirtualMachineQuickStatsMemoryTierStats[] | undefined;
}
/** vim25 VirtualMachineQuickStatsMemoryTierStats. */
export interface VirtualMachineQuickStatsMemoryTierStats {
  _type?: "VirtualMachineQuickStatsMemoryTierStats";
  memoryTierType: string;
  readBandwidth: number;
}
/** vim25 VirtualMachineRelocateSpec. */
export interface VirtualMachineRelocateSpec {
  _type?: "VirtualMachineRelocateSpec";
  service?: ServiceLocator | undefined;
  folder?: MoRef | undefined;
  datastore?: MoRef | undefined;
  diskMoveType?: string | undefined;
  pool?: MoRef | undefined;
  host?: MoRef | undefined;
  disk?: VirtualMachineRelocateSpecDiskLocator[] | undefined;
  transform?: VirtualMachineRelocateTransformation | undefined;
  deviceChange?: VirtualDeviceConfigSpec[] | undefined;
  profile?: unknown[] | undefined;
  cryptoSpec?: unknown;
  vmPlacementPolicies?: VmPlacementPolicy[] | undefined;
}
/** vim25 VirtualMachineRelocateSpecDiskLocator. */
export interface VirtualMachineRelocateSpecDiskLocator {
  _type?: "VirtualMachineRelocateSpecDiskLocator";
  diskId: number;
  datastore: MoRef;
  diskMoveType?: string | undefined;
  diskBackingInfo?: AnyVirtualDeviceBackingInfo | undefined;
  profile?: unknown[] | undefined;
  backing?: VirtualMachineRelocateSpecDiskLocatorBackingSpec | undefined;
  filterSpec?: VirtualMachineBaseIndependentFilterSpec[] | undefined;
}
/** vim25 VirtualMachineRelocateSpecDiskLocatorBackingSpec. */
export interface VirtualMachineRelocateSpecDiskLocatorBackingSpec {
  _type?: "VirtualMachineRelocateSpecDiskLocatorBackingSpec";
  parent?: VirtualMachineRelocateSpecDiskLocatorBackingSpec | undefined;
  crypto?: unknown;
}
/** vim25 VirtualMachineRuntimeInfo. */
export interface VirtualMachineRuntimeInfo {
  _type?: "VirtualMachineRuntimeInfo";
  device?: VirtualMachineDeviceRuntimeInfo[] | undefined;
  host?: MoRef | undefined;
  connectionState: VirtualMachineConnectionState;
  powerState: VirtualMachinePowerState;
  vmFailoverInProgress?: boolean | undefined;
  faultToleranceState?: unknown;
  dasVmProtection?: unknown;
  toolsInstallerMounted: boolean;
  suspendTime?: string | undefined;
  bootTime?: string | undefined;
  suspendInterval?: number | undefined;
  question?: VirtualMachineQuestionInfo | undefined;
  memoryOverhead?: number | undefined;
  maxCpuUsage?: number | undefined;
  maxMemoryUsage?: number | undefined;
  numMksConnections: number;
  recordReplayState?: VirtualMachineRecordReplayState | undefined;
  cleanPowerOff?: boolean | undefined;
  needSecondaryReason?: string | undefined;
  onlineStandby?: boolean | undefined;
  minRequiredEVCModeKey?: string | undefined;
  consolidationNeeded?: boolean | undefined;
  offlineFeatureRequirement?: unknown[] | undefined;
  featureRequirement?: unknown[] | undefined;
  featureMask?: unknown[] | undefined;
  vFlashCacheAllocation?: number | undefined;
  paused?: boolean | undefined;
  snapshotInBackground?: boolean | undefined;
  quiescedForkParent?: boolean | undefined;
  instantCloneFrozen?: boolean | undefined;
  cryptoState?: string | undefined;
  suspendedToMemory?: boolean | undefined;
  opNotificationTimeout?: number | undefined;
  iommuActive?: boolean | undefined;
}
/** vim25 VirtualMachineScsiDiskDeviceInfo. */
export interface VirtualMachineScsiDiskDeviceInfo extends Omit<
  VirtualMachineDiskDeviceInfo,
  "_type"
> {
  _type?: "VirtualMachineScsiDiskDeviceInfo";
  disk?: HostScsiDisk | undefined;
  transportHint?: string | undefined;
  lunNumber?: number | undefined;
}
/** vim25 VirtualMachineScsiPassthroughInfo. */
export interface VirtualMachineScsiPassthroughInfo extends Omit<VirtualMachineTargetInfo, "_type"> {
  _type?: "VirtualMachineScsiPassthroughInfo";
  scsiClass: string;
  vendor: string;
  physicalUnitNumber: number;
}
/** vim25 VirtualMachineSerialInfo. */
export interface VirtualMachineSerialInfo extends Omit<VirtualMachineTargetInfo, "_type"> {
  _type?: "VirtualMachineSerialInfo";
}
/** vim25 VirtualMachineSnapshotInfo. */
export interface VirtualMachineSnapshotInfo {
  _type?: "VirtualMachineSnapshotInfo";
  currentSnapshot?: MoRef | undefined;
  rootSnapshotList?: VirtualMachineSnapshotTree[] | undefined;
}
/** vim25 VirtualMachineSnapshotTree. */
export interface VirtualMachineSnapshotTree {
  _type?: "VirtualMachineSnapshotTree";
  snapshot: MoRef;
  vm: MoRef;
  name: string;
  description: string;
  id?: number | undefined;
  createTime: string;
  state: VirtualMachinePowerState;
  quiesced: boolean;
  backupManifest?: string | undefined;
  childSnapshotList?: VirtualMachineSnapshotTree[] | undefined;
  replaySupported?: boolean | undefined;
}
/** vim25 VirtualMachineStorageInfo. */
export interface VirtualMachineStorageInfo {
  _type?: "VirtualMachineStorageInfo";
  perDatastoreUsage?: VirtualMachineUsageOnDatastore[] | undefined;
  timestamp: string;
}
/** vim25 VirtualMachineStorageSummary. */
export interface VirtualMachineStorageSummary {
  _type?: "VirtualMachineStorageSummary";
  committed: number;
  uncommitted: number;
  unshared: number;
  timestamp: string;
}
/** vim25 VirtualMachineSummary. */
export interface VirtualMachineSummary {
  _type?: "VirtualMachineSummary";
  vm?: MoRef | undefined;
  runtime: VirtualMachineRuntimeInfo;
  guest?: VirtualMachineGuestSummary | undefined;
  config: VirtualMachineConfigSummary;
  storage?: VirtualMachineStorageSummary | undefined;
  quickStats: VirtualMachineQuickStats;
  overallStatus: ManagedEntityStatus;
  customValue?: CustomFieldValue[] | undefined;
}
/** vim25 VirtualMachineTargetInfo. */
export interface VirtualMachineTargetInfo {
  _type?: "VirtualMachineTargetInfo";
  name: string;
  configurationTag?: string[] | undefined;
}
/** {@link VirtualMachineTargetInfo} or a type that extends it. */
export type AnyVirtualMachineTargetInfo =
  | VirtualMachineTargetInfo
  | Sub<OpaqueNetworkTargetInfo>
  | Sub<SubnetInfo>
  | Sub<VirtualMachineCdromInfo>
  | Sub<VirtualMachineDatastoreInfo>
  | Sub<VirtualMachineDiskDeviceInfo>
  | Sub<VirtualMachineFloppyInfo>
  | Sub<VirtualMachineNetworkInfo>
  | Sub<VirtualMachineParallelInfo>
  | Sub<VirtualMachineScsiDiskDeviceInfo>
  | Sub<VirtualMachineScsiPassthroughInfo>
  | Sub<VirtualMachineSerialInfo>
  | Sub<VirtualMachineVendorDeviceGroupInfo>;
/** vim25 VirtualMachineTicket. */
export interface VirtualMachineTicket {
  _type?: "VirtualMachineTicket";
  ticket: string;
  cfgFile: string;
  host?: string | undefined;
  port?: number | undefined;
  sslThumbprint?: string | undefined;
  certThumbprintList?: VirtualMachineCertThumbprint[] | undefined;
  sslCertificate?: string | undefined;
  url?: string | undefined;
}
/** vim25 VirtualMachineUsageOnDatastore. */
export interface VirtualMachineUsageOnDatastore {
  _type?: "VirtualMachineUsageOnDatastore";
  datastore: MoRef;
  committed: number;
  uncommitted: number;
  unshared: number;
}
/** vim25 VirtualMachineVMCIDevice. */
export interface VirtualMachineVMCIDevice extends Omit<VirtualDevice, "_type"> {
  _type?: "VirtualMachineVMCIDevice";
  id?: number | undefined;
  allowUnrestrictedCommunication?: boolean | undefined;
  filterEnable?: boolean | undefined;
  filterInfo?: VirtualMachineVMCIDeviceFilterInfo | undefined;
}
/** vim25 VirtualMachineVMCIDeviceFilterInfo. */
export interface VirtualMachineVMCIDeviceFilterInfo {
  _type?: "VirtualMachineVMCIDeviceFilterInfo";
  filters?: VirtualMachineVMCIDeviceFilterSpec[] | undefined;
}
/** vim25 VirtualMachineVMCIDeviceFilterSpec. */
export interface VirtualMachineVMCIDeviceFilterSpec {
  _type?: "VirtualMachineVMCIDeviceFilterSpec";
  rank: number;
  action: string;
  protocol: string;
  direction: string;
  lowerDstPortBoundary?: number | undefined;
  upperDstPortBoundary?: number | undefined;
}
/** vim25 VirtualMachineVcpuConfig. */
export interface VirtualMachineVcpuConfig {
  _type?: "VirtualMachineVcpuConfig";
  latencySensitivity?: LatencySensitivity | undefined;
}
/** vim25 VirtualMachineVendorDeviceGroupInfo. */
export interface VirtualMachineVendorDeviceGroupInfo extends Omit<
  VirtualMachineTargetInfo,
  "_type"
> {
  _type?: "VirtualMachineVendorDeviceGroupInfo";
  deviceGroupName: string;
  deviceGroupDescription?: string | undefined;
  componentDeviceInfo?: VirtualMachineVendorDeviceGroupInfoComponentDeviceInfo[] | undefined;
}
/** vim25 VirtualMachineVendorDeviceGroupInfoComponentDeviceInfo. */
export interface VirtualMachineVendorDeviceGroupInfoComponentDeviceInfo {
  _type?: "VirtualMachineVendorDeviceGroupInfoComponentDeviceInfo";
  type: string;
  vendorName: string;
  deviceName: string;
  isConfigurable: boolean;
  device: AnyVirtualDevice;
}
/** vim25 VirtualMachineVideoCard. */
export interface VirtualMachineVideoCard extends Omit<VirtualDevice, "_type"> {
  _type?: "VirtualMachineVideoCard";
  videoRamSizeInKB?: number | undefined;
  numDisplays?: number | undefined;
  useAutoDetect?: boolean | undefined;
  enable3DSupport?: boolean | undefined;
  use3dRenderer?: string | undefined;
  graphicsMemorySizeInKB?: number | undefined;
}
/** vim25 VirtualMachineVirtualDeviceGroups. */
export interface VirtualMachineVirtualDeviceGroups {
  _type?: "VirtualMachineVirtualDeviceGroups";
  deviceGroup?: VirtualMachineVirtualDeviceGroupsDeviceGroup[] | undefined;
}
/** vim25 VirtualMachineVirtualDeviceGroupsDeviceGroup. */
export interface VirtualMachineVirtualDeviceGroupsDeviceGroup {
  _type?: "VirtualMachineVirtualDeviceGroupsDeviceGroup";
  groupInstanceKey: number;
  deviceInfo?: AnyDescription | undefined;
}
/** vim25 VirtualMachineVirtualNuma. */
export interface VirtualMachineVirtualNuma {
  _type?: "VirtualMachineVirtualNuma";
  coresPerNumaNode?: number | undefined;
  exposeVnumaOnCpuHotadd?: boolean | undefined;
}
/** vim25 VirtualMachineVirtualNumaInfo. */
export interface VirtualMachineVirtualNumaInfo {
  _type?: "VirtualMachineVirtualNumaInfo";
  coresPerNumaNode?: number | undefined;
  autoCoresPerNumaNode?: boolean | undefined;
  vnumaOnCpuHotaddExposed?: boolean | undefined;
}
/** vim25 VirtualMachineVirtualPMem. */
export interface VirtualMachineVirtualPMem {
  _type?: "VirtualMachineVirtualPMem";
  snapshotMode?: string | undefined;
}
/** vim25 VirtualNVMEController. */
export interface VirtualNVMEController extends Omit<VirtualController, "_type"> {
  _type?: "VirtualNVMEController";
  sharedBus?: string | undefined;
}
/** vim25 VirtualNicManagerNetConfig. */
export interface VirtualNicManagerNetConfig {
  _type?: "VirtualNicManagerNetConfig";
  nicType: string;
  multiSelectAllowed: boolean;
  candidateVnic?: HostVirtualNic[] | undefined;
  selectedVnic?: string[] | undefined;
}
/** vim25 VirtualPCIController. */
export interface VirtualPCIController extends Omit<VirtualController, "_type"> {
  _type?: "VirtualPCIController";
}
/** vim25 VirtualPCIPassthroughDeviceBackingInfo. */
export interface VirtualPCIPassthroughDeviceBackingInfo extends Omit<
  VirtualDeviceDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualPCIPassthroughDeviceBackingInfo";
  id: string;
  deviceId: string;
  systemId: string;
  vendorId: number;
}
/** vim25 VirtualPCIPassthroughDvxBackingInfo. */
export interface VirtualPCIPassthroughDvxBackingInfo extends Omit<
  VirtualDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualPCIPassthroughDvxBackingInfo";
  deviceClass?: string | undefined;
  configParams?: OptionValue[] | undefined;
}
/** vim25 VirtualPCNet32. */
export interface VirtualPCNet32 extends Omit<VirtualEthernetCard, "_type"> {
  _type?: "VirtualPCNet32";
}
/** vim25 VirtualPS2Controller. */
export interface VirtualPS2Controller extends Omit<VirtualController, "_type"> {
  _type?: "VirtualPS2Controller";
}
/** vim25 VirtualPointingDevice. */
export interface VirtualPointingDevice extends Omit<VirtualDevice, "_type"> {
  _type?: "VirtualPointingDevice";
}
/** vim25 VirtualSATAController. */
export interface VirtualSATAController extends Omit<VirtualController, "_type"> {
  _type?: "VirtualSATAController";
}
/** {@link VirtualSATAController} or a type that extends it. */
export type AnyVirtualSATAController = VirtualSATAController | Sub<VirtualAHCIController>;
/** vim25 VirtualSCSIController. */
export interface VirtualSCSIController extends Omit<VirtualController, "_type"> {
  _type?: "VirtualSCSIController";
  hotAddRemove?: boolean | undefined;
  sharedBus: VirtualSCSISharing;
  scsiCtlrUnitNumber?: number | undefined;
}
/** {@link VirtualSCSIController} or a type that extends it. */
export type AnyVirtualSCSIController =
  | VirtualSCSIController
  | Sub<ParaVirtualSCSIController>
  | Sub<VirtualBusLogicController>
  | Sub<VirtualLsiLogicController>
  | Sub<VirtualLsiLogicSASController>;
/** vim25 VirtualSIOController. */
export interface VirtualSIOController extends Omit<VirtualController, "_type"> {
  _type?: "VirtualSIOController";
}
/** vim25 VirtualSerialPort. */
export interface VirtualSerialPort extends Omit<VirtualDevice, "_type"> {
  _type?: "VirtualSerialPort";
  yieldOnPoll: boolean;
}
/** vim25 VirtualSerialPortDeviceBackingInfo. */
export interface VirtualSerialPortDeviceBackingInfo extends Omit<
  VirtualDeviceDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualSerialPortDeviceBackingInfo";
}
/** vim25 VirtualSerialPortFileBackingInfo. */
export interface VirtualSerialPortFileBackingInfo extends Omit<
  VirtualDeviceFileBackingInfo,
  "_type"
> {
  _type?: "VirtualSerialPortFileBackingInfo";
}
/** vim25 VirtualSerialPortPipeBackingInfo. */
export interface VirtualSerialPortPipeBackingInfo extends Omit<
  VirtualDevicePipeBackingInfo,
  "_type"
> {
  _type?: "VirtualSerialPortPipeBackingInfo";
  endpoint: string;
  noRxLoss?: boolean | undefined;
}
/** vim25 VirtualSerialPortThinPrintBackingInfo. */
export interface VirtualSerialPortThinPrintBackingInfo extends Omit<
  VirtualDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualSerialPortThinPrintBackingInfo";
}
/** vim25 VirtualSerialPortURIBackingInfo. */
export interface VirtualSerialPortURIBackingInfo extends Omit<
  VirtualDeviceURIBackingInfo,
  "_type"
> {
  _type?: "VirtualSerialPortURIBackingInfo";
}
/** vim25 VirtualSriovEthernetCard. */
export interface VirtualSriovEthernetCard extends Omit<VirtualEthernetCard, "_type"> {
  _type?: "VirtualSriovEthernetCard";
  allowGuestOSMtuChange?: boolean | undefined;
  sriovBacking?: VirtualSriovEthernetCardSriovBackingInfo | undefined;
  dvxBackingInfo?: VirtualPCIPassthroughDvxBackingInfo | undefined;
}
/** vim25 VirtualSriovEthernetCardSriovBackingInfo. */
export interface VirtualSriovEthernetCardSriovBackingInfo extends Omit<
  VirtualDeviceBackingInfo,
  "_type"
> {
  _type?: "VirtualSriovEthernetCardSriovBackingInfo";
  physicalFunctionBacking?: VirtualPCIPassthroughDeviceBackingInfo | undefined;
  virtualFunctionBacking?: VirtualPCIPassthroughDeviceBackingInfo | undefined;
  virtualFunctionIndex?: number | undefined;
}
/** vim25 VirtualTPM. */
export interface VirtualTPM extends Omit<VirtualDevice, "_type"> {
  _type?: "VirtualTPM";
  endorsementKeyCertificateSigningRequest?: string[] | undefined;
  endorsementKeyCertificate?: string[] | undefined;
}
/** vim25 VirtualUSBController. */
export interface VirtualUSBController extends Omit<VirtualController, "_type"> {
  _type?: "VirtualUSBController";
  autoConnectDevices?: boolean | undefined;
  ehciEnabled?: boolean | undefined;
}
/** vim25 VirtualUSBXHCIController. */
export interface VirtualUSBXHCIController extends Omit<VirtualController, "_type"> {
  _type?: "VirtualUSBXHCIController";
  autoConnectDevices?: boolean | undefined;
}
/** vim25 VirtualVmxnet. */
export interface VirtualVmxnet extends Omit<VirtualEthernetCard, "_type"> {
  _type?: "VirtualVmxnet";
}
/** {@link VirtualVmxnet} or a type that extends it. */
export type AnyVirtualVmxnet = VirtualVmxnet | Sub<VirtualVmxnet2> | Sub<VirtualVmxnet3>;
/** vim25 VirtualVmxnet2. */
export interface VirtualVmxnet2 extends Omit<VirtualVmxnet, "_type"> {
  _type?: "VirtualVmxnet2";
}
/** vim25 VirtualVmxnet3. */
export interface VirtualVmxnet3 extends Omit<VirtualVmxnet, "_type"> {
  _type?: "VirtualVmxnet3";
  uptv2Enabled?: boolean | undefined;
  strictLatencyConfig?: VirtualVmxnet3StrictLatencyConfig | undefined;
}
/** vim25 VirtualVmxnet3StrictLatencyConfig. */
export interface VirtualVmxnet3StrictLatencyConfig {
  _type?: "VirtualVmxnet3StrictLatencyConfig";
  allowed?: boolean | undefined;
  measureLatency?: boolean | undefined;
  maxTxQueues?: number | undefined;
  maxRxQueues?: number | undefined;
  txDataRingDescSize?: number | undefined;
  rxDataRingDescSize?: number | undefined;
  disableOffload?: string | undefined;
}
/** vim25 VmBeingClonedEvent. */
export interface VmBeingClonedEvent extends Omit<VmCloneEvent, "_type"> {
  _type?: "VmBeingClonedEvent";
  destFolder: FolderEventArgument;
  destName: string;
  destHost: HostEventArgument;
}
/** vim25 VmBeingCreatedEvent. */
export interface VmBeingCreatedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmBeingCreatedEvent";
  configSpec?: VirtualMachineConfigSpec | undefined;
}
/** vim25 VmBeingHotMigratedEvent. */
export interface VmBeingHotMigratedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmBeingHotMigratedEvent";
  destHost: HostEventArgument;
  destDatacenter?: DatacenterEventArgument | undefined;
  destDatastore?: DatastoreEventArgument | undefined;
}
/** vim25 VmBeingRelocatedEvent. */
export interface VmBeingRelocatedEvent extends Omit<VmRelocateSpecEvent, "_type"> {
  _type?: "VmBeingRelocatedEvent";
  destHost: HostEventArgument;
  destDatacenter?: DatacenterEventArgument | undefined;
  destDatastore?: DatastoreEventArgument | undefined;
}
/** vim25 VmCloneEvent. */
export interface VmCloneEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmCloneEvent";
}
/** {@link VmCloneEvent} or a type that extends it. */
export type AnyVmCloneEvent = VmCloneEvent | Sub<VmBeingClonedEvent> | Sub<VmClonedEvent>;
/** vim25 VmClonedEvent. */
export interface VmClonedEvent extends Omit<VmCloneEvent, "_type"> {
  _type?: "VmClonedEvent";
  sourceVm: VmEventArgument;
}
/** vim25 VmConfigFault. */
export interface VmConfigFault extends Omit<VimFault, "_type"> {
  _type?: "VmConfigFault";
}
/** {@link VmConfigFault} or a type that extends it. */
export type AnyVmConfigFault =
  | VmConfigFault
  | Sub<CannotAccessVmComponent>
  | Sub<CannotAccessVmDevice>
  | Sub<CannotAccessVmDisk>
  | Sub<CpuHotPlugNotSupported>
  | Sub<DeviceHotPlugNotSupported>
  | Sub<DeviceNotFound>
  | Sub<DeviceNotSupported>
  | Sub<DeviceUnsupportedForVmPlatform>
  | Sub<DeviceUnsupportedForVmVersion>
  | Sub<GenericVmConfigFault>
  | Sub<InvalidController>
  | Sub<InvalidDeviceBacking>
  | Sub<InvalidDeviceOperation>
  | Sub<InvalidDeviceSpec>
  | Sub<InvalidVmConfig>
  | Sub<MemoryHotPlugNotSupported>
  | Sub<MissingController>
  | Sub<MissingNetworkIpConfig>
  | Sub<NumVirtualCpusNotSupported>
  | Sub<RuleViolation>
  | Sub<VAppPropertyFault>
  | Sub<VirtualHardwareCompatibilityIssue>
  | Sub<VirtualHardwareVersionNotSupported>;
/** vim25 VmConfigFileInfo. */
export interface VmConfigFileInfo extends Omit<FileInfo, "_type"> {
  _type?: "VmConfigFileInfo";
  configVersion?: number | undefined;
  encryption?: unknown;
}
/** {@link VmConfigFileInfo} or a type that extends it. */
export type AnyVmConfigFileInfo = VmConfigFileInfo | Sub<TemplateConfigFileInfo>;
/** vim25 VmConfigFileQuery. */
export interface VmConfigFileQuery extends Omit<FileQuery, "_type"> {
  _type?: "VmConfigFileQuery";
  filter?: VmConfigFileQueryFilter | undefined;
  details?: VmConfigFileQueryFlags | undefined;
}
/** {@link VmConfigFileQuery} or a type that extends it. */
export type AnyVmConfigFileQuery = VmConfigFileQuery | Sub<TemplateConfigFileQuery>;
/** vim25 VmConfigFileQueryFilter. */
export interface VmConfigFileQueryFilter {
  _type?: "VmConfigFileQueryFilter";
  matchConfigVersion?: number[] | undefined;
  encrypted?: boolean | undefined;
}
/** vim25 VmConfigFileQueryFlags. */
export interface VmConfigFileQueryFlags {
  _type?: "VmConfigFileQueryFlags";
  configVersion: boolean;
  encryption?: boolean | undefined;
}
/** vim25 VmConfigInfo. */
export interface VmConfigInfo {
  _type?: "VmConfigInfo";
  product?: VAppProductInfo[] | undefined;
  property?: VAppPropertyInfo[] | undefined;
  ipAssignment: VAppIPAssignmentInfo;
  eula?: string[] | undefined;
  ovfSection?: unknown[] | undefined;
  ovfEnvironmentTransport?: string[] | undefined;
  installBootRequired: boolean;
  installBootStopDelay: number;
}
/** {@link VmConfigInfo} or a type that extends it. */
export type AnyVmConfigInfo = VmConfigInfo | Sub<VAppConfigInfo>;
/** vim25 VmConfigSpec. */
export interface VmConfigSpec {
  _type?: "VmConfigSpec";
  product?: VAppProductSpec[] | undefined;
  property?: VAppPropertySpec[] | undefined;
  ipAssignment?: VAppIPAssignmentInfo | undefined;
  eula?: string[] | undefined;
  ovfSection?: unknown[] | undefined;
  ovfEnvironmentTransport?: string[] | undefined;
  installBootRequired?: boolean | undefined;
  installBootStopDelay?: number | undefined;
}
/** {@link VmConfigSpec} or a type that extends it. */
export type AnyVmConfigSpec = VmConfigSpec | Sub<VAppConfigSpec>;
/** vim25 VmConnectedEvent. */
export interface VmConnectedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmConnectedEvent";
}
/** vim25 VmCreatedEvent. */
export interface VmCreatedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmCreatedEvent";
}
/** vim25 VmDeployedEvent. */
export interface VmDeployedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmDeployedEvent";
  srcTemplate: VmEventArgument;
}
/** vim25 VmDisconnectedEvent. */
export interface VmDisconnectedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmDisconnectedEvent";
}
/** vim25 VmDiskFileInfo. */
export interface VmDiskFileInfo extends Omit<FileInfo, "_type"> {
  _type?: "VmDiskFileInfo";
  diskType?: string | undefined;
  capacityKb?: number | undefined;
  hardwareVersion?: number | undefined;
  controllerType?: string | undefined;
  diskExtents?: string[] | undefined;
  thin?: boolean | undefined;
  encryption?: unknown;
  sectorFormat?: string | undefined;
}
/** vim25 VmDiskFileQuery. */
export interface VmDiskFileQuery extends Omit<FileQuery, "_type"> {
  _type?: "VmDiskFileQuery";
  filter?: VmDiskFileQueryFilter | undefined;
  details?: VmDiskFileQueryFlags | undefined;
}
/** vim25 VmDiskFileQueryFilter. */
export interface VmDiskFileQueryFilter {
  _type?: "VmDiskFileQueryFilter";
  diskType?: string[] | undefined;
  matchHardwareVersion?: number[] | undefined;
  controllerType?: string[] | undefined;
  thin?: boolean | undefined;
  encrypted?: boolean | undefined;
}
/** vim25 VmDiskFileQueryFlags. */
export interface VmDiskFileQueryFlags {
  _type?: "VmDiskFileQueryFlags";
  diskType: boolean;
  capacityKb: boolean;
  hardwareVersion: boolean;
  controllerType?: boolean | undefined;
  diskExtents?: boolean | undefined;
  thin?: boolean | undefined;
  encryption?: boolean | undefined;
  sectorFormat?: boolean | undefined;
}
/** vim25 VmEmigratingEvent. */
export interface VmEmigratingEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmEmigratingEvent";
}
/** vim25 VmEvent. */
export interface VmEvent extends Omit<Event, "_type"> {
  _type?: "VmEvent";
  template: boolean;
}
/** {@link VmEvent} or a type that extends it. */
export type AnyVmEvent =
  | VmEvent
  | Sub<CustomizationEvent>
  | Sub<DrsVmMigratedEvent>
  | Sub<DrsVmPoweredOnEvent>
  | Sub<MigrationEvent>
  | Sub<VmBeingClonedEvent>
  | Sub<VmBeingCreatedEvent>
  | Sub<VmBeingHotMigratedEvent>
  | Sub<VmBeingRelocatedEvent>
  | Sub<VmCloneEvent>
  | Sub<VmClonedEvent>
  | Sub<VmConnectedEvent>
  | Sub<VmCreatedEvent>
  | Sub<VmDeployedEvent>
  | Sub<VmDisconnectedEvent>
  | Sub<VmEmigratingEvent>
  | Sub<VmFailedToPowerOffEvent>
  | Sub<VmFailedToPowerOnEvent>
  | Sub<VmGuestOSCrashedEvent>
  | Sub<VmGuestRebootEvent>
  | Sub<VmGuestShutdownEvent>
  | Sub<VmGuestStandbyEvent>
  | Sub<VmInstanceUuidAssignedEvent>
  | Sub<VmMacAssignedEvent>
  | Sub<VmMessageErrorEvent>
  | Sub<VmMessageEvent>
  | Sub<VmMigratedEvent>
  | Sub<VmOrphanedEvent>
  | Sub<VmPoweredOffEvent>
  | Sub<VmPoweredOnEvent>
  | Sub<VmReconfiguredEvent>
  | Sub<VmRegisteredEvent>
  | Sub<VmRelocateSpecEvent>
  | Sub<VmRelocatedEvent>
  | Sub<VmRemovedEvent>
  | Sub<VmRenamedEvent>
  | Sub<VmResettingEvent>
  | Sub<VmResourcePoolMovedEvent>
  | Sub<VmResourceReallocatedEvent>
  | Sub<VmResumingEvent>
  | Sub<VmStartingEvent>
  | Sub<VmStoppingEvent>
  | Sub<VmSuspendedEvent>
  | Sub<VmSuspendingEvent>
  | Sub<VmUuidAssignedEvent>;
/** vim25 VmEventArgument. */
export interface VmEventArgument extends Omit<EntityEventArgument, "_type"> {
  _type?: "VmEventArgument";
  vm: MoRef;
}
/** vim25 VmFailedToPowerOffEvent. */
export interface VmFailedToPowerOffEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmFailedToPowerOffEvent";
  reason: LocalizedMethodFault;
}
/** vim25 VmFailedToPowerOnEvent. */
export interface VmFailedToPowerOnEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmFailedToPowerOnEvent";
  reason: LocalizedMethodFault;
}
/** vim25 VmGuestOSCrashedEvent. */
export interface VmGuestOSCrashedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmGuestOSCrashedEvent";
}
/** vim25 VmGuestRebootEvent. */
export interface VmGuestRebootEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmGuestRebootEvent";
}
/** vim25 VmGuestShutdownEvent. */
export interface VmGuestShutdownEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmGuestShutdownEvent";
}
/** vim25 VmGuestStandbyEvent. */
export interface VmGuestStandbyEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmGuestStandbyEvent";
}
/** vim25 VmInstanceUuidAssignedEvent. */
export interface VmInstanceUuidAssignedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmInstanceUuidAssignedEvent";
  instanceUuid: string;
}
/** vim25 VmLogFileInfo. */
export interface VmLogFileInfo extends Omit<FileInfo, "_type"> {
  _type?: "VmLogFileInfo";
}
/** vim25 VmLogFileQuery. */
export interface VmLogFileQuery extends Omit<FileQuery, "_type"> {
  _type?: "VmLogFileQuery";
}
/** vim25 VmMacAssignedEvent. */
export interface VmMacAssignedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmMacAssignedEvent";
  adapter: string;
  mac: string;
}
/** vim25 VmMessageErrorEvent. */
export interface VmMessageErrorEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmMessageErrorEvent";
  message: string;
  messageInfo?: VirtualMachineMessage[] | undefined;
}
/** vim25 VmMessageEvent. */
export interface VmMessageEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmMessageEvent";
  message: string;
  messageInfo?: VirtualMachineMessage[] | undefined;
}
/** vim25 VmMigratedEvent. */
export interface VmMigratedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmMigratedEvent";
  sourceHost: HostEventArgument;
  sourceDatacenter?: DatacenterEventArgument | undefined;
  sourceDatastore?: DatastoreEventArgument | undefined;
}
/** {@link VmMigratedEvent} or a type that extends it. */
export type AnyVmMigratedEvent = VmMigratedEvent | Sub<DrsVmMigratedEvent>;
/** vim25 VmNvramFileInfo. */
export interface VmNvramFileInfo extends Omit<FileInfo, "_type"> {
  _type?: "VmNvramFileInfo";
}
/** vim25 VmNvramFileQuery. */
export interface VmNvramFileQuery extends Omit<FileQuery, "_type"> {
  _type?: "VmNvramFileQuery";
}
/** vim25 VmOrphanedEvent. */
export interface VmOrphanedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmOrphanedEvent";
}
/** vim25 VmPlacementPolicy. */
export interface VmPlacementPolicy {
  _type?: "VmPlacementPolicy";
  tagsToAttach?: string[] | undefined;
}
/** vim25 VmPoweredOffEvent. */
export interface VmPoweredOffEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmPoweredOffEvent";
}
/** vim25 VmPoweredOnEvent. */
export interface VmPoweredOnEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmPoweredOnEvent";
}
/** {@link VmPoweredOnEvent} or a type that extends it. */
export type AnyVmPoweredOnEvent = VmPoweredOnEvent | Sub<DrsVmPoweredOnEvent>;
/** vim25 VmReconfiguredEvent. */
export interface VmReconfiguredEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmReconfiguredEvent";
  configSpec: VirtualMachineConfigSpec;
  configChanges?: ChangesInfoEventArgument | undefined;
}
/** vim25 VmRegisteredEvent. */
export interface VmRegisteredEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmRegisteredEvent";
}
/** vim25 VmRelocateSpecEvent. */
export interface VmRelocateSpecEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmRelocateSpecEvent";
}
/** {@link VmRelocateSpecEvent} or a type that extends it. */
export type AnyVmRelocateSpecEvent =
  VmRelocateSpecEvent | Sub<VmBeingRelocatedEvent> | Sub<VmRelocatedEvent>;
/** vim25 VmRelocatedEvent. */
export interface VmRelocatedEvent extends Omit<VmRelocateSpecEvent, "_type"> {
  _type?: "VmRelocatedEvent";
  sourceHost: HostEventArgument;
  sourceDatacenter?: DatacenterEventArgument | undefined;
  sourceDatastore?: DatastoreEventArgument | undefined;
}
/** vim25 VmRemovedEvent. */
export interface VmRemovedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmRemovedEvent";
}
/** vim25 VmRenamedEvent. */
export interface VmRenamedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmRenamedEvent";
  oldName: string;
  newName: string;
}
/** vim25 VmResettingEvent. */
export interface VmResettingEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmResettingEvent";
}
/** vim25 VmResourcePoolMovedEvent. */
export interface VmResourcePoolMovedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmResourcePoolMovedEvent";
  oldParent: ResourcePoolEventArgument;
  newParent: ResourcePoolEventArgument;
}
/** vim25 VmResourceReallocatedEvent. */
export interface VmResourceReallocatedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmResourceReallocatedEvent";
  configChanges?: ChangesInfoEventArgument | undefined;
}
/** vim25 VmResumingEvent. */
export interface VmResumingEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmResumingEvent";
}
/** vim25 VmSnapshotFileInfo. */
export interface VmSnapshotFileInfo extends Omit<FileInfo, "_type"> {
  _type?: "VmSnapshotFileInfo";
}
/** vim25 VmSnapshotFileQuery. */
export interface VmSnapshotFileQuery extends Omit<FileQuery, "_type"> {
  _type?: "VmSnapshotFileQuery";
}
/** vim25 VmStartingEvent. */
export interface VmStartingEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmStartingEvent";
}
/** vim25 VmStoppingEvent. */
export interface VmStoppingEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmStoppingEvent";
}
/** vim25 VmSuspendedEvent. */
export interface VmSuspendedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmSuspendedEvent";
}
/** vim25 VmSuspendingEvent. */
export interface VmSuspendingEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmSuspendingEvent";
}
/** vim25 VmToolsUpgradeFault. */
export interface VmToolsUpgradeFault extends Omit<VimFault, "_type"> {
  _type?: "VmToolsUpgradeFault";
}
/** vim25 VmUuidAssignedEvent. */
export interface VmUuidAssignedEvent extends Omit<VmEvent, "_type"> {
  _type?: "VmUuidAssignedEvent";
  uuid: string;
}
/** vim25 VmValidateMaxDevice. */
export interface VmValidateMaxDevice extends Omit<VimFault, "_type"> {
  _type?: "VmValidateMaxDevice";
  device: string;
  max: number;
  count: number;
}
/** vim25 VmfsDatastoreInfo. */
export interface VmfsDatastoreInfo extends Omit<DatastoreInfo, "_type"> {
  _type?: "VmfsDatastoreInfo";
  maxPhysicalRDMFileSize?: number | undefined;
  maxVirtualRDMFileSize?: number | undefined;
  vmfs?: HostVmfsVolume | undefined;
}
/** vim25 VmfsMountFault. */
export interface VmfsMountFault extends Omit<HostConfigFault, "_type"> {
  _type?: "VmfsMountFault";
  uuid: string;
}
/** vim25 VmfsUnmapBandwidthSpec. */
export interface VmfsUnmapBandwidthSpec {
  _type?: "VmfsUnmapBandwidthSpec";
  policy: string;
  fixedValue: number;
  dynamicMin: number;
  dynamicMax: number;
}
/** vim25 VmwareDistributedVirtualSwitchNetworkOffloadConfig. */
export interface VmwareDistributedVirtualSwitchNetworkOffloadConfig {
  _type?: "VmwareDistributedVirtualSwitchNetworkOffloadConfig";
  dpuFailoverPolicy?: unknown;
}
/** vim25 VmwareDistributedVirtualSwitchRealTimeConfig. */
export interface VmwareDistributedVirtualSwitchRealTimeConfig {
  _type?: "VmwareDistributedVirtualSwitchRealTimeConfig";
  allowed?: boolean | undefined;
  lanAnnotation?: VmwareDistributedVirtualSwitchRealTimeLanAnnotation | undefined;
}
/** vim25 VmwareDistributedVirtualSwitchRealTimeLanAnnotation. */
export interface VmwareDistributedVirtualSwitchRealTimeLanAnnotation {
  _type?: "VmwareDistributedVirtualSwitchRealTimeLanAnnotation";
  lanAUplink?: string[] | undefined;
  lanBUplink?: string[] | undefined;
}
/** vim25 VmwareDistributedVirtualSwitchVlanIdSpec. */
export interface VmwareDistributedVirtualSwitchVlanIdSpec extends Omit<
  VmwareDistributedVirtualSwitchVlanSpec,
  "_type"
> {
  _type?: "VmwareDistributedVirtualSwitchVlanIdSpec";
  vlanId: number;
}
/** vim25 VmwareDistributedVirtualSwitchVlanSpec. */
export interface VmwareDistributedVirtualSwitchVlanSpec extends Omit<InheritablePolicy, "_type"> {
  _type?: "VmwareDistributedVirtualSwitchVlanSpec";
}
/** {@link VmwareDistributedVirtualSwitchVlanSpec} or a type that extends it. */
export type AnyVmwareDistributedVirtualSwitchVlanSpec =
  VmwareDistributedVirtualSwitchVlanSpec | Sub<VmwareDistributedVirtualSwitchVlanIdSpec>;
/** vim25 VsanDatastoreInfo. */
export interface VsanDatastoreInfo extends Omit<DatastoreInfo, "_type"> {
  _type?: "VsanDatastoreInfo";
  membershipUuid?: string | undefined;
  accessGenNo?: number | undefined;
}
/** vim25 VsanDiskFault. */
export interface VsanDiskFault extends Omit<VsanFault, "_type"> {
  _type?: "VsanDiskFault";
  device?: string | undefined;
}
/** {@link VsanDiskFault} or a type that extends it. */
export type AnyVsanDiskFault = VsanDiskFault | Sub<DuplicateDisks> | Sub<InsufficientDisks>;
/** vim25 VsanFault. */
export interface VsanFault extends Omit<VimFault, "_type"> {
  _type?: "VsanFault";
}
/** {@link VsanFault} or a type that extends it. */
export type AnyVsanFault =
  VsanFault | Sub<DuplicateDisks> | Sub<InsufficientDisks> | Sub<VsanDiskFault>;
/** vim25 WaitOptions. */
export interface WaitOptions {
  _type?: "WaitOptions";
  maxWaitSeconds?: number | undefined;
  maxObjectUpdates?: number | undefined;
}
/** Properties of managed objects, by type. */
export interface Properties {
  AuthorizationManager: {
    privilegeList?: AuthorizationPrivilege[] | undefined;
    roleList?: AuthorizationRole[] | undefined;
    description: AuthorizationDescription;
  };
  ClusterComputeResource: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    resourcePool?: MoRef | undefined;
    host?: MoRef[] | undefined;
    datastore?: MoRef[] | undefined;
    network?: MoRef[] | undefined;
    summary: AnyComputeResourceSummary;
    environmentBrowser?: MoRef | undefined;
    configurationEx: AnyComputeResourceConfigInfo;
    lifecycleManaged?: boolean | undefined;
    configuration: ClusterConfigInfo;
    recommendation?: ClusterRecommendation[] | undefined;
    drsRecommendation?: unknown[] | undefined;
    hciConfig?: ClusterComputeResourceHCIConfigInfo | undefined;
    migrationHistory?: unknown[] | undefined;
    actionHistory?: ClusterActionHistory[] | undefined;
    drsFault?: ClusterDrsFaults[] | undefined;
  };
  ComputeResource: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    resourcePool?: MoRef | undefined;
    host?: MoRef[] | undefined;
    datastore?: MoRef[] | undefined;
    network?: MoRef[] | undefined;
    summary: AnyComputeResourceSummary;
    environmentBrowser?: MoRef | undefined;
    configurationEx: AnyComputeResourceConfigInfo;
    lifecycleManaged?: boolean | undefined;
  };
  ContainerView: {
    view?: MoRef[] | undefined;
    container: MoRef;
    type?: string[] | undefined;
    recursive: boolean;
  };
  CustomFieldsManager: { field?: CustomFieldDef[] | undefined };
  Datacenter: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    vmFolder: MoRef;
    hostFolder: MoRef;
    datastoreFolder: MoRef;
    networkFolder: MoRef;
    datastore?: MoRef[] | undefined;
    network?: MoRef[] | undefined;
    configuration: DatacenterConfigInfo;
  };
  Datastore: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    info: AnyDatastoreInfo;
    summary: DatastoreSummary;
    host?: DatastoreHostMount[] | undefined;
    vm?: MoRef[] | undefined;
    browser: MoRef;
    capability: DatastoreCapability;
    iormConfiguration?: StorageIORMInfo | undefined;
  };
  DistributedVirtualPortgroup: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    summary: AnyNetworkSummary;
    host?: MoRef[] | undefined;
    vm?: MoRef[] | undefined;
    key: string;
    config: DVPortgroupConfigInfo;
    portKeys?: string[] | undefined;
  };
  DistributedVirtualSwitch: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    uuid: string;
    capability: DVSCapability;
    summary: DVSSummary;
    config: AnyDVSConfigInfo;
    networkResourcePool?: unknown[] | undefined;
    portgroup?: MoRef[] | undefined;
    runtime?: unknown;
  };
  EnvironmentBrowser: { datastoreBrowser?: MoRef | undefined };
  EventHistoryCollector: { filter: unknown; latestPage?: AnyEvent[] | undefined };
  EventManager: { description: EventDescription; latestEvent: AnyEvent; maxCollector: number };
  ExtensibleManagedObject: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
  };
  ExtensionManager: { extensionList?: Extension[] | undefined };
  Folder: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    childType?: string[] | undefined;
    childEntity?: MoRef[] | undefined;
    namespace?: string | undefined;
  };
  GuestOperationsManager: {
    authManager?: MoRef | undefined;
    fileManager?: MoRef | undefined;
    processManager?: MoRef | undefined;
    guestWindowsRegistryManager?: MoRef | undefined;
    aliasManager?: MoRef | undefined;
  };
  HistoryCollector: { filter: unknown };
  HostDatastoreBrowser: {
    datastore?: MoRef[] | undefined;
    supportedType?: AnyFileQuery[] | undefined;
  };
  HostDatastoreSystem: {
    datastore?: MoRef[] | undefined;
    capabilities: HostDatastoreSystemCapabilities;
  };
  HostDateTimeSystem: { dateTimeInfo: HostDateTimeInfo };
  HostFirewallSystem: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    firewallInfo?: HostFirewallInfo | undefined;
  };
  HostLocalAccountManager: Record<string, never>;
  HostNetworkSystem: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    capabilities?: HostNetCapabilities | undefined;
    networkInfo?: HostNetworkInfo | undefined;
    offloadCapabilities?: HostNetOffloadCapabilities | undefined;
    networkConfig?: HostNetworkConfig | undefined;
    dnsConfig: HostDnsConfig;
    ipRouteConfig: HostIpRouteConfig;
    consoleIpRouteConfig: HostIpRouteConfig;
  };
  HostServiceSystem: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    serviceInfo: HostServiceInfo;
  };
  HostStorageSystem: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    storageDeviceInfo?: HostStorageDeviceInfo | undefined;
    fileSystemVolumeInfo: HostFileSystemVolumeInfo;
    systemFile?: string[] | undefined;
    multipathStateInfo?: unknown;
  };
  HostSystem: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    runtime: HostRuntimeInfo;
    summary: HostListSummary;
    hardware?: HostHardwareInfo | undefined;
    capability?: HostCapability | undefined;
    licensableResource: HostLicensableResourceInfo;
    remediationState?: HostSystemRemediationState | undefined;
    precheckRemediationResult?: unknown;
    remediationResult?: unknown;
    complianceCheckState?: HostSystemComplianceCheckState | undefined;
    complianceCheckResult?: ComplianceResult | undefined;
    configManager: HostConfigManager;
    config?: HostConfigInfo | undefined;
    vm?: MoRef[] | undefined;
    datastore?: MoRef[] | undefined;
    network?: MoRef[] | undefined;
    datastoreBrowser: MoRef;
    systemResources?: unknown;
    answerFileValidationState?: AnswerFileStatusResult | undefined;
    answerFileValidationResult?: AnswerFileStatusResult | undefined;
  };
  HostVirtualNicManager: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    info: HostVirtualNicManagerInfo;
  };
  InventoryView: { view?: MoRef[] | undefined };
  LicenseAssignmentManager: Record<string, never>;
  LicenseManager: {
    source: LicenseSource;
    sourceAvailable: boolean;
    diagnostics?: LicenseDiagnostics | undefined;
    featureInfo?: unknown[] | undefined;
    licensedEdition: string;
    licenses?: LicenseManagerLicenseInfo[] | undefined;
    licenseAssignmentManager?: MoRef | undefined;
    evaluation: LicenseManagerEvaluationInfo;
  };
  ListView: { view?: MoRef[] | undefined };
  ManagedEntity: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
  };
  ManagedObjectView: { view?: MoRef[] | undefined };
  Network: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    summary: AnyNetworkSummary;
    host?: MoRef[] | undefined;
    vm?: MoRef[] | undefined;
  };
  OpaqueNetwork: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    summary: AnyNetworkSummary;
    host?: MoRef[] | undefined;
    vm?: MoRef[] | undefined;
    capability?: OpaqueNetworkCapability | undefined;
    extraConfig?: OptionValue[] | undefined;
  };
  OptionManager: { supportedOption?: OptionDef[] | undefined; setting?: OptionValue[] | undefined };
  PerformanceManager: {
    description: PerformanceDescription;
    historicalInterval?: PerfInterval[] | undefined;
    perfCounter?: PerfCounterInfo[] | undefined;
  };
  PropertyCollector: { filter?: MoRef[] | undefined };
  PropertyFilter: { spec: PropertyFilterSpec; partialUpdates: boolean };
  ResourcePool: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    summary: AnyResourcePoolSummary;
    runtime: ResourcePoolRuntimeInfo;
    owner: MoRef;
    resourcePool?: MoRef[] | undefined;
    vm?: MoRef[] | undefined;
    config: ResourceConfigSpec;
    namespace?: string | undefined;
    childConfiguration?: ResourceConfigSpec[] | undefined;
  };
  ScheduledTaskManager: { scheduledTask?: MoRef[] | undefined };
  ServiceInstance: { serverClock: string; capability: Capability; content: ServiceContent };
  SessionManager: {
    sessionList?: UserSession[] | undefined;
    currentSession?: UserSession | undefined;
    message?: string | undefined;
    messageLocaleList?: string[] | undefined;
    supportedLocaleList?: string[] | undefined;
    defaultLocale: string;
  };
  StoragePod: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    childType?: string[] | undefined;
    childEntity?: MoRef[] | undefined;
    namespace?: string | undefined;
    summary?: StoragePodSummary | undefined;
    podStorageDrsEntry?: unknown;
  };
  Task: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    info: TaskInfo;
  };
  TaskHistoryCollector: { filter: unknown; latestPage?: TaskInfo[] | undefined };
  TaskManager: {
    recentTask?: MoRef[] | undefined;
    description: TaskDescription;
    maxCollector: number;
  };
  UserDirectory: { domainList?: string[] | undefined };
  ViewManager: { viewList?: MoRef[] | undefined };
  VirtualApp: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    summary: AnyResourcePoolSummary;
    runtime: ResourcePoolRuntimeInfo;
    owner: MoRef;
    resourcePool?: MoRef[] | undefined;
    vm?: MoRef[] | undefined;
    config: ResourceConfigSpec;
    namespace?: string | undefined;
    childConfiguration?: ResourceConfigSpec[] | undefined;
    parentFolder?: MoRef | undefined;
    datastore?: MoRef[] | undefined;
    network?: MoRef[] | undefined;
    vAppConfig?: VAppConfigInfo | undefined;
    parentVApp?: MoRef | undefined;
    childLink?: VirtualAppLinkInfo[] | undefined;
  };
  VirtualMachine: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    capability: VirtualMachineCapability;
    config?: VirtualMachineConfigInfo | undefined;
    layout?: VirtualMachineFileLayout | undefined;
    layoutEx?: VirtualMachineFileLayoutEx | undefined;
    storage?: VirtualMachineStorageInfo | undefined;
    environmentBrowser: MoRef;
    resourcePool?: MoRef | undefined;
    parentVApp?: MoRef | undefined;
    resourceConfig?: ResourceConfigSpec | undefined;
    runtime: VirtualMachineRuntimeInfo;
    guest?: GuestInfo | undefined;
    summary: VirtualMachineSummary;
    datastore?: MoRef[] | undefined;
    network?: MoRef[] | undefined;
    snapshot?: VirtualMachineSnapshotInfo | undefined;
    rootSnapshot?: MoRef[] | undefined;
    guestHeartbeatStatus: ManagedEntityStatus;
  };
  VirtualMachineSnapshot: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    config: VirtualMachineConfigInfo;
    childSnapshot?: MoRef[] | undefined;
    vm: MoRef;
  };
  VmwareDistributedVirtualSwitch: {
    value?: CustomFieldValue[] | undefined;
    availableField?: CustomFieldDef[] | undefined;
    parent?: MoRef | undefined;
    customValue?: CustomFieldValue[] | undefined;
    overallStatus: ManagedEntityStatus;
    configStatus: ManagedEntityStatus;
    configIssue?: AnyEvent[] | undefined;
    effectiveRole?: number[] | undefined;
    permission?: Permission[] | undefined;
    name: string;
    disabledMethod?: string[] | undefined;
    recentTask?: MoRef[] | undefined;
    declaredAlarmState?: AlarmState[] | undefined;
    triggeredAlarmState?: AlarmState[] | undefined;
    alarmActionsEnabled?: boolean | undefined;
    tag?: Tag[] | undefined;
    uuid: string;
    capability: DVSCapability;
    summary: DVSSummary;
    config: AnyDVSConfigInfo;
    networkResourcePool?: unknown[] | undefined;
    portgroup?: MoRef[] | undefined;
    runtime?: unknown;
  };
}
/** Parameters and results of methods, by name. */
export interface Methods {
  AcquireCloneTicket: { params: Record<string, never>; result: string };
  AcquireCredentialsInGuest: {
    params: { vm: MoRef; requestedAuth: AnyGuestAuthentication; sessionID?: number | undefined };
    result: AnyGuestAuthentication;
  };
  AcquireGenericServiceTicket: {
    params: { spec: AnySessionManagerServiceRequestSpec };
    result: SessionManagerGenericServiceTicket;
  };
  AcquireLocalTicket: { params: { userName: string }; result: SessionManagerLocalTicket };
  AcquireTicket: { params: { ticketType: string }; result: VirtualMachineTicket };
  AddAuthorizationRole: {
    params: { name: string; privIds?: string[] | undefined };
    result: number;
  };
  AddDVPortgroup_Task: { params: { spec: DVPortgroupConfigSpec[] }; result: MoRef };
  AddLicense: {
    params: { licenseKey: string; labels?: KeyValue[] | undefined };
    result: LicenseManagerLicenseInfo;
  };
  AddPortGroup: { params: { portgrp: HostPortGroupSpec }; result: undefined };
  AddVirtualSwitch: {
    params: { vswitchName: string; spec?: HostVirtualSwitchSpec | undefined };
    result: undefined;
  };
  AnswerVM: { params: { questionId: string; answerChoice: string }; result: undefined };
  AssignUserToGroup: { params: { user: string; group: string }; result: undefined };
  BrowseDiagnosticLog: {
    params: {
      host?: MoRef | undefined;
      key: string;
      start?: number | undefined;
      lines?: number | undefined;
    };
    result: DiagnosticManagerLogHeader;
  };
  CancelRetrievePropertiesEx: { params: { token: string }; result: undefined };
  CancelTask: { params: Record<string, never>; result: undefined };
  CancelWaitForUpdates: { params: Record<string, never>; result: undefined };
  ChangeFileAttributesInGuest: {
    params: {
      vm: MoRef;
      auth: AnyGuestAuthentication;
      guestFilePath: string;
      fileAttributes: AnyGuestFileAttributes;
    };
    result: undefined;
  };
  ChangeOwner: {
    params: { name: string; datacenter?: MoRef | undefined; owner: string };
    result: undefined;
  };
  ChangePassword: {
    params: { user: string; oldPassword: string; newPassword: string };
    result: undefined;
  };
  CheckForUpdates: { params: { version?: string | undefined }; result: UpdateSet | undefined };
  CloneSession: { params: { cloneTicket: string }; result: UserSession };
  CloneVM_Task: {
    params: { folder: MoRef; name: string; spec: VirtualMachineCloneSpec };
    result: MoRef;
  };
  ConsolidateVMDisks_Task: { params: Record<string, never>; result: MoRef };
  ContinueRetrievePropertiesEx: { params: { token: string }; result: RetrieveResult };
  ConvertNamespacePathToUuidPath: {
    params: { datacenter?: MoRef | undefined; namespaceUrl: string };
    result: string;
  };
  CopyDatastoreFile_Task: {
    params: {
      sourceName: string;
      sourceDatacenter?: MoRef | undefined;
      destinationName: string;
      destinationDatacenter?: MoRef | undefined;
      force?: boolean | undefined;
    };
    result: MoRef;
  };
  CopyVirtualDisk_Task: {
    params: {
      sourceName: string;
      sourceDatacenter?: MoRef | undefined;
      destName: string;
      destDatacenter?: MoRef | undefined;
      destSpec?: AnyVirtualDiskSpec | undefined;
      force?: boolean | undefined;
    };
    result: MoRef;
  };
  CreateChildVM_Task: {
    params: { config: VirtualMachineConfigSpec; host?: MoRef | undefined };
    result: MoRef;
  };
  CreateClusterEx: { params: { name: string; spec: ClusterConfigSpecEx }; result: MoRef };
  CreateCollectorForEvents: { params: { filter: EventFilterSpec }; result: MoRef };
  CreateCollectorForTasks: { params: { filter: TaskFilterSpec }; result: MoRef };
  CreateContainerView: {
    params: { container: MoRef; type?: string[] | undefined; recursive: boolean };
    result: MoRef;
  };
  CreateDVPortgroup_Task: { params: { spec: DVPortgroupConfigSpec }; result: MoRef };
  CreateDVS_Task: { params: { spec: DVSCreateSpec }; result: MoRef };
  CreateDatacenter: { params: { name: string }; result: MoRef };
  CreateDirectory: {
    params: {
      datastore: MoRef;
      displayName?: string | undefined;
      policy?: string | undefined;
      size?: number | undefined;
    };
    result: string;
  };
  CreateFilter: { params: { spec: PropertyFilterSpec; partialUpdates: boolean }; result: MoRef };
  CreateFolder: { params: { name: string }; result: MoRef };
  CreateGroup: { params: { group: AnyHostAccountSpec }; result: undefined };
  CreateInventoryView: { params: Record<string, never>; result: MoRef };
  CreateListView: { params: { obj?: MoRef[] | undefined }; result: MoRef };
  CreateLocalDatastore: { params: { name: string; path: string }; result: MoRef };
  CreatePropertyCollector: { params: Record<string, never>; result: MoRef };
  CreateResourcePool: { params: { name: string; spec: ResourceConfigSpec }; result: MoRef };
  CreateSnapshotEx_Task: {
    params: {
      name: string;
      description?: string | undefined;
      memory: boolean;
      quiesceSpec?: VirtualMachineGuestQuiesceSpec | undefined;
    };
    result: MoRef;
  };
  CreateSnapshot_Task: {
    params: { name: string; description?: string | undefined; memory: boolean; quiesce: boolean };
    result: MoRef;
  };
  CreateTask: {
    params: {
      obj: MoRef;
      taskTypeId: string;
      initiatedBy?: string | undefined;
      cancelable: boolean;
      parentTaskKey?: string | undefined;
      activationId?: string | undefined;
    };
    result: TaskInfo;
  };
  CreateTemporaryDirectoryInGuest: {
    params: {
      vm: MoRef;
      auth: AnyGuestAuthentication;
      prefix: string;
      suffix: string;
      directoryPath?: string | undefined;
    };
    result: string;
  };
  CreateTemporaryFileInGuest: {
    params: {
      vm: MoRef;
      auth: AnyGuestAuthentication;
      prefix: string;
      suffix: string;
      directoryPath?: string | undefined;
    };
    result: string;
  };
  CreateUser: { params: { user: AnyHostAccountSpec }; result: undefined };
  CreateVApp: {
    params: {
      name: string;
      resSpec: ResourceConfigSpec;
      configSpec: VAppConfigSpec;
      vmFolder?: MoRef | undefined;
    };
    result: MoRef;
  };
  CreateVM_Task: {
    params: { config: VirtualMachineConfigSpec; pool: MoRef; host?: MoRef | undefined };
    result: MoRef;
  };
  CreateVirtualDisk_Task: {
    params: { name: string; datacenter?: MoRef | undefined; spec: AnyVirtualDiskSpec };
    result: MoRef;
  };
  CurrentTime: { params: Record<string, never>; result: string };
  DecodeLicense: { params: { licenseKey: string }; result: LicenseManagerLicenseInfo };
  DefragmentVirtualDisk_Task: {
    params: { name: string; datacenter?: MoRef | undefined };
    result: MoRef;
  };
  DeleteDatastoreFile_Task: {
    params: { name: string; datacenter?: MoRef | undefined };
    result: MoRef;
  };
  DeleteDirectory: {
    params: { datacenter?: MoRef | undefined; datastorePath: string };
    result: undefined;
  };
  DeleteDirectoryInGuest: {
    params: { vm: MoRef; auth: AnyGuestAuthentication; directoryPath: string; recursive: boolean };
    result: undefined;
  };
  DeleteFile: { params: { datastorePath: string }; result: undefined };
  DeleteFileInGuest: {
    params: { vm: MoRef; auth: AnyGuestAuthentication; filePath: string };
    result: undefined;
  };
  DeleteVirtualDisk_Task: {
    params: { name: string; datacenter?: MoRef | undefined };
    result: MoRef;
  };
  DestroyChildren: { params: Record<string, never>; result: undefined };
  DestroyCollector: { params: Record<string, never>; result: undefined };
  DestroyDatastore: { params: Record<string, never>; result: undefined };
  DestroyPropertyCollector: { params: Record<string, never>; result: undefined };
  DestroyPropertyFilter: { params: Record<string, never>; result: undefined };
  DestroyView: { params: Record<string, never>; result: undefined };
  Destroy_Task: { params: Record<string, never>; result: MoRef };
  DisableMethods: {
    params: {
      entity: MoRef[];
      method: DisabledMethodRequest[];
      sourceId: string;
      sessionScope?: boolean | undefined;
    };
    result: undefined;
  };
  DisableRuleset: { params: { id: string }; result: undefined };
  DynamicTypeMgrQueryMoInstances: {
    params: { filterSpec?: AnyDynamicTypeMgrFilterSpec | undefined };
    result: DynamicTypeMgrMoInstance[];
  };
  DynamicTypeMgrQueryTypeInfo: {
    params: { filterSpec?: AnyDynamicTypeMgrFilterSpec | undefined };
    result: DynamicTypeMgrAllTypeInfo;
  };
  EagerZeroVirtualDisk_Task: {
    params: { name: string; datacenter?: MoRef | undefined };
    result: MoRef;
  };
  EnableMethods: {
    params: { entity: MoRef[]; method: string[]; sourceId: string };
    result: undefined;
  };
  EnableRuleset: { params: { id: string }; result: undefined };
  ExecuteSoap: {
    params: {
      moid: string;
      version: string;
      method: string;
      argument?: ReflectManagedMethodExecuterSoapArgument[] | undefined;
    };
    result: ReflectManagedMethodExecuterSoapResult | undefined;
  };
  ExtendVirtualDisk_Task: {
    params: {
      name: string;
      datacenter?: MoRef | undefined;
      newCapacityKb: number;
      eagerZero?: boolean | undefined;
    };
    result: MoRef;
  };
  FetchDVPorts: {
    params: { criteria?: DistributedVirtualSwitchPortCriteria | undefined };
    result: DistributedVirtualPort[];
  };
  FetchUserPrivilegeOnEntities: {
    params: { entities: MoRef[]; userName: string };
    result: UserPrivilegeResult[];
  };
  FindAllByUuid: {
    params: {
      datacenter?: MoRef | undefined;
      uuid: string;
      vmSearch: boolean;
      instanceUuid?: boolean | undefined;
    };
    result: MoRef[];
  };
  FindByDatastorePath: { params: { datacenter: MoRef; path: string }; result: MoRef | undefined };
  FindByDnsName: {
    params: { datacenter?: MoRef | undefined; dnsName: string; vmSearch: boolean };
    result: MoRef | undefined;
  };
  FindByInventoryPath: { params: { inventoryPath: string }; result: MoRef | undefined };
  FindByIp: {
    params: { datacenter?: MoRef | undefined; ip: string; vmSearch: boolean };
    result: MoRef | undefined;
  };
  FindByUuid: {
    params: {
      datacenter?: MoRef | undefined;
      uuid: string;
      vmSearch: boolean;
      instanceUuid?: boolean | undefined;
    };
    result: MoRef | undefined;
  };
  FindChild: { params: { entity: MoRef; name: string }; result: MoRef | undefined };
  FindExtension: { params: { extensionKey: string }; result: Extension | undefined };
  GenerateLogBundles_Task: {
    params: { includeDefault: boolean; host?: MoRef[] | undefined };
    result: MoRef;
  };
  HasPrivilegeOnEntities: {
    params: { entity: MoRef[]; sessionId: string; privId?: string[] | undefined };
    result: EntityPrivilege[];
  };
  HasPrivilegeOnEntity: {
    params: { entity: MoRef; sessionId: string; privId?: string[] | undefined };
    result: boolean[];
  };
  HasUserPrivilegeOnEntities: {
    params: { entities: MoRef[]; userName: string; privId?: string[] | undefined };
    result: EntityPrivilege[];
  };
  ImpersonateUser: {
    params: { userName: string; locale?: string | undefined };
    result: UserSession;
  };
  InflateVirtualDisk_Task: {
    params: { name: string; datacenter?: MoRef | undefined };
    result: MoRef;
  };
  InitiateFileTransferFromGuest: {
    params: { vm: MoRef; auth: AnyGuestAuthentication; guestFilePath: string };
    result: FileTransferInformation;
  };
  InitiateFileTransferToGuest: {
    params: {
      vm: MoRef;
      auth: AnyGuestAuthentication;
      guestFilePath: string;
      fileAttributes: AnyGuestFileAttributes;
      fileSize: number;
      overwrite: boolean;
    };
    result: string;
  };
  InstantClone_Task: { params: { spec: VirtualMachineInstantCloneSpec }; result: MoRef };
  ListFilesInGuest: {
    params: {
      vm: MoRef;
      auth: AnyGuestAuthentication;
      filePath: string;
      index?: number | undefined;
      maxResults?: number | undefined;
      matchPattern?: string | undefined;
    };
    result: GuestListFileInfo;
  };
  ListProcessesInGuest: {
    params: { vm: MoRef; auth: AnyGuestAuthentication; pids?: number[] | undefined };
    result: GuestProcessInfo[];
  };
  LogUserEvent: { params: { entity: MoRef; msg: string }; result: undefined };
  Login: {
    params: { userName: string; password: string; locale?: string | undefined };
    result: UserSession;
  };
  LoginByToken: { params: { locale?: string | undefined }; result: UserSession };
  LoginExtensionByCertificate: {
    params: { extensionKey: string; locale?: string | undefined };
    result: UserSession;
  };
  Logout: { params: Record<string, never>; result: undefined };
  MakeDirectory: {
    params: {
      name: string;
      datacenter?: MoRef | undefined;
      createParentDirectories?: boolean | undefined;
    };
    result: undefined;
  };
  MakeDirectoryInGuest: {
    params: {
      vm: MoRef;
      auth: AnyGuestAuthentication;
      directoryPath: string;
      createParentDirectories: boolean;
    };
    result: undefined;
  };
  MarkAsTemplate: { params: Record<string, never>; result: undefined };
  MarkAsVirtualMachine: { params: { pool: MoRef; host?: MoRef | undefined }; result: undefined };
  MergePermissions: { params: { srcRoleId: number; dstRoleId: number }; result: undefined };
  ModifyListView: {
    params: { add?: MoRef[] | undefined; remove?: MoRef[] | undefined };
    result: MoRef[];
  };
  MoveDatastoreFile_Task: {
    params: {
      sourceName: string;
      sourceDatacenter?: MoRef | undefined;
      destinationName: string;
      destinationDatacenter?: MoRef | undefined;
      force?: boolean | undefined;
    };
    result: MoRef;
  };
  MoveDirectoryInGuest: {
    params: {
      vm: MoRef;
      auth: AnyGuestAuthentication;
      srcDirectoryPath: string;
      dstDirectoryPath: string;
    };
    result: undefined;
  };
  MoveFileInGuest: {
    params: {
      vm: MoRef;
      auth: AnyGuestAuthentication;
      srcFilePath: string;
      dstFilePath: string;
      overwrite: boolean;
    };
    result: undefined;
  };
  MoveIntoFolder_Task: { params: { list: MoRef[] }; result: MoRef };
  MoveIntoResourcePool: { params: { list: MoRef[] }; result: undefined };
  MoveVirtualDisk_Task: {
    params: {
      sourceName: string;
      sourceDatacenter?: MoRef | undefined;
      destName: string;
      destDatacenter?: MoRef | undefined;
      force?: boolean | undefined;
      profile?: unknown[] | undefined;
    };
    result: MoRef;
  };
  PostEvent: {
    params: { eventToPost: AnyEvent; taskInfo?: TaskInfo | undefined };
    result: undefined;
  };
  PowerOffVApp_Task: { params: { force: boolean }; result: MoRef };
  PowerOffVM_Task: { params: Record<string, never>; result: MoRef };
  PowerOnMultiVM_Task: {
    params: { vm: MoRef[]; option?: OptionValue[] | undefined };
    result: MoRef;
  };
  PowerOnVApp_Task: { params: Record<string, never>; result: MoRef };
  PowerOnVM_Task: { params: { host?: MoRef | undefined }; result: MoRef };
  QueryAssignedLicenses: {
    params: { entityId?: string | undefined };
    result: LicenseAssignmentManagerLicenseAssignment[];
  };
  QueryAvailablePerfMetric: {
    params: {
      entity: MoRef;
      beginTime?: string | undefined;
      endTime?: string | undefined;
      intervalId?: number | undefined;
    };
    result: PerfMetricId[];
  };
  QueryAvailableTimeZones: { params: Record<string, never>; result: HostDateTimeSystemTimeZone[] };
  QueryChangedDiskAreas: {
    params: {
      snapshot?: MoRef | undefined;
      deviceKey: number;
      startOffset: number;
      changeId: string;
    };
    result: DiskChangeInfo;
  };
  QueryConfigOption: {
    params: { key?: string | undefined; host?: MoRef | undefined };
    result: VirtualMachineConfigOption | undefined;
  };
  QueryConfigOptionDescriptor: {
    params: Record<string, never>;
    result: VirtualMachineConfigOptionDescriptor[];
  };
  QueryConfigOptionEx: {
    params: { spec?: EnvironmentBrowserConfigOptionQuerySpec | undefined };
    result: VirtualMachineConfigOption | undefined;
  };
  QueryConfigTarget: { params: { host?: MoRef | undefined }; result: ConfigTarget | undefined };
  QueryConnections: { params: Record<string, never>; result: VirtualMachineConnection[] };
  QueryDateTime: { params: Record<string, never>; result: string };
  QueryDescriptions: {
    params: { host?: MoRef | undefined };
    result: DiagnosticManagerLogDescriptor[];
  };
  QueryEvents: {
    params: { filter: EventFilterSpec; eventViewSpec?: EventManagerEventViewSpec | undefined };
    result: AnyEvent[];
  };
  QueryHostConnectionInfo: { params: Record<string, never>; result: HostConnectInfo };
  QueryLicenseUsage: { params: { host?: MoRef | undefined }; result: LicenseUsageInfo };
  QueryNetConfig: { params: { nicType: string }; result: VirtualNicManagerNetConfig | undefined };
  QueryNetworkHint: { params: { device?: string[] | undefined }; result: PhysicalNicHintInfo[] };
  QueryOptions: { params: { name?: string | undefined }; result: OptionValue[] };
  QueryPerf: { params: { querySpec: PerfQuerySpec[] }; result: AnyPerfEntityMetricBase[] };
  QueryPerfComposite: { params: { querySpec: PerfQuerySpec }; result: PerfCompositeMetric };
  QueryPerfCounter: { params: { counterId: number[] }; result: PerfCounterInfo[] };
  QueryPerfCounterByLevel: { params: { level: number }; result: PerfCounterInfo[] };
  QueryPerfProviderSummary: { params: { entity: MoRef }; result: PerfProviderSummary };
  QueryTargetCapabilities: {
    params: { host?: MoRef | undefined };
    result: HostCapability | undefined;
  };
  QueryUnownedFiles: { params: Record<string, never>; result: string[] };
  QueryVirtualDiskFragmentation: {
    params: { name: string; datacenter?: MoRef | undefined };
    result: number;
  };
  QueryVirtualDiskGeometry: {
    params: { name: string; datacenter?: MoRef | undefined };
    result: HostDiskDimensionsChs;
  };
  QueryVirtualDiskInfo_Task: {
    params: { name: string; datacenter?: MoRef | undefined; includeParents: boolean };
    result: MoRef;
  };
  QueryVirtualDiskUuid: {
    params: { name: string; datacenter?: MoRef | undefined };
    result: string;
  };
  ReadEnvironmentVariableInGuest: {
    params: { vm: MoRef; auth: AnyGuestAuthentication; names?: string[] | undefined };
    result: string[];
  };
  ReadNextEvents: { params: { maxCount: number }; result: AnyEvent[] };
  ReadNextTasks: { params: { maxCount: number }; result: TaskInfo[] };
  ReadPreviousEvents: { params: { maxCount: number }; result: AnyEvent[] };
  ReadPreviousTasks: { params: { maxCount: number }; result: TaskInfo[] };
  RebootGuest: { params: Record<string, never>; result: undefined };
  ReconfigVM_Task: { params: { spec: VirtualMachineConfigSpec }; result: MoRef };
  ReconfigureComputeResource_Task: {
    params: { spec: AnyComputeResourceConfigSpec; modify: boolean };
    result: MoRef;
  };
  ReconfigureDVPortgroup_Task: { params: { spec: DVPortgroupConfigSpec }; result: MoRef };
  ReconfigureDvs_Task: { params: { spec: AnyDVSConfigSpec }; result: MoRef };
  RefreshDatastore: { params: Record<string, never>; result: undefined };
  RefreshDatastoreStorageInfo: { params: Record<string, never>; result: undefined };
  RefreshDateTimeSystem: { params: Record<string, never>; result: undefined };
  RefreshFirewall: { params: Record<string, never>; result: undefined };
  RefreshNetworkSystem: { params: Record<string, never>; result: undefined };
  RefreshServices: { params: Record<string, never>; result: undefined };
  RefreshStorageInfo: { params: Record<string, never>; result: undefined };
  RefreshStorageSystem: { params: Record<string, never>; result: undefined };
  RegisterChildVM_Task: {
    params: { path: string; name?: string | undefined; host?: MoRef | undefined };
    result: MoRef;
  };
  RegisterVM_Task: {
    params: {
      path: string;
      name?: string | undefined;
      asTemplate: boolean;
      pool?: MoRef | undefined;
      host?: MoRef | undefined;
    };
    result: MoRef;
  };
  ReleaseCredentialsInGuest: {
    params: { vm: MoRef; auth: AnyGuestAuthentication };
    result: undefined;
  };
  Reload: { params: Record<string, never>; result: undefined };
  RelocateVM_Task: {
    params: { spec: VirtualMachineRelocateSpec; priority?: VirtualMachineMovePriority | undefined };
    result: MoRef;
  };
  RemoveAllSnapshots_Task: {
    params: { consolidate?: boolean | undefined; spec?: SnapshotSelectionSpec | undefined };
    result: MoRef;
  };
  RemoveAssignedLicense: { params: { entityId: string }; result: undefined };
  RemoveAuthorizationRole: { params: { roleId: number; failIfUsed: boolean }; result: undefined };
  RemoveDatastore: { params: { datastore: MoRef }; result: undefined };
  RemoveEntityPermission: {
    params: { entity: MoRef; user: string; isGroup: boolean };
    result: undefined;
  };
  RemoveGroup: { params: { groupName: string }; result: undefined };
  RemoveLicense: { params: { licenseKey: string }; result: undefined };
  RemoveLicenseLabel: { params: { licenseKey: string; labelKey: string }; result: undefined };
  RemovePortGroup: { params: { pgName: string }; result: undefined };
  RemoveSnapshot_Task: {
    params: { removeChildren: boolean; consolidate?: boolean | undefined };
    result: MoRef;
  };
  RemoveUser: { params: { userName: string }; result: undefined };
  RemoveVirtualSwitch: { params: { vswitchName: string }; result: undefined };
  RenameDatastore: { params: { newName: string }; result: undefined };
  RenameSnapshot: {
    params: { name?: string | undefined; description?: string | undefined };
    result: undefined;
  };
  Rename_Task: { params: { newName: string }; result: MoRef };
  RescanAllHba: { params: Record<string, never>; result: undefined };
  RescanVmfs: { params: Record<string, never>; result: undefined };
  ResetCollector: { params: Record<string, never>; result: undefined };
  ResetEntityPermissions: {
    params: { entity: MoRef; permission: Permission[] };
    result: undefined;
  };
  ResetListView: { params: { obj?: MoRef[] | undefined }; result: MoRef[] };
  ResetVM_Task: { params: Record<string, never>; result: MoRef };
  RestartService: { params: { id: string }; result: undefined };
  RetrieveAllPermissions: { params: Record<string, never>; result: Permission[] };
  RetrieveArgumentDescription: { params: { eventTypeId: string }; result: EventArgDesc[] };
  RetrieveDynamicTypeManager: { params: Record<string, never>; result: MoRef };
  RetrieveEntityPermissions: {
    params: { entity: MoRef; inherited: boolean };
    result: Permission[];
  };
  RetrieveEntityScheduledTask: { params: { entity?: MoRef | undefined }; result: MoRef[] };
  RetrieveHardwareUptime: { params: Record<string, never>; result: number };
  RetrieveManagedMethodExecuter: { params: Record<string, never>; result: MoRef };
  RetrieveProperties: { params: { specSet: PropertyFilterSpec[] }; result: ObjectContent[] };
  RetrievePropertiesEx: {
    params: { specSet: PropertyFilterSpec[]; options: RetrieveOptions };
    result: RetrieveResult | undefined;
  };
  RetrieveRolePermissions: { params: { roleId: number }; result: Permission[] };
  RetrieveServiceContent: { params: Record<string, never>; result: ServiceContent };
  RetrieveUserGroups: {
    params: {
      domain?: string | undefined;
      searchStr: string;
      belongsToGroup?: string | undefined;
      belongsToUser?: string | undefined;
      exactMatch: boolean;
      findUsers: boolean;
      findGroups: boolean;
    };
    result: UserSearchResult[];
  };
  RevertToCurrentSnapshot_Task: {
    params: { host?: MoRef | undefined; suppressPowerOn?: boolean | undefined };
    result: MoRef;
  };
  RevertToSnapshot_Task: {
    params: { host?: MoRef | undefined; suppressPowerOn?: boolean | undefined };
    result: MoRef;
  };
  RewindCollector: { params: Record<string, never>; result: undefined };
  SearchDatastoreSubFolders_Task: {
    params: { datastorePath: string; searchSpec?: HostDatastoreBrowserSearchSpec | undefined };
    result: MoRef;
  };
  SearchDatastore_Task: {
    params: { datastorePath: string; searchSpec?: HostDatastoreBrowserSearchSpec | undefined };
    result: MoRef;
  };
  SessionIsActive: { params: { sessionID: string; userName: string }; result: boolean };
  SetCollectorPageSize: { params: { maxCount: number }; result: undefined };
  SetEntityPermissions: {
    params: { entity: MoRef; permission?: Permission[] | undefined };
    result: undefined;
  };
  SetLocale: { params: { locale: string }; result: undefined };
  SetTaskDescription: { params: { description: LocalizableMessage }; result: undefined };
  SetTaskState: {
    params: { state: TaskInfoState; result?: unknown; fault?: LocalizedMethodFault | undefined };
    result: undefined;
  };
  SetVirtualDiskUuid: {
    params: { name: string; datacenter?: MoRef | undefined; uuid: string };
    result: undefined;
  };
  ShrinkVirtualDisk_Task: {
    params: { name: string; datacenter?: MoRef | undefined; copy?: boolean | undefined };
    result: MoRef;
  };
  ShutdownGuest: { params: Record<string, never>; result: undefined };
  StandbyGuest: { params: Record<string, never>; result: undefined };
  StartProgramInGuest: {
    params: { vm: MoRef; auth: AnyGuestAuthentication; spec: GuestProgramSpec };
    result: number;
  };
  StartService: { params: { id: string }; result: undefined };
  StopService: { params: { id: string }; result: undefined };
  SuspendVM_Task: { params: Record<string, never>; result: MoRef };
  TerminateProcessInGuest: {
    params: { vm: MoRef; auth: AnyGuestAuthentication; pid: number };
    result: undefined;
  };
  TerminateSession: { params: { sessionId: string[] }; result: undefined };
  TerminateVM: { params: Record<string, never>; result: undefined };
  UnassignUserFromGroup: { params: { user: string; group: string }; result: undefined };
  UnregisterVM: { params: Record<string, never>; result: undefined };
  UpdateAssignedLicense: {
    params: { entity: string; licenseKey: string; entityDisplayName?: string | undefined };
    result: LicenseManagerLicenseInfo;
  };
  UpdateAuthorizationRole: {
    params: { roleId: number; newName: string; privIds?: string[] | undefined };
    result: undefined;
  };
  UpdateChildResourceConfiguration: { params: { spec: ResourceConfigSpec[] }; result: undefined };
  UpdateConfig: {
    params: { name?: string | undefined; config?: ResourceConfigSpec | undefined };
    result: undefined;
  };
  UpdateDateTime: { params: { dateTime: string }; result: undefined };
  UpdateDefaultPolicy: { params: { defaultPolicy: HostFirewallDefaultPolicy }; result: undefined };
  UpdateLicense: {
    params: { licenseKey: string; labels?: KeyValue[] | undefined };
    result: LicenseManagerLicenseInfo;
  };
  UpdateLicenseLabel: {
    params: { licenseKey: string; labelKey: string; labelValue: string };
    result: undefined;
  };
  UpdateOptions: { params: { changedValue: OptionValue[] }; result: undefined };
  UpdatePortGroup: { params: { pgName: string; portgrp: HostPortGroupSpec }; result: undefined };
  UpdateProgress: { params: { percentDone: number }; result: undefined };
  UpdateRuleset: {
    params: { id: string; spec: HostFirewallRulesetRulesetSpec };
    result: undefined;
  };
  UpdateServiceMessage: { params: { message: string }; result: undefined };
  UpdateServicePolicy: { params: { id: string; policy: string }; result: undefined };
  UpdateUser: { params: { user: AnyHostAccountSpec }; result: undefined };
  UpdateVAppConfig: { params: { spec: VAppConfigSpec }; result: undefined };
  UpdateVirtualMachineFiles_Task: {
    params: { mountPathDatastoreMapping: DatastoreMountPathDatastorePair[] };
    result: MoRef;
  };
  UpdateVirtualSwitch: {
    params: { vswitchName: string; spec: HostVirtualSwitchSpec };
    result: undefined;
  };
  ValidateCredentialsInGuest: {
    params: { vm: MoRef; auth: AnyGuestAuthentication };
    result: undefined;
  };
  WaitForUpdates: { params: { version?: string | undefined }; result: UpdateSet };
  WaitForUpdatesEx: {
    params: { version?: string | undefined; options?: WaitOptions | undefined };
    result: UpdateSet | undefined;
  };
  unregisterVApp_Task: { params: Record<string, never>; result: MoRef };
}
