import { hostname } from "node:os";
import { parseCertificate, selfSigned, thumbprint } from "../pki/pki.ts";
import type { DataDir } from "./data-dir.ts";
import { managementAddress } from "./inventory/about.ts";

const certFile = "server-cert.pem";
const keyFile = "server-key.pem";
const validDays = 3650;
const renewMs = 30 * 24 * 3600 * 1000;

/** The endpoint's certificate and its thumbprints. */
export interface EndpointCertificate {
  certPem: string;
  keyPem: string;
  sha1: string;
  sha256: string;
}

/** The certificate kept in the data folder; a new one when there is none or it ends soon. */
export async function openCertificate(dir: DataDir, listen: string): Promise<EndpointCertificate> {
  const certPem = await dir.read(certFile);
  const keyPem = await dir.read(keyFile);
  const pair =
    certPem !== undefined && keyPem !== undefined && isValid(certPem)
      ? { certPem, keyPem }
      : await make(dir, listen);
  return {
    ...pair,
    sha1: thumbprint(pair.certPem, "sha1"),
    sha256: thumbprint(pair.certPem, "sha256"),
  };
}

function isValid(certPem: string): boolean {
  try {
    return Date.parse(parseCertificate(certPem).validTo) - Date.now() > renewMs;
  } catch {
    return false;
  }
}

async function make(dir: DataDir, listen: string) {
  const names = ["localhost", hostname(), "127.0.0.1", "::1", managementAddress, listen];
  const isUseful = (name: string) => name !== "0.0.0.0" && name !== "::" && name !== "";
  const pair = await selfSigned({
    commonName: hostname().slice(0, 64) || "vic-host",
    organization: ["vic-host"],
    sans: [...new Set(names)].filter(isUseful),
    usage: "server",
    days: validDays,
  });
  dir.write(keyFile, pair.keyPem, 0o600);
  dir.write(certFile, pair.certPem, 0o644);
  return pair;
}
