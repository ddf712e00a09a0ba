import { defineCommand } from "citty";
import { versionString } from "../../internal/version/version.ts";
import { programHelp } from "./help-text.ts";
import { app } from "./verb.ts";

/** Prints the help of the whole program. */
export function printHelp(): void {
  const verbs = [
    { name: "create", about: "Deploy a Virtual Container Host" },
    { name: "ls", about: "List the Virtual Container Hosts of a target" },
    { name: "inspect", about: "Show how to reach a Virtual Container Host" },
    { name: "inspect config", about: "Show the create options that give an equal one" },
    { name: "debug", about: "Let yourself into the VM of a Virtual Container Host by ssh" },
    { name: "delete", about: "Delete a Virtual Container Host with its containers" },
    { name: "version", about: "Print the version" },
    { name: "help", about: "Show this text" },
  ];
  console.log(programHelp(app, versionString, verbs));
}

export default defineCommand({
  meta: { name: "help", description: "Show help" },
  run: printHelp,
});
