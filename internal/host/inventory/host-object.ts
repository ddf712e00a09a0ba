import { aboutInfo } from "./about.ts";
import { entityProperties } from "./entity.ts";
import { hostEntityName } from "./fixed.ts";
import type { ManagedObject } from "./inventory.ts";
import { networkInfo, virtualNicManagerInfo } from "./network-info.ts";
import { dateTimeInfo, serviceInfo } from "../settings/host-services.ts";
import type { World } from "./world.ts";

/** What the host says of the endpoint it is reached at. */
export interface EndpointFacts {
  port: number;
  /** SHA-1 thumbprint of the certificate. */
  sslThumbprint: string;
}

const mib = 1024 * 1024;

/** The HostSystem and the managers that hang on it. */
export function hostObjects(world: World, endpoint: EndpointFacts): ManagedObject[] {
  const { hardware, vms, datastores, refs } = world;
  const { cpuCount, cpuMhz, cpuModel, memoryBytes, uuid } = hardware;
  const name = hostEntityName(world);
  const about = aboutInfo(hardware, "esx");
  const runtime = () => ({
    connectionState: "connected",
    powerState: "poweredOn",
    inMaintenanceMode: false,
    bootTime: hardware.bootTime,
  });
  const hardwareSummary = {
    vendor: "VIC Engine",
    model: `QEMU (${world.hypervisor.accelerator.name})`,
    uuid,
    memorySize: memoryBytes,
    cpuModel,
    cpuMhz,
    numCpuPkgs: 1,
    numCpuCores: cpuCount,
    numCpuThreads: cpuCount,
    numNics: 0,
    numHBAs: 0,
  };
  const host: ManagedObject = {
    ref: refs.host,
    properties: {
      ...entityProperties(
        () => name,
        () => refs.computeResource,
      ),
      configIssue: () => configIssues(world),
      runtime,
      summary: () => ({
        host: refs.host,
        hardware: hardwareSummary,
        runtime: runtime(),
        config: { name, ...endpoint, product: about, vmotionEnabled: false },
        quickStats: {
          overallCpuUsage: world.hostUse.cpuMhz,
          overallMemoryUsage: world.hostUse.memoryMiB,
          uptime: world.hostUse.uptimeSeconds,
        },
        overallStatus: "green",
        rebootRequired: false,
      }),
      hardware: () => ({
        systemInfo: { vendor: hardwareSummary.vendor, model: hardwareSummary.model, uuid },
        cpuInfo: {
          numCpuPackages: 1,
          numCpuCores: cpuCount,
          numCpuThreads: cpuCount,
          hz: cpuMhz * 1_000_000,
        },
        cpuPkg: [],
        memorySize: memoryBytes,
      }),
      config: () => ({
        host: refs.host,
        product: about,
        network: networkInfo(world),
        virtualNicManagerInfo: virtualNicManagerInfo(),
        firewall: world.firewall.info(),
        service: serviceInfo(),
        dateTimeInfo: dateTimeInfo(),
        option: world.options.list("host"),
        virtualMachineReservation: {
          virtualMachineMin: 0,
          virtualMachineMax: Math.floor(memoryBytes / mib),
          virtualMachineReserved: 0,
          allocationPolicy: "swapSome",
        },
      }),
      configManager: () => ({
        networkSystem: refs.networkSystem,
        virtualNicManager: refs.virtualNicManager,
        firewallSystem: refs.firewallSystem,
        datastoreSystem: refs.datastoreSystem,
        storageSystem: refs.storageSystem,
        advancedOption: refs.advancedOption,
        serviceSystem: refs.serviceSystem,
        dateTimeSystem: refs.dateTimeSystem,
        accountManager: refs.accountManager,
        licenseManager: refs.licenseManager,
      }),
      vm: () => vms.all().map((vm) => vm.ref),
      datastore: () => datastores.refs,
      network: () => world.networkRefs,
      datastoreBrowser: () => refs.datastoreBrowser,
      licensableResource: () => ({ resource: [] }),
    },
  };
  const capabilities = { nfsMountCreationRequired: false, nfsMountCreationSupported: false };
  return [
    host,
    { ref: refs.networkSystem, properties: { networkInfo: () => networkInfo(world) } },
    { ref: refs.virtualNicManager, properties: { info: virtualNicManagerInfo } },
    { ref: refs.firewallSystem, properties: { firewallInfo: () => world.firewall.info() } },
    { ref: refs.serviceSystem, properties: { serviceInfo } },
    { ref: refs.dateTimeSystem, properties: { dateTimeInfo } },
    { ref: refs.dynamicTypeManager, properties: {} },
    { ref: refs.methodExecuter, properties: {} },
    {
      ref: refs.storageSystem,
      properties: { fileSystemVolumeInfo: () => volumes(world), systemFile: () => [] },
    },
    {
      ref: refs.datastoreSystem,
      properties: {
        datastore: () => datastores.refs,
        capabilities: () => ({ ...capabilities, localDatastoreSupported: true }),
      },
    },
    { ref: refs.datastoreBrowser, properties: { datastore: () => datastores.refs } },
  ];
}

/** What the user should know of this host: without hardware virtualisation everything is slow. */
function configIssues({ hypervisor, hardware }: World): Record<string, unknown>[] {
  const { name, reason } = hypervisor.accelerator;
  if (name !== "tcg") return [];
  const message = `virtual machines run in software emulation: ${reason}`;
  return [
    {
      _type: "EventEx",
      key: 0,
      chainId: 0,
      createdTime: hardware.bootTime,
      userName: "",
      fullFormattedMessage: message,
      eventTypeId: "vic.host.softwareEmulation",
      severity: "warning",
      message,
    },
  ];
}

/** HostFileSystemVolumeInfo: the folder of each datastore. */
function volumes({ datastores }: World): Record<string, unknown> {
  const mountInfo = datastores.all().map(({ name, root, space }) => ({
    mountInfo: { path: root, accessMode: "readWrite", mounted: true, accessible: true },
    volume: { type: "OTHER", name, capacity: space.capacityBytes },
  }));
  return { volumeTypeList: ["OTHER"], mountInfo };
}
