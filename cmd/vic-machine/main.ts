/** vic-machine: makes, lists, inspects and deletes Virtual Container Hosts. */
import { defineCommand, runCommand } from "citty";
import { printHelp } from "./help.ts";

const subCommands = {
  create: () => import("./create.ts").then((m) => m.default),
  ls: () => import("./ls.ts").then((m) => m.default),
  inspect: () => import("./inspect.ts").then((m) => m.default),
  debug: () => import("./debug.ts").then((m) => m.default),
  delete: () => import("./delete.ts").then((m) => m.default),
  version: () => import("./version.ts").then((m) => m.default),
  help: () => import("./help.ts").then((m) => m.default),
};

/** Exit code for a command that does not exist. */
const unknownCommand = 3;

const args = process.argv.slice(2);
const [first] = args;
if (first === undefined || first === "--help" || first === "-h") {
  printHelp();
} else if (first === "--version" || first === "-v") {
  await runCommand(defineCommand({ subCommands }), { rawArgs: ["version"] });
} else if (!Object.hasOwn(subCommands, first)) {
  console.log(`Unknown command: ${first}\n`);
  printHelp();
  process.exitCode = unknownCommand;
} else {
  await runCommand(defineCommand({ subCommands }), { rawArgs: args });
}
process.exit();
