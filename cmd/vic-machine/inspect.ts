import { defineCommand } from "citty";
import { inspectConfig, inspectVch } from "../../internal/install/inspect.ts";
import { flags } from "./flags.ts";
import { runVerb, type Verb } from "./verb.ts";

const inspect: Verb = {
  name: "inspect",
  about: "Inspect VCH",
  flags: flags.inspect,
  banner: "### Inspecting VCH ####",
  closing: "Completed successfully",
  timedOut: "Inspect",
  notes: ["inspect config shows the create options that give an equal VCH."],
  run: inspectVch,
};

const config: Verb = {
  ...inspect,
  name: "inspect config",
  about: "Show the create options that give an equal VCH",
  flags: flags["inspect config"],
  notes: [],
  isQuiet: (raw) => raw["format"] === "raw",
  run: inspectConfig,
};

// "config" is read here, not by citty, which takes the first word without dashes for it: also `--name config`.
export default defineCommand({
  meta: { name: inspect.name, description: inspect.about },
  run: async ({ rawArgs }) => {
    const [first, ...rest] = rawArgs;
    process.exitCode =
      first === "config" ? await runVerb(config, rest) : await runVerb(inspect, rawArgs);
  },
});
