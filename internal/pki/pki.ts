/**
 * Certificates: a CA, what it issues, self-signed ones, and questions about given ones. The X.509 library costs 50 ms
 * to load, so it is loaded only when something is generated.
 */
import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { X509Certificate as Generated } from "@peculiar/x509";
import { VicError } from "../errors/errors.ts";

/** A certificate with its private key (PKCS #8), both PEM. */
export interface KeyPair {
  certPem: string;
  keyPem: string;
}

/** P-256, or RSA of so many bits. */
export type KeyType = "ec" | { rsaBits: number };

/** What a CA's certificate says. */
export interface CaOptions {
  organization: string[];
  commonName?: string;
  key?: KeyType;
  days?: number;
}

/** What an issued certificate says. */
export interface IssueOptions extends CaOptions {
  /** Names and IP addresses the certificate is valid for. */
  sans: string[];
  usage: "server" | "client";
}

const dayMs = 24 * 3600 * 1000;
const defaultDays = 365;
/** Certificates are valid from a day ago: clocks of peers differ. */
const backdateMs = dayMs;
const rsaBitsMin = 2048;
const rsaBitsMax = 16_384;
const serialBytes = 16;

async function library(): Promise<typeof import("@peculiar/x509")> {
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(crypto);
  return x509;
}

/**
 * Makes a certificate authority.
 * @example const ca = await generateCa({ organization: ["vch"], days: 3650 })
 */
export async function generateCa(options: CaOptions): Promise<KeyPair> {
  const x509 = await library();
  const keys = await generateKeys(options.key ?? "ec");
  const { KeyUsageFlags: flags } = x509;
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(options),
    name: subject(options),
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(flags.digitalSignature | flags.keyCertSign | flags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return exported(cert, keys.privateKey);
}

/**
 * Issues a certificate signed by `ca`.
 * @example await issue(ca, { commonName: "vch", organization: [], sans: ["10.0.0.1"], usage: "server" })
 */
export async function issue(ca: KeyPair, options: IssueOptions): Promise<KeyPair> {
  const x509 = await library();
  const signer = new x509.X509Certificate(ca.certPem);
  const keys = await generateKeys(options.key ?? "ec");
  const cert = await x509.X509CertificateGenerator.create({
    ...validity(options),
    subject: subject(options),
    issuer: signer.subjectName,
    publicKey: keys.publicKey,
    signingKey: await importKey(ca.keyPem),
    extensions: [
      ...leafExtensions(x509, options),
      await x509.AuthorityKeyIdentifierExtension.create(signer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return exported(cert, keys.privateKey);
}

/** Makes a certificate that vouches for itself, for a server whose clients do not check it. */
export async function selfSigned(options: IssueOptions): Promise<KeyPair> {
  const x509 = await library();
  const keys = await generateKeys(options.key ?? "ec");
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(options),
    name: subject(options),
    keys,
    extensions: leafExtensions(x509, options),
  });
  return exported(cert, keys.privateKey);
}

/** Hash of the (first) certificate in PEM or DER, as upper-case hex separated by colons. */
export function thumbprint(certPemOrDer: string | Uint8Array, hash: "sha1" | "sha256"): string {
  const raw = typeof certPemOrDer === "string" ? parseCertificate(certPemOrDer).raw : certPemOrDer;
  const digest = createHash(hash).update(raw).digest("hex").toUpperCase();
  return digest.match(/../g)!.join(":");
}

/** The first certificate of a PEM text. */
export function parseCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new VicError("invalid", "this is not a certificate in PEM form", { cause });
  }
}

/** Every certificate of a PEM text, each as its own PEM. */
export function splitCertificates(pem: string): string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
}

