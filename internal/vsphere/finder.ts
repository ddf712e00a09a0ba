import { VicError } from "../errors/errors.ts";
import type { Client } from "../vim25/client.ts";
import { retrieveOne, retrieveSpec } from "../vim25/properties.ts";
import { isA } from "../vim25/schema/schema.ts";
import { propertySpec, step } from "../vim25/specs.ts";
import { invoke } from "../vim25/typed.ts";
import { type MoRef, refKey } from "../vim25/types.ts";

/** Something in the inventory. */
export interface Entry {
  ref: MoRef;
  name: string;
  /** Inventory path from the root: `/ha-datacenter/datastore/datastore1`. */
  path: string;
}

/** A place VMs run in. */
export interface ComputeEntry extends Entry {
  /** Root resource pool of a host or cluster, or the pool that was named. */
  pool: MoRef;
}

/** What can be looked for. */
export type Kind = keyof typeof kinds;

const kinds = {
  datacenter: { type: "Datacenter", label: "datacenter", under: [] },
  compute: { type: "ComputeResource", label: "compute resource", under: ["hostFolder"] },
  host: { type: "HostSystem", label: "host", under: ["hostFolder"] },
  pool: { type: "ResourcePool", label: "resource pool", under: ["hostFolder"] },
  datastore: { type: "Datastore", label: "datastore", under: ["datastoreFolder"] },
  network: { type: "Network", label: "network", under: ["networkFolder"] },
  vm: { type: "VirtualMachine", label: "virtual machine", under: ["vmFolder"] },
  folder: {
    type: "Folder",
    label: "folder",
    under: ["vmFolder", "hostFolder", "datastoreFolder", "networkFolder"],
  },
} as const satisfies Record<string, { type: string; label: string; under: readonly string[] }>;

/** Folder of a datacenter in which a relative path of a kind begins. */
const folderNames: Partial<Record<Kind, string>> = {
  compute: "host",
  host: "host",
  pool: "host",
  datastore: "datastore",
  network: "network",
  vm: "vm",
  folder: "vm",
};
/** Names given in an error for somebody to choose from. */
const suggestionsMax = 20;
const depthMax = 64;

