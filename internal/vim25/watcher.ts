import { VicError } from "../errors/errors.ts";
import type { Client } from "./client.ts";
import { hasFault } from "./fault.ts";
import { pause } from "./gate.ts";
import { type DataObject, type MoRef, refKey, sameRef } from "./types.ts";

/**
 * Server side limit of one wait. Short, because a server that died can leave a wait without an answer: the packet that
 * would say so is lost when the network between was down for that moment. Waiting for an answer sends nothing, so
 * nothing else would notice.
 */
const waitSecondsMax = 10;
/** What a wait may take over its own limit; behind it the server is asked again. */
const waitSlackMs = 10_000;
const updateObjectsMax = 500;
/** Subscriptions of one watcher; each is a filter on the server. */
const subscriptionsMax = 4096;
/** Updates kept for filters whose creation has not been answered yet. */
const earlyUpdatesMax = 4096;
/** Refusals of a filter that would be the same next time. */
const finalCodes = new Set(["invalid", "internal", "forbidden", "unsupported"]);
/**
 * A wait that was on its way when a filter was made should answer with that filter's objects at once. Where it does not
 * for so long, it is called off and sent again.
 */
const wakeMsMax = 200;
/**
 * How often that is waited for the first answer to a filter, at least. Where it does not come, once, everything is asked
 * for anew: vcsim tells a new filter's objects only when some object changes, or to a new collector.
 */
const unansweredTicksMin = 2;
/** And how many times longer than the filter's making took: a server may only be slow. */
const patience = 10;
const backoffMs = { first: 100, most: 10_000 };

/** Something that happened to an object of a filter. `props` are all its known properties, not only the changed. */
export interface ObjectChange {
  ref: MoRef;
  kind: "enter" | "modify" | "leave";
  props: Record<string, unknown>;
  /** Paths that have a new value. */
  changed: string[];
}

/** Gets changes in order. It must not throw: what it throws ends the subscription. */
export type ChangeListener = (changes: ObjectChange[]) => void;

/** One filter of a {@link PropertyWatcher}. */
export interface Subscription {
  /** Pending while it lives; rejects when it cannot go on. */
  readonly ended: Promise<never>;
  close(): void;
}

interface FilterUpdate {
  filter: MoRef;
  objectSet?: {
    kind: "enter" | "modify" | "leave";
    obj: MoRef;
    changeSet?: { name: string; op: string; val?: unknown }[];
  }[];
  missingSet?: { obj: MoRef; fault?: unknown }[];
}

interface UpdateSet {
  version: string;
  filterSet?: FilterUpdate[];
  truncated?: boolean;
}

/**
 * A PropertyFilterSpec (see specs.ts), or what makes one: called anew after a lost session, for specs that name objects
 * of the session (views).
 */
export type SpecSource = DataObject | (() => Promise<DataObject>);

class Watch implements Subscription {
  readonly source: SpecSource;
  /** The spec of the filter it has or had last. */
  spec: DataObject = {};
  readonly listener: ChangeListener;
  readonly objects = new Map<string, { ref: MoRef; props: Record<string, unknown> }>();
  readonly ended: Promise<never>;
  readonly fail: (error: unknown) => void;
  readonly close: () => void;
  filter: MoRef | undefined;
  isClosed = false;
  /** Whether a wait was sent since the filter was made, or has answered for it. */
  isCovered = false;
  hasAnswer = false;
  /** Times the waker looked while a wait covered it and had not answered. */
  unansweredTicks = 0;
  unansweredTicksMax = unansweredTicksMin;
  /** Keys seen since the filter was made anew; undefined once the first full answer is complete. */
  fresh: Set<string> | undefined = new Set();

  constructor(source: SpecSource, listener: ChangeListener, close: (watch: Watch) => void) {
    const { promise, reject } = Promise.withResolvers<never>();
    this.source = source;
    this.listener = listener;
    this.ended = promise;
    this.fail = reject;
    this.close = () => close(this);
    promise.catch(() => undefined); // nobody has to listen
  }
}

/**
 * Follows properties of many objects for many subscribers with ONE WaitForUpdatesEx loop on a property collector of its
 * own. After a lost connection or session it starts over: subscribers see `enter` for what is there (with the current
 * properties) and `leave` for what went meanwhile.
 */
export class PropertyWatcher {
  readonly #client: Client;
  readonly #watches = new Set<Watch>();
  readonly #byFilter = new Map<string, Watch>();
  readonly #early: FilterUpdate[] = [];
  #installing = 0;
  #collector: Promise<MoRef> | undefined;
  #version = "";
  #isRunning = false;
  #waker: ReturnType<typeof setTimeout> | undefined;
  #lastError: VicError | undefined;

