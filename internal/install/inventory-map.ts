/** The inventory of a target as names and paths, read at once: what users name things by, and what is suggested. */
import { VicError } from "../errors/errors.ts";
import type { Client } from "../vim25/client.ts";
import { refKey, type MoRef } from "../vim25/types.ts";
import { listBelow } from "./vms.ts";

/** One object. */
export interface Entry {
  ref: MoRef;
  name: string;
  /** `/datacenter/host/cluster/Resources/pool` */
  path: string;
}

/** Kinds of objects that are told apart; a cluster is a compute resource. */
export type Kind = "datacenter" | "compute" | "pool" | "datastore" | "network" | "folder";

const kinds: Record<string, Kind> = {
  Datacenter: "datacenter",
  ComputeResource: "compute",
  ClusterComputeResource: "compute",
  ResourcePool: "pool",
  VirtualApp: "pool",
  Datastore: "datastore",
  Network: "network",
  DistributedVirtualPortgroup: "network",
  OpaqueNetwork: "network",
  Folder: "folder",
};
/** Deeper than any inventory: parents that go round in a circle end here. */
const depthMax = 100;
const suggestionsMax = 20;

/** Names and parents of everything but hosts and VMs. */
export class InventoryMap {
  readonly #byKind = new Map<Kind, Entry[]>();
  readonly #paths = new Map<string, string>();

  constructor(objects: readonly { ref: MoRef; name: string; parent: MoRef | undefined }[]) {
    const byKey = new Map(objects.map((o) => [refKey(o.ref), o]));
    for (const object of objects) {
      const names: string[] = [];
      for (
        let at: typeof object | undefined = object;
        at && names.length < depthMax;
        at = at.parent && byKey.get(refKey(at.parent))
      ) {
        names.unshift(at.name);
      }
      const entry = { ref: object.ref, name: object.name, path: `/${names.join("/")}` };
      this.#paths.set(refKey(object.ref), entry.path);
      const kind = kinds[object.ref.type];
      if (kind) this.#byKind.set(kind, [...(this.#byKind.get(kind) ?? []), entry]);
    }
  }

  /** Reads the inventory of a target. */
  static async read(client: Client, signal: AbortSignal): Promise<InventoryMap> {
    const types = [
      "Folder",
      "Datacenter",
      "ComputeResource",
      "ResourcePool",
      "Datastore",
      "Network",
    ];
    const root = client.content.rootFolder;
    const lists = await Promise.all(
      types.map((type) => listBelow(client, root, type, ["name", "parent"], signal)),
    );
    return new InventoryMap(
      lists.flat().map(({ ref, props }) => ({
        ref,
        name: String(props["name"]),
        parent: props["parent"] as MoRef | undefined,
      })),
    );
  }

  /** All of a kind, below a path when one is given. */
  all(kind: Kind, below = ""): Entry[] {
    return (this.#byKind.get(kind) ?? []).filter((e) => e.path.startsWith(`${below}/`));
  }

  /** Path of an object; undefined for one that is not known. */
  pathOf(ref: MoRef): string | undefined {
    return this.#paths.get(refKey(ref));
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
