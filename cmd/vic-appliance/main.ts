/** The appliance's one executable; each of its processes is a subcommand. */
import { defineCommand, runMain } from "citty";
import { versionString } from "../../internal/version/version.ts";

const main = defineCommand({
  meta: { name: "vic-appliance", version: versionString, description: "The VCH endpoint" },
  subCommands: {
    init: () => import("./init.ts").then((module) => module.command),
    "port-layer": () => import("./port-layer.ts").then((module) => module.command),
    docker: () => import("./docker.ts").then((module) => module.command),
    version: defineCommand({
      meta: { name: "version", description: "Print the version" },
      run: () => console.log(versionString),
    }),
  },
});

// Variables that steer Bun: init hands them on to the services, and they must not reach what those start.
if (process.argv[2] !== "init") {
  for (const name of Object.keys(process.env))
    if (name.startsWith("BUN_")) delete process.env[name];
}
await runMain(main);
