import type { MoRef } from "../../../vim25/types.ts";
import type { Dvs } from "../dvs.ts";
import type { Networks } from "../networks.ts";
import { deviceFault } from "./device-plan.ts";
import type { Backing } from "./record.ts";

/** Where NICs can be put. */
export interface NetworkPlaces {
  networks: Networks;
  dvs: Dvs;
}

/** The backing of a NIC that a spec asks for, and the name of its network. */
export function networkBacking(
  places: NetworkPlaces,
  wanted: unknown,
): { backing: Backing; label: string } {
  const backing = wanted as (Backing & { network?: MoRef; port?: Port }) | undefined;
  switch (backing?._type) {
    case "VirtualEthernetCardNetworkBackingInfo":
      return onPortGroup(places, backing);
    case "VirtualEthernetCardDistributedVirtualPortBackingInfo":
      return onDistributed(places, backing.port);
    default:
      throw deviceFault("InvalidDeviceBacking", "backing", "name a port group of this host");
  }
}

/** DistributedVirtualSwitchPortConnection. */
interface Port {
  switchUuid?: string;
  portgroupKey?: string;
}

function onPortGroup({ networks }: NetworkPlaces, backing: Backing & { network?: MoRef }) {
  const group =
    networks.group(backing.deviceName ?? "") ??
    (backing.network && networks.byRef(backing.network));
  if (!group) {
    const name = backing.deviceName ?? backing.network?.value;
    throw deviceFault("InvalidDeviceBacking", "backing", `there is no port group "${name}"`);
  }
  const made: Backing = {
    _type: "VirtualEthernetCardNetworkBackingInfo",
    deviceName: group.name,
    useAutoDetect: false,
    network: networks.refOf(group.name),
  };
  return { backing: made, label: group.name };
}

function onDistributed({ dvs }: NetworkPlaces, port: Port | undefined) {
  const group = dvs.group(port?.portgroupKey ?? "");
  const owner = group && dvs.switch(group.dvs);
  const isRight = owner && (!port?.switchUuid || port.switchUuid === owner.uuid);
  if (!group || !isRight) {
    const text = `there is no distributed port group "${port?.portgroupKey}" on that switch`;
    throw deviceFault("InvalidDeviceBacking", "backing.port", text);
  }
  if (group.isUplink || !owner.hasHost) {
    const why = group.isUplink ? "is for uplinks" : "is on a switch without this host";
    throw deviceFault("InvalidDeviceBacking", "backing.port", `${group.name} ${why}`);
  }
  const made: Backing = {
    _type: "VirtualEthernetCardDistributedVirtualPortBackingInfo",
    port: { switchUuid: owner.uuid, portgroupKey: group.id },
  };
  return { backing: made, label: `DVSwitch: ${owner.uuid}` };
}
