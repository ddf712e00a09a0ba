import { listVchs } from "../../internal/install/list.ts";
import { flags } from "./flags.ts";
import { command } from "./verb.ts";

export default command({
  name: "ls",
  about: "List the Virtual Container Hosts of a target",
  flags: flags.ls,
  banner: "### Listing VCHs ####",
  closing: undefined,
  timedOut: "List",
  run: listVchs,
});
