/** The port layer as a service of the appliance. */
import { once } from "node:events";
import { VicError } from "../errors/errors.ts";
import type { ApplianceConfig, ApplianceSecret } from "../guest/config.ts";
import { appliancePaths } from "../guest/paths.ts";
import { serve } from "../http/server.ts";
import { versionString } from "../version/version.ts";
import { Client } from "../vim25/client.ts";
import { upgradeToken } from "./api/client.ts";
import { routes } from "./api/routes.ts";
import { assemble, type RunningPortLayer } from "./assemble.ts";
import { logger, setDebug } from "./log.ts";
import { pause } from "./time.ts";

const log = logger("port-layer");
const retryFirstMs = 500;
const retryLastMs = 15_000;

/** What the port layer is started with. */
export interface ServeOptions {
  config: ApplianceConfig;
  secret: ApplianceSecret;
  /** Aborts when the port layer is to stop. */
  signal: AbortSignal;
  /** Called once everything is restored and containers can be used. */
  ready: () => Promise<void>;
}

/**
 * Serves the port layer API until `signal`. While vSphere cannot be reached every call answers `unavailable` and says
 * why.
 */
export async function servePortLayer(options: ServeOptions): Promise<void> {
  const { config, secret, signal } = options;
  setDebug(config.debug > 0);
  log.info(`${versionString}, VCH ${config.name}, vSphere at ${config.target.url}`);
  let portLayer: RunningPortLayer | undefined;
  let trouble = new VicError("unavailable", "the container service is starting: try again");
  const app = routes(() => {
    if (!portLayer) throw trouble;
    return portLayer;
  });
  const listen = { path: appliancePaths.portLayerSocket };
  await using _server = await serve({ app, upgrades: [upgradeToken], listen });
  try {
    portLayer = await connect(config, secret, signal, (error) => (trouble = error));
    await options.ready();
    log.info("ready");
    if (!signal.aborted) await once(signal, "abort");
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  log.info("stopping");
  await portLayer?.close();
}

/** Tries until vSphere answers and everything is restored. */
async function connect(
  config: ApplianceConfig,
  secret: ApplianceSecret,
  signal: AbortSignal,
  report: (trouble: VicError) => void,
): Promise<RunningPortLayer> {
  const { url, username, thumbprint } = config.target;
  for (let delayMs = retryFirstMs; ; delayMs = Math.min(delayMs * 2, retryLastMs)) {
    let client: Client | undefined;
    try {
      client = await Client.connect({
        url,
        username,
        password: secret.password,
        thumbprint,
        signal,
      });
      return await assemble(client, config, secret);
    } catch (error) {
      signal.throwIfAborted();
      const cause = VicError.from(error);
      log.error(`not ready: ${cause.text}`);
      if (cause.code === "internal") log.error(cause.stack ?? "");
      report(
        new VicError("unavailable", `vSphere at ${url} cannot be used: ${cause.message}`, {
          ...(cause.hint === undefined ? {} : { hint: cause.hint }),
          cause,
        }),
      );
      await client?.close();
    }
    await pause(delayMs * (0.5 + Math.random()), signal);
  }
}
