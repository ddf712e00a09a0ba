/** Virtual devices, their backings, and resource shares. Notation: parse.ts. */
export const deviceTypes = `
ID: id
ParaVirtualSCSIController < VirtualSCSIController
ResourceAllocationInfo: reservation? long, expandableReservation? boolean, limit? long,
  shares? SharesInfo, overheadLimit? long
SharesInfo: shares int, level SharesLevel
StorageIOAllocationInfo: limit? long, shares? SharesInfo, reservation? int
VirtualAHCIController < VirtualSATAController
VirtualBusLogicController < VirtualSCSIController
VirtualCdrom < VirtualDevice
VirtualCdromAtapiBackingInfo < VirtualDeviceDeviceBackingInfo
VirtualCdromIsoBackingInfo < VirtualDeviceFileBackingInfo
VirtualCdromPassthroughBackingInfo < VirtualDeviceDeviceBackingInfo: exclusive boolean
VirtualCdromRemoteAtapiBackingInfo < VirtualDeviceRemoteDeviceBackingInfo
VirtualCdromRemotePassthroughBackingInfo < VirtualDeviceRemoteDeviceBackingInfo: exclusive boolean
VirtualController < VirtualDevice: busNumber int, device?[] int
VirtualDevice: key int, deviceInfo? Description, backing? VirtualDeviceBackingInfo,
  connectable? VirtualDeviceConnectInfo, slotInfo? VirtualDeviceBusSlotInfo, controllerKey? int,
  unitNumber? int, numaNode? int, deviceGroupInfo? VirtualDeviceDeviceGroupInfo
VirtualDeviceBackingInfo
VirtualDeviceBusSlotInfo
VirtualDeviceConfigSpec: operation? VirtualDeviceConfigSpecOperation,
  fileOperation? VirtualDeviceConfigSpecFileOperation, device VirtualDevice,
  profile?[] VirtualMachineProfileSpec, backing? VirtualDeviceConfigSpecBackingSpec,
  filterSpec?[] VirtualMachineBaseIndependentFilterSpec, changeMode?
VirtualDeviceConfigSpecBackingSpec: parent? VirtualDeviceConfigSpecBackingSpec, crypto? CryptoSpec
VirtualDeviceConnectInfo: migrateConnect?, startConnected boolean, allowGuestControl boolean,
  connected boolean, status?
VirtualDeviceDeviceBackingInfo < VirtualDeviceBackingInfo: deviceName, useAutoDetect? boolean
VirtualDeviceDeviceGroupInfo: groupInstanceKey int, sequenceId int
VirtualDeviceFileBackingInfo < VirtualDeviceBackingInfo: fileName, datastore? ref, backingObjectId?
VirtualDevicePciBusSlotInfo < VirtualDeviceBusSlotInfo: pciSlotNumber int
VirtualDevicePipeBackingInfo < VirtualDeviceBackingInfo: pipeName
VirtualDeviceRemoteDeviceBackingInfo < VirtualDeviceBackingInfo: deviceName, useAutoDetect? boolean
VirtualDeviceURIBackingInfo < VirtualDeviceBackingInfo: serviceURI, direction, proxyURI?
VirtualDisk < VirtualDevice: capacityInKB long, capacityInBytes? long, shares? SharesInfo,
  storageIOAllocation? StorageIOAllocationInfo, diskObjectId?,
  vFlashCacheConfigInfo? VirtualDiskVFlashCacheConfigInfo, iofilter?[], vDiskId? ID,
  vDiskVersion? int, virtualDiskFormat?, nativeUnmanagedLinkedClone? boolean,
  independentFilters?[] VirtualMachineBaseIndependentFilterSpec, guestReadOnly? boolean
VirtualDiskFlatVer2BackingInfo < VirtualDeviceFileBackingInfo: diskMode, split? boolean,
  writeThrough? boolean, thinProvisioned? boolean, eagerlyScrub? boolean, uuid?, contentId?,
  changeId?, parent? VirtualDiskFlatVer2BackingInfo, deltaDiskFormat?, digestEnabled? boolean,
  deltaGrainSize? int, deltaDiskFormatVariant?, sharing?, keyId? CryptoKeyId
VirtualDiskRawDiskMappingVer1BackingInfo < VirtualDeviceFileBackingInfo: lunUuid?, deviceName?,
  compatibilityMode?, diskMode?, uuid?, contentId?, changeId?,
  parent? VirtualDiskRawDiskMappingVer1BackingInfo, deltaDiskFormat?, deltaGrainSize? int, sharing?
VirtualDiskSeSparseBackingInfo < VirtualDeviceFileBackingInfo: diskMode, writeThrough? boolean,
  uuid?, contentId?, changeId?, parent? VirtualDiskSeSparseBackingInfo, deltaDiskFormat?,
  digestEnabled? boolean, grainSize? int, keyId? CryptoKeyId
VirtualDiskSparseVer2BackingInfo < VirtualDeviceFileBackingInfo: diskMode, split? boolean,
  writeThrough? boolean, spaceUsedInKB? long, uuid?, contentId?, changeId?,
  parent? VirtualDiskSparseVer2BackingInfo, keyId? CryptoKeyId
VirtualE1000 < VirtualEthernetCard
VirtualE1000e < VirtualEthernetCard
VirtualEthernetCard < VirtualDevice: addressType?, macAddress?, wakeOnLanEnabled? boolean,
  resourceAllocation? VirtualEthernetCardResourceAllocation, externalId?,
  uptCompatibilityEnabled? boolean, subnetId?
VirtualEthernetCardDistributedVirtualPortBackingInfo < VirtualDeviceBackingInfo:
  port DistributedVirtualSwitchPortConnection
VirtualEthernetCardNetworkBackingInfo < VirtualDeviceDeviceBackingInfo: network? ref,
  inPassthroughMode? boolean
VirtualEthernetCardOpaqueNetworkBackingInfo < VirtualDeviceBackingInfo: opaqueNetworkId,
  opaqueNetworkType
VirtualEthernetCardResourceAllocation: reservation? long, share SharesInfo, limit? long
VirtualFloppy < VirtualDevice
VirtualFloppyDeviceBackingInfo < VirtualDeviceDeviceBackingInfo
VirtualFloppyImageBackingInfo < VirtualDeviceFileBackingInfo
VirtualFloppyRemoteDeviceBackingInfo < VirtualDeviceRemoteDeviceBackingInfo
VirtualIDEController < VirtualController
VirtualKeyboard < VirtualDevice
VirtualLsiLogicController < VirtualSCSIController
VirtualLsiLogicSASController < VirtualSCSIController
VirtualMachineVMCIDevice < VirtualDevice: id? long, allowUnrestrictedCommunication? boolean,
  filterEnable? boolean, filterInfo? VirtualMachineVMCIDeviceFilterInfo
VirtualMachineVMCIDeviceFilterInfo: filters?[] VirtualMachineVMCIDeviceFilterSpec
VirtualMachineVMCIDeviceFilterSpec: rank long, action, protocol, direction,
  lowerDstPortBoundary? long, upperDstPortBoundary? long
VirtualMachineVideoCard < VirtualDevice: videoRamSizeInKB? long, numDisplays? int,
  useAutoDetect? boolean, enable3DSupport? boolean, use3dRenderer?, graphicsMemorySizeInKB? long
VirtualNVMEController < VirtualController: sharedBus?
VirtualPCIController < VirtualController
VirtualPCIPassthroughDeviceBackingInfo < VirtualDeviceDeviceBackingInfo: id, deviceId, systemId,
  vendorId short
VirtualPCIPassthroughDvxBackingInfo < VirtualDeviceBackingInfo: deviceClass?,
  configParams?[] OptionValue
VirtualPCNet32 < VirtualEthernetCard
VirtualPS2Controller < VirtualController
VirtualPointingDevice < VirtualDevice
VirtualSATAController < VirtualController
VirtualSCSIController < VirtualController: hotAddRemove? boolean, sharedBus VirtualSCSISharing,
  scsiCtlrUnitNumber? int
VirtualSIOController < VirtualController
VirtualSerialPort < VirtualDevice: yieldOnPoll boolean
VirtualSerialPortDeviceBackingInfo < VirtualDeviceDeviceBackingInfo
VirtualSerialPortFileBackingInfo < VirtualDeviceFileBackingInfo
VirtualSerialPortPipeBackingInfo < VirtualDevicePipeBackingInfo: endpoint, noRxLoss? boolean
VirtualSerialPortThinPrintBackingInfo < VirtualDeviceBackingInfo
VirtualSerialPortURIBackingInfo < VirtualDeviceURIBackingInfo
VirtualSriovEthernetCard < VirtualEthernetCard: allowGuestOSMtuChange? boolean,
  sriovBacking? VirtualSriovEthernetCardSriovBackingInfo,
  dvxBackingInfo? VirtualPCIPassthroughDvxBackingInfo
VirtualSriovEthernetCardSriovBackingInfo < VirtualDeviceBackingInfo:
  physicalFunctionBacking? VirtualPCIPassthroughDeviceBackingInfo,
  virtualFunctionBacking? VirtualPCIPassthroughDeviceBackingInfo, virtualFunctionIndex? int
VirtualTPM < VirtualDevice: endorsementKeyCertificateSigningRequest?[] base64Binary,
  endorsementKeyCertificate?[] base64Binary
VirtualUSBController < VirtualController: autoConnectDevices? boolean, ehciEnabled? boolean
VirtualUSBXHCIController < VirtualController: autoConnectDevices? boolean
VirtualVmxnet < VirtualEthernetCard
VirtualVmxnet2 < VirtualVmxnet
VirtualVmxnet3 < VirtualVmxnet: uptv2Enabled? boolean,
  strictLatencyConfig? VirtualVmxnet3StrictLatencyConfig
VirtualVmxnet3StrictLatencyConfig: allowed? boolean, measureLatency? boolean, maxTxQueues? int,
  maxRxQueues? int, txDataRingDescSize? int, rxDataRingDescSize? int, disableOffload?
`;
