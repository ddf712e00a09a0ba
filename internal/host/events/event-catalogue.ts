/** What the API tells of the types of events: EventDescription, categories, and the arguments that each type has. */
import { baseOf, dataFields, isA } from "../../vim25/schema/schema.ts";
import { fault } from "../fault.ts";
import type { HostEvent } from "./event-log.ts";

type Category = "info" | "warning" | "error" | "user";

const categoryLabels: Record<Category, string> = {
  info: "Information",
  warning: "Warning",
  error: "Error",
  user: "User",
};

/** Every type that vic-host posts: what it means, and its category. */
const catalogue: Record<string, [description: string, category: Category]> = {
  BadUsernameSessionEvent: ["Login failed", "error"],
  DatastoreDestroyedEvent: ["Datastore removed", "info"],
  DatastoreDiscoveredEvent: ["Datastore added", "info"],
  DatastoreRenamedEvent: ["Datastore renamed", "info"],
  DVPortgroupCreatedEvent: ["Distributed port group added", "info"],
  DVPortgroupDestroyedEvent: ["Distributed port group removed", "info"],
  DVPortgroupReconfiguredEvent: ["Distributed port group reconfigured", "info"],
  DVPortgroupRenamedEvent: ["Distributed port group renamed", "info"],
  DrsVmPoweredOnEvent: ["VM powered on where DRS placed it", "info"],
  DvsCreatedEvent: ["Distributed switch added", "info"],
  DvsDestroyedEvent: ["Distributed switch removed", "info"],
  EventEx: ["An event of an extension", "info"],
  GeneralEvent: ["Something that the host has to say", "warning"],
  GeneralHostErrorEvent: ["Error of the host", "error"],
  GeneralHostInfoEvent: ["Notice of the host", "info"],
  GeneralHostWarningEvent: ["Warning of the host", "warning"],
  GeneralUserEvent: ["A message that a user logged", "user"],
  ResourcePoolCreatedEvent: ["Resource pool created", "info"],
  ResourcePoolDestroyedEvent: ["Resource pool removed", "info"],
  ResourcePoolReconfiguredEvent: ["Resource pool reconfigured", "info"],
  TaskEvent: ["Task", "info"],
  UserLoginSessionEvent: ["User login", "info"],
  UserLogoutSessionEvent: ["User logout", "info"],
  VmBeingClonedEvent: ["VM being cloned", "info"],
  VmClonedEvent: ["VM cloned", "info"],
  VmCreatedEvent: ["VM created", "info"],
  VmGuestRebootEvent: ["Guest asked to reboot", "info"],
  VmGuestShutdownEvent: ["Guest asked to shut down", "info"],
  VmMessageEvent: ["VM message", "info"],
  VmMessageErrorEvent: ["VM error message", "error"],
  VmPoweredOffEvent: ["VM powered off", "info"],
  VmPoweredOnEvent: ["VM powered on", "info"],
  VmReconfiguredEvent: ["VM reconfigured", "info"],
  VmRegisteredEvent: ["VM registered", "info"],
  VmRelocatedEvent: ["VM relocated", "info"],
  VmRemovedEvent: ["VM removed", "info"],
  VmRenamedEvent: ["VM renamed", "info"],
  VmResettingEvent: ["VM resetting", "info"],
  VmResourcePoolMovedEvent: ["VM moved to another resource pool", "info"],
  VmResumingEvent: ["VM going on", "info"],
  VmSuspendedEvent: ["VM suspended", "info"],
  VmSuspendingEvent: ["VM being suspended", "info"],
};

/** The category of an event; one that an extension posted brings its own severity. */
export function categoryOf(event: HostEvent): string {
  const severity = event["severity"];
  if (isA(event._type, "EventEx") && typeof severity === "string") return severity;
  return catalogue[event._type]?.[1] ?? "info";
}

const details = Object.entries(catalogue).map(([key, [description, category]]) => ({
  key,
  description,
  category,
  // vic-host words each message when it posts it: {0} in these forms would be of no use.
  formatOnDatacenter: "",
  formatOnComputeResource: "",
  formatOnHost: "",
  formatOnVm: "",
  fullFormat: "",
}));

/** EventDescription. */
export const eventDescription = {
  category: Object.entries(categoryLabels).map(([key, label]) => ({ key, label, summary: label })),
  eventInfo: details,
};

/** EventArgDesc of each field that events of this type have besides those that every event has. */
export function argumentDescriptions(eventTypeId: string): { name: string; type: string }[] {
  const type = eventTypeId.replace(/^vim\.event\./, "");
  const fields = isA(type, "Event") ? dataFields(type) : undefined;
  if (!fields) {
    throw fault("InvalidArgument", `there is no event type ${eventTypeId}`, {
      invalidProperty: "eventTypeId",
    });
  }
  const common = baseOf(type) === undefined ? undefined : dataFields("Event");
  return [...fields.values()]
    .filter(({ name }) => !common?.has(name))
    .map(({ name, type: declared }) => ({ name, type: declared }));
}
