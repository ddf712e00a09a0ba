/** HTTP to a registry: TLS trust, proxies, redirects and time limits. */
import { rootCertificates } from "node:tls";
import { VicError } from "../errors/errors.ts";
import { version } from "../version/version.ts";
import { isInsecure, proxyFor, type RegistrySettings } from "./policy.ts";

const redirectsMax = 5;
/** Until the answer's head is there. */
const headTimeoutMs = 30_000;

/** What to send. */
export interface RegistryRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

/** Sends requests to one registry host and to where it redirects. */
export class Transport {
  readonly #settings: RegistrySettings;
  readonly #host: string;
  readonly #isInsecure: boolean;
  #scheme: "https" | "http" | undefined;

  constructor(settings: RegistrySettings, host: string) {
    this.#settings = settings;
    this.#host = host;
    this.#isInsecure = isInsecure(settings, host);
  }

  /** May this registry be spoken to without TLS? */
  get isInsecure(): boolean {
    return this.#isInsecure;
  }

  /** Sends to a path of the registry; an insecure one is tried with TLS first, then without. */
  async send(path: string, request: RegistryRequest): Promise<Response> {
    if (this.#scheme) return this.fetch(`${this.#scheme}://${this.#host}${path}`, request);
    try {
      const response = await this.fetch(`https://${this.#host}${path}`, request);
      this.#scheme = "https";
      return response;
    } catch (error) {
      if (!this.#isInsecure || request.signal?.aborted) throw error;
      try {
        const response = await this.fetch(`http://${this.#host}${path}`, request);
        this.#scheme = "http";
        return response;
      } catch (plainError) {
        // Nothing listens at all: the first error says as much as the second.
        throw VicError.from(plainError).code === "unavailable" ? error : plainError;
      }
    }
  }

  /** One request, redirects followed. Credentials stay with the host they are for. */
  async fetch(url: string, request: RegistryRequest): Promise<Response> {
    let at = new URL(url);
    const headers: Record<string, string> = {
      "User-Agent": `vic/${version}`,
      "Accept-Encoding": "identity",
      ...request.headers,
    };
    for (let hop = 0; hop <= redirectsMax; hop++) {
      const response = await this.#fetchOnce(at, headers, request);
      const location = response.headers.get("location");
      if (![301, 302, 303, 307, 308].includes(response.status) || !location) return response;
      await response.body?.cancel();
      const next = new URL(location, at);
      const isDowngrade = at.protocol === "https:" && next.protocol === "http:";
      if (!/^https?:$/.test(next.protocol) || (isDowngrade && !this.#isInsecure)) {
        throw new VicError("forbidden", `${at.host} redirects to ${next.protocol}//${next.host}`);
      }
      if (next.host !== at.host || isDowngrade) delete headers.Authorization;
      at = next;
    }
    throw new VicError("invalid", `too many redirects from ${new URL(url).host}`);
  }

  async #fetchOnce(url: URL, headers: Record<string, string>, request: RegistryRequest) {
    const abort = new AbortController();
    const onAbort = () => abort.abort(request.signal?.reason);
    request.signal?.addEventListener("abort", onAbort, { once: true });
    if (request.signal?.aborted) onAbort();
    const timer = setTimeout(() => abort.abort(new Error("timed out")), headTimeoutMs);
    const proxy = proxyFor(this.#settings, url);
    try {
      return await fetch(url, {
        method: request.method ?? "GET",
        headers,
        redirect: "manual",
        decompress: false,
        timeout: false,
        signal: abort.signal,
        ...(request.body === undefined ? {} : { body: request.body }),
        ...(proxy === undefined ? {} : { proxy }),
        tls: this.#isInsecure
          ? { rejectUnauthorized: false }
          : { ca: [...rootCertificates, ...this.#settings.caPem] },
      } as RequestInit);
    } catch (error) {
      if (request.signal?.aborted) throw new VicError("cancelled", "cancelled", { cause: error });
      const message = reason(error, url);
      throw new VicError("unavailable", `Get "${url.origin}${url.pathname}": ${message}`, {
        cause: error,
      });
    } finally {
      // The caller's signal stays connected: it also cancels the body.
      clearTimeout(timer);
    }
  }
}

/** Why it failed, in the words dockerd's users search for. */
function reason(error: unknown, url: URL): string {
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  if (/ENOTFOUND|DNS/i.test(code) || message.includes("ENOTFOUND")) {
    return `dial tcp: lookup ${url.hostname}: no such host`;
  }
  if (code === "ConnectionRefused" || message.includes("ECONNREFUSED")) {
    return `dial tcp ${url.host}: connect: connection refused`;
  }
  return message;
}
