import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import tls from "node:tls";
import { VicError } from "../errors/errors.ts";
import { parseCertificate, thumbprint as certificateThumbprint } from "../pki/pki.ts";

/** Longest wait for a TLS handshake. */
const handshakeMsMax = 20_000;

/** Options for fetch's `tls`. */
export interface TlsOptions {
  ca?: string;
  allowPartialTrustChain?: boolean;
  /** The name that the certificate must have, whatever the address is. */
  serverName?: string;
  checkServerIdentity?: (host: string, certificate: { raw?: Uint8Array }) => Error | undefined;
}

const bare = (thumbprint: string) =>
  thumbprint
    .replace(/^sha(1|256)[:=]/i, "")
    .replace(/[:\s-]/g, "")
    .toUpperCase();

function matches(der: Uint8Array, thumbprint: string): boolean {
  const wanted = bare(thumbprint);
  const algorithm = wanted.length === 64 ? "sha256" : "sha1";
  return bare(certificateThumbprint(der, algorithm)) === wanted;
}

interface Peer {
  der: Uint8Array;
  /** Undefined: this system's certificate store trusts it for this host. */
  distrust: string | undefined;
}

/** Shakes hands with the server and takes its certificate, trusted or not. */
function peerOf(url: URL, signal?: AbortSignal): Promise<Peer> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port || 443);
  const { promise, resolve, reject } = Promise.withResolvers<Peer>();
  const limit = AbortSignal.any([AbortSignal.timeout(handshakeMsMax), ...(signal ? [signal] : [])]);
  const socket = tls.connect({
    host,
    port,
    rejectUnauthorized: false,
    ...(isIP(host) ? {} : { servername: host }),
  });
  const abort = () => {
    const code = signal?.aborted ? "cancelled" : "unavailable";
    reject(new VicError(code, `no TLS handshake with ${url.host}`, { cause: limit.reason }));
  };
  limit.addEventListener("abort", abort, { once: true });
  if (limit.aborted) abort();
  socket.once("error", (error) => reject(unreachable(url, error)));
  socket.once("close", () => reject(unreachable(url, new Error("connection closed"))));
  socket.once("secureConnect", () => {
    const certificate = socket.getPeerCertificate();
    const named = tls.checkServerIdentity(host, certificate);
    const distrust = socket.authorized ? named?.message : String(socket.authorizationError);
    resolve({ der: certificate.raw, distrust });
  });
  return promise.finally(() => {
    limit.removeEventListener("abort", abort);
    socket.destroy();
  });
}

/** The error for a server that does not answer at all. */
export function unreachable(url: URL, cause: unknown): VicError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new VicError("unavailable", `cannot reach ${url.origin}: ${why}`, {
    hint: "check the address, the port, and that the host is up",
    cause,
  });
}

/** Whether an error of {@link unreachable} says that no connection was made. */
export function isRefused(error: unknown): boolean {
  const cause = error instanceof VicError ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return code === "ConnectionRefused" || code === "ECONNREFUSED";
}

function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/**
 * Decides whom to trust as the server at `url`: with a thumbprint exactly the certificate it names (SHA-1 or SHA-256,
 * colons or not), without one whom this system trusts. Fails with the real thumbprint in the hint and in
 * `detail.thumbprint`.
 */
export async function trust(
  url: URL,
  thumbprint?: string,
  signal?: AbortSignal,
): Promise<TlsOptions | undefined> {
  if (url.protocol === "http:") return undefined;
  const { der, distrust } = await peerOf(url, signal);
  const sha256 = certificateThumbprint(der, "sha256");
  const detail = { thumbprint: sha256, sha1: certificateThumbprint(der, "sha1") };
  if (thumbprint === undefined || thumbprint === "") {
    if (distrust === undefined) return {};
    throw new VicError("forbidden", `certificate of ${url.host} is not trusted (${distrust})`, {
      hint: `if this is the right host, give its thumbprint: ${sha256}`,
      detail,
    });
  }
  if (!matches(der, thumbprint)) {
    throw new VicError("forbidden", `thumbprint does not match the certificate of ${url.host}`, {
      hint: `the certificate there has the thumbprint ${sha256} (SHA-1 ${detail.sha1})`,
      detail,
    });
  }
  const ca = toPem(der);
  const pinned = { ca, allowPartialTrustChain: true }; // it may be one that a CA issued
  const serverName = anyName(parseCertificate(ca));
  // The only anchor is the pinned one, so nothing but that is valid for its names. A callback would say so more plainly, but
  // Bun opens a new connection for every request that has one.
  if (serverName !== undefined) return { ...pinned, serverName };
  return {
    ...pinned,
    checkServerIdentity: (_host, certificate) =>
      certificate.raw && Buffer.compare(certificate.raw, der) === 0
        ? undefined
        : new Error("certificate is not the pinned one"),
  };
}

/** A name that the certificate is valid for. */
function anyName({ subjectAltName = "", subject }: X509Certificate): string | undefined {
  const names = [...subjectAltName.matchAll(/(?:DNS|IP Address):([^\s,]+)/g)].map((m) => m[1]!);
  if (subjectAltName === "") names.push(...(/^CN=(\S+)$/m.exec(subject)?.slice(1) ?? []));
  const name = names.find((n) => !/[:"]|^\*\.[^.]+$/.test(n));
  return name?.replace(/^\*\./, "any.");
}
