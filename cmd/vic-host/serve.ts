import { resolve } from "node:path";
import { VicError } from "../../internal/errors/errors.ts";
import { serveLocal } from "../../internal/host/local.ts";
import type { Mode } from "../../internal/host/inventory/refs.ts";
import type { DatastoreSpec } from "../../internal/host/storage/datastores.ts";
import { versionString } from "../../internal/version/version.ts";
import { serveHelp } from "./help.ts";

/** Values of the command line. */
export interface ServeFlags {
  data?: string | undefined;
  listen: string;
  user: string;
  "password-file"?: string | undefined;
  capacity?: string | undefined;
  datastore?: string[] | undefined;
  mode?: string | undefined;
  loopback: string;
  help: boolean;
}

const passwordVariable = "VIC_HOST_PASSWORD";
const units: Record<string, number> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Runs `vic-host serve` and returns its exit code. */
export async function runServe(flags: ServeFlags): Promise<number> {
  if (flags.help) {
    console.log(serveHelp);
    return 0;
  }
  if (!flags.data) throw usage("say where to keep everything: --data DIR");
  const { host, port } = parseListen(flags.listen);
  const { loopback, user } = flags;
  if (user === "") throw usage("--user is empty");
  const log = (line: string) => console.log(line);
  // The user of a VM's QEMU passes through the data folder: every file there is closed unless it is opened for it.
  process.umask(0o077);
  const stop = stopSignal();
  const capacityBytes =
    flags.capacity === undefined ? undefined : parseBytes("--capacity", flags.capacity);
  const datastores = (flags.datastore ?? []).map(parseDatastore);
  const password = await readPassword(flags["password-file"]);
  // Not for anything that is started from here.
  delete process.env[passwordVariable];
  await using running = await serveLocal({
    dataDir: resolve(flags.data),
    host,
    port,
    user,
    password,
    capacityBytes,
    datastores,
    mode: parseMode(flags.mode),
    loopback,
    log,
  });
  const { accelerator } = running.world.hypervisor;
  console.log(`vic-host ${versionString}`);
  console.log(`URL          ${running.url}`);
  console.log(`SHA-1        ${running.sha1}`);
  console.log(`SHA-256      ${running.sha256}`);
  console.log(
    `accelerator  ${accelerator.name}${accelerator.reason ? ` (${accelerator.reason})` : ""}`,
  );
  console.log(`listening on ${new URL(running.url).host}`);
  await stop;
  console.log("stopping; running VMs go on");
  return 0;
}

function stopSignal(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => done());
  });
}

/** Splits HOST:PORT; the host may be an IPv6 address in brackets. */
function parseListen(text: string): { host: string; port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || !(port <= 65_535)) throw usage(`--listen ${text}: write HOST:PORT`);
  return { host: match[1] ?? (match[2] || "0.0.0.0"), port };
}

/** Reads a number of bytes with an optional K, M, G or T. */
function parseBytes(flag: string, text: string): number {
  const match = /^(\d+)([KMGT]?)(?:i?B)?$/i.exec(text);
  const bytes = Number(match?.[1]) * (units[match?.[2]?.toUpperCase() ?? ""] ?? 1);
  if (!match || !(bytes > 0) || !Number.isSafeInteger(bytes)) {
    throw usage(`${flag} ${text}: write a number of bytes, such as 20G`);
  }
  return bytes;
}

function parseMode(text: string | undefined): Mode | undefined {
  if (text === undefined || text === "esx" || text === "vcenter") return text;
  throw usage(`--mode ${text}: write esx or vcenter`);
}

/** Splits NAME=DIR[,BYTES]. */
function parseDatastore(text: string): DatastoreSpec {
  const match = /^([^=[\]/\\]{1,42})=(.+?)(?:,([^,/]*))?$/.exec(text);
  const [, name = "", path = "", bytes] = match ?? [];
  if (!match || name.trim() !== name) {
    throw usage(`--datastore ${text}: write NAME=DIR or NAME=DIR,BYTES`);
  }
  const capacityBytes = bytes === undefined ? undefined : parseBytes("--datastore", bytes);
  return { name, path: resolve(path), capacityBytes };
}

async function readPassword(file: string | undefined): Promise<string | undefined> {
  const from = file === undefined ? process.env[passwordVariable] : await firstLine(file);
  if (from === "") {
    throw usage(file === undefined ? `${passwordVariable} is empty` : `${file} holds no password`);
  }
  return from;
}

async function firstLine(path: string): Promise<string> {
  try {
    return (await Bun.file(path).text()).split(/\r?\n/, 1)[0] ?? "";
  } catch (cause) {
    throw new VicError("invalid", `--password-file ${path} cannot be read`, { cause });
  }
}

const usage = (message: string) =>
  new VicError("invalid", message, { hint: "see vic-host serve --help" });
