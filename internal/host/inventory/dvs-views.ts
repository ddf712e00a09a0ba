import type { MoRef } from "../../vim25/types.ts";
import { versionString } from "../../version/version.ts";
import type { DvGroupRecord, DvsRecord } from "./dvs-record.ts";
import { entityProperties, escapeName } from "./entity.ts";
import { groupRef, type Refs, switchRef } from "./refs.ts";

type Properties = Record<string, () => unknown>;

/** What the properties of a switch are made of. */
export interface SwitchState {
  record: DvsRecord;
  groups: DvGroupRecord[];
  vms: MoRef[];
}

/** What the properties of a port group are made of. */
export interface GroupState {
  record: DvGroupRecord;
  hasHost: boolean;
  vms: MoRef[];
}

const portsMax = 60_000;
const mtu = 1500;
const productInfo = {
  name: "DVS",
  vendor: "VIC Engine",
  version: "6.6.0",
  build: versionString,
  forwardingClass: "etherswitch",
};

/** Properties of a DistributedVirtualSwitch. */
export function switchProperties(refs: Refs, state: () => SwitchState): Properties {
  const hosts = () => (state().record.hasHost ? [refs.host] : []);
  const numPorts = () => state().groups.reduce((sum, group) => sum + group.numPorts, 0);
  return {
    ...entityProperties(
      () => state().record.name,
      () => refs.networkFolder,
    ),
    uuid: () => state().record.uuid,
    capability: () => ({
      dvsOperationSupported: true,
      dvPortGroupOperationSupported: true,
      dvPortOperationSupported: false,
    }),
    summary: () => ({
      name: escapeName(state().record.name),
      uuid: state().record.uuid,
      numPorts: numPorts(),
      productInfo,
      hostMember: hosts(),
      vm: state().vms,
      host: hosts(),
      portgroupName: state().groups.map((group) => escapeName(group.name)),
      description: state().record.description,
      numHosts: hosts().length,
    }),
    config: () => configOf(state(), hosts(), numPorts()),
    portgroup: () => state().groups.map(({ id }) => groupRef(id)),
    networkResourcePool: () => [],
  };
}

function configOf({ record, groups }: SwitchState, hosts: MoRef[], numPorts: number) {
  const uplinks = groups.filter((group) => group.isUplink);
  return {
    _type: "VMwareDVSConfigInfo",
    uuid: record.uuid,
    name: escapeName(record.name),
    numStandalonePorts: 0,
    numPorts,
    maxPorts: portsMax,
    uplinkPortPolicy: {
      _type: "DVSNameArrayUplinkPortPolicy",
      uplinkPortName: uplinks.length > 0 ? ["Uplink 1"] : [],
    },
    uplinkPortgroup: uplinks.map(({ id }) => groupRef(id)),
    defaultPortConfig: portSetting(0),
    host: hosts.map((host) => ({
      config: {
        host,
        maxProxySwitchPorts: 1024,
        backing: { _type: "DistributedVirtualSwitchHostMemberPnicBacking" },
      },
      status: "up",
    })),
    productInfo,
    description: record.description,
    configVersion: String(record.version),
    contact: {},
    createTime: record.created,
    networkResourceManagementEnabled: false,
    maxMtu: mtu,
  };
}

/** Properties of a DistributedVirtualPortgroup. */
export function groupProperties(refs: Refs, state: () => GroupState): Properties {
  const name = () => state().record.name;
  const ref = () => groupRef(state().record.id);
  return {
    ...entityProperties(name, () => refs.networkFolder),
    tag: () => (state().record.isUplink ? [{ key: "SYSTEM/DVS.UPLINKPG" }] : []),
    key: () => state().record.id,
    portKeys: () => [],
    summary: () => ({
      network: ref(),
      name: escapeName(name()),
      accessible: state().hasHost,
      ipPoolName: "",
    }),
    host: () => (state().hasHost ? [refs.host] : []),
    vm: () => state().vms,
    config: () => groupConfig(state().record),
  };
}

function groupConfig(record: DvGroupRecord): Record<string, unknown> {
  return {
    key: record.id,
    name: escapeName(record.name),
    numPorts: record.numPorts,
    distributedVirtualSwitch: switchRef(record.dvs),
    defaultPortConfig: portSetting(record.vlanId),
    description: record.description,
    type: record.type,
    policy: {
      _type: "VMwareDVSPortgroupPolicy",
      blockOverrideAllowed: true,
      shapingOverrideAllowed: false,
      vendorConfigOverrideAllowed: false,
      livePortMovingAllowed: false,
      portConfigResetAtDisconnect: true,
      vlanOverrideAllowed: false,
      uplinkTeamingOverrideAllowed: false,
      securityPolicyOverrideAllowed: false,
    },
    configVersion: String(record.version),
    autoExpand: true,
    uplink: record.isUplink,
  };
}

const portSetting = (vlanId: number) => ({
  _type: "VMwareDVSPortSetting",
  vlan: { _type: "VmwareDistributedVirtualSwitchVlanIdSpec", inherited: false, vlanId },
});

/** DistributedVirtualSwitchInfo and DistributedVirtualPortgroupInfo of these switches. */
export function targetsOf(switches: { record: DvsRecord; groups: DvGroupRecord[] }[]) {
  const named = ({ record }: { record: DvsRecord }) => ({
    switchName: escapeName(record.name),
    switchUuid: record.uuid,
  });
  return {
    switch: switches.map((each) => ({
      ...named(each),
      distributedVirtualSwitch: switchRef(each.record.id),
    })),
    portgroup: switches.flatMap((each) =>
      each.groups.map((group) => ({
        ...named(each),
        portgroupName: escapeName(group.name),
        portgroupKey: group.id,
        portgroupType: group.type,
        uplinkPortgroup: group.isUplink,
        portgroup: groupRef(group.id),
      })),
    ),
  };
}
