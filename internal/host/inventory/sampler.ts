import { type MoRef, refKey } from "../../vim25/types.ts";
import { isA } from "../../vim25/schema/schema.ts";
import { counterId } from "../perf/counters.ts";
import { type Figures, figureKey, type Looks, vmFigures } from "../perf/figures.ts";
import { hostFigures, type HostStats, readHostStats } from "../perf/host-stats.ts";
import { sampleSeconds } from "../perf/samples.ts";
import type { Datastore } from "../storage/datastore.ts";
import type { Machine, MachineStats } from "../vm/machine.ts";
import { isKind } from "./inventory.ts";
import { measureStorage } from "./vm/storage-use.ts";
import type { VirtualMachine } from "./vm/virtual-machine.ts";
import type { World } from "./world.ts";

/** VMs looked at at the same time: each costs a few reads of /proc and a question to its QEMU. */
const atOnceMax = 4;
/** The first round after the start: rates need two looks. */
const firstMs = 1_000;
/** Shares of a datastore's capacity that are left when a warning is due. */
const lowShares = [0.1, 0.05, 0.01, 0];
const mib = 1024 * 1024;

type Look<T> = { at: number; stats: T };

/** What a machine has used when it is started. */
const nothing: MachineStats = {
  cpuSeconds: 0,
  memory: { residentBytes: 0, grantedBytes: 0, consumedBytes: 0, overheadBytes: 0 },
  disks: [],
  nics: [],
};

/**
 * Takes figures of the host, of running VMs and of the datastores: what a guest writes to its thin disks is seen here,
 * and told as an event when room runs short.
 */
export class Sampler implements Disposable {
  readonly #world: World;
  readonly #timers: ReturnType<typeof setTimeout>[];
  readonly #machines = new WeakMap<Machine, Look<MachineStats>>();
  readonly #warned = new WeakMap<Datastore, number>();
  #host: Look<HostStats> | undefined;
  #round: Promise<void> | undefined;

  constructor(world: World) {
    this.#world = world;
    const round = () => void this.sample().catch(() => undefined);
    round();
    this.#timers = [setTimeout(round, firstMs), setInterval(round, sampleSeconds * 1000)];
    for (const timer of this.#timers) timer.unref();
  }

  /** Takes one round of figures, or waits for the one under way. */
  sample(): Promise<void> {
    this.#round ??= this.#takeAll().finally(() => (this.#round = undefined));
    return this.#round;
  }

  async #takeAll(): Promise<void> {
    const { vms, datastores, samples, inventory } = this.#world;
    const running = vms.all().filter((vm) => vm.machine);
    const lanes = Array.from({ length: atOnceMax }, async () => {
      for (let vm = running.shift(); vm; vm = running.shift()) await this.#sampleVm(vm);
    });
    await Promise.all(lanes);
    await this.#sampleHost();
    for (const datastore of datastores.all()) await this.#sampleDatastore(datastore);
    const there = new Set([...inventory.all()].map(({ ref }) => refKey(ref)));
    samples.trim((key) => there.has(key), Date.now());
  }

  [Symbol.dispose](): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #sampleVm(vm: VirtualMachine): Promise<void> {
    const { machine } = vm;
    const stats = await machine?.stats().catch(() => undefined);
    if (!machine || !stats) return;
    const { datastores, hardware, inventory, samples } = this.#world;
    const storageBytes = await measureStorage(vm.record, datastores);
    // From here on nothing is waited for: what the guest reports meanwhile must not be overwritten.
    if (vm.machine !== machine) return;
    const now = { at: Date.now(), stats };
    const bootedAt = Date.parse(vm.record.bootTime ?? "");
    const uptimeSeconds = Number.isNaN(bootedAt) ? 0 : Math.round((now.at - bootedAt) / 1000);
    const before = this.#machines.get(machine) ?? sinceBoot(bootedAt, now.at);
    this.#machines.set(machine, now);
    const { config } = vm.record;
    const figures = vmFigures(
      { before, now },
      {
        cpus: config.cpus,
        hostMhz: hardware.cpuMhz,
        memoryMiB: config.memoryMiB,
        uptimeSeconds,
        diskName: (key) => diskName(vm, key),
      },
    );
    samples.add(vm.ref, { at: now.at, figures });
    const { memory } = stats;
    vm.live = {
      ...vm.live,
      cpuMhz: figures.get(figureKey(counterId("cpu.usagemhz"), "")) ?? vm.live.cpuMhz,
      memoryMiB: Math.round((memory.consumedBytes + memory.overheadBytes) / mib),
      memory,
      uptimeSeconds,
      storageBytes,
      storageAt: new Date(now.at).toISOString(),
    };
    inventory.changed(vm.ref);
  }

  /** The host from /proc, and what its VMs have of its memory; then the pools, which have only VMs. */
  async #sampleHost(): Promise<void> {
    const { hardware, inventory, samples, vms, refs, pools } = this.#world;
    const now = { at: Date.now(), stats: await readHostStats() };
    const looks: Looks<HostStats> = { before: this.#host, now };
    this.#host = now;
    const figures = hostFigures(looks, hardware.cpuMhz);
    for (const [key, value] of sumOver(samples, vms.all(), memoryOfVms)) figures.set(key, value);
    for (const entity of [refs.host, refs.computeResource]) {
      samples.add(entity, { at: now.at, figures });
    }
    for (const { ref } of inventory.all()) {
      if (!isKind(ref.type, "ResourcePool")) continue;
      const inside = sumOver(samples, pools.below(ref.value), countersOfPools);
      samples.add(ref, { at: now.at, figures: inside });
    }
    this.#world.hostUse = {
      cpuMhz: figures.get(figureKey(counterId("cpu.usagemhz"), "")) ?? 0,
      memoryMiB: Math.round(now.stats.memory.consumedBytes / mib),
      uptimeSeconds: Math.round(now.stats.uptimeSeconds),
    };
    inventory.changed(refs.host, refs.computeResource);
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

/** A machine that was started since the last round has used nothing before. */
function sinceBoot(bootedAt: number, now: number): Look<MachineStats> | undefined {
  const isNew = now - bootedAt <= 2 * sampleSeconds * 1000;
  return isNew ? { at: bootedAt, stats: nothing } : undefined;
}

/** `scsi0:1`, as vSphere names instances of disks. */
function diskName(vm: VirtualMachine, key: number): string {
  const { devices } = vm.record.config;
  const disk = devices.find((device) => device.key === key);
  const controller = devices.find((device) => device.key === disk?.controllerKey);
  const kind = controller && isA(controller._type, "VirtualSCSIController") ? "scsi" : "disk";
  return `${kind}${controller?.busNumber ?? 0}:${disk?.unitNumber ?? key}`;
}

/** Counters that make sense as a sum over VMs. */
const memoryOfVms = (["mem.granted", "mem.shared", "mem.overhead"] as const).map(counterId);
const countersOfPools = [
  ...memoryOfVms,
  ...(["cpu.usagemhz", "mem.consumed", "mem.active"] as const).map(counterId),
];

function sumOver(
  samples: { of(entity: MoRef): readonly { figures: Figures }[] },
  vms: Iterable<VirtualMachine>,
  ids: number[],
): Figures {
  const sums: Figures = new Map(ids.map((id) => [figureKey(id, ""), 0]));
  for (const vm of vms) {
    const last = vm.machine ? samples.of(vm.ref).at(-1) : undefined;
    for (const [key, sum] of sums) sums.set(key, sum + (last?.figures.get(key) ?? 0));
  }
  return sums;
}
