import { debugVch } from "../../internal/install/debug.ts";
import { flags } from "./flags.ts";
import { command } from "./verb.ts";

export default command({
  name: "debug",
  about: "Let yourself into the VM of a running VCH by ssh",
  flags: flags.debug,
  banner: "### Configuring VCH for debug ####",
  closing: "Completed successfully",
  timedOut: "Debug",
  run: debugVch,
});
