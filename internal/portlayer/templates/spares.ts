/**
 * Spare VMs: instant clones that are ready for a container which does not exist yet (the pool of design D5). A spare has its
 * NICs, a certificate and a control channel; one change that adds disks and a configuration makes it the container. There are
 * few, all of the default shape, made one at a time when nothing else goes on. They do not outlive their port layer:
 * {@link Templates.begin} of the next one removes them.
 */
import { VicError } from "../../errors/errors.ts";
import { keys, type ApplianceConfig, type SpareConfig } from "../../guest/config.ts";
import type { Mux } from "../../guest/mux.ts";
import { controlPort } from "../../guest/paths.ts";
import type { MoRef } from "../../vim25/types.ts";
import type { CreateContainer } from "../api/types.ts";
import type { Identities, Identity } from "../exec/identities.ts";
import { roundMemory, spareSpec } from "../exec/vm-spec.ts";
import type { Vms } from "../exec/vms.ts";
import type { Chores } from "../chores.ts";
import { logger } from "../log.ts";
import { randomMac } from "../network/mac.ts";
import { within } from "../time.ts";
import { defaultShape, removeVm, templateFolder, type Templates } from "./templates.ts";

const log = logger("spares");
/** Ready at the same time; each costs the memory that a resumed guest touches. */
export const sparesMax = 4;
/** One is made when nobody has created a container for so long: whoever did is about to start it. */
const quietMs = 3_000;
/** From the change that gives it NICs until its tether calls, on an emulated or crowded host. */
const connectMs = 2 * 60_000;
/** After one could not be made, nobody tries again before this is over. */
const retryMs = 60_000;

/** A VM that will be a container. */
export interface Spare {
  vm: MoRef;
  vmName: string;
  identity: Identity;
  controlMac: string;
  /** Of the container's NICs, in order. */
  macs: string[];
  mux: Mux;
  /** It was changed for a container, and is that or nothing. */
  isUsed: boolean;
}

/** What {@link Spares} work with. */
export interface SpareParts {
  config: ApplianceConfig;
  vms: Vms;
  chores: Chores;
  templates: Templates;
  identities: Identities;
  controlAddress: string;
  /** MACs of containers. */
  usedMacs(): Iterable<string>;
  /** Whether containers are being started or removed. */
  isBusy(): boolean;
}

/** See the file's head. */
export class Spares {
  readonly #parts: SpareParts;
  readonly #quietMs: number;
  readonly #ready = new Set<Spare>();
  /** By the name of its certificate: the one that is being made. */
  readonly #calling = new Map<string, (mux: Mux) => void>();
  /** Of spares, also of one that is being made. */
  readonly #macs = new Set<string>();
  #signal: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isMaking = false;

  /** `ms`: how long nobody must have created a container before one is made. */
  constructor(parts: SpareParts, ms = quietMs) {
    this.#parts = parts;
    this.#quietMs = ms;
  }

  /** How many are ready. */
  get ready(): number {
    return this.#ready.size;
  }

  /** MAC addresses that nobody else may have. */
  get macs(): ReadonlySet<string> {
    return this.#macs;
  }

  /** Makes spares until `signal`, as soon as there is a template. */
  begin(signal: AbortSignal): void {
    this.#signal = signal;
    this.refill();
  }

