/** `docker inspect` of a container. */
import { parseReference, withDefaultTag, canonical } from "../../image/reference.ts";
import type {
  Container,
  ContainerNetwork,
  Health,
  Image,
  PortBinding,
} from "../../portlayer/api/types.ts";
import { never } from "../wire/time.ts";
import { shownHostConfig } from "./echo.ts";
import type { Engine } from "./engine.ts";
import { shownLinks } from "./links.ts";
import { findContainer } from "./lookup.ts";
import { storageDriver } from "./identity.ts";
import { shownMounts } from "./mounts.ts";
import { portText } from "./ports.ts";
import { containerSizes } from "./sizes.ts";

/** Docker's word for the status; a paused container is a running one too, and so is one that restarts. */
export function shownStatus({ status, isPaused, isRestarting }: Container): string {
  if (isRestarting) return "restarting";
  return isPaused ? "paused" : status;
}

/** The State object. Pid is the VM's own affair: 0. */
function stateOf(container: Container): Record<string, unknown> {
  const { status } = container;
  return {
    Status: shownStatus(container),
    Running: status === "running" || container.isRestarting,
    Paused: container.isPaused,
    Restarting: container.isRestarting,
    OOMKilled: container.oomKilled,
    Dead: status === "dead",
    Pid: 0,
    ExitCode: container.exitCode,
    Error: container.error,
    StartedAt: container.startedAt || never,
    FinishedAt: container.finishedAt || never,
    ...(container.health === undefined ? {} : { Health: shownHealth(container.health) }),
  };
}

function shownHealth({ status, failingStreak, log }: Health): Record<string, unknown> {
  return {
    Status: status,
    FailingStreak: failingStreak,
    Log: log.map(({ start, end, exitCode, output }) => {
      return { Start: start, End: end, ExitCode: exitCode, Output: output };
    }),
  };
}

/** GET /containers/:ref/json, with the newest results of its health check and, when asked for, its sizes. */
export async function inspectNow(
  engine: Engine,
  ref: string,
  options: { apiMinor: number; size: boolean },
) {
  const container = await findContainer(engine, ref);
  const { id } = container.record;
  const [health, sizes] = await Promise.all([
    container.health && engine.portLayer.health(id).catch(() => container.health),
    options.size ? containerSizes(engine, [container]) : undefined,
  ]);
  return {
    ...inspectContainer({ ...container, ...(health ? { health } : {}) }, options.apiMinor),
    ...sizes?.get(id),
  };
}

/** Everything GET /containers/:id/json answers. */
export function inspectContainer(container: Container, apiMinor: number): Record<string, unknown> {
  const { record, process } = container;
  const [path = "", ...args] = process.args;
  const config = { ...(record.docker.config as Record<string, unknown>) };
  return {
    Id: record.id,
    Created: record.createdAt,
    Path: path,
    Args: args,
    State: stateOf(container),
    Image: record.imageId,
    ResolvConfPath: "",
    HostnamePath: "",
    HostsPath: "",
    LogPath: "",
    Name: `/${record.name}`,
    RestartCount: container.restartCount,
    Driver: storageDriver,
    Platform: "linux",
    MountLabel: "",
    ProcessLabel: "",
    AppArmorProfile: "",
    ExecIDs: container.execIds.length === 0 ? null : container.execIds,
    HostConfig: {
      ...shownHostConfig(record.docker.hostConfig),
      Links: shownLinks(
        (record.docker.hostConfig as { Links?: unknown } | null)?.Links,
        record.name,
      ),
      AutoRemove: record.autoRemove,
      RestartPolicy: {
        Name: record.restartPolicy.name,
        MaximumRetryCount: record.restartPolicy.maximumRetryCount,
      },
    },
    GraphDriver: { Name: storageDriver, Data: { VM: container.vm, VMName: container.vmName } },
    Mounts: shownMounts(container),
    Config: config,
    NetworkSettings: networkSettings(container, apiMinor),
  };
}

