import { managementAddress } from "./about.ts";
import type { Dvs } from "./dvs.ts";
import { natPortGroup, type Networks } from "./networks.ts";
import { segmentOf } from "./vm/segment.ts";
import type { VirtualMachine } from "./vm/virtual-machine.ts";

const securityPolicy = { allowPromiscuous: false, macChanges: true, forgedTransmits: true };
const policy = { security: securityPolicy };
/** The one address at which guests reach this machine. */
const vnic = {
  device: "vmk0",
  key: "key-vim.host.VirtualNic-vmk0",
  portgroup: natPortGroup,
  spec: { ip: { dhcp: false, ipAddress: managementAddress, subnetMask: "255.255.255.0" } },
};

/** What is on the network of the host. */
export interface NetworkParts {
  networks: Networks;
  dvs: Dvs;
  vms: { all: () => VirtualMachine[] };
}

/** HostNetworkInfo of the switches and port groups as they are. */
export function networkInfo({ networks, dvs, vms }: NetworkParts): Record<string, unknown> {
  const ports = connectedPorts(vms.all());
  const used = (name: string) =>
    networks.groups.reduce((sum, group) => {
      return group.switchName === name ? sum + (ports.get(group.name)?.length ?? 0) : sum;
    }, 0);
  const groupKey = (name: string) => `key-vim.host.PortGroup-${name}`;
  return {
    vswitch: networks.switches.map(({ name, numPorts }) => ({
      name,
      key: `key-vim.host.VirtualSwitch-${name}`,
      numPorts,
      numPortsAvailable: Math.max(0, numPorts - used(name)),
      mtu: 1500,
      portgroup: networks.groups.filter((g) => g.switchName === name).map((g) => groupKey(g.name)),
      spec: { numPorts, policy, mtu: 1500 },
    })),
    portgroup: networks.groups.map(({ name, vlanId, switchName }) => ({
      key: groupKey(name),
      port: ports.get(name) ?? [],
      vswitch: `key-vim.host.VirtualSwitch-${switchName}`,
      computedPolicy: policy,
      spec: { name, vlanId, vswitchName: switchName, policy: {} },
    })),
    proxySwitch: dvs.all
      .filter(({ record }) => record.hasHost)
      .map(({ record, groups }) => {
        const numPorts = groups.reduce((sum, group) => sum + group.numPorts, 0);
        return {
          dvsUuid: record.uuid,
          dvsName: record.name,
          key: `key-vim.host.ProxySwitch-${record.id}`,
          numPorts,
          numPortsAvailable: numPorts,
          mtu: 1500,
          spec: { backing: { _type: "DistributedVirtualSwitchHostMemberPnicBacking" } },
        };
      }),
    vnic: [vnic],
  };
}

/** HostPortGroupPort of each connected NIC, by segment. */
function connectedPorts(vms: VirtualMachine[]): Map<string, Record<string, unknown>[]> {
  const ports = new Map<string, Record<string, unknown>[]>();
  for (const { record } of vms) {
    for (const { backing, connectable, macAddress, key } of record.config.devices) {
      const segment = macAddress === undefined ? undefined : segmentOf(backing);
      if (segment === undefined || !connectable?.connected) continue;
      const port = { key: `${record.id}-${key}`, mac: [macAddress], type: "virtualMachine" };
      ports.set(segment, [...(ports.get(segment) ?? []), port]);
    }
  }
  return ports;
}

/** HostVirtualNicManagerInfo: the management address. */
export function virtualNicManagerInfo(): Record<string, unknown> {
  const config = {
    nicType: "management",
    multiSelectAllowed: true,
    candidateVnic: [vnic],
    selectedVnic: [vnic.key],
  };
  return { netConfig: [config] };
}
