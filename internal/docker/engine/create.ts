/** `docker create`. */
import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { VicError } from "../../errors/errors.ts";
import { parseImageConfig } from "../../image/config.ts";
import type { Platform } from "../../image/manifest.ts";
import type { Container, CreateContainer, Network } from "../../portlayer/api/types.ts";
import type { Fields } from "../wire/decode.ts";
import type { Engine } from "./engine.ts";
import { storedConfig, storedHostConfig } from "./echo.ts";
import { healthcheckConfig, mergeHealthcheck } from "./healthcheck.ts";
import { findLinks, linkHosts, linkVariables, type Link } from "./links.ts";
import { logLimits } from "./log-config.ts";
import { findContainer, findImage } from "./lookup.ts";
import { destination, tmpfsMounts } from "./mounts.ts";
import { checkName, randomName } from "./names.ts";
import { chooseNetworks, type NetworkChoice } from "./networks.ts";
import { checkPlatform } from "./platform.ts";
import { parsePort, portBindings } from "./ports.ts";
import {
  checkProcessSize,
  mergeConfig,
  processEnv,
  withDefaults,
  type MergedConfig,
} from "./process.ts";
import { refuseFields } from "./refused.ts";
import { sandbox, vmSize } from "./resources.ts";
import { restartPolicy } from "./restart-policy.ts";
import { parseSignal } from "./signals.ts";

/** Seconds between the stop signal and SIGKILL when neither user nor image says. */
const stopTimeoutDefaultS = 10;
const hostnameMaxLength = 63;
const nameTries = 6;

/** The answer of POST /containers/create. */
export interface Created {
  Id: string;
  Warnings: string[];
}

/** Checks the request, merges it with the image and has the container made. */
export async function createContainer(
  engine: Engine,
  body: Fields,
  given: { name: string; platform: Platform | undefined },
): Promise<Created> {
  const hostConfig = body.object("HostConfig");
  const name = given.name === "" ? undefined : checkName(given.name);
  refuseFields(body, hostConfig);
  const imageName = body.string("Image");
  if (imageName === "") throw new VicError("invalid", "no image specified");
  const [{ image }, networks] = await Promise.all([
    findImage(engine, imageName),
    engine.portLayer.networks(),
  ]);
  const imageConfig = parseImageConfig(image.config);
  const platformWarnings = checkPlatform(imageName, imageConfig, given.platform);
  const { defaults } = imageConfig;
  const merged = mergeConfig(body, defaults);
  const plan = planContainer(body, hostConfig, merged, networks);
  const healthcheck = mergeHealthcheck(body, defaults);
  const shell = body.strings("Shell");
  const probe = healthcheckConfig(healthcheck, shell.length > 0 ? shell : defaults.shell);
  const links = await findLinks(
    engine,
    hostConfig,
    body.object("NetworkingConfig"),
    plan.body.networks.map((n) => n.name),
  );
  const warnings = [...platformWarnings, ...plan.warnings, ...volumeWarnings(body)];
  const create: Omit<CreateContainer, "record"> & {
    record: Omit<CreateContainer["record"], "name">;
  } = {
    ...plan.body,
    extraHosts: [...plan.body.extraHosts, ...linkHosts(links)],
    ...(probe === undefined ? {} : { healthcheck: probe }),
    record: {
      imageId: image.id,
      imageName,
      labels: merged.labels,
      ...restartAndRemove(hostConfig),
      docker: {
        config: {
          ...storedConfig(body, merged, plan.body.hostname),
          ...(healthcheck === undefined ? {} : { Healthcheck: healthcheck }),
        },
        hostConfig: storedHostConfig(hostConfig),
      },
    },
  };
  const container = await createNamed(engine, create, links, name);
  return { Id: container.record.id, Warnings: warnings };
}

/** Everything of the request but what the container is called and made from. */
function planContainer(
  body: Fields,
  hostConfig: Fields,
  merged: MergedConfig,
  known: Network[],
): { body: Omit<CreateContainer, "record">; warnings: string[] } {
  const id = randomBytes(32).toString("hex");
  const size = vmSize(hostConfig);
  const hostname = checkHostname(body.string("Hostname")) || id.slice(0, 12);
  const tty = body.bool("Tty");
  const args = [...(merged.entrypoint ?? []), ...(merged.cmd ?? [])];
  const env = processEnv(merged.env, hostname, tty);
  checkProcessSize(args, env);
  for (const port of merged.exposedPorts) parsePort(port);
  const networks = chooseNetworks(known, body, hostConfig, body.object("NetworkingConfig"));
  return {
    warnings: size.warnings,
    body: {
      id,
      process: {
        args,
        env,
        cwd: merged.workingDir || "/",
        user: merged.user,
        tty,
        openStdin: body.bool("OpenStdin"),
        stdinOnce: body.bool("StdinOnce"),
        ...consoleSize(hostConfig),
      },
      hostname,
      domainname: checkHostname(body.string("Domainname")),
      stopSignal: parseSignal(merged.stopSignal || "SIGTERM"),
      stopTimeoutSeconds: body.has("StopTimeout") ? body.int("StopTimeout") : stopTimeoutDefaultS,
      cpus: size.cpus,
      memoryMiB: size.memoryMiB,
      sandbox: sandbox(hostConfig),
      tmpfs: tmpfsMounts(hostConfig),
      ...(merged.volumes.length === 0 ? {} : { folders: merged.volumes.map(destination) }),
      dns: dns(hostConfig),
      extraHosts: extraHosts(hostConfig, networks, known),
      log: logLimits(hostConfig.object("LogConfig")),
      networks,
      ports: publish(hostConfig, merged, networks),
    },
  };
}

