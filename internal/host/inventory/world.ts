import { randomUUID } from "node:crypto";
import { Access } from "../access/access.ts";
import type { MoRef } from "../../vim25/types.ts";
import { EventLog, type NewEvent } from "../events/event-log.ts";
import { scopeIn } from "../events/scope.ts";
import { Firewall } from "../settings/firewall.ts";
import type { HostLog } from "../settings/host-log.ts";
import { Licenses } from "../settings/licenses.ts";
import { Options } from "../settings/options.ts";
import { Datastores, type DatastoreSpec } from "../storage/datastores.ts";
import type { DiskStore, Hypervisor } from "../vm/machine.ts";
import { Cluster } from "./cluster.ts";
import { DatastoreSet } from "./datastore-set.ts";
import { Dvs } from "./dvs.ts";
import { Folders } from "./folders.ts";
import { type Hardware, readHardware } from "./hardware.ts";
import { Inventory } from "./inventory.ts";
import { Mutex } from "./mutex.ts";
import { Networks } from "./networks.ts";
import { Pools } from "./pools.ts";
import { openMode } from "./mode.ts";
import { type FixedNames, groupRef, type Mode, namesOf, refs, type Refs, refsOf } from "./refs.ts";
import { Store } from "./store.ts";
import { Tasks } from "./tasks.ts";
import { Samples } from "../perf/samples.ts";
import { GuestWrites } from "./vm/guest-writes.ts";
import { adoptAll } from "./vm/adopt.ts";
import type { NetworkName } from "./vm/views.ts";
import type { VirtualMachine, VmSurroundings } from "./vm/virtual-machine.ts";
import { Vms } from "./vm/vms.ts";

/** What a {@link World} is made of. */
export interface WorldParts {
  /** SQLite file. */
  databasePath: string;
  /** How it looks; undefined: as it did before, or like an ESXi host. */
  mode: Mode | undefined;
  /** Folder that holds everything that has no folder of its own. */
  dataDir: string;
  /** What the command line asks for. */
  datastores: DatastoreSpec[];
  /** Quota of the first datastore. */
  quotaBytes: number | undefined;
  hypervisor: Hypervisor;
  diskStore: DiskStore;
  log: HostLog;
}

/** Everything behind the API: what there is, where it is stored, and what makes it run. */
export class World implements Disposable {
  readonly store: Store;
  readonly mode: Mode;
  /** Whatever is always there. */
  readonly refs: Refs;
  readonly names: FixedNames;
  readonly inventory: Inventory;
  readonly tasks: Tasks;
  readonly hardware: Hardware;
  readonly hypervisor: Hypervisor;
  readonly datastores: Datastores;
  readonly datastoreSet = new DatastoreSet(this);
  readonly events: EventLog;
  /** Who may log in, and who may do what. */
  readonly access: Access;
  readonly options: Options;
  readonly licenses: Licenses;
  readonly firewall: Firewall;
  /** What happens, for those who look for the reason of something. */
  readonly log: HostLog;
  /** How far an event or a task is from an entity. */
  readonly scope: ReturnType<typeof scopeIn>;
  readonly networks: Networks;
  readonly dvs: Dvs;
  readonly cluster: Cluster;
  readonly pools: Pools;
  readonly folders: Folders;
  readonly vms: Vms;
  readonly guestWrites: GuestWrites;
  /** Performance figures of the last hour. */
  readonly samples = new Samples();
  /** What the whole machine used at the last look. */
  hostUse = { cpuMhz: 0, memoryMiB: 0, uptimeSeconds: 0 };
  readonly surroundings: VmSurroundings;
  /** Choosing a folder for a new VM: one at a time. */
  readonly creating = new Mutex();

