import { type MoRef, sameRef } from "../../../vim25/types.ts";
import { type Inventory, notFound } from "../inventory.ts";
import { folderRef, networkRef, poolRef, refs } from "../refs.ts";
import type { Store } from "../store.ts";
import type { VmRecord } from "./record.ts";
import { currentPaths } from "./rename-paths.ts";
import { VirtualMachine, type VmSurroundings } from "./virtual-machine.ts";

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

  inPool(pool: string): MoRef[] {
    return this.all().flatMap((vm) => (vm.record.pool === pool ? [vm.ref] : []));
  }
  inFolder(folder: string): { name: string; ref: MoRef }[] {
    return this.all().flatMap((vm) =>
      vm.record.folder === folder ? [{ name: vm.record.name, ref: vm.ref }] : [],
    );
  }
  on(portGroup: string): MoRef[] {
    return this.all().flatMap((vm) => (vm.portGroups.includes(portGroup) ? [vm.ref] : []));
  }

  /** Stores a new VM and shows it. */
  add(made: VmRecord): VirtualMachine {
    const record = currentPaths(made, this.#surroundings.datastores);
    this.#store.put("vm", record.id, record);
    const vm = this.#show(record);
    this.#changedAround(record);
    this.#inventory.changed(...vm.datastores);
    return vm;
  }

  /** Stores the change, then shows it: what a client has seen survives a crash. */
  update(vm: VirtualMachine, changes: Partial<VmRecord>): void {
    const before = vm.record;
    const networks = vm.portGroups;
    const datastores = vm.datastores;
    const record = currentPaths({ ...before, ...changes }, this.#surroundings.datastores);
    this.#store.put("vm", record.id, record);
    vm.record = record;
    this.#inventory.changed(vm.ref);
    const now = vm.portGroups;
    const moved = [...networks, ...now].filter((n) => networks.includes(n) !== now.includes(n));
    this.#inventory.changed(...moved.map(networkRef));
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

  remove(vm: VirtualMachine): void {
    vm.isGone = true;
    this.#store.delete("vm", vm.record.id);
    this.#vms.delete(vm.record.id);
    this.#inventory.remove(vm.ref);
    this.#changedAround(vm.record);
    this.#inventory.changed(...vm.datastores);
    this.#inventory.changed(...vm.portGroups.map(networkRef));
  }

  #show(record: VmRecord): VirtualMachine {
    const vm = new VirtualMachine(record, this.#surroundings);
    this.#vms.set(record.id, vm);
    this.#inventory.add(vm);
    return vm;
  }

  #changedAround(record: VmRecord): void {
    this.#inventory.changed(refs.host, folderRef(record.folder), poolRef(record.pool));
  }
}