/** Characters a name cannot hold in an inventory path are escaped there, as vSphere does it. */
function escapeName(name: string): string {
  return name.replace(/[%/\\]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
}

function unescapeName(name: string): string {
  return name.replace(/%(25|2f|5c)/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/**
 * Finds things in the inventory by path or name, and lists what there is.
 *
 * @example const pool = await new Finder(client).compute("/dc1/host/cluster1");
 */
export class Finder {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Everything of a kind, sorted by path. */
  async list(kind: Kind, signal?: AbortSignal): Promise<Entry[]> {
    const { type, under } = kinds[kind];
    const into = [
      "folder",
      ...under.map((u) => `dc.${u}`),
      "compute.pool",
      "compute.host",
      "pool.pool",
    ];
    const steps = [
      step("folder", "Folder", "childEntity", into),
      ...under.map((path) => step(`dc.${path}`, "Datacenter", path, into)),
      ...(kind === "pool" ? [step("compute.pool", "ComputeResource", "resourcePool", into)] : []),
      ...(kind === "pool" ? [step("pool.pool", "ResourcePool", "resourcePool", into)] : []),
      ...(kind === "host" ? [step("compute.host", "ComputeResource", "host", into)] : []),
    ];
    const known = new Set(steps.map((s) => String(s["name"])));
    for (const s of steps) {
      s["selectSet"] = into.filter((name) => known.has(name)).map((name) => ({ name }));
    }
    const containers = ["Folder", "Datacenter", "ComputeResource", "ResourcePool"];
    const spec = {
      propSet: [...new Set([type, ...containers])].map((t) => propertySpec(t, ["name", "parent"])),
      objectSet: [{ obj: this.#client.content.rootFolder, skip: false, selectSet: steps }],
    };
    const found = await retrieveSpec(this.#client, spec, signal);
    const byKey = new Map(found.map((object) => [refKey(object.ref), object]));
    return found
      .filter(({ ref }) => isA(ref.type, type))
      .filter(({ ref }) => refKey(ref) !== refKey(this.#client.content.rootFolder))
      .map(({ ref, props }) => ({ ref, name: nameOf(props), path: pathIn(byKey, ref) }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Exactly one of a kind: by absolute path, by path in the kind's folder, by name; without either the only one. */
  async find(kind: Kind, pathOrName?: string, signal?: AbortSignal): Promise<Entry> {
    if (pathOrName?.startsWith("/")) {
      const entry = await this.#byPath(kind, pathOrName, signal);
      if (entry) return entry;
    }
    const all = await this.list(kind, signal);
    const { label } = kinds[kind];
    const wanted = pathOrName?.replace(/\/+$/, "");
    const matching = wanted ? all.filter((entry) => isMeant(kind, entry, wanted)) : all;
    if (matching.length === 1 && matching[0]) return matching[0];
    const candidates = (matching.length > 0 ? matching : all).map((entry) => entry.path);
    const shown = candidates.slice(0, suggestionsMax).join(", ");
    const parts = {
      hint: candidates.length === 0 ? `there is no ${label} here` : `choose one of: ${shown}`,
      detail: { candidates },
    };
    if (matching.length > 1) {
      const what = wanted ? `"${wanted}" names ${matching.length} ${label}s` : `which ${label}?`;
      throw new VicError("invalid", what, parts);
    }
    throw new VicError("not-found", wanted ? `no ${label} "${wanted}"` : `no ${label}`, parts);
  }

  async #byPath(kind: Kind, path: string, signal?: AbortSignal): Promise<Entry | undefined> {
    const index = this.#client.content.searchIndex;
    if (!index) return undefined;
    const inventoryPath = path.replace(/^\/+|\/+$/g, "");
    const ref = await invoke(
      this.#client,
      index,
      "FindByInventoryPath",
      { inventoryPath },
      { signal },
    );
    if (!ref || !isA(ref.type, kinds[kind].type)) return undefined;
    return {
      ref,
      name: unescapeName(inventoryPath.split("/").at(-1) ?? ""),
      path: `/${inventoryPath}`,
    };
  }

  /** The datacenter named, or the only one. */
  datacenter(pathOrName?: string, signal?: AbortSignal): Promise<Entry> {
    return this.find("datacenter", pathOrName, signal);
  }

  /** The datastore named, or the only one. */
  datastore(pathOrName?: string, signal?: AbortSignal): Promise<Entry> {
    return this.find("datastore", pathOrName, signal);
  }

  /** The network or port group named. */
  network(pathOrName?: string, signal?: AbortSignal): Promise<Entry> {
    return this.find("network", pathOrName, signal);
  }

  /** The VM named. */
  vm(pathOrName: string, signal?: AbortSignal): Promise<Entry> {
    return this.find("vm", pathOrName, signal);
  }

  /** The resource pool (or vApp) named. */
  pool(pathOrName?: string, signal?: AbortSignal): Promise<Entry> {
    return this.find("pool", pathOrName, signal);
  }

  /** Where VMs can run: a host, a cluster, or a resource pool of one, with the pool to put them in. */
  async compute(pathOrName?: string, signal?: AbortSignal): Promise<ComputeEntry> {
    try {
      const entry = await this.find("compute", pathOrName, signal);
      const { resourcePool } = await retrieveOne(this.#client, entry.ref, ["resourcePool"], signal);
      return { ...entry, pool: resourcePool as MoRef };
    } catch (error) {
      if (!pathOrName || !(error instanceof VicError) || error.code !== "not-found") throw error;
      const pool = await this.find("pool", pathOrName, signal).catch(() => undefined);
      if (!pool) throw error;
      return { ...pool, pool: pool.ref };
    }
  }

  /** An object and all above it, the root first, with names. */
  async ancestors(ref: MoRef, signal?: AbortSignal): Promise<{ ref: MoRef; name: string }[]> {
    const up = step("parent", "ManagedEntity", "parent", ["parent"]);
    const spec = {
      propSet: [propertySpec("ManagedEntity", ["name", "parent"])],
      objectSet: [{ obj: ref, skip: false, selectSet: [up] }],
    };
    const found = await retrieveSpec(this.#client, spec, signal);
    const byKey = new Map(found.map((object) => [refKey(object.ref), object]));
    const chain: { ref: MoRef; name: string }[] = [];
    for (let at: MoRef | undefined = ref; at && chain.length < depthMax;) {
      const props: Record<string, unknown> = byKey.get(refKey(at))?.props ?? {};
      chain.unshift({ ref: at, name: nameOf(props) });
      at = props["parent"] as MoRef | undefined;
    }
    return chain;
  }

  /** Inventory path of an object. */
  async pathOf(ref: MoRef, signal?: AbortSignal): Promise<string> {
    const chain = await this.ancestors(ref, signal);
    return `/${chain
      .slice(1)
      .map((a) => escapeName(a.name))
      .join("/")}`;
  }

  /** The datacenter an object is in. */
  async datacenterOf(ref: MoRef, signal?: AbortSignal): Promise<Entry> {
    const chain = await this.ancestors(ref, signal);
    const at = chain.findIndex((a) => a.ref.type === "Datacenter");
    const found = chain[at];
    if (!found) throw new VicError("not-found", `${refKey(ref)} is in no datacenter`);
    const names = chain.slice(1, at + 1).map((a) => escapeName(a.name));
    return { ...found, path: `/${names.join("/")}` };
  }
}

const nameOf = (props: Record<string, unknown>) => unescapeName(String(props["name"] ?? ""));

function pathIn(
  byKey: Map<string, { ref: MoRef; props: Record<string, unknown> }>,
  ref: MoRef,
): string {
  const names: string[] = [];
  let at: MoRef | undefined = ref;
  while (at && names.length < depthMax) {
    const props: Record<string, unknown> | undefined = byKey.get(refKey(at))?.props;
    const parent = props?.["parent"] as MoRef | undefined;
    // The root folder has no parent and no place in paths.
    if (!props || !parent) break;
    names.unshift(escapeName(nameOf(props)));
    at = parent;
  }
  return `/${names.join("/")}`;
}

function isMeant(kind: Kind, entry: Entry, wanted: string): boolean {
  if (entry.path === wanted || entry.name === wanted) return true;
  const folder = folderNames[kind];
  return folder !== undefined && entry.path.endsWith(`/${folder}/${wanted}`);
}
