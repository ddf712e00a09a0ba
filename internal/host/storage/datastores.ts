import { isAbsolute, relative, resolve } from "node:path";
import type { MoRef } from "../../vim25/types.ts";
import { VicError } from "../../errors/errors.ts";
import { fault } from "../fault.ts";
import type { Store } from "../inventory/store.ts";
import type { DiskStore } from "../vm/machine.ts";
import { AllPlaces } from "./all-places.ts";
import { Datastore, type DatastoreRecord } from "./datastore.ts";
import { Disks } from "./disks.ts";
import { Files } from "./files.ts";
import { Intents } from "./intents.ts";
import { type Held, Locks } from "./locks.ts";
import type { Place } from "./place.ts";

/** The datastore that there is when nobody asked for another, and its folder below the data folder. */
const firstName = "datastore1";

/** A datastore that the command line asks for. */
export interface DatastoreSpec {
  name: string;
  /** Absolute path. */
  path: string;
  capacityBytes: number | undefined;
}

/** What {@link Datastores} is made of. */
export interface DatastoresParts {
  store: Store;
  diskStore: DiskStore;
  /** Data folder of this vic-host. */
  dataDir: string;
  /** Id of the datastore that is there first. */
  firstId: string;
  specs: DatastoreSpec[];
  /** Quota of the first datastore; undefined: as large as its file system. */
  quotaBytes: number | undefined;
}

/** All datastores, and what works on the files of any of them. */
export class Datastores {
  readonly places: AllPlaces;
  readonly locks = new Locks();
  readonly intents: Intents;
  readonly disks: Disks;
  readonly files: Files;
  /** Names that changed since the start and that no datastore has now, oldest first. */
  renames: readonly { before: string; after: string }[] = [];
  readonly #parts: DatastoresParts;
  readonly #datastores = new Map<string, Datastore>();

  constructor(parts: DatastoresParts) {
    this.#parts = parts;
    const { records, changed } = recordsToOpen(parts);
    for (const record of records) {
      const isFirst = this.#datastores.size === 0;
      this.open(record, record.capacityBytes ?? (isFirst ? parts.quotaBytes : undefined));
    }
    // Only now: a folder that cannot be used must not be asked for again at the next start.
    for (const record of changed) parts.store.put("datastore", record.id, record);
    this.places = new AllPlaces(this.#datastores);
    this.intents = new Intents(parts.store, this.places);
    this.disks = new Disks({
      intents: this.intents,
      store: parts.store,
      firstId: parts.firstId,
      places: this.places,
      space: (place) => this.of(place).space,
      locks: this.locks,
      files: parts.diskStore,
    });
    this.files = new Files({
      intents: this.intents,
      locks: this.locks,
      places: this.places,
      space: (place) => this.of(place).space,
      disks: this.disks,
    });
  }

  all(): Datastore[] {
    return [...this.#datastores.values()];
  }
  get refs(): MoRef[] {
    return this.all().map((datastore) => datastore.ref);
  }
  /** The one that is meant when none is named. */
  get first(): Datastore {
    const [first] = this.all();
    if (!first) throw new VicError("internal", "there is no datastore");
    return first;
  }

  byName(name: string): Datastore | undefined {
    return this.all().find((datastore) => datastore.name === name);
  }
  byRef(ref: MoRef): Datastore | undefined {
    return ref.type === "Datastore" ? this.#datastores.get(ref.value) : undefined;
  }
  /** The datastore that a file is on. */
  of(place: Place): Datastore {
    const datastore = this.#datastores.get(place.datastore);
    if (datastore) return datastore;
    throw fault("InvalidDatastore", `the datastore of "${place.text}" is gone`, {
      name: place.text,
    });
  }

  /**
   * Takes all of `files` for a VM that is going to open them, or none. A disk that it writes has no child from then on, and
   * one that has a child is not taken.
   */
  hold(vm: { id: string; name: string }, files: Held[]): void {
    for (const { place, isWriter } of files) if (isWriter) this.disks.assertNoChild(place);
    this.locks.take(vm, files);
  }

  /** Counts what every datastore holds. */
  async count(): Promise<void> {
    await Promise.all(this.all().map(({ space }) => space.count()));
  }

  /** Takes the folder of a record into use. */
  open(record: DatastoreRecord, quotaBytes = record.capacityBytes): Datastore {
    const root = resolve(this.#parts.dataDir, record.root);
    const other = this.all().find((d) => isNested(d.root, root) || isNested(root, d.root));
    if (other) throw new VicError("invalid", `${root} overlaps with datastore ${other.name}`);
    if (isNested(this.#parts.dataDir, root)) {
      throw new VicError("invalid", `the datastore ${root} would hold vic-host's own data`);
    }
    const datastore = new Datastore(record, root, quotaBytes);
    this.#named(record.name);
    this.#datastores.set(record.id, datastore);
    return datastore;
  }

  /** Takes over a new name. */
  rename(datastore: Datastore, record: DatastoreRecord): void {
    const { name } = datastore;
    this.#named(record.name);
    this.renames = [...this.renames, { before: name, after: record.name }];
    datastore.rename(record);
  }

  #named(name: string): void {
    this.renames = this.renames.filter(({ before }) => before !== name);
  }

  /** Forgets a datastore; its files stay. */
  close(datastore: Datastore): void {
    this.#datastores.delete(datastore.id);
  }
}

/** Whether `path` is `folder` or in it. */
function isNested(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}

/** Records of an earlier start, brought in line with the command line, and those that are not stored so yet. */
function recordsToOpen({ store, dataDir, firstId, specs }: DatastoresParts): {
  records: DatastoreRecord[];
  changed: DatastoreRecord[];
} {
  const changed: DatastoreRecord[] = [];
  const records = store.all<DatastoreRecord>("datastore").map(({ value }) => value);
  const add = (record: DatastoreRecord): void => {
    changed.push(record);
    records.push(record);
  };
  // A data folder from before there were several has VMs on this one.
  const isOld = store.all("vm").length > 0 || store.all("disk").length > 0;
  if (records.length === 0 && (specs.length === 0 || isOld)) {
    add({ id: firstId, name: firstName, root: firstName });
  }
  for (const { name, path, capacityBytes } of specs) {
    const known = records.find((record) => record.name === name);
    if (!known) {
      const id = records.length === 0 ? firstId : datastoreId(store);
      add({ id, name, root: path, capacityBytes });
      continue;
    }
    if (resolve(dataDir, known.root) !== path) {
      throw new VicError("conflict", `datastore ${name} is at ${resolve(dataDir, known.root)}`, {
        hint: `not at ${path}: remove it first, or give the new one another name`,
      });
    }
    const now = { ...known, capacityBytes };
    if (capacityBytes !== known.capacityBytes) changed.push(now);
    records[records.indexOf(known)] = now;
  }
  const isFirst = ({ id }: DatastoreRecord): number => Number(id === firstId);
  return { records: records.toSorted((a, b) => isFirst(b) - isFirst(a)), changed };
}

/** An id for a new datastore. */
export const datastoreId = (store: Store): string =>
  `datastore-${100 + store.nextNumber("datastore")}`;
