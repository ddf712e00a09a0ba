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

/**
 * guestinfo.* values that guests write. They go into extraConfig without a new changeVersion: what a guest says must
 * not make somebody's reconfiguration stale. Values that come in one turn of the event loop are stored in one
 * transaction, so that a guest that floods costs one fsync a turn.
 */
export class GuestWrites {
  readonly #inventory: Inventory;
  readonly #store: Store;
  readonly #vms: Vms;
  readonly #pending = new Map<VirtualMachine, Map<string, string | undefined>>();

  constructor(inventory: Inventory, store: Store, vms: Vms) {
    this.#inventory = inventory;
    this.#store = store;
    this.#vms = vms;
  }

  /** Takes a value from a guest; "" removes the key. What is out of bounds is dropped. */
  write(vm: VirtualMachine, key: string, value: string): void {
    if (!key.startsWith(guestInfoPrefix) || key.length > keyMaxBytes) return;
    if (value.length > valueMaxBytes) return;
    const isNew = !Object.hasOwn(vm.record.config.extraConfig, key);
    const pending = this.#pending.get(vm) ?? new Map<string, string | undefined>();
    const count = Object.keys(vm.record.config.extraConfig).length + pending.size;
    if (isNew && count >= keysMax) return;
    if (this.#pending.size === 0) setImmediate(() => this.flush());
    pending.set(key, value === "" ? undefined : value);
    this.#pending.set(vm, pending);
  }

  /** Stores and shows everything that was written. */
  flush(): void {
    if (this.#pending.size === 0) return;
    const all = [...this.#pending];
    this.#pending.clear();
    this.#store.transaction(() => {
      for (const [vm, delta] of all) if (!vm.isGone) this.#apply(vm, delta);
    });
    this.#inventory.changed(...all.map(([vm]) => vm.ref));
  }

  #apply(vm: VirtualMachine, delta: Map<string, string | undefined>): void {
    const { config } = vm.record;
    try {
      const extraConfig = applyExtraConfig(config.extraConfig, delta);
      this.#vms.update(vm, { config: { ...config, extraConfig } });
    } catch {
      // Over the limit of one VM: the guest's values are dropped, everybody else's are stored.
    }
  }
}
