/** Which registries may be used, and how far each is trusted. */
import ipaddr from "ipaddr.js";
import { VicError } from "../errors/errors.ts";

/** The VCH's settings for registries. */
export interface RegistrySettings {
  /** Registries whose certificate is not checked, or that speak plain HTTP. */
  insecure: string[];
  /** When not empty, only these may be used. */
  allowed: string[];
  /** Further certificate authorities. */
  caPem: string[];
  proxies: { http: string; https: string; no: string };
}

/**
 * Whether a registry (`host` or `host:port`) is in a list of hosts, host:port pairs, URLs, addresses, CIDR ranges and
 * `*.domain` patterns. An entry without a port stands for every port; port 443 and no port are the same.
 */
export function matchesRegistry(entries: string[], registry: string): boolean {
  const target = splitHost(registry);
  return entries.some((raw) => {
    const entry = raw
      .trim()
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, "")
      .replace(/\/+$/, "");
    if (entry === "") return false;
    if (raw.includes("/") && isInRange(raw.trim(), target.host)) return true;
    const { host, port } = splitHost(entry);
    if (port !== "" && port !== (target.port || "443")) return false;
    if (host.startsWith("*.")) return target.host.endsWith(host.slice(1));
    return host === target.host;
  });
}

/** Throws `forbidden` unless the VCH may use the registry. */
export function checkAllowed(settings: RegistrySettings, registry: string): void {
  if (settings.allowed.length === 0 || matchesRegistry(settings.allowed, registry)) return;
  throw new VicError(
    "forbidden",
    `Access denied to unauthorized registry (${registry}) while VCH is in whitelist mode`,
  );
}

/** Whether the registry may be used without a verified certificate. Loopback always may, as in dockerd. */
export function isInsecure(settings: RegistrySettings, registry: string): boolean {
  const { host } = splitHost(registry);
  if (host === "localhost" || isInRange("127.0.0.0/8", host) || host === "::1") return true;
  return matchesRegistry(settings.insecure, registry);
}

/** The proxy for a URL; undefined for none. */
export function proxyFor(settings: RegistrySettings, url: URL): string | undefined {
  const proxy = url.protocol === "https:" ? settings.proxies.https : settings.proxies.http;
  if (proxy === "") return undefined;
  const host = url.hostname.toLowerCase();
  if (host === "localhost" || isInRange("127.0.0.0/8", host)) return undefined;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const isDirect = settings.proxies.no.split(",").some((raw) => {
    const entry = raw.trim().toLowerCase();
    if (entry === "") return false;
    if (entry === "*" || isInRange(entry, host)) return true;
    const rule = splitHost(entry);
    if (rule.port !== "" && rule.port !== port) return false;
    const domain = rule.host.replace(/^\*?\./, "");
    return host === domain || host.endsWith(`.${domain}`);
  });
  return isDirect ? undefined : proxy;
}

function splitHost(text: string): { host: string; port: string } {
  const match = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(text.toLowerCase());
  return { host: (match?.[1] ?? text).replace(/^\[|\]$/g, ""), port: match?.[2] ?? "" };
}

function isInRange(cidr: string, host: string): boolean {
  if (!ipaddr.isValid(host) || !ipaddr.isValidCIDR(cidr)) return false;
  const [range, bits] = ipaddr.parseCIDR(cidr);
  const address = ipaddr.parse(host);
  return address.kind() === range.kind() && address.match(range, bits);
}
