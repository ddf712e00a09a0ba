/** `make stop`: deletes the VCH of `make run` with its containers, and ends vic-host. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, Stand } from "./stand.ts";

const stand = new Stand({ dir: join(root, "run"), loopback: "127.0.2.0/24" });
if (existsSync(join(stand.hostDir, "vic-host.json"))) {
  await stand.startHost();
  const listed = await stand.machine(["ls"]);
  if (listed.stdout.includes(` ${stand.name} `)) await stand.deleteVch();
  await stand.stopHost();
  console.log("Stopped");
} else {
  console.log("Nothing is running");
}
process.exit(0);
