/** `docker ps`. */
import { VicError } from "../../errors/errors.ts";
import type { Container, Image } from "../../portlayer/api/types.ts";
import type { Filters } from "../wire/filters.ts";
import { humanDuration, unixSeconds } from "../wire/time.ts";
import type { Engine } from "./engine.ts";
import { endpoints, shownImage, shownStatus } from "./inspect.ts";
import { findImageIn } from "./lookup.ts";
import { shownMounts } from "./mounts.ts";
import { portText } from "./ports.ts";
import { containerSizes } from "./sizes.ts";

/** Filter keys `docker ps` knows. */
export const listFilters = [
  "ancestor",
  "before",
  "exited",
  "expose",
  "health",
  "id",
  "is-task",
  "isolation",
  "label",
  "name",
  "network",
  "publish",
  "since",
  "status",
  "volume",
];
const healths = ["none", "starting", "healthy", "unhealthy"];
const statuses = ["created", "running", "paused", "restarting", "removing", "exited", "dead"];

/** What to list. */
export interface ListOptions {
  all: boolean;
  /** At most so many; 0 for all. */
  limit: number;
  size: boolean;
  filters: Filters;
  apiMinor: number;
}

/** GET /containers/json, newest first. */
export async function listContainers(engine: Engine, options: ListOptions) {
  for (const status of options.filters.get("status")) {
    if (!statuses.includes(status)) {
      throw new VicError("invalid", `invalid filter 'status=${status}'`);
    }
  }
  for (const health of options.filters.get("health")) {
    if (!healths.includes(health)) {
      throw new VicError("invalid", `Unrecognised filter value for health: ${health}`);
    }
  }
  const [containers, images] = await Promise.all([
    engine.portLayer.containers(),
    engine.portLayer.images(),
  ]);
  const isShown = makeFilter(containers, images, options);
  const shown = containers.filter(isShown);
  const limited = options.limit > 0 ? shown.slice(0, options.limit) : shown;
  const sizes = options.size ? await containerSizes(engine, limited) : undefined;
  return limited.map((container) => ({
    ...summary(container, images, options),
    ...sizes?.get(container.record.id),
  }));
}

function makeFilter(containers: Container[], images: Image[], options: ListOptions) {
  const { filters } = options;
  const isAll =
    options.all ||
    options.limit > 0 ||
    ["before", "since", "status", "exited"].some((k) => filters.has(k));
  const created = (key: string) =>
    filters
      .get(key)
      .map((ref) => createdAt(containers, ref))
      .at(-1);
  const before = created("before");
  const since = created("since");
  const exitCodes = filters.get("exited").map((text) => {
    if (/^-?\d{1,9}$/.test(text)) return Number(text);
    throw new VicError("invalid", `invalid filter 'exited=${text}'`);
  });
  const published = portRanges(filters, "publish");
  const exposed = portRanges(filters, "expose");
  const ancestors = filters.get("ancestor").map((ref) => {
    try {
      return findImageIn(images, ref).image.id;
    } catch {
      return "";
    }
  });
  return (container: Container): boolean => {
    const { record, status } = container;
    const isStopped = status === "exited" || status === "dead";
    const networkNames =
      record.networks.length === 0
        ? ["none"]
        : record.networks.flatMap((n) => [n.network, n.networkId]);
    return (
      (isAll || status === "running" || container.isRestarting) &&
      filters.is("status", shownStatus(container)) &&
      (!filters.has("exited") || (isStopped && exitCodes.includes(container.exitCode))) &&
      filters.some("id", (id) => record.id.startsWith(id)) &&
      filters.matchesName(record.name) &&
      filters.labels(record.labels) &&
      filters.some("network", (name) => networkNames.includes(name)) &&
      filters.is("health", container.health?.status ?? "none") &&
      filters.is("isolation", "", "default") &&
      filters.bool("is-task") !== true &&
      filters.some("volume", (volume) =>
        shownMounts(container).some((mount) => mount.Destination === volume),
      ) &&
      hasPort(publishedPorts(container), published) &&
      hasPort(exposedPorts(container), exposed) &&
      (!filters.has("ancestor") || ancestors.includes(record.imageId)) &&
      (before === undefined || record.createdAt < before) &&
      (since === undefined || record.createdAt > since)
    );
  };
}

