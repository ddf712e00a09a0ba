/** `--cpu-shares`: how containers share a host is how vSphere shares it between their VMs. */
import type { DataObject } from "../../vim25/types.ts";

/** Docker's usual weight; vSphere's is 1000 for each CPU. */
const dockerNormal = 1024;
const vsphereNormal = 1000;
const vsphereMax = 1_000_000;

/** The fields of a VirtualMachineConfigSpec; without shares the usual weight. */
export function cpuShares(shares: number | undefined, cpus: number): { cpuAllocation: DataObject } {
  if (shares === undefined) return { cpuAllocation: { shares: { level: "normal", shares: 0 } } };
  const weight = Math.round((shares / dockerNormal) * vsphereNormal * cpus);
  const custom = Math.min(Math.max(weight, 1), vsphereMax);
  return { cpuAllocation: { shares: { level: "custom", shares: custom } } };
}
