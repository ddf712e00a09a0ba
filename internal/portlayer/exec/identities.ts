/**
 * Certificates of the control channel, issued ahead: making one takes long enough in a small appliance to be seen in
 * `docker create`. They name no container; a container's configuration says which one is its own.
 */
import { VicError } from "../../errors/errors.ts";
import type { ContainerSecret } from "../../guest/config.ts";
import { issue, type KeyPair } from "../../pki/pki.ts";
import { logger } from "../log.ts";

const log = logger("identities");
/** Ready at most. */
const readyMax = 8;
/** New ones are made once nobody has taken one for so long: whoever took one is about to start a container. */
const quietMs = 2_000;
/** A container outlives its certificate's issuer only together with the VCH. */
const certificateDays = 3650;

/** A certificate with its key, and its common name. */
export interface Identity {
  name: string;
  secret: ContainerSecret;
}

/** See the file's head. */
export class Identities {
  readonly #ca: KeyPair;
  readonly #quietMs: number;
  readonly #ready: Identity[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `ms`: how long nobody must have taken one before more are made. */
  constructor(ca: KeyPair, ms = quietMs) {
    this.#ca = ca;
    this.#quietMs = ms;
    this.#refillLater();
  }

  /** How many are ready. */
  get ready(): number {
    return this.#ready.length;
  }

  /** One that nobody else gets. */
  async take(): Promise<Identity> {
    this.#refillLater();
    return this.#ready.pop() ?? this.#make();
  }

  /** Keeps no process alive. */
  #refillLater(): void {
    clearTimeout(this.#timer);
    if (this.#ready.length >= readyMax) return;
    this.#timer = setTimeout(() => {
      this.#make().then(
        (made) => {
          this.#ready.push(made);
          this.#refillLater();
        },
        (error: unknown) => log.warn(`not made ahead: ${VicError.from(error).text}`),
      );
    }, this.#quietMs);
    this.#timer.unref();
  }

  async #make(): Promise<Identity> {
    const name = crypto.randomUUID();
    const pair = await issue(this.#ca, {
      commonName: name,
      organization: ["vic container"],
      sans: [],
      usage: "client",
      days: certificateDays,
    });
    return { name, secret: { caPem: this.#ca.certPem, ...pair } };
  }
}
