import type { MoRef } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";
import { nameMax, unescapeName } from "./entity.ts";
import type { Hardware } from "./hardware.ts";
import { type Inventory, notFound } from "./inventory.ts";
import {
  assertUnreserved,
  completeConfig,
  type PoolConfig,
  type ResourceKind,
  type ResourceSpec,
} from "./pool-config.ts";
import { poolProperties } from "./pool-properties.ts";
import { isRunning, reservations, reservationOf, reservedBy } from "./pool-reservations.ts";
import type { PoolTree } from "./pool-tree.ts";
import { entityId, folderRef, poolRef, type Mode, type Refs } from "./refs.ts";
import type { Store } from "./store.ts";
import { applyVAppConfig, emptyVAppConfig, type VAppConfig } from "./vapp-config.ts";
import type { VAppConfigSpec } from "./vapp-config.ts";
import type { VirtualMachine } from "./vm/virtual-machine.ts";
import type { Vms } from "./vm/vms.ts";

/** Resource pools, all levels together, and levels below the root; the limits of vSphere are 1,600 and 8. */
const poolsMax = 10_000;
const depthMax = 8;
const mib = 1024 * 1024;
const kinds = ["cpu", "memory"] as const;

/** A resource pool or a vApp as it is stored. */
export interface PoolRecord {
  id: string;
  name: string;
  parent: string;
  config: PoolConfig;
  changed: string;
  /** Only a vApp has this. `folder`: the VM folder that it and its VMs are in. */
  vapp?: { folder: string; config: VAppConfig };
}

/** Resource pools and vApps, and what they let their VMs reserve. */
export class Pools {
  readonly hardware: Hardware;
  readonly refs: Refs;
  readonly vms: Vms;
  readonly #inventory: Inventory;
  readonly #store: Store;
  readonly #mode: Mode;
  readonly #pools = new Map<string, PoolRecord>();
  /** Ids of those that are vApps; without any nobody has to be asked whether it is in one. */
  readonly #vapps = new Set<string>();
  /** What was last told of a VM that matters to its pool. */
  readonly #told = new Map<string, string>();

  constructor(parts: {
    inventory: Inventory;
    store: Store;
    mode: Mode;
    hardware: Hardware;
    vms: Vms;
  }) {
    this.#inventory = parts.inventory;
    this.#mode = parts.mode;
    this.refs = parts.inventory.refs;
    this.#store = parts.store;
    this.hardware = parts.hardware;
    this.vms = parts.vms;
    this.#show(rootRecord(this.refs.rootPool.value));
    for (const { value } of parts.store.all<PoolRecord>("pool")) this.#show(value);
    this.#inventory.subscribe((keys) => this.#follow(keys));
  }

  get(ref: MoRef): PoolRecord {
    const record = this.#pools.get(ref.value);
    if (!record || ref.type !== poolRef(record.id).type) throw notFound(ref);
    return record;
  }

  find(id: string): PoolRecord | undefined {
    return this.#pools.get(id);
  }

