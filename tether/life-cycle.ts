/** One run of the container, from its identity to its last byte. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { totalmem } from "node:os";
import { VicError } from "../internal/errors/errors.ts";
import { keys, type ContainerConfig, type GuestState } from "../internal/guest/config.ts";
import { makeFolders } from "../internal/guest/files/folders.ts";
import type { GuestInfo, PowerRequest } from "../internal/guest/guestinfo.ts";
import { version } from "../internal/version/version.ts";
import { callHandlers } from "./calls.ts";
import { Container, failedState } from "./container.ts";
import { debug } from "./debug.ts";
import { containerDevices } from "./disk/devices.ts";
import { diskPaths, logFolder, mountRoot, unmountAll } from "./disk/rootfs.ts";
import { prepareMount } from "./disk/volumes.ts";
import { etcFiles, resolvConf } from "./etc-files.ts";
import { storedHealth } from "./health.ts";
import type { Identity } from "./identity.ts";
import { containerMemoryBytes } from "./limits.ts";
import { LogWriter } from "./log/writer.ts";
import { configureNics, namespacePath } from "./net/network.ts";
import { watchPorts } from "./net/ports.ts";
import { cgroupPath, containerSpec, type OciMount } from "./oci/spec.ts";
import type { Outside } from "./outside.ts";
import type { Process } from "./process.ts";
import { Runtime } from "./runtime.ts";
import { formatTime, nowNs, signalNumber, signals, sync } from "./sys/libc.ts";
import type { Reaper } from "./sys/reaper.ts";

/** A container that is held starts by itself after this. */
const holdMs = 60_000;
/** At the end: clients that take nothing for this long miss the rest, which is in the log. */
const stalledMs = 5_000;
const stalledPollMs = 250;
const initPath = "/usr/bin/tini-static";

/** See the file's head. */
export class LifeCycle {
  #identity: Identity;
  readonly #guestInfo: GuestInfo;
  readonly #container: Container;
  readonly #outside: Outside;
  /** Ends the waiting for devices. */
  readonly #abort: AbortController;
  /** Ends the health check. */
  readonly #unwatch = new AbortController();
  readonly #mounted: string[] = [];
  #prepared: Promise<Process> | undefined;
  #state: GuestState;
  #writtenBytes = 0;