function createdAt(containers: Container[], ref: string): string {
  const name = ref.replace(/^\//, "");
  const found =
    containers.find((c) => c.record.id === name || c.record.name === name) ??
    containers.find((c) => name !== "" && c.record.id.startsWith(name));
  if (!found) throw new VicError("not-found", `No such container: ${ref}`);
  return found.record.createdAt;
}

interface PortRange {
  from: number;
  to: number;
  protocol: string;
}

/** `80`, `80/tcp` or `80-90/tcp`, of filters for published or exposed ports. */
function portRanges(filters: Filters, key: string): PortRange[] {
  return filters.get(key).map((spec) => {
    const match = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(spec);
    if (match) {
      const [, from, to = from, protocol = "tcp"] = match;
      return { from: Number(from), to: Number(to), protocol };
    }
    const why = `strconv.ParseUint: parsing "${spec}": invalid syntax`;
    throw new VicError("invalid", `error while looking up for ${key} ${spec}: ${why}`);
  });
}

function hasPort(ports: string[], ranges: PortRange[]): boolean {
  if (ranges.length === 0) return true;
  return ports.some((text) => {
    const [port = "", protocol = "tcp"] = text.split("/");
    const isIn = ({ from, to }: PortRange) => Number(port) >= from && Number(port) <= to;
    return ranges.some((range) => isIn(range) && range.protocol === protocol);
  });
}

/** As in dockerd a port is exposed while there is a network to expose it to. */
function exposedPorts({ status, record }: Container): string[] {
  const { ExposedPorts = {} } = record.docker.config as { ExposedPorts?: object };
  return status === "running" ? Object.keys(ExposedPorts) : [];
}

function publishedPorts({ ports }: Container): string[] {
  return ports.map((p) => portText({ ...p, port: p.containerPort }));
}

function summary(container: Container, images: Image[], options: ListOptions) {
  const { record } = container;
  const hostConfig = record.docker.hostConfig as {
    NetworkMode?: string;
    Annotations?: Record<string, string>;
  } | null;
  const mode = hostConfig?.NetworkMode;
  return {
    Id: record.id,
    Names: [`/${record.name}`],
    Image: shownImage(container, images),
    ImageID: record.imageId,
    Command: commandText(container.process.args),
    Created: unixSeconds(record.createdAt),
    Ports: portList(container),
    Labels: record.labels,
    State: shownStatus(container),
    Status: statusText(container, Date.now()),
    HostConfig: {
      NetworkMode: mode === undefined || mode === "default" ? "bridge" : mode,
      ...(options.apiMinor >= 46 && hostConfig?.Annotations
        ? { Annotations: hostConfig.Annotations }
        : {}),
    },
    NetworkSettings: {
      Networks: endpoints(container, options.apiMinor),
    },
    Mounts: shownMounts(container),
  };
}

function commandText([path = "", ...args]: string[]): string {
  return [path, ...args.map((arg) => (arg.includes(" ") ? `'${arg}'` : arg))].join(" ");
}

/** The STATUS column. */
export function statusText(container: Container, nowMs: number): string {
  const since = (time: string) => humanDuration(Math.max(nowMs - Date.parse(time), 0));
  switch (container.status) {
    case "running":
      return `Up ${since(container.startedAt)}${condition(container)}`;
    case "exited":
      if (container.isRestarting)
        return `Restarting (${container.exitCode}) ${since(container.finishedAt)} ago`;
      return `Exited (${container.exitCode}) ${since(container.finishedAt || container.record.createdAt)} ago`;
    case "removing":
      return "Removal In Progress";
    case "dead":
      return "Dead";
    case "created":
      return "Created";
  }
}

function condition({ isPaused, health }: Container): string {
  if (isPaused) return " (Paused)";
  if (health === undefined) return "";
  return ` (${health.status === "starting" ? "health: starting" : health.status})`;
}

function portList(container: Container) {
  if (container.status !== "running") return [];
  const published = container.ports.map((p) => ({
    IP: p.hostAddress || "0.0.0.0",
    PrivatePort: p.containerPort,
    PublicPort: p.hostPort,
    Type: p.protocol,
  }));
  const taken = new Set(container.ports.map((p) => `${p.containerPort}/${p.protocol}`));
  const { ExposedPorts = {} } = container.record.docker.config as { ExposedPorts?: object };
  const exposed = Object.keys(ExposedPorts)
    .map((text) => (text.includes("/") ? text : `${text}/tcp`))
    .filter((text) => !taken.has(text))
    .map((text) => {
      const [port = "0", protocol = "tcp"] = text.split("/");
      return { PrivatePort: Number(port), Type: protocol };
    });
  return [...exposed, ...published];
}
