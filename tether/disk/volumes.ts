/** Volumes, NFS and tmpfs mounts of a container. */
import { closeSync, constants, mkdirSync, openSync, readdirSync } from "node:fs";
import { VicError } from "../../internal/errors/errors.ts";
import type { MountConfig } from "../../internal/guest/config.ts";
import { openInRoot } from "../../internal/guest/files/open-in-root.ts";
import type { OciMount } from "../oci/spec.ts";
import { isErrno } from "../sys/libc.ts";
import { spawn } from "../sys/spawn.ts";
import { diskPaths, mountExt4 } from "./rootfs.ts";
import { waitForDisk } from "./scsi.ts";

/** Folder of a volume's disk that is the volume: beside it ext4 keeps its lost+found. */
const dataFolder = "data";
const textMaxBytes = 2048;

/** A prepared mount, and what to unmount at the end. */
export interface Prepared {
  mount: OciMount;
  target?: string;
}

/** Mounts the source of a mount where the OCI runtime can bind it from. NFS goes through the container's network. */
export async function prepareMount(
  config: MountConfig,
  index: number,
  rootPath: string,
  networkPath: string,
  signal: AbortSignal,
): Promise<Prepared> {
  const { destination, readOnly } = config;
  const access = readOnly ? "ro" : "rw";
  if (config.type === "tmpfs") {
    const options = [...tmpfsOptions(config.options ?? []), access];
    return { mount: { destination, type: "tmpfs", source: "tmpfs", options } };
  }
  const target = `${diskPaths.volumes}/${index}`;
  let source = target;
  if (config.type === "disk") {
    if (config.disk === undefined) throw new VicError("invalid", `no disk for ${destination}`);
    mountExt4(await waitForDisk(config.disk.unit, [], signal), target);
    source = `${target}/${dataFolder}`;
    mkdirSync(source, { recursive: true });
  } else {
    await mountNfs(config, target, networkPath);
  }
  if (config.copyUp === true) await copyUp(rootPath, destination, source);
  return {
    mount: { destination, type: "bind", source, options: ["rbind", "rprivate", access] },
    target,
  };
}

/** Docker's own options go in front unless their opposite was asked for: the runtime adds flags up and takes none away. */
export function tmpfsOptions(given: string[]): string[] {
  const own = ["nosuid", "nodev", "noexec"].filter((flag) => !given.includes(flag.slice(2)));
  const open = new Set(["suid", "dev", "exec", "rw", "ro"]);
  return [...new Set([...own, ...given])].filter((option) => !open.has(option));
}

async function mountNfs(config: MountConfig, target: string, networkPath: string): Promise<void> {
  if (!config.source) throw new VicError("invalid", `no NFS source for ${config.destination}`);
  mkdirSync(target, { recursive: true });
  // No lock daemon runs in the VM.
  const options = ["nolock", ...(config.options ?? [])].join(",");
  const inside = ["nsenter", `--net=${networkPath}`];
  await runTool([...inside, "mount", "-t", "nfs", "-o", options, config.source, target]);
}

/** Fills an empty volume with what the image has at its destination, owner and mode of the folder included. */
export async function copyUp(root: string, destination: string, volume: string): Promise<void> {
  if (readdirSync(volume).some((name) => name !== "lost+found")) return;
  const rootFd = openSync(root, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    const source = openInRoot(rootFd, destination, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      // Through our descriptor: the path is not looked up again.
      await runTool(["cp", "-a", `/proc/${process.pid}/fd/${source}/.`, `${volume}/`]);
    } finally {
      closeSync(source);
    }
  } catch (error) {
    if (!isErrno(error, "ENOENT") && !isErrno(error, "ENOTDIR")) throw error;
  } finally {
    closeSync(rootFd);
  }
}

async function runTool(argv: string[]): Promise<void> {
  const { code, errors } = await spawn(argv, ["ignore", "ignore", "pipe"]).finished;
  if (code === 0) return;
  throw new VicError("internal", `${argv[0]} failed: ${errors.trim().slice(0, textMaxBytes)}`);
}
