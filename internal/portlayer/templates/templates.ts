/**
 * Templates that container VMs are instant clones of (design D5). A template is a VM like a container's without disks, NICs
 * and identity, booted from bootstrap.iso until its tether freezes it. There is one for each shape in use, made in the
 * background; while there is none, or where vSphere has no instant clone, containers start by a full boot.
 *
 * vSphere knows all there is: templates and clones carry the VCH in `vic.owner`, a template what it was made of. A
 * VM of ours that is neither a current, frozen template nor a container was left by a port layer that was killed and goes.
 */
import { VicError } from "../../errors/errors.ts";
import { keys, type ApplianceConfig } from "../../guest/config.ts";
import { hasFault } from "../../vim25/fault.ts";
import { extraConfigMap } from "../../vsphere/vm.ts";
import type { MoRef } from "../../vim25/types.ts";
import { containerFolder } from "../exec/parts.ts";
import { roundMemory, templateSpec } from "../exec/vm-spec.ts";
import type { Vms } from "../exec/vms.ts";
import { Lock } from "../lock.ts";
import type { Chores } from "../chores.ts";
import { logger } from "../log.ts";

const log = logger("templates");
/** Each costs the memory that a booted guest has touched. */
const templatesMax = 3;
/** A template that was used this short a time ago does not make room for another. */
const busyMs = 10 * 60_000;
/** From power-on until the guest stands still, on an emulated or crowded host. */
const bootMs = 5 * 60_000;
/** After a template could not be made, nobody tries again before this is over. */
const retryMs = 60_000;
/** extraConfig: what a template was made of. */
const shapeKey = "vic.template";
/** extraConfig: id of the container that a clone was made for; until it is that container. */
export const cloneKey = "vic.clone";

/** What containers of one template have in common. */
export interface Shape {
  cpus: number;
  memoryMiB: number;
}

/** Docker's containers without limits; see also docker/engine/resources.ts. */
export const defaultShape: Shape = { cpus: 1, memoryMiB: 512 };

interface Slot {
  /** Undefined while it is being made. */
  vm: MoRef | undefined;
  folder: string;
  usedAt: number;
}

/** What {@link Templates} work with. */
export interface TemplateParts {
  config: ApplianceConfig;
  vms: Vms;
  chores: Chores;
  /** Whether there is a container with this id. */
  isContainer: (id: string) => boolean;
  /** Called when one can be cloned. */
  ready?: () => void;
}

/** See the file's head. */
export class Templates {
  readonly #parts: TemplateParts;
  /** By what they are made of, least recently used first. */
  readonly #slots = new Map<string, Slot>();
  readonly #refusedUntil = new Map<string, number>();
  /** One is made at a time: each takes a processor for seconds. */
  readonly #making = new Lock();
  /** Undefined: not yet begun, or no use on this vSphere. */
  #signal: AbortSignal | undefined;

  constructor(parts: TemplateParts) {
    this.#parts = parts;
  }

  /** Takes over what is there, removes what a killed port layer left, and makes the first template, in the background. */
  async begin(signal: AbortSignal): Promise<void> {
    const { config, vms, isContainer } = this.#parts;
    for (const { ref, props } of await vms.list()) {
      const extra = extraConfigMap(props["config.extraConfig"]);
      if (extra.get(keys.owner) !== config.vm || extra.has(keys.record)) continue;
      const name = String(props["name"]);
      const made = extra.get(shapeKey) ?? "";
      const shape = {
        cpus: Number(props["config.hardware.numCPU"]),
        memoryMiB: Number(props["config.hardware.memoryMB"]),
      };
      if (made === this.#madeOf(shape) && !this.#slots.has(made) && (await vms.isFrozen(ref))) {
        log.info(`${name} (${ref.value}) is taken over`);
        this.#slots.set(made, { vm: ref, folder: this.#folder(name), usedAt: Date.now() });
        this.#parts.ready?.();
        continue;
      }
      log.info(`${name} (${ref.value}) is of no use any more`);
      const id = extra.get(cloneKey) ?? "";
      const isUnfinished = id !== "" && !isContainer(id);
      this.#remove(ref, isUnfinished ? containerFolder(config, id) : this.#folder(name));
    }
    this.#signal = signal;
    this.#ready(defaultShape);
  }

  /**
   * A running VM without an identity, or undefined when there is no template of the shape: then one is made for those who
   * come later. Until the clone is a container, it is marked with `id` and goes at the next {@link Templates.begin}. Rejects
   * `unavailable` when vSphere is away.
   */
  async clone(shape: Shape, name: string, id: string): Promise<MoRef | undefined> {
    const { config, vms } = this.#parts;
    const slot = this.#ready(shape);
    if (!slot?.vm) return undefined;
    try {
      const own = { [keys.owner]: config.vm, [shapeKey]: "", [cloneKey]: id };
      return await vms.clone(slot.vm, name, own);
    } catch (error) {
      // There may be a VM of that name now: no other one can be made.
      if (VicError.from(error).code === "unavailable") {
        this.#removeUnknown(name).catch(() => undefined);
        throw error;
      }
      // Also what a vSphere says that has ended meanwhile: then the clone may have been complete.
      if (hasFault(error, "SystemError")) await this.#removeUnknown(name);
      log.warn(`${name} is no clone: ${VicError.from(error).text}`);
      if (isUnsupported(error)) this.#giveUp();
      else if (isGone(error)) this.#drop(shape, slot);
      return undefined;
    }
  }

  /** Resolves when all that are being made are made, or have failed. */
  async made(): Promise<void> {
    await this.#making.run(async () => {});
  }

