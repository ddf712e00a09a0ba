import { aboutInfo } from "./about.ts";
import { authorizationDescription, roleList } from "../access/describe.ts";
import { privileges } from "../access/privileges.ts";
import { eventDescription } from "../events/event-catalogue.ts";
import { collectorsMax } from "../events/history.ts";
import type { ManagedObject } from "./inventory.ts";
import { refs } from "./refs.ts";
import { counters, performanceDescription } from "../perf/counters.ts";
import { taskDescription } from "./task-names.ts";
import type { World } from "./world.ts";

/** ServiceContent: where everything is. */
export function serviceContent(world: World): Record<string, unknown> {
  return {
    rootFolder: world.refs.rootFolder,
    propertyCollector: refs.propertyCollector,
    viewManager: refs.viewManager,
    about: aboutInfo(world.hardware, world.mode),
    setting: refs.setting,
    userDirectory: refs.userDirectory,
    sessionManager: refs.sessionManager,
    authorizationManager: refs.authorizationManager,
    perfManager: refs.perfManager,
    eventManager: refs.eventManager,
    guestOperationsManager: refs.guestOperationsManager,
    taskManager: refs.taskManager,
    licenseManager: refs.licenseManager,
    diagnosticManager: refs.diagnosticManager,
    ...(world.mode === "esx" ? { accountManager: refs.accountManager } : {}),
    searchIndex: refs.searchIndex,
    fileManager: refs.fileManager,
    virtualDiskManager: refs.virtualDiskManager,
    ...(world.mode === "vcenter"
      ? {
          datastoreNamespaceManager: refs.datastoreNamespaceManager,
          extensionManager: refs.extensionManager,
          customFieldsManager: refs.customFieldsManager,
          scheduledTaskManager: refs.scheduledTaskManager,
        }
      : {}),
  };
}

/** Service-wide managers and their properties. */
export function managers(world: World): ManagedObject[] {
  const { access, events, options } = world;
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
      ref: refs.guestOperationsManager,
      properties: {
        authManager: () => refs.guestAuthManager,
        fileManager: () => refs.guestFileManager,
        processManager: () => refs.guestProcessManager,
      },
    },
    { ref: refs.guestAuthManager, properties: {} },
    { ref: refs.guestFileManager, properties: {} },
    { ref: refs.guestProcessManager, properties: {} },
    {
      ref: refs.eventManager,
      properties: {
        latestEvent: () => events.latest,
        maxCollector: () => collectorsMax,
        description: () => eventDescription,
      },
    },
    {
      ref: refs.taskManager,
      properties: {
        recentTask: () => world.tasks.recent,
        maxCollector: () => collectorsMax,
        description: () => taskDescription,
      },
    },
    {
      ref: refs.authorizationManager,
      properties: {
        roleList: () => roleList(access),
        privilegeList: () => privileges,
        description: () => authorizationDescription,
      },
    },
    {
      ref: refs.licenseManager,
      properties: {
        source: () => ({}),
        sourceAvailable: () => true,
        licensedEdition: () => "vic-host",
        licenses: () => world.licenses.list(),
        licenseAssignmentManager: () => refs.licenseAssignmentManager,
        evaluation: () => world.licenses.evaluation(),
      },
    },
    {
      ref: refs.perfManager,
      properties: {
        perfCounter: () => counters,
        historicalInterval: () => [],
        description: () => performanceDescription,
      },
    },
    { ref: refs.licenseAssignmentManager, properties: {} },
    {
      ref: refs.setting,
      properties: {
        setting: () => options.list("service"),
        supportedOption: () => options.supported("service"),
      },
    },
    {
      ref: refs.advancedOption,
      properties: {
        setting: () => options.list("host"),
        supportedOption: () => options.supported("host"),
      },
    },
    { ref: refs.diagnosticManager, properties: {} },
    { ref: refs.accountManager, properties: {} },
    { ref: refs.userDirectory, properties: { domainList: () => [] } },
    { ref: refs.searchIndex, properties: {} },
    { ref: refs.fileManager, properties: {} },
    { ref: refs.virtualDiskManager, properties: {} },
    ...(world.mode === "vcenter" ? vcenterManagers : []),
  ];
}

/** Managers that only a vCenter has. Nobody can extend, label or schedule anything, so they are empty. */
const vcenterManagers: ManagedObject[] = [
  { ref: refs.datastoreNamespaceManager, properties: {} },
  { ref: refs.extensionManager, properties: { extensionList: () => [] } },
  { ref: refs.customFieldsManager, properties: { field: () => [] } },
  { ref: refs.scheduledTaskManager, properties: { scheduledTask: () => [] } },
];
