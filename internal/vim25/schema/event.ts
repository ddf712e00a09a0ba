/** Events and the filters of event collectors. Notation: parse.ts. */
export const eventTypes = `
AlarmEvent < Event: alarm AlarmEventArgument
AlarmEventArgument < EntityEventArgument: alarm ref
BadUsernameSessionEvent < SessionEvent: ipAddress
ChangesInfoEventArgument: modified?, added?, deleted?
ComputeResourceEventArgument < EntityEventArgument: computeResource ref
CustomizationEvent < VmEvent: logLocation?
DatacenterCreatedEvent < DatacenterEvent: parent FolderEventArgument
DatacenterEvent < Event
DatacenterEventArgument < EntityEventArgument: datacenter ref
DatastoreDestroyedEvent < DatastoreEvent
DatastoreDiscoveredEvent < HostEvent: datastore DatastoreEventArgument
DatastoreEvent < Event: datastore? DatastoreEventArgument
DatastoreEventArgument < EntityEventArgument: datastore ref
DatastoreFileEvent < DatastoreEvent: targetFile, sourceOfOperation?, succeeded? boolean
DatastoreRenamedEvent < DatastoreEvent: oldName, newName
DVPortgroupCreatedEvent < DVPortgroupEvent
DVPortgroupDestroyedEvent < DVPortgroupEvent
DVPortgroupEvent < Event
DVPortgroupReconfiguredEvent < DVPortgroupEvent: configSpec DVPortgroupConfigSpec,
  configChanges? ChangesInfoEventArgument
DVPortgroupRenamedEvent < DVPortgroupEvent: oldName, newName
DrsVmMigratedEvent < VmMigratedEvent
DrsVmPoweredOnEvent < VmPoweredOnEvent
DvsCreatedEvent < DvsEvent: parent FolderEventArgument
DvsDestroyedEvent < DvsEvent
DvsEvent < Event
DvsEventArgument < EntityEventArgument: dvs ref
EntityEventArgument < EventArgument: name
Event: key int, chainId int, createdTime dateTime, userName, datacenter? DatacenterEventArgument,
  computeResource? ComputeResourceEventArgument, host? HostEventArgument, vm? VmEventArgument,
  ds? DatastoreEventArgument, net? NetworkEventArgument, dvs? DvsEventArgument,
  fullFormattedMessage?, changeTag?
EventArgDesc: name, type, description? ElementDescription
EventArgument
EventDescription: category[] ElementDescription, eventInfo[] EventDescriptionEventDetail,
  enumeratedTypes?[] EnumDescription
EventDescriptionEventDetail: key, description?, category, formatOnDatacenter,
  formatOnComputeResource, formatOnHost, formatOnVm, fullFormat, longDescription?
EventEx < Event: eventTypeId, severity?, message?, arguments?[] KeyAnyValue, objectId?, objectType?,
  objectName?, fault? LocalizedMethodFault
EventFilterSpec: entity? EventFilterSpecByEntity, time? EventFilterSpecByTime,
  userName? EventFilterSpecByUsername, eventChainId? int, alarm? ref, scheduledTask? ref,
  disableFullMessage? boolean, category?[], type?[], tag?[], eventTypeId?[], maxCount? int,
  delayedInit? boolean
EventFilterSpecByEntity: entity ref, recursion EventFilterSpecRecursionOption
EventFilterSpecByTime: beginTime? dateTime, endTime? dateTime
EventFilterSpecByUsername: systemUser boolean, userList?[]
EventManagerEventViewSpec
ExtendedEvent < GeneralEvent: eventTypeId, managedObject ref, data?[] ExtendedEventPair
ExtendedEventPair: key, value
FolderEventArgument < EntityEventArgument: folder ref
GeneralEvent < Event: message
GeneralHostErrorEvent < GeneralEvent
GeneralHostInfoEvent < GeneralEvent
GeneralHostWarningEvent < GeneralEvent
GeneralUserEvent < GeneralEvent: entity? ManagedEntityEventArgument
HostConnectedEvent < HostEvent
HostDisconnectedEvent < HostEvent: reason?
HostEvent < Event
HostEventArgument < EntityEventArgument: host ref
ManagedEntityEventArgument < EntityEventArgument: entity ref
MigrationEvent < VmEvent: fault LocalizedMethodFault
NetworkEventArgument < EntityEventArgument: network ref
ResourcePoolCreatedEvent < ResourcePoolEvent: parent ResourcePoolEventArgument
ResourcePoolDestroyedEvent < ResourcePoolEvent
ResourcePoolEvent < Event: resourcePool ResourcePoolEventArgument
ResourcePoolEventArgument < EntityEventArgument: resourcePool ref
ResourcePoolReconfiguredEvent < ResourcePoolEvent: configChanges? ChangesInfoEventArgument
SessionEvent < Event
TaskEvent < Event: info TaskInfo
UserLoginSessionEvent < SessionEvent: ipAddress, userAgent?, locale, sessionId
UserLogoutSessionEvent < SessionEvent: ipAddress?, userAgent?, callCount? long, sessionId?,
  loginTime? dateTime
VmBeingClonedEvent < VmCloneEvent: destFolder FolderEventArgument, destName,
  destHost HostEventArgument
VmBeingCreatedEvent < VmEvent: configSpec? VirtualMachineConfigSpec
VmBeingHotMigratedEvent < VmEvent: destHost HostEventArgument,
  destDatacenter? DatacenterEventArgument, destDatastore? DatastoreEventArgument
VmBeingRelocatedEvent < VmRelocateSpecEvent: destHost HostEventArgument,
  destDatacenter? DatacenterEventArgument, destDatastore? DatastoreEventArgument
VmCloneEvent < VmEvent
VmClonedEvent < VmCloneEvent: sourceVm VmEventArgument
VmConnectedEvent < VmEvent
VmCreatedEvent < VmEvent
VmDeployedEvent < VmEvent: srcTemplate VmEventArgument
VmDisconnectedEvent < VmEvent
VmEmigratingEvent < VmEvent
VmEvent < Event: template boolean
VmEventArgument < EntityEventArgument: vm ref
VmFailedToPowerOffEvent < VmEvent: reason LocalizedMethodFault
VmFailedToPowerOnEvent < VmEvent: reason LocalizedMethodFault
VmGuestOSCrashedEvent < VmEvent
VmGuestRebootEvent < VmEvent
VmGuestShutdownEvent < VmEvent
VmGuestStandbyEvent < VmEvent
VmInstanceUuidAssignedEvent < VmEvent: instanceUuid
VmMacAssignedEvent < VmEvent: adapter, mac
VmMessageErrorEvent < VmEvent: message, messageInfo?[] VirtualMachineMessage
VmMessageEvent < VmEvent: message, messageInfo?[] VirtualMachineMessage
VmMigratedEvent < VmEvent: sourceHost HostEventArgument, sourceDatacenter? DatacenterEventArgument,
  sourceDatastore? DatastoreEventArgument
VmOrphanedEvent < VmEvent
VmPoweredOffEvent < VmEvent
VmPoweredOnEvent < VmEvent
VmReconfiguredEvent < VmEvent: configSpec VirtualMachineConfigSpec,
  configChanges? ChangesInfoEventArgument
VmRegisteredEvent < VmEvent
VmRelocateSpecEvent < VmEvent
VmRelocatedEvent < VmRelocateSpecEvent: sourceHost HostEventArgument,
  sourceDatacenter? DatacenterEventArgument, sourceDatastore? DatastoreEventArgument
VmRemovedEvent < VmEvent
VmRenamedEvent < VmEvent: oldName, newName
VmResettingEvent < VmEvent
VmResourcePoolMovedEvent < VmEvent: oldParent ResourcePoolEventArgument,
  newParent ResourcePoolEventArgument
VmResourceReallocatedEvent < VmEvent: configChanges? ChangesInfoEventArgument
VmResumingEvent < VmEvent
VmStartingEvent < VmEvent
VmStoppingEvent < VmEvent
VmSuspendedEvent < VmEvent
VmSuspendingEvent < VmEvent
VmUuidAssignedEvent < VmEvent: uuid
`;
