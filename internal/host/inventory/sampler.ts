import type { Datastore } from "../storage/datastore.ts";
import { measureStorage } from "./vm/storage-use.ts";
import type { VirtualMachine } from "./vm/virtual-machine.ts";
import type { World } from "./world.ts";

/** How often figures are taken, and how many are kept of each VM: an hour. */
export const sampleSeconds = 20;
const samplesMax = 180;
/** Shares of a datastore's capacity that are left when a warning is due. */
const lowShares = [0.1, 0.05, 0.01, 0];

/**
 * Takes figures of running VMs and of the datastores: what a guest writes to its thin disks is seen here, and told as
 * an event when room runs short.
 */
export class Sampler implements Disposable {
  readonly #world: World;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #cpuSeconds = new WeakMap<VirtualMachine, { seconds: number; at: number }>();
  readonly #warned = new WeakMap<Datastore, number>();
  #isBusy = false;

  constructor(world: World) {
    this.#world = world;
    this.#timer = setInterval(
      () => void this.sample().catch(() => undefined),
      sampleSeconds * 1000,
    );
    this.#timer.unref();
  }

  /** Takes one round of figures; nothing while the last round is under way. */
  async sample(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (const vm of this.#world.vms.all()) if (vm.machine) await this.#sampleVm(vm);
      for (const datastore of this.#world.datastores.all()) await this.#sampleDatastore(datastore);
    } finally {
      this.#isBusy = false;
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  async #sampleVm(vm: VirtualMachine): Promise<void> {
    const { machine } = vm;
    const figures = await machine?.stats().catch(() => undefined);
    if (!figures) return;
    const { datastores, hardware, inventory } = this.#world;
    const storageBytes = await measureStorage(vm.record, datastores);
    // From here on nothing is waited for: what the guest reports meanwhile must not be overwritten.
    if (vm.machine !== machine) return;
    const at = Date.now();
    const before = this.#cpuSeconds.get(vm);
    this.#cpuSeconds.set(vm, { seconds: figures.cpuSeconds, at });
    const isRestarted = before !== undefined && figures.cpuSeconds < before.seconds;
    const share =
      before && !isRestarted && at > before.at
        ? ((figures.cpuSeconds - before.seconds) * 1000) / (at - before.at)
        : 0;
    const cpuMhz = Math.round(share * hardware.cpuMhz);
    const { bootTime } = vm.record;
    vm.samples = [
      ...vm.samples.slice(1 - samplesMax),
      { at, cpuMhz, memoryKiB: Math.round(figures.memoryBytes / 1024) },
    ];
    vm.live = {
      ...vm.live,
      cpuMhz,
      memoryMiB: Math.round(figures.memoryBytes / 1024 / 1024),
      uptimeSeconds: bootTime ? Math.round((at - Date.parse(bootTime)) / 1000) : 0,
      storageBytes,
      storageAt: new Date(at).toISOString(),
    };
    inventory.changed(vm.ref);
  }

  async #sampleDatastore(datastore: Datastore): Promise<void> {
    const { space, name, ref } = datastore;
    const before = space.freeBytes;
    await space.count();
    if (space.freeBytes !== before) this.#world.inventory.changed(ref);
    const share = space.freeBytes / Math.max(1, space.capacityBytes);
    const level = lowShares.filter((low) => share <= low).length;
    if (level > (this.#warned.get(datastore) ?? 0)) {
      const percent = Math.floor(share * 100);
      this.#world.postWarning(`datastore ${name} has ${percent} % left (${space.freeBytes} bytes)`);
    }
    this.#warned.set(datastore, level);
  }
}
