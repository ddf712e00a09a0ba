import { VicError } from "../../../errors/errors.ts";
import type { Inventory } from "../inventory.ts";
import type { Store } from "../store.ts";
import { applyExtraConfig } from "./config-spec.ts";
import { guestInfoPrefix } from "./machine-spec.ts";
import type { VirtualMachine } from "./virtual-machine.ts";
import type { Vms } from "./vms.ts";

/** What one guest may keep. */
const keyMaxBytes = 1024;
const valueMaxBytes = 1024 * 1024;
const keysMax = 4096;
/** Pause before a database that could not be written is tried again, milliseconds. */
const retryMs = 1000;

/** Called once a value is durable, or with the reason why it will not be. */
type Stored = (error?: VicError) => void;

/** What one guest wrote since the last time. */
interface Pending {
  /** Undefined removes the key. */
  delta: Map<string, string | undefined>;
  stored: Stored[];
}

/**
 * guestinfo.* values that guests write. They go into extraConfig without a new changeVersion: what a guest says must
 * not make somebody's reconfiguration stale. Values that come in one turn of the event loop are stored in one
 * transaction, so that a guest that floods costs one fsync a turn. While the database cannot be written (the disk is
 * full) they wait.
 */
export class GuestWrites {
  readonly #inventory: Inventory;
  readonly #store: Store;
  readonly #vms: Vms;
  readonly #pending = new Map<VirtualMachine, Pending>();
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(inventory: Inventory, store: Store, vms: Vms) {
    this.#inventory = inventory;
    this.#store = store;
    this.#vms = vms;
  }

  /** Takes a value from a guest; "" removes the key. */
  write(vm: VirtualMachine, key: string, value: string, stored: Stored = () => undefined): void {
    if (!key.startsWith(guestInfoPrefix)) {
      return stored(new VicError("forbidden", "only guestinfo.* can be set"));
    }
    const pending: Pending = this.#pending.get(vm) ?? { delta: new Map(), stored: [] };
    const isNew = !Object.hasOwn(vm.record.config.extraConfig, key);
    const count = Object.keys(vm.record.config.extraConfig).length + pending.delta.size;
    const isOver = key.length > keyMaxBytes || value.length > valueMaxBytes;
    if (isOver || (isNew && count >= keysMax)) return stored(tooLarge());
    if (this.#pending.size === 0) setImmediate(() => this.flush());
    pending.delta.set(key, value === "" ? undefined : value);
    pending.stored.push(stored);
    this.#pending.set(vm, pending);
  }

  /** Stores and shows everything that was written. */
  flush(): void {
    clearTimeout(this.#retry);
    if (this.#pending.size === 0) return;
    const all = [...this.#pending];
    const refused = new Set<VirtualMachine>();
    try {
      this.#store.transaction(() => {
        for (const [vm, { delta }] of all) {
          if (!vm.isGone && !this.#apply(vm, delta)) refused.add(vm);
        }
      });
    } catch {
      // Nothing was stored and nobody was told so.
      this.#retry = setTimeout(() => this.flush(), retryMs);
      this.#retry.unref();
      return;
    }
    this.#pending.clear();
    this.#inventory.changed(...all.map(([vm]) => vm.ref));
    for (const [vm, { stored }] of all) {
      for (const each of stored) each(refused.has(vm) ? tooLarge() : undefined);
    }
  }

  /** False when the values are over the limit of the VM; those of others are stored all the same. */
  #apply(vm: VirtualMachine, delta: Map<string, string | undefined>): boolean {
    const { config } = vm.record;
    let extraConfig: Record<string, string>;
    try {
      extraConfig = applyExtraConfig(config.extraConfig, delta);
    } catch {
      return false;
    }
    this.#vms.update(vm, { config: { ...config, extraConfig } });
    return true;
  }
}

const tooLarge = () => new VicError("exhausted", "the guestinfo values of the VM are too large");
