import { aboutInfo } from "./about.ts";
import type { ManagedObject } from "./inventory.ts";
import { refs } from "./refs.ts";
import { counters } from "./perf-counters.ts";
import type { World } from "./world.ts";

/** ServiceContent: where everything is. */
export function serviceContent(world: World): Record<string, unknown> {
  return {
    rootFolder: refs.rootFolder,
    propertyCollector: refs.propertyCollector,
    viewManager: refs.viewManager,
    about: aboutInfo(world.hardware),
    setting: refs.setting,
    userDirectory: refs.userDirectory,
    sessionManager: refs.sessionManager,
    authorizationManager: refs.authorizationManager,
    perfManager: refs.perfManager,
    eventManager: refs.eventManager,
    taskManager: refs.taskManager,
    licenseManager: refs.licenseManager,
    searchIndex: refs.searchIndex,
    fileManager: refs.fileManager,
    virtualDiskManager: refs.virtualDiskManager,
  };
}

/** The roles there are; everybody who may log in is an administrator. */
const roles = [
  role(-1, "Admin", "Administrator"),
  role(-2, "ReadOnly", "Read-only"),
  role(-5, "NoAccess", "No access"),
];

function role(roleId: number, name: string, label: string): Record<string, unknown> {
  return { roleId, system: true, name, info: { label, summary: label }, privilege: [] };
}

const license = {
  licenseKey: "00000-00000-00000-00000-00000",
  editionKey: "vic-host",
  name: "vic-host needs no licence",
  total: 0,
  used: 0,
  costUnit: "host",
};

/** Service-wide managers and their properties. */
export function managers(world: World): ManagedObject[] {
  const { events, hardware } = world;
  return [
    {
      ref: refs.serviceInstance,
      properties: {
        content: () => serviceContent(world),
        serverClock: () => new Date().toISOString(),
        capability: () => ({
          provisioningSupported: true,
          multiHostSupported: false,
          userShellAccessSupported: false,
        }),
      },
    },
    {
      ref: refs.eventManager,
      properties: {
        latestEvent: () => events.latest,
        maxCollector: () => 32,
        description: () => ({ category: [], eventInfo: [] }),
      },
    },
    {
      ref: refs.taskManager,
      properties: {
        recentTask: () => world.tasks.recent,
        maxCollector: () => 0,
        description: () => ({ methodInfo: [], state: [], reason: [] }),
      },
    },
    {
      ref: refs.authorizationManager,
      properties: {
        roleList: () => roles,
        privilegeList: () => [],
        description: () => ({ privilege: [], privilegeGroup: [] }),
      },
    },
    {
      ref: refs.licenseManager,
      properties: {
        source: () => ({}),
        sourceAvailable: () => true,
        licensedEdition: () => "vic-host",
        licenses: () => [license],
        evaluation: () => ({ properties: [] }),
      },
    },
    {
      ref: refs.perfManager,
      properties: {
        perfCounter: () => counters,
        historicalInterval: () => [],
        description: () => ({ counterType: [], statsType: [] }),
      },
    },
    {
      ref: refs.setting,
      properties: {
        setting: () => settings(hardware.hostName),
        supportedOption: () => [],
      },
    },
    { ref: refs.userDirectory, properties: { domainList: () => [] } },
    { ref: refs.searchIndex, properties: {} },
    { ref: refs.fileManager, properties: {} },
    { ref: refs.virtualDiskManager, properties: {} },
  ];
}

/** Options of the host that can be read. */
export function settings(hostName: string): { key: string; value: string }[] {
  return [{ key: "Misc.HostName", value: hostName }];
}