/** Asks the port layer; a random name that is taken is thrown again. */
async function createNamed(
  engine: Engine,
  create: Omit<CreateContainer, "record"> & { record: Omit<CreateContainer["record"], "name"> },
  links: Link[],
  given: string | undefined,
): Promise<Container> {
  for (let attempt = 0; ; attempt++) {
    const name = given ?? randomName(attempt);
    const env = withDefaults(create.process.env, linkVariables(links, name));
    try {
      return await engine.portLayer.createContainer({
        ...create,
        process: { ...create.process, env },
        record: { ...create.record, name },
      });
    } catch (error) {
      const holder = await nameHolder(engine, name, error);
      if (holder === undefined) throw error;
      if (given === undefined && attempt < nameTries) continue;
      throw nameConflict(name, holder);
    }
  }
}

/** The id of the container that has the name, when that is what the port layer's conflict is about. */
export async function nameHolder(
  engine: Engine,
  name: string,
  error: unknown,
): Promise<string | undefined> {
  const { code, detail } = VicError.from(error);
  if (code !== "conflict") return undefined;
  // Of a container that is only being made nothing else is known yet.
  if (typeof detail.conflictingId === "string") return detail.conflictingId;
  try {
    const { record } = await findContainer(engine, name);
    return record.name === name ? record.id : undefined;
  } catch {
    return undefined;
  }
}

/** Docker's text for a name that is taken. */
export function nameConflict(name: string, holder: string): VicError {
  return new VicError(
    "conflict",
    `Conflict. The container name "/${name}" is already in use by container "${holder}". ` +
      "You have to remove (or rename) that container to be able to reuse that name.",
  );
}

function restartAndRemove(hostConfig: Fields) {
  const policy = restartPolicy(hostConfig.object("RestartPolicy"));
  const autoRemove = hostConfig.bool("AutoRemove");
  if (autoRemove && policy.name !== "no") {
    throw new VicError("invalid", "can't create 'AutoRemove' container with restart policy");
  }
  return { restartPolicy: policy, autoRemove };
}

function publish(hostConfig: Fields, merged: MergedConfig, networks: NetworkChoice[]) {
  const ports = portBindings(hostConfig, merged.exposedPorts);
  // dockerd drops published ports without a network, too.
  return networks.length === 0 ? [] : ports;
}

/** What is given in a lesser form. */
function volumeWarnings(body: Fields): string[] {
  const volumes = Object.keys(body.object("Volumes").json);
  if (volumes.length === 0) return [];
  return [
    `Anonymous volumes (${volumes.join(", ")}) are kept on the container's own disk and go with it.`,
  ];
}

function checkHostname(text: string): string {
  const isFine = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.|$))*$/i.test(text);
  if (text === "" || (isFine && text.length <= hostnameMaxLength)) return text;
  throw new VicError("invalid", `invalid hostname format: ${text}`);
}

function consoleSize(hostConfig: Fields): { consoleSize?: [number, number] } {
  const size = hostConfig.value("ConsoleSize");
  if (!Array.isArray(size) || size.length !== 2) return {};
  const [rows, columns] = size.map(Number);
  const isFine = (n: number | undefined): n is number =>
    Number.isInteger(n) && n! > 0 && n! <= 0xffff;
  return isFine(rows) && isFine(columns) ? { consoleSize: [rows, columns] } : {};
}

function dns(hostConfig: Fields): CreateContainer["dns"] {
  const nameservers = hostConfig.strings("Dns");
  for (const address of nameservers) {
    if (isIP(address) === 0) throw new VicError("invalid", `invalid DNS address: ${address}`);
  }
  const search = hostConfig.strings("DnsSearch");
  const options = hostConfig.strings("DnsOptions");
  for (const word of [...search, ...options]) {
    if (/[\s\0]/.test(word)) throw new VicError("invalid", `invalid DNS setting: ${word}`);
  }
  return { nameservers, search, options };
}

function extraHosts(hostConfig: Fields, networks: NetworkChoice[], known: Network[]) {
  return hostConfig.strings("ExtraHosts").map((entry) => {
    const at = entry.search(/[:=]/);
    const name = entry.slice(0, Math.max(at, 0));
    let address = entry.slice(at + 1).replace(/^\[|\]$/g, "");
    if (address === "host-gateway") {
      address = known.find((n) => n.name === networks[0]?.name)?.gateway ?? "";
    }
    if (at <= 0 || /[\s\0]/.test(name)) {
      throw new VicError("invalid", `bad format for add-host: "${entry}"`);
    }
    if (isIP(address) === 0) {
      throw new VicError("invalid", `invalid IP address in add-host: "${entry.slice(at + 1)}"`);
    }
    return { name, address };
  });
}
