import { build, version, versionString } from "../../version/version.ts";
import type { Hardware } from "./hardware.ts";

/** Version of the vSphere API that is spoken. */
export const apiVersion = "6.7";

/** Where guests on the NAT network find this machine's loopback services. */
export const managementAddress = "10.0.2.2";

/** AboutInfo: an ESX-like host (HostAgent), and honest about which. */
export function aboutInfo(hardware: Hardware): Record<string, unknown> {
  return {
    name: "vic-host",
    fullName: `vic-host ${versionString} (vSphere API ${apiVersion} on QEMU)`,
    vendor: "VIC Engine",
    version: "6.7.0",
    build,
    localeVersion: "INTL",
    localeBuild: "000",
    osType: `${process.platform}-${process.arch}`,
    productLineId: "vic-host",
    apiType: "HostAgent",
    apiVersion,
    instanceUuid: hardware.uuid,
    licenseProductName: "vic-host",
    licenseProductVersion: version,
  };
}
