/** Datastores, files on them, and how a datastore browser finds these. Notation: parse.ts. */
export const storageTypes = `
DatastoreCapability: directoryHierarchySupported boolean, rawDiskMappingsSupported boolean,
  perFileThinProvisioningSupported boolean, storageIORMSupported? boolean,
  nativeSnapshotSupported? boolean, topLevelDirectoryCreateSupported? boolean,
  seSparseSupported? boolean, vmfsSparseSupported? boolean, vsanSparseSupported? boolean,
  upitSupported? boolean, vmdkExpandSupported? boolean, clusteredVmdkSupported? boolean
DatastoreHostMount: key ref, mountInfo HostMountInfo
DatastoreInfo: name, url, freeSpace long, maxFileSize long, maxVirtualDiskCapacity? long,
  maxMemoryFileSize? long, timestamp? dateTime, containerId?, aliasOf?, supportedVDiskFormats?[],
  logicalSectorSize? int, physicalSectorSize? int
DatastoreMountPathDatastorePair: oldMountPath, datastore ref
DatastoreOption: unsupportedVolumes?[] VirtualMachineDatastoreVolumeOption
DatastoreSummary: datastore? ref, name, url, capacity long, freeSpace long, uncommitted? long,
  accessible boolean, multipleHostAccess? boolean, type, maintenanceMode?
DeviceBackedVirtualDiskSpec < VirtualDiskSpec: device
FileBackedVirtualDiskSpec < VirtualDiskSpec: capacityKb long, profile?[] VirtualMachineProfileSpec,
  crypto? CryptoSpec, sectorFormat?
FileInfo: path, friendlyName?, fileSize? long, modification? dateTime, owner?
FileQuery
FileQueryFlags: fileType boolean, fileSize boolean, modification boolean, fileOwner? boolean
FileTransferInformation: attributes GuestFileAttributes, size long, url
FloppyImageFileInfo < FileInfo
FloppyImageFileQuery < FileQuery
FolderFileInfo < FileInfo
FolderFileQuery < FileQuery
HostDatastoreBrowserSearchResults: datastore? ref, folderPath?, file?[] FileInfo
HostDatastoreBrowserSearchSpec: query?[] FileQuery, details? FileQueryFlags,
  searchCaseInsensitive? boolean, matchPattern?[], sortFoldersFirst? boolean
HostDatastoreConnectInfo: summary DatastoreSummary
HostDatastoreSystemCapabilities: nfsMountCreationRequired boolean,
  nfsMountCreationSupported boolean, localDatastoreSupported boolean,
  vmfsExtentExpansionSupported? boolean
HostDiskDimensionsChs: cylinder long, head int, sector int
HostDiskDimensionsLba: blockSize int, block long
HostFileSystemMountInfo: mountInfo HostMountInfo, volume HostFileSystemVolume, vStorageSupport?
HostFileSystemVolume: type, name, capacity long
HostFileSystemVolumeInfo: volumeTypeList?[], mountInfo?[] HostFileSystemMountInfo
HostForceMountedInfo: persist boolean, mounted boolean
HostHostBusAdapter: key?, device, bus int, status, model, driver?, pci?, storageProtocol?
HostLocalFileSystemVolume < HostFileSystemVolume: device
HostMountInfo: path?, accessMode, mounted? boolean, accessible? boolean, inaccessibleReason?,
  vmknicName?, vmknicActive? boolean, mountFailedReason?, numTcpConnections? int
HostNasVolume < HostFileSystemVolume: remoteHost, remotePath, userName?, remoteHostNames?[],
  securityType?, protocolEndpoint? boolean
HostScsiDisk < ScsiLun: capacity HostDiskDimensionsLba, devicePath, ssd? boolean,
  localDisk? boolean, physicalLocation?[], emulatedDIXDIFEnabled? boolean,
  vsanDiskInfo? VsanHostVsanDiskInfo, scsiDiskType?, usedByMemoryTiering? boolean
HostScsiDiskPartition: diskName, partition int
HostStorageDeviceInfo: hostBusAdapter?[] HostHostBusAdapter, scsiLun?[] ScsiLun,
  scsiTopology? HostScsiTopology, nvmeTopology? HostNvmeTopology, multipathInfo? HostMultipathInfo,
  plugStoreTopology? HostPlugStoreTopology, softwareInternetScsiEnabled boolean
HostVmfsVolume < HostFileSystemVolume: blockSizeMb int, blockSize? int, unmapGranularity? int,
  unmapPriority?, unmapBandwidthSpec? VmfsUnmapBandwidthSpec, maxBlocks int, majorVersion int,
  version, uuid, extent[] HostScsiDiskPartition, vmfsUpgradable boolean,
  forceMountedInfo? HostForceMountedInfo, ssd? boolean, local? boolean, scsiDiskType?
IsoImageFileInfo < FileInfo
IsoImageFileQuery < FileQuery
LocalDatastoreInfo < DatastoreInfo: path?
NasDatastoreInfo < DatastoreInfo: nas? HostNasVolume
ScsiLun < HostDevice: key?, uuid, descriptor?[] ScsiLunDescriptor, canonicalName?, displayName?,
  lunType, vendor?, model?, revision?, scsiLevel? int, serialNumber?,
  durableName? ScsiLunDurableName, alternateName?[] ScsiLunDurableName, standardInquiry?[] byte,
  queueDepth? int, operationalState[], capabilities? ScsiLunCapabilities, vStorageSupport?,
  protocolEndpoint? boolean, perenniallyReserved? boolean, clusteredVmdkSupported? boolean,
  applicationProtocol?, dispersedNs? boolean, deviceReservation?
SeSparseVirtualDiskSpec < FileBackedVirtualDiskSpec: grainSizeKb? int
StorageIORMInfo: enabled boolean, congestionThresholdMode?, congestionThreshold int,
  percentOfPeakThroughput? int, statsCollectionEnabled? boolean, reservationEnabled? boolean,
  statsAggregationDisabled? boolean, reservableIopsThreshold? int
StoragePodSummary: name, capacity long, freeSpace long
TemplateConfigFileInfo < VmConfigFileInfo
TemplateConfigFileQuery < VmConfigFileQuery
VirtualDiskSpec: diskType, adapterType
VmConfigFileInfo < FileInfo: configVersion? int, encryption? VmConfigFileEncryptionInfo
VmConfigFileQuery < FileQuery: filter? VmConfigFileQueryFilter, details? VmConfigFileQueryFlags
VmConfigFileQueryFilter: matchConfigVersion?[] int, encrypted? boolean
VmConfigFileQueryFlags: configVersion boolean, encryption? boolean
VmDiskFileInfo < FileInfo: diskType?, capacityKb? long, hardwareVersion? int, controllerType?,
  diskExtents?[], thin? boolean, encryption? VmDiskFileEncryptionInfo, sectorFormat?
VmDiskFileQuery < FileQuery: filter? VmDiskFileQueryFilter, details? VmDiskFileQueryFlags
VmDiskFileQueryFilter: diskType?[], matchHardwareVersion?[] int, controllerType?[], thin? boolean,
  encrypted? boolean
VmDiskFileQueryFlags: diskType boolean, capacityKb boolean, hardwareVersion boolean,
  controllerType? boolean, diskExtents? boolean, thin? boolean, encryption? boolean,
  sectorFormat? boolean
VmLogFileInfo < FileInfo
VmLogFileQuery < FileQuery
VmNvramFileInfo < FileInfo
VmNvramFileQuery < FileQuery
DiskChangeExtent: start long, length long
DiskChangeInfo: startOffset long, length long, changedArea?[] DiskChangeExtent
VmSnapshotFileInfo < FileInfo
VmSnapshotFileQuery < FileQuery
VmfsDatastoreInfo < DatastoreInfo: maxPhysicalRDMFileSize? long, maxVirtualRDMFileSize? long,
  vmfs? HostVmfsVolume
VmfsUnmapBandwidthSpec: policy, fixedValue long, dynamicMin long, dynamicMax long
VsanDatastoreInfo < DatastoreInfo: membershipUuid?, accessGenNo? int
VirtualDiskInfo: unit VirtualDiskInfoUnit, diskType, parent?
VirtualDiskInfoUnit: name
`;
