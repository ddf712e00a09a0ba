/** sha256 digests in OCI notation. */
import { VicError } from "../errors/errors.ts";

/** `sha256:<64 hex>` of some bytes. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${new Bun.CryptoHasher("sha256").update(bytes).digest("hex")}`;
}

/** Whether the text is a sha256 digest. */
export function isDigest(text: unknown): text is string {
  return typeof text === "string" && /^sha256:[0-9a-f]{64}$/.test(text);
}

/** Throws `damaged` unless the bytes have the digest. */
export function verifyDigest(bytes: Uint8Array, digest: string, what: string): void {
  const actual = digestOf(bytes);
  if (actual !== digest) {
    throw new VicError("damaged", `${what} verification failed for digest ${digest}`, {
      detail: { actual },
    });
  }
}
