import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Store } from "../inventory/store.ts";
import type { AllPlaces } from "./all-places.ts";
import type { Disks } from "./disks.ts";
import { isWithin, type Place } from "./place.ts";

/** Names of the folders in which the disk store makes a disk, as the one file in it, before that gets its own name. */
const unfinished = /^\.new-[A-Za-z0-9]{6}$/;
const unfinishedFile = "disk";

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

  /** Somebody puts something at this place: it stays, whatever was to become of what was there before. */
  keep(place: Place): void {
    for (const { id, value } of this.#store.all<Intent>("intent")) {
      const doomed = value.kind === "remove" ? this.#places.fromKey(id) : undefined;
      if (doomed && isWithin(doomed, place.key)) this.end(doomed);
    }
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
    for (const name of listed(folder)) if (unfinished.test(name)) clear(join(folder, name));
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

/** Removes a folder of the disk store; one of the same name that holds something else is a user's, and stays. */
function clear(folder: string): void {
  if (listed(folder).some((name) => name !== unfinishedFile)) return;
  rmSync(join(folder, unfinishedFile), { force: true });
  rmdirSync(folder);
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