function networkSettings(container: Container, apiMinor: number): Record<string, unknown> {
  const bridge = joinedNetworks(container).find((n) => n.network === "bridge");
  return {
    Bridge: "",
    SandboxID: "",
    SandboxKey: "",
    Ports: portMap(container),
    HairpinMode: false,
    LinkLocalIPv6Address: "",
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: bridge?.endpointId ?? "",
    Gateway: bridge?.gateway ?? "",
    GlobalIPv6Address: "",
    GlobalIPv6PrefixLen: 0,
    IPAddress: bridge?.address ?? "",
    IPPrefixLen: bridge?.address ? bridge.prefixBits : 0,
    IPv6Gateway: "",
    MacAddress: bridge?.mac ?? "",
    Networks: endpoints(container, apiMinor),
  };
}

/** An address is kept for a container while it exists, but it is told only while it runs, as dockerd does. */
function joinedNetworks({ record, status, startedAt }: Container): ContainerNetwork[] {
  if (status === "running") return record.networks;
  return record.networks.map(({ network, networkId, aliases }) => ({
    ...noneEndpoint,
    network,
    networkId: startedAt === "" ? "" : networkId,
    aliases,
  }));
}

/** NetworkSettings.Networks; without any it says `none`. */
export function endpoints(container: Container, apiMinor: number): Record<string, unknown> {
  const networks = joinedNetworks(container);
  const shown = networks.length === 0 ? [noneEndpoint] : networks;
  return Object.fromEntries(
    shown.map((n) => [n.network, endpointSettings(n, container, apiMinor)]),
  );
}

const noneEndpoint: ContainerNetwork = {
  network: "none",
  networkId: "",
  endpointId: "",
  mac: "",
  address: "",
  prefixBits: 0,
  gateway: "",
  aliases: [],
};

function endpointSettings(
  network: ContainerNetwork,
  container: Container,
  apiMinor: number,
): Record<string, unknown> {
  const shortId = container.record.id.slice(0, 12);
  const names = [container.record.name, shortId, container.hostname];
  const dnsNames = [...new Set([...names, ...network.aliases])];
  return {
    IPAMConfig: null,
    Links: null,
    Aliases: network.aliases.length === 0 ? null : network.aliases,
    MacAddress: network.mac,
    DriverOpts: null,
    ...(apiMinor >= 48 ? { GwPriority: 0 } : {}),
    NetworkID: network.networkId,
    EndpointID: network.endpointId,
    Gateway: network.gateway,
    IPAddress: network.address,
    IPPrefixLen: network.address === "" ? 0 : network.prefixBits,
    IPv6Gateway: "",
    GlobalIPv6Address: "",
    GlobalIPv6PrefixLen: 0,
    ...(apiMinor >= 44 ? { DNSNames: network.network === "none" ? null : dnsNames } : {}),
  };
}

/** NetworkSettings.Ports: published ports with their host side, exposed ones with null. */
function portMap(container: Container): Record<string, unknown> {
  if (container.status !== "running") return {};
  const config = container.record.docker.config as { ExposedPorts?: Record<string, unknown> };
  const map: Record<string, { HostIp: string; HostPort: string }[] | null> = {};
  for (const port of Object.keys(config.ExposedPorts ?? {})) {
    map[port.includes("/") ? port : `${port}/tcp`] = null;
  }
  for (const binding of container.ports) {
    const key = portText({ port: binding.containerPort, protocol: binding.protocol });
    map[key] = [...(map[key] ?? []), hostSide(binding)];
  }
  return map;
}

function hostSide(binding: PortBinding) {
  return { HostIp: binding.hostAddress || "0.0.0.0", HostPort: String(binding.hostPort) };
}

/** What `docker ps` calls the image: its name while that still means this image, else its id. */
export function shownImage(container: Container, images: Image[]): string {
  const { imageName, imageId } = container.record;
  try {
    const name = canonical(withDefaultTag(parseReference(imageName)));
    const image = images.find((i) => i.tags.includes(name) || i.digests.includes(name));
    if (image && image.id !== imageId) return imageId;
  } catch {
    // Named by id.
  }
  return imageName;
}
