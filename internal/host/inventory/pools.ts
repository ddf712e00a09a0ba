import type { MoRef } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";
import { entityProperties, nameMax, unescapeName } from "./entity.ts";
import type { Hardware } from "./hardware.ts";
import { type Inventory, notFound } from "./inventory.ts";
import { poolRef, refs } from "./refs.ts";
import type { Store } from "./store.ts";

/** Resource pools, all levels together. */
const poolsMax = 10_000;

/** ResourceAllocationInfo. */
export interface Allocation {
  reservation?: number;
  expandableReservation?: boolean;
  limit?: number;
  shares?: { shares: number; level: string };
}

/** The two allocations of a ResourceConfigSpec. */
export interface PoolConfig {
  cpuAllocation: Allocation;
  memoryAllocation: Allocation;
}

/** A resource pool as it is stored. */
export interface PoolRecord {
  id: string;
  name: string;
  parent: string;
  config: PoolConfig;
  changed: string;
}

const levels: Record<string, number> = { low: 0.5, normal: 1, high: 2 };
const normalShares = { cpu: 4000, memory: 163_840 };

/** Resource pools and their ResourcePool objects. */
export class Pools {
  readonly #inventory: Inventory;
  readonly #store: Store;
  readonly #hardware: Hardware;
  readonly #vmsIn: (pool: string) => MoRef[];
  readonly #pools = new Map<string, PoolRecord>();

  constructor(parts: {
    inventory: Inventory;
    store: Store;
    hardware: Hardware;
    vmsIn: (pool: string) => MoRef[];
  }) {
    this.#inventory = parts.inventory;
    this.#store = parts.store;
    this.#hardware = parts.hardware;
    this.#vmsIn = parts.vmsIn;
    this.#show(rootRecord());
    for (const { value } of parts.store.all<PoolRecord>("pool")) this.#show(value);
  }

  get(ref: MoRef): PoolRecord {
    const record = this.#pools.get(ref.value);
    if (!record || ref.type !== "ResourcePool") throw notFound(ref);
    return record;
  }

  children(id: string): PoolRecord[] {
    return [...this.#pools.values()].filter((pool) => pool.parent === id);
  }

  create(parent: MoRef, rawName: string, config: PoolConfig): MoRef {
    const name = this.#checkName(parent.value, rawName);
    this.get(parent);
    if (this.#pools.size >= poolsMax) throw fault("LimitExceeded", "too many resource pools");
    const id = `pool${this.#store.nextNumber("pool")}`;
    const record: PoolRecord = {
      id,
      name,
      parent: parent.value,
      config: complete(config, undefined),
      changed: new Date().toISOString(),
    };
    this.#store.put("pool", id, record);
    this.#show(record);
    this.#inventory.changed(parent);
    return poolRef(id);
  }

  update(ref: MoRef, rawName: string | undefined, config: Partial<PoolConfig> | undefined): void {
    const record = this.get(ref);
    if (record.id === refs.rootPool.value) {
      throw fault("NotSupported", "the root resource pool cannot be changed");
    }
    const name =
      rawName === undefined || unescapeName(rawName) === record.name
        ? record.name
        : this.#checkName(record.parent, rawName);
    const changed: PoolRecord = {
      ...record,
      name,
      config: complete(config ?? {}, record.config),
      changed: new Date().toISOString(),
    };
    this.#store.put("pool", record.id, changed);
    this.#pools.set(record.id, changed);
    this.#inventory.changed(ref);
  }

  /** The pool goes; `moveVms` puts its VMs into the parent, and pools in it move there too. */
  destroy(ref: MoRef, moveVms: (from: string, to: string) => void): void {
    const record = this.get(ref);
    if (record.id === refs.rootPool.value) {
      throw fault("NotSupported", "the root resource pool cannot be destroyed");
    }
    this.#store.transaction(() => {
      for (const child of this.children(record.id)) {
        const moved = { ...child, parent: record.parent };
        this.#store.put("pool", child.id, moved);
        this.#pools.set(child.id, moved);
        this.#inventory.changed(poolRef(child.id));
      }
      moveVms(record.id, record.parent);
      this.#store.delete("pool", record.id);
    });
    this.#pools.delete(record.id);
    this.#inventory.remove(ref);
    this.#inventory.changed(poolRef(record.parent));
  }

