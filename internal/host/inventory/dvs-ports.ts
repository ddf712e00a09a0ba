import type { DvsRecord } from "./dvs-record.ts";
import { vmRef } from "./refs.ts";
import { segmentOf } from "./vm/segment.ts";
import type { VirtualMachine } from "./vm/virtual-machine.ts";

/** The part of a DistributedVirtualSwitchPortCriteria that is honoured. */
export interface PortCriteria {
  connected?: boolean;
  uplinkPort?: boolean;
  portgroupKey?: string[];
  /** False: everything but {@link portgroupKey}. */
  inside?: boolean;
  portKey?: string[];
}

/** DistributedVirtualPort of each NIC on these port groups; a port without a NIC is made when one is put on it. */
export function portsOf(
  record: DvsRecord,
  groups: { id: string; version: number }[],
  vms: VirtualMachine[],
  { connected, uplinkPort, portgroupKey = [], inside = true, portKey = [] }: PortCriteria,
): Record<string, unknown>[] {
  if (connected === false || uplinkPort === true) return [];
  const isWanted = (key: string) =>
    portgroupKey.length === 0 || portgroupKey.includes(key) === inside;
  const ports = vms.flatMap(({ record: vm }) =>
    vm.config.devices.flatMap((device) => {
      const segment = device.macAddress === undefined ? undefined : segmentOf(device.backing);
      const group = groups.find(({ id }) => id === segment);
      if (!group || !isWanted(group.id)) return [];
      const connectedEntity = vmRef(vm.id);
      return [
        {
          key: `${vm.id}-${device.key}`,
          config: { configVersion: String(group.version) },
          dvsUuid: record.uuid,
          portgroupKey: group.id,
          connectee: { connectedEntity, nicKey: String(device.key), type: "vmVnic" },
          conflict: false,
          lastStatusChange: vm.config.modified,
        },
      ];
    }),
  );
  return portKey.length === 0 ? ports : ports.filter(({ key }) => portKey.includes(key));
}