  #ready(shape: Shape): Slot | undefined {
    if (!this.#signal || this.#signal.aborted) return undefined;
    const made = this.#madeOf(shape);
    const slot = this.#slots.get(made);
    if (slot) {
      slot.usedAt = Date.now();
      this.#slots.delete(made);
      this.#slots.set(made, slot);
      return slot;
    }
    if (Date.now() < (this.#refusedUntil.get(made) ?? 0) || !this.#makeRoom()) return undefined;
    const name = `${this.#parts.config.name.slice(0, 40)}-template-${crypto.randomUUID().slice(-12)}`;
    const fresh = { vm: undefined, folder: this.#folder(name), usedAt: Date.now() };
    this.#slots.set(made, fresh);
    void this.#making.run(() => this.#make(made, shape, name, fresh));
    return undefined;
  }

  /** False when all there are were used a moment ago. */
  #makeRoom(): boolean {
    if (this.#slots.size < templatesMax) return true;
    for (const [made, slot] of this.#slots) {
      if (!slot.vm || Date.now() - slot.usedAt < busyMs) continue;
      this.#slots.delete(made);
      this.#remove(slot.vm, slot.folder);
      return true;
    }
    return false;
  }

  /** Never rejects: nobody waits for it. */
  async #make(made: string, shape: Shape, name: string, slot: Slot): Promise<void> {
    const { config, vms } = this.#parts;
    const signal = this.#signal;
    if (!signal || signal.aborted) return;
    let vm: MoRef | undefined;
    try {
      const startedAt = performance.now();
      const extraConfig = { [keys.template]: "1", [keys.owner]: config.vm, [shapeKey]: made };
      const { bootstrapIso } = config;
      const { folder } = slot;
      vm = await vms.create(
        templateSpec({ ...shape, name, folder, id: "template", bootstrapIso, extraConfig }),
        signal,
      );
      await this.#probe(vm, name);
      await vms.powerOn(vm, signal);
      await vms.untilFrozen(vm, AbortSignal.any([signal, AbortSignal.timeout(bootMs)]));
      slot.vm = vm;
      this.#parts.ready?.();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      log.info(`${name}: ready after ${seconds} s: ${shape.cpus} CPUs, ${shape.memoryMiB} MiB`);
    } catch (error) {
      // A port layer that ends leaves it to the next one.
      if (signal.aborted) return;
      this.#slots.delete(made);
      this.#refusedUntil.set(made, Date.now() + retryMs);
      if (vm) this.#remove(vm, slot.folder);
      else this.#removeUnknown(name).catch(() => undefined);
      if (isUnsupported(error)) this.#giveUp();
      else log.warn(`${name}: not made: ${VicError.from(error).text}`);
    }
  }

  /** Where instant clones are not offered that shows before time and memory go into a boot: a VM that is off has none. */
  async #probe(vm: MoRef, name: string): Promise<void> {
    await this.#parts.vms.clone(vm, `${name}-probe`, {}).catch((error: unknown) => {
      if (isUnsupported(error)) throw error;
    });
  }

  #giveUp(): void {
    log.info("this vSphere has no instant clone: containers start by a full boot");
    this.#signal = undefined;
    for (const { vm, folder } of this.#slots.values()) if (vm) this.#remove(vm, folder);
    this.#slots.clear();
  }

  #drop(shape: Shape, slot: Slot): void {
    const made = this.#madeOf(shape);
    if (this.#slots.get(made) !== slot || !slot.vm) return;
    this.#slots.delete(made);
    this.#remove(slot.vm, slot.folder);
    this.#ready(shape);
  }

  #remove(vm: MoRef, folder: string): void {
    removeVm(this.#parts, vm, folder).catch(() => undefined);
  }

  /** vSphere went away or ended while it made the VM of this name, and may have made it. */
  #removeUnknown(name: string): Promise<void> {
    const { vms, chores } = this.#parts;
    const work = async () => {
      for (const { ref, props } of await vms.list()) {
        const isIt = props["name"] === name;
        if (isIt && !extraConfigMap(props["config.extraConfig"]).has(keys.record))
          await removeVm(this.#parts, ref, this.#folder(name));
      }
    };
    return chores.do(`looking for ${name}`, work);
  }

  /** Text that differs whenever a template must not be used any more. */
  #madeOf({ cpus, memoryMiB }: Shape): string {
    const { build, bootstrapIso } = this.#parts.config;
    return JSON.stringify({ build, bootstrapIso, cpus, memoryMiB: roundMemory(memoryMiB) });
  }

  #folder(name: string): string {
    return templateFolder(this.#parts.config, name);
  }
}

/** `[datastore] folder` of a template's files. */
export function templateFolder(config: ApplianceConfig, name: string): string {
  return `${config.storage.imageStore}/templates/${name}`;
}

/** Removes a VM that is no container; see {@link Chores.do}. */
export function removeVm(
  { vms, chores }: Pick<TemplateParts, "vms" | "chores">,
  vm: MoRef,
  folder: string,
): Promise<void> {
  return chores.do(`removing ${vm.value}`, async () => {
    await vms.powerOff(vm);
    await vms.destroy(vm, folder);
  });
}

const isUnsupported = (error: unknown): boolean => VicError.from(error).code === "unsupported";

/** The template itself cannot be cloned any more: whatever else fails, fails for one clone. */
const isGone = (error: unknown): boolean =>
  ["InvalidState", "InvalidPowerState", "ManagedObjectNotFound"].some((name) =>
    hasFault(error, name),
  );
