/**
 * Held VMs: of containers that were created and not started yet, whose VM runs without having been told so (it is an instant
 * clone). A start then takes a change of configuration instead of a boot. Each takes memory, so there are few, and not for
 * long: `docker run` starts a moment after it creates. After that the VM goes off, and its start is a full boot.
 */
import { logger } from "../log.ts";
import type { ContainerCache } from "./cache.ts";
import { refresh } from "./edit.ts";
import type { Entry } from "./entry.ts";
import type { ExecParts } from "./parts.ts";
import { isHeld } from "./status.ts";

const log = logger("held");
/** Held at the same time. A boot, which the next one takes, costs twice the time of a clone. */
export const heldMax = 16;
/** Held without being started. */
const heldMs = 30_000;

/** See the file's head. */
export class HeldVms {
  readonly #cache: ContainerCache;
  readonly #heldMs: number;
  #promised = 0;

  /** `ms`: how long a VM is held. */
  constructor(cache: ContainerCache, ms = heldMs) {
    this.#cache = cache;
    this.#heldMs = ms;
  }

  /** Promises room for one more until the returned function is called; undefined when there is none. */
  reserve(): (() => void) | undefined {
    const held = this.#cache.list().filter(({ facts }) => isHeld(facts)).length;
    if (held + this.#promised >= heldMax) return undefined;
    this.#promised += 1;
    return () => void (this.#promised -= 1);
  }

  /** Switches the VM off unless it is started in time. */
  watch(parts: ExecParts, entry: Entry): void {
    if (!isHeld(entry.facts)) return;
    const timer = setTimeout(() => {
      const work = () => letGo(parts, entry);
      parts.chores.do(`switching off ${entry.name}`, work).catch(() => undefined);
    }, this.#heldMs);
    // It keeps no process alive: the next port layer watches it too.
    timer.unref();
  }
}

async function letGo(parts: ExecParts, entry: Entry): Promise<void> {
  await entry.lock.run(async () => {
    if (entry.isGone || !isHeld(entry.facts)) return;
    await refresh(parts, entry);
    if (!isHeld(entry.facts)) return;
    log.info(`${entry.name}: is not started, its VM goes off`);
    await parts.vms.powerOff(entry.facts.vm);
    await refresh(parts, entry);
  });
}
