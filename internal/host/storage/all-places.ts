import { fault } from "../fault.ts";
import type { Datastore } from "./datastore.ts";
import { type Place, type Places, splitPath } from "./place.ts";

/** The files of every datastore by the names that the API and the database have for them. */
export class AllPlaces {
  readonly #datastores: ReadonlyMap<string, Datastore>;

  /** `datastores` by id; looked at each time. */
  constructor(datastores: ReadonlyMap<string, Datastore>) {
    this.#datastores = datastores;
  }

  /** From `[datastore1] a/b`; InvalidDatastorePath when there is no such datastore. */
  parse(text: string): Place {
    const { name, path } = splitPath(text);
    for (const datastore of this.#datastores.values()) {
      if (datastore.name === name) return datastore.places.at(path);
    }
    throw fault("InvalidDatastorePath", `"${text}" is not on a datastore of this host`, {
      datastorePath: text,
    });
  }

  /** From the key of a place; undefined when its datastore is gone. */
  fromKey(key: string): Place | undefined {
    const slash = key.indexOf("/");
    return this.#datastores.get(key.slice(0, slash))?.places.at(key.slice(slash + 1));
  }

  /** The folder that `place` is in; undefined for a datastore's root. */
  parent(place: Place): Place | undefined {
    return this.#of(place).parent(place);
  }

  /** What is at `path` in a folder. */
  below(folder: Place, path: string): Place {
    return this.#of(folder).at(folder.relative === "" ? path : `${folder.relative}/${path}`);
  }

  /** The root of the datastore that `place` is on. */
  root(place: Place): Place {
    return this.#of(place).at("");
  }

  #of(place: Place): Places {
    const datastore = this.#datastores.get(place.datastore);
    if (datastore) return datastore.places;
    throw fault("InvalidDatastore", `the datastore of "${place.text}" is gone`);
  }
}
