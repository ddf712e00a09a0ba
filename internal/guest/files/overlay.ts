/** Mount options of a container's overlay: the same in its VM and where its disks are looked at without it. */
import { lstatSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { posix } from "node:path";
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

/** Mount points that every container needs, and the file by which programs know that they are in one. */
const mountPoints = ["dev", "proc", "sys"];
const mountFiles = [".dockerenv", "etc/hostname", "etc/hosts", "etc/resolv.conf"];

/**
 * Fills the layer between the image and the container's own changes: with it, what the runtime needs to mount over does
 * not count as changed by the container (as in Docker). Idempotent.
 */
export function makeInitLayer(folder: string): void {
  for (const path of mountPoints) mkdirSync(`${folder}/${path}`, { recursive: true });
  for (const path of mountFiles) {
    mkdirSync(`${folder}/${posix.dirname(path)}`, { recursive: true });
    writeFileSync(`${folder}/${path}`, "", { mode: path === ".dockerenv" ? 0o755 : 0o644 });
  }
  const mtab = `${folder}/etc/mtab`;
  if (lstatSync(mtab, { throwIfNoEntry: false }) === undefined) symlinkSync("/proc/mounts", mtab);
}
