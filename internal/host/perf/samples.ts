import { type MoRef, refKey } from "../../vim25/types.ts";
import type { Figures } from "./figures.ts";

/** How often figures are taken, seconds. */
export const sampleSeconds = 20;
/** How many are kept of each entity: an hour. */
export const samplesMax = 180;

/** Figures of an entity at one moment. */
export interface Sample {
  /** Milliseconds since the epoch. */
  at: number;
  figures: Figures;
}

/** The figures of the last hour, by entity. */
export class Samples {
  readonly #byEntity = new Map<string, readonly Sample[]>();

  add(entity: MoRef, sample: Sample): void {
    const before = this.#byEntity.get(refKey(entity)) ?? [];
    this.#byEntity.set(refKey(entity), [...before.slice(1 - samplesMax), sample]);
  }

  /** Oldest first. */
  of(entity: MoRef): readonly Sample[] {
    return this.#byEntity.get(refKey(entity)) ?? [];
  }

  /** Forgets what is no longer there, and what is older than an hour. */
  trim(isThere: (key: string) => boolean, now: number): void {
    const old = now - samplesMax * sampleSeconds * 1000;
    for (const [key, samples] of this.#byEntity) {
      const kept = samples.filter(({ at }) => at >= old);
      if (kept.length === 0 || !isThere(key)) this.#byEntity.delete(key);
      else if (kept.length < samples.length) this.#byEntity.set(key, kept);
    }
  }
}
