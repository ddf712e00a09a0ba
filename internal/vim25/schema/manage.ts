/** Performance counters, licences, permissions, extensions, diagnostics. Notation: parse.ts. */
export const manageTypes = `
AuthorizationDescription: privilege[] ElementDescription, privilegeGroup[] ElementDescription
AuthorizationPrivilege: privId, onParent boolean, name, privGroupName
AuthorizationRole: roleId int, system boolean, name, info Description, privilege?[]
DiagnosticManagerLogDescriptor: key, fileName, creator, format, mimeType, info Description
DiagnosticManagerLogHeader: lineStart int, lineEnd int, lineText?[]
EntityPrivilege: entity ref, privAvailability[] PrivilegeAvailability
ExtExtendedProductInfo: companyUrl?, productUrl?, managementUrl?
ExtManagedEntityInfo: type, smallIconUrl?, iconUrl?, description?
ExtSolutionManagerInfo: tab?[] ExtSolutionManagerInfoTabInfo, smallIconUrl?
ExtSolutionManagerInfoTabInfo: label, url
Extension: description Description, key, company?, type?, version, subjectName?,
  server?[] ExtensionServerInfo, client?[] ExtensionClientInfo, taskList?[] ExtensionTaskTypeInfo,
  eventList?[] ExtensionEventTypeInfo, faultList?[] ExtensionFaultTypeInfo,
  privilegeList?[] ExtensionPrivilegeInfo, resourceList?[] ExtensionResourceInfo,
  lastHeartbeatTime dateTime, healthInfo? ExtensionHealthInfo,
  ovfConsumerInfo? ExtensionOvfConsumerInfo, extendedProductInfo? ExtExtendedProductInfo,
  managedEntityInfo?[] ExtManagedEntityInfo, shownInSolutionManager? boolean,
  solutionManagerInfo? ExtSolutionManagerInfo
ExtensionClientInfo: version, description Description, company, type, url
ExtensionEventTypeInfo: eventID, eventTypeSchema?
ExtensionFaultTypeInfo: faultID
ExtensionHealthInfo: url
ExtensionPrivilegeInfo: privID, privGroupName
ExtensionResourceInfo: locale, module, data[] KeyValue
ExtensionServerInfo: url, description Description, company, type, adminEmail[], serverThumbprint?,
  serverCertificate?
ExtensionTaskTypeInfo: taskID
HostLicensableResourceInfo: resource[] KeyAnyValue
HostLicenseConnectInfo: license LicenseManagerLicenseInfo, evaluation LicenseManagerEvaluationInfo,
  resource? HostLicensableResourceInfo
LicenseAssignmentManagerLicenseAssignment: entityId, scope?, entityDisplayName?,
  assignedLicense LicenseManagerLicenseInfo, properties?[] KeyAnyValue
LicenseDiagnostics: sourceLastChanged dateTime, sourceLost, sourceLatency float, licenseRequests,
  licenseRequestFailures, licenseFeatureUnknowns, opState LicenseManagerState,
  lastStatusUpdate dateTime, opFailureMessage
LicenseManagerEvaluationInfo: properties[] KeyAnyValue
LicenseManagerLicenseInfo: licenseKey, editionKey, name, total int, used? int, costUnit,
  properties?[] KeyAnyValue, labels?[] KeyValue
LicenseReservationInfo: key, state LicenseReservationInfoState, required int
LicenseSource
LicenseUsageInfo: source LicenseSource, sourceAvailable boolean,
  reservationInfo?[] LicenseReservationInfo, featureInfo?[] LicenseFeatureInfo
PerfCompositeMetric: entity? PerfEntityMetricBase, childEntity?[] PerfEntityMetricBase
PerfCounterInfo: key int, nameInfo ElementDescription, groupInfo ElementDescription,
  unitInfo ElementDescription, rollupType PerfSummaryType, statsType PerfStatsType, level? int,
  perDeviceLevel? int, associatedCounterId?[] int
PerfEntityMetric < PerfEntityMetricBase: sampleInfo?[] PerfSampleInfo, value?[] PerfMetricSeries
PerfEntityMetricBase: entity ref
PerfEntityMetricCSV < PerfEntityMetricBase: sampleInfoCSV, value?[] PerfMetricSeriesCSV
PerfInterval: key int, samplingPeriod int, name, length int, level? int, enabled boolean
PerfMetricId: counterId int, instance
PerfMetricIntSeries < PerfMetricSeries: value?[] long
PerfMetricSeries: id PerfMetricId
PerfMetricSeriesCSV < PerfMetricSeries: value?
PerfProviderSummary: entity ref, currentSupported boolean, summarySupported boolean,
  refreshRate? int
PerfQuerySpec: entity ref, startTime? dateTime, endTime? dateTime, maxSample? int,
  metricId?[] PerfMetricId, intervalId? int, format?
PerfSampleInfo: timestamp dateTime, interval int
PerformanceDescription: counterType[] ElementDescription, statsType[] ElementDescription
Permission: entity? ref, principal, group boolean, roleId int, propagate boolean
PrivilegeAvailability: privId, isGranted boolean
PrivilegePolicyDef: createPrivilege, readPrivilege, updatePrivilege, deletePrivilege
UserPrivilegeResult: entity ref, privileges?[]
UserSearchResult: principal, fullName?, group boolean
DisabledMethodRequest: method, reasonId
`;
