import { managementAddress } from "./about.ts";
import { natPortGroup, type Networks } from "./networks.ts";

const securityPolicy = { allowPromiscuous: false, macChanges: true, forgedTransmits: true };
const policy = { security: securityPolicy };
/** The one address at which guests reach this machine. */
const vnic = {
  device: "vmk0",
  key: "key-vim.host.VirtualNic-vmk0",
  portgroup: natPortGroup,
  spec: { ip: { dhcp: false, ipAddress: managementAddress, subnetMask: "255.255.255.0" } },
};

/** HostNetworkInfo of the switches and port groups as they are. */
export function networkInfo(networks: Networks): Record<string, unknown> {
  const groupKey = (name: string) => `key-vim.host.PortGroup-${name}`;
  return {
    vswitch: networks.switches.map(({ name, numPorts }) => ({
      name,
      key: `key-vim.host.VirtualSwitch-${name}`,
      numPorts,
      numPortsAvailable: numPorts,
      mtu: 1500,
      portgroup: networks.groups.filter((g) => g.switchName === name).map((g) => groupKey(g.name)),
      spec: { numPorts, policy, mtu: 1500 },
    })),
    portgroup: networks.groups.map(({ name, vlanId, switchName }) => ({
      key: groupKey(name),
      vswitch: `key-vim.host.VirtualSwitch-${switchName}`,
      computedPolicy: policy,
      spec: { name, vlanId, vswitchName: switchName, policy: {} },
    })),
    vnic: [vnic],
  };
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
