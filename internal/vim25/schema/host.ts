/** Hosts: hardware, configuration, runtime and summary. Notation: parse.ts. */
export const hostTypes = `
AutoStartDefaults: enabled? boolean, startDelay? int, stopDelay? int, waitForHeartbeat? boolean,
  stopAction?
AutoStartPowerInfo: key ref, startOrder int, startDelay int,
  waitForHeartbeat AutoStartWaitHeartbeatSetting, startAction, stopDelay int, stopAction
HealthSystemRuntime: systemHealthInfo? HostSystemHealthInfo,
  hardwareStatusInfo? HostHardwareStatusInfo
HostAutoStartManagerConfig: defaults? AutoStartDefaults, powerInfo?[] AutoStartPowerInfo
HostBIOSInfo: biosVersion?, releaseDate? dateTime, vendor?, majorRelease? int, minorRelease? int,
  firmwareMajorRelease? int, firmwareMinorRelease? int, firmwareType?
HostCacheConfigurationInfo: key ref, swapSize long
HostCapability: recursiveResourcePoolsSupported boolean,
  cpuMemoryResourceConfigurationSupported boolean, rebootSupported boolean,
  shutdownSupported boolean, vmotionSupported boolean, standbySupported boolean,
  ipmiSupported? boolean, maxSupportedVMs? int, maxRunningVMs? int, maxSupportedVcpus? int,
  maxRegisteredVMs? int, datastorePrincipalSupported boolean, sanSupported boolean,
  nfsSupported boolean, iscsiSupported boolean, vlanTaggingSupported boolean,
  nicTeamingSupported boolean, highGuestMemSupported boolean, maintenanceModeSupported boolean,
  suspendedRelocateSupported boolean, restrictedSnapshotRelocateSupported boolean,
  perVmSwapFiles boolean, localSwapDatastoreSupported boolean, unsharedSwapVMotionSupported boolean,
  backgroundSnapshotsSupported boolean, preAssignedPCIUnitNumbersSupported boolean,
  screenshotSupported boolean, scaledScreenshotSupported boolean, storageVMotionSupported? boolean,
  vmotionWithStorageVMotionSupported? boolean, vmotionAcrossNetworkSupported? boolean,
  maxNumDisksSVMotion? int, maxVirtualDiskDescVersionSupported? int,
  hbrNicSelectionSupported? boolean, vrNfcNicSelectionSupported? boolean,
  recordReplaySupported? boolean, ftSupported? boolean, replayUnsupportedReason?,
  replayCompatibilityIssues?[], smpFtSupported? boolean, ftCompatibilityIssues?[],
  smpFtCompatibilityIssues?[], maxVcpusPerFtVm? int, loginBySSLThumbprintSupported? boolean,
  cloneFromSnapshotSupported? boolean, deltaDiskBackingsSupported? boolean,
  perVMNetworkTrafficShapingSupported? boolean, tpmSupported? boolean, tpmVersion?,
  txtEnabled? boolean, supportedCpuFeature?[] HostCpuIdInfo, virtualExecUsageSupported? boolean,
  storageIORMSupported? boolean, vmDirectPathGen2Supported? boolean,
  vmDirectPathGen2UnsupportedReason?[], vmDirectPathGen2UnsupportedReasonExtended?,
  supportedVmfsMajorVersion?[] int, vStorageCapable? boolean, snapshotRelayoutSupported? boolean,
  firewallIpRulesSupported? boolean, servicePackageInfoSupported? boolean, maxHostRunningVms? int,
  maxHostSupportedVcpus? int, vmfsDatastoreMountCapable? boolean,
  eightPlusHostVmfsSharedAccessSupported? boolean, nestedHVSupported? boolean,
  vPMCSupported? boolean, interVMCommunicationThroughVMCISupported? boolean,
  scheduledHardwareUpgradeSupported? boolean, featureCapabilitiesSupported? boolean,
  latencySensitivitySupported? boolean, storagePolicySupported? boolean, accel3dSupported? boolean,
  reliableMemoryAware? boolean, multipleNetworkStackInstanceSupported? boolean,
  messageBusProxySupported? boolean, vsanSupported? boolean, vFlashSupported? boolean,
  hostAccessManagerSupported? boolean, provisioningNicSelectionSupported? boolean,
  nfs41Supported? boolean, nfs41Krb5iSupported? boolean, turnDiskLocatorLedSupported? boolean,
  virtualVolumeDatastoreSupported? boolean, markAsSsdSupported? boolean,
  markAsLocalSupported? boolean, smartCardAuthenticationSupported? boolean, pMemSupported? boolean,
  pMemSnapshotSupported? boolean, cryptoSupported? boolean, oneKVolumeAPIsSupported? boolean,
  gatewayOnNicSupported? boolean, upitSupported? boolean, cpuHwMmuSupported? boolean,
  encryptedVMotionSupported? boolean, encryptionChangeOnAddRemoveSupported? boolean,
  encryptionHotOperationSupported? boolean, encryptionWithSnapshotsSupported? boolean,
  encryptionFaultToleranceSupported? boolean, encryptionMemorySaveSupported? boolean,
  encryptionRDMSupported? boolean, encryptionVFlashSupported? boolean,
  encryptionCBRCSupported? boolean, encryptionHBRSupported? boolean, ftEfiSupported? boolean,
  unmapMethodSupported?, maxMemMBPerFtVm? int, virtualMmuUsageIgnored? boolean,
  virtualExecUsageIgnored? boolean, vmCreateDateSupported? boolean, vmfs3EOLSupported? boolean,
  ftVmcpSupported? boolean, quickBootSupported? boolean, encryptedFtSupported? boolean,
  assignableHardwareSupported? boolean, suspendToMemorySupported? boolean,
  useFeatureReqsForOldHWv? boolean, markPerenniallyReservedSupported? boolean,
  hppPspSupported? boolean, deviceRebindWithoutRebootSupported? boolean,
  storagePolicyChangeSupported? boolean, precisionTimeProtocolSupported? boolean,
  remoteDeviceVMotionSupported? boolean, maxSupportedVmMemory? int, ahDeviceHintsSupported? boolean,
  nvmeOverTcpSupported? boolean, nvmeStorageFabricServicesSupported? boolean,
  assignHwPciConfigSupported? boolean, timeConfigSupported? boolean,
  nvmeBatchOperationsSupported? boolean, pMemFailoverSupported? boolean,
  hostConfigEncryptionSupported? boolean, maxSupportedSimultaneousThreads? int,
  ptpConfigSupported? boolean, maxSupportedPtpPorts? int, sgxRegistrationSupported? boolean,
  pMemIndependentSnapshotSupported? boolean, iommuSLDirtyCapable? boolean,
  vmknicBindingSupported? boolean, ultralowFixedUnmapSupported? boolean, nvmeVvolSupported? boolean,
  fptHotplugSupported? boolean, mconnectSupported? boolean, vsanNicMgmtSupported? boolean,
  vvolNQNSupported? boolean, stretchedSCSupported? boolean, vmknicBindingOnNFSv41? boolean,
  vpStatusCheckSupported? boolean, e2e4knSupported? boolean, vsanDedicatedVmkNicSupported? boolean,
  nConnectSupported? boolean, userKeySupported? boolean, ndcmSupported? boolean,
  uefiSecureBoot? boolean, vpxdVmxGenerationSupported? boolean, nfs41Krb5pSupported? boolean,
  cimSupported? boolean, npivSupported? boolean, entitlementSupported? boolean,
  podVMOverheadInfo? PodVMOverheadInfo
HostConfigInfo: host ref, product AboutInfo, deploymentInfo? HostDeploymentInfo,
  hyperThread? HostHyperThreadScheduleInfo, cpuScheduler? HostCpuSchedulerInfo,
  consoleReservation? ServiceConsoleReservationInfo,
  virtualMachineReservation? VirtualMachineMemoryReservationInfo,
  storageDevice? HostStorageDeviceInfo, multipathState? HostMultipathStateInfo,
  fileSystemVolume? HostFileSystemVolumeInfo, systemFile?[], network? HostNetworkInfo,
  vmotion? HostVMotionInfo, virtualNicManagerInfo? HostVirtualNicManagerInfo,
  capabilities? HostNetCapabilities, datastoreCapabilities? HostDatastoreSystemCapabilities,
  offloadCapabilities? HostNetOffloadCapabilities, service? HostServiceInfo,
  firewall? HostFirewallInfo, autoStart? HostAutoStartManagerConfig,
  activeDiagnosticPartition? HostDiagnosticPartition, option?[] OptionValue, optionDef?[] OptionDef,
  datastorePrincipal?, localSwapDatastore? ref,
  systemSwapConfiguration? HostSystemSwapConfiguration, systemResources? HostSystemResourceInfo,
  dateTimeInfo? HostDateTimeInfo, flags? HostFlagInfo, adminDisabled? boolean,
  lockdownMode? HostLockdownMode, ipmi? HostIpmiInfo, sslThumbprintInfo? HostSslThumbprintInfo,
  sslThumbprintData?[] HostSslThumbprintInfo, authenticationData?[] HostAuthenticationInfo,
  certificate?[] byte, pciPassthruInfo?[] HostPciPassthruInfo,
  authenticationManagerInfo? HostAuthenticationManagerInfo,
  featureVersion?[] HostFeatureVersionInfo, powerSystemCapability? PowerSystemCapability,
  powerSystemInfo? PowerSystemInfo, cacheConfigurationInfo?[] HostCacheConfigurationInfo,
  wakeOnLanCapable? boolean, featureCapability?[] HostFeatureCapability,
  maskedFeatureCapability?[] HostFeatureCapability,
  vFlashConfigInfo? HostVFlashManagerVFlashConfigInfo, vsanHostConfig? VsanHostConfigInfo,
  domainList?[], scriptCheckSum? base64Binary, hostConfigCheckSum? base64Binary,
  descriptionTreeCheckSum? base64Binary, graphicsInfo?[] HostGraphicsInfo,
  sharedPassthruGpuTypes?[], graphicsConfig? HostGraphicsConfig,
  sharedGpuCapabilities?[] HostSharedGpuCapabilities, ioFilterInfo?[] HostIoFilterInfo,
  sriovDevicePool?[] HostSriovDevicePoolInfo,
  assignableHardwareBinding?[] HostAssignableHardwareBinding,
  assignableHardwareConfig? HostAssignableHardwareConfig
HostConfigManager: cpuScheduler? ref, datastoreSystem? ref, memoryManager? ref, storageSystem? ref,
  networkSystem? ref, vmotionSystem? ref, virtualNicManager? ref, serviceSystem? ref,
  firewallSystem? ref, advancedOption? ref, diagnosticSystem? ref, autoStartManager? ref,
  snmpSystem? ref, dateTimeSystem? ref, patchManager? ref, imageConfigManager? ref,
  bootDeviceSystem? ref, firmwareSystem? ref, healthStatusSystem? ref, pciPassthruSystem? ref,
  licenseManager? ref, kernelModuleSystem? ref, authenticationManager? ref, powerSystem? ref,
  cacheConfigurationManager? ref, esxAgentHostManager? ref, iscsiManager? ref, vFlashManager? ref,
  vsanSystem? ref, messageBusProxy? ref, userDirectory? ref, accountManager? ref,
  hostAccessManager? ref, graphicsManager? ref, vsanInternalSystem? ref, certificateManager? ref,
  cryptoManager? ref, nvdimmSystem? ref, assignableHardwareManager? ref
HostConfigSummary: name, port int, sslThumbprint?, sslCertificate?, product? AboutInfo,
  vmotionEnabled boolean, faultToleranceEnabled? boolean, featureVersion?[] HostFeatureVersionInfo,
  agentVmDatastore? ref, agentVmNetwork? ref
HostConnectInfo: serverIp?, inDasCluster? boolean, host HostListSummary,
  vm?[] VirtualMachineSummary, vimAccountNameRequired? boolean, clusterSupported? boolean,
  network?[] HostConnectInfoNetworkInfo, datastore?[] HostDatastoreConnectInfo,
  license? HostLicenseConnectInfo, capability? HostCapability
HostConnectInfoNetworkInfo: summary NetworkSummary
HostConnectSpec: hostName?, port? int, sslThumbprint?, sslCertificate?, userName?, password?,
  vmFolder? ref, force boolean, vimAccountName?, vimAccountPassword?, managementIp?,
  lockdownMode? HostLockdownMode, hostGateway? HostGatewaySpec
HostCpuInfo: numCpuPackages short, numCpuCores short, numCpuThreads short, hz long
HostCpuPackage: index short, vendor, hz long, busHz long, description, threadId[] short,
  cpuFeature?[] HostCpuIdInfo, family? short, model? short, stepping? short
HostDateTimeInfo: timeZone HostDateTimeSystemTimeZone, systemClockProtocol?,
  ntpConfig? HostNtpConfig, ptpConfig? HostPtpConfig, enabled? boolean, disableEvents? boolean,
  disableFallback? boolean, inFallbackState? boolean, serviceSync? boolean, lastSyncTime? dateTime,
  remoteNtpServer?, ntpRunTime? long, ptpRunTime? long, ntpDuration?, ptpDuration?
HostDateTimeSystemTimeZone: key, name, description, gmtOffset int
HostDeploymentInfo: bootedFromStatelessCache? boolean
HostDevice: deviceName, deviceType
HostDiagnosticPartition: storageType, diagnosticType, slots int, id HostScsiDiskPartition
HostFeatureCapability: key, featureName, value
HostFlagInfo: backgroundSnapshotsEnabled? boolean
HostFru: type, partName, partNumber, manufacturer, serialNumber?, mfgTimeStamp? dateTime
HostGatewaySpec: gatewayType, gatewayId?, trustVerificationToken?, hostAuthParams?[] KeyValue
HostHardwareInfo: systemInfo HostSystemInfo, cpuPowerManagementInfo? HostCpuPowerManagementInfo,
  cpuInfo HostCpuInfo, cpuPkg[] HostCpuPackage, memorySize long, numaInfo? HostNumaInfo,
  smcPresent? boolean, pciDevice?[] HostPciDevice, dvxClasses?[] HostDvxClass,
  cpuFeature?[] HostCpuIdInfo, biosInfo? HostBIOSInfo, reliableMemoryInfo? HostReliableMemoryInfo,
  persistentMemoryInfo? HostPersistentMemoryInfo, sgxInfo? HostSgxInfo, sevInfo? HostSevInfo,
  memoryTieringType?, memoryTierInfo?[] HostMemoryTierInfo, tdxInfo? HostTdxInfo
HostHardwareSummary: vendor, model, family?, uuid,
  otherIdentifyingInfo?[] HostSystemIdentificationInfo, memorySize long, cpuModel, cpuMhz int,
  numCpuPkgs short, numCpuCores short, numCpuThreads short, numNics int, numHBAs int
HostHyperThreadScheduleInfo: available boolean, active boolean, config boolean
HostIoFilterInfo < IoFilterInfo: available boolean
HostListSummary: host? ref, hardware? HostHardwareSummary, runtime? HostRuntimeInfo,
  config HostConfigSummary, quickStats HostListSummaryQuickStats, overallStatus ManagedEntityStatus,
  rebootRequired boolean, customValue?[] CustomFieldValue, managementServerIp?, maxEVCModeKey?,
  currentEVCModeKey?, currentEVCGraphicsModeKey?, gateway? HostListSummaryGatewaySummary,
  tpmAttestation? HostTpmAttestationInfo,
  trustAuthorityAttestationInfos?[] HostTrustAuthorityAttestationInfo
HostListSummaryGatewaySummary: gatewayType, gatewayId
HostListSummaryQuickStats: overallCpuUsage? int, overallMemoryUsage? int,
  distributedCpuFairness? int, distributedMemoryFairness? int, availablePMemCapacity? int,
  uptime? int
HostMemoryTierInfo: name, type, flags?[], internalFlags?[], size long
HostNtpConfig: server?[], configFile?[]
HostNumericSensorInfo: name, healthState? ElementDescription, currentReading long, unitModifier int,
  baseUnits, rateUnits?, sensorType, id?, sensorNumber? long, timeStamp?, fru? HostFru
HostPartialMaintenanceModeRuntimeInfo: key, hostStatus
HostPciDevice: id, classId short, bus byte, slot byte, physicalSlot? int, slotDescription?,
  function byte, vendorId short, subVendorId short, vendorName, deviceId short, subDeviceId short,
  parentBridge?, deviceName, deviceClassName?
HostPersistentMemoryInfo: capacityInMB? long, volumeUUID?
HostPowerPolicy: key int, name, shortName, description
HostQualifiedName: value, type
HostReliableMemoryInfo: memorySize long
HostRuntimeInfo: connectionState HostSystemConnectionState, powerState HostSystemPowerState,
  standbyMode?, inMaintenanceMode boolean, inQuarantineMode? boolean, bootTime? dateTime,
  healthSystemRuntime? HealthSystemRuntime, dasHostState? ClusterDasFdmHostState,
  tpmPcrValues?[] HostTpmDigestInfo, vsanRuntimeInfo? VsanHostRuntimeInfo,
  networkRuntimeInfo? HostRuntimeInfoNetworkRuntimeInfo,
  vFlashResourceRuntimeInfo? HostVFlashManagerVFlashResourceRunTimeInfo,
  hostMaxVirtualDiskCapacity? long, cryptoState?, cryptoKeyId? CryptoKeyId,
  statelessNvdsMigrationReady?, partialMaintenanceMode?[] HostPartialMaintenanceModeRuntimeInfo,
  stateEncryption? HostRuntimeInfoStateEncryptionInfo
HostRuntimeInfoNetworkRuntimeInfo:
  netStackInstanceRuntimeInfo?[] HostRuntimeInfoNetStackInstanceRuntimeInfo,
  networkResourceRuntime? HostNetworkResourceRuntime
HostService: key, label, required boolean, uninstallable boolean, running boolean, ruleset?[],
  policy, sourcePackage? HostServiceSourcePackage
HostServiceInfo: service?[] HostService
HostServiceSourcePackage: sourcePackageName, description
HostSslThumbprintInfo: principal, ownerTag?, sslThumbprints?[]
HostSystemComplianceCheckState: state, checkTime dateTime
HostSystemHealthInfo: numericSensorInfo?[] HostNumericSensorInfo
HostSystemIdentificationInfo: identifierValue, identifierType ElementDescription
HostSystemInfo: vendor, model, family?, uuid, otherIdentifyingInfo?[] HostSystemIdentificationInfo,
  serialNumber?, qualifiedName?[] HostQualifiedName, vvolHostNQN? HostQualifiedName, vvolHostId?,
  bootCommandLine?
HostSystemRemediationState: state, operationTime dateTime
HostTdxInfo: tdxState, numTDXPrivateKeyIDs int
IoFilterInfo: id, name, vendor, version, type?, summary?, releaseDate?
PodVMOverheadInfo: crxPageSharingSupported boolean, podVMOverheadWithoutPageSharing int,
  podVMOverheadWithPageSharing int
PowerSystemCapability: availablePolicy[] HostPowerPolicy
PowerSystemInfo: currentPolicy HostPowerPolicy
ServiceConsoleReservationInfo: serviceConsoleReservedCfg long, serviceConsoleReserved long,
  unreserved long
VirtualMachineMemoryReservationInfo: virtualMachineMin long, virtualMachineMax long,
  virtualMachineReserved long, allocationPolicy
`;
