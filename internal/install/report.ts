/** What is printed about a VCH that runs: how to reach it. */
import { existsSync } from "node:fs";
import { lookup } from "node:dns/promises";
import { join } from "node:path";
import type { ApplianceConfig } from "../guest/config.ts";
import { parseCertificate } from "../pki/pki.ts";
import { certFiles } from "./certificates.ts";

/** A running VCH, for its report. */
export interface Reachable {
  vmId: string;
  config: ApplianceConfig;
  /** Addresses by role as seen from outside, without prefix length. */
  addresses: { client: string; public: string; management: string };
  /** Name or address the server's certificate is valid for; undefined when there is none that leads here. */
  certifiedHost: string | undefined;
  /** Folder with client certificates; undefined when none is known. */
  certDir: string | undefined;
}

/** The name or address under which clients that check the server's certificate reach it at `address`. */
export async function findCertifiedHost(
  { docker }: ApplianceConfig,
  address: string,
  resolve: (name: string) => Promise<string[]> = resolveName,
): Promise<string | undefined> {
  if (docker.tls !== "verify") return address;
  const cert = parseCertificate(docker.serverCertPem);
  if (cert.checkIP(address)) return address;
  const names = [...(cert.subjectAltName ?? "").matchAll(/DNS:([^,\s]+)/g)].map((m) => m[1]!);
  for (const name of names) {
    if (name.includes("*")) continue;
    if ((await resolve(name).catch((): string[] => [])).includes(address)) return name;
  }
  return undefined;
}

async function resolveName(name: string): Promise<string[]> {
  return (await lookup(name, { all: true, family: 4 })).map((found) => found.address);
}

const hostOf = ({ certifiedHost, addresses }: Reachable) => certifiedHost ?? addresses.client;

/** Environment for docker clients, as `NAME=value`. */
export function dockerEnv(vch: Reachable): string[] {
  const { config, certDir } = vch;
  const isVerified = config.docker.tls === "verify";
  return [
    ...(isVerified ? ["DOCKER_TLS_VERIFY=1"] : []),
    ...(isVerified && certDir !== undefined ? [`DOCKER_CERT_PATH=${certDir}`] : []),
    `DOCKER_HOST=${hostOf(vch)}:${config.docker.port}`,
    ...(config.docker.tls === "none" ? [] : ["COMPOSE_TLS_VERSION=TLSv1_2"]),
  ];
}

function dockerCommand(vch: Reachable): string {
  const { config, certDir } = vch;
  const head = `docker -H ${hostOf(vch)}:${config.docker.port}`;
  if (config.docker.tls === "none") return `${head} info`;
  if (config.docker.tls === "server") return `${head} --tls info`;
  const file = (name: string) => `"${join(certDir ?? "", name)}"`;
  const names =
    certDir === undefined
      ? ""
      : ` --tlscacert=${file(certFiles.ca)} --tlscert=${file(certFiles.client)} --tlskey=${file(certFiles.clientKey)}`;
  return `${head} --tlsverify${names} info`;
}

/** Lines of the report. `envFile` is named when the environment was saved there. */
export function reportLines(vch: Reachable, envFile: string | undefined): string[] {
  const { config, addresses } = vch;
  const lines = [
    "",
    `VCH ID: ${vch.vmId}`,
    "",
    "VCH Default Bridge Network Range:",
    config.bridge.range,
    "",
    "VCH Default Bridge Network Width:",
    String(config.bridge.width),
    "",
    "Published ports can be reached at:",
    addresses.public,
    "",
    "Management traffic will use:",
    addresses.management,
    "",
    "Docker environment variables:",
    dockerEnv(vch).join(" "),
    "",
  ];
  if (envFile !== undefined) lines.push(`Environment saved in ${envFile}`, "");
  lines.push("Connect to docker:", dockerCommand(vch));
  return lines;
}

/** Warnings that go before the report. */
export function reportWarnings({ config, certDir, certifiedHost, addresses }: Reachable): string[] {
  const warnings: string[] = [];
  if (config.docker.tls === "verify" && certDir === undefined) {
    warnings.push(
      "Unable to find valid client certs",
      "DOCKER_CERT_PATH must be provided in environment or certificates specified individually via CLI arguments",
    );
  }
  if (certifiedHost === undefined) {
    warnings.push(
      "Failed to find a viable address for Docker API from certificates: " +
        `the VCH is at ${addresses.client}, which its server certificate does not name`,
      "Clients that check the certificate refuse it: let a name of it lead there, or create with that --tls-cname",
    );
  }
  return warnings;
}

/** The first of these folders that holds a client certificate with its key. */
export function findCertDir(dirs: readonly string[]): string | undefined {
  return dirs.find((dir) =>
    [certFiles.client, certFiles.clientKey].every((name) => existsSync(join(dir, name))),
  );
}
