/** `docker info`, `docker version`, `docker system df`. */
import { arch, release } from "node:os";
import type { Container, Network } from "../../portlayer/api/types.ts";
import { commit, version, versionString } from "../../version/version.ts";
import { humanBytes } from "../wire/progress.ts";
import { Filters } from "../wire/filters.ts";
import type { Engine } from "./engine.ts";
import { apiVersion, apiVersionMin, productName, storageDriver } from "./identity.ts";
import { listImages } from "./images.ts";
import { listContainers } from "./list.ts";
import type { NoneNetwork } from "./none-network.ts";

const MiB = 1024 * 1024;
const architectures: Record<string, string> = { x64: "x86_64", arm64: "aarch64" };
const goArchitectures: Record<string, string> = { x64: "amd64" };

/** GET /info */
export async function systemInfo(engine: Engine): Promise<Record<string, unknown>> {
  const [info, containers, images] = await Promise.all([
    engine.portLayer.info(),
    engine.portLayer.containers(),
    engine.portLayer.images(),
  ]);
  const count = (status: Container["status"]) =>
    containers.filter((c) => c.status === status).length;
  const running = count("running");
  const paused = containers.filter((c) => c.isPaused).length;
  const limit = (value: number, unit: string) => (value < 0 ? "unlimited" : `${value} ${unit}`);
  return {
    ID: info.id,
    Containers: containers.length,
    ContainersRunning: running - paused,
    ContainersPaused: paused,
    ContainersStopped: containers.length - running,
    Images: images.length,
    Driver: storageDriver,
    DriverStatus: [
      ["Image Store", info.imageStore],
      ["Datastore Free", humanBytes(info.datastoreFreeBytes)],
      ["Datastore Capacity", humanBytes(info.datastoreCapacityBytes)],
      ["VCH CPU limit", limit(info.cpuMhzLimit, "MHz")],
      ["VCH memory limit", limit(info.memoryMiBLimit, "MiB")],
      ["VCH CPU usage", `${info.cpuMhzUsed} MHz`],
      ["VCH memory usage", `${info.memoryMiBUsed} MiB`],
      ["vSphere", `${info.vsphere.product} ${info.vsphere.version}`],
      ["vSphere build", info.vsphere.build],
      ["vSphere API", `${info.vsphere.apiType} ${info.vsphere.url}`],
    ],
    Plugins: {
      Volume: [],
      Network: [...new Set(["null", ...info.networks.map((n) => n.driver)])],
      Authorization: null,
      Log: ["json-file", "local", "none"],
    },
    MemoryLimit: true,
    SwapLimit: false,
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    // As a number of CPUs.
    CPUSet: true,
    PidsLimit: true,
    OomKillDisable: false,
    IPv4Forwarding: true,
    Debug: engine.debug > 0,
    NFd: -1,
    NGoroutines: -1,
    SystemTime: new Date().toISOString(),
    LoggingDriver: "json-file",
    CgroupDriver: "cgroupfs",
    CgroupVersion: "2",
    NEventsListener: engine.events.listeners,
    KernelVersion: release(),
    OperatingSystem: `${productName} ${versionString}`,
    OSVersion: "",
    OSType: "linux",
    Architecture: architectures[arch()] ?? arch(),
    IndexServerAddress: "https://index.docker.io/v1/",
    RegistryConfig: registryConfig(engine),
    NCPU: info.hostCpus,
    MemTotal: info.hostMemoryMiB * MiB,
    GenericResources: null,
    DockerRootDir: info.imageStore,
    HttpProxy: engine.registries.proxies.http,
    HttpsProxy: engine.registries.proxies.https,
    NoProxy: engine.registries.proxies.no,
    Name: info.name,
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: version,
    Runtimes: { crun: { path: "crun" } },
    DefaultRuntime: "crun",
    Swarm: {
      NodeID: "",
      NodeAddr: "",
      LocalNodeState: "inactive",
      ControlAvailable: false,
      Error: "",
      RemoteManagers: null,
    },
    LiveRestoreEnabled: true,
    Isolation: "",
    InitBinary: "",
    ContainerdCommit: { ID: "" },
    RuncCommit: { ID: "" },
    InitCommit: { ID: "" },
    SecurityOptions: ["name=vm"],
    CDISpecDirs: [],
    Warnings: info.warnings.length === 0 ? null : info.warnings.map((w) => `WARNING: ${w}`),
  };
}

