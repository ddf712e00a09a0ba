/** The inventory of a target, read at once: what users name things by, and what is suggested. */
import { VicError } from "../errors/errors.ts";
import type { Client } from "../vim25/client.ts";
import { Finder, type Entry } from "../vsphere/finder.ts";

/** Kinds of objects that flags name. */
const kinds = ["datacenter", "compute", "pool", "datastore", "network"] as const;
/** One of them; a cluster is a compute resource. */
export type Kind = (typeof kinds)[number];

const suggestionsMax = 20;

/** Names and paths of everything but hosts and VMs. */
export class InventoryMap {
  readonly #byKind: ReadonlyMap<Kind, readonly Entry[]>;

  constructor(byKind: ReadonlyMap<Kind, readonly Entry[]>) {
    this.#byKind = byKind;
  }

  /** Reads the inventory of a target. */
  static async read(client: Client, signal: AbortSignal): Promise<InventoryMap> {
    const finder = new Finder(client);
    const lists = await Promise.all(
      kinds.map(async (kind) => [kind, await finder.list(kind, signal)] as const),
    );
    return new InventoryMap(new Map(lists));
  }

  /** All of a kind, below a path when one is given. */
  all(kind: Kind, below = ""): Entry[] {
    return (this.#byKind.get(kind) ?? []).filter((e) => e.path.startsWith(`${below}/`));
  }

  /** Those of a kind that `text` names: by path, or by the end of a path. */
  named(kind: Kind, text: string, below = ""): Entry[] {
    const wanted = text.replace(/\/+$/, "");
    const all = this.all(kind, below);
    const exact = all.filter((e) => e.path === wanted);
    return exact.length > 0
      ? exact
      : all.filter((e) => e.path.endsWith(`/${wanted.replace(/^\/+/, "")}`));
  }

  /** The datacenter the user means. */
  datacenter(text: string): Entry {
    const all = this.all("datacenter");
    const found = text === "" ? all : this.named("datacenter", text);
    const [only, another] = found;
    if (only && !another) return only;
    const message = only
      ? "Datacenter must be specified as part of --target when there are several"
      : `Datacenter "${text}" in --target is not found`;
    throw new VicError(only ? "invalid" : "not-found", message, {
      hint: suggest("datacenters", all),
    });
  }

  /** The resource pool the user means by --compute-resource, in a datacenter. */
  pool(text: string, datacenter: Entry): Entry {
    const below = datacenter.path;
    const computes = this.all("compute", below);
    if (text === "") {
      const [only, another] = computes;
      if (only && !another) return this.#rootPool(only);
      throw new VicError(
        "invalid",
        "No unambiguous default compute resource available: --compute-resource must be specified",
        { hint: suggest("values for --compute-resource", computes) },
      );
    }
    const pools = this.named("pool", text, below);
    if (pools.length === 1) return pools[0]!;
    if (pools.length > 1) throw ambiguous("compute-resource", text, pools);
    const found = this.named("compute", text, below);
    if (found.length === 1) return this.#rootPool(found[0]!);
    if (found.length > 1) throw ambiguous("compute-resource", text, found);
    throw notFound("compute-resource", "compute resource", text, computes);
  }

  #rootPool(compute: Entry): Entry {
    const root = this.all("pool", compute.path).toSorted((a, b) => a.path.length - b.path.length);
    if (root[0]) return root[0];
    throw new VicError("not-found", `${compute.path} has no resource pool`);
  }

  /** The compute resource a pool is of. */
  computeOf(pool: Entry): Entry | undefined {
    return this.all("compute").find((c) => pool.path.startsWith(`${c.path}/`));
  }

  /** The datastore or network a flag names. */
  one(kind: "datastore" | "network", flag: string, text: string, datacenter: Entry): Entry {
    const found = this.named(kind, text, datacenter.path);
    if (found.length === 1) return found[0]!;
    if (found.length > 1) throw ambiguous(flag, text, found);
    const message = kind === "network" ? `network '${text}' not found` : "";
    throw notFound(flag, kind, text, this.all(kind, datacenter.path), message);
  }
}

/** `Suggested Xs: "a", "b"`; equal names by their paths. */
export function suggest(what: string, entries: readonly Entry[]): string {
  if (entries.length === 0) return `there are no ${what} to suggest`;
  const isUnique = new Set(entries.map((e) => e.name)).size === entries.length;
  const names = entries.map((e) => `"${isUnique ? e.name : e.path}"`).toSorted();
  const more = names.length > suggestionsMax ? `, and ${names.length - suggestionsMax} more` : "";
  return `Suggested ${what}: ${names.slice(0, suggestionsMax).join(", ")}${more}`;
}

function ambiguous(flag: string, text: string, found: readonly Entry[]): VicError {
  return new VicError("invalid", `--${flag}: "${text}" means more than one thing`, {
    hint: `name one by its path: ${found.map((e) => e.path).join(", ")}`,
  });
}

function notFound(
  flag: string,
  what: string,
  text: string,
  all: readonly Entry[],
  message = "",
): VicError {
  return new VicError("not-found", `--${flag}: ${message || `${what} "${text}" not found`}`, {
    hint: suggest(`values for --${flag}`, all),
  });
}
