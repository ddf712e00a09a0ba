import { lstatSync } from "node:fs";
import { join } from "node:path";
import { fault } from "../fault.ts";

/** Longest path below a datastore, and longest single name, bytes. */
const pathMaxBytes = 2048;
const nameMaxBytes = 255;

/** Top-level folder of a datastore that belongs to vic-host: uploads in progress. Nobody else sees it. */
export const privateFolder = ".vic-host";

/** A file or folder of a datastore. */
export interface Place {
  /** Id of the datastore. */
  datastore: string;
  /** What names it in the database: datastore id, "/", {@link relative}. A datastore's new name changes nothing. */
  key: string;
  /** Below the datastore's root, "/" between names, "" for the root itself. */
  relative: string;
  absolute: string;
  /** `[datastore1] a/b.vmdk` */
  text: string;
}

/** Turns the two ways to name a file into {@link Place}s that are surely below the root. */
export class Places {
  readonly id: string;
  /** Name of the datastore. */
  name: string;
  readonly root: string;

  constructor(id: string, name: string, root: string) {
    this.id = id;
    this.name = name;
    this.root = root;
  }

  /** From `[datastore1] a/b`. */
  parse(text: string): Place {
    const { name, path } = splitPath(text);
    if (name === this.name) return this.at(path);
    throw fault("InvalidDatastorePath", `"${text}" is not a path on [${this.name}]`, {
      datastorePath: text,
    });
  }

  /** From names below the root joined with "/". */
  at(relative: string): Place {
    const names = relative.split("/").filter((name) => name !== "");
    if (names.some((name) => !isName(name)) || Buffer.byteLength(relative) > pathMaxBytes) {
      throw this.#invalid(relative);
    }
    if (names[0] === privateFolder) throw this.#invalid(relative);
    let absolute = this.root;
    for (const name of names) {
      absolute = join(absolute, name);
      const stat = lstatSync(absolute, { throwIfNoEntry: false });
      if (!stat) break;
      if (stat.isSymbolicLink()) throw this.#invalid(relative);
    }
    const clean = names.join("/");
    return {
      datastore: this.id,
      key: `${this.id}/${clean}`,
      relative: clean,
      absolute: clean === "" ? this.root : join(this.root, ...names),
      text: `[${this.name}] ${clean}`.trimEnd(),
    };
  }

  /** The folder that `place` is in; undefined for the root. */
  parent(place: Place): Place | undefined {
    if (place.relative === "") return undefined;
    return this.at(place.relative.split("/").slice(0, -1).join("/"));
  }

  /** From an absolute path; undefined when it is not below the root. */
  fromAbsolute(absolute: string): Place | undefined {
    if (!absolute.startsWith(`${this.root}/`)) return undefined;
    return this.at(absolute.slice(this.root.length + 1));
  }

  #invalid(path: string): Error {
    const text = `[${this.name}] ${path}`;
    return fault("InvalidDatastorePath", `"${text}" is not a usable path`, { datastorePath: text });
  }
}

/** Name of the datastore and path of `[datastore1] a/b`; a fault when it is not written so. */
export function splitPath(text: string): { name: string; path: string } {
  const match = /^\s*\[([^\]]*)\]\s*(.*)$/s.exec(text);
  // govc writes "[datastore] ." for the folder of a file that is not in one.
  if (match) return { name: match[1] ?? "", path: match[2] === "." ? "" : (match[2] ?? "") };
  throw fault("InvalidDatastorePath", `"${text}" is not a path: write "[datastore] folder/file"`, {
    datastorePath: text,
  });
}

/** Whether what `key` names is `folder` itself or in it. */
export function isWithin(folder: Place, key: string): boolean {
  return (
    key === folder.key || key.startsWith(folder.relative === "" ? folder.key : `${folder.key}/`)
  );
}

/** Whether this may be a single name: nothing that climbs, and nothing that ends a C string or a line. */
function isName(name: string): boolean {
  if (name === "." || name === ".." || Buffer.byteLength(name) > nameMaxBytes) return false;
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  return !/[\x00-\x1f\x7f\\/]/.test(name) && name.isWellFormed();
}

/** The part after the last "/". */
export const baseName = (relative: string): string => relative.split("/").at(-1) ?? "";
