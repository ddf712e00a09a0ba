/** Networks, virtual switches, port groups and firewall of a host. Notation: parse.ts. */
export const networkTypes = `
HostDnsConfig: dhcp boolean, virtualNicDevice?, ipv6VirtualNicDevice?, hostName, domainName,
  address?[], searchDomain?[]
HostFirewallDefaultPolicy: incomingBlocked? boolean, outgoingBlocked? boolean
HostFirewallInfo: defaultPolicy HostFirewallDefaultPolicy, ruleset?[] HostFirewallRuleset
HostFirewallRule: port int, endPort? int, direction HostFirewallRuleDirection,
  portType? HostFirewallRulePortType, protocol
HostFirewallRuleset: key, label, required boolean, rule[] HostFirewallRule, service?,
  enabled boolean, allowedHosts? HostFirewallRulesetIpList, userControllable? boolean,
  ipListUserConfigurable? boolean
HostFirewallRulesetIpList: ipAddress?[], ipNetwork?[] HostFirewallRulesetIpNetwork, allIp boolean
HostFirewallRulesetIpNetwork: network, prefixLength int
HostIpConfig: dhcp boolean, ipAddress?, subnetMask?,
  ipV6Config? HostIpConfigIpV6AddressConfiguration
HostIpConfigIpV6Address: ipAddress, prefixLength int, origin?, dadState?, lifetime? dateTime,
  operation?
HostIpConfigIpV6AddressConfiguration: ipV6Address?[] HostIpConfigIpV6Address,
  autoConfigurationEnabled? boolean, dhcpV6Enabled? boolean
HostIpRouteConfig: defaultGateway?, gatewayDevice?, ipV6DefaultGateway?, ipV6GatewayDevice?
HostIpRouteEntry: network, prefixLength int, gateway, deviceName?
HostIpRouteOp: changeOperation, route HostIpRouteEntry
HostIpRouteTableConfig: ipRoute?[] HostIpRouteOp, ipv6Route?[] HostIpRouteOp
HostIpRouteTableInfo: ipRoute?[] HostIpRouteEntry, ipv6Route?[] HostIpRouteEntry
HostIpmiInfo: bmcIpAddress?, bmcMacAddress?, login?, password?
HostNetCapabilities: canSetPhysicalNicLinkSpeed boolean, supportsNicTeaming boolean,
  nicTeamingPolicy?[], supportsVlan boolean, usesServiceConsoleNic boolean,
  supportsNetworkHints boolean, maxPortGroupsPerVswitch? int, vswitchConfigSupported boolean,
  vnicConfigSupported boolean, ipRouteConfigSupported boolean, dnsConfigSupported boolean,
  dhcpOnVnicSupported boolean, ipV6Supported? boolean, backupNfcNiocSupported? boolean
HostNetOffloadCapabilities: csumOffload? boolean, tcpSegmentation? boolean, zeroCopyXmit? boolean
HostNetworkConfig: vswitch?[] HostVirtualSwitchConfig, proxySwitch?[] HostProxySwitchConfig,
  portgroup?[] HostPortGroupConfig, pnic?[] PhysicalNicConfig, vnic?[] HostVirtualNicConfig,
  consoleVnic?[] HostVirtualNicConfig, dnsConfig? HostDnsConfig, ipRouteConfig? HostIpRouteConfig,
  consoleIpRouteConfig? HostIpRouteConfig, routeTableConfig? HostIpRouteTableConfig,
  dhcp?[] HostDhcpServiceConfig, nat?[] HostNatServiceConfig, ipV6Enabled? boolean,
  netStackSpec?[] HostNetworkConfigNetStackSpec, migrationStatus?
HostNetworkInfo: vswitch?[] HostVirtualSwitch, proxySwitch?[] HostProxySwitch,
  portgroup?[] HostPortGroup, pnic?[] PhysicalNic, rdmaDevice?[] HostRdmaDevice,
  vnic?[] HostVirtualNic, consoleVnic?[] HostVirtualNic, dnsConfig? HostDnsConfig,
  ipRouteConfig? HostIpRouteConfig, consoleIpRouteConfig? HostIpRouteConfig,
  routeTableInfo? HostIpRouteTableInfo, dhcp?[] HostDhcpService, nat?[] HostNatService,
  ipV6Enabled? boolean, atBootIpV6Enabled? boolean, netStackInstance?[] HostNetStackInstance,
  opaqueSwitch?[] HostOpaqueSwitch, opaqueNetwork?[] HostOpaqueNetworkInfo, nsxTransportNodeId?,
  nvdsToVdsMigrationRequired? boolean, migrationStatus?
HostNetworkPolicy: security? HostNetworkSecurityPolicy, nicTeaming? HostNicTeamingPolicy,
  offloadPolicy? HostNetOffloadCapabilities, shapingPolicy? HostNetworkTrafficShapingPolicy
HostNetworkResourceRuntime: pnicResourceInfo[] HostPnicNetworkResourceInfo
HostNetworkSecurityPolicy: allowPromiscuous? boolean, macChanges? boolean, forgedTransmits? boolean
HostNetworkTrafficShapingPolicy: enabled? boolean, averageBandwidth? long, peakBandwidth? long,
  burstSize? long
HostNicFailureCriteria: checkSpeed?, speed? int, checkDuplex? boolean, fullDuplex? boolean,
  checkErrorPercent? boolean, percentage? int, checkBeacon? boolean
HostNicOrderPolicy: activeNic?[], standbyNic?[]
HostNicTeamingPolicy: policy?, reversePolicy? boolean, notifySwitches? boolean,
  rollingOrder? boolean, failureCriteria? HostNicFailureCriteria, nicOrder? HostNicOrderPolicy
HostPlacedVirtualNicIdentifier: vm ref, vnicKey, reservation? int
HostPnicNetworkResourceInfo: pnicDevice, availableBandwidthForVMTraffic? long,
  unusedBandwidthForVMTraffic? long, placedVirtualNics?[] HostPlacedVirtualNicIdentifier
HostPortGroup: key?, port?[] HostPortGroupPort, vswitch?, computedPolicy HostNetworkPolicy,
  spec HostPortGroupSpec
HostPortGroupConfig: changeOperation?, spec? HostPortGroupSpec
HostPortGroupPort: key?, mac?[], type
HostPortGroupSpec: name, vlanId int, vswitchName, policy HostNetworkPolicy
HostProxySwitch: dvsUuid, dvsName, key, numPorts int, configNumPorts? int, numPortsAvailable int,
  networkReservationSupported? boolean, uplinkPort?[] KeyValue, mtu? int, pnic?[],
  spec HostProxySwitchSpec
HostProxySwitchSpec: backing? DistributedVirtualSwitchHostMemberBacking
HostRdmaDevice: key, device, driver?, description?, backing? HostRdmaDeviceBacking,
  connectionInfo HostRdmaDeviceConnectionInfo, capability HostRdmaDeviceCapability
HostRdmaDeviceBacking
HostRdmaDeviceCapability: roceV1Capable boolean, roceV2Capable boolean, iWarpCapable boolean
HostRdmaDeviceConnectionInfo: state, mtu int, speedInMbps int
HostVirtualNic: device, key, portgroup, spec HostVirtualNicSpec, port?, owner?
HostVirtualNicConfig: changeOperation?, device?, portgroup, spec? HostVirtualNicSpec
HostVirtualNicIpRouteSpec: ipRouteConfig? HostIpRouteConfig
HostVirtualNicManagerInfo: netConfig?[] VirtualNicManagerNetConfig
HostVirtualNicOpaqueNetworkSpec: opaqueNetworkId, opaqueNetworkType
HostVirtualNicSpec: ip? HostIpConfig, mac?,
  distributedVirtualPort? DistributedVirtualSwitchPortConnection, portgroup?, mtu? int,
  tsoEnabled? boolean, netStackInstanceKey?, opaqueNetwork? HostVirtualNicOpaqueNetworkSpec,
  externalId?, pinnedPnic?, ipRouteSpec? HostVirtualNicIpRouteSpec, systemOwned? boolean, dpuId?
HostVirtualSwitch: name, key, numPorts int, numPortsAvailable int, mtu? int, portgroup?[], pnic?[],
  spec HostVirtualSwitchSpec
HostVirtualSwitchAutoBridge < HostVirtualSwitchBridge: excludedNicDevice?[]
HostVirtualSwitchBeaconConfig: interval int
HostVirtualSwitchBondBridge < HostVirtualSwitchBridge: nicDevice[],
  beacon? HostVirtualSwitchBeaconConfig, linkDiscoveryProtocolConfig? LinkDiscoveryProtocolConfig
HostVirtualSwitchBridge
HostVirtualSwitchConfig: changeOperation?, name, spec? HostVirtualSwitchSpec
HostVirtualSwitchSimpleBridge < HostVirtualSwitchBridge: nicDevice
HostVirtualSwitchSpec: numPorts int, bridge? HostVirtualSwitchBridge, policy? HostNetworkPolicy,
  mtu? int
LinkLayerDiscoveryProtocolInfo: chassisId, portId, timeToLive int, parameter?[] KeyAnyValue
NetworkSummary: network? ref, name, accessible boolean, ipPoolName, ipPoolId? int
OpaqueNetworkCapability: networkReservationSupported boolean
OpaqueNetworkSummary < NetworkSummary: opaqueNetworkId, opaqueNetworkType
OpaqueNetworkTargetInfo < VirtualMachineTargetInfo: network OpaqueNetworkSummary,
  networkReservationSupported? boolean
PhysicalNic: key?, device, pci, driver?, driverVersion?, firmwareVersion?,
  linkSpeed? PhysicalNicLinkInfo, validLinkSpecification?[] PhysicalNicLinkInfo,
  spec PhysicalNicSpec, wakeOnLanSupported boolean, mac, fcoeConfiguration? FcoeConfig,
  vmDirectPathGen2Supported? boolean, vmDirectPathGen2SupportedMode?,
  resourcePoolSchedulerAllowed? boolean, resourcePoolSchedulerDisallowedReason?[],
  autoNegotiateSupported? boolean, enhancedNetworkingStackSupported? boolean,
  ensInterruptSupported? boolean, rdmaDevice?, dpuId?
PhysicalNicCdpDeviceCapability: router boolean, transparentBridge boolean,
  sourceRouteBridge boolean, networkSwitch boolean, host boolean, igmpEnabled boolean,
  repeater boolean
PhysicalNicCdpInfo: cdpVersion? int, timeout? int, ttl? int, samples? int, devId?, address?,
  portId?, deviceCapability? PhysicalNicCdpDeviceCapability, softwareVersion?, hardwarePlatform?,
  ipPrefix?, ipPrefixLen? int, vlan? int, fullDuplex? boolean, mtu? int, systemName?, systemOID?,
  mgmtAddr?, location?
PhysicalNicConfig: device, spec PhysicalNicSpec
PhysicalNicHint: vlanId? int
PhysicalNicHintInfo: device, subnet?[] PhysicalNicIpHint, network?[] PhysicalNicNameHint,
  connectedSwitchPort? PhysicalNicCdpInfo, lldpInfo? LinkLayerDiscoveryProtocolInfo
PhysicalNicIpHint < PhysicalNicHint: ipSubnet
PhysicalNicLinkInfo: speedMb int, duplex boolean
PhysicalNicNameHint < PhysicalNicHint: network
PhysicalNicSpec: ip? HostIpConfig, linkSpeed? PhysicalNicLinkInfo,
  enableEnhancedNetworkingStack? boolean, ensInterruptEnabled? boolean
VirtualNicManagerNetConfig: nicType, multiSelectAllowed boolean, candidateVnic?[] HostVirtualNic,
  selectedVnic?[]
`;
