import type { DataObject, MoRef } from "../types.ts";
import { Fault, type Handler } from "./fake-server.ts";

interface Filter {
  collector: string;
  objects: string[];
  paths: string[];
  /** Objects whose present state has not been told. */
  pending: Set<string>;
  entered: Set<string>;
}

/** A property collector over named objects: enough to try a watcher against, with the ways in which servers differ. */
export class FakeCollector {
  /** Properties of objects by `value` of their reference. */
  readonly objects = new Map<string, Record<string, unknown>>();
  /** True: a wait that is on its way does not see filters made since, as in vcsim. */
  isLazy = false;
  /** True: a new filter's objects are told to a wait without a version only, as in a quiet vcsim. */
  isDeaf = false;
  /** Object updates in one answer; what is left is told by the next, with `truncated`. */
  updatesMax = Infinity;
  readonly #filters = new Map<string, Filter>();
  readonly #collectors = new Set<string>();
  /** Collectors that have answered a wait. */
  readonly #begun = new Set<string>();
  readonly #waits = new Map<string, { wake: () => void; cancel: () => void }>();
  #parked = Promise.withResolvers<void>();
  #isOver = false;
  #count = 0;
  #version = 0;

  /** Collectors that exist now. */
  get collectorCount(): number {
    return this.#collectors.size;
  }
  /** Filters that exist now. */
  get filterCount(): number {
    return this.#filters.size;
  }

  /** Resolves once a wait has nothing to tell. */
  async parked(): Promise<void> {
    if (this.#waits.size === 0) await this.#parked.promise;
  }

  /** Waits end without news, as when their time is over; later ones too. */
  answerWaits(): void {
    this.#isOver = true;
    for (const wait of this.#waits.values()) wait.wake();
  }

  /** Everything that belongs to sessions goes, as when a server starts anew. */
  loseSessions(): void {
    this.#filters.clear();
    this.#collectors.clear();
    for (const wait of this.#waits.values()) wait.cancel();
  }

  /** Changes an object; undefined: it is gone. */
  set(value: string, props: Record<string, unknown> | undefined): void {
    if (props === undefined) this.objects.delete(value);
    else this.objects.set(value, { ...this.objects.get(value), ...props });
    for (const filter of this.#filters.values()) {
      if (filter.objects.includes(value)) filter.pending.add(value);
    }
    for (const wait of this.#waits.values()) wait.wake();
  }

  readonly handlers: Record<string, Handler> = {
    CreatePropertyCollector: () => {
      const value = `collector-${++this.#count}`;
      this.#collectors.add(value);
      return { type: "PropertyCollector", value };
    },
    CreateFilter: ({ self, params }) => {
      this.#need(self);
      const spec = params["spec"] as {
        objectSet: { obj: MoRef }[];
        propSet: { pathSet: string[] }[];
      };
      const objects = spec.objectSet.map(({ obj }) => obj.value);
      const gone = spec.objectSet.find(({ obj }) => !this.objects.has(obj.value));
      if (gone) throw new Fault("ManagedObjectNotFound", { obj: gone.obj });
      const value = `filter-${++this.#count}`;
      const paths = spec.propSet[0]?.pathSet ?? [];
      const filter = {
        collector: self.value,
        objects,
        paths,
        pending: new Set(this.isDeaf && this.#begun.has(self.value) ? [] : objects),
        entered: new Set<string>(),
      };
      this.#filters.set(value, filter);
      if (!this.isLazy) this.#waits.get(self.value)?.wake();
      return { type: "PropertyFilter", value };
    },
    DestroyPropertyFilter: ({ self }) => {
      this.#filters.delete(self.value);
    },
    DestroyPropertyCollector: ({ self }) => {
      this.#collectors.delete(self.value);
    },
    CancelWaitForUpdates: ({ self }) => {
      this.#waits.get(self.value)?.cancel();
    },
    WaitForUpdatesEx: async ({ self }) => {
      for (;;) {
        this.#need(self);
        const set = this.#updates(self.value);
        if (set) {
          this.#begun.add(self.value);
          return set;
        }
        if (this.#isOver) return undefined;
        await new Promise<void>((resolve, reject) => {
          const cancel = () => reject(new Fault("RequestCanceled"));
          this.#waits.set(self.value, { wake: resolve, cancel });
          this.#parked.resolve();
          this.#parked = Promise.withResolvers();
        }).finally(() => this.#waits.delete(self.value));
      }
    },
  };

  #need(self: MoRef): void {
    if (!this.#collectors.has(self.value)) throw new Fault("ManagedObjectNotFound", { obj: self });
  }

  #updates(collector: string): DataObject | undefined {
    const filterSet: DataObject[] = [];
    let room = this.updatesMax;
    for (const [value, filter] of this.#filters) {
      if (filter.collector !== collector || filter.pending.size === 0) continue;
      const told = [...filter.pending].slice(0, room);
      if (told.length === 0) continue;
      room -= told.length;
      const objectSet = told.map((object) => this.#update(filter, object));
      for (const object of told) filter.pending.delete(object);
      filterSet.push({ filter: { type: "PropertyFilter", value }, objectSet });
    }
    if (filterSet.length === 0) return undefined;
    const isMore = [...this.#filters.values()].some(
      (filter) => filter.collector === collector && filter.pending.size > 0,
    );
    return {
      version: String(++this.#version),
      filterSet,
      ...(isMore ? { truncated: true } : {}),
    };
  }

  #update(filter: Filter, object: string): DataObject {
    const props = this.objects.get(object);
    const obj = { type: "VirtualMachine", value: object };
    if (!props) return { kind: "leave", obj };
    const kind = filter.entered.has(object) ? "modify" : "enter";
    filter.entered.add(object);
    const changeSet = filter.paths
      .filter((name) => name in props)
      .map((name) => ({ name, op: "assign", val: props[name] }));
    return { kind, obj, changeSet };
  }
}
