/** Device nodes a container gets: privileged all of the VM's, otherwise those it names. */
import { existsSync, readdirSync, readFileSync, statSync, type Stats } from "node:fs";
import { release } from "node:os";
import { posix } from "node:path";
import { VicError } from "../../internal/errors/errors.ts";
import type { SandboxConfig } from "../../internal/guest/config.ts";
import type { OciDevice } from "../oci/spec.ts";
import { spawn } from "../sys/spawn.ts";

/** Folders that are file systems of their own in every container, and nodes the runtime makes itself. */
const skipped = ["pts", "shm", "mqueue", "fd", "core", "console", "ptmx", "tty", "virtio-ports"];
const madeByRuntime = ["null", "zero", "full", "random", "urandom"];
/** Their drivers check who does what: udev, which does not run here, lets everybody in. */
const openToAll = ["fuse", "kvm", "net/tun"];
const kvmPath = "/dev/kvm";
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

/** Where {@link containerDevices} looks; a seam for tests. */
export interface DeviceSource {
  /** Below it the nodes are. */
  folder: string;
  /** Text of the kernel's modules.devname: which module makes which node. */
  devname: string;
  /** Loads the first of these modules that can be. */
  load: (modules: string[]) => Promise<void>;
}

/** What `--device` and `--privileged` give a container; loads the modules that make what is not there yet. */
export async function containerDevices(
  { privileged, devices = [] }: Pick<SandboxConfig, "privileged" | "devices">,
  source: DeviceSource = systemSource(),
): Promise<OciDevice[]> {
  const loadable = parseDevname(source);
  const named: OciDevice[] = [];
  for (const device of devices) {
    const modules = loadable.get(posix.normalize(device.source))?.modules;
    if (modules && !statSync(device.source, { throwIfNoEntry: false })) await source.load(modules);
    named.push(...namedDevices(device));
  }
  if (!privileged) return named;
  const all = findDevices(source.folder);
  // Opening such a node loads its module.
  for (const { device } of loadable.values()) if (device) all.push(device);
  const paths = new Set(named.map(({ path }) => path));
  return [...new Map(all.map((device) => [device.path, device])).values()]
    .filter(({ path }) => !paths.has(path))
    .concat(named);
}

/** The device a user named, or all below the folder. `invalid`, in Docker's words, for what is none. */
function namedDevices({
  source,
  destination,
  access,
}: NonNullable<SandboxConfig["devices"]>[number]): OciDevice[] {
  const stat = statSync(source, { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    return findDevices(source).map((device) => {
      const path = posix.join(destination, posix.relative(source, device.path));
      return { ...device, path, access };
    });
  }
  const device = stat && !isOwn(posix.basename(source)) ? deviceOf(source, stat) : undefined;
  if (device !== undefined) return [{ ...device, path: destination, access }];
  const what = stat ? "not a device node" : "no such file or directory";
  throw new VicError(
    "invalid",
    `error gathering device information while adding custom device "${source}": ${what}`,
    {
      hint: `devices are those of the container's VM${source === kvmPath ? "; its CPU offers no virtualization" : ""}`,
      detail: { exitCode: 128 },
    },
  );
}

/** The nodes that modules make, by path. One that may not come to be has no device here. */
function parseDevname({ folder, devname }: DeviceSource) {
  const nodes = new Map<string, { modules: string[]; device?: OciDevice }>();
  for (const [, module, name, type, major, minor] of devname.matchAll(
    /^(\S+) (\S+) ([cb])(\d+):(\d+)$/gm,
  )) {
    const path = `${folder}/${name}`;
    const modes = { fileMode: openToAll.includes(name!) ? 0o666 : 0o600, uid: 0, gid: 0 };
    const numbers = { major: Number(major), minor: Number(minor) };
    nodes.set(path, {
      modules: [module!],
      device: { path, type: type as "c" | "b", ...numbers, ...modes },
    });
  }
  nodes.set(kvmPath, { modules: ["kvm_intel", "kvm_amd"] });
  return nodes;
}

function systemSource(): DeviceSource {
  const path = `/lib/modules/${release()}/modules.devname`;
  return {
    folder: "/dev",
    devname: existsSync(path) ? readFileSync(path, "utf8") : "",
    load: async (modules) => {
      for (const module of modules) {
        const argv = ["modprobe", "--quiet", module];
        if ((await spawn(argv, ["ignore", "ignore", "ignore"]).finished).code === 0) return;
      }
    },
  };
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
    fileMode: openToAll.includes(posix.relative("/dev", path)) ? 0o666 : stat.mode & 0o7777,
    uid: stat.uid,
    gid: stat.gid,
  };
}