function registryConfig(engine: Engine) {
  const { insecure } = engine.registries;
  const ranges = insecure.filter((entry) => entry.includes("/"));
  const hosts = insecure.filter((entry) => !entry.includes("/"));
  const official = { Name: "docker.io", Mirrors: [], Secure: true, Official: true };
  return {
    InsecureRegistryCIDRs: [...ranges, "::1/128", "127.0.0.0/8"],
    IndexConfigs: {
      "docker.io": official,
      ...Object.fromEntries(
        hosts.map((Name) => [Name, { Name, Mirrors: [], Secure: false, Official: false }]),
      ),
    },
    Mirrors: [],
  };
}

/** GET /version */
export function systemVersion(): Record<string, unknown> {
  const engine = {
    ApiVersion: apiVersion,
    MinAPIVersion: apiVersionMin,
    GitCommit: commit,
    GoVersion: `none (Bun ${Bun.version})`,
    Os: "linux",
    Arch: goArchitectures[arch()] ?? arch(),
    KernelVersion: release(),
  };
  return {
    Platform: { Name: productName },
    Version: version,
    ...engine,
    Components: [
      { Name: "Engine", Version: version, Details: { ...engine, Experimental: "false" } },
    ],
  };
}

/** GET /system/df */
export async function diskUsage(engine: Engine, apiMinor: number) {
  const filters = new Filters();
  const [images, containers] = await Promise.all([
    listImages(engine, filters, apiMinor),
    listContainers(engine, { all: true, limit: 0, size: true, filters, apiMinor }),
  ]);
  const layers = new Map<string, number>();
  for (const image of await engine.portLayer.images()) {
    for (const { diffId, sizeBytes } of image.layers) layers.set(diffId, sizeBytes);
  }
  const users = (id: string) => containers.filter((c) => c.ImageID === id).length;
  return {
    LayersSize: [...layers.values()].reduce((sum, bytes) => sum + bytes, 0),
    Images: images.map((image) => ({ ...image, SharedSize: 0, Containers: users(image.Id) })),
    Containers: containers,
    Volumes: [],
    BuildCache: [],
    ...(apiMinor < 42 ? { BuilderSize: 0 } : {}),
  };
}

/** A network as GET /networks shows it. */
export function networkResource(
  network: Network | NoneNetwork,
  containers: Container[],
  apiMinor: number,
) {
  const members = containers.flatMap((container) =>
    container.record.networks
      .filter((n) => n.networkId === network.id && container.status === "running")
      .map((n) => [
        container.record.id,
        {
          Name: container.record.name,
          EndpointID: n.endpointId,
          MacAddress: n.mac,
          IPv4Address: n.address === "" ? "" : `${n.address}/${n.prefixBits}`,
          IPv6Address: "",
        },
      ]),
  );
  const ipam =
    network.subnet === ""
      ? []
      : [
          {
            Subnet: network.subnet,
            ...(network.gateway === "" ? {} : { Gateway: network.gateway }),
          },
        ];
  return {
    Name: network.name,
    Id: network.id,
    Created: "0001-01-01T00:00:00Z",
    Scope: "local",
    Driver: network.driver,
    ...(apiMinor >= 48 ? { EnableIPv4: true } : {}),
    EnableIPv6: false,
    IPAM: { Driver: "default", Options: null, Config: ipam },
    Internal: network.isInternal,
    Attachable: false,
    Ingress: false,
    ConfigFrom: { Network: "" },
    ConfigOnly: false,
    Containers: Object.fromEntries(members),
    Options: {},
    Labels: {},
  };
}
