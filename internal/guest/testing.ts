/** Helpers of this folder's tests. */
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import type { ContainerSecret } from "./config.ts";
import type { Transport } from "./mux.ts";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 86_400_000;

/** A CA that issues certificates for tests. */
export async function testCa(): Promise<{
  issue(commonName: string, usage: "server" | "client"): Promise<ContainerSecret>;
}> {
  const caKeys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const validity = {
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + dayMs),
  };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=test",
    keys: caKeys,
    signingAlgorithm: algorithm,
    ...validity,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  return {
    issue: async (commonName, usage) => {
      const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
      const eku = x509.ExtendedKeyUsage[usage === "server" ? "serverAuth" : "clientAuth"];
      const certificate = await x509.X509CertificateGenerator.create({
        subject: `CN=${commonName}`,
        issuer: ca.subject,
        publicKey: keys.publicKey,
        signingKey: caKeys.privateKey,
        signingAlgorithm: algorithm,
        ...validity,
        extensions: [new x509.ExtendedKeyUsageExtension([eku])],
      });
      const pkcs8 = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
      const keyPem = x509.PemConverter.encode(pkcs8, "PRIVATE KEY");
      return { caPem: ca.toString("pem"), certPem: certificate.toString("pem"), keyPem };
    },
  };
}

/** Two ends of a connection in memory, holding at most `capacity` chunks each way. */
export function memoryPair(capacity = 4): [Transport, Transport] {
  const a = new Pipe(capacity);
  const b = new Pipe(capacity);
  const close = (): void => {
    a.close();
    b.close();
  };
  const end = (from: Pipe, to: Pipe): Transport => ({
    chunks: from.chunks(),
    write: (bytes) => to.write(bytes),
    close,
  });
  return [end(a, b), end(b, a)];
}

class Pipe {
  readonly #capacity: number;
  #chunks: Uint8Array[] = [];
  #isClosed = false;
  #wakers: (() => void)[] = [];
  constructor(capacity: number) {
    this.#capacity = capacity;
  }
  #wake(): void {
    for (const wake of this.#wakers.splice(0)) wake();
  }
  #wait(): Promise<void> {
    return new Promise((resolve) => this.#wakers.push(resolve));
  }
  close(): void {
    this.#isClosed = true;
    this.#wake();
  }
  write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.#isClosed) throw new Error("closed");
    this.#chunks.push(bytes);
    this.#wake();
    return this.#chunks.length < this.#capacity ? undefined : this.#writable();
  }
  async #writable(): Promise<void> {
    while (!this.#isClosed && this.#chunks.length >= this.#capacity) await this.#wait();
  }
  async *chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      while (this.#chunks.length === 0 && !this.#isClosed) await this.#wait();
      if (this.#chunks.length === 0) return;
      const chunk = this.#chunks.shift()!;
      this.#wake();
      yield chunk;
    }
  }
}