  constructor(client: Client) {
    this.#client = client;
    client.signal.addEventListener("abort", () => this.#failAll(client.signal.reason), {
      once: true,
    });
  }

  /** The failure the loop is recovering from; undefined while all is well. */
  get trouble(): VicError | undefined {
    return this.#lastError;
  }

  /** Starts to follow what `source` selects. */
  watch(source: SpecSource, listener: ChangeListener): Subscription {
    if (this.#watches.size >= subscriptionsMax) {
      throw new VicError("exhausted", `over ${subscriptionsMax} property filters`);
    }
    const watch = new Watch(source, listener, (w) => this.#remove(w));
    if (this.#client.signal.aborted) {
      watch.fail(this.#client.signal.reason);
      return watch;
    }
    this.#watches.add(watch);
    if (this.#isRunning) this.#install(watch).catch((error) => this.#recover(error));
    else void this.#run();
    return watch;
  }

  #remove(watch: Watch): void {
    watch.isClosed = true;
    this.#watches.delete(watch);
    const { filter } = watch;
    watch.filter = undefined;
    if (!filter) return;
    this.#byFilter.delete(filter.value);
    if (this.#client.signal.aborted) return;
    // When this does not get through, the filter dies with the session.
    this.#client.call(filter, "DestroyPropertyFilter").catch(() => undefined);
  }

  #failAll(reason: unknown): void {
    for (const watch of this.#watches) watch.fail(reason);
    this.#watches.clear();
    this.#byFilter.clear();
  }

  /** Never rejects. Runs while there is somebody to serve. */
  async #run(): Promise<void> {
    this.#isRunning = true;
    let delay = backoffMs.first;
    while (this.#watches.size > 0 && !this.#client.signal.aborted) {
      try {
        await Promise.all([...this.#watches].map((watch) => this.#install(watch)));
        await this.#waitOnce();
        this.#lastError = undefined;
        delay = backoffMs.first;
      } catch (error) {
        this.#recover(error);
        await pause(delay * (0.5 + Math.random()), this.#client.signal).catch(() => undefined);
        delay = Math.min(delay * 2, backoffMs.most);
      }
    }
    this.#isRunning = false;
    this.#startOver(); // idle: nothing stays at the server
  }

  #recover(error: unknown): void {
    this.#lastError = VicError.from(error);
    const gone = goneObject(error);
    for (const watch of gone ? this.#watches : []) {
      if (typeof watch.source === "function" || !namesObject(watch.spec, gone)) continue;
      this.#remove(watch);
      watch.fail(error);
    }
    this.#startOver();
  }

  /** One wait; what comes from a collector given up meanwhile is dropped. */
  async #waitOnce(): Promise<void> {
    const generation = this.#ensureCollector();
    const collector = await generation;
    for (const watch of this.#byFilter.values()) watch.isCovered = true;
    const options = { maxWaitSeconds: waitSecondsMax, maxObjectUpdates: updateObjectsMax };
    try {
      const set = await this.#client.call<UpdateSet | undefined>(
        collector,
        "WaitForUpdatesEx",
        { version: this.#version, options },
        { timeoutMs: waitSecondsMax * 1000 + waitSlackMs },
      );
      if (set && this.#collector === generation) this.#apply(set);
    } catch (error) {
      const isOurs = this.#collector === generation;
      if (isOurs && !hasFault(error, "RequestCanceled")) throw error;
    }
  }

  #ensureCollector(): Promise<MoRef> {
    // Rejected or not, it stays until the loop starts over.
    this.#collector ??= this.#client.call<MoRef>(
      this.#client.content.propertyCollector,
      "CreatePropertyCollector",
    );
    return this.#collector;
  }

  /** Makes the filter of a watch unless it has one. */
  async #install(watch: Watch): Promise<void> {
    if (watch.filter || watch.isClosed) return;
    this.#installing += 1;
    const generation = this.#ensureCollector();
    try {
      const collector = await generation;
      watch.spec = typeof watch.source === "function" ? await watch.source() : watch.source;
      const startedAt = performance.now();
      const filter = await this.#client.call<MoRef>(collector, "CreateFilter", {
        spec: watch.spec,
        partialUpdates: false,
      });
      const ticks = Math.ceil((patience * (performance.now() - startedAt)) / wakeMsMax);
      watch.unansweredTicksMax = Math.max(unansweredTicksMin, ticks);
      if (watch.isClosed) {
        this.#client.call(filter, "DestroyPropertyFilter").catch(() => undefined);
        return;
      }
      if (this.#collector !== generation) return; // started over meanwhile: the loop makes another
      watch.filter = filter;
      this.#byFilter.set(filter.value, watch);
      this.#wakeLater(collector);
    } catch (error) {
      this.#rejectWatch(watch, error);
    } finally {
      this.#installing -= 1;
      this.#replayEarly();
    }
  }

  /** Sees to it that a wait covers all filters soon, and answers for them. */
  #wakeLater(collector: MoRef): void {
    if (this.#waker) return;
    this.#waker = setTimeout(() => {
      this.#waker = undefined;
      if (this.#client.signal.aborted) return;
      const open = [...this.#byFilter.values()].filter((w) => !w.hasAnswer);
      const isLate = open.some((w) => w.isCovered && ++w.unansweredTicks === w.unansweredTicksMax);
      const isUncovered = open.some((w) => !w.isCovered);
      if (isUncovered || isLate) {
        this.#client.call(collector, "CancelWaitForUpdates").catch(() => undefined);
      }
      if (isLate) this.#startOver();
      else if (isUncovered || open.some((w) => w.unansweredTicks < w.unansweredTicksMax)) {
        this.#wakeLater(collector); // the wait may not have been there yet
      }
    }, wakeMsMax);
    this.#waker.unref();
  }

  /** A filter that is refused for good ends its subscription; anything else is the loop's to recover from. */
  #rejectWatch(watch: Watch, error: unknown): void {
    const { code } = VicError.from(error);
    const isFinal = finalCodes.has(code) || namesObject(watch.spec, goneObject(error));
    if (!isFinal) throw error;
    this.#remove(watch);
    watch.fail(error);
  }

  #startOver(): void {
    clearTimeout(this.#waker);
    this.#waker = undefined;
    this.#collector
      ?.then((collector) => this.#client.call(collector, "DestroyPropertyCollector"))
      .catch(() => undefined); // it may be gone already; if not it dies with the session
    this.#collector = undefined;
    this.#version = "";
    this.#byFilter.clear();
    this.#early.length = 0;
    for (const watch of this.#watches) {
      watch.filter = undefined;
      watch.isCovered = false;
      watch.hasAnswer = false;
      watch.fresh = new Set();
    }
  }

  #apply(set: UpdateSet): void {
    this.#version = set.version;
    for (const update of set.filterSet ?? []) {
      const watch = this.#byFilter.get(update.filter.value);
      if (watch) deliver(watch, update);
      else if (this.#installing > 0 && this.#early.length < earlyUpdatesMax)
        this.#early.push(update);
    }
    if (set.truncated !== true) for (const watch of this.#byFilter.values()) settle(watch);
  }

  /** Updates may come before the answer that names their filter. */
  #replayEarly(): void {
    for (const update of this.#early.splice(0)) {
      const watch = this.#byFilter.get(update.filter.value);
      if (watch) deliver(watch, update);
      else if (this.#installing > 0) this.#early.push(update);
    }
  }
}

/** The object a ManagedObjectNotFound is about. */
function goneObject(error: unknown): MoRef | undefined {
  if (!(error instanceof VicError) || !hasFault(error, "ManagedObjectNotFound")) return undefined;
  return (error.detail["data"] as { obj?: MoRef } | undefined)?.obj;
}

/** Whether a PropertyFilterSpec starts from `ref`. */
function namesObject(spec: DataObject, ref: MoRef | undefined): boolean {
  const objects = (spec["objectSet"] ?? []) as { obj: MoRef }[];
  return objects.some(({ obj }) => sameRef(obj, ref));
}

function deliver(watch: Watch, update: FilterUpdate): void {
  watch.isCovered = true;
  watch.hasAnswer = true;
  const changes: ObjectChange[] = [];
  for (const { obj, kind, changeSet } of update.objectSet ?? []) {
    const key = refKey(obj);
    if (kind === "leave") {
      changes.push({ ref: obj, kind, props: watch.objects.get(key)?.props ?? {}, changed: [] });
      watch.objects.delete(key);
      continue;
    }
    watch.fresh?.add(key);
    const known = watch.objects.get(key);
    const props: Record<string, unknown> = kind === "enter" ? {} : { ...known?.props };
    const changed = (changeSet ?? []).map((change) => applyChange(props, change));
    watch.objects.set(key, { ref: obj, props });
    changes.push({ ref: obj, kind: known ? "modify" : "enter", props, changed });
  }
  for (const { obj } of update.missingSet ?? []) {
    watch.objects.delete(refKey(obj));
    changes.push({ ref: obj, kind: "leave", props: {}, changed: [] });
  }
  emit(watch, changes);
}

function applyChange(
  props: Record<string, unknown>,
  change: { name: string; op: string; val?: unknown },
): string {
  // Filters are made with partialUpdates false: names are the paths asked for, values are whole.
  if (change.op === "remove" || change.op === "indirectRemove" || change.val === undefined) {
    delete props[change.name];
  } else props[change.name] = change.val;
  return change.name;
}

/** After the first complete answer of a new filter: what is known but was not in it has gone meanwhile. */
function settle(watch: Watch): void {
  const { fresh } = watch;
  if (!fresh || (fresh.size === 0 && watch.objects.size === 0)) return;
  watch.fresh = undefined;
  const changes: ObjectChange[] = [];
  for (const [key, { ref, props }] of watch.objects) {
    if (fresh.has(key)) continue;
    watch.objects.delete(key);
    changes.push({ ref, kind: "leave", props, changed: [] });
  }
  emit(watch, changes);
}

function emit(watch: Watch, changes: ObjectChange[]): void {
  if (changes.length === 0 || watch.isClosed) return;
  try {
    watch.listener(changes);
  } catch (error) {
    watch.close();
    watch.fail(error);
  }
}
