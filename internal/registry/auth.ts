/** Docker registry authentication: Basic, and bearer tokens by GET or by OAuth2 refresh token. */
import { VicError } from "../errors/errors.ts";
import { parseObject, stringOf } from "../image/json.ts";
import { readLimited, registryError } from "./errors.ts";
import type { Transport } from "./transport.ts";

const tokenBodyMaxBytes = 256 * 1024;
/** A token without a stated life lives this long (distribution's token specification). */
const tokenLifeDefaultS = 60;
const clientId = "vic-engine";

/** What X-Registry-Auth can carry. */
export interface Credentials {
  username: string;
  password: string;
  identityToken: string;
  registryToken: string;
}

/** A parsed WWW-Authenticate header. */
export interface Challenge {
  scheme: string;
  parameters: Record<string, string>;
}

/** Parses `Bearer realm="…",service="…"`; the first challenge only. */
export function parseChallenge(header: string): Challenge | undefined {
  const match = /^\s*([A-Za-z][\w-]*)(?:\s+(.*))?$/s.exec(header.slice(0, 8192));
  if (!match) return undefined;
  const parameters: Record<string, string> = {};
  for (const [, key, quoted, plain] of (match[2] ?? "").matchAll(
    /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g,
  )) {
    parameters[key!.toLowerCase()] = quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "";
  }
  return { scheme: match[1]!.toLowerCase(), parameters };
}

/** Authorization headers for one registry, kept while they are good. */
export class Authenticator {
  readonly #transport: Transport;
  readonly #credentials: Credentials | undefined;
  #basic = "";
  readonly #tokens = new Map<string, { header: string; expiresAtMs: number }>();

  constructor(transport: Transport, credentials?: Credentials) {
    this.#transport = transport;
    this.#credentials = credentials;
  }

  /** The header known to work for this scope; "" for none yet. */
  header(scope: string): string {
    if (this.#credentials?.registryToken) return `Bearer ${this.#credentials.registryToken}`;
    const token = this.#tokens.get(scope);
    if (token && token.expiresAtMs > Date.now()) return token.header;
    return this.#basic;
  }

  /** Answers a 401; returns false when there is nothing (more) to answer it with. */
  async answer(challengeHeader: string, scope: string, signal?: AbortSignal): Promise<boolean> {
    const challenge = parseChallenge(challengeHeader);
    const credentials = this.#credentials;
    if (challenge?.scheme === "basic") {
      if (!credentials?.username || this.#basic !== "") return false;
      this.#basic = basicHeader(credentials);
      return true;
    }
    if (challenge?.scheme !== "bearer" || credentials?.registryToken) return false;
    const { token, lifeS } = await this.#fetchToken(challenge, scope, signal);
    const expiresAtMs = Date.now() + lifeS * 900;
    this.#tokens.set(scope, { header: `Bearer ${token}`, expiresAtMs });
    return true;
  }

  async #fetchToken(challenge: Challenge, scope: string, signal?: AbortSignal) {
    const realm = this.#realm(challenge);
    const { service } = challenge.parameters;
    const credentials = this.#credentials;
    const abort = signal ? { signal } : {};
    let response: Response;
    if (credentials?.identityToken) {
      const form = new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: credentials.identityToken,
        client_id: clientId,
        ...(service === undefined ? {} : { service }),
        ...(scope === "" ? {} : { scope }),
      });
      response = await this.#transport.fetch(realm.href, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: form.toString(),
        ...abort,
      });
    } else {
      if (service !== undefined) realm.searchParams.set("service", service);
      if (scope !== "") realm.searchParams.append("scope", scope);
      if (credentials?.username) realm.searchParams.set("account", credentials.username);
      response = await this.#transport.fetch(realm.href, {
        headers: credentials?.username ? { Authorization: basicHeader(credentials) } : {},
        ...abort,
      });
    }
    if (!response.ok) throw await registryError(response);
    const json = parseObject(await readLimited(response, tokenBodyMaxBytes), "the token answer");
    const token = stringOf(json.token) || stringOf(json.access_token);
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new VicError("unauthenticated", "the token server's answer holds no token");
    }
    const lifeS = typeof json.expires_in === "number" ? json.expires_in : tokenLifeDefaultS;
    return { token, lifeS: Math.max(lifeS, tokenLifeDefaultS) };
  }

  #realm(challenge: Challenge): URL {
    let url: URL;
    try {
      url = new URL(challenge.parameters.realm ?? "");
    } catch {
      throw new VicError("unavailable", "the registry names no token server");
    }
    const isAllowed =
      url.protocol === "https:" || (url.protocol === "http:" && this.#transport.isInsecure);
    if (!isAllowed) {
      throw new VicError("forbidden", `refused to send credentials to ${url.origin}`);
    }
    return url;
  }
}

function basicHeader(credentials: Credentials): string {
  const pair = `${credentials.username}:${credentials.password}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}
