/** Accounts, rule sets of the firewall, and the types behind esxcli. Notation: parse.ts. */
export const accessTypes = `
DynamicTypeEnumTypeInfo: name, wsdlName, version, value?[], annotation?[] DynamicTypeMgrAnnotation
DynamicTypeMgrAllTypeInfo: managedTypeInfo?[] DynamicTypeMgrManagedTypeInfo,
  enumTypeInfo?[] DynamicTypeEnumTypeInfo, dataTypeInfo?[] DynamicTypeMgrDataTypeInfo
DynamicTypeMgrAnnotation: name, parameter?[]
DynamicTypeMgrDataTypeInfo: name, wsdlName, version, base?[],
  property?[] DynamicTypeMgrPropertyTypeInfo, annotation?[] DynamicTypeMgrAnnotation
DynamicTypeMgrFilterSpec
DynamicTypeMgrManagedTypeInfo: name, wsdlName, version, base?[],
  property?[] DynamicTypeMgrPropertyTypeInfo, method?[] DynamicTypeMgrMethodTypeInfo,
  annotation?[] DynamicTypeMgrAnnotation
DynamicTypeMgrMethodTypeInfo: name, wsdlName, version,
  paramTypeInfo?[] DynamicTypeMgrParamTypeInfo, returnTypeInfo? DynamicTypeMgrParamTypeInfo,
  fault?[], privId?, annotation?[] DynamicTypeMgrAnnotation
DynamicTypeMgrMoFilterSpec < DynamicTypeMgrFilterSpec: id?, typeSubstr?
DynamicTypeMgrMoInstance: id, moType
DynamicTypeMgrParamTypeInfo: name, version, type, privId?, annotation?[] DynamicTypeMgrAnnotation
DynamicTypeMgrPropertyTypeInfo: name, version, type, privId?, msgIdFormat?,
  annotation?[] DynamicTypeMgrAnnotation
DynamicTypeMgrTypeFilterSpec < DynamicTypeMgrFilterSpec: typeSubstr?
HostAccountSpec: id, password?, description?
HostFirewallRulesetRulesetSpec: allowedHosts HostFirewallRulesetIpList
HostPosixAccountSpec < HostAccountSpec: posixId? int, shellAccess? boolean
ReflectManagedMethodExecuterSoapArgument: name, val
ReflectManagedMethodExecuterSoapFault: faultMsg, faultDetail?
ReflectManagedMethodExecuterSoapResult: response?, fault? ReflectManagedMethodExecuterSoapFault
`;