  /** Makes what is missing, a while after this was called last. */
  refill(): void {
    clearTimeout(this.#timer);
    if (!this.#signal || this.#signal.aborted || this.#isMaking) return;
    if (this.#ready.size >= sparesMax) return;
    this.#timer = setTimeout(() => {
      if (this.#parts.isBusy()) this.refill();
      else void this.#makeOne();
    }, this.#quietMs);
    // It keeps no process alive.
    this.#timer.unref();
  }

  /** One for this container, which nobody else gets then; undefined when there is none that fits. */
  take({ cpus, memoryMiB, networks }: CreateContainer): Spare | undefined {
    const isUsual = cpus === defaultShape.cpus && roundMemory(memoryMiB) === defaultShape.memoryMiB;
    const fits = isUsual && networks.length === 1 && !networks[0]?.mac;
    const [spare] = fits ? this.#ready : [];
    if (spare) this.#ready.delete(spare);
    this.refill();
    return spare;
  }

  /** Ends what {@link Spares.take} began, once a container is known: one that was not used is there for others. */
  giveBack(spare: Spare): void {
    if (spare.isUsed) this.#release(spare);
    else if (spare.mux.reason) this.#lose(spare);
    else this.#ready.add(spare);
  }

  /** A tether that is no container yet has called; false when it is none of these. */
  connected(mux: Mux, name: string): boolean {
    const take = this.#calling.get(name);
    take?.(mux);
    return take !== undefined;
  }

  /** Never rejects: nobody waits for it. */
  async #makeOne(): Promise<void> {
    this.#isMaking = true;
    let isMade = false;
    try {
      isMade = await this.#make();
    } catch (error) {
      log.warn(`not made: ${VicError.from(error).text}`);
      this.#timer = setTimeout(() => this.refill(), retryMs);
      this.#timer.unref();
    } finally {
      this.#isMaking = false;
    }
    if (isMade) this.refill();
  }

  /** False when there is no template: whoever makes one calls {@link Spares.refill}. */
  async #make(): Promise<boolean> {
    const { config, vms, templates, identities } = this.#parts;
    const vmName = `${config.name.slice(0, 40)}-spare-${crypto.randomUUID().slice(-12)}`;
    const vm = await templates.clone(defaultShape, vmName, "");
    if (!vm) return false;
    const identity = await identities.take();
    const [controlMac, mac] = [this.#takeMac(), this.#takeMac()];
    const called = Promise.withResolvers<Mux>();
    this.#calling.set(identity.name, called.resolve);
    const macs = [mac];
    try {
      const { secret } = identity;
      const extraConfig = {
        [keys.template]: "",
        [keys.spare]: JSON.stringify(this.#spareConfig(identity, controlMac, mac)),
        [keys.secret]: JSON.stringify(secret),
      };
      const networkBacking = await vms.networkBacking();
      const all = [controlMac, mac];
      await vms.reconfigure(vm, spareSpec({ networkBacking, macs: all, extraConfig }));
      const mux = await within(called.promise, connectMs);
      if (!mux) throw new VicError("unavailable", `${vmName} does not answer`);
      this.#add({ vm, vmName, identity, controlMac, macs, mux, isUsed: false });
      return true;
    } catch (error) {
      this.#release({ controlMac, macs });
      this.#remove(vm, vmName);
      throw error;
    } finally {
      this.#calling.delete(identity.name);
    }
  }

  #spareConfig({ name }: Identity, controlMac: string, mac: string): SpareConfig {
    const { config, controlAddress } = this.#parts;
    return {
      version: 1,
      control: { mac: controlMac, address: controlAddress, port: controlPort, name },
      macs: [mac],
      debug: config.debug,
    };
  }

  #add(spare: Spare): void {
    this.#ready.add(spare);
    log.debug(`${spare.vmName} is ready`);
    void spare.mux.closed.then(() => {
      if (this.#ready.delete(spare)) this.#lose(spare);
    });
  }

  #lose(spare: Spare): void {
    if (this.#signal?.aborted) return;
    log.warn(`${spare.vmName}: its channel is lost`);
    this.#release(spare);
    this.#remove(spare.vm, spare.vmName);
    this.refill();
  }

  #takeMac(): string {
    const mac = randomMac(new Set([...this.#macs, ...this.#parts.usedMacs()]));
    this.#macs.add(mac);
    return mac;
  }

  #release({ controlMac, macs }: Pick<Spare, "controlMac" | "macs">): void {
    for (const mac of [controlMac, ...macs]) this.#macs.delete(mac);
  }

  /** In the background; what is left is found by the next port layer. */
  #remove(vm: MoRef, vmName: string): void {
    const folder = templateFolder(this.#parts.config, vmName);
    removeVm(this.#parts, vm, folder).catch(() => undefined);
  }
}
