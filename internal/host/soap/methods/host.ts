import { virtualNicManagerInfo } from "../../inventory/network-info.ts";
import { type Methods, param } from "../call.ts";

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
