import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Store } from "../inventory/store.ts";
import type { DiskStore } from "../vm/machine.ts";
import { Disks } from "./disks.ts";
import { Files } from "./files.ts";
import { Locks } from "./locks.ts";
import { Places, privateFolder } from "./place.ts";
import { Space } from "./space.ts";

/** One folder of this machine that holds files, disks and VMs. */
export class DatastoreFiles {
  readonly name: string;
  readonly places: Places;
  readonly space: Space;
  readonly locks = new Locks();
  readonly disks: Disks;
  readonly files: Files;
  /** Folder for uploads in progress, on the same file system. */
  readonly uploads: string;

  constructor(options: {
    name: string;
    root: string;
    quotaBytes: number | undefined;
    store: Store;
    diskStore: DiskStore;
  }) {
    mkdirSync(options.root, { recursive: true, mode: 0o700 });
    const root = realpathSync(options.root);
    this.name = options.name;
    this.places = new Places(options.name, root);
    this.space = new Space(options.name, root, options.quotaBytes);
    this.disks = new Disks({
      store: options.store,
      places: this.places,
      space: this.space,
      locks: this.locks,
      files: options.diskStore,
    });
    this.files = new Files({ places: this.places, space: this.space, disks: this.disks });
    this.uploads = join(root, privateFolder, "upload");
    // What an earlier vic-host did not finish is nobody's.
    rmSync(this.uploads, { recursive: true, force: true });
    mkdirSync(this.uploads, { recursive: true, mode: 0o700 });
  }
}
