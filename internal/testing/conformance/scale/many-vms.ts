import type { Client } from "../../../vim25/client.ts";
import { type ObjectProps, retrieveSpec } from "../../../vim25/properties.ts";
import { runTask } from "../../../vim25/task.ts";
import type { DataObject, MoRef } from "../../../vim25/types.ts";

/** VMs made at once. */
const concurrent = 8;

/** An inventory with many VMs that are off, and the two questions that clients ask of it. */
export class ManyVms {
  readonly client: Client;
  readonly names: string[];
  #view: MoRef | undefined;

  constructor(client: Client, count: number) {
    this.client = client;
    this.names = Array.from({ length: count }, (_, i) => `vm-${String(i).padStart(4, "0")}`);
  }

  /** Makes them all, without disks: what is measured is the inventory. */
  async make(vmFolder: MoRef, pool: MoRef): Promise<void> {
    const left = this.names.values();
    const worker = async () => {
      for (const name of left) {
        const config = { name, memoryMB: 64, files: { vmPathName: "[datastore1]" } };
        await runTask(this.client, vmFolder, "CreateVM_Task", { config, pool });
      }
    };
    await Promise.all(Array.from({ length: concurrent }, worker));
    const { viewManager, rootFolder } = this.client.content;
    if (!viewManager) throw new Error("there is no view manager");
    this.#view = await this.client.call<MoRef>(viewManager, "CreateContainerView", {
      container: rootFolder,
      type: ["VirtualMachine"],
      recursive: true,
    });
  }

  /** Names and power states of all of them. */
  retrieve(): Promise<ObjectProps[]> {
    return retrieveSpec(this.client, this.#spec);
  }

  /** A collector of its own that has seen everything there is by now. */
  async watch(): Promise<Watch> {
    const { client } = this;
    const collector = await client.call<MoRef>(
      client.content.propertyCollector,
      "CreatePropertyCollector",
    );
    await client.call(collector, "CreateFilter", { spec: this.#spec, partialUpdates: false });
    const watch = new Watch(client, collector);
    while (await watch.next()) {
      // Everything there is comes first, maybe in several parts.
    }
    return watch;
  }

  get #spec(): DataObject {
    const path = { _type: "TraversalSpec", type: "ContainerView", path: "view", skip: false };
    return {
      objectSet: [{ obj: this.#view, skip: true, selectSet: [path] }],
      propSet: [{ type: "VirtualMachine", pathSet: ["name", "runtime.powerState"] }],
    };
  }
}

interface UpdateSet {
  version: string;
  truncated?: boolean;
  filterSet?: { objectSet?: { obj: MoRef; changeSet?: { name: string; val: unknown }[] }[] }[];
}

/** WaitForUpdatesEx, one after the other. */
export class Watch {
  readonly #client: Client;
  readonly #collector: MoRef;
  #version = "";
  /** What the last update said, `name of the property: value`. */
  seen: string[] = [];

  constructor(client: Client, collector: MoRef) {
    this.#client = client;
    this.#collector = collector;
  }

  /** Waits for what is new; whether more of the same is still to come. */
  async next(): Promise<boolean> {
    const set = await this.#client.call<UpdateSet>(this.#collector, "WaitForUpdatesEx", {
      version: this.#version,
      options: { maxWaitSeconds: 60 },
    });
    this.#version = set.version;
    this.seen = (set.filterSet ?? []).flatMap((filter) =>
      (filter.objectSet ?? []).flatMap((object) =>
        (object.changeSet ?? []).map((change) => `${change.name}: ${String(change.val)}`),
      ),
    );
    return set.truncated === true;
  }

  async end(): Promise<void> {
    await this.#client.call(this.#collector, "DestroyPropertyCollector");
  }
}
