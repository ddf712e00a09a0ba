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
  /** Below the datastore's root, "/" between names, "" for the root itself. */
  relative: string;
  absolute: string;
  /** `[datastore1] a/b.vmdk` */
  text: string;
}

/** Turns the two ways to name a file into {@link Place}s that are surely below the root. */
export class Places {
  readonly datastore: string;
  readonly root: string;

  constructor(datastore: string, root: string) {
    this.datastore = datastore;
    this.root = root;
  }

  /** From `[datastore1] a/b`. */
  parse(text: string): Place {
    const match = /^\s*\[([^\]]*)\]\s*(.*)$/s.exec(text);
    if (!match || match[1] !== this.datastore) {
      throw fault("InvalidDatastorePath", `"${text}" is not a path on [${this.datastore}]`, {
        datastorePath: text,
      });
    }
    return this.at(match[2] ?? "");
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
      relative: clean,
      absolute: clean === "" ? this.root : join(this.root, ...names),
      text: `[${this.datastore}] ${clean}`.trimEnd(),
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
    const text = `[${this.datastore}] ${path}`;
    return fault("InvalidDatastorePath", `"${text}" is not a usable path`, { datastorePath: text });
  }
}

/** Whether this may be a single name: nothing that climbs, and nothing that ends a C string or a line. */
function isName(name: string): boolean {
  if (name === "." || name === ".." || Buffer.byteLength(name) > nameMaxBytes) return false;
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  return !/[\x00-\x1f\x7f\\/]/.test(name) && name.isWellFormed();
}

/** The part after the last "/". */
export const baseName = (relative: string): string => relative.split("/").at(-1) ?? "";
