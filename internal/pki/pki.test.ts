import { describe, expect, test } from "bun:test";
import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { connect, createServer } from "node:tls";
import {
  checkKeyPair,
  generateCa,
  issue,
  parseCertificate,
  selfSigned,
  splitCertificates,
  thumbprint,
  type KeyPair,
} from "./pki.ts";

const organization = ["vch", "example, Inc."];

/** Runs one mutual TLS exchange; resolves with what the client read, rejects with its error. */
async function exchange(ca: KeyPair, server: KeyPair, client: KeyPair | undefined, host: string) {
  const listener = createServer(
    { cert: server.certPem, key: server.keyPem, ca: ca.certPem, requestCert: true },
    (socket) => socket.end("welcome"),
  );
  await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
  const { port } = listener.address() as { port: number };
  try {
    return await new Promise<string>((done, fail) => {
      const socket = connect({
        host: "127.0.0.1",
        port,
        servername: host,
        ca: ca.certPem,
        ...(client ? { cert: client.certPem, key: client.keyPem } : {}),
      });
      let text = "";
      socket.on("data", (d) => (text += d.toString()));
      socket.on("end", () => done(text));
      socket.on("error", fail);
    });
  } finally {
    listener.close();
  }
}

/** What came of an exchange that should fail; a server may hang up on a bad client without an alert. */
const outcome = (exchanged: Promise<string>) =>
  exchanged.then(
    (text) => text || "refused",
    () => "refused",
  );
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: Error) => error.message,
  );

describe("pki", () => {
  for (const key of ["ec", { rsaBits: 2048 }] as const) {
    test(`a CA with ${JSON.stringify(key)} keys issues what TLS accepts`, async () => {
      const ca = await generateCa({ organization, key });
      const server = await issue(ca, {
        commonName: "vch.test",
        organization,
        sans: ["vch.test", "127.0.0.9"],
        usage: "server",
        key,
      });
      const client = await issue(ca, { organization, sans: [], usage: "client", key });
      expect(await exchange(ca, server, client, "vch.test")).toBe("welcome");
      expect(await outcome(exchange(ca, server, undefined, "vch.test"))).toBe("refused");
      const stranger = await issue(await generateCa({ organization, key }), {
        organization,
        sans: [],
        usage: "client",
        key,
      });
      expect(await outcome(exchange(ca, server, stranger, "vch.test"))).toBe("refused");
      expect(await outcome(exchange(ca, server, client, "other.test"))).toBe("refused");

      const parsed = new X509Certificate(server.certPem);
      expect(parsed.subject).toContain("CN=vch.test");
      expect(parsed.subject).toContain("O=example\\, Inc.");
      expect(parsed.checkIP("127.0.0.9")).toBe("127.0.0.9");
      expect(new X509Certificate(ca.certPem).ca).toBe(true);
      expect(parsed.ca).toBe(false);
      checkKeyPair(server);
    });
  }

  test("signs with CA keys in the old PEM forms", async () => {
    const ca = await generateCa({ organization, key: { rsaBits: 2048 } });
    const keyPem = createPrivateKey(ca.keyPem).export({ type: "pkcs1", format: "pem" });
    expect(keyPem).toContain("BEGIN RSA PRIVATE KEY");
    const leaf = await issue(
      { certPem: ca.certPem, keyPem },
      { organization, sans: ["a.test"], usage: "server" },
    );
    const issuer = new X509Certificate(ca.certPem);
    expect(new X509Certificate(leaf.certPem).verify(issuer.publicKey)).toBe(true);
  });

  test("names swapped, foreign and unreadable parts", async () => {
    const pair = await selfSigned({ organization, sans: ["a"], usage: "server" });
    const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const keyPem = other.export({ type: "pkcs8", format: "pem" });
    const check = (certPem: string, keyPem: string) => () => checkKeyPair({ certPem, keyPem });
    expect(check(pair.keyPem, pair.certPem)).toThrow("may have been switched");
    expect(check(pair.certPem, pair.certPem)).toThrow("a certificate rather than a key");
    expect(check(pair.certPem, keyPem)).toThrow("does not belong");
    expect(check("nonsense", keyPem)).toThrow("not a certificate");
    expect(check(pair.certPem, "nonsense")).toThrow("not an unencrypted private key");
  });

  test("thumbprints are those of openssl", async () => {
    const pair = await selfSigned({ organization, sans: ["a"], usage: "server" });
    const cert = parseCertificate(pair.certPem);
    expect(thumbprint(pair.certPem, "sha256")).toBe(cert.fingerprint256);
    expect(thumbprint(pair.certPem, "sha1")).toBe(cert.fingerprint);
    expect(thumbprint(Uint8Array.from(cert.raw), "sha256")).toBe(cert.fingerprint256);
    expect(splitCertificates(pair.certPem + pair.certPem)).toHaveLength(2);
  });

  test("refuses weak and absurd RSA sizes and a certificate without a subject", async () => {
    expect(await failure(generateCa({ organization, key: { rsaBits: 1024 } }))).toContain("2048");
    expect(await failure(generateCa({ organization, key: { rsaBits: 1e9 } }))).toContain("16384");
    expect(await failure(generateCa({ organization: [""] }))).toContain("needs an organization");
  });
});