  #checkName(parent: string, rawName: string): string {
    const name = unescapeName(rawName);
    if (name === "" || name.length > nameMax) {
      throw fault("InvalidName", `"${name}" is not a name of 1 to ${nameMax} characters`, { name });
    }
    const other = this.children(parent).find((pool) => pool.name === name);
    if (!other) return name;
    throw fault("DuplicateName", `the resource pool ${name} is there already`, {
      name,
      object: poolRef(other.id),
    });
  }

  #show(record: PoolRecord): void {
    const { id } = record;
    const ref = poolRef(id);
    const now = () => this.#pools.get(id) ?? record;
    const isRoot = id === refs.rootPool.value;
    const config = () => ({
      entity: ref,
      changeVersion: now().changed,
      lastModified: now().changed,
      ...now().config,
    });
    this.#pools.set(id, record);
    this.#inventory.add({
      ref,
      properties: {
        ...entityProperties(
          () => now().name,
          () => (isRoot ? refs.computeResource : poolRef(now().parent)),
        ),
        owner: () => refs.computeResource,
        resourcePool: () => this.children(id).map((pool) => poolRef(pool.id)),
        vm: () => this.#vmsIn(id),
        config,
        runtime: () => this.#runtime(now()),
        summary: () => ({
          _type: "ResourcePoolSummary",
          name: now().name,
          config: config(),
          runtime: this.#runtime(now()),
        }),
        childConfiguration: () => [],
      },
    });
  }

  #runtime(record: PoolRecord): Record<string, unknown> {
    const { cpuCount, cpuMhz, memoryBytes } = this.#hardware;
    const limit = (value: number | undefined, most: number) =>
      value === undefined || value < 0 ? most : Math.min(value, most);
    const usage = (maxUsage: number, reserved: number) => ({
      reservationUsed: 0,
      reservationUsedForVm: 0,
      unreservedForPool: reserved,
      unreservedForVm: reserved,
      overallUsage: 0,
      maxUsage,
    });
    const { cpuAllocation: cpu, memoryAllocation: memory } = record.config;
    const mib = 1024 * 1024;
    const cpuMax = limit(cpu.limit, cpuCount * cpuMhz);
    const memoryMax = limit(
      memory.limit === undefined || memory.limit < 0 ? undefined : memory.limit * mib,
      memoryBytes,
    );
    return {
      cpu: usage(cpuMax, cpuMax),
      memory: usage(memoryMax, memoryMax),
      overallStatus: "green",
    };
  }
}

function rootRecord(): PoolRecord {
  return {
    id: refs.rootPool.value,
    name: "Resources",
    parent: "",
    config: complete({}, undefined),
    changed: new Date(0).toISOString(),
  };
}

/** Fills in what the spec leaves out: from what is set already, or the defaults. */
function complete(spec: Partial<PoolConfig>, before: PoolConfig | undefined): PoolConfig {
  return {
    cpuAllocation: allocation("cpu", spec.cpuAllocation, before?.cpuAllocation),
    memoryAllocation: allocation("memory", spec.memoryAllocation, before?.memoryAllocation),
  };
}

function allocation(
  kind: "cpu" | "memory",
  spec: Allocation | undefined,
  before: Allocation | undefined,
): Allocation {
  const {
    reservation = 0,
    limit = -1,
    expandableReservation = true,
    shares,
  } = {
    ...before,
    ...spec,
  };
  const name = `${kind}Allocation`;
  if (reservation < 0) throw invalidArgument(`${name}.reservation`, "a reservation is negative");
  if (limit !== -1 && limit < reservation) {
    throw invalidArgument(`${name}.limit`, "a limit is below the reservation");
  }
  const factor = levels[shares?.level ?? "normal"];
  const level = shares?.level ?? "normal";
  return {
    reservation,
    expandableReservation,
    limit,
    shares: {
      level,
      shares: factor === undefined ? (shares?.shares ?? 0) : normalShares[kind] * factor,
    },
  };
}
