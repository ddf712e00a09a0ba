/** Compute resources, clusters, resource pools and vApps. Notation: parse.ts. */
export const clusterTypes = `
AnswerFileStatusError: userInputPath ProfilePropertyPath, errMsg LocalizableMessage
AnswerFileStatusResult: checkedTime dateTime, host ref, status, error?[] AnswerFileStatusError
ClusterAction: type, target? ref
ClusterActionHistory: action ClusterAction, time dateTime
ClusterAffinityRuleSpec < ClusterRuleInfo: vm[] ref
ClusterAntiAffinityRuleSpec < ClusterRuleInfo: vm[] ref
ClusterAttemptedVmInfo: vm ref, task? ref
ClusterComputeResourceHCIConfigInfo: workflowState, dvsSetting?[] ClusterComputeResourceDVSSetting,
  configuredHosts?[] ref, hostConfigProfile? ClusterComputeResourceHostConfigurationProfile
ClusterComputeResourceSummary < ComputeResourceSummary: currentFailoverLevel int,
  admissionControlInfo? ClusterDasAdmissionControlInfo, numVmotions int, targetBalance? int,
  currentBalance? int, drsScore? int, numVmsPerDrsScoreBucket?[] int,
  usageSummary? ClusterUsageSummary, currentEVCModeKey?, currentEVCGraphicsModeKey?,
  dasData? ClusterDasData, clusterMaintenanceModeStatus?, vcsHealthStatus?,
  vcsSlots?[] ClusterComputeResourceVcsSlots
ClusterComputeResourceVcsSlots: systemId?, host ref, datastore?[] ref, totalSlots int
ClusterConfigInfo: dasConfig ClusterDasConfigInfo, dasVmConfig?[] ClusterDasVmConfigInfo,
  drsConfig ClusterDrsConfigInfo, drsVmConfig?[] ClusterDrsVmConfigInfo, rule?[] ClusterRuleInfo
ClusterConfigInfoEx < ComputeResourceConfigInfo: systemVMsConfig? ClusterSystemVMsConfigInfo,
  dasConfig ClusterDasConfigInfo, dasVmConfig?[] ClusterDasVmConfigInfo,
  drsConfig ClusterDrsConfigInfo, drsVmConfig?[] ClusterDrsVmConfigInfo, rule?[] ClusterRuleInfo,
  orchestration? ClusterOrchestrationInfo, vmOrchestration?[] ClusterVmOrchestrationInfo,
  dpmConfigInfo? ClusterDpmConfigInfo, dpmHostConfig?[] ClusterDpmHostConfigInfo,
  vsanConfigInfo? VsanClusterConfigInfo, vsanHostConfig?[] VsanHostConfigInfo,
  group?[] ClusterGroupInfo, infraUpdateHaConfig? ClusterInfraUpdateHaConfigInfo,
  proactiveDrsConfig? ClusterProactiveDrsConfigInfo, cryptoConfig? ClusterCryptoConfigInfo,
  vsanCoreConfig? VsanClusterCoreConfig
ClusterConfigSpec: dasConfig? ClusterDasConfigInfo, dasVmConfigSpec?[] ClusterDasVmConfigSpec,
  drsConfig? ClusterDrsConfigInfo, drsVmConfigSpec?[] ClusterDrsVmConfigSpec,
  rulesSpec?[] ClusterRuleSpec
ClusterConfigSpecEx < ComputeResourceConfigSpec: systemVMsConfig? ClusterSystemVMsConfigSpec,
  dasConfig? ClusterDasConfigInfo, dasVmConfigSpec?[] ClusterDasVmConfigSpec,
  drsConfig? ClusterDrsConfigInfo, drsVmConfigSpec?[] ClusterDrsVmConfigSpec,
  rulesSpec?[] ClusterRuleSpec, orchestration? ClusterOrchestrationInfo,
  vmOrchestrationSpec?[] ClusterVmOrchestrationSpec, dpmConfig? ClusterDpmConfigInfo,
  dpmHostConfigSpec?[] ClusterDpmHostConfigSpec, vsanConfig? VsanClusterConfigInfo,
  vsanHostConfigSpec?[] VsanHostConfigInfo, groupSpec?[] ClusterGroupSpec,
  infraUpdateHaConfig? ClusterInfraUpdateHaConfigInfo,
  proactiveDrsConfig? ClusterProactiveDrsConfigInfo, inHciWorkflow? boolean,
  cryptoConfig? ClusterCryptoConfigInfo, vsanCoreConfigSpec? VsanClusterCoreConfigSpec
ClusterDasConfigInfo: enabled? boolean, vmMonitoring?, hostMonitoring?, vmComponentProtecting?,
  failoverLevel? int, admissionControlPolicy? ClusterDasAdmissionControlPolicy,
  admissionControlEnabled? boolean, defaultVmSettings? ClusterDasVmSettings, option?[] OptionValue,
  heartbeatDatastore?[] ref, hBDatastoreCandidatePolicy?
ClusterDatastoreUpdateSpec < ArrayUpdateSpec: datastore? ref
ClusterDpmConfigInfo: enabled? boolean, defaultDpmBehavior? DpmBehavior, hostPowerActionRate? int,
  option?[] OptionValue
ClusterDpmHostConfigInfo: key ref, enabled? boolean, behavior? DpmBehavior
ClusterDpmHostConfigSpec < ArrayUpdateSpec: info? ClusterDpmHostConfigInfo
ClusterDrsConfigInfo: enabled? boolean, enableVmBehaviorOverrides? boolean,
  defaultVmBehavior? DrsBehavior, vmotionRate? int, scaleDescendantsShares?, option?[] OptionValue
ClusterDrsFaults: reason, faultsByVm[] ClusterDrsFaultsFaultsByVm
ClusterDrsFaultsFaultsByVm: vm? ref, fault[] LocalizedMethodFault
ClusterDrsVmConfigInfo: key ref, enabled? boolean, behavior? DrsBehavior
ClusterDrsVmConfigSpec < ArrayUpdateSpec: info? ClusterDrsVmConfigInfo
ClusterGroupInfo: name, userCreated? boolean, uniqueID?
ClusterGroupSpec < ArrayUpdateSpec: info? ClusterGroupInfo
ClusterHostGroup < ClusterGroupInfo: host?[] ref
ClusterInfraUpdateHaConfigInfo: enabled? boolean, behavior?, moderateRemediation?,
  severeRemediation?, providers?[]
ClusterNotAttemptedVmInfo: vm ref, fault LocalizedMethodFault
ClusterOrchestrationInfo: defaultVmReadiness? ClusterVmReadiness
ClusterPowerOnVmResult: attempted?[] ClusterAttemptedVmInfo,
  notAttempted?[] ClusterNotAttemptedVmInfo, recommendations?[] ClusterRecommendation
ClusterRecommendation: key, type, time dateTime, rating int, reason, reasonText, warningText?,
  warningDetails? LocalizableMessage, prerequisite?[], action?[] ClusterAction, target? ref
ClusterRuleInfo: key? int, status? ManagedEntityStatus, enabled? boolean, name?, mandatory? boolean,
  userCreated? boolean, inCompliance? boolean, ruleUuid?
ClusterRuleSpec < ArrayUpdateSpec: info? ClusterRuleInfo
ClusterSystemVMsConfigInfo: allowedDatastores?[] ref, notAllowedDatastores?[] ref,
  dsTagCategoriesToExclude?[], deploymentMode?
ClusterSystemVMsConfigSpec: allowedDatastores?[] ClusterDatastoreUpdateSpec,
  notAllowedDatastores?[] ClusterDatastoreUpdateSpec,
  dsTagCategoriesToExclude?[] ClusterTagCategoryUpdateSpec, deploymentMode?
ClusterTagCategoryUpdateSpec < ArrayUpdateSpec: category?
ClusterUsageSummary: totalCpuCapacityMhz int, totalMemCapacityMB int, cpuReservationMhz int,
  memReservationMB int, poweredOffCpuReservationMhz? int, poweredOffMemReservationMB? int,
  cpuDemandMhz int, memDemandMB int, statsGenNumber long, cpuEntitledMhz int, memEntitledMB int,
  poweredOffVmCount int, totalVmCount int, tier0MemCapacityMB? int, reservedTier0MemMB? int,
  unreservedTier0MemMB? int
ClusterVmGroup < ClusterGroupInfo: vm?[] ref
ClusterVmHostRuleInfo < ClusterRuleInfo: vmGroupName?, affineHostGroupName?,
  antiAffineHostGroupName?
ClusterVmOrchestrationInfo: vm ref, vmReadiness ClusterVmReadiness
ClusterVmOrchestrationSpec < ArrayUpdateSpec: info? ClusterVmOrchestrationInfo
ClusterVmReadiness: readyCondition?, postReadyDelay? int
ComplianceFailure: failureType, message LocalizableMessage, expressionName?,
  failureValues?[] ComplianceFailureComplianceFailureValues
ComplianceFailureComplianceFailureValues: comparisonIdentifier, profileInstance?,
  hostValue? anyType, profileValue? anyType
ComplianceResult: profile? ref, complianceStatus, entity? ref, checkTime? dateTime,
  failure?[] ComplianceFailure
ComputeResourceConfigInfo: vmSwapPlacement, spbmEnabled? boolean, defaultHardwareVersionKey?,
  maximumHardwareVersionKey?
ComputeResourceConfigSpec: vmSwapPlacement?, spbmEnabled? boolean, defaultHardwareVersionKey?,
  desiredSoftwareSpec? DesiredSoftwareSpec, maximumHardwareVersionKey?,
  enableConfigManager? boolean, hostSeedSpec? ComputeResourceHostSeedSpec, softwareSpecId?,
  networkBootMode?
ComputeResourceHostSeedSpec: singleHostSpec ComputeResourceHostSeedSpecSingleHostSpec
ComputeResourceHostSeedSpecSingleHostSpec: newHostCnxSpec? HostConnectSpec, existingHost? ref
ComputeResourceSummary: totalCpu int, totalMemory long, numCpuCores short, numCpuThreads short,
  effectiveCpu int, effectiveMemory long, numHosts int, numEffectiveHosts int,
  overallStatus ManagedEntityStatus
DesiredSoftwareSpec: baseImageSpec DesiredSoftwareSpecBaseImageSpec,
  vendorAddOnSpec? DesiredSoftwareSpecVendorAddOnSpec,
  components?[] DesiredSoftwareSpecComponentSpec, removedComponents?[]
DesiredSoftwareSpecBaseImageSpec: version
DesiredSoftwareSpecComponentSpec: name, version?
DesiredSoftwareSpecVendorAddOnSpec: name, version
ResourceConfigSpec: entity? ref, changeVersion?, lastModified? dateTime,
  cpuAllocation ResourceAllocationInfo, memoryAllocation ResourceAllocationInfo,
  scaleDescendantsShares?
ResourcePoolQuickStats: overallCpuUsage? long, overallCpuDemand? long, guestMemoryUsage? long,
  hostMemoryUsage? long, distributedCpuEntitlement? long, distributedMemoryEntitlement? long,
  staticCpuEntitlement? int, staticMemoryEntitlement? int, privateMemory? long, sharedMemory? long,
  swappedMemory? long, balloonedMemory? long, overheadMemory? long, consumedOverheadMemory? long,
  compressedMemory? long
ResourcePoolResourceUsage: reservationUsed long, reservationUsedForVm long, unreservedForPool long,
  unreservedForVm long, overallUsage long, maxUsage long
ResourcePoolRuntimeInfo: memory ResourcePoolResourceUsage, cpu ResourcePoolResourceUsage,
  overallStatus ManagedEntityStatus, sharesScalable?
ResourcePoolSummary: name, config ResourceConfigSpec, runtime ResourcePoolRuntimeInfo,
  quickStats? ResourcePoolQuickStats, configuredMemoryMB? int
VAppConfigInfo < VmConfigInfo: entityConfig?[] VAppEntityConfigInfo, annotation, instanceUuid?,
  managedBy? ManagedByInfo
VAppConfigSpec < VmConfigSpec: entityConfig?[] VAppEntityConfigInfo, annotation?, instanceUuid?,
  managedBy? ManagedByInfo
VAppEntityConfigInfo: key? ref, tag?, startOrder? int, startDelay? int, waitingForGuest? boolean,
  startAction?, stopDelay? int, stopAction?, destroyWithParent? boolean
VAppIPAssignmentInfo: supportedAllocationScheme?[], ipAllocationPolicy?, supportedIpProtocol?[],
  ipProtocol?
VAppProductInfo: key int, classId?, instanceId?, name?, vendor?, version?, fullVersion?, vendorUrl?,
  productUrl?, appUrl?
VAppProductSpec < ArrayUpdateSpec: info? VAppProductInfo
VAppPropertyInfo: key int, classId?, instanceId?, id?, category?, label?, type?, typeReference?,
  userConfigurable? boolean, defaultValue?, value?, description?
VAppPropertySpec < ArrayUpdateSpec: info? VAppPropertyInfo
VirtualAppLinkInfo: key ref, destroyWithParent? boolean
VirtualAppSummary < ResourcePoolSummary: product? VAppProductInfo, vAppState? VirtualAppVAppState,
  suspended? boolean, installBootRequired? boolean, instanceUuid?
`;
