/** Image manifests and indexes: Docker schema 2 and OCI. */
import { VicError } from "../errors/errors.ts";
import { layersMax } from "./config.ts";
import { isDigest } from "./digest.ts";
import { objectOf, parseObject, stringOf, type Json } from "./json.ts";

/** A longer manifest is refused (registries refuse more than 4 MiB too). */
export const manifestMaxBytes = 4 * 1024 * 1024;
const indexMax = 1000;

const manifestTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];
const indexTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];
/** Accept header for a manifest request. */
export const manifestAccept = [...manifestTypes, ...indexTypes].join(", ");

/** A pointer to a blob. */
export interface Descriptor {
  mediaType: string;
  digest: string;
  sizeBytes: number;
}

/** What an image wants to run on. */
export interface Platform {
  os: string;
  architecture: string;
  variant?: string;
}
/** The one platform container VMs have. */
export const vmPlatform: Platform = { os: "linux", architecture: "amd64" };

/** The manifest of one image. */
export interface Manifest {
  kind: "manifest";
  config: Descriptor;
  /** Lowest first. */
  layers: Descriptor[];
}

/** A list of manifests for several platforms. */
export interface Index {
  kind: "index";
  manifests: (Descriptor & { platform?: Platform; annotations: Json })[];
}

/** Parses either kind; `mediaType` is the Content-Type it came with, "" when unknown. */
export function parseManifest(bytes: Uint8Array, mediaType = ""): Manifest | Index {
  if (bytes.length > manifestMaxBytes) throw new VicError("damaged", "the manifest is too large");
  const json = parseObject(bytes, "the manifest");
  if (json.schemaVersion !== 2) {
    throw new VicError(
      "unsupported",
      "the image has a schema version 1 manifest, which no longer can be pulled",
      { hint: "push it again with a current Docker" },
    );
  }
  const type = stringOf(json.mediaType) || mediaType.split(";")[0]!.trim();
  // A document that could be read as either kind is how two tools can be made to see two different images.
  if (Array.isArray(json.manifests) && Array.isArray(json.layers)) {
    throw new VicError("damaged", "the manifest has both manifests and layers");
  }
  if (indexTypes.includes(type) || Array.isArray(json.manifests)) return parseIndex(json);
  if (manifestTypes.includes(type) || Array.isArray(json.layers)) return parseImage(json);
  throw new VicError("unsupported", `unsupported manifest media type ${type || "(none)"}`);
}

function parseImage(json: Json): Manifest {
  if (!Array.isArray(json.layers)) throw new VicError("damaged", "the manifest has no layers");
  if (json.layers.length > layersMax) {
    throw new VicError("damaged", `the image has more than ${layersMax} layers`);
  }
  return {
    kind: "manifest",
    config: parseDescriptor(json.config),
    layers: json.layers.map(parseDescriptor),
  };
}

function parseIndex(json: Json): Index {
  if (!Array.isArray(json.manifests)) throw new VicError("damaged", "the index has no manifests");
  if (json.manifests.length > indexMax) throw new VicError("damaged", "the index is too long");
  return {
    kind: "index",
    manifests: json.manifests.map((item) => {
      const platform = objectOf(objectOf(item)?.platform);
      const variant = stringOf(platform?.variant);
      return {
        ...parseDescriptor(item),
        annotations: objectOf(objectOf(item)?.annotations) ?? {},
        ...(platform
          ? {
              platform: {
                os: stringOf(platform.os),
                architecture: stringOf(platform.architecture),
                ...(variant ? { variant } : {}),
              },
            }
          : {}),
      };
    }),
  };
}

function parseDescriptor(value: unknown): Descriptor {
  const json = objectOf(value);
  const digest = json?.digest;
  const size = json?.size;
  if (!isDigest(digest) || !Number.isSafeInteger(size) || (size as number) < 0) {
    throw new VicError("damaged", "the manifest has a bad descriptor");
  }
  return { mediaType: stringOf(json?.mediaType), digest, sizeBytes: size as number };
}

/** The manifest of an index that fits the platform; `name` is for the error. */
export function choosePlatform(index: Index, platform: Platform, name: string): Descriptor {
  const found = index.manifests.find(
    (m) =>
      m.platform?.os === platform.os &&
      m.platform.architecture === platform.architecture &&
      (platform.variant === undefined || platform.variant === m.platform.variant),
  );
  // An index of one image need not say for what platform it is: the config will.
  const only = index.manifests.length === 1 ? index.manifests[0] : undefined;
  const chosen = found ?? (only && !only.platform ? only : undefined);
  if (chosen) return chosen;
  const wanted = [platform.os, platform.architecture, platform.variant].filter(Boolean).join("/");
  throw new VicError(
    "not-found",
    `no matching manifest for ${wanted} in the manifest list entries of ${name}`,
  );
}

/** Throws unless the config is for container VMs. */
export function checkPlatform(config: { os: string; architecture: string }, name: string): void {
  if (config.os === vmPlatform.os && config.architecture === vmPlatform.architecture) return;
  throw new VicError(
    "unsupported",
    `image ${name} is for ${config.os || "?"}/${config.architecture || "?"}, ` +
      `container VMs are ${vmPlatform.os}/${vmPlatform.architecture}`,
  );
}
