import { randomUUID } from "node:crypto";
import { EventLog } from "../events/event-log.ts";
import { scopeIn } from "../events/scope.ts";
import { Datastores, type DatastoreSpec } from "../storage/datastores.ts";
import type { DiskStore, Hypervisor } from "../vm/machine.ts";
import { DatastoreSet } from "./datastore-set.ts";
import { Folders } from "./folders.ts";
import { type Hardware, readHardware } from "./hardware.ts";
import { Inventory } from "./inventory.ts";
import { Mutex } from "./mutex.ts";
import { Networks } from "./networks.ts";
import { Pools } from "./pools.ts";
import { refs } from "./refs.ts";
import { Store } from "./store.ts";
import { Tasks } from "./tasks.ts";
import { GuestWrites } from "./vm/guest-writes.ts";
import { adoptAll } from "./vm/adopt.ts";
import type { VirtualMachine, VmSurroundings } from "./vm/virtual-machine.ts";
import { Vms } from "./vm/vms.ts";

/** What a {@link World} is made of. */
export interface WorldParts {
  /** SQLite file. */
  databasePath: string;
  /** Folder that holds everything that has no folder of its own. */
  dataDir: string;
  /** What the command line asks for. */
  datastores: DatastoreSpec[];
  /** Quota of the first datastore. */
  quotaBytes: number | undefined;
  hypervisor: Hypervisor;
  diskStore: DiskStore;
}

/** Everything behind the API: what there is, where it is stored, and what makes it run. */
export class World implements Disposable {
  readonly store: Store;
  readonly inventory = new Inventory();
  readonly tasks: Tasks;
  readonly hardware: Hardware;
  readonly hypervisor: Hypervisor;
  readonly datastores: Datastores;
  readonly datastoreSet = new DatastoreSet(this);
  readonly events: EventLog;
  /** How far an event or a task is from an entity. */
  readonly scope = scopeIn(this.inventory);
  readonly networks: Networks;
  readonly pools: Pools;
  readonly folders: Folders;
  readonly vms: Vms;
  readonly guestWrites: GuestWrites;
  readonly surroundings: VmSurroundings;
  /** Choosing a folder for a new VM: one at a time. */
  readonly creating = new Mutex();

  constructor(parts: WorldParts) {
    const { hypervisor } = parts;
    this.store = new Store(parts.databasePath);
    this.hypervisor = hypervisor;
    this.hardware = readHardware(this.#identity());
    this.datastores = new Datastores({
      store: this.store,
      diskStore: parts.diskStore,
      dataDir: parts.dataDir,
      firstId: refs.datastore.value,
      specs: parts.datastores,
      quotaBytes: parts.quotaBytes,
    });
    this.events = new EventLog(this.store, this.hardware.hostName);
    this.tasks = new Tasks(this.inventory, this.store, this.events);
    this.surroundings = {
      hostMhz: this.hardware.cpuMhz,
      datastores: this.datastores,
      outside: (portGroup, address) => hypervisor.outsideAddress(portGroup, address),
      vappOf: (pool) => this.pools.vappOf(pool),
    };
    const { inventory, store, hardware } = this;
    this.vms = new Vms(inventory, store, this.surroundings);
    this.guestWrites = new GuestWrites(inventory, store, this.vms);
    this.pools = new Pools({
      inventory,
      store,
      hardware,
      vms: this.vms,
    });
    this.folders = new Folders(inventory, store, { vmsIn: (id) => this.pools.inFolder(id) });
    this.networks = new Networks({
      inventory,
      store,
      hypervisor,
      vmsOn: (group) => this.vms.on(group),
    });
    this.vms.load();
    this.datastoreSet.show();
  }

  /** Tells the hypervisor about the networks and takes over running VMs. */
  async start(): Promise<void> {
    await this.networks.apply();
    await this.datastores.count();
    await adoptAll(this);
  }

  /** Lets go of the running VMs, which go on, and ends the hypervisor's own parts. */
  async stop(): Promise<void> {
    await this.tasks.idle();
    await Promise.all(this.vms.all().map(async (vm) => vm.machine?.release()));
    this.guestWrites.flush();
    await this.hypervisor.close();
  }

  [Symbol.dispose](): void {
    this.store[Symbol.dispose]();
  }

  /** An event about a VM. */
  post(
    vm: VirtualMachine,
    type: string,
    message: string,
    userName = "",
    fields?: Record<string, unknown>,
  ): void {
    const about = { name: vm.record.name, vm: vm.ref };
    this.events.post({ type, message, userName, vm: about, ...(fields ? { fields } : {}) });
    this.inventory.changed(refs.eventManager);
  }

  /** An event that says what went wrong with a VM. */
  postError(vm: VirtualMachine, message: string): void {
    const about = { name: vm.record.name, vm: vm.ref };
    this.events.post({ type: "VmMessageErrorEvent", message, vm: about, fields: { message } });
    this.inventory.changed(refs.eventManager);
  }

  /** An event that says what went wrong with the host. */
  postWarning(message: string): void {
    this.events.post({ type: "GeneralEvent", message, fields: { message } });
    this.inventory.changed(refs.eventManager);
  }

  #identity(): string {
    const known = this.store.get<string>("setting", "uuid");
    if (known !== undefined) return known;
    const uuid = randomUUID();
    this.store.put("setting", "uuid", uuid);
    return uuid;
  }
}
