/**
 * A container and a further process in it, run in a template before it is frozen and thrown away: what every clone does first
 * has then been read from the ISO and compiled once, for all of them. Nothing here may draw a random number, and so there is
 * no TLS in it: what this process knows, every clone knows.
 */
import { totalmem } from "node:os";
import { VicError } from "../internal/errors/errors.ts";
import type { SandboxConfig } from "../internal/guest/config.ts";
import { debug } from "./debug.ts";
import { containerMemoryBytes } from "./limits.ts";
import { NetNamespace } from "./net/namespace.ts";
import { containerSpec, processSpec } from "./oci/spec.ts";
import { Output } from "./output.ts";
import { Runtime } from "./runtime.ts";
import { signals } from "./sys/libc.ts";
import { mount, mountFlags, unmount } from "./sys/mount.ts";
import type { Reaper } from "./sys/reaper.ts";

const rootPath = "/run/vic/rehearsal/root";
const networkPath = "/run/vic/rehearsal/net";
const user = { uid: 0, gid: 0, groups: [], home: "/" };

const common = { env: [], cwd: "/", user: "", tty: false, openStdin: false, stdinOnce: false };
const sleeper = { ...common, args: ["/bin/busybox", "sleep", "1000"] };
const visitor = { ...common, args: ["/bin/busybox", "true"] };

const sandbox: SandboxConfig = {
  privileged: false,
  capAdd: [],
  capDrop: [],
  readOnlyRootfs: true,
  ulimits: [],
  sysctls: {},
  shmSizeBytes: 0,
  init: false,
  oomScoreAdj: 0,
  groupAdd: [],
  pidsLimit: 0,
};

/** See the file's head. That it fails costs time only. */
export async function rehearse(reaper: Reaper): Promise<void> {
  const undo: (() => unknown)[] = [];
  try {
    mount("/", rootPath, "", mountFlags.bind, "");
    undo.push(() => unmount(rootPath));
    const namespace = NetNamespace.create(networkPath);
    undo.push(() => namespace.remove());
    const runtime = new Runtime(reaper);
    // Whatever is left of it would be in the way of every clone's own container.
    undo.push(() => runtime.remove());
    await runInside(runtime);
    debug(1, "rehearsed");
  } catch (error) {
    debug(0, `not rehearsed: ${VicError.from(error).text}`);
  }
  for (const step of undo.toReversed()) {
    try {
      await step();
    } catch (error) {
      debug(0, `after the rehearsal: ${VicError.from(error).text}`);
    }
  }
  Bun.gc(true);
}

async function runInside(runtime: Runtime): Promise<void> {
  const spec = containerSpec({
    config: { process: sleeper, hostname: "rehearsal", domainname: "", sandbox },
    user,
    rootPath,
    networkPath,
    mounts: [],
    devices: [],
    memoryBytes: containerMemoryBytes(totalmem()),
    initPath: "",
  });
  const launch = (command: string) => ({
    command,
    tty: false,
    openStdin: false,
    user,
    output: new Output(),
  });
  const main = await runtime.create(spec, launch("sleep"));
  await runtime.start("sleep");
  const further = processSpec(visitor, user, sandbox, "rehearsal");
  const second = await runtime.exec(further, launch("true"));
  await second.ended();
  main.signal(signals["SIGKILL"]!);
  await main.ended();
}
