/** What the appliance's services have in common: where their configuration is and how they start and stop. */
import { readFile, writeFile } from "node:fs/promises";
import { defineCommand, type CommandDef } from "citty";
import { VicError } from "../../internal/errors/errors.ts";
import type { ApplianceConfig, ApplianceSecret, Service } from "../../internal/guest/config.ts";
import { appliancePaths } from "../../internal/guest/paths.ts";

/** What a service is given. */
export interface ServiceContext {
  config: ApplianceConfig;
  secret: ApplianceSecret;
  /** Aborts when the service is to stop. */
  signal: AbortSignal;
  /** To be called once the service serves; init waits for it. */
  ready: () => Promise<void>;
}

/** Runs until the context's signal aborts; a rejection ends the process, and init starts it again. */
export type Serve = (context: ServiceContext) => Promise<void>;

/** Subcommand that runs a service in this process; `load` imports it, so that no other process does. */
export function serviceCommand(name: Service, load: () => Promise<Serve>): CommandDef {
  return defineCommand({
    meta: { name, description: `The ${name} service; started by init` },
    async run() {
      const stop = new AbortController();
      for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop.abort());
      try {
        const [serve, config, secret] = await Promise.all([
          load(),
          readJson<ApplianceConfig>(appliancePaths.config),
          readJson<ApplianceSecret>(appliancePaths.secret),
        ]);
        const ready = (): Promise<void> => writeFile(appliancePaths.ready(name), "");
        await serve({ config, secret, signal: stop.signal, ready });
      } catch (error) {
        // The last line of the log becomes the service's state, which the installer shows.
        if (error instanceof Error && error.stack) console.error(error.stack);
        console.error(VicError.from(error).text.replaceAll("\n", " "));
        process.exit(1);
      }
      process.exit(0);
    },
  });
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, "utf8")) as T;
}
