/** Mount options of a container's overlay: the same in its VM and where its disks are looked at without it. */
import { VicError } from "../../errors/errors.ts";

/** mount(2) takes one page. */
const optionsMaxBytes = 4095;

/**
 * `lowers`: topmost first. `scratch`: folder with `upper` and `work`; absent: nothing can be written. Nothing that would
 * make the upper directory unreadable on its own.
 */
export function overlayOptions(lowers: string[], scratch?: string): string {
  const writable =
    scratch === undefined ? [] : [`upperdir=${scratch}/upper`, `workdir=${scratch}/work`];
  const options = [
    `lowerdir=${lowers.join(":")}`,
    ...writable,
    "index=off",
    "metacopy=off",
    "redirect_dir=off",
  ].join(",");
  if (options.length > optionsMaxBytes)
    throw new VicError("exhausted", `${lowers.length} layers are too many for one overlay`);
  return options;
}
