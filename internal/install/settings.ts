/** The options of create as values: parsed and checked as far as that goes without asking vSphere. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { VicError } from "../errors/errors.ts";
import { splitCertificates } from "../pki/pki.ts";
import { defaultCname, parseNetworks, type NetworkSettings } from "./network-settings.ts";
import { isOn, list, publicOptions, text, type RawOptions } from "./options.ts";
import { Problems } from "./problems.ts";
import { parseTarget, type Target } from "./target.ts";
import {
  parseDurationMs,
  parseInteger,
  parseName,
  parseProxy,
  parseRegistry,
  parseShares,
  parseSizeBytes,
  parseStore,
  type Shares,
  type StoreLocation,
} from "./values.ts";

/** How the Docker endpoint is protected: client certificates, encryption only, or not at all. */
export type TlsMode = "verify" | "server" | "none";

/** Limits of a resource pool; undefined leaves vSphere's default. */
export interface Allocation {
  limit: number | undefined;
  reservation: number | undefined;
  shares: Shares | undefined;
}

/** What to make certificates from and where to keep them. */
export interface TlsSettings {
  mode: TlsMode;
  cname: string;
  dir: string;
  serverCert: string | undefined;
  serverKey: string | undefined;
  clientCas: string[];
  organization: string[];
  rsaBits: number;
}

/** Everything create is told. */
export interface CreateSettings {
  target: Target;
  name: string;
  computeResource: string;
  timeoutMs: number;
  force: boolean;
  debug: number;
  imageStore: StoreLocation | undefined;
  scratchBytes: number;
  networks: NetworkSettings;
  memory: Allocation;
  cpu: Allocation;
  endpoint: { memoryMb: number; cpus: number };
  tls: TlsSettings;
  registries: { insecure: string[]; allowed: string[]; caPem: string[] };
  proxies: { http: string; https: string; no: string };
  applianceIso: string | undefined;
  bootstrapIso: string | undefined;
  /** The flags that may be kept, as `--flag=value`. */
  options: string[];
}

/** Settings every other verb has. */
export interface CommonSettings {
  target: Target;
  name: string;
  /** Managed object id; wins over the name. */
  id: string | undefined;
  computeResource: string;
  timeoutMs: number;
  force: boolean;
  debug: number;
}

const nameDefault = "virtual-container-host";
const timeoutDefault = "3m0s";
const scratchDefault = "8GB";
/** ext4 with its journal needs some room. */
const scratchBytesMin = 64 << 20;
const scratchBytesMax = 62 * 2 ** 40;
const endpointMemoryMbDefault = 2048;
const endpointMemoryMbMin = 512;
const endpointMemoryMbMax = 1 << 20;
const endpointCpusMax = 128;
const poolMax = 2 ** 31 - 1;
const rsaBitsDefault = 2048;
const mebibyte = 1 << 20;

const isInvalid = "the command line cannot be used";

/** Reads the flags of ls, inspect, delete and debug. */
export function parseCommon(raw: RawOptions): CommonSettings {
  const problems = new Problems();
  const common = readCommon(raw, problems);
  problems.check(isInvalid);
  return common;
}

function readCommon(raw: RawOptions, problems: Problems): CommonSettings {
  const target = parseTarget(raw, problems);
  const timeout = text(raw, "timeout") ?? timeoutDefault;
  const name = text(raw, "name");
  return {
    target: target as Target, // absent only with a problem, which check() throws
    name: name === undefined ? nameDefault : problems.take(() => parseName("name", name), name),
    id: text(raw, "id"),
    computeResource: text(raw, "compute-resource") ?? "",
    timeoutMs: problems.take(() => parseDurationMs("timeout", timeout), 0),
    force: isOn(raw, "force"),
    debug: optional(raw, "debug", problems, (flag, t) => parseInteger(flag, t, 0, 3)) ?? 0,
  };
}

/** Reads the flags of create; throws one error that names everything wrong with them. */
export function parseCreate(raw: RawOptions, cwd: string): CreateSettings {
  const problems = new Problems();
  const { id: _, ...common } = readCommon(raw, problems);
  const networks = parseNetworks(raw, problems);
  const integer = (flag: string, min: number, max: number) =>
    optional(raw, flag, problems, (f, t) => parseInteger(f, t, min, max));
  const settings: CreateSettings = {
    ...common,
    imageStore: optional(raw, "image-store", problems, parseStore),
    scratchBytes: parseScratch(text(raw, "base-image-size") ?? scratchDefault, problems),
    networks,
    memory: parseAllocation("memory", raw, problems),
    cpu: parseAllocation("cpu", raw, problems),
    endpoint: {
      memoryMb:
        integer("endpoint-memory", endpointMemoryMbMin, endpointMemoryMbMax) ??
        endpointMemoryMbDefault,
      cpus: integer("endpoint-cpu", 1, endpointCpusMax) ?? 1,
    },
    tls: parseTls(raw, common.name, networks, cwd, problems),
    registries: parseRegistries(raw, cwd, problems),
    proxies: {
      http: optional(raw, "http-proxy", problems, parseProxy) ?? "",
      https: optional(raw, "https-proxy", problems, parseProxy) ?? "",
      no: (text(raw, "no-proxy") ?? "")
        .split(",")
        .map((h) => h.trim())
        .join(","),
    },
    applianceIso: text(raw, "appliance-iso"),
    bootstrapIso: text(raw, "bootstrap-iso"),
    options: publicOptions(raw),
  };
  problems.check(isInvalid);
  return settings;
}

