/** Virtual machines: runtime, summary, guest, file layout, snapshots. Notation: parse.ts. */
export const vmStateTypes = `
GuestAuthentication: interactiveSession boolean
GuestDiskInfo: diskPath?, capacity? long, freeSpace? long, filesystemType?,
  mappings?[] GuestInfoVirtualDiskMapping
GuestFileAttributes: modificationTime? dateTime, accessTime? dateTime, symlinkTarget?
GuestFileInfo: path, type, size long, attributes GuestFileAttributes
GuestInfo: toolsStatus? VirtualMachineToolsStatus, toolsVersionStatus?, toolsVersionStatus2?,
  toolsRunningStatus?, toolsVersion?, toolsInstallType?, guestId?, guestFamily?, guestFullName?,
  guestDetailedData?, hostName?, ipAddress?, net?[] GuestNicInfo, ipStack?[] GuestStackInfo,
  disk?[] GuestDiskInfo, screen? GuestScreenInfo, guestState, appHeartbeatStatus?,
  guestKernelCrashed? boolean, appState?, guestOperationsReady? boolean,
  interactiveGuestOperationsReady? boolean, guestStateChangeSupported? boolean,
  generationInfo?[] GuestInfoNamespaceGenerationInfo, hwVersion?,
  customizationInfo? GuestInfoCustomizationInfo
GuestInfoVirtualDiskMapping: key int
GuestListFileInfo: files?[] GuestFileInfo, remaining int
GuestNicInfo: network?, ipAddress?[], macAddress?, connected boolean, deviceConfigId int,
  dnsConfig? NetDnsConfigInfo, ipConfig? NetIpConfigInfo, netBIOSConfig? NetBIOSConfigInfo
GuestPosixFileAttributes < GuestFileAttributes: ownerId? int, groupId? int, permissions? long
GuestProcessInfo: name, pid long, owner, cmdLine, startTime dateTime, endTime? dateTime,
  exitCode? int
GuestProgramSpec: programPath, arguments, workingDirectory?, envVariables?[]
GuestScreenInfo: width int, height int
GuestStackInfo: dnsConfig? NetDnsConfigInfo, ipRouteConfig? NetIpRouteConfigInfo,
  ipStackConfig?[] KeyValue, dhcpConfig? NetDhcpConfigInfo
GuestWindowsFileAttributes < GuestFileAttributes: hidden? boolean, readOnly? boolean,
  createTime? dateTime
NamePasswordAuthentication < GuestAuthentication: username, password
NetBIOSConfigInfo: mode
NetDhcpConfigInfo: ipv6? NetDhcpConfigInfoDhcpOptions, ipv4? NetDhcpConfigInfoDhcpOptions
NetDhcpConfigInfoDhcpOptions: enable boolean, config?[] KeyValue
NetDnsConfigInfo: dhcp boolean, hostName, domainName, ipAddress?[], searchDomain?[]
NetIpConfigInfo: ipAddress?[] NetIpConfigInfoIpAddress, dhcp? NetDhcpConfigInfo,
  autoConfigurationEnabled? boolean
NetIpConfigInfoIpAddress: ipAddress, prefixLength int, origin?, state?, lifetime? dateTime
NetIpRouteConfigInfo: ipRoute?[] NetIpRouteConfigInfoIpRoute
NetIpRouteConfigInfoGateway: ipAddress?, device?
NetIpRouteConfigInfoIpRoute: network, prefixLength int, gateway NetIpRouteConfigInfoGateway
VirtualMachineConfigSummary: name, template boolean, vmPathName, memorySizeMB? int,
  cpuReservation? int, memoryReservation? int, numCpu? int, numEthernetCards? int,
  numVirtualDisks? int, uuid?, instanceUuid?, guestId?, guestFullName?, annotation?,
  product? VAppProductInfo, installBootRequired? boolean, ftInfo? FaultToleranceConfigInfo,
  managedBy? ManagedByInfo, tpmPresent? boolean, numVmiopBackings? int, hwVersion?
VirtualMachineConnection: label, client, userName
VirtualMachineContentLibraryItemInfo: contentLibraryItemUuid, contentLibraryItemVersion?
VirtualMachineDeviceRuntimeInfo: runtimeState VirtualMachineDeviceRuntimeInfoDeviceRuntimeState,
  key int
VirtualMachineDeviceRuntimeInfoDeviceRuntimeState
VirtualMachineFileLayout: configFile?[], logFile?[], disk?[] VirtualMachineFileLayoutDiskLayout,
  snapshot?[] VirtualMachineFileLayoutSnapshotLayout, swapFile?
VirtualMachineFileLayoutDiskLayout: key int, diskFile[]
VirtualMachineFileLayoutEx: file?[] VirtualMachineFileLayoutExFileInfo,
  disk?[] VirtualMachineFileLayoutExDiskLayout,
  snapshot?[] VirtualMachineFileLayoutExSnapshotLayout, timestamp dateTime
VirtualMachineFileLayoutExDiskLayout: key int, virtualDiskFormat?,
  chain?[] VirtualMachineFileLayoutExDiskUnit
VirtualMachineFileLayoutExDiskUnit: fileKey[] int
VirtualMachineFileLayoutExFileInfo: key int, name, type, size long, uniqueSize? long,
  backingObjectId?, accessible? boolean
VirtualMachineFileLayoutExSnapshotLayout: key ref, dataKey int, memoryKey? int,
  disk?[] VirtualMachineFileLayoutExDiskLayout
VirtualMachineFileLayoutSnapshotLayout: key ref, snapshotFile[]
VirtualMachineForkConfigInfo: parentEnabled? boolean, childForkGroupId?, parentForkGroupId?,
  childType?
VirtualMachineGuestIntegrityInfo: enabled? boolean
VirtualMachineGuestMonitoringModeInfo: gmmFile?, gmmAppliance?
VirtualMachineGuestSummary: guestId?, guestFullName?, toolsStatus? VirtualMachineToolsStatus,
  toolsVersionStatus?, toolsVersionStatus2?, toolsRunningStatus?, hostName?, ipAddress?, hwVersion?
VirtualMachineMessage: id, argument?[] anyType, text?
VirtualMachineQuestionInfo: id, text, choice ChoiceOption, message?[] VirtualMachineMessage
VirtualMachineQuickStats: overallCpuUsage? int, overallCpuDemand? int, overallCpuReadiness? int,
  guestMemoryUsage? int, hostMemoryUsage? int, guestHeartbeatStatus ManagedEntityStatus,
  distributedCpuEntitlement? int, distributedMemoryEntitlement? int, staticCpuEntitlement? int,
  staticMemoryEntitlement? int, grantedMemory? int, privateMemory? int, sharedMemory? int,
  swappedMemory? int, balloonedMemory? int, consumedOverheadMemory? int, ftLogBandwidth? int,
  ftSecondaryLatency? int, ftLatencyStatus? ManagedEntityStatus, compressedMemory? long,
  uptimeSeconds? int, ssdSwappedMemory? long, activeMemory? int,
  memoryTierStats?[] VirtualMachineQuickStatsMemoryTierStats
VirtualMachineQuickStatsMemoryTierStats: memoryTierType, readBandwidth long
VirtualMachineRuntimeInfo: device?[] VirtualMachineDeviceRuntimeInfo, host? ref,
  connectionState VirtualMachineConnectionState, powerState VirtualMachinePowerState,
  vmFailoverInProgress? boolean, faultToleranceState? VirtualMachineFaultToleranceState,
  dasVmProtection? VirtualMachineRuntimeInfoDasProtectionState, toolsInstallerMounted boolean,
  suspendTime? dateTime, bootTime? dateTime, suspendInterval? long,
  question? VirtualMachineQuestionInfo, memoryOverhead? long, maxCpuUsage? int, maxMemoryUsage? int,
  numMksConnections int, recordReplayState? VirtualMachineRecordReplayState, cleanPowerOff? boolean,
  needSecondaryReason?, onlineStandby? boolean, minRequiredEVCModeKey?,
  consolidationNeeded? boolean, offlineFeatureRequirement?[] VirtualMachineFeatureRequirement,
  featureRequirement?[] VirtualMachineFeatureRequirement, featureMask?[] HostFeatureMask,
  vFlashCacheAllocation? long, paused? boolean, snapshotInBackground? boolean,
  quiescedForkParent? boolean, instantCloneFrozen? boolean, cryptoState?,
  suspendedToMemory? boolean, opNotificationTimeout? long, iommuActive? boolean
VirtualMachineSnapshotInfo: currentSnapshot? ref, rootSnapshotList[] VirtualMachineSnapshotTree
VirtualMachineSnapshotTree: snapshot ref, vm ref, name, description, id? int, createTime dateTime,
  state VirtualMachinePowerState, quiesced boolean, backupManifest?,
  childSnapshotList?[] VirtualMachineSnapshotTree, replaySupported? boolean
VirtualMachineStorageInfo: perDatastoreUsage?[] VirtualMachineUsageOnDatastore, timestamp dateTime
VirtualMachineStorageSummary: committed long, uncommitted long, unshared long, timestamp dateTime
VirtualMachineSummary: vm? ref, runtime VirtualMachineRuntimeInfo,
  guest? VirtualMachineGuestSummary, config VirtualMachineConfigSummary,
  storage? VirtualMachineStorageSummary, quickStats VirtualMachineQuickStats,
  overallStatus ManagedEntityStatus, customValue?[] CustomFieldValue
VirtualMachineTicket: ticket, cfgFile, host?, port? int, sslThumbprint?,
  certThumbprintList?[] VirtualMachineCertThumbprint, sslCertificate?, url?
VirtualMachineUsageOnDatastore: datastore ref, committed long, uncommitted long, unshared long
`;
