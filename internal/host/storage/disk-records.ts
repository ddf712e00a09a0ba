import type { Store } from "../inventory/store.ts";
import { prefixKeys } from "./disk-keys.ts";
import { isWithin, type Place } from "./place.ts";

/** What vic-host knows of a disk, durable by the key of its place. */
export interface DiskRecord {
  /** Key of the parent; undefined: a base. */
  parent?: string;
  /** As 32 hexadecimal digits. */
  uuid?: string;
}

/** The records of all disks: stored first, then seen. */
export class DiskRecords {
  readonly #store: Store;
  readonly #records = new Map<string, DiskRecord>();

  /** `firstId`: the datastore that records without one are about. */
  constructor(store: Store, firstId: string) {
    this.#store = store;
    prefixKeys(store, firstId);
    for (const { id, value } of store.all<DiskRecord>("disk")) this.#records.set(id, value);
  }

  get(key: string): DiskRecord | undefined {
    return this.#records.get(key);
  }
  all(): [key: string, record: DiskRecord][] {
    return [...this.#records];
  }
  /** Keys of the disk, or of the disks in the folder. */
  keysIn(place: Place): string[] {
    return [...this.#records.keys()].filter((key) => isWithin(place, key));
  }

  /** `also` writes what belongs to it in the same transaction. */
  put(key: string, record: DiskRecord, also: () => void = () => undefined): void {
    this.#store.transaction(() => {
      also();
      this.#store.put("disk", key, record);
    });
    this.#records.set(key, record);
  }

  /** Drops the records of the file or of everything in the folder. */
  forget(place: Place): void {
    const keys = this.keysIn(place);
    this.#store.transaction(() => {
      for (const key of keys) this.#store.delete("disk", key);
    });
    for (const key of keys) this.#records.delete(key);
  }

  /** The file or folder has another name. */
  moved(from: Place, to: Place): void {
    const swap = (key: string) => (isWithin(from, key) ? to.key + key.slice(from.key.length) : key);
    const moves = this.keysIn(from).map((key) => {
      const { parent, ...rest } = this.#records.get(key) ?? {};
      const record = parent === undefined ? rest : { ...rest, parent: swap(parent) };
      return { key, to: swap(key), record };
    });
    this.#store.transaction(() => {
      for (const { key, to: moved, record } of moves) {
        this.#store.delete("disk", key);
        this.#store.put("disk", moved, record);
      }
    });
    for (const { key } of moves) this.#records.delete(key);
    for (const { to: moved, record } of moves) this.#records.set(moved, record);
  }

  /** The disk is part of its parent now, and `kids` are based on that. `also` sees it that way already. */
  merged(child: string, parent: string, kids: string[], also: () => void): void {
    const before = new Map(this.#records);
    const after = kids.map((key) => [key, { ...this.#records.get(key), parent }] as const);
    for (const [key, record] of after) this.#records.set(key, record);
    this.#records.delete(child);
    try {
      this.#store.transaction(() => {
        for (const [key, record] of after) this.#store.put("disk", key, record);
        this.#store.delete("disk", child);
        also();
      });
    } catch (error) {
      for (const [key, record] of before) this.#records.set(key, record);
      throw error;
    }
  }
}
