/** What can be mounted into a container: tmpfs. Everything else is refused with the reason. */
import { posix } from "node:path";
import { VicError } from "../../errors/errors.ts";
import type { Container, CreateContainer } from "../../portlayer/api/types.ts";
import { Fields } from "../wire/decode.ts";
import { refused } from "./refused.ts";

const noVolumes = "this engine has no volumes; use --tmpfs, or copy the files into an image";

/** `--tmpfs` and `--mount type=tmpfs`; binds and volumes are refused. */
export function tmpfsMounts(hostConfig: Fields): CreateContainer["tmpfs"] {
  for (const bind of hostConfig.strings("Binds")) refuseBind(bind);
  const mounts: CreateContainer["tmpfs"] = [];
  const simple = hostConfig.stringMap("Tmpfs");
  for (const [path, options] of Object.entries(simple)) {
    const list = options.split(",").filter((o) => o !== "");
    for (const option of list) checkTmpfsOption(option);
    mounts.push({ destination: destination(path), options: list });
  }
  for (const mount of hostConfig.list("Mounts")) mounts.push(tmpfsMount(mount));
  const seen = new Set<string>();
  for (const { destination: path } of mounts) {
    if (seen.has(path)) throw new VicError("invalid", `Duplicate mount point: ${path}`);
    seen.add(path);
  }
  return mounts;
}

/** The Mounts of inspect and ps. As in dockerd those of `--tmpfs` are not among them. */
export function shownMounts({ record }: Container): Record<string, unknown>[] {
  const hostConfig = Fields.of(record.docker.hostConfig, "HostConfig");
  return hostConfig.list("Mounts").map((mount) => {
    const Destination = destination(mount.string("Target"));
    const RW = !mount.bool("ReadOnly");
    return { Type: mount.string("Type"), Source: "", Destination, Mode: "", RW, Propagation: "" };
  });
}

/** What mount(8) knows for a tmpfs, and dockerd lets through. */
const tmpfsFlags = new Set(
  "async atime bind defaults dev diratime dirsync exec mand noatime nodev nodiratime noexec nomand norelatime nostrictatime nosuid private rbind relatime remount ro rprivate rshared rslave runbindable rw shared slave strictatime suid sync unbindable".split(
    " ",
  ),
);
const tmpfsValues = new Set(["gid", "mode", "mpol", "nr_blocks", "nr_inodes", "size", "uid"]);

function checkTmpfsOption(option: string): void {
  const [name = "", value] = option.split(/=(.*)/s);
  const isKnown = value === undefined ? tmpfsFlags.has(name) : tmpfsValues.has(name);
  if (!isKnown || /[\s\0]/.test(option))
    throw new VicError("invalid", `Invalid tmpfs option "${option}"`);
}

/** TmpfsOptions.Options, of which dockerd takes two. */
function tmpfsOptions(given: unknown): string[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw new VicError("invalid", "TmpfsOptions.Options is no list");
  return given.map((option: unknown) => {
    const [name, ...rest] = Array.isArray(option) ? (option as unknown[]) : [];
    if ((name === "exec" || name === "noexec") && rest.length === 0) return name;
    throw new VicError("invalid", `invalid tmpfs option: ${JSON.stringify(option)}`);
  });
}

function tmpfsMount(mount: Fields): CreateContainer["tmpfs"][number] {
  const type = mount.string("Type");
  const target = mount.string("Target");
  if (type === "bind") refuseBind(`${mount.string("Source")}:${target}`);
  if (type === "volume") throw refused(`the volume mount at ${target}`, noVolumes);
  if (type !== "tmpfs") throw refused(`a mount of type ${type || "(none)"}`);
  if (mount.string("Source") !== "") {
    throw new VicError(
      "invalid",
      `invalid mount config for type "tmpfs": field Source must not be specified`,
    );
  }
  const options = mount.object("TmpfsOptions");
  const size = options.int("SizeBytes");
  const mode = options.int("Mode");
  const more = tmpfsOptions(options.value("Options"));
  return {
    destination: destination(target),
    options: [
      ...(size > 0 ? [`size=${size}`] : []),
      ...(mode > 0 ? [`mode=${mode.toString(8)}`] : []),
      ...more,
      ...(mount.bool("ReadOnly") ? ["ro"] : []),
    ],
  };
}

function refuseBind(bind: string): never {
  const [source = ""] = bind.split(":");
  if (!bind.includes(":")) throw refused(`the volume ${bind}`, noVolumes);
  if (source.startsWith("/") || source.startsWith(".") || source.startsWith("~")) {
    throw new VicError(
      "invalid",
      `invalid mount "${bind}": mounting directories as a data volume is not supported`,
      { hint: "a container is a VM of its own and does not see the files of any host" },
    );
  }
  throw refused(`the volume mount "${bind}"`, noVolumes);
}

/** An absolute path in the container, in its shortest form. */
export function destination(path: string): string {
  if (!path.startsWith("/")) {
    throw new VicError("invalid", `invalid mount path: '${path}' mount path must be absolute`);
  }
  const clean = posix.normalize(path).replace(/(.)\/$/, "$1");
  if (clean === "/") {
    throw new VicError("invalid", "invalid specification: destination can't be '/'");
  }
  return clean;
}
