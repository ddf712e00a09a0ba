/** Virtual machines: configuration, options, relocation and clones. Notation: parse.ts. */
export const vmConfigTypes = `
ConfigTarget: numCpus int, numCpuCores int, numNumaNodes int, maxCpusPerHost? int,
  smcPresent? boolean, datastore?[] VirtualMachineDatastoreInfo,
  network?[] VirtualMachineNetworkInfo, opaqueNetwork?[] OpaqueNetworkTargetInfo,
  distributedVirtualPortgroup?[] DistributedVirtualPortgroupInfo,
  distributedVirtualSwitch?[] DistributedVirtualSwitchInfo, subnetInfo?[] SubnetInfo,
  cdRom?[] VirtualMachineCdromInfo, serial?[] VirtualMachineSerialInfo,
  parallel?[] VirtualMachineParallelInfo, sound?[] VirtualMachineSoundInfo,
  usb?[] VirtualMachineUsbInfo, floppy?[] VirtualMachineFloppyInfo,
  legacyNetworkInfo?[] VirtualMachineLegacyNetworkSwitchInfo,
  scsiPassthrough?[] VirtualMachineScsiPassthroughInfo,
  scsiDisk?[] VirtualMachineScsiDiskDeviceInfo, ideDisk?[] VirtualMachineIdeDiskDeviceInfo,
  maxMemMBOptimalPerf int, supportedMaxMemMB? int, resourcePool? ResourcePoolRuntimeInfo,
  autoVmotion? boolean, pciPassthrough?[] VirtualMachinePciPassthroughInfo,
  sriov?[] VirtualMachineSriovInfo, vFlashModule?[] VirtualMachineVFlashModuleInfo,
  sharedGpuPassthroughTypes?[] VirtualMachinePciSharedGpuPassthroughInfo,
  availablePersistentMemoryReservationMB? long,
  dynamicPassthrough?[] VirtualMachineDynamicPassthroughInfo,
  sgxTargetInfo? VirtualMachineSgxTargetInfo,
  precisionClockInfo?[] VirtualMachinePrecisionClockInfo, sevSupported? boolean,
  vgpuDeviceInfo?[] VirtualMachineVgpuDeviceInfo, vgpuProfileInfo?[] VirtualMachineVgpuProfileInfo,
  vendorDeviceGroupInfo?[] VirtualMachineVendorDeviceGroupInfo, maxSimultaneousThreads? int,
  dvxClassInfo?[] VirtualMachineDvxClassInfo, sevSnpSupported? boolean, tdxSupported? boolean
CustomizationSpec: options? CustomizationOptions, identity CustomizationIdentitySettings,
  globalIPSettings CustomizationGlobalIPSettings, nicSettingMap?[] CustomizationAdapterMapping,
  encryptionKey?[] byte
GuestOsDescriptor: id, family, fullName, supportedMaxCPUs int, numSupportedPhysicalSockets? int,
  numSupportedCoresPerSocket? int, supportedMinMemMB int, supportedMaxMemMB int,
  recommendedMemMB int, recommendedColorDepth int, supportedDiskControllerList[],
  recommendedSCSIController?, recommendedDiskController, supportedNumDisks int,
  recommendedDiskSizeMB int, recommendedCdromController?, supportedEthernetCard[],
  recommendedEthernetCard?, supportsSlaveDisk? boolean, cpuFeatureMask?[] HostCpuIdInfo,
  smcRequired? boolean, supportsWakeOnLan boolean, supportsVMI? boolean,
  supportsMemoryHotAdd? boolean, supportsCpuHotAdd? boolean, supportsCpuHotRemove? boolean,
  supportedFirmware?[], recommendedFirmware?, supportedUSBControllerList?[],
  recommendedUSBController?, supports3D? boolean, recommended3D? boolean, smcRecommended? boolean,
  ich7mRecommended? boolean, usbRecommended? boolean, supportLevel?, supportedForCreate? boolean,
  vRAMSizeInKB? IntOption, numSupportedFloppyDevices? int, wakeOnLanEthernetCard?[],
  supportsPvscsiControllerForBoot? boolean, diskUuidEnabled? boolean, supportsHotPlugPCI? boolean,
  supportsSecureBoot? boolean, defaultSecureBoot? boolean, persistentMemorySupported? boolean,
  supportedMinPersistentMemoryMB? long, supportedMaxPersistentMemoryMB? long,
  recommendedPersistentMemoryMB? long, persistentMemoryHotAddSupported? boolean,
  persistentMemoryHotRemoveSupported? boolean, persistentMemoryColdGrowthSupported? boolean,
  persistentMemoryColdGrowthGranularityMB? long, persistentMemoryHotGrowthSupported? boolean,
  persistentMemoryHotGrowthGranularityMB? long, numRecommendedPhysicalSockets? int,
  numRecommendedCoresPerSocket? int, vvtdSupported? BoolOption, vbsSupported? BoolOption,
  vsgxSupported? BoolOption, vsgxRemoteAttestationSupported? boolean, supportsTPM20? boolean,
  recommendedTPM20? boolean, vwdtSupported? boolean
LatencySensitivity: level LatencySensitivitySensitivityLevel, sensitivity? int
ManagedByInfo: extensionKey, type
ServiceLocator: instanceUuid, url, credential ServiceLocatorCredential, sslThumbprint?,
  sslCertificate?
ServiceLocatorCredential
SnapshotSelectionSpec: retentionDays? int
ToolsConfigInfo: toolsVersion? int, toolsInstallType?, afterPowerOn? boolean, afterResume? boolean,
  beforeGuestStandby? boolean, beforeGuestShutdown? boolean, beforeGuestReboot? boolean,
  toolsUpgradePolicy?, pendingCustomization?, customizationKeyId? CryptoKeyId,
  syncTimeWithHostAllowed? boolean, syncTimeWithHost? boolean,
  lastInstallInfo? ToolsConfigInfoToolsLastInstallInfo
ToolsConfigInfoToolsLastInstallInfo: counter int, fault? LocalizedMethodFault
VirtualHardware: numCPU int, numCoresPerSocket? int, autoCoresPerSocket? boolean, memoryMB int,
  virtualICH7MPresent? boolean, virtualSMCPresent? boolean, device?[] VirtualDevice,
  motherboardLayout?, simultaneousThreads? int
VirtualHardwareOption: hwVersion int, virtualDeviceOption?[] VirtualDeviceOption,
  deviceListReadonly boolean, numCPU[] int, numCoresPerSocket? IntOption, numCpuReadonly boolean,
  memoryMB LongOption, numPCIControllers IntOption, numIDEControllers IntOption,
  numUSBControllers IntOption, numUSBXHCIControllers? IntOption, numSIOControllers IntOption,
  numPS2Controllers IntOption, licensingLimit?[], numSupportedWwnPorts? IntOption
VirtualMachineAffinityInfo: affinitySet[] int
VirtualMachineBaseIndependentFilterSpec
VirtualMachineBootOptions: bootDelay? long, enterBIOSSetup? boolean, efiSecureBootEnabled? boolean,
  bootRetryEnabled? boolean, bootRetryDelay? long,
  bootOrder?[] VirtualMachineBootOptionsBootableDevice, networkBootProtocol?
VirtualMachineBootOptionsBootableDevice
VirtualMachineCapability: snapshotOperationsSupported boolean, multipleSnapshotsSupported boolean,
  snapshotConfigSupported boolean, poweredOffSnapshotsSupported boolean,
  memorySnapshotsSupported boolean, revertToSnapshotSupported boolean,
  quiescedSnapshotsSupported boolean, disableSnapshotsSupported boolean,
  lockSnapshotsSupported boolean, consolePreferencesSupported boolean,
  cpuFeatureMaskSupported boolean, s1AcpiManagementSupported boolean,
  settingScreenResolutionSupported boolean, toolsAutoUpdateSupported boolean,
  vmNpivWwnSupported boolean, npivWwnOnNonRdmVmSupported boolean,
  vmNpivWwnDisableSupported? boolean, vmNpivWwnUpdateSupported? boolean,
  swapPlacementSupported boolean, toolsSyncTimeSupported boolean, virtualMmuUsageSupported boolean,
  diskSharesSupported boolean, bootOptionsSupported boolean, bootRetryOptionsSupported? boolean,
  settingVideoRamSizeSupported boolean, settingDisplayTopologySupported? boolean,
  recordReplaySupported? boolean, changeTrackingSupported? boolean,
  multipleCoresPerSocketSupported? boolean, hostBasedReplicationSupported? boolean,
  guestAutoLockSupported? boolean, memoryReservationLockSupported? boolean,
  featureRequirementSupported? boolean, poweredOnMonitorTypeChangeSupported? boolean,
  seSparseDiskSupported? boolean, nestedHVSupported? boolean, vPMCSupported? boolean,
  secureBootSupported? boolean, perVmEvcSupported? boolean, virtualMmuUsageIgnored? boolean,
  virtualExecUsageIgnored? boolean, diskOnlySnapshotOnSuspendedVMSupported? boolean,
  suspendToMemorySupported? boolean, toolsSyncTimeAllowSupported? boolean, sevSupported? boolean,
  pmemFailoverSupported? boolean, requireSgxAttestationSupported? boolean,
  changeModeDisksSupported? boolean, vendorDeviceGroupSupported? boolean, sevSnpSupported? boolean,
  tdxSupported? boolean
VirtualMachineCdromInfo < VirtualMachineTargetInfo: description?
VirtualMachineCertThumbprint: thumbprint, hashAlgorithm?
VirtualMachineCloneSpec: location VirtualMachineRelocateSpec, template boolean,
  config? VirtualMachineConfigSpec, customization? CustomizationSpec, powerOn boolean,
  snapshot? ref, memory? boolean, tpmProvisionPolicy?
VirtualMachineConfigInfo: changeVersion, modified dateTime, name, guestFullName, version, uuid,
  createDate? dateTime, instanceUuid?, npivNodeWorldWideName?[] long, npivPortWorldWideName?[] long,
  npivWorldWideNameType?, npivDesiredNodeWwns? short, npivDesiredPortWwns? short,
  npivTemporaryDisabled? boolean, npivOnNonRdmDisks? boolean, locationId?, template boolean,
  guestId, alternateGuestName, annotation?, files VirtualMachineFileInfo, tools? ToolsConfigInfo,
  flags VirtualMachineFlagInfo, consolePreferences? VirtualMachineConsolePreferences,
  defaultPowerOps VirtualMachineDefaultPowerOpInfo, rebootPowerOff? boolean,
  hardware VirtualHardware, vcpuConfig?[] VirtualMachineVcpuConfig,
  cpuAllocation? ResourceAllocationInfo, memoryAllocation? ResourceAllocationInfo,
  latencySensitivity? LatencySensitivity, memoryHotAddEnabled? boolean, cpuHotAddEnabled? boolean,
  cpuHotRemoveEnabled? boolean, hotPlugMemoryLimit? long, hotPlugMemoryIncrementSize? long,
  cpuAffinity? VirtualMachineAffinityInfo, memoryAffinity? VirtualMachineAffinityInfo,
  networkShaper? VirtualMachineNetworkShaperInfo, extraConfig?[] OptionValue,
  cpuFeatureMask?[] HostCpuIdInfo, datastoreUrl?[] VirtualMachineConfigInfoDatastoreUrlPair,
  swapPlacement?, bootOptions? VirtualMachineBootOptions, ftInfo? FaultToleranceConfigInfo,
  repConfig? ReplicationConfigSpec, vAppConfig? VmConfigInfo, vAssertsEnabled? boolean,
  changeTrackingEnabled? boolean, firmware?, maxMksConnections? int, guestAutoLockEnabled? boolean,
  managedBy? ManagedByInfo, memoryReservationLockedToMax? boolean,
  initialOverhead? VirtualMachineConfigInfoOverheadInfo, nestedHVEnabled? boolean,
  vPMCEnabled? boolean, scheduledHardwareUpgradeInfo? ScheduledHardwareUpgradeInfo,
  forkConfigInfo? VirtualMachineForkConfigInfo, vFlashCacheReservation? long,
  vmxConfigChecksum? base64Binary, messageBusTunnelEnabled? boolean, vmStorageObjectId?,
  swapStorageObjectId?, keyId? CryptoKeyId, guestIntegrityInfo? VirtualMachineGuestIntegrityInfo,
  migrateEncryption?, sgxInfo? VirtualMachineSgxInfo,
  contentLibItemInfo? VirtualMachineContentLibraryItemInfo, ftEncryptionMode?,
  guestMonitoringModeInfo? VirtualMachineGuestMonitoringModeInfo, sevEnabled? boolean,
  numaInfo? VirtualMachineVirtualNumaInfo, pmemFailoverEnabled? boolean,
  vmxStatsCollectionEnabled? boolean, vmOpNotificationToAppEnabled? boolean,
  vmOpNotificationTimeout? long, deviceSwap? VirtualMachineVirtualDeviceSwap,
  pmem? VirtualMachineVirtualPMem, deviceGroups? VirtualMachineVirtualDeviceGroups,
  fixedPassthruHotPlugEnabled? boolean, metroFtEnabled? boolean, vmxRuntimeConfig?[] OptionValue,
  metroFtHostGroup?, tdxEnabled? boolean, sevSnpEnabled? boolean
VirtualMachineConfigInfoDatastoreUrlPair: name, url
VirtualMachineConfigInfoOverheadInfo: initialMemoryReservation? long, initialSwapReservation? long
VirtualMachineConfigOption: version, description, guestOSDescriptor[] GuestOsDescriptor,
  guestOSDefaultIndex int, hardwareOptions VirtualHardwareOption,
  capabilities VirtualMachineCapability, datastore DatastoreOption, defaultDevice?[] VirtualDevice,
  supportedMonitorType[], supportedOvfEnvironmentTransport?[], supportedOvfInstallTransport?[],
  propertyRelations?[] VirtualMachinePropertyRelation
VirtualMachineConfigOptionDescriptor: key, description?, host?[] ref, createSupported? boolean,
  defaultConfigOption? boolean, runSupported? boolean, upgradeSupported? boolean
VirtualMachineConfigSpec: changeVersion?, name?, version?, createDate? dateTime, uuid?,
  instanceUuid?, npivNodeWorldWideName?[] long, npivPortWorldWideName?[] long,
  npivWorldWideNameType?, npivDesiredNodeWwns? short, npivDesiredPortWwns? short,
  npivTemporaryDisabled? boolean, npivOnNonRdmDisks? boolean, npivWorldWideNameOp?, locationId?,
  guestId?, alternateGuestName?, annotation?, files? VirtualMachineFileInfo, tools? ToolsConfigInfo,
  flags? VirtualMachineFlagInfo, consolePreferences? VirtualMachineConsolePreferences,
  powerOpInfo? VirtualMachineDefaultPowerOpInfo, rebootPowerOff? boolean, numCPUs? int,
  vcpuConfig?[] VirtualMachineVcpuConfig, numCoresPerSocket? int, memoryMB? long,
  memoryHotAddEnabled? boolean, cpuHotAddEnabled? boolean, cpuHotRemoveEnabled? boolean,
  virtualICH7MPresent? boolean, virtualSMCPresent? boolean, deviceChange?[] VirtualDeviceConfigSpec,
  cpuAllocation? ResourceAllocationInfo, memoryAllocation? ResourceAllocationInfo,
  latencySensitivity? LatencySensitivity, cpuAffinity? VirtualMachineAffinityInfo,
  memoryAffinity? VirtualMachineAffinityInfo, networkShaper? VirtualMachineNetworkShaperInfo,
  cpuFeatureMask?[] VirtualMachineCpuIdInfoSpec, extraConfig?[] OptionValue, swapPlacement?,
  bootOptions? VirtualMachineBootOptions, vAppConfig? VmConfigSpec,
  ftInfo? FaultToleranceConfigInfo, repConfig? ReplicationConfigSpec, vAppConfigRemoved? boolean,
  vAssertsEnabled? boolean, changeTrackingEnabled? boolean, firmware?, maxMksConnections? int,
  guestAutoLockEnabled? boolean, managedBy? ManagedByInfo, memoryReservationLockedToMax? boolean,
  nestedHVEnabled? boolean, vPMCEnabled? boolean,
  scheduledHardwareUpgradeInfo? ScheduledHardwareUpgradeInfo,
  vmProfile?[] VirtualMachineProfileSpec, messageBusTunnelEnabled? boolean, crypto? CryptoSpec,
  migrateEncryption?, sgxInfo? VirtualMachineSgxInfo, ftEncryptionMode?,
  guestMonitoringModeInfo? VirtualMachineGuestMonitoringModeInfo, sevEnabled? boolean,
  virtualNuma? VirtualMachineVirtualNuma, motherboardLayout?, pmemFailoverEnabled? boolean,
  vmxStatsCollectionEnabled? boolean, vmOpNotificationToAppEnabled? boolean,
  vmOpNotificationTimeout? long, deviceSwap? VirtualMachineVirtualDeviceSwap,
  simultaneousThreads? int, pmem? VirtualMachineVirtualPMem,
  deviceGroups? VirtualMachineVirtualDeviceGroups, fixedPassthruHotPlugEnabled? boolean,
  metroFtEnabled? boolean, metroFtHostGroup?, tdxEnabled? boolean, sevSnpEnabled? boolean,
  vmPlacementPolicies?[] VmPlacementPolicy
VirtualMachineConsolePreferences: powerOnWhenOpened? boolean, enterFullScreenOnPowerOn? boolean,
  closeOnPowerOffOrSuspend? boolean
VirtualMachineDatastoreInfo < VirtualMachineTargetInfo: datastore DatastoreSummary,
  capability DatastoreCapability, maxFileSize long, maxVirtualDiskCapacity? long,
  maxPhysicalRDMFileSize? long, maxVirtualRDMFileSize? long, mode, vStorageSupport?,
  supportedVDiskFormats?[]
VirtualMachineDatastoreVolumeOption: fileSystemType, majorVersion? int
VirtualMachineDefaultPowerOpInfo: powerOffType?, suspendType?, resetType?, defaultPowerOffType?,
  defaultSuspendType?, defaultResetType?, standbyAction?
VirtualMachineDiskDeviceInfo < VirtualMachineTargetInfo: capacity? long, vm?[] ref
VirtualMachineFileInfo: vmPathName?, snapshotDirectory?, suspendDirectory?, logDirectory?,
  ftMetadataDirectory?
VirtualMachineFlagInfo: disableAcceleration? boolean, enableLogging? boolean, useToe? boolean,
  runWithDebugInfo? boolean, monitorType?, htSharing?, snapshotDisabled? boolean,
  snapshotLocked? boolean, diskUuidEnabled? boolean, virtualMmuUsage?, virtualExecUsage?,
  snapshotPowerOffBehavior?, recordReplayEnabled? boolean, faultToleranceType?,
  cbrcCacheEnabled? boolean, vvtdEnabled? boolean, vbsEnabled? boolean
VirtualMachineFloppyInfo < VirtualMachineTargetInfo
VirtualMachineGuestQuiesceSpec: timeout? int
VirtualMachineInstantCloneSpec: name, location VirtualMachineRelocateSpec, config?[] OptionValue,
  biosUuid?
VirtualMachineLegacyNetworkSwitchInfo: name
VirtualMachineNetworkInfo < VirtualMachineTargetInfo: network NetworkSummary, vswitch?
VirtualMachineNetworkShaperInfo: enabled? boolean, peakBps? long, averageBps? long, burstSize? long
VirtualMachineParallelInfo < VirtualMachineTargetInfo
VirtualMachinePropertyRelation: key DynamicProperty, relations?[] DynamicProperty
VirtualMachineRelocateSpec: service? ServiceLocator, folder? ref, datastore? ref, diskMoveType?,
  pool? ref, host? ref, disk?[] VirtualMachineRelocateSpecDiskLocator,
  transform? VirtualMachineRelocateTransformation, deviceChange?[] VirtualDeviceConfigSpec,
  profile?[] VirtualMachineProfileSpec, cryptoSpec? CryptoSpec,
  vmPlacementPolicies?[] VmPlacementPolicy
VirtualMachineRelocateSpecDiskLocator: diskId int, datastore ref, diskMoveType?,
  diskBackingInfo? VirtualDeviceBackingInfo, profile?[] VirtualMachineProfileSpec,
  backing? VirtualMachineRelocateSpecDiskLocatorBackingSpec,
  filterSpec?[] VirtualMachineBaseIndependentFilterSpec
VirtualMachineRelocateSpecDiskLocatorBackingSpec:
  parent? VirtualMachineRelocateSpecDiskLocatorBackingSpec, crypto? CryptoSpec
VirtualMachineScsiDiskDeviceInfo < VirtualMachineDiskDeviceInfo: disk? HostScsiDisk, transportHint?,
  lunNumber? int
VirtualMachineScsiPassthroughInfo < VirtualMachineTargetInfo: scsiClass, vendor,
  physicalUnitNumber int
VirtualMachineSerialInfo < VirtualMachineTargetInfo
VirtualMachineTargetInfo: name, configurationTag?[]
VirtualMachineVcpuConfig: latencySensitivity? LatencySensitivity
VirtualMachineVendorDeviceGroupInfo < VirtualMachineTargetInfo: deviceGroupName,
  deviceGroupDescription?,
  componentDeviceInfo?[] VirtualMachineVendorDeviceGroupInfoComponentDeviceInfo
VirtualMachineVendorDeviceGroupInfoComponentDeviceInfo: type, vendorName, deviceName,
  isConfigurable boolean, device VirtualDevice
VirtualMachineVirtualDeviceGroups: deviceGroup?[] VirtualMachineVirtualDeviceGroupsDeviceGroup
VirtualMachineVirtualDeviceGroupsDeviceGroup: groupInstanceKey int, deviceInfo? Description
VirtualMachineVirtualNuma: coresPerNumaNode? int, exposeVnumaOnCpuHotadd? boolean
VirtualMachineVirtualNumaInfo: coresPerNumaNode? int, autoCoresPerNumaNode? boolean,
  vnumaOnCpuHotaddExposed? boolean
VirtualMachineVirtualPMem: snapshotMode?
VmConfigInfo: product?[] VAppProductInfo, property?[] VAppPropertyInfo,
  ipAssignment VAppIPAssignmentInfo, eula?[], ovfSection?[] VAppOvfSectionInfo,
  ovfEnvironmentTransport?[], installBootRequired boolean, installBootStopDelay int
VmConfigSpec: product?[] VAppProductSpec, property?[] VAppPropertySpec,
  ipAssignment? VAppIPAssignmentInfo, eula?[], ovfSection?[] VAppOvfSectionSpec,
  ovfEnvironmentTransport?[], installBootRequired? boolean, installBootStopDelay? int
VmPlacementPolicy: tagsToAttach?[]
`;
