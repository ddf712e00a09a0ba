import { defineCommand } from "citty";
import { versionString } from "../../internal/version/version.ts";
import { app } from "./verb.ts";

export default defineCommand({
  meta: { name: "version", description: "Print the version" },
  run: () => console.log(`${app} version ${versionString}`),
});
