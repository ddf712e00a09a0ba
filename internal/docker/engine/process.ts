/** The process of a container: the user's Config over the image's, merged as dockerd merges them. */
import { posix } from "node:path";
import { VicError } from "../../errors/errors.ts";
import type { ImageDefaults } from "../../image/config.ts";
import type { Fields } from "../wire/decode.ts";

const pathDefault = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** Arguments and environment together; the kernel takes no more anyway. */
const processMaxBytes = 1024 * 1024;

/** The merged fields. */
export interface MergedConfig {
  user: string;
  /** As `docker inspect` shows it: what was given and what the image adds. */
  env: string[];
  entrypoint: string[] | undefined;
  cmd: string[] | undefined;
  workingDir: string;
  labels: Record<string, string>;
  stopSignal: string;
  exposedPorts: string[];
  volumes: string[];
}

/** Merges; throws when there is nothing to run. */
export function mergeConfig(config: Fields, image: ImageDefaults): MergedConfig {
  const givenEntrypoint = config.words("Entrypoint");
  let cmd = config.words("Cmd");
  let entrypoint = givenEntrypoint;
  if (!entrypoint?.length) {
    if (!cmd?.length) cmd = image.cmd;
    if (givenEntrypoint === undefined) entrypoint = image.entrypoint;
  }
  // `--entrypoint ""` takes the image's entrypoint away.
  if (entrypoint?.length === 1 && entrypoint[0] === "") entrypoint = undefined;
  if (!entrypoint?.length && !cmd?.length) throw new VicError("invalid", "no command specified");
  const workingDir = config.string("WorkingDir") || image.workingDir;
  if (workingDir !== "" && !workingDir.startsWith("/")) {
    throw new VicError(
      "invalid",
      `the working directory '${workingDir}' is invalid, it needs to be an absolute path`,
    );
  }
  return {
    user: config.string("User") || image.user,
    env: mergeEnv(config.strings("Env"), image.env),
    entrypoint: entrypoint?.length ? entrypoint : undefined,
    cmd: cmd?.length ? cmd : undefined,
    workingDir: workingDir === "" ? "" : posix.normalize(workingDir),
    labels: { ...image.labels, ...config.stringMap("Labels") },
    stopSignal: config.string("StopSignal") || image.stopSignal,
    exposedPorts: union(Object.keys(config.object("ExposedPorts").json), image.exposedPorts),
    volumes: union(Object.keys(config.object("Volumes").json), image.volumes),
  };
}

function union(a: string[], b: string[]): string[] {
  return [...new Set([...a, ...b])];
}

function mergeEnv(given: string[], image: string[]): string[] {
  for (const entry of given) {
    if (entry === "" || entry.startsWith("=") || entry.includes("\0")) {
      throw new VicError("invalid", `invalid environment variable: ${entry}`);
    }
  }
  const names = new Set(given.map(nameOf));
  return [...given, ...image.filter((entry) => !names.has(nameOf(entry)))];
}

/** What the process really gets: defaults below, and an entry without `=` takes the variable away. */
export function processEnv(env: string[], hostname: string, tty: boolean): string[] {
  const values = new Map<string, string>([
    ["PATH", `PATH=${pathDefault}`],
    ["HOSTNAME", `HOSTNAME=${hostname}`],
    ...(tty ? ([["TERM", "TERM=xterm"]] as const) : []),
  ]);
  for (const entry of env) {
    if (entry.includes("=")) values.set(nameOf(entry), entry);
    else values.delete(entry);
  }
  return [...values.values()];
}

/** Adds what is not there yet. */
export function withDefaults(env: string[], more: string[]): string[] {
  const names = new Set(env.map(nameOf));
  return [...env, ...more.filter((entry) => !names.has(nameOf(entry)))];
}

/** Throws when arguments and environment are larger than a process can have. */
export function checkProcessSize(args: string[], env: string[]): void {
  const bytes = [...args, ...env].reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
  if (bytes > processMaxBytes) {
    throw new VicError("invalid", "arguments and environment are too large");
  }
  if (args.some((text) => text.includes("\0"))) {
    throw new VicError("invalid", "an argument contains a NUL byte");
  }
}

function nameOf(entry: string): string {
  const at = entry.indexOf("=", 1);
  return at < 0 ? entry : entry.slice(0, at);
}
