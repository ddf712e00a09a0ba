import type { MoRef } from "../../vim25/types.ts";
import { entityProperties } from "./entity.ts";
import type { ManagedObject } from "./inventory.ts";
import type { World } from "./world.ts";

type Properties = Record<string, () => unknown>;

/** Name of the compute resource and the host, as ESXi has it when it has no DNS name. */
export const hostEntityName = (world: World): string => world.hardware.hostName;

/** The entities above and around VMs that are always there: root, datacenter, folders, compute resource. */
export function fixedEntities(world: World): ManagedObject[] {
  const { hardware, refs, names } = world;
  const entity = (
    ref: MoRef,
    name: string,
    parent: MoRef | undefined,
    more: Properties,
  ): ManagedObject => ({
    ref,
    properties: {
      ...entityProperties(
        () => name,
        () => parent,
      ),
      ...more,
    },
  });
  const folder = (ref: MoRef, name: string, childType: string[], children: () => MoRef[]) =>
    entity(ref, name, ref === refs.rootFolder ? undefined : refs.datacenter, {
      childType: () => childType,
      childEntity: children,
    });
  const environmentBrowser = () => refs.environmentBrowser;
  return [
    folder(refs.rootFolder, names.root, ["Datacenter"], () => [refs.datacenter]),
    folder(refs.hostFolder, "host", ["ComputeResource"], () => [refs.computeResource]),
    folder(refs.datastoreFolder, "datastore", ["Datastore"], () => world.datastores.refs),
    folder(refs.networkFolder, "network", ["Network"], () => [
      ...world.networkRefs,
      ...world.dvs.switchRefs,
    ]),
    entity(refs.datacenter, names.datacenter, refs.rootFolder, {
      vmFolder: () => refs.vmFolder,
      hostFolder: () => refs.hostFolder,
      datastoreFolder: () => refs.datastoreFolder,
      networkFolder: () => refs.networkFolder,
      datastore: () => world.datastores.refs,
      network: () => world.networkRefs,
      configuration: () => ({}),
    }),
    entity(refs.computeResource, names.computeResource ?? hostEntityName(world), refs.hostFolder, {
      resourcePool: () => refs.rootPool,
      host: () => [refs.host],
      datastore: () => world.datastores.refs,
      network: () => world.networkRefs,
      environmentBrowser,
      ...world.cluster.properties(),
      summary: () => ({
        ...world.cluster.summary(),
        totalCpu: hardware.cpuCount * hardware.cpuMhz,
        totalMemory: hardware.memoryBytes,
        numCpuCores: hardware.cpuCount,
        numCpuThreads: hardware.cpuCount,
        effectiveCpu: hardware.cpuCount * hardware.cpuMhz,
        effectiveMemory: Math.floor(hardware.memoryBytes / 1024 / 1024),
        numHosts: 1,
        numEffectiveHosts: 1,
        overallStatus: "green",
      }),
    }),
    {
      ref: refs.environmentBrowser,
      properties: { datastoreBrowser: () => refs.datastoreBrowser },
    },
  ];
}