  constructor(identity: Identity, guestInfo: GuestInfo, reaper: Reaper, outside: Outside) {
    this.#identity = identity;
    this.#guestInfo = guestInfo;
    this.#outside = outside;
    this.#abort = outside.waiting;
    const container = new Container(identity.config, new Runtime(reaper));
    this.#container = container;
    this.#state = { run: identity.config.run, phase: "starting" };
    this.#container.reportPause = () => {
      this.#state = { ...this.#state, isPaused: this.#container.isPaused };
      return this.#publish();
    };
    const { id } = identity.config;
    const hello = () => ({ id, run: this.config.run, version, phase: container.phase });
    outside.serve(hello, callHandlers(container));
  }

  /** What the container is now. */
  get config(): ContainerConfig {
    return this.#identity.config;
  }

  /** Does all that can be done before it is known when the container starts. That something fails shows at the start. */
  prepare(): void {
    this.#prepared = this.#create();
    this.#prepared.catch(() => {});
  }

  /** The container is started: as it was, but for the number of its run and what it is told at every start. */
  begin(identity: Identity): void {
    this.#identity = identity;
    this.#state = { ...this.#state, run: identity.config.run };
  }

  /** Runs the container to its end. Never rejects: what goes wrong is in the state that it leaves. */
  async run(): Promise<void> {
    const published = this.#publish();
    try {
      await this.#start();
      await this.#untilExit();
    } catch (error) {
      const failure = VicError.from(error);
      debug(0, `failed: ${failure.text}`);
      this.#state = failedState(this.#state.run, formatTime(nowNs()), failure);
      this.#container.fail(failure);
    }
    await published.catch(() => {});
    await this.#finish();
  }

  /** Stops the container as the hypervisor asks; {@link LifeCycle.run} then comes to its end. */
  async stop(request: PowerRequest): Promise<void> {
    debug(0, `${request} requested`);
    const { process } = this.#container;
    if (this.#container.phase !== "running" || process === undefined) {
      const error = new VicError("cancelled", "stopped before it was started", {
        detail: { exitCode: 137 },
      });
      this.#abort.abort(error);
      this.#container.released.reject(error);
      return;
    }
    const { stopSignal, stopTimeoutSeconds } = this.#identity.config;
    // A frozen process does not hear its stop signal.
    if (this.#container.isPaused) await this.#container.setPaused(false).catch(() => {});
    process.signal(signalNumber(stopSignal) ?? signals["SIGTERM"]!);
    if (stopTimeoutSeconds < 0) return;
    await Promise.race([process.exited, Bun.sleep(stopTimeoutSeconds * 1000)]);
    process.signal(signals["SIGKILL"]!);
  }

  /** Everything up to a process that waits to be let go. */
  async #create(): Promise<Process> {
    const { config, secret } = this.#identity;
    const { signal } = this.#abort;
    const container = this.#container;
    const control = this.#outside.connect(config.control, secret);
    writeFileSync("/etc/resolv.conf", resolvConf(config.dns));
    const [root, addresses] = await Promise.all([
      timed("disks", mountRoot(config.rootfs, signal)),
      timed("network", this.#setUpNetwork()),
      timed("control network", control),
    ]);
    this.#mounted.push(diskPaths.scratch, root);
    container.rootPath = root;
    makeFolders(root, config.folders ?? []);
    this.#state.addresses = addresses;
    const nics = Object.entries(addresses);
    this.#guestInfo.reportNics(nics.map(([mac, address]) => ({ mac, addresses: [address] })));
    const log = await LogWriter.open(logFolder, config.log);
    container.log.resolve(log);
    container.output.add(async (stream, bytes) => {
      if (config.log.maxFiles > 0) await log.append(stream, bytes, nowNs());
      this.#writtenBytes += bytes.length;
    });
    const mounts = [...this.#writeEtc(addresses), ...(await this.#prepareMounts(root))];
    const user = container.user(config.process);
    const spec = containerSpec({
      config,
      user,
      rootPath: root,
      networkPath: namespacePath,
      mounts,
      devices: await containerDevices(config.sandbox),
      memoryBytes: containerMemoryBytes(totalmem()),
      initPath,
    });
    debug(2, "configuration made");
    const process = await container.runtime.create(spec, {
      command: config.process.args[0] ?? "",
      tty: config.process.tty,
      openStdin: config.process.openStdin,
      user,
      output: container.output,
    });
    debug(2, "container created");
    container.process = process;
    if (container.size !== undefined) process.resize(...container.size);
    container.created.resolve(process);
    return process;
  }

  async #start(): Promise<void> {
    const container = this.#container;
    const { config } = this.#identity;
    const isPrepared = this.#prepared !== undefined;
    const process = await (this.#prepared ?? this.#create());
    if (isPrepared) {
      // Name servers are those of the moment of the start.
      writeFileSync("/etc/resolv.conf", resolvConf(config.dns));
      this.#writeEtc(this.#state.addresses ?? {});
    }
    if (config.hold) await Promise.race([container.released.promise, Bun.sleep(holdMs)]);
    this.#state.startedAt = formatTime(nowNs());
    await container.runtime.start(config.process.args[0] ?? "");
    container.phase = "running";
    this.#state.phase = "running";
    this.#watchHealth();
    container.started.resolve();
    // Loaded late: nobody waits for it, and it would make every boot longer.
    void import("./operations.ts").then(({ containerOperations }) =>
      this.#guestInfo.serve(containerOperations(container).operate),
    );
    debug(0, `running as pid ${process.pid}`);
    // Only networks that are not the VCH's own have a forwarder that must know.
    if (config.networks.some(({ mode }) => mode === "dhcp"))
      watchPorts(process.pid, this.#guestInfo);
    // Asked to stop in the very moment of the start.
    if (this.#abort.signal.aborted) process.signal(signals["SIGKILL"]!);
    await this.#publish();
  }

  #watchHealth(): void {
    const container = this.#container;
    const store = (): void => {
      if (container.health) this.#state.health = storedHealth(container.health.health);
    };
    container.watchHealth(() => {
      store();
      this.#publish().catch((error: unknown) => debug(0, `health: ${String(error)}`));
    }, this.#unwatch.signal);
    store();
  }

  async #setUpNetwork(): Promise<Record<string, string>> {
    const { networks } = this.#identity.config;
    const namespace = await this.#outside.nics(networks.map(({ mac }) => mac));
    return configureNics(namespace, networks, this.#abort.signal);
  }

  #writeEtc(addresses: Record<string, string>): OciMount[] {
    const folder = `${diskPaths.scratch}/etc`;
    mkdirSync(folder, { recursive: true });
    return Object.entries(etcFiles(this.#identity.config, addresses)).map(([name, text]) => {
      const source = `${folder}/${name}`;
      writeFileSync(source, text, { mode: 0o644 });
      const options = ["bind", "rprivate", "rw"];
      return { destination: `/etc/${name}`, type: "bind", source, options };
    });
  }

  async #prepareMounts(root: string): Promise<OciMount[]> {
    const { mounts } = this.#identity.config;
    const prepared = await Promise.all(
      mounts.map((mount, index) =>
        prepareMount(mount, index, root, namespacePath, this.#abort.signal),
      ),
    );
    for (const { target } of prepared) if (target !== undefined) this.#mounted.push(target);
    return prepared.map(({ mount }) => mount);
  }

  async #untilExit(): Promise<void> {
    const container = this.#container;
    const process = container.process!;
    const exit = await process.exited;
    this.#unwatch.abort();
    const { health } = container;
    this.#state = {
      ...this.#state,
      phase: "exited",
      finishedAt: formatTime(nowNs()),
      exitCode: exit.code,
      oomKilled: wasOomKilled(),
      isPaused: false,
      ...(health ? { health: { ...storedHealth(health.health), status: "unhealthy" } } : {}),
    };
    container.phase = "exited";
    debug(0, `exited with code ${exit.code}`);
    await process.drained(this.#stalled());
    container.ended.resolve(exit);
  }

  /** Everything that must be known or on disk before the power goes. */
  async #finish(): Promise<void> {
    // What still waits for a device after another part has failed.
    this.#abort.abort(new VicError("cancelled", "the container has ended"));
    const log = await this.#container.log.promise.catch(() => undefined);
    await log?.end().catch((error: unknown) => debug(0, `log: ${String(error)}`));
    const told = Promise.all([...this.#outside.muxes].map((mux) => mux.flush().catch(() => {})));
    await Promise.all([
      Promise.race([this.#publish().catch(() => {}), Bun.sleep(stalledMs)]),
      Promise.race([told, this.#stalled()]),
    ]);
    this.#outside.hangUp();
    unmountAll(this.#mounted);
    sync();
  }

  #publish(): Promise<void> {
    return this.#guestInfo.set(keys.state, JSON.stringify(this.#state));
  }

  /** Resolves once no byte has moved to a client or the log for {@link stalledMs}. */
  async #stalled(): Promise<void> {
    const moved = (): number =>
      [...this.#outside.muxes].reduce((sum, mux) => sum + mux.sentBytes, this.#writtenBytes);
    let last = -1;
    let since = performance.now();
    while (performance.now() - since < stalledMs) {
      if (moved() !== last) {
        last = moved();
        since = performance.now();
      }
      await Bun.sleep(stalledPollMs);
    }
  }
}

async function timed<T>(what: string, work: Promise<T>): Promise<T> {
  const result = await work;
  debug(2, `${what} ready`);
  return result;
}

function wasOomKilled(): boolean {
  try {
    const events = readFileSync(`/sys/fs/cgroup${cgroupPath}/memory.events`, "utf8");
    return Number(/^oom_kill (\d+)$/m.exec(events)?.[1] ?? 0) > 0;
  } catch {
    return false;
  }
}