/** Value of a text flag; an empty one counts as absent. */
function optional<T>(
  raw: RawOptions,
  flag: string,
  problems: Problems,
  parse: (flag: string, given: string) => T,
): T | undefined {
  const given = text(raw, flag);
  return given ? problems.take(() => parse(flag, given), undefined) : undefined;
}

function parseScratch(given: string, problems: Problems): number {
  const bytes = problems.take(() => parseSizeBytes("base-image-size", given), scratchBytesMin);
  if (bytes < scratchBytesMin || bytes > scratchBytesMax) {
    problems.add(`--base-image-size: ${given} is not between 64MiB and 62TiB`);
  }
  return Math.ceil(bytes / mebibyte) * mebibyte;
}

function parseAllocation(flag: "memory" | "cpu", raw: RawOptions, problems: Problems): Allocation {
  const amount = (name: string) =>
    optional(raw, name, problems, (f, t) => parseInteger(f, t, 0, poolMax));
  const allocation = {
    // 0 is how the flag says "no limit"
    limit: amount(flag) || undefined,
    reservation: amount(`${flag}-reservation`),
    shares: optional(raw, `${flag}-shares`, problems, parseShares),
  };
  const { limit, reservation = 0 } = allocation;
  if (limit !== undefined && reservation > limit) {
    problems.add(`--${flag}-reservation ${reservation} is more than the limit --${flag} ${limit}`);
  }
  return allocation;
}

function parseTls(
  raw: RawOptions,
  name: string,
  networks: NetworkSettings,
  cwd: string,
  problems: Problems,
): TlsSettings {
  const file = (flag: string) => {
    const given = text(raw, flag);
    return given ? resolve(cwd, given) : undefined;
  };
  const mode = isOn(raw, "no-tls") ? "none" : isOn(raw, "no-tlsverify") ? "server" : "verify";
  const serverCert = file("tls-server-cert");
  const serverKey = file("tls-server-key");
  if ((serverCert === undefined) !== (serverKey === undefined)) {
    problems.add("--tls-server-cert and --tls-server-key must be given together");
  }
  if (mode === "none" && (serverCert ?? serverKey) !== undefined) {
    problems.add("--no-tls leaves no use for --tls-server-cert and --tls-server-key");
  }
  const cname = text(raw, "tls-cname") || (defaultCname(networks.roles)?.cname ?? "");
  const organization = list(raw, "organization").filter((o) => o !== "");
  const bits = text(raw, "certificate-key-size");
  return {
    mode,
    cname,
    dir: file("tls-cert-path") ?? resolve(cwd, name),
    serverCert,
    serverKey,
    clientCas: list(raw, "tls-ca").map((path) => resolve(cwd, path)),
    organization:
      organization.length > 0
        ? organization
        : [name, ...(cname === "" || cname.startsWith("*") ? [] : [cname])],
    rsaBits: bits
      ? problems.take(() => parseInteger("certificate-key-size", bits, 2048, 16_384), 2048)
      : rsaBitsDefault,
  };
}

function parseRegistries(raw: RawOptions, cwd: string, problems: Problems) {
  const each = (flag: string, mayBeCidr: boolean) =>
    list(raw, flag).flatMap((entry) =>
      problems.take(() => [parseRegistry(flag, entry, mayBeCidr)], []),
    );
  const insecure = each("insecure-registry", false);
  const whitelist = each("whitelist-registry", true);
  return {
    insecure,
    // an insecure registry needs no second mention to be allowed
    allowed: whitelist.length === 0 ? [] : [...new Set([...whitelist, ...insecure])],
    caPem: list(raw, "registry-ca").flatMap((path) =>
      problems.take(() => readCas("registry-ca", resolve(cwd, path)), []),
    ),
  };
}

/** The certificates of a PEM file, each on its own. */
export function readCas(flag: string, path: string): string[] {
  let pem;
  try {
    pem = readFileSync(path, "utf8");
  } catch (cause) {
    throw new VicError("invalid", `--${flag}: Unable to load certificate authority data`, {
      hint: `${path} cannot be read: ${(cause as Error).message}`,
      cause,
    });
  }
  const certificates = splitCertificates(pem);
  if (certificates.length === 0) {
    throw new VicError("invalid", `--${flag}: Unable to load certificate authority data`, {
      hint: `${path} holds no certificate in PEM form`,
    });
  }
  return certificates;
}
