import { VicError } from "../../errors/errors.ts";
import type { Mode } from "./refs.ts";
import type { Store } from "./store.ts";

/**
 * The mode of this data folder: the one it was made with. Clients keep references, and what a vCenter names is not what
 * an ESXi host names; so the mode cannot change later.
 */
export function openMode(store: Store, wanted: Mode | undefined): Mode {
  // Every data folder has an identity after its first start; those without a mode are from when there was one mode.
  const isOld = store.get<string>("setting", "uuid") !== undefined;
  const known = store.get<Mode>("setting", "mode") ?? (isOld ? "esx" : undefined);
  if (known !== undefined && wanted !== undefined && known !== wanted) {
    throw new VicError("conflict", `this data folder was made with --mode ${known}`, {
      hint: `leave --mode ${wanted} out, or use another data folder`,
    });
  }
  const mode = known ?? wanted ?? "esx";
  if (known === undefined) store.put("setting", "mode", mode);
  return mode;
}
