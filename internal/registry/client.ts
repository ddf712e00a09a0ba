/** OCI distribution client: what a pull and a login need. */
import { VicError } from "../errors/errors.ts";
import { digestOf, isDigest, verifyDigest } from "../image/digest.ts";
import { configMaxBytes } from "../image/config.ts";
import { parseObject, stringsOf } from "../image/json.ts";
import { manifestAccept, manifestMaxBytes, type Descriptor } from "../image/manifest.ts";
import { Authenticator, type Credentials } from "./auth.ts";
import { blobStream, sleep, type BlobOptions } from "./blob.ts";
import { readLimited, registryError } from "./errors.ts";
import { checkAllowed, type RegistrySettings } from "./policy.ts";
import { Transport, type RegistryRequest } from "./transport.ts";

const hubDomain = "docker.io";
const hubHost = "registry-1.docker.io";
const triesMax = 3;
const retryDelayMs = 500;
const retryDelayMaxMs = 30_000;
const tagPagesMax = 50;
const tagBodyMaxBytes = 4 * 1024 * 1024;

/** A manifest as it came, its digest computed here. */
export interface FetchedManifest {
  bytes: Uint8Array;
  mediaType: string;
  digest: string;
}

/** Talks to one registry as one user. */
export class RegistryClient {
  readonly #transport: Transport;
  readonly #auth: Authenticator;
  readonly #retryDelayMs: number;

  /** @param domain as in a reference: docker.io, host or host:port */
  constructor(
    domain: string,
    settings: RegistrySettings,
    credentials?: Credentials,
    options: { retryDelayMs?: number } = {},
  ) {
    checkAllowed(settings, domain);
    this.#transport = new Transport(settings, domain === hubDomain ? hubHost : domain);
    this.#auth = new Authenticator(this.#transport, credentials);
    this.#retryDelayMs = options.retryDelayMs ?? retryDelayMs;
  }

  /** Throws `unauthenticated` unless the registry takes the credentials. */
  async login(signal?: AbortSignal): Promise<void> {
    const response = await this.#send("/v2/", "", signal ? { signal } : {});
    await response.body?.cancel();
  }

  /** A manifest or index by tag or digest; one asked for by digest has that digest. */
  async manifest(path: string, reference: string, signal?: AbortSignal): Promise<FetchedManifest> {
    const response = await this.#send(`/v2/${path}/manifests/${reference}`, pullScope(path), {
      headers: { Accept: manifestAccept },
      ...(signal ? { signal } : {}),
    });
    const bytes = await readLimited(response, manifestMaxBytes);
    if (isDigest(reference)) verifyDigest(bytes, reference, "manifest");
    const mediaType = response.headers.get("content-type") ?? "";
    return { bytes, mediaType, digest: digestOf(bytes) };
  }

  /** The image config, verified. */
  async config(path: string, descriptor: Descriptor, signal?: AbortSignal): Promise<Uint8Array> {
    if (descriptor.sizeBytes > configMaxBytes) {
      throw new VicError("damaged", "the image config is too large");
    }
    const response = await this.#send(
      `/v2/${path}/blobs/${descriptor.digest}`,
      pullScope(path),
      signal ? { signal } : {},
    );
    const bytes = await readLimited(response, configMaxBytes);
    verifyDigest(bytes, descriptor.digest, "image config");
    return bytes;
  }

  /** A layer's bytes; resumes after dropped connections and fails unless the digest is right. */
  blob(path: string, blob: Descriptor, options: BlobOptions = {}): ReadableStream<Uint8Array> {
    const fetchFrom = (offset: number, signal: AbortSignal) =>
      this.#sendOnce(`/v2/${path}/blobs/${blob.digest}`, pullScope(path), {
        headers: offset === 0 ? {} : { Range: `bytes=${offset}-` },
        signal,
      });
    return blobStream(blob, fetchFrom, { retryDelayMs: this.#retryDelayMs, ...options });
  }

  /** Every tag of a repository. */
  async tags(path: string, signal?: AbortSignal): Promise<string[]> {
    const tags: string[] = [];
    let url: string | undefined = `/v2/${path}/tags/list`;
    for (let page = 0; url !== undefined && page < tagPagesMax; page++) {
      const response: Response = await this.#send(url, pullScope(path), signal ? { signal } : {});
      const json = parseObject(await readLimited(response, tagBodyMaxBytes), "the list of tags");
      tags.push(...stringsOf(json.tags, "tags"));
      const next = /<([^>]+)>\s*;\s*rel="?next"?/.exec(response.headers.get("link") ?? "")?.[1];
      const target: URL | undefined =
        next === undefined ? undefined : new URL(next, "http://registry.invalid");
      url = target && target.pathname + target.search;
    }
    return tags;
  }

  /** Sends, again after passing trouble. */
  async #send(path: string, scope: string, request: RegistryRequest): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#sendOnce(path, scope, request);
      } catch (error) {
        const { code, detail } = VicError.from(error);
        if (code !== "unavailable" || attempt >= triesMax || request.signal?.aborted) throw error;
        const wishedMs = Number(detail.retryAfterS ?? 0) * 1000;
        const waitMs = Math.max(this.#retryDelayMs * 2 ** (attempt - 1), wishedMs || 0);
        await sleep(Math.min(waitMs, retryDelayMaxMs), request.signal);
      }
    }
  }

  /** Sends, answering one authentication challenge; anything but success is thrown. */
  async #sendOnce(path: string, scope: string, request: RegistryRequest): Promise<Response> {
    let response = await this.#authorized(path, scope, request);
    const challenge = response.headers.get("www-authenticate") ?? "";
    if (response.status === 401) {
      if (await this.#auth.answer(challenge, scope, request.signal)) {
        await response.body?.cancel();
        response = await this.#authorized(path, scope, request);
      }
    }
    if (response.status === 200 || response.status === 206) return response;
    const last = response.headers.get("www-authenticate") ?? "";
    const error = await registryError(response, last);
    const retryAfterS = Number(response.headers.get("retry-after") ?? 0);
    throw new VicError(error.code, error.message, { detail: { ...error.detail, retryAfterS } });
  }

  #authorized(path: string, scope: string, request: RegistryRequest): Promise<Response> {
    const header = this.#auth.header(scope);
    const headers = { ...request.headers, ...(header === "" ? {} : { Authorization: header }) };
    return this.#transport.send(path, { ...request, headers });
  }
}

function pullScope(path: string): string {
  return `repository:${path}:pull`;
}