  constructor(parts: WorldParts) {
    const { hypervisor } = parts;
    this.store = new Store(parts.databasePath);
    this.mode = openMode(this.store, parts.mode);
    this.refs = refsOf(this.mode);
    this.names = namesOf(this.mode);
    this.inventory = new Inventory(this.refs);
    this.scope = scopeIn(this.inventory, () => this.refs.rootFolder);
    this.hypervisor = hypervisor;
    this.log = parts.log;
    this.hardware = readHardware(this.#identity());
    this.datastores = new Datastores({
      store: this.store,
      diskStore: parts.diskStore,
      dataDir: parts.dataDir,
      firstId: this.refs.datastore.value,
      specs: parts.datastores,
      quotaBytes: parts.quotaBytes,
    });
    this.events = new EventLog(this.store, this.#where());
    this.tasks = new Tasks(this.inventory, this.store, this.events);
    this.surroundings = {
      hostMhz: this.hardware.cpuMhz,
      host: this.refs.host,
      datastores: this.datastores,
      network: (segment) => this.#network(segment),
      outside: (segment, address) => hypervisor.outsideAddress(segment, address),
      vappOf: (pool) => this.pools.vappOf(pool),
      recentTasks: (entity) => this.tasks.recentOf(entity),
    };
    const { inventory, store, hardware } = this;
    this.access = new Access({ store, inventory, refs: this.refs });
    this.options = new Options(store, inventory, hardware.hostName);
    this.licenses = new Licenses({ store, inventory, refs: this.refs });
    this.firewall = new Firewall(store, inventory, this.refs.firewallSystem);
    this.vms = new Vms(inventory, store, this.surroundings);
    this.guestWrites = new GuestWrites(inventory, store, this.vms);
    this.pools = new Pools({
      inventory,
      store,
      mode: this.mode,
      hardware,
      vms: this.vms,
    });
    this.cluster = new Cluster(this);
    this.folders = new Folders(inventory, store, this.mode, {
      vmsIn: (id) => this.pools.inFolder(id),
    });
    const apply = () => this.applyNetworks();
    const vmsOn = (segment: string) => this.vms.on(segment);
    this.networks = new Networks({
      inventory,
      store,
      mode: this.mode,
      apply,
      vmsOn,
    });
    this.dvs = new Dvs({
      inventory,
      store,
      networks: this.networks,
      isVCenter: this.mode === "vcenter",
      apply,
      post: (event) => this.#postAny(event),
      vmsOn,
    });
    this.vms.load();
    this.datastoreSet.show();
  }

  /** Tells the hypervisor about the networks and takes over running VMs. */
  async start(): Promise<void> {
    await this.applyNetworks();
    await this.datastores.count();
    this.datastores.intents.recover(this.datastores.disks);
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
    this.#post({ type, message, userName, vm: about, ...(fields ? { fields } : {}) });
    this.inventory.changed(refs.eventManager);
  }

  /** What an event tells of is done: that it cannot be stored, on a full disk, does not undo it. */
  #post(event: Parameters<EventLog["post"]>[0]): void {
    try {
      this.events.post(event);
    } catch (error) {
      console.error(`event not stored: ${event.message}: ${String(error)}`);
    }
  }

  /** An event that says what went wrong with a VM. */
  postError(vm: VirtualMachine, message: string): void {
    const about = { name: vm.record.name, vm: vm.ref };
    this.#post({ type: "VmMessageErrorEvent", message, vm: about, fields: { message } });
    this.inventory.changed(refs.eventManager);
  }

  #postAny(event: NewEvent): void {
    this.#post(event);
    this.inventory.changed(refs.eventManager);
  }

  /** An event about a datastore. */
  postDatastore(
    type: string,
    { name, ref }: { name: string; ref: MoRef },
    message: string,
    fields: object = {},
  ): void {
    const datastore = { name, datastore: ref };
    this.#postAny({ type, message, fields: { datastore, ...fields } });
  }

  /** An event that says what went wrong with the host. */
  postWarning(message: string): void {
    this.log.add(message);
    this.#post({ type: "GeneralEvent", message, fields: { message } });
    this.inventory.changed(refs.eventManager);
  }

  #where(): object {
    const { datacenter, computeResource, host } = this.refs;
    const { hostName } = this.hardware;
    return {
      datacenter: { name: this.names.datacenter, datacenter },
      computeResource: { name: this.names.computeResource ?? hostName, computeResource },
      host: { name: hostName, host },
    };
  }

  /** Every Network there is, of both kinds. */
  get networkRefs(): MoRef[] {
    return [...this.networks.refs, ...this.dvs.groupRefs];
  }

  /** Tells the hypervisor which segments there are. */
  async applyNetworks(): Promise<void> {
    await this.hypervisor.setPortGroups([...this.networks.segments, ...this.dvs.segments]);
  }

  #network(segment: string): NetworkName | undefined {
    const group = this.dvs.group(segment);
    if (group) return { ref: groupRef(group.id), name: group.name };
    const ref = this.networks.refOf(segment);
    return ref && { ref, name: segment };
  }

  #identity(): string {
    const known = this.store.get<string>("setting", "uuid");
    if (known !== undefined) return known;
    const uuid = randomUUID();
    this.store.put("setting", "uuid", uuid);
    return uuid;
  }
}
