import { create } from "../../internal/install/create.ts";
import { flags } from "./flags.ts";
import { command } from "./verb.ts";

export default command({
  name: "create",
  about: "Deploy a Virtual Container Host",
  flags: flags.create,
  banner: "### Installing VCH ####",
  closing: "Installer completed successfully",
  timedOut: undefined,
  notes: ["What was made is removed again when create fails or is interrupted."],
  run: create,
});
