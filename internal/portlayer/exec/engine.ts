/** Containers: everything the API does with them. */
import { VicError } from "../../errors/errors.ts";
import type { FileRequest } from "../../guest/files/requests.ts";
import type { GuestStats, Hello, ProcessTable } from "../../guest/control.ts";
import type { Call, Mux } from "../../guest/mux.ts";
import type { KeyPair } from "../../pki/pki.ts";
import type {
  Attach,
  Container,
  CreateContainer,
  Health,
  StopContainer,
  UpdateContainer,
  WaitCondition,
  WaitResult,
} from "../api/types.ts";
import { accessFiles, type Exchange } from "../files/access.ts";
import { logger } from "../log.ts";
import { Spares } from "../templates/spares.ts";
import { Templates } from "../templates/templates.ts";
import { pause } from "../time.ts";
import { AttachSessions } from "./attach.ts";
import { ContainerCache } from "./cache.ts";
import { Connections } from "./connections.ts";
import { claimsOfContainers, createContainer, ImagesInUse } from "./create.ts";
import { engage } from "./engage.ts";
import type { Entry } from "./entry.ts";
import { Execs } from "./execs.ts";
import { HeldVms } from "./held.ts";
import { Identities } from "./identities.ts";
import { Lifecycle } from "./lifecycle.ts";
import { publish, type ExecParts } from "./parts.ts";
import { pauseContainer, runningMux } from "./pause.ts";
import { removeContainer } from "./remove.ts";
import { startContainer } from "./start.ts";
import { signalContainer, stopContainer } from "./stop.ts";
import { updateContainer } from "./update.ts";
import { waitContainer } from "./wait.ts";

const log = logger("exec");
/** After a watch that ended for good, a new one is tried at this pace. */
const rewatchMs = 2_000;

/** What an {@link Engine} is made of beside its own parts. */
export type EngineParts = Omit<
  ExecParts,
  | "cache"
  | "connections"
  | "attachSessions"
  | "execs"
  | "templates"
  | "spares"
  | "held"
  | "identities"
> & {
  /** CA of the control channel. */
  controlCa: KeyPair;
  /** See {@link Spares}. */
  spareQuietMs?: number | undefined;
};

/** See the file's head. */
export class Engine {
  readonly execs: Execs;
  readonly cache: ContainerCache;
  /** To begin after {@link Engine.restore}. */
  readonly templates: Templates;
  /** To begin then, too. */
  readonly spares: Spares;
  readonly connections = new Connections();
  readonly #parts: ExecParts;
  readonly #lifecycle: Lifecycle;
  readonly #imagesInUse = new ImagesInUse();

  constructor(given: EngineParts) {
    this.cache = new ContainerCache({
      changed: (entry) => this.#lifecycle.changed(entry),
      gone: (entry) => this.#lifecycle.gone(entry),
    });
    this.execs = new Execs(this.connections, given.events);
    const attachSessions = new AttachSessions(this.connections);
    const { cache, connections, execs } = this;
    const { config, vms, chores, controlCa } = given;
    const templates = new Templates({
      config,
      vms,
      chores,
      isContainer: (id) => cache.has(id),
      ready: () => this.spares.refill(),
    });
    this.templates = templates;
    const held = new HeldVms(cache);
    const identities = new Identities(controlCa);
    const spareParts = {
      config,
      vms,
      chores,
      templates,
      identities,
      controlAddress: given.controlAddress,
      usedMacs: () => claimsOfContainers(cache).macs,
      isBusy: () => cache.list().some((entry) => entry.starting ?? entry.isRemoving),
    };
    const spares = new Spares(spareParts, given.spareQuietMs);
    this.spares = spares;
    const own = { cache, connections, attachSessions, execs, templates, spares, held, identities };
    this.#parts = { ...given, ...own };
    this.#lifecycle = new Lifecycle(this.#parts);
  }

  /** Reads all containers from vSphere and keeps following them until `signal`. `isBoot`: the appliance just started. */
  async restore(isBoot: boolean, signal: AbortSignal): Promise<void> {
    const { vms, cache, ports } = this.#parts;
    for (const { ref, props } of await vms.list()) cache.apply(ref, props);
    log.info(`${cache.list().length} containers found`);
    await ports.reset();
    this.#lifecycle.restored(isBoot);
    void this.#watch(signal);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { vms, cache } = this.#parts;
    while (!signal.aborted) {
      const subscription = vms.watch((changes) => {
        for (const { ref, kind, props } of changes) {
          if (kind === "leave") cache.drop(ref);
          else cache.apply(ref, props);
        }
      });
      const close = () => subscription.close();
      signal.addEventListener("abort", close, { once: true });
      await subscription.ended.catch((error: unknown) => {
        if (!signal.aborted) log.error(`watching containers: ${VicError.from(error).text}`);
      });
      signal.removeEventListener("abort", close);
      await pause(rewatchMs, signal).catch(() => undefined);
    }
  }

