import { virtualNicManagerInfo } from "../../inventory/network-info.ts";
import { type Methods, param } from "../call.ts";

/** HostNetworkSystem. */
export const hostNetworkSystem: Methods = {
  AddVirtualSwitch: (call) => {
    const spec = param<{ numPorts?: number } | undefined>(call, "spec");
    call.world.networks.addSwitch(param<string>(call, "vswitchName"), spec?.numPorts);
  },
  RemoveVirtualSwitch: (call) =>
    call.world.networks.removeSwitch(param<string>(call, "vswitchName")),
  AddPortGroup: (call) => {
    const { name, vlanId, vswitchName } = param<{
      name: string;
      vlanId: number;
      vswitchName: string;
    }>(call, "portgrp");
    return call.world.networks.addGroup({ name, vlanId, switchName: vswitchName });
  },
  RemovePortGroup: (call) => call.world.networks.removeGroup(param<string>(call, "pgName")),
  RefreshNetworkSystem: () => undefined,
  QueryNetworkHint: () => [],
};

/** HostVirtualNicManager. */
export const hostVirtualNicManager: Methods = {
  QueryNetConfig: (call) => {
    const wanted = param<string>(call, "nicType");
    const all = virtualNicManagerInfo()["netConfig"] as { nicType: string }[];
    return all.find((config) => config.nicType === wanted);
  },
};

/** HostSystem. */
export const hostSystem: Methods = {
  RetrieveHardwareUptime: (call) =>
    Math.max(0, Math.round((Date.now() - Date.parse(call.world.hardware.bootTime)) / 1000)),
};
