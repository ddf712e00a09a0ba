import { createHash, randomBytes } from "node:crypto";
import type { FileAttributes } from "../../guest/operations/contract.ts";
import { fault } from "../fault.ts";

/** How long after it was given out a token can be used, and how many may wait for that. */
const tokenMs = 10 * 60 * 1000;
const perVmMax = 64;
const allMax = 1000;

/** A file transfer that was allowed. */
export interface Transfer {
  /** Of the VM; a token is good for this one only. */
  vm: string;
  method: "GET" | "PUT";
  path: string;
  credentials: { username: string; password: string };
  /** For a PUT. */
  sizeBytes: number;
  overwrite: boolean;
  attributes: FileAttributes;
}

/** The transfers that may be made at `/guestFile`: each once, and soon. */
export class Transfers {
  readonly #byToken = new Map<string, { id: number; transfer: Transfer; expires: number }>();
  #count = 0;

  /** The URL for a transfer, whose host the client fills in as it does with ESXi. */
  allow(transfer: Transfer): string {
    this.#forgetOld();
    const ofVm = [...this.#byToken.values()].filter((e) => e.transfer.vm === transfer.vm).length;
    if (ofVm >= perVmMax || this.#byToken.size >= allMax) {
      throw fault("GuestOperationsUnavailable", "too many transfers were asked for and not made");
    }
    const token = randomBytes(32).toString("hex");
    const id = ++this.#count;
    this.#byToken.set(digest(token), { id, transfer, expires: Date.now() + tokenMs });
    return `https://*/guestFile?id=${id}&token=${token}`;
  }

  /** The transfer that a request is for, which is used up; undefined: there is none. */
  redeem(id: string, token: string, method: string): Transfer | undefined {
    this.#forgetOld();
    const key = digest(token);
    const entry = this.#byToken.get(key);
    if (!entry || String(entry.id) !== id || entry.transfer.method !== method) return undefined;
    this.#byToken.delete(key);
    return entry.transfer;
  }

  #forgetOld(): void {
    const now = Date.now();
    for (const [key, { expires }] of this.#byToken) if (expires < now) this.#byToken.delete(key);
  }
}

/** Found by digest, so that the time a look-up takes tells nothing of the tokens there are. */
const digest = (token: string): string => createHash("sha256").update(token).digest("hex");