  children(id: string): PoolRecord[] {
    return [...this.#pools.values()].filter((pool) => pool.parent === id);
  }

  /** The pool and everything above it, nearest first. */
  lineage(id: string): PoolRecord[] {
    const line: PoolRecord[] = [];
    for (let at = this.#pools.get(id); at; at = this.#pools.get(at.parent)) line.push(at);
    return line;
  }

  /** The pool and all pools in it, those around before those inside. */
  lineageBelow(id: string): PoolRecord[] {
    const own = this.#pools.get(id);
    return own ? [own, ...this.children(id).flatMap((pool) => this.lineageBelow(pool.id))] : [];
  }

  /** The VMs in a pool and in the pools in it. */
  below(id: string): VirtualMachine[] {
    const inside = new Set(this.lineageBelow(id).map((pool) => pool.id));
    return this.vms.all().filter((vm) => inside.has(vm.record.pool));
  }

  /** The nearest vApp around, or at, a pool. */
  vappOf(id: string): PoolRecord | undefined {
    if (this.#vapps.size === 0) return undefined;
    return this.lineage(id).find((pool) => pool.vapp);
  }

  /** Whoever has a name in a VM folder besides folders; VMs of vApps are shown in the vApp. */
  inFolder(folder: string): { name: string; ref: MoRef; isListed: boolean }[] {
    const vms = this.vms.inFolder(folder).map((vm) => {
      const pool = this.vms.get(vm.ref).record.pool;
      return { ...vm, isListed: this.vappOf(pool) === undefined };
    });
    const vapps = [...this.#pools.values()].filter(
      ({ vapp, parent }) => vapp?.folder === folder && !this.vappOf(parent),
    );
    const listed = vapps.map(({ id, name }) => ({ name, ref: poolRef(id), isListed: true }));
    return [...vms, ...listed];
  }

  create(parent: MoRef, rawName: string, config: ResourceSpec): MoRef {
    return this.#create("pool", parent, rawName, config, undefined);
  }

  createVApp(
    parent: MoRef,
    rawName: string,
    config: ResourceSpec,
    spec: VAppConfigSpec,
    folder: MoRef | undefined,
  ): MoRef {
    const around = this.vappOf(this.get(parent).id);
    if (around && folder) {
      throw invalidArgument("vmFolder", "a vApp inside a vApp is in the folder of the outer one");
    }
    const vapp = {
      folder: around?.vapp?.folder ?? folder?.value ?? this.refs.vmFolder.value,
      config: applyVAppConfig(emptyVAppConfig(), spec, () => false),
    };
    return this.#create("vapp", parent, rawName, config, vapp);
  }

  update(ref: MoRef, rawName: string | undefined, spec: ResourceSpec | undefined): void {
    const record = this.#changeable(ref);
    if (spec?.changeVersion !== undefined && spec.changeVersion !== record.changed) {
      throw fault("ConcurrentAccess", `${record.name} was changed meanwhile: read it again`);
    }
    const isSame = rawName === undefined || unescapeName(rawName) === record.name;
    const name = isSame ? record.name : this.#checkName(record.parent, rawName);
    const config = completeConfig(spec ?? {}, record.config);
    this.#checkChange(record, config);
    this.#replace({ ...record, name, config, changed: nextChange(record.changed) });
  }

  updateVApp(ref: MoRef, spec: VAppConfigSpec): void {
    const record = this.get(ref);
    if (!record.vapp) throw fault("NotSupported", `${record.name} is not a vApp`);
    const isMember = (key: MoRef) => this.#parentOf(key) === record.id;
    const config = applyVAppConfig(record.vapp.config, spec, isMember);
    const vapp = { ...record.vapp, config };
    this.#replace({ ...record, vapp, changed: nextChange(record.changed) });
  }

  /** Puts VMs and pools into a pool; all of them or, with a fault, none. */
  move(target: MoRef, list: MoRef[]): void {
    const into = this.get(target);
    const moving = list.filter((ref) => this.#parentOf(ref) !== into.id);
    const folder = this.vappOf(into.id)?.vapp?.folder;
    for (const ref of moving) if (ref.type !== "VirtualMachine") this.#checkMove(ref, into);
    for (const kind of kinds) {
      const now = this.tree(kind);
      const requested = moving.reduce((sum, ref) => sum + this.#demand(now, kind, ref), 0);
      const without = this.tree(kind, new Set(moving.map((ref) => ref.value)));
      assertUnreserved(kind, into.name, without.unreserved(into.id), requested);
    }
    this.#store.transaction(() => {
      for (const ref of moving) {
        if (ref.type === "VirtualMachine") {
          const vm = this.vms.get(ref);
          this.vms.update(vm, { pool: into.id, folder: folder ?? vm.record.folder });
        } else this.#reparent(this.get(ref), into.id);
      }
    });
  }

  /** The pool goes; VMs and pools in it move into its parent. */
  destroy(ref: MoRef): void {
    const record = this.#changeable(ref);
    for (const { id, name } of this.children(record.id)) {
      const other = this.children(record.parent).find((p) => p.name === name && p !== record);
      if (other) throw duplicate(name, poolRef(id));
    }
    this.#store.transaction(() => {
      for (const child of this.children(record.id)) this.#reparent(child, record.parent);
      for (const vm of this.vms.all()) {
        if (vm.record.pool === record.id) this.vms.update(vm, { pool: record.parent });
      }
      this.#store.delete("pool", record.id);
    });
    this.#pools.delete(record.id);
    this.#vapps.delete(record.id);
    this.#inventory.remove(ref);
    this.#changedAround(record);
  }

  /** Takes all pools below a pool away; their VMs, and vApps with what is in them, end up in it. */
  destroyChildren(ref: MoRef): void {
    const { id } = this.get(ref);
    const isPlain = (pool: PoolRecord) => pool.vapp === undefined;
    for (let next; (next = this.children(id).find(isPlain));) this.destroy(poolRef(next.id));
  }

  /**
   * A fault unless what a VM reserves is there in its pool. To be called right before it counts as running, and before
   * a running one gets another configuration.
   */
  admit(vm: VirtualMachine, config = vm.record.config): void {
    const pool = this.#pools.get(vm.record.pool) ?? rootRecord(this.refs.rootPool.value);
    for (const kind of kinds) {
      const unreserved = this.tree(kind, new Set([vm.record.id])).unreserved(pool.id);
      assertUnreserved(kind, pool.name, unreserved, reservedBy(config.kept, kind));
    }
  }

  /** All reservations of a resource in MHz or bytes; `without` some pools and VMs. */
  tree(kind: ResourceKind, without: ReadonlySet<string> = new Set()): PoolTree {
    const pools = [...this.#pools.values()].filter((pool) => this.#isLeft(pool, without));
    const vms = this.vms.all().filter((vm) => !without.has(vm.record.id));
    return reservations(kind, this.hardware, pools, vms);
  }

  /** Neither left out nor in something that is. */
  #isLeft({ id }: PoolRecord, without: ReadonlySet<string>): boolean {
    return without.size === 0 || this.lineage(id).every((pool) => !without.has(pool.id));
  }

  #create(
    prefix: "pool" | "vapp",
    parent: MoRef,
    rawName: string,
    spec: ResourceSpec,
    vapp: PoolRecord["vapp"],
  ): MoRef {
    const above = this.get(parent);
    const name = this.#checkName(above.id, rawName);
    this.#checkDepth(above.id, 1);
    if (this.#pools.size >= poolsMax) throw fault("LimitExceeded", "too many resource pools");
    const config = completeConfig(spec, undefined);
    for (const kind of kinds) {
      const requested = reservedBy(config, kind);
      assertUnreserved(kind, above.name, this.tree(kind).unreserved(above.id), requested);
    }
    const number = this.#store.nextNumber(prefix);
    const id = prefix === "pool" ? entityId(this.#mode, "pool", number) : `${prefix}${number}`;
    const changed = new Date().toISOString();
    const record: PoolRecord = { id, name, parent: above.id, config, changed };
    if (vapp) record.vapp = vapp;
    this.#store.put("pool", id, record);
    this.#show(record);
    this.#changedAround(record);
    return poolRef(id);
  }

  #checkChange(record: PoolRecord, config: PoolConfig): void {
    for (const kind of kinds) {
      const tree = this.tree(kind);
      const allocation = config[`${kind}Allocation`];
      const used = tree.used(record.id);
      const own = reservedBy(config, kind);
      const limit = allocation.limit ?? -1;
      const most = limit === -1 ? Infinity : limit * (kind === "cpu" ? 1 : mib);
      // What is in use stays reserved: neither the limit nor a fixed reservation goes below it.
      const cap = allocation.expandableReservation ? most : Math.min(most, own);
      assertUnreserved(kind, record.name, cap, used);
      const without = this.tree(kind, new Set([record.id]));
      const above = this.#pools.get(record.parent);
      if (!above) continue;
      assertUnreserved(kind, above.name, without.unreserved(above.id), Math.max(own, used));
    }
  }

  #checkMove(ref: MoRef, into: PoolRecord): void {
    const record = this.#changeable(ref);
    if (this.lineage(into.id).includes(record)) {
      throw invalidArgument("list", `${record.name} cannot be moved into itself`);
    }
    this.#checkName(into.id, record.name);
    this.#checkDepth(into.id, this.#height(record.id));
  }

