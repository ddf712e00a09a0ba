/** `--link`: names of other containers in /etc/hosts and, on the default network, Docker's variables about them. */
import { VicError } from "../../errors/errors.ts";
import type { Container } from "../../portlayer/api/types.ts";
import type { Fields } from "../wire/decode.ts";
import type { Engine } from "./engine.ts";
import { findContainer } from "./lookup.ts";
import { bridgeName } from "./networks.ts";
import { parsePort, portText, type Port } from "./ports.ts";

/** A container that another one knows under a name of its own. */
export interface Link {
  alias: string;
  other: Container;
  /** Of the other one. It keeps it for as long as it exists. */
  address: string;
  /** The default network is the only one on which links are more than names. */
  hasVariables: boolean;
}

/** Links of HostConfig and those of the endpoints, on the networks to be joined. */
export async function findLinks(
  engine: Engine,
  hostConfig: Fields,
  networking: Fields,
  networks: string[],
): Promise<Link[]> {
  const endpoints = networking.object("EndpointsConfig");
  const ofEndpoints = Object.keys(endpoints.json).flatMap((name) =>
    endpoints.object(name).strings("Links"),
  );
  const links = new Set([...hostConfig.strings("Links"), ...ofEndpoints]);
  return Promise.all([...links].map((link) => findLink(engine, link, networks)));
}

async function findLink(engine: Engine, link: string, networks: string[]): Promise<Link> {
  const [ref = "", alias = ref.replace(/^\//, ""), ...rest] = link.split(":");
  if (ref === "" || alias === "" || rest.length > 0 || /[\s\0/]/.test(alias))
    throw new VicError("invalid", `bad format for links: ${link}`);
  const other = await find(engine, ref);
  const { record } = other;
  if (other.status !== "running")
    throw new VicError(
      "invalid",
      `Cannot link to a non running container: /${record.name} AS ${alias}`,
    );
  const shared = record.networks.find((n) => networks.includes(n.network) && n.address !== "");
  if (shared === undefined)
    throw new VicError("invalid", `Cannot link to /${record.name}: it shares no network`, {
      hint: "join one of its networks with --network",
    });
  const hasVariables = shared.network === bridgeName;
  return { alias, other, address: shared.address, hasVariables };
}

/** Lines of /etc/hosts. */
export function linkHosts(links: Link[]): { name: string; address: string }[] {
  return links.flatMap(({ alias, other, address }) => {
    const names = new Set([alias, other.hostname, other.record.name]);
    return [...names].map((name) => ({ name, address }));
  });
}

/** HostConfig.Links as inspect shows them: whom, and under which name of this container. */
export function shownLinks(links: unknown, containerName: string): string[] | null {
  if (!Array.isArray(links) || links.length === 0) return null;
  return links.map((link) => {
    const [ref = "", alias = ref] = String(link).split(":");
    return `/${ref.replace(/^\//, "")}:/${containerName}/${alias.replace(/^\//, "")}`;
  });
}

/** The variables of all links as `NAME=value`; `containerName` is whose they are. */
export function linkVariables(links: Link[], containerName: string): string[] {
  return links
    .filter((link) => link.hasVariables)
    .flatMap((link) => variables(link, containerName));
}

function variables({ alias, other, address }: Link, containerName: string): string[] {
  const prefix = alias.toUpperCase().replaceAll("-", "_");
  const url = ({ protocol, port }: Port): string => `${protocol}://${address}:${port}`;
  const ports = exposedPorts(other);
  const lines: string[] = [];
  if (ports[0]) lines.push(`PORT=${url(ports[0])}`);
  for (const [first, last] of ranges(ports)) {
    const name = `PORT_${nameOf(first)}`;
    lines.push(
      `${name}_START=${url(first)}`,
      `${name}_PORT_START=${first.port}`,
      `${name}_END=${url(last)}`,
      `${name}_PORT_END=${last.port}`,
    );
  }
  for (const port of ports) {
    const name = `PORT_${nameOf(port)}`;
    lines.push(
      `${name}=${url(port)}`,
      `${name}_ADDR=${address}`,
      `${name}_PORT=${port.port}`,
      `${name}_PROTO=${port.protocol}`,
    );
  }
  lines.push(`NAME=/${containerName}/${alias}`);
  for (const entry of shownEnv(other)) {
    const isOfMachine = /^(HOME|PATH)=/.test(entry);
    if (entry.includes("=") && !isOfMachine) lines.push(`ENV_${entry}`);
  }
  return lines.map((line) => `${prefix}_${line}`);
}

function nameOf(port: Port): string {
  return portText(port).replace("/", "_").toUpperCase();
}

/** Lowest first, TCP before UDP. */
function exposedPorts({ record }: Container): Port[] {
  const { ExposedPorts = {} } = record.docker.config as { ExposedPorts?: object };
  return Object.keys(ExposedPorts)
    .map(parsePort)
    .toSorted((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol));
}

function shownEnv({ record }: Container): string[] {
  return (record.docker.config as { Env?: string[] }).Env ?? [];
}

/** Runs of ports that follow each other, of at least two. */
function ranges(ports: Port[]): [first: Port, last: Port][] {
  const found: [Port, Port][] = [];
  let first = ports[0];
  for (const [index, port] of ports.entries()) {
    if (ports[index + 1]?.port === port.port + 1) continue;
    if (first && first !== port) found.push([first, port]);
    first = ports[index + 1];
  }
  return found;
}

/** As a 400: the CLI takes a 404 of create for a missing image. */
async function find(engine: Engine, ref: string): Promise<Container> {
  try {
    return await findContainer(engine, ref);
  } catch (error) {
    const { message } = VicError.from(error);
    throw new VicError("invalid", `could not get container for ${ref}: ${message}`, {
      cause: error,
    });
  }
}