  /** A tether has connected, with a certificate of that name. */
  connected(mux: Mux, hello: Hello, name: string): void {
    const entry = this.#called(hello.id, name);
    if (!entry && hello.id === "" && this.spares.connected(mux, name)) return;
    if (entry?.facts.config.control.name !== name) {
      log.warn(`${name} says that it is container ${hello.id.slice(0, 12)}, which it is not`);
      mux.close(new VicError("not-found", "no such container"));
      return;
    }
    this.connections.add(mux, { id: entry.id, run: hello.run });
    log.debug(`${entry.name}: connected, ${hello.phase}`);
    // A VM that waits for its first start is engaged when that comes, unless it has just come.
    if (hello.run === entry.facts.config.run && hello.run > 0)
      engage(this.#parts, entry, mux, hello.phase === "held");
    else if (hello.run === 0 && entry.starting) engage(this.#parts, entry, mux, true);
  }

  /** A VM that has become a container may not have heard of it yet. */
  #called(id: string, name: string): Entry | undefined {
    if (id === "") return this.cache.list().find(({ facts }) => facts.config.control.name === name);
    return this.cache.has(id) ? this.cache.find(id) : undefined;
  }

  list(): Container[] {
    return this.cache.list().map((entry) => this.#shown(entry));
  }

  get(ref: string): Container {
    return this.#shown(this.cache.find(ref));
  }

  #shown(entry: Entry): Container {
    return entry.toContainer(this.execs.idsOf(entry.id));
  }

  /** Ids of the containers that need an image; it must stay while there are any. */
  usersOf(imageId: string): string[] {
    const users = this.cache
      .list()
      .filter((entry) => entry.facts.record.imageId === imageId)
      .map((entry) => entry.id);
    if (users.length === 0 && this.#imagesInUse.has(imageId)) return ["a container being created"];
    return users;
  }

  async create(create: CreateContainer, signal?: AbortSignal): Promise<Container> {
    return this.#shown(await createContainer(this.#parts, this.#imagesInUse, create, signal));
  }

  async start(ref: string): Promise<void> {
    const entry = this.cache.find(ref);
    // As in Docker: its restart policy is about to start it.
    if (entry.isRestarting)
      throw new VicError("not-modified", `container ${entry.name} is already started`);
    entry.backOff.reset();
    await entry.lock.run(() => startContainer(this.#parts, this.#alive(entry), "user"));
  }

  async stop(ref: string, stop: StopContainer): Promise<void> {
    await stopContainer(this.#parts, this.cache.find(ref), stop);
  }

  async signal(ref: string, signal: string): Promise<void> {
    await signalContainer(this.#parts, this.cache.find(ref), signal);
  }

  async remove(ref: string, force: boolean): Promise<void> {
    await removeContainer(this.#parts, this.cache.find(ref), force);
  }

  async pause(ref: string, isPaused: boolean): Promise<void> {
    await pauseContainer(this.#parts, this.cache.find(ref), isPaused);
  }

  async processes(ref: string, args: string[]): Promise<ProcessTable> {
    const mux = await runningMux(this.#parts, this.cache.find(ref));
    return mux.call("processes", { args }).result;
  }

  async stats(ref: string): Promise<GuestStats> {
    const mux = await runningMux(this.#parts, this.cache.find(ref));
    return mux.call("stats", {}).result;
  }

  /** The newest results of its health check; of a container that does not answer, the last that are stored. */
  async health(ref: string): Promise<Health> {
    const entry = this.cache.find(ref);
    const { config, state } = entry.facts;
    const mux = entry.isRunning ? this.connections.get(entry.id, config.run) : undefined;
    const live = await mux?.call("health", {}).result.catch(() => undefined);
    const health = live ?? state?.health;
    if (health) return health;
    throw new VicError("not-found", `container ${entry.name} has no health check`);
  }

  /** Reads or changes files of the container; see `respond` for what is written. */
  async files(
    ref: string,
    request: FileRequest,
    exchange: Exchange,
    signal: AbortSignal,
  ): Promise<void> {
    await accessFiles(this.#parts, this.cache.find(ref), request, exchange, signal);
  }

  async resize(ref: string, rows: number, columns: number): Promise<void> {
    const entry = this.cache.find(ref);
    const mux = await runningMux(this.#parts, entry);
    await mux.call("resize", { rows, columns }).result;
    publish(this.#parts, entry, "resize", { height: String(rows), width: String(columns) });
  }

  /** The watch is on when this returns; its result comes later. */
  wait(ref: string, condition: WaitCondition, signal: AbortSignal): Promise<WaitResult> {
    return waitContainer(this.cache.find(ref), condition, signal);
  }

  /** The call comes when the container runs. */
  attach(entry: Entry, streams: Attach, signal: AbortSignal): Promise<Call<"attach">> {
    publish(this.#parts, entry, "attach");
    return this.#parts.attachSessions.join(entry, streams, signal);
  }

  async update(ref: string, update: UpdateContainer): Promise<Container> {
    const entry = this.cache.find(ref);
    await updateContainer(this.#parts, entry, update);
    return this.#shown(entry);
  }

  #alive(entry: Entry): Entry {
    if (!entry.isGone) return entry;
    throw new VicError("not-found", `No such container: ${entry.id}`);
  }
}