  #checkDepth(parent: string, levels: number): void {
    if (this.lineage(parent).length - 1 + levels <= depthMax) return;
    throw fault("LimitExceeded", `resource pools nest at most ${depthMax} levels deep`);
  }

  #height(id: string): number {
    return 1 + Math.max(0, ...this.children(id).map((child) => this.#height(child.id)));
  }

  #demand(tree: PoolTree, kind: ResourceKind, ref: MoRef): number {
    if (ref.type !== "VirtualMachine") return tree.demand(ref.value);
    const vm = this.vms.get(ref);
    return isRunning(vm) ? reservationOf(vm, kind) : 0;
  }

  #parentOf(ref: MoRef): string {
    return ref.type === "VirtualMachine" ? this.vms.get(ref).record.pool : this.get(ref).parent;
  }

  #changeable(ref: MoRef): PoolRecord {
    const record = this.get(ref);
    if (record.parent !== "") return record;
    throw fault("NotSupported", "the root resource pool is what the host has: it stays as it is");
  }

  #reparent(record: PoolRecord, parent: string): void {
    this.#changedAround(record);
    this.#replace({ ...record, parent });
  }

  #replace(record: PoolRecord): void {
    this.#store.put("pool", record.id, record);
    this.#pools.set(record.id, record);
    this.#changedAround(record);
  }

  #checkName(parent: string, rawName: string): string {
    const name = unescapeName(rawName);
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused
    if (name === "" || name.length > nameMax || /[\x00-\x1f]/.test(name)) {
      throw fault("InvalidName", `"${name}" is not a name of 1 to ${nameMax} characters`, { name });
    }
    const other = this.children(parent).find((pool) => pool.name === name);
    if (other) throw duplicate(name, poolRef(other.id));
    return name;
  }

  #show(record: PoolRecord): void {
    this.#pools.set(record.id, record);
    if (record.vapp) this.#vapps.add(record.id);
    const properties = poolProperties(this, record.id);
    this.#inventory.add({ ref: poolRef(record.id), properties });
  }

  /** The pool, and all those whose figures it is part of. */
  #changedAround(record: PoolRecord): void {
    const around = [record, ...this.lineage(record.parent)];
    this.#inventory.changed(...around.map((pool) => poolRef(pool.id)));
    const folders = around.flatMap(({ vapp }) => (vapp ? [folderRef(vapp.folder)] : []));
    this.#inventory.changed(...folders);
  }

  /** What a pool tells changes with the VMs in it. */
  #follow(keys: ReadonlySet<string>): void {
    for (const key of keys) {
      if (!key.startsWith("VirtualMachine:")) continue;
      const vm = this.vms.find(key.slice("VirtualMachine:".length));
      const { pool } = vm?.record ?? {};
      const figures = vm && isRunning(vm) ? [vm.live.cpuMhz, vm.live.memoryMiB] : [];
      const told = vm ? JSON.stringify([pool, ...figures]) : undefined;
      if (this.#told.get(key) === told) continue;
      if (told === undefined) this.#told.delete(key);
      else this.#told.set(key, told);
      this.#inventory.changed(...this.lineage(pool ?? "").map(({ id }) => poolRef(id)));
    }
  }
}

/** A change marker that never repeats, also not within one millisecond. */
function nextChange(before: string): string {
  return new Date(Math.max(Date.now(), Date.parse(before) + 1)).toISOString();
}

function duplicate(name: string, object: MoRef) {
  return fault("DuplicateName", `the resource pool ${name} is there already`, { name, object });
}

function rootRecord(id: string): PoolRecord {
  return {
    id,
    name: "Resources",
    parent: "",
    config: completeConfig({}, undefined),
    changed: new Date(0).toISOString(),
  };
}
