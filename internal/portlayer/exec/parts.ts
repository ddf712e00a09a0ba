/** What the operations on containers work with. */
import type { ApplianceConfig } from "../../guest/config.ts";
import type { Chores } from "../chores.ts";
import type { EventRing } from "../events/ring.ts";
import type { Event } from "../api/types.ts";
import type { OfflineParts } from "../files/offline.ts";
import type { Networks } from "../network/networks.ts";
import type { PublishedPorts } from "../network/ports.ts";
import type { Spares } from "../templates/spares.ts";
import type { Templates } from "../templates/templates.ts";
import type { AttachSessions } from "./attach.ts";
import type { ContainerCache } from "./cache.ts";
import type { Connections } from "./connections.ts";
import type { Entry } from "./entry.ts";
import type { Execs } from "./execs.ts";
import type { HeldVms } from "./held.ts";
import type { Identities } from "./identities.ts";
import type { Vms } from "./vms.ts";

/** What is needed of the image store. */
export interface ImageDisks {
  /** Datastore path of the image's disk and the partitions of its layers, lowest first. */
  rootfs(id: string): { path: string; partitions: number[] };
}

/** See the file's head. */
export interface ExecParts {
  config: ApplianceConfig;
  /** Of the control channel. */
  identities: Identities;
  /** Link-local address of the appliance on the bridge, without zone. */
  controlAddress: string;
  vms: Vms;
  cache: ContainerCache;
  networks: Networks;
  ports: PublishedPorts;
  events: EventRing;
  connections: Connections;
  attachSessions: AttachSessions;
  execs: Execs;
  templates: Templates;
  spares: Spares;
  held: HeldVms;
  images: ImageDisks;
  chores: Chores;
  /** What the appliance itself asks for names; may change with its lease. */
  nameservers(): string[];
  /** Datastore path of the formatted disk that writable disks are children of. */
  scratch(): Promise<string>;
  /** Where the files of containers are looked at whose VM is off. */
  offline: OfflineParts;
  /** Resolves when all who are reading the log of a container that has ended have it, or do not read any more. */
  logsRead(id: string): Promise<void>;
  /** Takes a container's disk away from log readers. */
  releaseLogs(id: string): Promise<void>;
}

/** `[datastore] folder` of a container's files. */
export function containerFolder(config: ApplianceConfig, id: string): string {
  return `${config.storage.imageStore}/containers/${id}`;
}

/** Publishes an event of a container with the attributes Docker gives it. */
export function publish(
  parts: Pick<ExecParts, "events">,
  entry: Entry,
  action: Event["action"],
  attributes: Record<string, string> = {},
): void {
  const { record } = entry.facts;
  const common = { ...record.labels, name: record.name, image: record.imageName };
  parts.events.publish({
    type: "container",
    action,
    id: entry.id,
    attributes: { ...common, ...attributes },
  });
}
