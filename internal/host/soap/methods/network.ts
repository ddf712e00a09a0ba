import type { PortGroupRecord, SwitchSpec } from "../../inventory/networks.ts";
import { type Call, type Methods, param } from "../call.ts";

/** HostNetworkSystem. */
export const hostNetworkSystem: Methods = {
  AddVirtualSwitch: (call) =>
    call.world.networks.addSwitch(
      param<string>(call, "vswitchName"),
      param<SwitchSpec | undefined>(call, "spec"),
    ),
  UpdateVirtualSwitch: (call) =>
    call.world.networks.updateSwitch(
      param<string>(call, "vswitchName"),
      param<SwitchSpec>(call, "spec"),
    ),
  RemoveVirtualSwitch: (call) =>
    call.world.networks.removeSwitch(param<string>(call, "vswitchName")),
  AddPortGroup: (call) => call.world.networks.addGroup(portGroup(call)),
  UpdatePortGroup: (call) =>
    call.world.networks.updateGroup(param<string>(call, "pgName"), portGroup(call)),
  RemovePortGroup: (call) => call.world.networks.removeGroup(param<string>(call, "pgName")),
  RefreshNetworkSystem: () => undefined,
  QueryNetworkHint: () => [],
};

function portGroup(call: Call): PortGroupRecord {
  const { name, vlanId, vswitchName } = param<{
    name: string;
    vlanId: number;
    vswitchName: string;
  }>(call, "portgrp");
  return { name, vlanId, switchName: vswitchName };
}
