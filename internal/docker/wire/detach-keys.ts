/** The key sequence that detaches a terminal (`--detach-keys`). */
import { VicError } from "../../errors/errors.ts";

/** ctrl-p ctrl-q */
const defaultKeys = Uint8Array.of(16, 17);
const controls = "@abcdefghijklmnopqrstuvwxyz[\\]^_";

/**
 * The bytes of a specification like `ctrl-p,ctrl-q` or `a,ctrl-x`; "" is Docker's default.
 *
 * @example parseDetachKeys("ctrl-a,d") // 1, 100
 */
export function parseDetachKeys(text: string): Uint8Array {
  if (text === "") return defaultKeys;
  const bytes = text.split(",").map((key) => {
    if (key.length === 1) return key.charCodeAt(0);
    if (key === "DEL") return 127;
    const control = /^ctrl-(.)$/.exec(key)?.[1];
    return control === undefined ? -1 : controls.indexOf(control);
  });
  if (bytes.some((byte) => byte < 0 || byte > 127)) {
    throw new VicError("invalid", `Invalid detach keys (${text}) provided`);
  }
  return Uint8Array.from(bytes);
}

/** Watches a byte stream for the keys. Bytes that may begin the sequence are held back until it is clear. */
export class DetachWatcher {
  readonly #keys: Uint8Array;
  #matched = 0;

  constructor(keys: Uint8Array) {
    this.#keys = keys;
  }

  /** What to pass on of `chunk`; `isDetached` once the sequence is complete (the rest is dropped). */
  push(chunk: Uint8Array): { bytes: Uint8Array; isDetached: boolean } {
    const out: number[] = [];
    // Nearly every chunk holds no key at all.
    if (this.#matched === 0 && !chunk.includes(this.#keys[0]!)) {
      return { bytes: chunk, isDetached: false };
    }
    for (const byte of chunk) {
      if (byte !== this.#keys[this.#matched] && this.#matched > 0) {
        out.push(...this.#keys.subarray(0, this.#matched));
        this.#matched = 0;
      }
      if (byte !== this.#keys[this.#matched]) {
        out.push(byte);
      } else if (++this.#matched === this.#keys.length) {
        return { bytes: Uint8Array.from(out), isDetached: true };
      }
    }
    return { bytes: Uint8Array.from(out), isDetached: false };
  }

  /** What is still held back when the stream ends. */
  flush(): Uint8Array {
    const held = this.#keys.slice(0, this.#matched);
    this.#matched = 0;
    return held;
  }
}
