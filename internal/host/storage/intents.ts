import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Store } from "../inventory/store.ts";
import type { AllPlaces } from "./all-places.ts";
import type { Disks } from "./disks.ts";
import type { Place } from "./place.ts";

/** Begin of the names of folders in which the disk store makes a disk before it gets its own name. */
const unfinished = ".new-";

/** What is to be done about a file when vic-host dies before it says {@link Intents.end}. */
type Intent = { kind: "remove" } | { kind: "moved"; to: string };

/**
 * Files change outside of the database, so a kill can come between the two. What is about to be made or deleted is
 * written down first; the next start deletes it. The change of the database that makes a file belong to
 * something ends the intent in the same transaction.
 */
export class Intents {
  readonly #store: Store;
  readonly #places: AllPlaces;

  constructor(store: Store, places: AllPlaces) {
    this.#store = store;
    this.#places = places;
  }

  /** These files or folders are not to be there: not yet, or no longer. */
  remove(...places: Place[]): void {
    for (const { key } of places) this.#put(key, { kind: "remove" });
  }

  /** This file or folder gets another name. */
  move(from: Place, to: Place): void {
    this.#put(from.key, { kind: "moved", to: to.key });
  }

  /** It is done, or given up. */
  end(...places: Place[]): void {
    for (const { key } of places) this.#store.delete("intent", key);
  }

  /** What was made stays, and these others go. */
  turn(made: Place[], old: Place[]): void {
    this.#store.transaction(() => {
      this.end(...made);
      this.remove(...old);
    });
  }

  /** Does what an earlier vic-host did not get to. To be called before anything uses the datastores. */
  recover(disks: Disks): void {
    for (const { id, value } of this.#store.all<Intent>("intent")) {
      try {
        const place = this.#places.fromKey(id);
        // Of a datastore that is not in use now; it may be again.
        if (!place) continue;
        if (value.kind === "remove") this.#remove(place, disks);
        else this.#finishMove(place, value.to, disks);
        this.end(place);
      } catch (error) {
        // That something stays on the disk is no reason not to start.
        console.error(`"${id}" cannot be cleared away: ${String(error)}`);
      }
    }
  }

  #remove(place: Place, disks: Disks): void {
    const folder = dirname(place.absolute);
    rmSync(place.absolute, { recursive: true, force: true });
    for (const name of listed(folder)) {
      if (name.startsWith(unfinished)) rmSync(join(folder, name), { recursive: true, force: true });
    }
    disks.forget(place);
  }

  #finishMove(from: Place, key: string, disks: Disks): void {
    const to = this.#places.fromKey(key);
    if (to && !isThere(from) && isThere(to)) disks.moved(from, to);
  }

  #put(key: string, intent: Intent): void {
    this.#store.put("intent", key, intent);
  }
}

const isThere = ({ absolute }: Place): boolean => existsSync(absolute);

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
