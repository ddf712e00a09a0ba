/** Distributed switches and port groups (vCenter). Notation: parse.ts. */
export const dvsTypes = `
BoolPolicy < InheritablePolicy: value? boolean
DVPortConfigInfo: name?, scope?[] ref, description?, setting? DVPortSetting, configVersion
DVPortSetting: blocked? BoolPolicy, vmDirectPathGen2Allowed? BoolPolicy,
  inShapingPolicy? DVSTrafficShapingPolicy, outShapingPolicy? DVSTrafficShapingPolicy,
  vendorSpecificConfig? DVSVendorSpecificConfig, networkResourcePoolKey? StringPolicy,
  filterPolicy? DvsFilterPolicy
DVPortgroupConfigInfo: key, name, numPorts int, distributedVirtualSwitch? ref,
  defaultPortConfig? DVPortSetting, description?, type, backingType?, policy DVPortgroupPolicy,
  portNameFormat?, scope?[] ref, vendorSpecificConfig?[] DistributedVirtualSwitchKeyedOpaqueBlob,
  configVersion?, autoExpand? boolean, vmVnicNetworkResourcePoolKey?, uplink? boolean,
  transportZoneUuid?, transportZoneName?, logicalSwitchUuid?, segmentId?, subnetId?
DVPortgroupConfigSpec: configVersion?, name?, numPorts? int, portNameFormat?,
  defaultPortConfig? DVPortSetting, description?, type?, backingType?, scope?[] ref,
  policy? DVPortgroupPolicy, vendorSpecificConfig?[] DistributedVirtualSwitchKeyedOpaqueBlob,
  autoExpand? boolean, vmVnicNetworkResourcePoolKey?, transportZoneUuid?, transportZoneName?,
  logicalSwitchUuid?, segmentId?, subnetId?
DVPortgroupPolicy: blockOverrideAllowed boolean, shapingOverrideAllowed boolean,
  vendorConfigOverrideAllowed boolean, livePortMovingAllowed boolean,
  portConfigResetAtDisconnect boolean, networkResourcePoolOverrideAllowed? boolean,
  trafficFilterOverrideAllowed? boolean
DVSCapability: dvsOperationSupported? boolean, dvPortGroupOperationSupported? boolean,
  dvPortOperationSupported? boolean,
  compatibleHostComponentProductInfo?[] DistributedVirtualSwitchHostProductSpec,
  featuresSupported? DVSFeatureCapability
DVSConfigInfo: uuid, name, numStandalonePorts int, numPorts int, maxPorts int,
  uplinkPortPolicy DVSUplinkPortPolicy, uplinkPortgroup?[] ref, defaultPortConfig DVPortSetting,
  host?[] DistributedVirtualSwitchHostMember, productInfo DistributedVirtualSwitchProductSpec,
  targetInfo? DistributedVirtualSwitchProductSpec, extensionKey?,
  vendorSpecificConfig?[] DistributedVirtualSwitchKeyedOpaqueBlob, policy? DVSPolicy, description?,
  configVersion, contact DVSContactInfo, switchIpAddress?, createTime dateTime,
  networkResourceManagementEnabled? boolean, defaultProxySwitchMaxNumPorts? int,
  healthCheckConfig?[] DVSHealthCheckConfig,
  infrastructureTrafficResourceConfig?[] DvsHostInfrastructureTrafficResource,
  netResourcePoolTrafficResourceConfig?[] DvsHostInfrastructureTrafficResource,
  networkResourceControlVersion?, vmVnicNetworkResourcePool?[] DVSVmVnicNetworkResourcePool,
  pnicCapacityRatioForReservation? int
DVSConfigSpec: configVersion?, name?, numStandalonePorts? int, maxPorts? int,
  uplinkPortPolicy? DVSUplinkPortPolicy, uplinkPortgroup?[] ref,
  defaultPortConfig? DVPortSetting, host?[] DistributedVirtualSwitchHostMemberConfigSpec,
  extensionKey?, description?, policy? DVSPolicy,
  vendorSpecificConfig?[] DistributedVirtualSwitchKeyedOpaqueBlob, contact? DVSContactInfo,
  switchIpAddress?, defaultProxySwitchMaxNumPorts? int,
  infrastructureTrafficResourceConfig?[] DvsHostInfrastructureTrafficResource,
  netResourcePoolTrafficResourceConfig?[] DvsHostInfrastructureTrafficResource,
  networkResourceControlVersion?
DVSContactInfo: name?, contact?
DVSCreateSpec: configSpec DVSConfigSpec, productInfo? DistributedVirtualSwitchProductSpec,
  capability? DVSCapability
DVSFeatureCapability: networkResourceManagementSupported boolean,
  vmDirectPathGen2Supported? boolean, nicTeamingPolicy?[], networkResourcePoolHighShareValue? int,
  networkResourceManagementCapability? DVSNetworkResourceManagementCapability,
  healthCheckCapability? DVSHealthCheckCapability, rollbackCapability? DVSRollbackCapability,
  backupRestoreCapability? DVSBackupRestoreCapability, networkFilterSupported? boolean,
  macLearningSupported? boolean
DVSNameArrayUplinkPortPolicy < DVSUplinkPortPolicy: uplinkPortName[]
DVSPolicy: autoPreInstallAllowed? boolean, autoUpgradeAllowed? boolean,
  partialUpgradeAllowed? boolean
DVSSummary: name, uuid, numPorts int, productInfo? DistributedVirtualSwitchProductSpec,
  hostMember?[] ref, vm?[] ref, host?[] ref, portgroupName?[], description?,
  contact? DVSContactInfo, numHosts? int
DVSUplinkPortPolicy
DistributedVirtualPort: key, config DVPortConfigInfo, dvsUuid, portgroupKey?, proxyHost? ref,
  connectee? DistributedVirtualSwitchPortConnectee, conflict boolean, conflictPortKey?,
  connectionCookie? int, lastStatusChange dateTime, hostLocalPort? boolean
DistributedVirtualPortgroupInfo: switchName, switchUuid, portgroupName, portgroupKey, portgroupType,
  uplinkPortgroup boolean, portgroup ref, networkReservationSupported? boolean, backingType?,
  logicalSwitchUuid?, segmentId?, subnetId?
DistributedVirtualSwitchHostMember: runtimeState? DistributedVirtualSwitchHostMemberRuntimeState,
  config DistributedVirtualSwitchHostMemberConfigInfo,
  productInfo? DistributedVirtualSwitchProductSpec, uplinkPortKey?[], status, statusDetail?
DistributedVirtualSwitchHostMemberBacking
DistributedVirtualSwitchHostMemberConfigInfo: host? ref, maxProxySwitchPorts int,
  vendorSpecificConfig?[] DistributedVirtualSwitchKeyedOpaqueBlob,
  backing DistributedVirtualSwitchHostMemberBacking, nsxSwitch? boolean, ensEnabled? boolean,
  ensInterruptEnabled? boolean,
  transportZones?[] DistributedVirtualSwitchHostMemberTransportZoneInfo, nsxtUsedUplinkNames?[],
  networkOffloadingEnabled? boolean
DistributedVirtualSwitchHostMemberConfigSpec: operation, host ref,
  backing? DistributedVirtualSwitchHostMemberBacking, maxProxySwitchPorts? int,
  vendorSpecificConfig?[] DistributedVirtualSwitchKeyedOpaqueBlob
DistributedVirtualSwitchHostMemberPnicBacking < DistributedVirtualSwitchHostMemberBacking:
  pnicSpec?[] DistributedVirtualSwitchHostMemberPnicSpec
DistributedVirtualSwitchHostMemberPnicSpec: pnicDevice, uplinkPortKey?, uplinkPortgroupKey?,
  connectionCookie? int
DistributedVirtualSwitchHostMemberRuntimeState: currentMaxProxySwitchPorts int
DistributedVirtualSwitchHostMemberTransportZoneInfo: uuid, type
DistributedVirtualSwitchHostProductSpec: productLineId?, version?
DistributedVirtualSwitchInfo: switchName, switchUuid, distributedVirtualSwitch ref,
  networkReservationSupported? boolean
DistributedVirtualSwitchKeyedOpaqueBlob: key, opaqueData
DistributedVirtualSwitchPortConnectee: connectedEntity? ref, nicKey?, type?, addressHint?
DistributedVirtualSwitchPortConnection: switchUuid, portgroupKey?, portKey?, connectionCookie? int
DistributedVirtualSwitchPortCriteria: connected? boolean, active? boolean, uplinkPort? boolean,
  scope? ref, portgroupKey?[], inside? boolean, portKey?[], nsxPort? boolean, host?[] ref
DistributedVirtualSwitchProductSpec: name?, vendor?, version?, build?, forwardingClass?, bundleId?,
  bundleUrl?
InheritablePolicy: inherited boolean
IntPolicy < InheritablePolicy: value? int
StringPolicy < InheritablePolicy: value?
SubnetInfo < VirtualMachineTargetInfo: id, subnetFolderInfo SubnetInfoFolderInfo,
  vpcFolderInfo SubnetInfoFolderInfo, projectFolderInfo? SubnetInfoFolderInfo,
  rootFolderInfo SubnetInfoFolderInfo
SubnetInfoFolderInfo: name, folder ref
VMwareDVSConfigInfo < DVSConfigInfo: vspanSession?[] VMwareVspanSession,
  pvlanConfig?[] VMwareDVSPvlanMapEntry, maxMtu int,
  linkDiscoveryProtocolConfig? LinkDiscoveryProtocolConfig, ipfixConfig? VMwareIpfixConfig,
  lacpGroupConfig?[] VMwareDvsLacpGroupConfig, lacpApiVersion?, multicastFilteringMode?,
  networkOffloadSpecId?, networkOffloadConfig? VmwareDistributedVirtualSwitchNetworkOffloadConfig,
  realTimeConfig? VmwareDistributedVirtualSwitchRealTimeConfig
VMwareDVSConfigSpec < DVSConfigSpec: pvlanConfigSpec?[] VMwareDVSPvlanConfigSpec,
  vspanConfigSpec?[] VMwareDVSVspanConfigSpec, maxMtu? int,
  linkDiscoveryProtocolConfig? LinkDiscoveryProtocolConfig, ipfixConfig? VMwareIpfixConfig,
  lacpApiVersion?, multicastFilteringMode?, networkOffloadSpecId?
VMwareDVSFeatureCapability < DVSFeatureCapability: vspanSupported? boolean, lldpSupported? boolean,
  ipfixSupported? boolean, ipfixCapability? VMwareDvsIpfixCapability,
  multicastSnoopingSupported? boolean, vspanCapability? VMwareDVSVspanCapability,
  lacpCapability? VMwareDvsLacpCapability, dpuCapability? VMwareDvsDpuCapability,
  nsxSupported? boolean, mtuCapability? VMwareDvsMtuCapability, realTimeConfigSupported? boolean
VMwareDVSPortSetting < DVPortSetting: vlan? VmwareDistributedVirtualSwitchVlanSpec,
  qosTag? IntPolicy, uplinkTeamingPolicy? VmwareUplinkPortTeamingPolicy,
  securityPolicy? DVSSecurityPolicy, ipfixEnabled? BoolPolicy, txUplink? BoolPolicy,
  lacpPolicy? VMwareUplinkLacpPolicy, macManagementPolicy? DVSMacManagementPolicy, VNI? IntPolicy
VMwareDVSPortgroupPolicy < DVPortgroupPolicy: vlanOverrideAllowed boolean,
  uplinkTeamingOverrideAllowed boolean, securityPolicyOverrideAllowed boolean,
  ipfixOverrideAllowed? boolean, macManagementOverrideAllowed? boolean
VMwareUplinkLacpPolicy < InheritablePolicy: enable? BoolPolicy, mode? StringPolicy
VmwareDistributedVirtualSwitchNetworkOffloadConfig:
  dpuFailoverPolicy? VmwareDistributedVirtualSwitchDpuFailoverPolicy
VmwareDistributedVirtualSwitchRealTimeConfig: allowed? boolean,
  lanAnnotation? VmwareDistributedVirtualSwitchRealTimeLanAnnotation
VmwareDistributedVirtualSwitchRealTimeLanAnnotation: lanAUplink?[], lanBUplink?[]
VmwareDistributedVirtualSwitchVlanIdSpec < VmwareDistributedVirtualSwitchVlanSpec: vlanId int
VmwareDistributedVirtualSwitchVlanSpec < InheritablePolicy
`;
