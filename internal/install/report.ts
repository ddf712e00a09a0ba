/** What is printed about a VCH that runs: how to reach it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ApplianceConfig } from "../guest/config.ts";
import { certFiles } from "./certificates.ts";

/** A running VCH, for its report. */
export interface Reachable {
  vmId: string;
  config: ApplianceConfig;
  /** Addresses by role as seen from outside, without prefix length. */
  addresses: { client: string; public: string; management: string };
  /** Folder with client certificates; undefined when none is known. */
  certDir: string | undefined;
}

/** Environment for docker clients, as `NAME=value`. */
export function dockerEnv({ config, addresses, certDir }: Reachable): string[] {
  const isVerified = config.docker.tls === "verify";
  return [
    ...(isVerified ? ["DOCKER_TLS_VERIFY=1"] : []),
    ...(isVerified && certDir !== undefined ? [`DOCKER_CERT_PATH=${certDir}`] : []),
    `DOCKER_HOST=${addresses.client}:${config.docker.port}`,
    ...(config.docker.tls === "none" ? [] : ["COMPOSE_TLS_VERSION=TLSv1_2"]),
  ];
}

function dockerCommand({ config, addresses, certDir }: Reachable): string {
  const head = `docker -H ${addresses.client}:${config.docker.port}`;
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
export function reportWarnings({ config, certDir }: Reachable): string[] {
  if (config.docker.tls !== "verify" || certDir !== undefined) return [];
  return [
    "Unable to find valid client certs",
    "DOCKER_CERT_PATH must be provided in environment or certificates specified individually via CLI arguments",
  ];
}

/** The first of these folders that holds a client certificate with its key. */
export function findCertDir(dirs: readonly string[]): string | undefined {
  return dirs.find((dir) =>
    [certFiles.client, certFiles.clientKey].every((name) => existsSync(join(dir, name))),
  );
}
