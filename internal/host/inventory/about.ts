import { build, version, versionString } from "../../version/version.ts";
import type { Hardware } from "./hardware.ts";
import type { Mode } from "./refs.ts";

/** Version of the vSphere API that is spoken. */
export const apiVersion = "6.7";

/** Where guests on the NAT network find this machine's loopback services. */
export const managementAddress = "10.0.2.2";

/** What tells clients of the two modes apart. */
const kinds: Record<Mode, { productLineId: string; apiType: string }> = {
  esx: { productLineId: "vic-host", apiType: "HostAgent" },
  vcenter: { productLineId: "vpx", apiType: "VirtualCenter" },
};

/** AboutInfo: like an ESXi host or a vCenter, and honest about what it is. */
export function aboutInfo(hardware: Hardware, mode: Mode): Record<string, unknown> {
  return {
    name: "vic-host",
    fullName: `vic-host ${versionString} (vSphere API ${apiVersion} on QEMU)`,
    vendor: "VIC Engine",
    version: "6.7.0",
    build,
    localeVersion: "INTL",
    localeBuild: "000",
    osType: `${process.platform}-${process.arch}`,
    ...kinds[mode],
    apiVersion,
    instanceUuid: hardware.uuid,
    licenseProductName: "vic-host",
    licenseProductVersion: version,
  };
}