/** Throws unless both are readable and the key belongs to the certificate. */
export function checkKeyPair(pair: KeyPair): void {
  if (!pair.certPem.includes("-----BEGIN CERTIFICATE") && pair.certPem.includes("PRIVATE KEY")) {
    throw new VicError(
      "invalid",
      "did find a private key where the certificate should be; PEM inputs may have been switched",
    );
  }
  if (!pair.keyPem.includes("PRIVATE KEY") && pair.keyPem.includes("-----BEGIN CERTIFICATE")) {
    throw new VicError(
      "invalid",
      "found a certificate rather than a key in the PEM for the private key",
    );
  }
  const cert = parseCertificate(pair.certPem);
  let key;
  try {
    key = createPrivateKey(pair.keyPem);
  } catch (cause) {
    throw new VicError("invalid", "this is not an unencrypted private key in PEM form", { cause });
  }
  if (!cert.checkPrivateKey(key)) {
    throw new VicError("invalid", "the private key does not belong to the certificate");
  }
}

function leafExtensions(x509: typeof import("@peculiar/x509"), options: IssueOptions) {
  const { KeyUsageFlags: flags, ExtendedKeyUsage } = x509;
  const isServer = options.usage === "server";
  // keyEncipherment is for RSA key exchange only: an EC key cannot do it.
  const isEnciphering = isServer && typeof options.key === "object";
  const keyUsages = isEnciphering
    ? new x509.KeyUsagesExtension(flags.digitalSignature | flags.keyEncipherment, true)
    : new x509.KeyUsagesExtension(flags.digitalSignature, true);
  const usage = isServer ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth;
  const names = options.sans.map((value) => ({
    type: isIP(value) ? ("ip" as const) : ("dns" as const),
    value,
  }));
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    keyUsages,
    new x509.ExtendedKeyUsageExtension([usage]),
    ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
  ];
}

function subject({ organization, commonName }: CaOptions) {
  const organizations = organization.filter((o) => o !== "");
  if (organizations.length === 0 && !commonName) {
    throw new VicError("invalid", "a certificate needs an organization or a common name");
  }
  return [...organizations.map((o) => ({ O: [o] })), ...(commonName ? [{ CN: [commonName] }] : [])];
}

function validity({ days }: CaOptions) {
  const serial = crypto.getRandomValues(new Uint8Array(serialBytes));
  serial[0] = (serial[0]! & 0x7f) | 0x40; // positive, and always 16 bytes
  return {
    serialNumber: Buffer.from(serial).toString("hex"),
    notBefore: new Date(Date.now() - backdateMs),
    notAfter: new Date(Date.now() + (days ?? defaultDays) * dayMs),
  };
}

const ecAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const rsaAlgorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;

async function generateKeys(type: KeyType): Promise<CryptoKeyPair> {
  if (type === "ec") return crypto.subtle.generateKey(ecAlgorithm, true, ["sign", "verify"]);
  const { rsaBits } = type;
  if (!Number.isInteger(rsaBits) || rsaBits < rsaBitsMin || rsaBits > rsaBitsMax) {
    throw new VicError(
      "invalid",
      `an RSA key has ${rsaBitsMin} to ${rsaBitsMax} bits, not ${rsaBits}`,
    );
  }
  const publicExponent = new Uint8Array([1, 0, 1]);
  return crypto.subtle.generateKey(
    { ...rsaAlgorithm, modulusLength: rsaBits, publicExponent },
    true,
    ["sign", "verify"],
  );
}

/** Takes PKCS #8, PKCS #1 and SEC 1, as openssl has written CA keys over the years. */
async function importKey(pem: string): Promise<CryptoKey> {
  const key = createPrivateKey(pem);
  const der = Uint8Array.from(key.export({ type: "pkcs8", format: "der" }));
  if (key.asymmetricKeyType === "rsa") {
    return crypto.subtle.importKey("pkcs8", der, rsaAlgorithm, false, ["sign"]);
  }
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const namedCurve = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" }[curve ?? ""];
  if (key.asymmetricKeyType !== "ec" || !namedCurve) {
    throw new VicError("unsupported", `a CA key of type ${key.asymmetricKeyType} cannot sign here`);
  }
  const algorithm = { name: "ECDSA", namedCurve, hash: "SHA-256" };
  return crypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
}

async function exported(cert: Generated, privateKey: CryptoKey): Promise<KeyPair> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", privateKey)).toString("base64");
  const lines = der.match(/.{1,64}/g)!.join("\n");
  return {
    certPem: `${cert.toString("pem").trim()}\n`,
    keyPem: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
  };
}
