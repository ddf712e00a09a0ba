import { type MoRef, sameRef } from "../../../vim25/types.ts";
import { type Inventory, notFound } from "../inventory.ts";
import { folderRef, poolRef } from "../refs.ts";
import type { Store } from "../store.ts";
import type { SnapshotRecord, VmRecord } from "./record.ts";
import { currentPaths } from "./rename-paths.ts";
import { snapshotObject, snapshotRef } from "./snapshot/tree.ts";
import { VirtualMachine, type VmSurroundings } from "./virtual-machine.ts";

/** How long after a failure something is stored again, milliseconds. */
const storeRetryMs = 1_000;
/** VMs one vic-host may have. */
export const vmsMax = 4096;

/** All VMs, and the one way to change what is stored about them. */
export class Vms {
  readonly #inventory: Inventory;
  readonly #store: Store;
  readonly #surroundings: VmSurroundings;
  readonly #vms = new Map<string, VirtualMachine>();

  constructor(inventory: Inventory, store: Store, surroundings: VmSurroundings) {
    this.#inventory = inventory;
    this.#store = store;
    this.#surroundings = surroundings;
  }

  /** Shows what an earlier vic-host stored. */
  load(): void {
    for (const { value } of this.#store.all<VmRecord>("vm")) this.#show(value);
  }

  all(): VirtualMachine[] {
    return [...this.#vms.values()];
  }
  get count(): number {
    return this.#vms.size;
  }

  get(ref: MoRef): VirtualMachine {
    const vm = ref.type === "VirtualMachine" ? this.#vms.get(ref.value) : undefined;
    if (!vm) throw notFound(ref);
    return vm;
  }

  find(id: string): VirtualMachine | undefined {
    return this.#vms.get(id);
  }

  /** The VM that has this snapshot. */
  ofSnapshot(ref: MoRef): VirtualMachine {
    const vm = this.all().find(({ record }) =>
      record.snapshots?.some(({ id }) => id === ref.value),
    );
    if (!vm) throw notFound(ref);
    return vm;
  }

  inPool(pool: string): MoRef[] {
    return this.all().flatMap((vm) => (vm.record.pool === pool ? [vm.ref] : []));
  }
  inFolder(folder: string): { name: string; ref: MoRef }[] {
    return this.all().flatMap((vm) =>
      vm.record.folder === folder ? [{ name: vm.record.name, ref: vm.ref }] : [],
    );
  }
  on(segment: string): MoRef[] {
    return this.all().flatMap((vm) => (vm.segments.includes(segment) ? [vm.ref] : []));
  }

  /** Stores a new VM and shows it. `also` writes what belongs to it in the same transaction. */
  add(made: VmRecord, also: () => void = () => undefined): VirtualMachine {
    const record = currentPaths(made, this.#surroundings.datastores);
    this.#store.transaction(() => {
      this.#store.put("vm", record.id, record);
      also();
    });
    const vm = this.#show(record);
    this.#changedAround(record);
    this.#inventory.changed(...vm.datastores);
    return vm;
  }

  /** Stores the change, then shows it: what a client has seen survives a crash. */
  update(vm: VirtualMachine, changes: Partial<VmRecord>, also: () => void = () => undefined): void {
    const record = currentPaths({ ...vm.record, ...changes }, this.#surroundings.datastores);
    this.#store.transaction(() => {
      this.#store.put("vm", record.id, record);
      also();
    });
    this.#change(vm, record);
  }

  /**
   * {@link update} for what is so whether it can be stored or not, such as the end of a machine: it is shown at once, and
   * stored as soon as the database takes it. A vic-host that starts before that finds it out by itself.
   */
  updateSurely(vm: VirtualMachine, changes: Partial<VmRecord>): void {
    try {
      this.update(vm, changes);
    } catch (error) {
      console.error(`a change of ${vm.record.name} is not stored yet: ${String(error)}`);
      this.#change(vm, { ...vm.record, ...changes });
      this.#storeLater(vm);
    }
  }

  #storeLater(vm: VirtualMachine): void {
    setTimeout(() => {
      if (vm.isGone) return;
      try {
        this.#store.put("vm", vm.record.id, vm.record);
      } catch {
        this.#storeLater(vm);
      }
    }, storeRetryMs).unref();
  }

  #change(vm: VirtualMachine, record: VmRecord): void {
    const before = vm.record;
    const networks = vm.segments;
    const datastores = vm.datastores;
    vm.record = record;
    this.#inventory.changed(vm.ref);
    this.#showSnapshots(vm, before.snapshots ?? []);
    const now = vm.segments;
    const moved = [...networks, ...now].filter((n) => networks.includes(n) !== now.includes(n));
    this.#changedNetworks(moved);
    if (
      vm.datastores.length !== datastores.length ||
      !vm.datastores.every((d) => datastores.some((e) => sameRef(d, e)))
    ) {
      this.#inventory.changed(...datastores, ...vm.datastores);
    }
    if (before.pool !== record.pool || before.folder !== record.folder) {
      this.#changedAround(before);
      this.#changedAround(record);
    }
  }

  remove(vm: VirtualMachine, also: () => void = () => undefined): void {
    this.#store.transaction(() => {
      this.#store.delete("vm", vm.record.id);
      also();
    });
    vm.isGone = true;
    this.#vms.delete(vm.record.id);
    this.#inventory.remove(vm.ref);
    for (const { id } of vm.record.snapshots ?? []) this.#inventory.remove(snapshotRef(id));
    this.#changedAround(vm.record);
    this.#inventory.changed(...vm.datastores);
    this.#changedNetworks(vm.segments);
  }

  #show(record: VmRecord): VirtualMachine {
    const vm = new VirtualMachine(record, this.#surroundings);
    this.#vms.set(record.id, vm);
    this.#inventory.add(vm);
    this.#showSnapshots(vm, []);
    return vm;
  }

  /** Shows the snapshots that came, and no longer those that went. */
  #showSnapshots(vm: VirtualMachine, before: SnapshotRecord[]): void {
    const { snapshots: now = [] } = vm.record;
    if (before === now) return;
    for (const { id } of now) {
      const ref = snapshotRef(id);
      if (before.some((snapshot) => snapshot.id === id)) this.#inventory.changed(ref);
      else this.#inventory.add(snapshotObject(id, () => vm.record));
    }
    for (const { id } of before) {
      if (!now.some((snapshot) => snapshot.id === id)) this.#inventory.remove(snapshotRef(id));
    }
  }

  #changedNetworks(segments: string[]): void {
    const { network } = this.#surroundings;
    this.#inventory.changed(...segments.flatMap((segment) => network(segment)?.ref ?? []));
  }

  #changedAround(record: VmRecord): void {
    this.#inventory.changed(
      this.#surroundings.host,
      folderRef(record.folder),
      poolRef(record.pool),
    );
  }
}
