import { versionString } from "../version/version.ts";
import { openAccount } from "./account.ts";
import { openCertificate } from "./certificate.ts";
import { DataDir } from "./data-dir.ts";
import type { Mode } from "./inventory/refs.ts";
import { Sampler } from "./inventory/sampler.ts";
import { World } from "./inventory/world.ts";
import { Endpoint } from "./server.ts";
import { HostLog } from "./settings/host-log.ts";
import type { Sessions } from "./soap/sessions.ts";
import type { DatastoreSpec } from "./storage/datastores.ts";
import type { DiskStore, Hypervisor } from "./vm/machine.ts";

/** Options of {@link serve}. */
export interface ServeOptions {
  dataDir: string;
  /** Address to listen on. */
  host: string;
  /** 0: any free one. */
  port: number;
  user: string;
  /** Undefined: the stored one, or a new one. */
  password: string | undefined;
  /** Quota of the first datastore; undefined: as large as the file system. */
  capacityBytes: number | undefined;
  /** How it looks; undefined: as the data folder was made, or like an ESXi host. */
  mode?: Mode | undefined;
  /** Datastores besides those there are already; none at all: `datastore1` in the data folder. */
  datastores?: DatastoreSpec[];
  makeHypervisor: (folder: string, log: (line: string) => void) => Promise<Hypervisor>;
  diskStore: DiskStore;
}

/** A vic-host that serves. Disposing it ends it; its VMs go on. */
export interface Running extends AsyncDisposable {
  url: string;
  sha1: string;
  sha256: string;
  world: World;
  /** Who is logged in. */
  sessions: Sessions;
}

/** Starts a vic-host: takes its data folder, takes over the VMs that still run, and listens. */
export async function serve(options: ServeOptions): Promise<Running> {
  await using stack = new AsyncDisposableStack();
  const dir = stack.use(new DataDir(options.dataDir));
  const certificate = await openCertificate(dir, options.host);
  const log = new HostLog();
  log.add(`vic-host ${versionString} starts`);
  const hypervisor = await options.makeHypervisor(dir.file("machines"), (line) => log.add(line));
  const world = stack.use(
    new World({
      databasePath: dir.file("vic-host.db"),
      mode: options.mode,
      dataDir: dir.path,
      datastores: options.datastores ?? [],
      quotaBytes: options.capacityBytes,
      hypervisor,
      diskStore: options.diskStore,
      log,
    }),
  );
  stack.defer(() => world.stop());
  await openAccount(dir, world, options.user, options.password);
  await world.start();
  stack.use(new Sampler(world));
  const { host, port } = options;
  const endpoint = stack.use(new Endpoint({ world, hostname: host, port, certificate }));
  const shown = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const url = `https://${shown.includes(":") ? `[${shown}]` : shown}:${endpoint.port}`;
  const { sha1, sha256 } = certificate;
  const info = {
    pid: process.pid,
    url,
    thumbprint: sha256,
    sha1,
    user: options.user,
    accelerator: hypervisor.accelerator,
    version: versionString,
  };
  dir.write("vic-host.json", `${JSON.stringify(info, undefined, 2)}\n`, 0o644);
  stack.defer(() => dir.remove("vic-host.json"));
  const owned = stack.move();
  const { sessions } = endpoint;
  return { url, sha1, sha256, world, sessions, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
