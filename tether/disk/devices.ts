/** Device nodes a container gets: privileged all of the VM's, otherwise those it names. */
import { readdirSync, statSync, type Stats } from "node:fs";
import { posix } from "node:path";
import { VicError } from "../../internal/errors/errors.ts";
import type { SandboxConfig } from "../../internal/guest/config.ts";
import type { OciDevice } from "../oci/spec.ts";

/** Folders that are file systems of their own in every container, and nodes the runtime makes itself. */
const skipped = ["pts", "shm", "mqueue", "fd", "core", "console", "ptmx", "tty", "virtio-ports"];
const madeByRuntime = ["null", "zero", "full", "random", "urandom"];
/** The way to the host is the tether's. */
const isOwn = (name: string): boolean => /^vport\d/.test(name);
const [typeMask, typeCharacter, typeBlock] = [0o170000, 0o020000, 0o060000];

/** All character and block devices below a folder. */
export function findDevices(folder: string): OciDevice[] {
  return readdirSync(folder).flatMap((name) => {
    if (skipped.includes(name) || madeByRuntime.includes(name) || isOwn(name)) return [];
    const path = `${folder}/${name}`;
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    if (stat.isDirectory()) return findDevices(path);
    const device = deviceOf(path, stat);
    return device === undefined ? [] : [device];
  });
}

/** The devices a user named. `invalid`, in Docker's words, for what is none. */
export function namedDevices(wanted: SandboxConfig["devices"] = []): OciDevice[] {
  return wanted.map(({ source, destination, access }) => {
    const stat = statSync(source, { throwIfNoEntry: false });
    const device = stat && !isOwn(posix.basename(source)) ? deviceOf(source, stat) : undefined;
    if (device !== undefined) return { ...device, path: destination, access };
    const what = stat ? "not a device node" : "no such file or directory";
    throw new VicError(
      "invalid",
      `error gathering device information while adding custom device "${source}": ${what}`,
      { hint: "devices are those of the container's VM", detail: { exitCode: 128 } },
    );
  });
}

function deviceOf(path: string, stat: Stats): OciDevice | undefined {
  const type = stat.mode & typeMask;
  if (type !== typeCharacter && type !== typeBlock) return undefined;
  return {
    path,
    type: type === typeBlock ? "b" : "c",
    // As glibc packs them.
    major: (stat.rdev >>> 8) & 0xfff,
    minor: (stat.rdev & 0xff) | ((stat.rdev >>> 12) & 0xfff00),
    fileMode: stat.mode & 0o7777,
    uid: stat.uid,
    gid: stat.gid,
  };
}
