import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { MoRef } from "../../vim25/types.ts";
import { Places, privateFolder } from "./place.ts";
import { Space } from "./space.ts";

/** A datastore as it is stored. */
export interface DatastoreRecord {
  /** Managed object id. */
  id: string;
  name: string;
  /** Absolute path of its folder on this machine, or relative to the data folder. */
  root: string;
  /** Most bytes it may hold; undefined: as large as the file system. */
  capacityBytes?: number | undefined;
}

/** One folder of this machine that holds files, disks and VMs. */
export class Datastore {
  readonly ref: MoRef;
  /** HostDatastoreBrowser of this datastore alone. */
  readonly browser: MoRef;
  readonly places: Places;
  readonly space: Space;
  /** Folder for uploads in progress, on the same file system. */
  readonly uploads: string;
  record: DatastoreRecord;

  /** Makes the folder when it is missing. `quotaBytes` undefined: as large as the file system. */
  constructor(record: DatastoreRecord, root: string, quotaBytes: number | undefined) {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    const real = realpathSync(root);
    this.record = record;
    this.ref = { type: "Datastore", value: record.id };
    this.browser = { type: "HostDatastoreBrowser", value: `datastoreBrowser-${record.id}` };
    this.places = new Places(record.id, record.name, real);
    this.space = new Space(() => this.name, real, quotaBytes);
    this.uploads = join(real, privateFolder, "upload");
    // What an earlier vic-host did not finish is nobody's.
    rmSync(this.uploads, { recursive: true, force: true });
    mkdirSync(this.uploads, { recursive: true, mode: 0o700 });
  }

  /** Takes over the record, which says the new name. */
  rename(record: DatastoreRecord): void {
    this.record = record;
    this.places.name = record.name;
  }

  get id(): string {
    return this.record.id;
  }
  get name(): string {
    return this.record.name;
  }
  /** Absolute path of its folder. */
  get root(): string {
    return this.places.root;
  }
}
