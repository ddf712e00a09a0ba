import { deleteVch } from "../../internal/install/delete.ts";
import { flags } from "./flags.ts";
import { command } from "./verb.ts";

export default command({
  name: "delete",
  about: "Delete VCH",
  flags: flags.delete,
  banner: "### Removing VCH ####",
  closing: "Completed successfully",
  timedOut: "Delete",
  notes: ["A delete that failed half-way can be repeated."],
  run: deleteVch,
});
