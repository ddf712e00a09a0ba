/**
 * Image references in Docker's grammar (`docker.io/library/busybox:latest`), their short ("familiar") form and the
 * rules that turn one into the other.
 */
import { VicError } from "../errors/errors.ts";

const defaultDomain = "docker.io";
const legacyDomain = "index.docker.io";
const officialPrefix = "library/";
const nameMaxLength = 255;

const domainPattern =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const pathPattern =
  /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/;

/** A parsed, normalised reference. */
export interface Reference {
  /** Registry host, with port where one was given; `docker.io` for Docker Hub. */
  domain: string;
  /** Repository in that registry, for example library/busybox. */
  path: string;
  tag?: string;
  digest?: string;
}

/**
 * Parses and normalises; adds no tag.
 *
 * @example parseReference("busybox") // { domain: "docker.io", path: "library/busybox" }
 */
export function parseReference(text: string): Reference {
  if (text === "") throw new VicError("invalid", "invalid reference format");
  if (/^[0-9a-f]{64}$/.test(text)) {
    throw new VicError(
      "invalid",
      `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`,
    );
  }
  let rest = text;
  let digest: string | undefined;
  const at = rest.indexOf("@");
  if (at >= 0) {
    digest = rest.slice(at + 1);
    rest = rest.slice(0, at);
    if (!digestPattern.test(digest)) throw new VicError("invalid", "invalid reference format");
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
      throw new VicError(
        "invalid",
        "unsupported digest algorithm or invalid checksum digest length",
      );
    }
  }
  let tag: string | undefined;
  const colon = rest.lastIndexOf(":");
  if (colon > rest.lastIndexOf("/")) {
    tag = rest.slice(colon + 1);
    rest = rest.slice(0, colon);
    if (!tagPattern.test(tag)) throw new VicError("invalid", "invalid reference format");
  }
  const { domain, path } = splitDomain(rest);
  if (path.toLowerCase() !== path) {
    throw new VicError(
      "invalid",
      `invalid reference format: repository name (${path}) must be lowercase`,
    );
  }
  if (!domainPattern.test(domain) || !pathPattern.test(path)) {
    throw new VicError("invalid", "invalid reference format");
  }
  if (domain.length + 1 + path.length > nameMaxLength) {
    throw new VicError(
      "invalid",
      `repository name must not be more than ${nameMaxLength} characters`,
    );
  }
  return {
    domain,
    path,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** The reference with a tag that was given beside it. */
export function withTag(reference: Reference, tag: string): Reference {
  if (!tagPattern.test(tag)) throw new VicError("invalid", "invalid tag format");
  return { ...reference, tag };
}

function splitDomain(name: string): { domain: string; path: string } {
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const isDomain =
    slash >= 0 && (/[.:]/.test(first) || first === "localhost" || first.toLowerCase() !== first);
  const domain = isDomain ? first : defaultDomain;
  const path = isDomain ? name.slice(slash + 1) : name;
  if (domain !== defaultDomain && domain !== legacyDomain) return { domain, path };
  return { domain: defaultDomain, path: path.includes("/") ? path : officialPrefix + path };
}

/** The reference with `latest` where it names neither tag nor digest. */
export function withDefaultTag(reference: Reference): Reference {
  if (reference.tag !== undefined || reference.digest !== undefined) return reference;
  return { ...reference, tag: "latest" };
}

/** `domain/path`, the form names are compared in. */
export function repository(reference: Reference): string {
  return `${reference.domain}/${reference.path}`;
}

/** `domain/path:tag@digest`, the form names are stored in. */
export function canonical(reference: Reference): string {
  return repository(reference) + suffix(reference);
}

/** The repository as people write it: without docker.io/ and library/. */
export function familiarName(reference: Reference): string {
  if (reference.domain !== defaultDomain) return repository(reference);
  const isOfficial =
    reference.path.startsWith(officialPrefix) &&
    !reference.path.slice(officialPrefix.length).includes("/");
  return isOfficial ? reference.path.slice(officialPrefix.length) : reference.path;
}

/** The whole reference as people write it. */
export function familiar(reference: Reference): string {
  return familiarName(reference) + suffix(reference);
}

function suffix(reference: Reference): string {
  const tag = reference.tag === undefined ? "" : `:${reference.tag}`;
  return reference.digest === undefined ? tag : `${tag}@${reference.digest}`;
}
