/** The Docker API server of an appliance. */
import type { ServerOptions } from "node:https";
import { VicError } from "../errors/errors.ts";
import type { ApplianceConfig } from "../guest/config.ts";
import { serve, type RunningServer } from "../http/server.ts";
import { Spool } from "../image/spool.ts";
import { dockerApp } from "./api/app.ts";
import { Engine } from "./engine/engine.ts";
import type { PortLayer } from "./engine/port-layer.ts";

/** Where archives are unpacked unless said otherwise; a disk is mounted there. */
const spoolDirectoryDefault = "/var/lib/vic/spool";

/** What the server needs. */
export interface DockerOptions {
  config: Pick<ApplianceConfig, "docker" | "registries" | "proxies" | "debug">;
  /** Private key of the server certificate; "" without TLS. */
  serverKeyPem: string;
  portLayer: PortLayer;
  /** Address to listen on. */
  hostname?: string;
  spoolDirectory?: string;
  /** See {@link Engine}. */
  attachEndMs?: number;
}

/** Serves the Docker API until closed; resolves when it listens. */
export async function serveDocker(options: DockerOptions): Promise<RunningServer> {
  const { config } = options;
  const spoolDirectory = options.spoolDirectory ?? spoolDirectoryDefault;
  await Spool.clean(spoolDirectory);
  await forgetUploads(options.portLayer);
  const engine = new Engine({
    portLayer: options.portLayer,
    registries: { ...config.registries, proxies: config.proxies },
    spoolDirectory,
    debug: config.debug,
    attachEndMs: options.attachEndMs,
  });
  const tls = tlsOptions(config.docker, options.serverKeyPem);
  return serve({
    app: dockerApp(engine, { requireClientCert: config.docker.tls === "verify" }),
    upgrades: ["tcp", "websocket"],
    listen: { port: config.docker.port, hostname: options.hostname ?? "0.0.0.0" },
    ...(tls === undefined ? {} : { tls }),
  });
}

/** An earlier process of this service was killed: nobody goes on with what it sent, but it would be waited for. */
async function forgetUploads(portLayer: PortLayer): Promise<void> {
  try {
    await portLayer.abortImages();
  } catch (error) {
    // A port layer that starts itself has none.
    if (VicError.from(error).code !== "unavailable") throw error;
  }
}

function tlsOptions(docker: ApplianceConfig["docker"], key: string): ServerOptions | undefined {
  if (docker.tls === "none") return undefined;
  if (docker.serverCertPem === "" || key === "") {
    throw new VicError("invalid", "the Docker API has no server certificate");
  }
  const server: ServerOptions = { key, cert: docker.serverCertPem, minVersion: "TLSv1.2" };
  if (docker.tls === "server") return server;
  if (docker.clientCaPem === "") {
    throw new VicError("invalid", "the Docker API has no CA for client certificates");
  }
  return { ...server, ca: docker.clientCaPem, requestCert: true, rejectUnauthorized: true };
}
