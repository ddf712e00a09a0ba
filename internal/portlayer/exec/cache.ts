/** All containers of the VCH, as vSphere last told of them. */
import { VicError } from "../../errors/errors.ts";
import { refKey, type MoRef } from "../../vim25/types.ts";
import { within } from "../time.ts";
import { Entry } from "./entry.ts";
import { isContainerId, parseFacts, type Facts } from "./facts.ts";

/** Shortest prefix of an id that is looked up. */
const prefixPattern = /^[0-9a-f]{1,64}$/;

/** Told of changes, after the entry has them. */
export interface CacheListener {
  changed(entry: Entry): void;
  /** The VM is no longer in vSphere. */
  gone(entry: Entry): void;
}

/** See the file's head. */
export class ContainerCache {
  readonly #byId = new Map<string, Entry>();
  readonly #byVm = new Map<string, Entry>();
  /** Names of containers that are being made or renamed: name -> id. */
  readonly #reserved = new Map<string, string>();
  /** By VM: those who wait to be told of it. */
  readonly #awaited = new Map<string, (entry: Entry) => void>();
  readonly #listener: CacheListener;

  constructor(listener: CacheListener) {
    this.#listener = listener;
  }

  /** All entries, newest first. */
  list(): Entry[] {
    return [...this.#byId.values()].toSorted((a, b) =>
      b.facts.record.createdAt.localeCompare(a.facts.record.createdAt),
    );
  }

  /** By id, name, or unique prefix of an id, in this order. */
  find(ref: string): Entry {
    const found = this.#byId.get(ref) ?? this.#named(ref.replace(/^\//, "")) ?? this.#byPrefix(ref);
    if (!found) throw new VicError("not-found", `No such container: ${ref}`);
    return found;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  #named(name: string): Entry | undefined {
    for (const entry of this.#byId.values()) if (entry.name === name) return entry;
    return undefined;
  }

  #byPrefix(ref: string): Entry | undefined {
    if (!prefixPattern.test(ref)) return undefined;
    const found = [...this.#byId.values()].filter((entry) => entry.id.startsWith(ref));
    if (found.length > 1)
      throw new VicError("invalid", `Multiple IDs found with provided prefix: ${ref}`);
    return found[0];
  }

  /** Keeps a name for a container until the returned function is called. */
  reserveName(name: string, id: string): () => void {
    const holder = this.#named(name)?.id ?? this.#reserved.get(name);
    if (holder !== undefined && holder !== id)
      throw new VicError("conflict", `the container name "${name}" is in use`, {
        detail: { conflictingId: holder, name },
      });
    this.#reserved.set(name, id);
    return () => void this.#reserved.delete(name);
  }

  /** Takes a VM's properties; undefined when it is no container. */
  apply(vm: MoRef, props: Record<string, unknown>): Entry | undefined {
    const facts = parseFacts(vm, props);
    return facts ? this.put(facts) : undefined;
  }

  /** Takes facts that were just read. */
  put(facts: Facts): Entry {
    let entry = this.#byId.get(facts.record.id);
    if (entry && refKey(entry.facts.vm) !== refKey(facts.vm)) {
      // The VM was registered anew under another reference.
      this.#byVm.delete(refKey(entry.facts.vm));
    }
    if (entry) entry.update(facts);
    else this.#byId.set(facts.record.id, (entry = new Entry(facts)));
    this.#byVm.set(refKey(facts.vm), entry);
    this.#awaited.get(refKey(facts.vm))?.(entry);
    this.#listener.changed(entry);
    return entry;
  }

  /** The container of a VM that vSphere is about to tell of; undefined when it has not within `ms`. */
  async appearance(vm: MoRef, ms: number): Promise<Entry | undefined> {
    const key = refKey(vm);
    const { promise, resolve } = Promise.withResolvers<Entry>();
    this.#awaited.set(key, resolve);
    try {
      return this.#byVm.get(key) ?? (await within(promise, ms));
    } finally {
      this.#awaited.delete(key);
    }
  }

  /** The VM is gone. Idempotent. */
  drop(vm: MoRef): void {
    const entry = this.#byVm.get(refKey(vm));
    if (!entry) return;
    this.#byVm.delete(refKey(vm));
    if (this.#byId.get(entry.id) === entry) this.#byId.delete(entry.id);
    entry.isGone = true;
    entry.wake();
    this.#listener.gone(entry);
  }
}

/** Checks an id that a caller chose. */
export function checkContainerId(id: unknown): string {
  if (!isContainerId(id)) throw new VicError("invalid", "a container id is 64 hex digits");
  return id;
}
